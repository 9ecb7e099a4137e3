"""The calls of the last year, one by one, for whoever looks back. Pure: no clock.

A call is kept as a line of text, which takes little room in memory and in the store:
when it began, how long it was talked, how it ended, what it cost, and who it was only
while a person wants that. At most 8,000 calls are kept, of 400 days (`ledger`); those
that are long over are packed (`pages`).
"""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from ..sip_settings import Call, Direction, Outcome
from ..wording.shown import plain, shown
from .pages import FIELDS, Page, began

MOST = 8000
# How many lines make a page. Until there are twice as many they stay open: what a call
# cost, and who it was, may still come as long as the server lists it.
PAGE = 256
# Years that can be told in any zone.
YEARS = range(1970, 9999)
_LONGEST_NAME = 64  # characters
_NONE = "-"
_DIRECTIONS = {"i": Direction.INCOMING, "o": Direction.OUTGOING}
_OUTCOMES = {
    "a": Outcome.ANSWERED,
    "m": Outcome.MISSED,
    "b": Outcome.BUSY,
    "d": Outcome.DECLINED,
    "c": Outcome.CANCELLED,
    "f": Outcome.FAILED,
}
_LETTERS: dict[str, str] = {
    str(meant): letter for letter, meant in (*_DIRECTIONS.items(), *_OUTCOMES.items())
}
# Who it was comes last in a line, since it may have blanks.
_WHO = FIELDS - 1


@dataclass(frozen=True, slots=True)
class Record:
    """One call that has ended.

    `shown` is who it was, safe to show anywhere, `?` where nobody knew, and None where
    it is not kept. `cost` is None where nothing was paid.
    """

    started: datetime
    duration: timedelta
    direction: Direction
    outcome: Outcome
    cost: Decimal | None
    shown: str | None


class Diary:
    """Each call that counts, in the order in which they began.

    `keeps_parties` tells whether a person wants it to know who called.
    `without_time` counts calls that are missing, since nobody knows when they were.
    """

    def __init__(
        self,
        *,
        keeps_parties: bool = False,
        without_time: int = 0,
        lines: Iterable[str] = (),
        pages: Iterable[Page] = (),
    ) -> None:
        """Begin with the `lines` of calls of late, and the `pages` before them."""
        self.keeps_parties = keeps_parties
        self.without_time = without_time
        self._lines = list(lines)
        self._pages = list(pages)

    def add(self, call: Call, cost: Decimal) -> None:
        """Add a call that has ended; it is for others to say it once."""
        if call.started is None or call.started.year not in YEARS:
            self.without_time += 1
            return
        placed = call.direction is Direction.OUTGOING
        call_id = call.call_id if placed else _NONE
        who = _who(call) if self.keeps_parties else ""
        line = f"{_head(call, call.started)} {_money(cost)} {call_id} {who}"
        insort(self._lines, line, key=began)
        if len(self._lines) >= 2 * PAGE:
            self._pages.append(Page.of([_closed(one) for one in self._lines[:PAGE]]))
            del self._lines[:PAGE]
        while sum(page.count for page in self._pages) + len(self._lines) > MOST:
            del self._pages[0]

    def take_costs(self, costs: Mapping[str, Decimal]) -> None:
        """Take what some calls cost by now, by their ids."""
        left = dict(costs)
        for at in range(len(self._lines) - 1, -1, -1):
            if not left:
                return
            fields = self._lines[at].split(" ", _WHO)
            if (cost := left.pop(fields[4], None)) is not None:
                fields[3] = _money(cost)
                self._lines[at] = " ".join(fields)

    def name(self, calls: Iterable[Call]) -> bool:
        """Let listed calls tell who it was where that was not kept.

        Returns whether there is something new to keep.
        """
        heads = {
            _head(call, call.started): call
            for call in calls
            if call.started and call.outcome is not Outcome.IN_PROGRESS
        }
        named = False
        for at, line in enumerate(self._lines):
            fields = line.split(" ", _WHO)
            call = heads.get(" ".join(fields[:3])) if not fields[_WHO] else None
            if call is not None:
                fields[_WHO] = _who(call)
                self._lines[at] = " ".join(fields)
                named = True
        return named

    def drop_parties(self) -> Iterator[bool]:
        """Forget who it was, some calls at a time; tell whether that was known of any.

        Each step takes a millisecond at most.
        """
        before = self._lines
        self._lines = [_without_who(line) for line in before]
        yield self._lines != before
        # From the end, since the oldest may be let go of in between.
        for at in reversed(range(len(self._pages))):
            if at < len(self._pages):
                lines = self._pages[at].lines
                without = [_without_who(line) for line in lines]
                if without != lines:
                    self._pages[at] = Page.of(without)
                yield without != lines

    def forget_before(self, limit: datetime) -> None:
        """Let go of calls that began before a time."""
        oldest = int(limit.timestamp())
        del self._lines[: bisect_left(self._lines, oldest, key=began)]
        if not any(page.first < oldest for page in self._pages):
            return
        pages = [page for page in self._pages if page.last >= oldest]
        self._pages = [
            page
            if page.first >= oldest
            else Page.of([line for line in page.lines if began(line) >= oldest])
            for page in pages
        ]

    def reader(self) -> Callable[[datetime, datetime], list[Record]]:
        """Return what tells, in any thread, which calls there are in a span of time.

        Those that only begin or end in it are among them, the oldest first. A call
        that nobody answered is where it began.
        """
        pages, lines = tuple(self._pages), tuple(self._lines)

        def between(start: datetime, end: datetime) -> list[Record]:
            first, last = start.timestamp(), end.timestamp()
            found: list[Record] = []
            for some in (*(page.lines for page in pages), lines):
                for line in some:
                    at, duration, _ = line.split(" ", 2)
                    if (
                        int(at) < last
                        and max(int(at), int(at) + int(duration) - 1) >= first
                    ):
                        found.append(_record(line))
            return sorted(found, key=lambda record: record.started)

        return between

    def shape(self) -> Callable[[], dict[str, Any]]:
        """Return what makes JSON of what is kept now, in any thread."""
        lines, pages = tuple(self._lines), tuple(self._pages)
        without_time = self.without_time
        # One text: a list of so many would take twice the room in the store.
        return lambda: {
            "calls": "\n".join(lines),
            "pages": [page.as_stored() for page in pages],
            "without_time": without_time,
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None) -> Self:
        """Go on from what `shape` made; None begins anew."""
        if stored is None:
            return cls()
        lines = stored["calls"].split("\n") if stored["calls"] else []
        pages = [Page.from_stored(page) for page in stored["pages"]]
        return cls(without_time=stored["without_time"], lines=lines, pages=pages)


def _head(call: Call, started: datetime) -> str:
    """Return how the line of a call begins: start, duration, direction and outcome."""
    kind = _LETTERS[call.direction] + _LETTERS[call.outcome]
    return f"{int(started.timestamp())} {int(call.duration.total_seconds())} {kind}"


def _who(call: Call) -> str:
    # What is cut off may leave behind what was harmless before.
    return plain(shown(call)[:_LONGEST_NAME])


def _without_who(line: str) -> str:
    fields = line.split(" ", _WHO)
    return " ".join([*fields[:_WHO], ""])


def _closed(line: str) -> str:
    """Return a line of which nothing more will come: without the call's id."""
    fields = line.split(" ", _WHO)
    return " ".join([*fields[:4], _NONE, fields[_WHO]])


def _money(cost: Decimal) -> str:
    return str(cost) if cost else _NONE


def _record(line: str) -> Record:
    at, duration, kind, cost, _, who = line.split(" ", _WHO)
    return Record(
        datetime.fromtimestamp(int(at), UTC),
        timedelta(seconds=int(duration)),
        _DIRECTIONS[kind[0]],
        _OUTCOMES[kind[1]],
        None if cost == _NONE else Decimal(cost),
        who or None,
    )
