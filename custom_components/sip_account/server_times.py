"""Learns the zone of the server's times from calls, and keeps it in the entry."""

from collections.abc import Mapping, Sequence
from datetime import timedelta, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant, callback

from .const import CONF_SERVER_ZONE
from .login import Connection
from .server_zone import Evidence, ServerZone, evidence
from .sip_settings import Call

# Two polls of the default interval, and how long the second may take.
_APART = timedelta(seconds=100)
# Of zones that fit alike, the ones that servers stand in come first.
_COMMON = (
    "UTC",
    "Europe/Amsterdam",
    "Europe/London",
    "Europe/Bucharest",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Europe/Moscow",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)


class ServerTimes:
    """Gathers the evidence of calls, for the client that reads their times."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, connection: Connection
    ) -> None:
        """Learn for the client of `connection`, and go on from what was kept."""
        self._hass = hass
        self._entry = entry
        self._client = connection.client
        self.known = kept_zone(entry.data)

    async def async_load(self) -> None:
        """Let the client read times in what was learned before."""
        await self._hass.async_add_executor_job(_load_steps, self.known)
        self._use()

    @callback
    def take(self, new: Sequence[Call], listed: Sequence[Call]) -> None:
        """Learn from what a poll told that was new; several at once teach nothing."""
        before, last = self._client.calls_asked
        if len(new) != 1 or before is None or last is None:
            return
        if not (before.clocks_agree and last.clocks_agree):
            return
        if not timedelta() <= last.received - before.sent <= _APART:
            return
        call = evidence(
            new[0].started_text, new[0].duration, before.sent, last.received
        )
        if call is not None:
            after = max(call.started_text for call in listed)
            self._entry.async_create_task(
                self._hass, self._async_learn(call, after), "sip_account server zone"
            )

    async def _async_learn(self, call: Evidence, after: str) -> None:
        told = self._client.told_zone
        preferred = [told, self._hass.config.time_zone, *_COMMON]
        known = await self._hass.async_add_executor_job(
            _taught, self.known, call, [name for name in preferred if name]
        )
        known = known.begun(after, told)
        data = self._entry.data
        if known == self.known or self._client.closed:
            return
        self.known = known
        stored = {**known.as_stored(), "server": data.get(CONF_URL)}
        self._hass.config_entries.async_update_entry(
            self._entry, data={**data, CONF_SERVER_ZONE: stored}
        )
        await self._hass.async_add_executor_job(_load_steps, known)
        self._use()

    def _use(self) -> None:
        self._client.use_zones(
            (step.after, _load(step.zone) if step.zone else None)
            for step in self.known.steps
        )


def kept_zone(data: Mapping[str, Any]) -> ServerZone:
    """Return what an entry keeps of its server's zone; of another server, nothing."""
    kept = data.get(CONF_SERVER_ZONE)
    if not isinstance(kept, Mapping) or kept.get("server") != data.get(CONF_URL):
        return ServerZone()
    return ServerZone.from_stored(kept)


def _taught(known: ServerZone, call: Evidence, preferred: list[str]) -> ServerZone:
    return known.taught(call, dict.fromkeys([*preferred, *_all_zones()]), _load)


def _load_steps(known: ServerZone) -> None:
    for step in known.steps:
        if step.zone:
            _load(step.zone)


@cache
def _load(name: str) -> tzinfo | None:
    """Return a zone; what was asked for once costs nothing more."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError, ValueError, OSError:
        return None


@cache
def _all_zones() -> tuple[str, ...]:
    """Return the zones of places; the others are other names or offsets only."""
    names = available_timezones()
    places = (name for name in names if "/" in name and not name.startswith("Etc/"))
    return tuple(sorted(places))
