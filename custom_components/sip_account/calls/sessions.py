"""Which calls of a list are known by their session ids. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from .rows import Listed, Row


def by_session(seen: Sequence[Row], listed: Sequence[Listed]) -> dict[int, int]:
    """Pair what stands under the same session id, as often as it stands there.

    It leads from places in the list to places among what was seen. Of several, those
    with the same tag come first; tags may come and go. A home of version 0.1.0 knows a
    session only together with its tag, or with none.
    """
    rounds: tuple[tuple[Callable[[Row], str], Callable[[Listed], str]], ...] = (
        (lambda row: row.session, lambda one: one.row.session),
        (lambda row: row.identity, lambda one: one.row.identity),
        (lambda row: row.session, lambda one: one.tagless),
    )
    left = {at: one for at, one in enumerate(listed) if one.row.session}
    free = set(range(len(seen)))
    paired: dict[int, int] = {}
    for of_seen, of_listed in rounds:
        places = _places(seen, free, of_seen)
        for at, one in tuple(left.items()):
            if found := places.get((one.row.side, of_listed(one))):
                paired[at] = found.pop()
                free.discard(paired[at])
                del left[at]
    return paired


def _places(
    seen: Sequence[Row], free: Iterable[int], name_of: Callable[[Row], str]
) -> dict[tuple[str, str], list[int]]:
    """Return where each name stands, the least recently listed at the end."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in sorted(free, reverse=True):
        if name := name_of(seen[at]):
            places[seen[at].side, name].append(at)
    return places
