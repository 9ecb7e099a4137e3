"""Which lines of a balance history are new: each counts once. Pure.

A line has no name of its own. Two are one if they are of one value and one second
within a quarter of an hour, in whatever zone the server writes them, and if the best of
what both of them tell agrees: the session, else the balance after it, else the
description. Members come and go, as behind a balancer whose servers are not of one age.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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

    @property
    def told(self) -> tuple[str, float | None, str]:
        """Return all that it tells."""
        return self.session, self.balance, self.description

    def is_same(self, other: _Line) -> bool:
        """Whether the best of what both tell agrees."""
        if self.session and other.session:
            return self.session == other.session
        if self.balance is not None and other.balance is not None:
            return self.balance == other.balance
        return self.description == other.description

    def learn(self, other: _Line) -> bool:
        """Take what only the other tells; returns whether there was anything."""
        before = self.told
        self.session = self.session or other.session
        if self.balance is None:
            self.balance = other.balance
        return self.told != before


class _Alike:
    """The lines of one value and time, while a list is gone through.

    A server may write all of its list into one second: each line is found by what it
    tells, and only one that is told otherwise is looked for among all.
    """

    def __init__(self, known: Iterable[_Line]) -> None:
        """Take those that are known; each is found for one line of the list."""
        self.listed: list[_Line] = []
        self._listed_as: set[object] = set()
        self._free = {id(one): one for one in known}
        self._told_as: defaultdict[object, list[_Line]] = defaultdict(list)
        for one in reversed(self._free.values()):
            self._told_as[one.told].append(one)

    @property
    def known(self) -> list[_Line]:
        """Return all of them, those that are listed behind those that are not."""
        return [*self._free.values(), *self.listed]

    def is_listed(self, line: _Line) -> bool:
        """Whether a line of the list told the same."""
        return line.told in self._listed_as

    def find(self, line: _Line) -> _Line | None:
        """Return a known line that this one is, the one that tells the same first."""
        told = self._told_as[line.told]
        while told:
            if (known := self._free.pop(id(told.pop()), None)) is not None:
                return known
        known = next((one for one in self._free.values() if one.is_same(line)), None)
        return known and self._free.pop(id(known))

    def add(self, line: _Line) -> None:
        """Take a line that is listed, which was found or is new."""
        self.listed.append(line)
        self._listed_as.add(line.told)


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
        listed: dict[str, _Alike] = {}
        for transaction in _newest(lines):
            key, line = _told(transaction)
            if (alike := listed.get(key)) is None:
                alike = listed[key] = _Alike(self._known.get(key, ()))
            if line.balance is not None and alike.is_listed(line):
                continue  # listed twice: a second debit would leave another balance
            if (known := alike.find(line)) is not None:
                self.changed |= known.learn(line)
            else:
                known = line
                new.append(transaction)
                self.changed = True
            alike.add(known)
        self._keep(listed)
        return new

    def _keep(self, listed: dict[str, _Alike]) -> None:
        """Know what was listed, and of what was before as much as there is room for."""
        for key, alike in listed.items():
            self._known.pop(key, None)
            self._known[key] = alike.known
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
