"""What an account's server answers, kept in the entry: a restart need not ask again.

What it does not answer is asked once a day, however often the home is restarted.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import ASK_AGAIN_AFTER, CONF_ASKED_AT, CONF_LEARNED
from ..login import Connection, opened_with


class Learned:
    """Keeps the names that a client learns, for as long as it is in charge.

    They belong to the server and the login that they were learned with: a client that
    was closed, or whose entry has others by now, writes nothing.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, connection: Connection
    ) -> None:
        """Keep what the client of `connection` learns."""
        self._hass = hass
        self._entry = entry
        self._client = connection.client
        self._opened_with = opened_with(connection.data)

    def forget_once_a_day(self) -> None:
        """Let what is unsupported be asked again, if it is time for it.

        The time is kept at once, so that one group of actions forgets for all, and so
        that a poll that is interrupted has asked all the same.
        """
        now = dt_util.utcnow()
        if CONF_ASKED_AT not in self._entry.data:
            # An entry of 0.1.0 kept no time: what was answered then holds for a day.
            self._write({CONF_ASKED_AT: now.isoformat()})
            return
        asked_at = asked_at_of(self._entry.data)
        # A clock that was wrong may have told a time that is yet to come.
        if asked_at and asked_at <= now < asked_at + ASK_AGAIN_AFTER:
            return
        self._client.forget_unsupported()
        self._write({CONF_ASKED_AT: now.isoformat()})

    def keep(self) -> None:
        """Keep what the server answers by now."""
        if self._entry.data.get(CONF_LEARNED) != self._client.learned:
            self._write({})

    def _write(self, more: Mapping[str, str]) -> None:
        data = self._entry.data
        if self._client.closed or opened_with(data) != self._opened_with:
            return
        learned = {CONF_LEARNED: dict(self._client.learned)}
        self._hass.config_entries.async_update_entry(
            self._entry, data={**data, **learned, **more}
        )


def asked_at_of(data: Mapping[str, Any]) -> datetime | None:
    """Return when an entry's server was last asked for everything, None if unknown."""
    told = data.get(CONF_ASKED_AT)
    asked_at = dt_util.parse_datetime(told) if isinstance(told, str) else None
    return asked_at if asked_at and asked_at.tzinfo else None
