"""From lists of calls to events: each call that has ended is told of once.

What was told is stored at once, and only then: whatever ends Home Assistant, no call
is lost, and one is told of twice only if it belonged to the poll that was interrupted.
Where the disk fails it is stored a minute later, and so on.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..coordinator import SipAccountCoordinator
from ..kept_store import Keeper, kept_store
from ..server_times import ServerTimes
from ..sip_settings import CALLS, DIVERSIONS, VOICEMAIL_TARGET, Call, Direction
from ..wording.shown import attributes_of
from .kinds import event_type
from .log import CallLog
from .mark import Mark
from .usage import Usage

EVENT_TYPES = [
    "missed",
    "declined",
    "incoming_answered",
    "outgoing_answered",
    "outgoing_unanswered",
]
_MISSED_LISTED = 20
# What is compared in the loop, in calls of all pasts together: 100 take 3 ms, and 180
# more than the 5 ms that it may be held for.
_LONG_LIST = 120
# Calls that are told of without letting the loop go on to other things.
_AT_A_TIME = 10

type CallListener = Callable[[str, dict[str, Any]], None]


class CallWatch:
    """Looks at the calls of an account after every poll."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry_id: str,
        settings: SipAccountCoordinator,
        activity: SipAccountCoordinator,
        times: ServerTimes,
        *,
        usage: Usage,
    ) -> None:
        """Watch the calls that `activity` polls, for `times` to learn from.

        `settings` knows the diversions; `usage` counts what is told, and is kept here.
        """
        self.missed_count = 0
        self.missed_calls: list[dict[str, Any]] = []
        self._hass = hass
        self._store = kept_store(hass, "calls", entry_id)
        self._keeper = Keeper(hass, self._store, self._shape)
        self._settings = settings
        self._activity = activity
        self._times = times
        self._usage = usage
        self._log = CallLog()
        self._mark = Mark()
        self._listeners: list[CallListener] = []
        self._watchers: list[Callable[[], None]] = []
        self._ends: list[CALLBACK_TYPE] = []
        self._closed = False
        self._odd: Mapping[str, int] = {}
        self._looking: asyncio.Task[None] | None = None
        self._look_again = False
        self._clocks: tuple[float, float, int] | None = None

    async def async_load(self) -> None:
        """Remember what was told of before, also by a runtime that has just ended."""
        stored = await self._store.async_load()
        await self._usage.async_load(stored.get("ledger") if stored else None)
        if stored:
            self._log = await self._hass.async_add_executor_job(
                CallLog.from_stored, stored
            )
            self.missed_count = stored["missed_count"]
            self.missed_calls = stored["missed_calls"]
            self._mark = Mark.from_stored(stored.get("mark"))
        self._show_calls()

    @callback
    def async_start(self) -> None:
        """Begin once Home Assistant has started.

        Automations are armed only then, and an event before would be lost on them.
        """

        @callback
        def begin(_hass: HomeAssistant) -> None:
            self._ends.append(self._usage.async_start())
            self._ends.append(self._activity.async_add_listener(self._look))
            self._ends.append(self._settings.async_add_listener(self._look_at_costs))
            self._look()

        self._ends.append(async_at_started(self._hass, begin))

    @callback
    def close(self) -> None:
        """Look at nothing from here on, tell of nothing and count nothing.

        Unloading begins with it: a poll may still end while the platforms go, and what
        was told then would be heard by nobody. It stays new instead, for the next
        runtime. What was told before is still kept, by `async_stop` at the latest.
        """
        self._closed = True
        while self._ends:
            self._ends.pop()()

    async def async_stop(self) -> None:
        """End, with everything kept that was told."""
        self.close()
        if self._looking:
            await self._looking
        await self._keeper.async_stop()

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
        await self._keeper.async_save()

    async def async_forget(self, *, everything: bool) -> None:
        """Forget who called, or all calls, and take no more of them from the lists.

        What was told of stays known, so that nothing is told twice.
        """
        reading = self._activity.reader.listed()
        listed = (reading.value or ()) if reading and reading.known else None
        self._mark = Mark.after(listed, self._mark, dt_util.utcnow())
        self.missed_calls = []
        if everything:
            self.missed_count = 0
        self._show_calls()
        self._tell_watchers()
        await self._usage.async_forget(everything=everything)
        await self._keeper.async_save()

    async def async_drop_parties(self) -> None:
        """Keep no more who called, nor of calls that were."""
        await self._usage.async_drop_parties()
        await self._keeper.async_save()

    def _show_calls(self) -> None:
        """Show what is not forgotten."""
        self._activity.reader.shown_of = self._mark.without
        self._activity.async_tell_again()

    @callback
    def _look(self) -> None:
        """Look at the calls: short lists at once, long ones beside the loop."""
        reading = self._activity.reader.listed()
        if self._closed or reading is None or reading.failed or not reading.known:
            return
        calls: Sequence[Call] = reading.value or ()
        if self._looking:
            self._look_again = True
        elif self._log.effort(calls) <= _LONG_LIST:
            whole = self._is_whole(reading.odd)
            new = self._log.look(calls, *self._passed(), reading.odd)
            if whole:
                self._learn(new, calls)
            self._usage.begin(calls, new, whole=not reading.odd)
            for call in new[:_AT_A_TIME]:
                self._tell(call)
            self._usage.look(self._mark.without(calls))
            if len(new) > _AT_A_TIME:
                self._begin(self._async_tell(new[_AT_A_TIME:]))
            self._keep()
        else:
            self._begin(self._async_look(calls, *self._passed(), reading.odd))

    @callback
    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        self._looking = self._hass.async_create_task(work, "sip_account calls")
        self._looking.add_done_callback(self._looked)

    @callback
    def _looked(self, _task: asyncio.Task[None]) -> None:
        """Look at what came in the meantime."""
        self._looking = None
        if self._look_again:
            self._look_again = False
            self._look()

    async def _async_look(
        self,
        calls: Sequence[Call],
        elapsed: float | None,
        gap: float | None,
        odd: Mapping[str, int],
    ) -> None:
        """Look at a list that takes longer than the loop may be held."""
        whole = self._is_whole(odd)
        look = await self._hass.async_add_executor_job(
            self._log.study, calls, elapsed, gap, odd
        )
        if not self._closed:
            new = self._log.take(look, elapsed)
            if whole:
                self._learn(new, calls)
            await self._usage.async_begin(calls, new, whole=not odd)
            self._usage.look(self._mark.without(calls))
            await self._async_tell(new)

    def _is_whole(self, odd: Mapping[str, int]) -> bool:
        """Whether all is understood, now and at the last look.

        Else a call that appears may be one that was there before.
        """
        before, self._odd = self._odd, odd
        return not before and not odd

    def _learn(self, new: Sequence[Call], listed: Sequence[Call]) -> None:
        """Let what is surely new tell of the server's zone."""
        if not any(self._log.may_be_told(call) for call in new):
            self._times.take(new, listed)

    async def _async_tell(self, calls: Sequence[Call]) -> None:
        """Tell of many calls, a few at a time; what is left when it ends stays new."""
        for count, call in enumerate(calls, 1):
            if self._closed:
                break
            self._tell(call)
            if not count % _AT_A_TIME:
                await asyncio.sleep(0)
        self._usage.tell()
        self._keep()

    @callback
    def _look_at_costs(self) -> None:
        """Look at what came without calls: the balance history."""
        if not self._closed:
            self._usage.look(())
            self._keep()

    def _tell(self, call: Call) -> None:
        kind = event_type(call)
        attributes = {
            **attributes_of(call),
            "voicemail_possible": self._may_be_mail(call),
            "perhaps_told": self._log.may_be_told(call),
        }
        forgotten = self._mark.hides(call)
        if not forgotten and not attributes["perhaps_told"]:
            self._usage.count(call)
        self._log.see(call)
        for listener in tuple(self._listeners):
            listener(kind, attributes)
        if kind == "missed" and not forgotten:
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

    def _passed(self) -> tuple[float | None, float | None]:
        """Return the seconds since the last look and since the last poll before.

        Both are None at the first one. A clock may be set, and the monotonic one
        stands still while the machine sleeps: the one that tells of more time is
        believed. There is no look after a poll that told nothing new: unless polls
        failed, the last one was an interval ago, or two where it took long.
        """
        failed = self._activity.tallies[CALLS.key].failed
        now = (self._hass.loop.time(), dt_util.utcnow().timestamp(), failed)
        before, self._clocks = self._clocks, now
        if before is None:
            return None, None
        elapsed = max(now[0] - before[0], now[1] - before[1])
        if failed != before[2]:
            return elapsed, elapsed
        return elapsed, min(elapsed, 2 * self._activity.interval.total_seconds())

    @callback
    def _keep(self) -> None:
        """Have it stored if there is anything new: its turn in the store begins here.

        Automations need no time before: Home Assistant starts their tasks eagerly, so
        they have taken up an event when the call that wrote its state returns. Who is
        killed in between tells of the calls of this poll once more; the other way
        round they were lost.
        """
        if self._log.changed or self._usage.ledger.changed:
            self._log.changed = self._usage.ledger.changed = False
            self._hass.async_create_task(self._keeper.async_save(), "sip_account calls")

    def _shape(self) -> Callable[[], dict[str, Any]]:
        """Return what makes JSON of what is to be kept now, in any thread."""
        shape = self._log.shape()
        beside = {
            "missed_count": self.missed_count,
            "missed_calls": self.missed_calls,
            "mark": self._mark.as_stored(),
        }
        ledger = self._usage.shape()
        return lambda: {**shape(), **beside, "ledger": ledger()}
