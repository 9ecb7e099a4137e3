"""Which calls are new. Pure: no I/O, no clock, nothing of Home Assistant.

The server tells lists, never events. A call counts once it has ended, and is recognized

- by its session id where the server gives one (`sessions`);
- else by direction, party and the start as the server wrote it, with multiplicity: two
  equal rows are two calls. A list can often be read in several zones, and each way to
  read them all is kept in mind (`memory`, `readings`, `judgement`).

A call is taken for known only if every past that can be true knows it. One that
began on the same second of a quarter of an hour as another of the same party, without
session ids, may be that one in another zone: it is told of, and `perhaps_told` says so,
unless it is seen that it began since the last look.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self

from ..sip_settings import Call
from .judgement import Judgement, Past, judge
from .memory import Memory
from .readings import NONE_ODD, Odd
from .rows import Listed, Row, digest

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
# A new call that comes this soon after the last poll (seconds), and as exactly as this
# where the server's clock must be, began since.
_SOON = 5 * 60
_EXACTLY = 2 * 60


@dataclass(frozen=True, slots=True)
class News:
    """A call to be told of, and what is remembered of it in each past once it was.

    None stands where that past knows it. `perhaps_told` tells that it may be one that
    was told of before.
    """

    call: Call
    rows: tuple[Row | None, ...]
    perhaps_told: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What one list tells: the new calls, the oldest first, and what to remember."""

    news: tuple[News, ...] = ()
    memories: tuple[Memory, ...] | None = None
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

    _memories: tuple[Memory, ...] = (Memory(),)
    _begun: bool = False
    changed: bool = False
    # How many calls of each side were not understood at its last look.
    _odd: Mapping[str, int] = field(default_factory=dict)
    _news: dict[str, News] = field(default_factory=dict)
    # What was told of since the last look, for each memory.
    _told: list[tuple[Row | None, ...]] = field(default_factory=list)
    _newest: _Newest | None = None

    @classmethod
    def from_stored(cls, stored: dict[str, Any] | None) -> Self:
        """Go on from what `as_stored` returned, also that of version 0.1.0.

        None begins anew.
        """
        if stored is None:
            return cls()
        kept = [stored, *(stored.get("others", []) if "beside" in stored else [])]
        memories = tuple(map(Memory.from_stored, kept))
        return cls(memories, _begun=True, _odd=stored.get("odd", {}))

    def as_stored(self) -> dict[str, Any]:
        """Return what must be kept, as JSON; version 0.1.0 reads `rows`."""
        return self.shape()()

    def shape(self) -> Callable[[], dict[str, Any]]:
        """Return what makes `as_stored` of what is remembered now, in any thread."""
        first, *others = self._known()
        odd = dict(self._odd)
        return lambda: {
            **first.as_stored(),
            "others": [one.as_stored() for one in others],
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

    def effort(self, calls: Sequence[Call]) -> int:
        """Return how many calls `study` looks at: the list once for each past."""
        return len(calls) * len(self._memories)

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
            return Look(odd=self._odd)
        study = _Study(self._known(), listed, elapsed, gap, Odd(odd, self._odd))
        return study.look(self._newest, begun=self._begun)

    def take(self, look: Look, elapsed: float | None = None) -> list[Call]:
        """Remember what a list told; return the calls that are to be told of."""
        if elapsed is None or self._newest is None:
            self._newest = None
        else:
            self._newest = replace(self._newest, ago=self._newest.ago + elapsed)
        if look.memories is not None:
            self._memories = look.memories
            self._told = []
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
        rows = self._news.pop(call.call_id).rows
        self.changed = True
        self._told.append(rows)
        row = rows[0] if len(rows) == 1 else None
        if row is None or row.at is None:
            return
        if self._newest is None or self._newest.end < row.end:
            self._newest = _Newest(row.end, 0)

    def _known(self) -> tuple[Memory, ...]:
        """Return the memories with what was told of since the last look."""
        if not self._told:
            return self._memories
        return tuple(
            memory.with_calls([row for row in rows if row is not None])
            for memory, rows in zip(
                self._memories, zip(*self._told, strict=True), strict=True
            )
        )


@dataclass(slots=True)
class _Study:
    """One list beside what was seen."""

    memories: Sequence[Memory]
    listed: Sequence[Listed]
    elapsed: float | None
    gap: float | None
    odd: Odd

    def look(self, newest: _Newest | None, *, begun: bool) -> Look:
        words = _words(self.listed)
        found = judge(self.memories, self.listed, words, self.odd)
        plain = self._plain(found, newest)
        if plain is not None:
            found = found.of(plain)
        pasts = found.pasts
        memories = [
            past.memory.after(self.listed, past.pairs, past.reading.offset, words)
            for past in pasts
        ]
        rows = {
            at: tuple(past.news_of(self.listed[at], at) for past in pasts)
            for at in found.news
        }
        news: list[News] = []
        if begun:
            for at in found.news:
                perhaps_told = at in found.doubtful or (
                    at in found.alike and plain is None
                )
                news.append(News(self.listed[at].call, rows[at], perhaps_told))
            news.sort(key=lambda one: _began(one.call))
        else:
            (memory,) = memories
            old = [row for (row,) in rows.values() if row is not None]
            memories = [memory.with_calls(old)]
        before = [memory.worth for memory in self.memories]
        changed = [memory.worth for memory in memories] != before
        return Look(tuple(news), tuple(memories), changed, self._odd_then())

    def _odd_then(self) -> dict[str, int]:
        """Return what was not understood at the last look of each side.

        A side of which nothing has ended tells nothing of what has.
        """
        sides = {one.row.side for one in self.listed if one.ended}
        return {
            side: count
            for side in {*self.odd.now, *self.odd.last}
            if (count := (self.odd.now if side in sides else self.odd.last).get(side))
        }

    def _plain(self, found: Judgement, newest: _Newest | None) -> Past | None:
        """Return the past in which all that is new began since the last look, if any.

        Behind two zones a call of the one may seem to begin now in the other.
        """
        if len(self.memories) > 1 or len(self.memories[0].offsets) > 1:
            return None
        for past in found.pasts:
            if past.reading.offset != self.memories[0].offsets[-1]:
                continue
            news = (past.news_of(self.listed[at], at) for at in found.news)
            rows = [row for row in news if row is not None]
            if rows and all(self._comes_in_time(row, newest) for row in rows):
                return past
        return None

    def _comes_in_time(self, row: Row, newest: _Newest | None) -> bool:
        """Whether a call began since the last look, by the server's own clock.

        That clock is read off the call before, and goes on as ours does; how ours is
        set does not matter.
        """
        if newest is None or row.at is None:
            return False
        if self.elapsed is None or self.gap is None:
            return False
        late = row.end - newest.end - newest.ago - self.elapsed
        return self.gap <= _SOON and -self.gap - _EXACTLY <= late <= _EXACTLY


def _words(listed: Sequence[Listed]) -> str:
    """Return what stands for the words of a list, in any order."""
    words = sorted(
        f"{row.side} {row.party} {row.started} {row.identity} {one.ended}"
        for one, row in ((one, one.row) for one in listed)
    )
    return digest("\n".join(words))


def _began(call: Call) -> tuple[datetime, str]:
    return (call.started or _LONG_AGO, call.started_text)
