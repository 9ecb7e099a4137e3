"""Which calls of a list are known by their session ids. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from .rows import Listed, Row

type _Place = tuple[str, str] | tuple[str, str, str, int | str]
type _Names = tuple[Callable[[Row], str], Callable[[Listed], str]]

_QUARTER = 15 * 60
# A call of one session is written with another start only in another zone, or where
# the server has corrected it a little (seconds).
_CORRECTED = 5 * 60
# Rows under one session id that are looked at for one that can be the same call: many
# stand there only where the id names nothing.
_LOOKED_AT = 8


def by_session(seen: Sequence[Row], listed: Sequence[Listed]) -> dict[int, int]:
    """Pair what stands under the same session id, as often as it stands there.

    It leads from places in the list to places among what was seen. Of several, those
    with the same tag come first; tags may come and go. A home of version 0.1.0 knows a
    session only together with its tag, or with none. Calls of others, or of another
    time, are other calls: there may be servers whose ids name no session.
    """
    rounds: tuple[_Names, ...] = (
        (lambda row: row.session, lambda one: one.row.session),
        (lambda row: row.identity, lambda one: one.row.identity),
        (lambda row: row.session, lambda one: one.tagless),
    )
    left = {at: one for at, one in enumerate(listed) if one.row.session}
    free = set(range(len(seen)))
    paired: dict[int, int] = {}
    for of_seen, of_listed in rounds:
        for exactly in (True, False):
            places = _places(seen, free, of_seen, exactly=exactly)
            for at, one in tuple(left.items()):
                place = _place(one.row, of_listed(one), exactly=exactly)
                found = _first(places.get(place, []), free, seen, one.row)
                if found is not None:
                    paired[at] = found
                    free.discard(found)
                    del left[at]
    return paired


def _first(
    candidates: list[int], free: set[int], seen: Sequence[Row], row: Row
) -> int | None:
    """Return the first of few candidates, from the end, that a row can be."""
    while candidates and candidates[-1] not in free:
        candidates.pop()
    for at in candidates[: -_LOOKED_AT - 1 : -1]:
        if at in free and _can_be(row, seen[at]):
            return at
    return None


def _can_be(row: Row, seen: Row) -> bool:
    """Whether a row can be the call that stood under its session id before."""
    if row.at is None or seen.at is None:
        return True
    apart = abs(row.at - seen.at)
    return apart <= _CORRECTED or (row.party == seen.party and not apart % _QUARTER)


def _places(
    seen: Sequence[Row],
    free: Iterable[int],
    name_of: Callable[[Row], str],
    *,
    exactly: bool,
) -> dict[_Place, list[int]]:
    """Return where each name stands, the least recently listed at the end."""
    places: dict[_Place, list[int]] = defaultdict(list)
    for at in sorted(free, reverse=True):
        if name := name_of(seen[at]):
            places[_place(seen[at], name, exactly=exactly)].append(at)
    return places


def _place(row: Row, name: str, *, exactly: bool) -> _Place:
    """Return what a name stands under: a side, or one party and one start on it."""
    return (row.side, name, row.party, row.when) if exactly else (row.side, name)
