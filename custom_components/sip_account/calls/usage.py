"""The ledger of an account beside what is polled: it counts what is told, as it is.

It is kept with what was told (`watch`), in one file that is written at once: a crash
counts nothing twice and loses nothing. Days and months are those of the account's zone.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.json import json_bytes, json_fragment
from homeassistant.util import dt as dt_util

from ..calendar_offer import is_calendar_wanted
from ..const import CONF_TIME_ZONE
from ..coordinator import SipAccountCoordinator
from ..sip_settings import BALANCE_HISTORY, MONTHLY_USAGE, PREPAID, Call, Transaction
from .diary import Diary
from .ledger import Ledger
from .totals import Totals

_DAY = timedelta(days=1)


class Usage:
    """What the calls of an account came to, today and this month."""

    def __init__(
        self,
        hass: HomeAssistant,
        settings: SipAccountCoordinator,
        activity: SipAccountCoordinator,
        told_zone: Callable[[], str | None],
    ) -> None:
        """Count in the zone that `told_zone` names, unless a person chose one."""
        self.ledger = Ledger()
        self._hass = hass
        self._settings = settings
        self._activity = activity
        self._told_zone = told_zone
        self._zone_name: str | None = None
        self._zone: tzinfo = dt_util.get_default_time_zone()
        self._lines: Sequence[Transaction] | None = None
        self._watchers: list[Callable[[], None]] = []
        self._end_of_day: CALLBACK_TYPE | None = None
        # Whether listed calls may still tell who it was, since that is kept by now.
        self._to_name = False

    async def async_load(self, stored: dict[str, Any] | None) -> None:
        """Go on from what was kept, in the account's zone."""
        self.ledger = await self._hass.async_add_executor_job(
            Ledger.from_stored, stored
        )
        wanted = is_calendar_wanted(self._hass, self._activity.config_entry)
        self.ledger.diary.keeps_parties = self._to_name = wanted
        if not wanted:
            await self.async_drop_parties()
        await self._async_use_zone()

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Begin to tell of new days; returns what ends it."""
        self._wait_for_midnight()

        @callback
        def end() -> None:
            if self._end_of_day:
                self._end_of_day()
                self._end_of_day = None

        return end

    @callback
    def async_watch(self, watcher: Callable[[], None]) -> CALLBACK_TYPE:
        """Have `watcher` told when a figure may have changed, also by a new day."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    @callback
    def begin(
        self, listed: Sequence[Call], new: Sequence[Call], *, whole: bool
    ) -> None:
        """Count what was before the first look; what is told as new counts then."""
        if not self.ledger.begun:
            self.ledger = self._first_ledger(listed, new, whole=whole)()

    async def async_begin(
        self, listed: Sequence[Call], new: Sequence[Call], *, whole: bool
    ) -> None:
        """Count the same of a list that takes longer than the loop may be held."""
        if not self.ledger.begun:
            begin = self._first_ledger(listed, new, whole=whole)
            self.ledger = await self._hass.async_add_executor_job(begin)

    def _first_ledger(
        self, listed: Sequence[Call], new: Sequence[Call], *, whole: bool
    ) -> Callable[[], Ledger]:
        """Return what makes the ledger of all that is listed but for what is new."""
        lines = self._lines = self._history()
        now = self._now()
        keeps_parties = self.ledger.diary.keeps_parties

        def begin() -> Ledger:
            ids = {call.call_id for call in new}
            old = [call for call in listed if call.call_id not in ids]
            ledger = Ledger(diary=Diary(keeps_parties=keeps_parties))
            ledger.begin(old, lines or (), now, whole=whole)
            return ledger

        return begin

    @callback
    def count(self, call: Call) -> None:
        """Count a call that was told of."""
        self.ledger.count(call, self._now())

    @callback
    def look(self, listed: Collection[Call]) -> None:
        """Take what was polled beside the calls that are new; tell who watches."""
        if not self.ledger.begun:
            return
        now = self._now()
        if listed and self._to_name:
            self._to_name = False
            self.ledger.changed |= self.ledger.diary.name(listed)
        self.ledger.take_prices(listed)
        lines = self._history()
        if lines is not None and lines is not self._lines:
            self._lines = lines
            self.ledger.take_lines(lines, now)
        prepaid = self._activity.data.of(PREPAID)
        if prepaid and not prepaid.failed and prepaid.value:
            debit = prepaid.value.spent_today
            if debit is not None:
                self.ledger.take_debit(debit, now)
        if self._zone_wanted() != self._zone_name:
            self._hass.async_create_task(self._async_move(), "sip_account zone")
        self.tell()

    async def async_forget(self, *, everything: bool) -> None:
        """Forget who called, or all figures and calls."""
        if everything:
            self.ledger.forget(self._now())
        else:
            await self._async_drop()
        self.tell()

    async def async_drop_parties(self) -> None:
        """Keep no more who called, nor of calls that were."""
        self.ledger.diary.keeps_parties = False
        await self._async_drop()

    async def _async_drop(self) -> None:
        for dropped in self.ledger.diary.drop_parties():
            self.ledger.changed |= dropped
            # A year of days takes a while, and others have their turn in between.
            await asyncio.sleep(0)

    @callback
    def tell(self) -> None:
        """Tell who watches that figures may have changed."""
        for watcher in tuple(self._watchers):
            watcher()

    def shape(self) -> Callable[[], Any]:
        """Return what makes JSON of what must be kept now, in any thread.

        What is too long ago is forgotten. It is a fragment: with an indent for each
        list of a year, what is written were half as large again.
        """
        self.ledger.forget_before(self._now())
        shape = self.ledger.shape()
        return lambda: json_fragment(json_bytes(shape()))

    @property
    def zone_name(self) -> str:
        """The zone of the account: as a person chose, as it is told, or the home's."""
        return self._zone_wanted()

    @property
    def today(self) -> date:
        """The day that it is where the account is."""
        return self._now().date()

    def totals(self, *, month: bool) -> Totals:
        """Return what today came to, or this month."""
        today = self.today
        if not month:
            return self.ledger.day(today)
        return self.ledger.total(today.replace(day=1), today)

    def month(self, ago: int) -> tuple[date, datetime, datetime]:
        """Return the first day of a month, and from when to when it was."""
        first = self.today.replace(day=1)
        for _ in range(ago):
            first = (first - _DAY).replace(day=1)
        return first, self._midnight(first), self._midnight(_first_after(first))

    def last_reset(
        self, of: Callable[[Totals], Any], *, month: bool
    ) -> datetime | None:
        """Return since when a figure of today, or of this month, counts: a midnight.

        While it is zero, it has been so since the day after the last on which it was
        not: nothing has to be written on days on which nothing is.
        """
        if self.ledger.counted_since is None:
            return None
        today = self.today
        start = today.replace(day=1) if month else today
        if not of(self.totals(month=month)):
            last = self.ledger.last_day(of, today)
            since = self.ledger.counted_since.date()
            if last is None:
                start = min(start, since.replace(day=1) if month else since)
            elif last < start:
                start = _first_after(last) if month else last + _DAY
        return self._midnight(start)

    def difference(self) -> dict[str, Any] | None:
        """Return by how much the server's own count of this month differs from ours.

        None where the server does not count. It counts placed calls only (wire
        contract §2.8). How much money it is, is not told: whether it is any.
        """
        usage = self._settings.data.value(MONTHLY_USAGE)
        if usage is None:
            return None
        ours = self.totals(month=True)
        since = self.ledger.counted_since
        return {
            "calls": usage.calls - ours.outgoing,
            "cost_differs": usage.cost != ours.cost,
            "month_counted_whole": since is not None
            and since.date() < self.today.replace(day=1),
        }

    def _now(self) -> datetime:
        return dt_util.utcnow().astimezone(self._zone)

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone)

    def _history(self) -> Sequence[Transaction] | None:
        reading = self._settings.data.of(BALANCE_HISTORY)
        if reading is None or reading.failed or not reading.known:
            return None
        return reading.value or ()

    def _zone_wanted(self) -> str:
        options = self._activity.config_entry.options
        chosen = options.get(CONF_TIME_ZONE)
        return str(chosen or self._told_zone() or self._hass.config.time_zone)

    async def _async_use_zone(self) -> None:
        self._zone_name = self._zone_wanted()
        zone = await dt_util.async_get_time_zone(self._zone_name)
        self._zone = zone or dt_util.get_default_time_zone()

    async def _async_move(self) -> None:
        await self._async_use_zone()
        if self._end_of_day:
            self._end_of_day()
            self._wait_for_midnight()
        self.tell()

    @callback
    def _wait_for_midnight(self) -> None:
        midnight = self._midnight(self.today + _DAY)

        @callback
        def begin_day(_now: datetime) -> None:
            self._wait_for_midnight()
            self.tell()

        self._end_of_day = async_track_point_in_utc_time(
            self._hass, begin_day, dt_util.as_utc(midnight)
        )


def _first_after(day: date) -> date:
    """Return the first of the month after that of a day."""
    return (day.replace(day=1) + 32 * _DAY).replace(day=1)
