"""A server that lists calls in every way that servers do."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import random
from typing import Any

EPOCH = datetime(2026, 10, 24, 20)  # noqa: DTZ001 - local; the hour is doubled that night
PARTIES = ("sip:bob@example.com", "0031208005161@example.com", "carol@example.com")
ALARM = "alarm@example.com"
SIDES = ("placed", "received")
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)


@dataclass(slots=True)
class Line:
    """A call as the server knows it; `number` tells ours from an equal one."""

    number: int
    side: str
    party: str
    start: datetime
    written: datetime
    duration: int | None = None  # None while it runs
    status: int = 200
    ended: datetime | None = None
    odd: bool = False  # written as nobody understands it

    def end(self, now: datetime, duration: int) -> None:
        """Let the call end."""
        self.duration, self.status = duration, 200 if duration else 487
        self.ended = now


@dataclass(slots=True)
class Machine:
    """One of those behind a balancer: its zone, and how far it lags."""

    zone: timedelta = timedelta()
    lag: timedelta = timedelta()


@dataclass
class Server:
    """Lists calls in every way that servers do."""

    chance: random.Random
    lines: list[Line] = field(default_factory=list)
    now: datetime = EPOCH
    season: timedelta = timedelta()
    machines: list[Machine] = field(default_factory=lambda: [Machine()])
    at_most: int = 50
    # Members that are in each answer, and those that come and go.
    members: set[str] = field(default_factory=set)
    unsteady: set[str] = field(default_factory=set)
    people: int = 0
    # In which zone the last answer was written, and the one before.
    zone: timedelta = timedelta()
    zone_then: timedelta = timedelta()

    def is_coincidence(self) -> bool:
        """Whether it is whole quarters of an hour since a call, to a few minutes.

        What is listed by a machine in another zone then looks as if it began just now,
        and nothing could tell. In the very second that is so of machines that took
        turns alone.
        """
        moved = self.zone_then != self.zone
        return any(
            min(since, QUARTER - since) < timedelta(minutes=5) and (since or moved)
            for line in self.lines
            if line.start < self.now
            for since in ((self.now - line.start) % QUARTER,)
        )

    def begin(self, side: str, party: str, *, twice: bool) -> None:
        """Let somebody call; with `twice` two rows of it are equal."""
        # No two people call whole quarters apart, as no two real ones do.
        self.people += 1
        quarter = (self.now - EPOCH) // QUARTER
        start = EPOCH + quarter * QUARTER + _phase(self.people)
        self.now = start if start > self.now else start + QUARTER
        for _ in range(1 + twice):
            self._add(side, party)

    def test_call(self, side: str, status: int) -> None:
        """Let an alarm system call, as it does on the same second of each hour."""
        self.now = EPOCH + ((self.now - EPOCH) // HOUR + 1) * HOUR
        self._add(side, ALARM)
        self.lines[-1].end(self.now, 0)
        self.lines[-1].status = status

    def _add(self, side: str, party: str) -> None:
        number = len(self.lines)
        self.lines.append(Line(number, side, party, self.now, self.now + self.season))

    def listed(
        self, hidden: AbstractSet[str], machine: int | None = None
    ) -> dict[str, Any]:
        """Answer as `get_calls` or `get_history`, in any order; `hidden` sides fail."""
        chance = self.chance
        at = chance.randrange(len(self.machines)) if machine is None else machine
        told = self.machines[at]
        self.zone_then, self.zone = self.zone, told.zone
        members = self.members - {
            name for name in sorted(self.unsteady) if chance.random() < 0.5
        }
        known_until = self.now - told.lag
        sides: dict[str, Any] = {}
        for side in SIDES:
            lines = [
                line
                for line in self.lines
                if line.side == side and line.start <= known_until
            ][-self.at_most :]
            chance.shuffle(lines)
            rows = [_row(line, told, members, known_until) for line in lines]
            sides[side] = None if side in hidden or not rows else rows
        return sides


def _phase(number: int) -> timedelta:
    return timedelta(seconds=number * 37 % 899 + 1)


def _row(
    line: Line, machine: Machine, members: set[str], until: datetime
) -> dict[str, Any]:
    start = line.written + machine.zone
    over = line.ended is not None and line.ended <= until
    row = {
        "remoteParty": line.party,
        # What is shown and never compared tells the test which call it is.
        "displayName": f"n{line.number}",
        "duration": [1] if line.odd else (line.duration or 0) if over else 0,
        "status": line.status if over and "status" in members else None,
        "date": f"{start:%Y-%m-%d %H:%M:%S}",
    }
    if "stopTime" in members:
        stop = start + timedelta(seconds=line.duration or 0)
        row["stopTime"] = f"{stop:%Y-%m-%d %H:%M:%S}" if over else None
    if "sessionId" in members:
        row["sessionId"] = f"s{line.number}"
        row["fromTag"] = f"t{line.number}" if "fromTag" in members else ""
    return row
