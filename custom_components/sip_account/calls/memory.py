"""What may have been seen: one way to take all lists that were told. Pure.

A list of calls without session ids can often be read in more than one zone, and each
reading makes another past: in one a call was told of already, in the other it was not.
Each past that can be true is kept as a memory of its own, until later lists show which
of them cannot be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any, Self

from .rows import Listed, Row

# Several times what any server lists on one side (wire contract §2.3, §2.4); a longer
# list is remembered whole.
_KEPT_ON_A_SIDE = 400
# Zones of one account that are remembered: of a few machines behind a balancer.
_ZONES = 4
# Lists that are known again by their words: a few of each machine.
_LISTS = 8


@dataclass(frozen=True, slots=True)
class Memory:
    """The calls of one past, from the least to the most recently listed.

    `last` tells which of the `rows` were listed at the last look, each side at its own
    last one; `offsets` the zones that were met, in seconds, the last one at the end;
    and `lists` the zone that a list was written in, by a digest of its words. A
    `literal` one takes every list for written in one zone: what it does not know was
    never listed in these words since it began.
    """

    rows: tuple[Row, ...] = ()
    last: frozenset[int] = field(default_factory=frozenset)
    offsets: tuple[int, ...] = (0,)
    lists: tuple[tuple[str, int], ...] = ()
    literal: bool = False

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        """Go on from what `as_stored` returned, or from the rows of version 0.1.0."""
        rows = stored["rows"]
        beside = stored.get("beside")
        if beside is None or len(beside) != len(rows):
            return cls(
                tuple(Row.from_stored(row, None) for row in rows),
                frozenset(range(len(rows))),
            )
        return cls(
            tuple(Row.from_stored(*both) for both in zip(rows, beside, strict=True)),
            frozenset(stored["last"]),
            tuple(stored["offsets"]),
            tuple((words, offset) for words, offset in stored.get("lists", [])),
            literal=stored.get("literal", False),
        )

    def as_stored(self) -> dict[str, Any]:
        """Return what must be kept, as JSON; version 0.1.0 reads `rows`."""
        return {
            "rows": [row.as_0_1_0() for row in self.rows],
            "beside": [row.as_beside() for row in self.rows],
            "last": sorted(self.last),
            "offsets": list(self.offsets),
            "lists": [list(one) for one in self.lists],
            "literal": self.literal,
        }

    def calls_with(
        self, news: Iterable[Row], offset: int
    ) -> frozenset[tuple[object, int]]:
        """Return what there was, and where, after a list in a zone.

        Two pasts with the same are one.
        """
        rows = Counter(
            (row.side, row.party, row.when, row.identity)
            for rows in (self.rows, news)
            for row in rows
        )
        return frozenset([*rows.items(), (frozenset({*self.offsets, offset}), 0)])

    @property
    def worth(self) -> tuple[object, ...]:
        """Return what has to be kept once it has changed: more than an order."""
        return Counter(self.rows), frozenset(self.offsets)

    def zone_of(self, words: str) -> int | None:
        """Return the zone of a list that was told before in the very same words."""
        return dict(self.lists).get(words)

    def with_calls(self, rows: Sequence[Row]) -> Self:
        """Return it with calls that were told of."""
        last = self.last | set(range(len(self.rows), len(self.rows) + len(rows)))
        return replace(self, rows=(*self.rows, *rows), last=last)

    def after(
        self,
        listed: Sequence[Listed],
        pairs: Mapping[int, int],
        offset: int,
        words: str,
    ) -> Self:
        """Return it with what a list tells of known calls, those listed at the end."""
        known = {place: at for at, place in pairs.items()}
        # A side of which nothing has ended tells nothing of what has.
        sides = {one.row.side for one in listed if one.ended}
        rows: list[Row] = []
        last: set[int] = set()
        for place, row in enumerate(self.rows):
            if place not in known:
                if place in self.last and row.side not in sides:
                    last.add(len(rows))
                rows.append(row)
        for place, row in enumerate(self.rows):
            if place in known:
                # What seems to run may be another call, and its members are not final.
                one = listed[known[place]]
                last.add(len(rows))
                rows.append(row.with_news_of(one) if one.ended else row)
        others = [known for known in self.offsets if known != offset]
        lists = [one for one in self.lists if one[0] != words]
        kept, places = _trimmed(rows, last)
        return replace(
            self,
            rows=tuple(kept),
            last=frozenset(places),
            offsets=(*others[1 - _ZONES :], offset),
            lists=(*lists[1 - _LISTS :], (words, offset)),
        )


def _trimmed(rows: Sequence[Row], last: AbstractSet[int]) -> tuple[list[Row], set[int]]:
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
