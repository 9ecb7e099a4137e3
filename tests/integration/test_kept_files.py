"""What is kept of an account is for nobody else on the machine."""

from pathlib import Path
import stat

from homeassistant.core import HomeAssistant
from homeassistant.helpers import storage
import pytest

from custom_components.sip_account.kept_store import kept_store

# Those of other tests are written to no disk.
WRITE = storage.Store._async_write_data


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Keep what is written apart: other tests share the usual folder."""
    return hass_tmp_config_dir


@pytest.mark.parametrize("times", [1, 2])
async def test_private(hass: HomeAssistant, times: int) -> None:
    """Who called and who is called are in files that only their owner reads."""
    store = kept_store(hass, "calls", "test_private")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage.Store, "_async_write_data", WRITE)
        for _ in range(times):
            assert await store.async_save(dict)
    (file,) = Path(hass.config.path(".storage")).glob("*test_private*")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
