"""In which zone may a list be written? Pure.

Servers without session ids name a call by its start alone, and write it in a zone that
may be changed, or that differs from one machine behind a balancer to the next. A list
is therefore *read* under an offset, and each reading is asked whether it can be true:
between the oldest and the newest row of a list nothing can be missing that was there
before, nor can there be anything that ended before and was not there; but for as many
calls as were listed and not understood (`Odd`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass

from .rows import Listed, Row

# Zones differ by quarters of an hour, and by no more than this.
QUARTER = 15 * 60
_WIDEST = 26 * 60 * 60
# When clocks go back, an hour is written twice.
SEASON = 60 * 60
# Rows of a place that are looked at for one that is like another in all else.
_LIKE_AT_MOST = 8
# Readings that are tried, and the newest rows that lead to them.
_TRIED = 8
_LED_BY = 50

type _Place = tuple[str, str, int | str]


@dataclass(frozen=True, slots=True)
class Odd:
    """How many calls of each side were listed and not understood, now and at `last`.

    So many may be missing in a list, or come anew into its midst.
    """

    now: Mapping[str, int]
    last: Mapping[str, int]


NONE_ODD = Odd({}, {})


@dataclass(frozen=True, slots=True)
class Reading:
    """A list read under an offset in seconds: which row is which that was seen.

    `pairs` leads from places in the list to places among what was seen; `agrees` tells
    whether it can be true.
    """

    offset: int
    pairs: Mapping[int, int]
    agrees: bool


class Readings:
    """Reads one list in several ways, each in linear time."""

    def __init__(
        self,
        seen: Sequence[Row],
        listed: Sequence[Listed],
        paired: Mapping[int, int],
        last: AbstractSet[int],
        odd: Odd = NONE_ODD,
    ) -> None:
        """Compare `listed` with `seen`, but for what is `paired` by session ids.

        `last` tells which of those seen were listed at the last look.
        """
        self._odd = odd
        self._seen = seen
        self._listed = listed
        self._last = last
        same = _same_words(seen, listed, paired)
        self._same = same
        self._taken = frozenset(paired.values()) | frozenset(same.values())
        self._rest = [
            at for at in range(len(listed)) if at not in paired and at not in same
        ]
        # By whether the session is known: two that are known and differ are two calls.
        self._places: dict[bool, dict[_Place, list[int]]] = {
            False: defaultdict(list),
            True: defaultdict(list),
        }
        for at in range(len(seen) - 1, -1, -1):
            row = seen[at]
            if at not in self._taken and not row.loose:
                place = (row.side, row.party, row.when)
                self._places[bool(row.identity)][place].append(at)

    def under(self, offset: int) -> Reading:
        """Read the list as written `offset` seconds ahead of what was seen."""
        taken: set[int] = set()
        left: dict[tuple[bool, _Place], list[int]] = {}
        pairs = dict(self._same)
        for at in self._rest:
            row = self._listed[at].row
            found = self._find(row, offset, left, taken)
            if found is not None:
                taken.add(found)
                pairs[at] = found
        return Reading(offset, pairs, self._agrees(offset, pairs))

    def others(self, unknown: Iterable[int], tried: Sequence[int]) -> list[Reading]:
        """Return readings under offsets not tried that know some of `unknown`."""
        before: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, row in enumerate(self._seen):
            if row.at is not None and place not in self._taken:
                before[row.side, row.party].append(row.at)
        for starts in before.values():
            starts.sort(reverse=True)
        led = sorted(
            (row for at in unknown if (row := self._listed[at].row).at is not None),
            key=lambda row: row.at or 0,
            reverse=True,
        )
        votes: Counter[int] = Counter()
        for row in led[:_LED_BY]:
            for start in before.get((row.side, row.party), [])[:_LED_BY]:
                offset = (row.at or 0) - start
                if not offset % QUARTER and abs(offset) <= _WIDEST:
                    votes[offset] += 1
        for offset in tried:
            del votes[offset]
        found = [self.under(offset) for offset, _ in votes.most_common(_TRIED)]
        return [reading for reading in found if reading.pairs]

    def _find(
        self,
        row: Row,
        offset: int,
        left: dict[tuple[bool, _Place], list[int]],
        taken: AbstractSet[int],
    ) -> int | None:
        """Return what was seen at a row's place; moved, it must be like it as well."""
        moved = bool(offset) and row.at is not None
        when = row.when if row.at is None else row.at - offset
        place = (row.side, row.party, when)
        for with_session in (False, True):
            if with_session and row.identity:
                continue
            key = (with_session, place)
            if key not in left:
                left[key] = list(self._places[with_session].get(place, ()))
            candidates = left[key]
            while candidates and candidates[-1] in taken:
                candidates.pop()
            for at in candidates[: -_LIKE_AT_MOST - 1 : -1]:
                if at not in taken and not (moved and not row.is_like(self._seen[at])):
                    return at
        return None

    def _agrees(self, offset: int, pairs: Mapping[int, int]) -> bool:
        """Whether this list and the last one tell the same of the time of both."""
        for side in {listed.row.side for listed in self._listed}:
            here = [
                (at, listed.row)
                for at, listed in enumerate(self._listed)
                if listed.row.side == side and listed.row.at is not None
            ]
            before = [
                (at, row)
                for at in self._last
                if (row := self._seen[at]).side == side
                and row.at is not None
                and not row.loose
            ]
            if not here or not before:
                continue
            found = set(pairs.values()) | self._taken
            missing = [row for at, row in before if at not in found]
            now = [row.moved(offset) for _, row in here]
            if _count_within(now, missing) > self._odd.now.get(side, 0):
                return False
            surplus = [
                row.moved(offset)
                for at, row in here
                if at not in pairs and self._listed[at].ended
            ]
            then = [row for _, row in before]
            if _count_within(then, surplus) > self._odd.last.get(side, 0):
                return False
        return True


def _same_words(
    seen: Sequence[Row], listed: Sequence[Listed], paired: Mapping[int, int]
) -> dict[int, int]:
    """Pair what is listed with loose rows that are written in the very same words."""
    loose: dict[_Place, list[int]] = defaultdict(list)
    taken = frozenset(paired.values())
    for at, row in enumerate(seen):
        if row.loose and at not in taken:
            loose[row.side, row.party, row.when].append(at)
    same: dict[int, int] = {}
    for at, one in enumerate(listed):
        row = one.row
        found = loose.get((row.side, row.party, row.when))
        if not found or at in paired:
            continue
        if not (row.identity and seen[found[-1]].identity):
            same[at] = found.pop()
    return same


def _count_within(rows: Sequence[Row], others: Sequence[Row]) -> int:
    """Return how many of `others` lie between the first and the last of `rows`.

    A list is ordered by start or by end, nobody knows; and clocks may have gone back.
    """
    after = min(row.end for row in rows) + SEASON
    before = max(row.at or 0 for row in rows) - SEASON
    return sum(after < (row.at or 0) and row.end < before for row in others)
