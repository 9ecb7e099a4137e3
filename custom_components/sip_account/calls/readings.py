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
# Readings that are tried, those of the zones nearby, and the newest rows that lead to
# them.
_TRIED = 8
_NEAR = 8
_LED_BY = 50
# So many people do not all call again after the same time, to the second; nor are so
# many calls corrected after their end, all at once.
CERTAIN = 3
# Who called so often on the same second of a quarter does not call periodically: twice
# seen, it may be one call that was told of in two zones.
BY_CHANCE = 2

type _Place = tuple[str, str, int | str]
# From when to when a call went, in seconds.
type _Span = tuple[int, int]


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

    `pairs` leads from places in the list to places among what was seen, and `unlike`
    tells how many of them cannot be the same call; `agrees` tells whether it can be
    true, and `plain` whether it has no news of what was before all of
    the last list. A list seldom grows at that end, but does if moved back; nor does it
    become shorter there, and `full` tells that it did not.
    """

    offset: int
    pairs: Mapping[int, int]
    unlike: int
    agrees: bool
    plain: bool
    full: bool

    @property
    def at_old_end(self) -> bool:
        """Whether the list changed at its old end, as few do."""
        return not (self.plain and self.full)


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
        self._taken = frozenset(paired.values())
        self._paired = paired.keys()
        self._rest = [at for at in range(len(listed)) if at not in paired]
        certain = [row for row in seen if row.at is not None]
        self._certain = {(row.side, row.party, row.at) for row in certain}
        self._phases = Counter((row.party, (row.at or 0) % QUARTER) for row in certain)
        # By whether the session is known: two that are known and differ are two calls.
        self._places: dict[bool, dict[_Place, list[int]]] = {
            False: defaultdict(list),
            True: defaultdict(list),
        }
        for at in range(len(seen) - 1, -1, -1):
            row = seen[at]
            if at not in self._taken:
                place = (row.side, row.party, row.when)
                self._places[bool(row.identity)][place].append(at)

    def under(self, offset: int) -> Reading:
        """Read the list as written `offset` seconds ahead of what was seen."""
        taken: set[int] = set()
        left: dict[tuple[bool, _Place], list[int]] = {}
        pairs: dict[int, int] = {}
        for at in self._rest:
            row = self._listed[at].row
            found = self._find(row, offset, left, taken)
            if found is not None:
                taken.add(found)
                pairs[at] = found
        unlike = sum(
            self._listed[at].ended and self._listed[at].row.cannot_be(self._seen[place])
            for at, place in pairs.items()
        )
        agrees, plain, full = self._agrees(offset, pairs)
        agrees = agrees and unlike < CERTAIN
        return Reading(offset, pairs, unlike, agrees, plain, full)

    def people(self, reading: Reading) -> int:
        """Return how many are where they were seen who do not call periodically."""
        return len(
            {
                row.party
                for row in (listed.row for listed in self._listed)
                if row.at is not None
                and (row.side, row.party, row.at - reading.offset) in self._certain
                and self._phases[row.party, row.at % QUARTER] <= BY_CHANCE
            }
        )

    def is_like_people(self, unknown: Iterable[int]) -> bool:
        """Whether one of `unknown` may be a call of somebody who calls seldom."""
        return any(
            row.at is not None
            and 0 < self._phases[row.party, row.at % QUARTER] <= BY_CHANCE
            for row in (self._listed[at].row for at in unknown)
        )

    def others(self, tried: Sequence[int]) -> list[Reading]:
        """Return readings under offsets not tried that know some of the list.

        The offsets that most parties lead to are tried first: a party that calls each
        hour leads to all of them, and then the zones nearby are tried too.
        """
        before: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in self._seen:
            if row.at is not None:
                before[row.side, row.party].append(row.at)
        for starts in before.values():
            starts.sort(reverse=True)
        led = sorted(
            (one.row for one in self._listed if one.row.at is not None),
            key=lambda row: row.at or 0,
            reverse=True,
        )
        votes: Counter[int] = Counter()
        parties: dict[int, set[tuple[str, str]]] = defaultdict(set)
        for row in led[:_LED_BY]:
            for start in before.get((row.side, row.party), [])[:_LED_BY]:
                offset = (row.at or 0) - start
                if not offset % QUARTER and abs(offset) <= _WIDEST:
                    votes[offset] += 1
                    parties[offset].add((row.side, row.party))
        for offset in tried:
            del votes[offset]
        best = sorted(
            votes, key=lambda one: (-len(parties[one]), -votes[one], abs(one), one)
        )
        near = sorted(best[_TRIED:], key=abs)[:_NEAR]
        found = [self.under(offset) for offset in (*best[:_TRIED], *near)]
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

    def _agrees(self, offset: int, pairs: Mapping[int, int]) -> tuple[bool, bool, bool]:
        """Whether this list and the last one tell the same of the time of both.

        And whether this one has no news of the time before the last one, and whether
        it became no shorter at that end either.
        """
        plain = True
        full = True
        found = set(pairs.values()) | self._taken
        known = pairs.keys() | self._paired
        for side in {listed.row.side for listed in self._listed}:
            here = [
                (at, (row.at - offset, row.end - offset))
                for at, row in enumerate(listed.row for listed in self._listed)
                if row.side == side and row.at is not None
            ]
            before = [
                (at, (row.at, row.end))
                for at in self._last
                if (row := self._seen[at]).side == side and row.at is not None
            ]
            if not here or not before:
                continue
            missing = [span for at, span in before if at not in found]
            odd, odd_before = self._odd.now.get(side, 0), self._odd.last.get(side, 0)
            if _count_within([span for _, span in here], missing) > odd:
                return False, False, False
            surplus = [
                span for at, span in here if at not in known and self._listed[at].ended
            ]
            if _count_within([span for _, span in before], surplus) > odd_before:
                return False, False, False
            oldest = min(start for _, (start, _) in before)
            plain = plain and sum(end < oldest for _, end in surplus) <= odd_before
            oldest = min(start for _, (start, _) in here)
            gone = any(end < oldest for _, end in missing)
            same = len(here) + odd == len(before) + odd_before
            full = full and (same or not gone)
        return True, plain, full


def _count_within(spans: Sequence[_Span], others: Sequence[_Span]) -> int:
    """Return how many of `others` lie between the first and the last of `spans`.

    A list is ordered by start or by end, nobody knows; and clocks may have gone back.
    """
    after = min(end for _, end in spans) + SEASON
    before = max(start for start, _ in spans) - SEASON
    return sum(after < start and end < before for start, end in others)
