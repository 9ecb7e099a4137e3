"""What the page of 2026 says was spent today (wire contract §7), by the account's day.

Its own day may begin later than the account's, and one of several servers behind a
balancer may lag: what was told of the day before is no cost of today, however often it
comes back.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self

_ZERO = Decimal()
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayDebit:
    """What was told last, on which day of the account.

    `before` is what was told of the day before, `spent_late` what that grew by while
    the account's day was over, and `anew` whether the server's day has begun since.
    """

    day: date
    told: Decimal = _ZERO
    before: Decimal = _ZERO
    spent_late: Decimal = _ZERO
    anew: bool = False

    def after(self, told: Decimal, today: date) -> Self:
        """Return it with what is told now."""
        now = self
        if today != self.day:
            before = self.told if today - self.day == _DAY else _ZERO
            now = replace(
                self, day=today, before=before, spent_late=_ZERO, anew=not before
            )
        if told < now.before:
            now = replace(now, anew=True)
        if not now.anew:
            return replace(now, told=told, spent_late=told - now.before)
        if now.before and told in {now.before, now.before + now.spent_late}:
            return now  # one that lags
        return replace(now, told=told)

    def forgotten(self) -> Self:
        """Return it so that what was told so far is no cost of today."""
        return replace(self, before=self.told, spent_late=_ZERO, anew=False)

    @property
    def spent(self) -> Decimal:
        """What of it was spent on the account's day."""
        return self.spent_late + (self.told if self.anew else _ZERO)

    def as_stored(self) -> list[Any]:
        """Return it as JSON."""
        told = (self.told, self.before, self.spent_late)
        return [self.day.isoformat(), *map(str, told), self.anew]

    @classmethod
    def from_stored(cls, stored: list[Any]) -> Self:
        """Go on from what `as_stored` returned."""
        day, told, before, late, anew = stored
        return cls(
            date.fromisoformat(day), Decimal(told), Decimal(before), Decimal(late), anew
        )
