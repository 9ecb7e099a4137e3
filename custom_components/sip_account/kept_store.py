"""A store that tells whether what was to be kept is kept.

Home Assistant's own writes an error of the disk to the log, and nobody else learns of
it: what was to be saved then counts as saved, and is not tried again.
"""

from typing import Any, override

from homeassistant.helpers.storage import Store


class KeptStore[Data: dict[str, Any]](Store[Data]):
    """A private store, written atomically; `is_kept` is what came of the last save."""

    is_kept = True

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        """Write, and note whether that came to its end.

        Where Home Assistant calls this otherwise one day, all counts as kept.
        """
        self.is_kept = False
        await super()._async_write_data(data)
        self.is_kept = True
