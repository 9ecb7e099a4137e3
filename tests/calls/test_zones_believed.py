"""Which zones a list may be written in, where more than one can be."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from custom_components.sip_account.calls.judgement import judge
from custom_components.sip_account.calls.memory import Memory
from custom_components.sip_account.calls.readings import Odd
from custom_components.sip_account.calls.rows import Listed

from .lists import MORNING, read, row

HOUR = 60 * 60
ALARM, ERIN, BOB, CAROL = (
    f"sip:{who}@example.net" for who in ("alarm", "erin", "bob", "carol")
)
MANY_ODD = Odd({"incoming": 50}, {"incoming": 50})


def _call(hours: float, party: str = ALARM, **members: Any) -> dict[str, Any]:
    """Write a call so many hours after the morning."""
    return row(MORNING + timedelta(hours=hours), party, **members)


def _listed(received: Iterable[dict[str, Any]]) -> list[Listed]:
    """Return a list in its own order."""
    return [Listed.of(call) for one in received for call in read([one])]


def _zones(
    then: Sequence[dict[str, Any]],
    now: Sequence[dict[str, Any]],
    odd: Odd | None = None,
) -> set[int]:
    """Return by how many hours a list may have been moved since the last one."""
    rows = tuple(one.row for one in _listed(then))
    memory = Memory(rows, frozenset(range(len(rows))))
    found = judge([memory], _listed(now), "words", *([odd] if odd else []))
    assert all(not past.reading.offset % HOUR for past in found.pasts)
    return {past.reading.offset // HOUR for past in found.pasts}


@pytest.mark.parametrize(
    ("newest", "zones"),
    [
        # As many calls are known in either: in the zone of before with Erin.
        (10, {0, 1}),
        (9, {0}),
        # More than there.
        (11, {0, 1}),
    ],
)
def test_news_of_what_was_before(newest: int, zones: set[int]) -> None:
    """A list seldom grows at its old end: another zone that knows as many can be."""
    then = [*(_call(hour) for hour in range(5, min(newest, 10))), _call(9.2, ERIN)]
    now = [_call(hour) for hour in (4, *range(6, newest + 1))]
    if newest == 9:
        then.append(_call(9))
    assert _zones(then, [*now, _call(9.2, ERIN)]) == zones


@pytest.mark.parametrize(
    ("moved", "stayed", "zones"),
    [
        (1, 0, {0, 1}),
        (1, 1, {0}),
        (1, 2, {0}),
        (2, 1, {0, 1}),
        (2, 2, {0}),
        (0, 0, {0}),
        # Three people more are no chance: nobody believes they are all new.
        (3, 0, {1}),
        (4, 1, {1}),
        (4, 2, {0, 1}),
    ],
)
def test_who_calls_at_the_same_second(moved: int, stayed: int, zones: set[int]) -> None:
    """Another zone can be true if it knows more people than that of before."""
    movers = [(9.02, f"sip:m{at}@example.net") for at in range(moved)]
    stayers = [(9.2, f"sip:s{at}@example.net") for at in range(stayed)]
    then = [*(_call(hour) for hour in range(5, 10))]
    then += [_call(*one) for one in (*movers, *stayers)]
    now = [*(_call(hour) for hour in range(6, 11))]
    now += [_call(hour + 1, party) for hour, party in movers]
    now += [_call(*one) for one in stayers]
    assert _zones(then, now) == zones


@pytest.mark.parametrize(
    ("listed", "unlike", "moved", "zone"),
    [
        (6, 3, 3, 0),
        (6, 3, 4, 1),
        (6, 5, 3, 0),
        (6, 5, 4, 1),
        (4, 3, 2, 0),
        (4, 3, 3, 1),
        (8, 3, 5, 0),
        (8, 3, 6, 1),
        # Two that cannot be are no proof.
        (6, 2, 5, 0),
    ],
)
@pytest.mark.parametrize("person", [False, True])
def test_calls_that_cannot_be(
    listed: int, unlike: int, moved: int, zone: int, person: bool
) -> None:
    """Another zone is true if more is known in it than can be here, or by chance.

    Half of the calls may be known by mere chance, and a person seldom is.
    """
    # Seen: each call shorter than the one before, or longer by far.
    then = [_call(0, duration=1000, status=200)]
    now = [_call(0, duration=1000, status=200)]
    long = 1000
    for hour in range(1, listed):
        came = hour > listed - 1 - moved
        # Listed as the one before was, and that is shorter than what was seen here.
        short = hour > listed - 1 - unlike
        before = int(then[-1]["duration"])
        long = before + 10 if short else before - 10
        then.append(_call(hour, duration=long, status=200))
        told = before if came else (3 if short else long)
        now.append(_call(hour, duration=told, status=200))
    if person:
        then.append(_call(2.5, ERIN))
        now.append(_call(3.5, ERIN))
    zones = {zone} if not person else {1} if unlike > 2 else {0, 1}
    assert _zones(then, now, MANY_ODD) == zones
