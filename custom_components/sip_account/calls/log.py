"""Which calls are new. Pure: no I/O, no clock, nothing of Home Assistant.

The server tells lists, never events. A call counts once it has ended, and is recognized

- by its session id where the server gives one (`sessions`);
- else by direction, party and the start as the server wrote it, with multiplicity: two
  equal rows are two calls. Lists are read in the zones that were met, and in another
  one only where none of those can be true (`readings`, `judgement`).

A call is taken for known only if every reading that can be true knows it. One that
began on the same second of a quarter of an hour as another of the same party, without
session ids, may be that one in another zone: it is told of, and `perhaps_told` says so,
unless it is seen that it began since the last look.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self

from ..sip_settings import Call
from .judgement import Judgement, judge
from .readings import NONE_ODD, Odd
from .rows import Listed, Row
from .sessions import by_session

# Several times what any server lists on one side (wire contract §2.3, §2.4); a longer
# list is remembered whole.
_KEPT_ON_A_SIDE = 400
# Zones of one account that are remembered: of a few machines behind a balancer.
_ZONES = 4
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
# A new call that comes this soon after the last poll (seconds), and as exactly as this
# where the server's clock must be, began since.
_SOON = 5 * 60
_EXACTLY = 2 * 60


@dataclass(frozen=True, slots=True)
class News:
    """A call to be told of, and what is remembered once it was.

    `perhaps_told` tells that it may be one that was told of before.
    """

    call: Call
    row: Row
    perhaps_told: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What one list tells: the new calls, the oldest first, and what to remember."""

    news: tuple[News, ...] = ()
    rows: tuple[Row, ...] | None = None
    last: frozenset[int] = frozenset()
    offsets: tuple[int, ...] = (0,)
    changed: bool = False
    odd: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest call that was told of: its end, and the seconds since it was told."""

    end: int
    ago: float


@dataclass(slots=True)
class CallLog:
    """The calls that were seen, from the least to the most recently listed.

    `changed` tells that there is something to keep which was not kept yet.
    """

    _rows: list[Row] = field(default_factory=list)
    _begun: bool = False
    changed: bool = False
    # Which of the rows were listed at the last look, each side at its own last one.
    _last: set[int] = field(default_factory=set)
    _offsets: tuple[int, ...] = (0,)
    # How many calls of each side were not understood at its last look.
    _odd: Mapping[str, int] = field(default_factory=dict)
    _news: dict[str, News] = field(default_factory=dict)
    _newest: _Newest | None = None

    @classmethod
    def from_stored(cls, stored: dict[str, Any] | None) -> Self:
        """Go on from what `as_stored` returned, also that of version 0.1.0.

        None begins anew.
        """
        if stored is None:
            return cls()
        rows = stored["rows"]
        beside = stored.get("beside")
        if beside is None or len(beside) != len(rows):
            return cls(
                [Row.from_stored(row, None) for row in rows],
                _begun=True,
                _last=set(range(len(rows))),
            )
        return cls(
            [Row.from_stored(*both) for both in zip(rows, beside, strict=True)],
            _begun=True,
            _last=set(stored["last"]),
            _offsets=tuple(stored["offsets"]),
            _odd=stored.get("odd", {}),
        )

    def as_stored(self) -> dict[str, Any]:
        """Return what must be kept, as JSON; version 0.1.0 reads `rows`."""
        return self.shape()()

    def shape(self) -> Callable[[], dict[str, Any]]:
        """Return what makes `as_stored` of what is remembered now, in any thread."""
        rows, last, offsets = tuple(self._rows), frozenset(self._last), self._offsets
        odd = dict(self._odd)
        return lambda: {
            "rows": [row.as_0_1_0() for row in rows],
            "beside": [row.as_beside() for row in rows],
            "last": sorted(last),
            "offsets": list(offsets),
            "odd": odd,
        }

    def look(
        self,
        calls: Iterable[Call],
        elapsed: float | None = None,
        gap: float | None = None,
        odd: Mapping[str, int] = NONE_ODD.now,
    ) -> list[Call]:
        """Return the calls that have ended and were not seen, the oldest first.

        They stay new until `see` is called for them. At the first look every call
        that has ended is old. `elapsed` are the seconds since the last look, None
        where they are not known, and `gap` those since the server last told the list
        of that look. `odd` tells by direction how many calls are listed that are not
        understood: one that is missing is then not gone, and one that is understood
        later is told of then.
        """
        return self.take(self.study(tuple(calls), elapsed, gap, odd), elapsed)

    def study(
        self,
        calls: Sequence[Call],
        elapsed: float | None = None,
        gap: float | None = None,
        odd: Mapping[str, int] = NONE_ODD.now,
    ) -> Look:
        """Find out what a list tells, and change nothing yet.

        It takes linear time, and for a long list more than the event loop may be held.
        """
        # What has ended comes first, lest a running call take the row of an equal one.
        listed = sorted(map(Listed.of, calls), key=lambda one: not one.ended)
        if not listed:
            return Look(offsets=self._offsets, odd=self._odd)
        study = _Study(
            self._rows,
            self._last,
            self._offsets,
            listed,
            elapsed,
            gap,
            Odd(odd, self._odd),
        )
        return study.look(self._newest, begun=self._begun)

    def take(self, look: Look, elapsed: float | None = None) -> list[Call]:
        """Remember what a list told; return the calls that are to be told of."""
        if elapsed is None or self._newest is None:
            self._newest = None
        else:
            self._newest = replace(self._newest, ago=self._newest.ago + elapsed)
        if look.rows is not None:
            self._rows, self._last = list(look.rows), set(look.last)
        self._offsets = look.offsets
        self._odd = look.odd
        self.changed |= look.changed or not self._begun
        self._begun = True
        self._news = {news.call.call_id: news for news in look.news}
        return [news.call for news in look.news]

    def may_be_told(self, call: Call) -> bool:
        """Whether a new call may be one that was told of before: nothing can tell."""
        news = self._news.get(call.call_id)
        return news is not None and news.perhaps_told

    def see(self, call: Call) -> None:
        """Take a new call for seen: whoever had to know of it does."""
        row = self._news.pop(call.call_id).row
        self.changed = True
        self._last.add(len(self._rows))
        self._rows.append(row)
        if row.at is None or row.loose:
            return
        if self._newest is None or self._newest.end < row.end:
            self._newest = _Newest(row.end, 0)


@dataclass(slots=True)
class _Study:
    """One list beside what was seen."""

    seen: Sequence[Row]
    last: AbstractSet[int]
    offsets: tuple[int, ...]
    listed: Sequence[Listed]
    elapsed: float | None
    gap: float | None
    odd: Odd

    def look(self, newest: _Newest | None, *, begun: bool) -> Look:
        paired = by_session(self.seen, self.listed)
        seen, listed = self.seen, self.listed
        found = judge(seen, listed, paired, self.last, self.offsets, odd=self.odd)
        rows, last, changed = self._remembered(found)
        news = []
        in_time = all(
            self._comes_in_time(self._row(at, found), newest) for at in found.news
        )
        for at in found.news:
            row = self._row(at, found)
            if not begun:
                rows.append(row)
                last.add(len(rows) - 1)
                continue
            perhaps_told = at in found.alike and not in_time
            news.append(News(self.listed[at].call, row, perhaps_told))
        news.sort(key=lambda one: _began(one.call))
        offsets = self._zones(found)
        rows, last = self._trimmed(rows, last)
        return Look(
            tuple(news),
            tuple(rows),
            frozenset(last),
            offsets,
            changed or set(offsets) != set(self.offsets),
            self._odd_then(),
        )

    def _odd_then(self) -> dict[str, int]:
        """Return what was not understood at the last look of each side."""
        sides = self._sides()
        return {
            side: count
            for side in {*self.odd.now, *self.odd.last}
            if (count := (self.odd.now if side in sides else self.odd.last).get(side))
        }

    def _sides(self) -> set[str]:
        """Return the sides that tell of anything that has ended."""
        return {one.row.side for one in self.listed if one.ended}

    def _remembered(self, found: Judgement) -> tuple[list[Row], set[int], bool]:
        """Return the rows with what was learned of them, those listed at the end."""
        known = {place: at for at, place in found.pairs.items()}
        sides = self._sides()
        rows: list[Row] = []
        last: set[int] = set()
        for place, row in enumerate(self.seen):
            if place not in known:
                if place in self.last and row.side not in sides:
                    last.add(len(rows))
                rows.append(row)
        changed = False
        for place, row in enumerate(self.seen):
            if place in known:
                # What seems to run may be another call, and its members are not final.
                one = self.listed[known[place]]
                now = row.with_news_of(one) if one.ended else row
                changed |= now != row
                last.add(len(rows))
                rows.append(now)
        return rows, last, changed

    def _row(self, at: int, found: Judgement) -> Row:
        row = self.listed[at].row
        if found.offset is None:
            return replace(row, loose=True)
        return row.moved(found.offset)

    def _zones(self, found: Judgement) -> tuple[int, ...]:
        """Return the zones that were met, the one that was met last at the end."""
        if found.offset is None or found.offset == self.offsets[-1]:
            return self.offsets
        others = [offset for offset in self.offsets if offset != found.offset]
        return (*others[1 - _ZONES :], found.offset)

    def _comes_in_time(self, row: Row, newest: _Newest | None) -> bool:
        """Whether a call began since the last look, by the server's own clock.

        That clock is read off the call before, and goes on as ours does; how ours is
        set does not matter.
        """
        if newest is None or row.at is None or self.elapsed is None or self.gap is None:
            return False
        late = row.end - newest.end - newest.ago - self.elapsed
        return self.gap <= _SOON and -self.gap - _EXACTLY <= late <= _EXACTLY

    def _trimmed(
        self, rows: list[Row], last: AbstractSet[int]
    ) -> tuple[list[Row], set[int]]:
        """Forget the least recently listed, but nothing of what is listed."""
        left: dict[str, int] = defaultdict(int)
        for row in rows:
            left[row.side] += 1
        kept: list[Row] = []
        places: set[int] = set()
        for at, row in enumerate(rows):
            if left[row.side] > _KEPT_ON_A_SIDE and at not in last:
                left[row.side] -= 1
                continue
            if at in last:
                places.add(len(kept))
            kept.append(row)
        return kept, places


def _began(call: Call) -> tuple[datetime, str]:
    return (call.started or _LONG_AGO, call.started_text)
