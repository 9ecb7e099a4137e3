"""What the calls of a day came to, or of several. Pure."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from ..sip_settings import Direction, Outcome

_ZERO = Decimal()


@dataclass(slots=True)
class Totals:
    """What the calls of a day, or of several, came to.

    `calls` counts by direction and outcome, `talk` seconds by direction. `missed` are
    incoming calls that nobody answered nor turned away. `debit` is what the page of
    2026 told at most, a part of no other figure.
    """

    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    talk: Counter[str] = field(default_factory=Counter)
    spent: Decimal = _ZERO
    debit: Decimal = _ZERO

    @property
    def count(self) -> int:
        """How many calls there were."""
        return self.calls.total()

    @property
    def incoming(self) -> int:
        """How many of them came in."""
        return self._sum(lambda key: key[0] == Direction.INCOMING)

    @property
    def outgoing(self) -> int:
        """How many of them were placed."""
        return self._sum(lambda key: key[0] == Direction.OUTGOING)

    @property
    def missed(self) -> int:
        """How many of them were missed."""
        missed = {Outcome.MISSED, Outcome.BUSY}
        return self._sum(lambda key: key[0] == Direction.INCOMING and key[1] in missed)

    @property
    def talked(self) -> int:
        """How many seconds were talked."""
        return self.talk.total()

    @property
    def cost(self) -> Decimal:
        """What was paid; only of a day by itself the server's debit says more."""
        return max(self.spent, self.debit)

    def _sum(self, wanted: Callable[[tuple[str, str]], bool]) -> int:
        return sum(count for key, count in self.calls.items() if wanted(key))

    def as_stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "calls": [[*key, count] for key, count in self.calls.items()],
            "talk": dict(self.talk),
            "spent": str(self.spent),
            "debit": str(self.debit),
        }

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self:
        """Return what `as_stored` gave."""
        return cls(
            Counter({(one, other): count for one, other, count in stored["calls"]}),
            Counter(stored["talk"]),
            Decimal(stored["spent"]),
            Decimal(stored["debit"]),
        )
