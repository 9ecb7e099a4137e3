"""What is kept of an account is for nobody else on the machine."""

from pathlib import Path
import stat

from homeassistant.core import HomeAssistant
from homeassistant.helpers import storage
import pytest

from custom_components.sip_account.kept_store import kept_store

# Those of other tests are written to no disk.
WRITE = storage.Store._async_write_data


@pytest.mark.parametrize("times", [1, 2])
async def test_private(hass: HomeAssistant, times: int) -> None:
    """Who called and who is called are in files that only their owner reads."""
    store = kept_store(hass, "calls", "test_private")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage.Store, "_async_write_data", WRITE)
        for _ in range(times):
            assert await store.async_save(dict)
    (file,) = Path(hass.config.path(".storage")).glob("*test_private*")
    mode = stat.S_IMODE(file.stat().st_mode)
    file.unlink()
    assert mode == 0o600
