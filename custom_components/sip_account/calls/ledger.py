"""What an account's calls came to, by day and month. Pure: no I/O, no clock.

Each call counts once, on the day on which it began in the account's zone, and what it
cost with it (`costs`). Where the page tells today's debit only (wire contract §7), a
day cost that at least. What may have been told before does not count. A day is kept
for 400 days, and longer until there are later ones; one on which nothing was is not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Self

from ..sip_settings import Call, Direction, Outcome, Transaction
from .costs import NOWHERE, Costs, Move
from .debit import DayDebit
from .diary import YEARS, Diary
from .totals import Totals

DAYS = 400
# Credit is told to last so long only where so many whole days of the last are counted.
MEAN_DAYS = 30
_ENOUGH_DAYS = 7
_LONGEST = 100 * 365
_WITNESSES = 2
_SUMS = 8  # this month, the last whole days, and months that actions ask for
_ZERO = Decimal()
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Ledger:
    """The days of an account; `now` is always in the account's zone.

    `counted_since` tells from when the figures are whole, None before the first look.
    `changed` tells that there is something to keep which was not kept yet. `diary`
    has the calls one by one.
    """

    counted_since: datetime | None = None
    changed: bool = False
    diary: Diary = field(default_factory=Diary)
    _days: dict[date, Totals] = field(default_factory=dict)
    _costs: Costs = field(default_factory=Costs)
    _debit: DayDebit | None = None
    # What was added up since a day changed: each sensor asks several times.
    _sums: dict[tuple[date, date], Totals] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def begun(self) -> bool:
        """Whether the lists were looked at."""
        return self.counted_since is not None

    def begin(
        self,
        listed: Sequence[Call],
        lines: Sequence[Transaction],
        now: datetime,
        *,
        whole: bool,
    ) -> None:
        """Count what is listed at the first look, but for what is to be told as new.

        The lists reach back to their oldest calls: before the later of the two nothing
        is known of one side. Where calls have no price, the balance history must reach
        as far. Unless they are `whole`, the lists reach nowhere.
        """
        oldest: dict[Direction, datetime] = {}
        for call in listed:
            if call.started is None:
                whole = False
            elif call.outcome is not Outcome.IN_PROGRESS:
                first = oldest.get(call.direction, call.started)
                oldest[call.direction] = min(first, call.started)
        priceless = any(
            call.price is None and call.duration
            for call in listed
            if call.direction is Direction.OUTGOING
        )
        written = [line.time for line in lines if line.time] if priceless else []
        reaches = [*oldest.values(), *([min(written)] if written else [])]
        reach = max(reaches, default=now) if whole else now
        self.counted_since = min(reach, now).astimezone(now.tzinfo)
        self.changed = True
        for call in listed:
            if call.outcome is Outcome.IN_PROGRESS:
                continue
            if call.started is None:
                self.diary.without_time += 1
            else:
                self.count(call, now)
        self.take_lines(lines, now)

    def count(self, call: Call, now: datetime) -> None:
        """Count a call that has ended; it is for others to say it once."""
        day = self._day_of(call.started, now)
        if day is None:
            return
        self.changed = True
        totals = self._open(day)
        totals.calls[str(call.direction), str(call.outcome)] += 1
        if seconds := int(call.duration.total_seconds()):
            totals.talk[str(call.direction)] += seconds
        self._move(self._costs.take_call(call, day))
        self.diary.add(call, self._costs.told_of(call.call_id))

    def take_prices(self, listed: Iterable[Call]) -> None:
        """Take the prices that calls got after they were counted."""
        self._move(self._costs.take_prices(listed))

    def take_lines(self, lines: Sequence[Transaction], now: datetime) -> None:
        """Take a balance history; each of its lines counts once."""
        self._move(self._costs.take_lines(lines, lambda at: self._day_of(at, now)))
        self.changed |= self._costs.lines.changed
        self._costs.lines.changed = False

    def take_debit(self, debit: Decimal, now: datetime) -> None:
        """Take what the page of 2026 says was spent today."""
        today = now.date()
        if self._debit is None and not debit:
            return
        before = self._debit or DayDebit(today, anew=True)
        self._debit = before.after(debit, today)
        if self._debit == before:
            return
        self.changed = True
        if self._debit.spent:
            totals = self._open(today)
            totals.debit = max(totals.debit, self._debit.spent)

    def day(self, day: date) -> Totals:
        """Return what a day came to."""
        return self._days.get(day) or Totals()

    def total(self, first: date, last: date) -> Totals:
        """Return what the days from `first` to `last` came to, both included."""
        if known := self._sums.get((first, last)):
            return known
        whole = Totals()
        for day, totals in self._days.items():
            if first <= day <= last:
                whole.calls.update(totals.calls)
                whole.talk.update(totals.talk)
                whole.spent += totals.cost
        if len(self._sums) >= _SUMS:
            self._sums.clear()
        self._sums[first, last] = whole
        return whole

    def last_day(
        self, of: Callable[[Totals], float | Decimal], today: date
    ) -> date | None:
        """Return the last day, up to today, of which a figure is not zero."""
        days = (day for day, one in self._days.items() if day <= today and of(one))
        return max(days, default=None)

    def mean_cost(self, today: date) -> tuple[Decimal, int] | None:
        """Return the mean cost of the last whole days, and of how many.

        None where too few were counted whole to tell.
        """
        if self.counted_since is None:
            return None
        whole = (today - self.counted_since.date()).days - 1
        days = min(whole, MEAN_DAYS)
        if days < _ENOUGH_DAYS:
            return None
        return self.total(today - days * _DAY, today - _DAY).cost / days, days

    def lasts_until(self, balance: Decimal, today: date) -> date | None:
        """Return on which day a balance is used up, at the mean cost of late."""
        mean = self.mean_cost(today)
        if mean is None or mean[0] <= 0:
            return None
        days = max(balance, _ZERO) / mean[0]
        return today + int(days) * _DAY if days < _LONGEST else None

    def as_stored(self) -> dict[str, Any]:
        """Return what must be kept, as JSON."""
        return self.shape()()

    def shape(self) -> Callable[[], dict[str, Any]]:
        """Return what makes `as_stored` of what is counted now, in any thread."""
        since, debit = self.counted_since, self._debit
        days, costs = dict(self._days), self._costs.as_stored()
        diary = self.diary.shape()
        return lambda: {
            "counted_since": since and since.isoformat(),
            "days": {
                day.isoformat(): totals.as_stored() for day, totals in days.items()
            },
            "costs": costs,
            "day_debit": debit and debit.as_stored(),
            "diary": diary(),
        }

    @classmethod
    def from_stored(cls, stored: dict[str, Any] | None) -> Self:
        """Go on from what `as_stored` returned; None begins anew."""
        if stored is None:
            return cls()
        since, debit = stored["counted_since"], stored["day_debit"]
        return cls(
            datetime.fromisoformat(since) if since else None,
            diary=Diary.from_stored(stored.get("diary")),
            _days={
                date.fromisoformat(day): Totals.from_stored(totals)
                for day, totals in stored["days"].items()
            },
            _costs=Costs.from_stored(stored["costs"]),
            _debit=DayDebit.from_stored(debit) if debit else None,
        )

    def _day_of(self, at: datetime | None, now: datetime) -> date | None:
        """Return on which day something counts, None where it is too long ago.

        What has no time, or one that is still to come, counts when it is seen.
        """
        today = now.date()
        if at is None or at.year not in YEARS:
            return today
        day = min(at.astimezone(now.tzinfo).date(), today)
        return day if today - day < DAYS * _DAY else None

    def _open(self, day: date) -> Totals:
        """Return a day to be added to: a copy, since the one before may be stored."""
        known = self._days.get(day) or Totals()
        self._sums.clear()
        self._days[day] = replace(
            known, calls=known.calls.copy(), talk=known.talk.copy()
        )
        return self._days[day]

    def _move(self, moves: Sequence[Move]) -> None:
        for day, value in moves:
            self.changed = True
            if day != NOWHERE:
                self._open(day).spent += value
        if moves:
            self.diary.take_costs(self._costs.changes())

    def forget_before(self, now: datetime) -> None:
        """Let go of what is too long ago.

        Our clock does not decide alone, since it may be wrong for a while: two later
        days on which something was must be as long after.
        """
        if len(self._days) < _WITNESSES:
            return
        newest = min(sorted(self._days)[-_WITNESSES], now.date())
        oldest = newest - (DAYS - 1) * _DAY
        for day in [day for day in self._days if day < oldest]:
            del self._days[day]
            self._sums.clear()
        self.diary.forget_before(datetime.combine(oldest, time(), now.tzinfo))

    def forget(self, now: datetime) -> None:
        """Forget all there was, and count none of it again.

        Lines and debits that were told before stay known; what still comes for a
        forgotten call counts nowhere.
        """
        self.counted_since, self.changed = now, True
        self._days, self._sums = {}, {}
        self.diary = Diary(keeps_parties=self.diary.keeps_parties)
        self._costs.forget()
        if self._debit:
            self._debit = self._debit.forgotten()
