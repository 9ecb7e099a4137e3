"""How a list is written, and which of its calls are new. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass

from .readings import NONE_ODD, QUARTER, Odd, Reading, Readings
from .rows import Listed, Row


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a list tells beside what was seen, in places of both.

    `pairs` are calls that are known and `news` those to be told of, of which `alike`
    would be known in some zone, be it one that seems not to be possible. `offset` is
    how the list is written, None where more than one reading can be true.
    """

    pairs: Mapping[int, int]
    news: Sequence[int]
    offset: int | None
    alike: AbstractSet[int]


def judge(
    seen: Sequence[Row],
    listed: Sequence[Listed],
    paired: Mapping[int, int],
    last: AbstractSet[int],
    offsets: Sequence[int],
    *,
    odd: Odd = NONE_ODD,
) -> Judgement:
    """Judge a list: `paired` by session ids; see `Readings` and `CallLog.look`.

    A call is known only if it is in all readings that can be true.
    """
    readings = Readings(seen, listed, paired, last, odd)

    def unknown(of: Sequence[Reading]) -> list[int]:
        return [
            at
            for at, one in enumerate(listed)
            if one.ended and at not in paired and any(at not in r.pairs for r in of)
        ]

    voted = _voted(seen, listed, paired)
    if voted is not None:
        possible = [readings.under(voted)]
    else:
        possible = _possible(readings, offsets, unknown)
    news = unknown(possible)
    return Judgement(
        pairs={**possible[0].pairs, **paired},
        news=news,
        offset=possible[0].offset if len(possible) == 1 else None,
        alike=_alike(seen, listed, news),
    )


def _possible(
    readings: Readings,
    offsets: Sequence[int],
    unknown: Callable[[Sequence[Reading]], list[int]],
) -> list[Reading]:
    """Return the readings that can be true, that of the last zone first.

    Where none of a known zone can be, the list may be written in another one, if more
    is known in it. Else the lists were changed otherwise, and the zones are the same.
    """
    known = [readings.under(offset) for offset in reversed(offsets)]
    agreeing = [reading for reading in known if reading.agrees]
    missed = unknown(known)
    if agreeing or not missed:
        return agreeing or known[:1]
    most = max(len(reading.pairs) for reading in known)
    others = [one for one in readings.others(missed, offsets) if one.agrees]
    if any(len(reading.pairs) > most for reading in others):
        return others
    return [reading for reading in known if len(reading.pairs) == most]


def _voted(
    seen: Sequence[Row], listed: Sequence[Listed], paired: Mapping[int, int]
) -> int | None:
    """Return the offset that calls known by their sessions show."""
    votes: Counter[int] = Counter()
    for at, place in paired.items():
        now, then = listed[at].row.at, seen[place].at
        if seen[place].loose or now is None or then is None:
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
