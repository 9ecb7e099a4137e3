"""From lists of calls to events: each call that has ended is told of once.

What was told is stored at once, and only then: whatever ends Home Assistant, no call
is lost, and one is told of twice only if it belonged to the poll that was interrupted.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.storage import Store

from .calls import CallLog
from .const import DOMAIN
from .coordinator import SipAccountCoordinator
from .sip_settings import (
    CALLS,
    DIVERSIONS,
    VOICEMAIL_TARGET,
    Call,
    Direction,
    Outcome,
    to_shape,
)

EVENT_TYPES = [
    "missed",
    "declined",
    "incoming_answered",
    "outgoing_answered",
    "outgoing_unanswered",
]
_VERSION = 1
_MISSED_LISTED = 20
# Rounds of the event loop in which automations take up an event. Who is killed in
# between tells of the calls of this poll once more; the other way round they were lost.
_TURNS = 25

type CallListener = Callable[[str, dict[str, Any]], None]


def call_store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, Any]]:
    """Return where it is kept which calls of an account were told of."""
    key = f"{DOMAIN}.calls.{entry_id}"
    return Store(hass, _VERSION, key, private=True, atomic_writes=True)


class CallWatch:
    """Looks at the calls of an account after every poll."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        settings: SipAccountCoordinator,
        activity: SipAccountCoordinator,
    ) -> None:
        """Watch the calls that `activity` polls; `settings` knows the diversions."""
        self.missed_count = 0
        self.missed_calls: list[dict[str, Any]] = []
        self._hass = hass
        self._store = call_store(hass, entry_id)
        self._settings = settings
        self._activity = activity
        self._log = CallLog()
        self._listeners: list[CallListener] = []
        self._watchers: list[Callable[[], None]] = []
        self._ends: list[CALLBACK_TYPE] = []
        self._unkept = False
        self._closed = False

    async def async_load(self) -> None:
        """Remember what was told of before."""
        if stored := await self._store.async_load():
            self._log = CallLog.from_stored(stored)
            self.missed_count = stored["missed_count"]
            self.missed_calls = stored["missed_calls"]

    @callback
    def async_start(self) -> None:
        """Begin once Home Assistant has started.

        Automations are armed only then, and an event before would be lost on them.
        """

        @callback
        def begin(_hass: HomeAssistant) -> None:
            self._ends.append(self._activity.async_add_listener(self._look))
            self._look()

        self._ends.append(async_at_started(self._hass, begin))

    @callback
    def close(self) -> None:
        """Look at nothing any more."""
        self._closed = True

    async def async_stop(self) -> None:
        """End, with everything kept that was told."""
        while self._ends:
            self._ends.pop()()
        if self._unkept:
            await self._async_save()

    @callback
    def async_listen(self, listener: CallListener) -> CALLBACK_TYPE:
        """Have `listener` told of each call: its event type and its attributes."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_watch_missed(self, watcher: Callable[[], None]) -> CALLBACK_TYPE:
        """Have `watcher` told when the missed calls have changed."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    async def async_mark_seen(self) -> None:
        """Begin to count missed calls anew."""
        self.missed_count = 0
        self.missed_calls = []
        self._tell_watchers()
        await self._async_save()

    @callback
    def _look(self) -> None:
        reading = self._activity.data.of(CALLS)
        if self._closed or reading is None or reading.failed or not reading.known:
            return
        for call in self._log.look(reading.value or ()):
            self._tell(call)
            self._log.see(call)
        if self._log.changed:
            self._log.changed = False
            self._unkept = True
            self._hass.async_create_task(self._async_keep(), "sip_account calls")

    def _tell(self, call: Call) -> None:
        kind = event_type(call)
        attributes = {**to_shape(call), "voicemail_possible": self._may_be_mail(call)}
        for listener in tuple(self._listeners):
            listener(kind, attributes)
        if kind == "missed":
            self.missed_count += 1
            self.missed_calls = [attributes, *self.missed_calls][:_MISSED_LISTED]
            self._tell_watchers()

    def _tell_watchers(self) -> None:
        for watcher in tuple(self._watchers):
            watcher()

    def _may_be_mail(self, call: Call) -> bool:
        """Whether a diversion leads to voicemail, which is listed as answered."""
        diversions = self._settings.data.value(DIVERSIONS) or ()
        return call.direction is Direction.INCOMING and any(
            diversion.target == VOICEMAIL_TARGET for diversion in diversions
        )

    async def _async_keep(self) -> None:
        """Store what was told, after automations had their turn."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        if self._unkept:
            await self._async_save()

    async def _async_save(self) -> None:
        self._unkept = False
        await self._store.async_save(
            {
                **self._log.as_stored(),
                "missed_count": self.missed_count,
                "missed_calls": self.missed_calls,
            }
        )


def event_type(call: Call) -> str:
    """Return the type of the event of a call that has ended."""
    if call.direction is Direction.OUTGOING:
        answered = call.outcome is Outcome.ANSWERED
        return "outgoing_answered" if answered else "outgoing_unanswered"
    if call.outcome is Outcome.ANSWERED:
        return "incoming_answered"
    return "declined" if call.outcome is Outcome.DECLINED else "missed"
