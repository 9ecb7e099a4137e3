"""Which readings of a list can be true, and what follows from all of them. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field

from .call_readings import QUARTER, SEASON, Reading, Readings
from .call_rows import Listed, Row

# How far the ends of calls may lie apart beyond the time since the last look: clocks
# may have gone back, and a machine behind a balancer may lag.
_SPREAD = 2 * SEASON
# Calls may overlap, and the one that began later be listed first.
_OVERLAP = 5 * 60
# So many calls that keep their distance to the second are not new ones by chance.
_NO_CHANCE = 6


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a list tells beside what was seen, in places of both.

    `pairs` are calls that are known for certain and `news` those to be told of, of
    which `doubtful` may be known as well; so may `periodic`, unless it is seen that
    they began only now. `alike` would be known in some zone, be it one that seems not
    to be possible. `offset` is how the list is written, None where more than one
    reading can be true. `ghosts` are rows seen that are second ones of other rows, as
    this list shows.
    """

    pairs: Mapping[int, int]
    news: Sequence[int]
    offset: int | None
    doubtful: AbstractSet[int] = frozenset()
    periodic: AbstractSet[int] = frozenset()
    alike: AbstractSet[int] = frozenset()
    ghosts: AbstractSet[int] = field(default=frozenset())


def judge(
    seen: Sequence[Row],
    listed: Sequence[Listed],
    paired: Mapping[int, int],
    last: AbstractSet[int],
    offsets: Sequence[int],
    elapsed: float | None,
) -> Judgement:
    """Judge a list: `paired` by session ids; see `Readings` and `CallLog.look`."""
    readings = Readings(seen, listed, paired, last, fresh=elapsed is not None)

    def unknown(of: Sequence[Reading]) -> list[int]:
        return [
            at
            for at, one in enumerate(listed)
            if one.ended and at not in paired and any(at not in r.pairs for r in of)
        ]

    others: list[Reading] = []
    if (voted := _voted(seen, listed, paired)) is not None:
        possible = [readings.under(voted)]
        if unknown(possible):
            others = [readings.under(zone) for zone in offsets if zone != voted]
    else:
        known = [readings.under(offset) for offset in reversed(offsets)]
        possible = [reading for reading in known if reading.agrees]
        fallen = not possible
        missed = unknown(possible or known)
        if missed:
            others = readings.others(missed, offsets)
            agreeing = [reading for reading in others if reading.agrees]
            better = [
                reading
                for reading in agreeing
                if all(len(reading.pairs) > len(one.pairs) for one in known)
            ]
            if fallen and better:
                possible = agreeing
                fallen = False
            elif fallen:
                most = max(len(reading.pairs) for reading in known)
                possible = [one for one in known if len(one.pairs) == most]
            elif moved := _moved_for_certain(listed, possible, better, elapsed):
                possible = [moved]
            if not fallen:
                others = agreeing
        elif fallen:
            possible = known[:1]
    offset = possible[0].offset if len(possible) == 1 else None
    if not _is_witnessed(seen, possible[0].pairs, paired):
        offset = None
    ghosts: set[int] = set()
    if offset is not None and offset not in offsets:
        ghosts = _ghosts(seen, offset)
    pairs = {**possible[0].pairs, **paired}
    unsure = _unsure(seen, listed, possible[0].pairs, last)
    news = sorted({*unknown(possible), *unsure})
    for at in unsure:
        del pairs[at]
    either = {at for at in news if _is_known(at, possible)}
    late = {
        at
        for at in _late(seen, listed, last, news, possible[0].offset)
        # What has a session id of its own is new, unless it is certainly late.
        if offset is not None or not listed[at].row.identity
    }
    return Judgement(
        pairs=pairs,
        news=news,
        offset=offset,
        doubtful=either | late,
        periodic={at for at in news if _is_known(at, others)},
        alike=_alike(seen, listed, news),
        ghosts=ghosts,
    )


def _is_witnessed(
    seen: Sequence[Row], pairs: Mapping[int, int], paired: Mapping[int, int]
) -> bool:
    """Whether something that was never in doubt shows how a list is written.

    Where nothing was ever in doubt, nothing needs to.
    """
    doubted = {(row.side, row.party) for row in seen if row.doubtful}
    if not doubted:
        return True
    known = [seen[place] for place in paired.values()]
    known += [
        row
        for place in pairs.values()
        if ((row := seen[place]).side, row.party) not in doubted
    ]
    return any(not row.loose and not row.doubtful for row in known)


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


def _is_known(at: int, readings: Sequence[Reading]) -> bool:
    """Whether a call is known, or may be, if one of the readings is true."""
    return any(at in reading.pairs or at in reading.perhaps for reading in readings)


def _voted(
    seen: Sequence[Row], listed: Sequence[Listed], paired: Mapping[int, int]
) -> int | None:
    """Return the offset that calls known by their sessions show."""
    votes: Counter[int] = Counter()
    for at, place in paired.items():
        now, then = listed[at].row.at, seen[place].at
        if seen[place].loose or seen[place].doubtful:
            continue
        if now is not None and then is not None and not (now - then) % QUARTER:
            votes[now - then] += 1
    return votes.most_common(1)[0][0] if votes else None


def _unsure(
    seen: Sequence[Row],
    listed: Sequence[Listed],
    pairs: Mapping[int, int],
    last: AbstractSet[int],
) -> list[int]:
    """Return what is known by its place alone, where places were doubtful before.

    A server that begins to give session ids gives them to what it lists; of a row that
    had left the list, or that was in doubt itself, it is not certain that this is it.
    """
    doubted = {(row.side, row.party) for row in seen if row.doubtful}
    return [
        at
        for at, place in pairs.items()
        if (listed[at].row.side, listed[at].row.party) in doubted
        and listed[at].row.identity
        and listed[at].ended
        and (seen[place].doubtful or place not in last)
    ]


def _moved_for_certain(
    listed: Sequence[Listed],
    possible: Sequence[Reading],
    better: Sequence[Reading],
    elapsed: float | None,
) -> Reading | None:
    """Return the reading that must be true since the others take too much time.

    Many calls that would be new, that ended further apart than the time since the last
    look is long, and that are known to the second under one other offset.
    """
    if elapsed is None or len(better) != 1:
        return None
    moved = better[0]
    for reading in possible:
        rows = [
            one.row
            for at, one in enumerate(listed)
            if one.ended and at not in reading.pairs and one.row.at is not None
        ]
        kinds = {(row.party, (row.at or 0) % QUARTER) for row in rows}
        ends = [row.end for row in rows]
        if len(kinds) < _NO_CHANCE or max(ends) - min(ends) <= elapsed + _SPREAD:
            return None
    return moved


def _ghosts(seen: Sequence[Row], offset: int) -> set[int]:
    """Return rows told of in doubt that are other rows, now that `offset` is known."""
    left = Counter((row.side, row.party, row.when) for row in seen if not row.doubtful)
    ghosts = set()
    for at, row in enumerate(seen):
        if row.doubtful and not row.identity and row.at is not None:
            place = (row.side, row.party, row.at - offset)
            if left[place] > 0:
                left[place] -= 1
                ghosts.add(at)
    return ghosts


def _late(
    seen: Sequence[Row],
    listed: Sequence[Listed],
    last: AbstractSet[int],
    news: Sequence[int],
    offset: int,
) -> set[int]:
    """Return the new calls that should have been listed last time if they are new.

    They ended before another one that was, or the list reaches further back now.
    """
    before: dict[str, list[int]] = defaultdict(list)
    for place in last:
        row = seen[place]
        if row.at is not None:
            before[row.side].append(row.at)
    spans = {side: (min(starts), max(starts)) for side, starts in before.items()}
    everywhere = [at for starts in before.values() for at in starts] or [
        row.at for row in seen if row.at is not None
    ]
    if not everywhere:
        return set()
    span = (min(everywhere), max(everywhere))
    here = Counter(one.row.side for one in listed)
    late = set()
    for at in news:
        row = listed[at].row.moved(offset)
        if row.at is None:
            continue
        oldest, newest = spans.get(row.side, span)
        longer = here[row.side] > len(before.get(row.side, ()))
        if row.end + _OVERLAP < newest or (longer and row.at < oldest):
            late.add(at)
    return late
