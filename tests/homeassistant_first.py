"""What the newest Home Assistant needs of the tests that the plugin does not know yet.

Named with `-p` in `pyproject.toml`, so that it is read before any other plugin. With
the plugin's own Home Assistant and with older ones nothing of it makes a difference;
once there is a plugin of 2026.11 or newer, try without.

- Home Assistant 2026.11 puts httpx2 under the name of httpx, and `alias_httpx()` raises
  when somebody has imported that before. respx does, which pytest reads ahead of the
  plugin that needs both: so Home Assistant is imported first, here.
- 2026.11 has moved `_clear_logger_overwrites`, and the plugin imports it from where
  it was.

The third is `remember` in `tests/integration/support.py`: 2026.11 keeps what it
restores by the id of the registry, and the plugin's `mock_restore_cache` by the name.
"""

# isort: skip_file
import homeassistant  # noqa: F401 - before anything that imports httpx

# What the plugin patches before the rest of Home Assistant is imported, in its order.
from pytest_homeassistant_custom_component import patch_json  # noqa: F401
from pytest_homeassistant_custom_component import patch_recorder  # noqa: F401
from pytest_homeassistant_custom_component import patch_time  # noqa: F401

from homeassistant.components import logger
from homeassistant.components.logger import helpers

if not hasattr(logger, "_clear_logger_overwrites"):
    vars(logger)["_clear_logger_overwrites"] = vars(helpers)["_clear_logger_overwrites"]
