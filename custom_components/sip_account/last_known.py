"""What an account's balance and phones were when they were last known.

Triggers compare with it, so that what fell during an outage, a reload or a restart is
told of, and nothing that was told of before. It is kept over restarts in a store of
its own, removed with the entry.
"""

from datetime import datetime
from typing import Any

from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started

from .coordinator import SipAccountCoordinator
from .facts import balance
from .kept_store import kept_store
from .sip_settings import DEVICES, PREPAID, Action

BALANCE = "balance"
REGISTERED = "registered"
_SAVED_AFTER = 10  # seconds
# Automations are armed when Home Assistant has started, and compare then with what was
# known before; so long it stays.
_TAKEN_AFTER = 60  # seconds


class LastKnown:
    """Keeps the last known values of one account; `registered` is 1 or 0."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        settings: SipAccountCoordinator,
        activity: SipAccountCoordinator,
    ) -> None:
        """Keep what the coordinators tell."""
        self.values: dict[str, float] = {}
        self._hass = hass
        self._store = kept_store(hass, "last_known", entry_id)
        self._coordinators = (settings, activity)
        self._ends: list[CALLBACK_TYPE] = []
        self._kept: dict[str, float] = {}
        self._later: CALLBACK_TYPE | None = None

    async def async_load(self) -> None:
        """Remember what was known before."""
        self.values = dict(await self._store.async_load() or {})
        self._kept = dict(self.values)

    @callback
    def async_start(self) -> None:
        """Begin a while after Home Assistant has started."""

        @callback
        def begin(_now: datetime) -> None:
            for coordinator in self._coordinators:
                self._ends.append(coordinator.async_add_listener(self._take))
            self._take()

        @callback
        def wait(_hass: HomeAssistant) -> None:
            self._ends.append(async_call_later(self._hass, _TAKEN_AFTER, begin))

        self._ends.append(async_at_started(self._hass, wait))
        self._ends.append(
            self._hass.bus.async_listen(EVENT_HOMEASSISTANT_FINAL_WRITE, self._save)
        )

    async def async_stop(self) -> None:
        """End, with everything kept."""
        while self._ends:
            self._ends.pop()()
        await self._save()

    @callback
    def _take(self) -> None:
        values = dict(self.values)
        for coordinator in self._coordinators:
            if _is_known(coordinator, PREPAID):
                left = balance(coordinator.data)
                if left is not None:
                    values[BALANCE] = float(left)
            if _is_known(coordinator, DEVICES):
                values[REGISTERED] = float(coordinator.data.value(DEVICES) is not None)
        if values != self.values:
            self.values = values
            self._later = self._later or async_call_later(
                self._hass, _SAVED_AFTER, self._save
            )

    async def _save(self, _when: datetime | Event | None = None) -> None:
        if self._later:
            self._later()
            self._later = None
        values = self.values
        if values != self._kept and await self._store.async_save(lambda: values):
            self._kept = values


def _is_known(coordinator: SipAccountCoordinator, action: Action[Any]) -> bool:
    reading = coordinator.data.of(action)
    return reading is not None and reading.known and reading.failed is None
