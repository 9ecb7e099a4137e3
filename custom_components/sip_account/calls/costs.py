"""What calls and other things cost, each once. Pure.

A placed call has a price in the list of calls, or none; the balance history (wire
contract §2.7) has what was debited. A debit belongs to the call of its session id, else
to the one of its party that ended when it was written, and is what that call cost. What
belongs to no call, as a message does, costs by itself. Credits, vouchers and other
settings of the balance are no cost.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
import re
from typing import Any, Self

from ..sip_settings import Call, Direction, Transaction
from .lines import KnownLines
from .rows import digest

# Twice of what a server lists at most: calls and debits that wait for one another.
_CALLS = 200
_ZERO = Decimal()
# The day on which counts what belongs to something forgotten.
NOWHERE = date.min
# A debit is written when its call is over, or a little later, and clocks may differ.
_EARLY = 60
_LATE = 5 * 60
_WIDEST = 15 * 60 * 60
_PARTY = re.compile(r" to (\S{1,200})")
_MESSAGE = "message"
_SET = "set balance"

type Move = tuple[date, Decimal]
type DayOf = Callable[[datetime | None], date | None]


@dataclass(slots=True)
class _Placed:
    """A placed call: what the list says that it costs, and what was debited for it.

    `ended` is in seconds of the epoch; `session` and `party` are digests.
    """

    call_id: str
    session: str
    party: str
    ended: int | None
    day: date
    price: Decimal
    paid: Decimal = _ZERO
    # What was told last of what it cost.
    told: Decimal = _ZERO

    def __post_init__(self) -> None:
        self.told = self.cost

    @property
    def cost(self) -> Decimal:
        return self.paid or self.price

    def is_of(self, debit: _Debit) -> bool:
        """Whether a debit, of no call that is known by its session, was for this."""
        if self.paid or self.ended is None or debit.written is None:
            return False
        if self.session and debit.session and self.session != debit.session:
            return False
        after = debit.written - self.ended
        if not -_EARLY <= after <= _LATE:
            # The line may be written in another zone: party and price must agree.
            same = debit.party == self.party and debit.value == self.price
            return same and bool(debit.party) and abs(after) <= _WIDEST
        if debit.party:
            return debit.party == self.party
        return debit.value == self.price


@dataclass(slots=True)
class _Debit:
    """A debit that belongs to no call so far."""

    session: str
    party: str
    written: int | None
    day: date
    value: Decimal


@dataclass(slots=True)
class Costs:
    """The calls and debits of late; what is moved by them is for the ledger to add."""

    _calls: list[_Placed] = field(default_factory=list)
    _debits: list[_Debit] = field(default_factory=list)
    lines: KnownLines = field(default_factory=KnownLines)

    def take_call(self, call: Call, day: date) -> list[Move]:
        """Take a call that counts, once; return what is added to which day."""
        if call.direction is not Direction.OUTGOING:
            return []
        ended = call.started + call.duration if call.started else None
        placed = _Placed(
            call.call_id,
            digest(call.session_id),
            digest(_user(call.party or "")),
            int(ended.timestamp()) if ended else None,
            day,
            _price(call),
        )
        self._calls = [*self._calls, placed][-_CALLS:]
        moves = [(day, placed.price)]
        session = placed.session
        mine = [one for one in self._debits if session and one.session == session]
        if not mine:
            mine = [one for one in self._debits if placed.is_of(one)][:1]
        for debit in mine:
            self._debits.remove(debit)
            moves += [(debit.day, -debit.value), *_pay(placed, debit.value)]
        return [move for move in moves if move[1]]

    def take_prices(self, calls: Iterable[Call]) -> list[Move]:
        """Take the prices that calls have got since they were counted."""
        known = {placed.call_id: placed for placed in self._calls}
        moves: list[Move] = []
        for call in calls:
            placed = known.get(call.call_id)
            if placed is None or _price(call) <= placed.price:
                continue
            before, placed.price = placed.cost, _price(call)
            if placed.cost != before:
                moves.append((placed.day, placed.cost - before))
        return moves

    def take_lines(self, lines: Sequence[Transaction], day_of: DayOf) -> list[Move]:
        """Take a balance history, of which each line counts once.

        `day_of` tells the day of a time, None where it does not count.
        """
        moves: list[Move] = []
        for line in self.lines.take(lines):
            moves += self._take_line(line, day_of)
        return moves

    def _take_line(self, line: Transaction, day_of: DayOf) -> list[Move]:
        day = day_of(line.time)
        if day is None or line.value >= 0 or line.action.strip().lower() == _SET:
            return []
        party = _PARTY.search(line.description)
        debit = _Debit(
            digest(line.session_id),
            digest(_user(party[1])) if party else "",
            int(line.time.timestamp()) if line.time else None,
            day,
            -line.value,
        )
        placed = self._call_of(line, debit)
        if placed is not None:
            return _pay(placed, debit.value)
        self._debits = [*self._debits, debit][-_CALLS:]
        return [(day, debit.value)]

    def _call_of(self, line: Transaction, debit: _Debit) -> _Placed | None:
        for placed in self._calls:
            if debit.session and placed.session == debit.session:
                return placed
        if line.description.lower().startswith(_MESSAGE):
            return None
        return next((placed for placed in self._calls if placed.is_of(debit)), None)

    def told_of(self, call_id: str) -> Decimal:
        """Return what the newest call of an id cost so far."""
        for placed in reversed(self._calls):
            if placed.call_id == call_id:
                placed.told = placed.cost
                return placed.cost
        return _ZERO

    def changes(self) -> dict[str, Decimal]:
        """Return what calls cost by now that cost something else when last asked."""
        changed = [placed for placed in self._calls if placed.cost != placed.told]
        for placed in changed:
            placed.told = placed.cost
        return {placed.call_id: placed.cost for placed in changed}

    def forget(self) -> None:
        """Let what still comes for calls, and calls for debits, count nowhere."""
        for placed in self._calls:
            placed.day = NOWHERE
        for debit in self._debits:
            debit.day = NOWHERE

    def as_stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "placed": [
                [
                    one.call_id,
                    one.session,
                    one.party,
                    one.ended,
                    one.day.isoformat(),
                    str(one.price),
                    str(one.paid),
                ]
                for one in self._calls
            ],
            "debits": [
                [
                    one.session,
                    one.party,
                    one.written,
                    one.day.isoformat(),
                    str(one.value),
                ]
                for one in self._debits
            ],
            "known_lines": self.lines.as_stored(),
        }

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self:
        """Go on from what `as_stored` returned."""
        return cls(
            [
                _Placed(call_id, session, party, ended, _day(day), *map(Decimal, money))
                for call_id, session, party, ended, day, *money in stored["placed"]
            ],
            [
                _Debit(session, party, written, _day(day), Decimal(value))
                for session, party, written, day, value in stored["debits"]
            ],
            KnownLines.from_stored(stored["known_lines"]),
        )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _pay(placed: _Placed, value: Decimal) -> list[Move]:
    """Let a call have cost what was debited, in one part or several."""
    before = placed.cost
    placed.paid += value
    return [(placed.day, placed.cost - before)] if placed.cost != before else []


def _price(call: Call) -> Decimal:
    return max(call.price or _ZERO, _ZERO)


def _user(party: str) -> str:
    """Return what a party is written by in either list: `00` is `+`."""
    user = party.lower().removeprefix("sip:").partition("@")[0]
    return f"00{user[1:]}" if user.startswith("+") else user
