"""Which lines of a balance history are new: each counts once. Pure.

A line has no name of its own. Two are one if they are of one value and one second
within a quarter of an hour, in whatever zone the server writes them, and if the best of
what both of them tell agrees: the session, else the balance after it, else the
description. Members come and go, as behind a balancer whose servers are not of one age.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
import re
from typing import Any, Self

from ..sip_settings import Transaction
from .rows import digest

# What a server lists at most, and twice as many that are known.
_LISTED = 200
_KNOWN = 400
# Zones differ by quarters of an hour: what a line is known by is the same in each.
_QUARTER = 15
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:([0-9]{2}):([0-9]{2})")


@dataclass(slots=True)
class _Line:
    """What a line tells beside its value and time; texts are digests, "" for none."""

    session: str
    balance: float | None
    description: str

    def is_same(self, other: _Line) -> bool:
        """Whether the best of what both tell agrees."""
        if self.session and other.session:
            return self.session == other.session
        if self.balance is not None and other.balance is not None:
            return self.balance == other.balance
        return self.description == other.description

    def learn(self, other: _Line) -> bool:
        """Take what only the other tells; returns whether there was anything."""
        before = (self.session, self.balance)
        self.session = self.session or other.session
        if self.balance is None:
            self.balance = other.balance
        return (self.session, self.balance) != before


@dataclass(slots=True)
class KnownLines:
    """The lines that were listed of late; `changed` tells that more is to be kept."""

    changed: bool = False
    # By value and time, those that were listed last at the end.
    _known: dict[str, list[_Line]] = field(default_factory=dict)

    def take(self, lines: Sequence[Transaction]) -> list[Transaction]:
        """Return the lines that are new, the oldest first; they are known from now on.

        What is listed beyond what real servers list is not looked at, the oldest of it.
        """
        new: list[Transaction] = []
        listed: dict[str, list[_Line]] = {}
        for transaction in _newest(lines):
            key, line = _told(transaction)
            here = listed.setdefault(key, [])
            if line.balance is not None and line in here:
                continue  # listed twice: a second debit would leave another balance
            if (known := self._find(key, line, here)) is not None:
                self.changed |= known.learn(line)
            else:
                known = line
                new.append(transaction)
                self.changed = True
            here.append(known)
        self._keep(listed)
        return new

    def _find(self, key: str, line: _Line, taken: list[_Line]) -> _Line | None:
        """Return a known line that this one is, each for one line of a list."""
        free = [
            one
            for one in self._known.get(key, ())
            if not any(one is other for other in taken)
        ]
        if line in free:
            return free[free.index(line)]
        return next((one for one in free if one.is_same(line)), None)

    def _keep(self, listed: dict[str, list[_Line]]) -> None:
        """Know what was listed, and of what was before as much as there is room for."""
        for key, here in listed.items():
            before = self._known.pop(key, [])
            gone = [one for one in before if not any(one is it for it in here)]
            self._known[key] = [*gone, *here]
        count = sum(map(len, self._known.values()))
        for key, lines in list(self._known.items()):
            if count <= _KNOWN:
                break
            excess = min(count - _KNOWN, len(lines))
            del lines[:excess]
            count -= excess
            if not lines:
                del self._known[key]

    def as_stored(self) -> list[list[Any]]:
        """Return it as JSON."""
        return [
            [key, line.session, line.balance, line.description]
            for key, lines in self._known.items()
            for line in lines
        ]

    @classmethod
    def from_stored(cls, stored: Sequence[Sequence[Any]]) -> Self:
        """Go on from what `as_stored` returned."""
        known: dict[str, list[_Line]] = {}
        for key, session, balance, description in stored:
            known.setdefault(key, []).append(_Line(session, balance, description))
        return cls(_known=known)


def _newest(lines: Sequence[Transaction]) -> Sequence[Transaction]:
    """Return the newest lines, the oldest first, in whichever order they are."""
    if not lines:
        return lines
    first, last = lines[0].time, lines[-1].time
    if first and last and first < last:
        return lines[-_LISTED:]
    return lines[:_LISTED][::-1]


def _told(transaction: Transaction) -> tuple[str, _Line]:
    written = _WRITTEN.match(transaction.time_text)
    second = (
        str(int(written[1]) % _QUARTER * 60 + int(written[2]))
        if written
        else transaction.time_text
    )
    balance = transaction.balance
    return digest(f"{second}|{float(transaction.value)}"), _Line(
        transaction.session_id and digest(transaction.session_id),
        None if balance is None else float(balance),
        digest(" ".join(transaction.description.casefold().split())),
    )
