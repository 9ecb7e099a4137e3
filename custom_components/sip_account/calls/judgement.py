"""How a list is written, and which of its calls are new. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Self

from .memory import Memory
from .readings import BY_CHANCE, CERTAIN, NONE_ODD, QUARTER, Odd, Reading, Readings
from .rows import Listed, Row
from .sessions import by_session

# Pasts that are kept in mind at the same time.
_PASTS = 8


@dataclass(frozen=True, slots=True)
class Past:
    """A memory, and a reading of the list under which it can be true.

    `pairs` leads from places in the list to places among the memory's rows, also where
    session ids tell; `people` is how many are known who seldom call, and `repeated` how
    many of those called twice on the same second of a quarter of an hour. `calls` is
    all that there was, and where.
    """

    memory: Memory
    reading: Reading
    pairs: Mapping[int, int]
    people: int
    repeated: int
    calls: frozenset[tuple[object, int]]

    def news_of(self, one: Listed, at: int) -> Row | None:
        """Return what is to be remembered of a call, None where it is known."""
        return None if at in self.pairs else one.row.moved(self.reading.offset)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a list tells, in places of it.

    `news` are the calls to be told of, `alike` those of them that would be known in
    some zone, be it one that seems not to be possible, or by another spelling of their
    party, and `doubtful` those that are
    known in one of the `pasts` that can be true.
    """

    pasts: Sequence[Past]
    news: Sequence[int]
    alike: AbstractSet[int]
    doubtful: AbstractSet[int]

    def of(self, past: Past) -> Self:
        """Return what the list tells if that past is the true one."""
        news = [at for at in self.news if at not in past.pairs]
        return replace(self, pasts=[past], news=news, doubtful=frozenset())


def judge(
    memories: Sequence[Memory],
    listed: Sequence[Listed],
    words: str,
    odd: Odd = NONE_ODD,
) -> Judgement:
    """Judge a list by all that may have been seen; `words` stand for all of it.

    A call is known only if it is in all pasts that can be true. A literal memory is
    there where there were more pasts than are kept: it goes once people tell the zone,
    but what it does not know is told of then, as the true past may not be among those
    that were kept.
    """
    pasts = _likely(
        [
            past
            for memory in memories
            if not memory.literal
            for past in _pasts(memory, listed, words, odd)
        ]
    )
    certain = all(past.people >= CERTAIN for past in pasts)
    literal = [memory for memory in memories if memory.literal]
    leaving, staying = (literal, []) if certain else ([], literal)
    if len(pasts) > _PASTS and not staying:
        staying = [Memory(literal=True)]
    pasts = pasts[:_PASTS]
    pasts += [past for memory in staying for past in _pasts(memory, listed, words, odd)]
    heard = [
        *pasts,
        *(past for memory in leaving for past in _pasts(memory, listed, words, odd)),
    ]
    ended = [at for at, one in enumerate(listed) if one.ended]
    news = [at for at in ended if any(at not in past.pairs for past in heard)]
    return Judgement(
        pasts,
        news,
        set().union(
            *(_alike(memory.rows, listed, news) for memory in memories),
            *(_of_moments(past, listed, news) for past in pasts),
        ),
        {at for at in news if any(at in past.pairs for past in heard)},
    )


def _likely(pasts: Sequence[Past]) -> list[Past]:
    """Return the different pasts that can be true, the likeliest first."""
    agreeing = [past for past in pasts if past.reading.agrees] or pasts
    most = max(past.people for past in agreeing)
    known = [past for past in agreeing if past.people > most - CERTAIN]
    least = min(past.repeated for past in known)
    left = [past for past in known if past.repeated < least + CERTAIN]
    left.sort(key=lambda past: past.repeated - past.people)
    different: dict[frozenset[tuple[object, int]], Past] = {}
    for past in left:
        different.setdefault(past.calls, past)
    return list(different.values())


def _pasts(
    memory: Memory, listed: Sequence[Listed], words: str, odd: Odd
) -> list[Past]:
    """Return the ways in which a list can follow what a memory holds.

    A list that comes back in the very words of an earlier one is that list.
    """
    paired = by_session(memory.rows, listed)
    readings = Readings(memory.rows, listed, paired, memory.last, odd)

    def unknown(of: Sequence[Reading]) -> list[int]:
        return [
            at
            for at, one in enumerate(listed)
            if one.ended and at not in paired and any(at not in r.pairs for r in of)
        ]

    zone = 0 if memory.literal else memory.zone_of(words)
    if zone is None:
        zone = _voted(memory.rows, listed, paired)
    possible = [] if zone is None else [readings.under(zone)]
    if zone is None or (possible[0].unlike >= CERTAIN and not memory.literal):
        possible = _possible(readings, memory.offsets, unknown)
    return [
        _past(memory, listed, one, paired, readings.people(one)) for one in possible
    ]


def _past(
    memory: Memory,
    listed: Sequence[Listed],
    reading: Reading,
    paired: Mapping[int, int],
    people: int,
) -> Past:
    pairs = {**reading.pairs, **paired}
    news = [
        one.row.moved(reading.offset)
        for at, one in enumerate(listed)
        if one.ended and at not in pairs
    ]
    starts = {(row.side, row.party, row.at) for row in (*memory.rows, *news)}
    phases = Counter(
        (side, party, at % QUARTER) for side, party, at in starts if at is not None
    )
    repeated = sum(count == BY_CHANCE for count in phases.values())
    calls = memory.calls_with(news, reading.offset)
    return Past(memory, reading, pairs, people, repeated, calls)


def _possible(
    readings: Readings,
    offsets: Sequence[int],
    unknown: Callable[[Sequence[Reading]], list[int]],
) -> list[Reading]:
    """Return the readings that can be true, that of the last zone first.

    Where none of a known zone can be, the list may be written in another one, if more
    is known in it. Else the lists were changed otherwise, and the zones are the same.
    Where one can be but knows no people, or has news of what was before the last list,
    or of somebody who seldom calls on the same second of a quarter, another one that
    knows more people, or in the second case as many calls, can be true as well.
    """
    known = [readings.under(offset) for offset in reversed(offsets)]
    agreeing = _believed(readings, [reading for reading in known if reading.agrees])
    missed = unknown(known)
    if not missed and (agreeing or all(one.unlike < CERTAIN for one in known)):
        return agreeing or known[:1]
    most = max(len(reading.pairs) for reading in agreeing or known)
    people = max(map(readings.people, agreeing), default=0)
    plain = any(not reading.at_old_end for reading in agreeing)
    if plain and people and not readings.is_like_people(missed):
        return agreeing
    others = [one for one in readings.others(offsets) if one.agrees]
    if agreeing:
        more = [
            one
            for one in others
            if readings.people(one) > people or (not plain and len(one.pairs) >= most)
        ]
        return _believed(readings, [*agreeing, *more])
    # The same, but for calls that cannot be; few of them are known by mere chance.
    same = max(max(len(one.pairs) - one.unlike, len(one.pairs) // 2) for one in known)
    met = max(map(readings.people, known))
    better = [
        one for one in others if len(one.pairs) > same or readings.people(one) > met
    ]
    if better:
        return better
    return [reading for reading in known if len(reading.pairs) == most]


def _believed(readings: Readings, possible: Sequence[Reading]) -> list[Reading]:
    """Return the readings but for those that take too many people for new."""
    people = [readings.people(reading) for reading in possible]
    most = max(people, default=0)
    return [
        reading
        for reading, known in zip(possible, people, strict=True)
        if known > most - CERTAIN
    ]


def _voted(
    seen: Sequence[Row], listed: Sequence[Listed], paired: Mapping[int, int]
) -> int | None:
    """Return the offset that calls known by their sessions show."""
    votes: Counter[int] = Counter()
    for at, place in paired.items():
        now, then = listed[at].row.at, seen[place].at
        if now is None or then is None:
            continue
        if not (now - then) % QUARTER:
            votes[now - then] += 1
    return votes.most_common(1)[0][0] if votes else None


def _alike(
    seen: Sequence[Row], listed: Sequence[Listed], news: Sequence[int]
) -> set[int]:
    """Return the new calls that would be known if written in some other zone.

    Somebody called before on the same second of a quarter, and no session ids tell the
    two apart.
    """
    phases: dict[tuple[str, str, int], bool] = {}
    for row in seen:
        if row.at is not None:
            phase = (row.side, row.party, row.at % QUARTER)
            phases[phase] = phases.get(phase, True) and bool(row.identity)
    alike = set()
    for at in news:
        row = listed[at].row
        if row.at is not None:
            all_named = phases.get((row.side, row.party, row.at % QUARTER))
            if all_named is not None and not (all_named and row.identity):
                alike.add(at)
    return alike


def _of_moments(past: Past, listed: Sequence[Listed], news: Sequence[int]) -> set[int]:
    """Return the new calls in whose place, to the second, another one was listed last.

    They may be the same, with the party in another spelling; session ids would tell.
    """
    rows = past.memory.rows
    gone = past.memory.last - set(past.pairs.values())
    moments = {(rows[at].side, rows[at].at) for at in gone if rows[at].at is not None}
    found = set()
    for at in news:
        row = listed[at].row
        if row.at is not None and not row.identity:
            moment = (row.side, row.at - past.reading.offset)
            if moment in moments:
                found.add(at)
    return found
