"""In which zone a list may be written: what is looked at still, and what is not."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from custom_components.sip_account.calls.readings import (
    NONE_ODD,
    Odd,
    Reading,
    Readings,
    _count_within,
)
from custom_components.sip_account.calls.rows import Listed
from custom_components.sip_account.sip_settings.json_text import JsonValue

from .lists import MORNING, read, read_sides, row

QUARTER, HOUR = 15 * 60, 60 * 60
ERIN, ALICE = "sip:erin@example.net", "sip:alice@example.net"


def _call(at: int, party: str = ERIN, **members: Any) -> dict[str, Any]:
    """Write a call so many seconds after the morning."""
    return row(MORNING + timedelta(seconds=at), party, **members)


def _listed(received: Iterable[dict[str, Any]]) -> list[Listed]:
    """Return a list in its own order, as no server's is."""
    return [Listed.of(call) for one in received for call in read([one])]


def _readings(
    then: Sequence[dict[str, Any]],
    now: Sequence[dict[str, Any]],
    odd: Odd = NONE_ODD,
) -> Readings:
    seen = [one.row for one in _listed(then)]
    return Readings(seen, _listed(now), {}, set(range(len(seen))), odd)


def _agrees(
    then: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]], offset: int = 0
) -> Reading:
    return _readings(then, now).under(offset)


def test_within() -> None:
    """More than an hour after the first end, and before the last start."""
    spans = [(20_000, 20_050), (0, 100), (50, 15_000)]
    for span, within in (
        ((3701, 16_399), 1),
        ((3700, 16_399), 0),
        ((3701, 16_400), 0),
        ((5000, 5000), 1),
    ):
        assert _count_within(spans, [span]) == within
    assert _count_within(spans, [(3701, 16_399)] * 3) == 3


@pytest.mark.parametrize(
    ("moved", "found"),
    [
        (26 * HOUR, True),
        (-26 * HOUR, True),
        (26 * HOUR + QUARTER, False),
        (-26 * HOUR - QUARTER, False),
        (QUARTER, True),
        (QUARTER + 1, False),
        *((seconds, False) for seconds in (1, 12, 45, 51, 63, 75, 450)),
    ],
)
def test_widest(moved: int, found: bool) -> None:
    """A list is moved by quarters of an hour, and by 26 hours at most."""
    others = _readings([_call(0)], [_call(moved)]).others([])
    assert [one.offset for one in others] == ([moved] if found else [])


def _offsets(
    then: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]], *tried: int
) -> list[int]:
    return [one.offset for one in _readings(then, now).others(tried)]


def test_newest_starts_lead() -> None:
    """50 calls of a party, the newest, and 16 readings that they lead to."""
    then = [_call(-QUARTER), *(_call(QUARTER * at) for at in range(2, 51))]
    offsets = _offsets(then, [_call(0)])
    assert offsets == [QUARTER * at for at in (1, *range(-2, -17, -1))]
    then.append(_call(QUARTER * 51))
    assert _offsets(then, [_call(0)])[0] == -2 * QUARTER


def test_newest_rows_lead() -> None:
    """50 rows of the list, the newest."""
    others = [_call(at, f"sip:{at}@example.net") for at in range(100, 149)]
    assert _offsets([_call(-HOUR)], [_call(0), *others]) == [HOUR]
    more = _call(99, "sip:99@example.net")
    assert _offsets([_call(-HOUR)], [_call(0), *others, more]) == []


def test_most_parties_lead() -> None:
    """Then most calls, then the smallest move; none that was tried before."""
    two = [_call(0), _call(7, ALICE)]
    often = [_call(QUARTER * at) for at in (8, 9, 10)]
    now = [_call(8 * QUARTER), _call(8 * QUARTER + 7, ALICE)]
    assert _offsets([*two, *often], now)[0] == 8 * QUARTER
    assert _offsets([*two, *often], now, 8 * QUARTER)[0] == 0
    assert 8 * QUARTER not in _offsets([*two, *often], now, 8 * QUARTER)
    now = [_call(8 * QUARTER), _call(12 * QUARTER)]
    then = [_call(0), _call(4 * QUARTER), _call(9 * QUARTER)]
    assert _offsets(then, now) == [QUARTER * at for at in (8, -1, 3, 4, 12)]
    assert _offsets([_call(QUARTER), _call(-QUARTER)], [_call(0)]) == [
        -QUARTER,
        QUARTER,
    ]


@pytest.mark.parametrize(("place", "found"), [(0, True), (7, True), (8, False)])
def test_eight_alike(place: int, found: bool) -> None:
    """Of calls of one second eight are asked for one that is like another."""
    then = [_call(0, duration=length, status=200) for length in range(1, 10)]
    now = [_call(HOUR, duration=place + 1, status=200)]
    reading = _readings(then, now).under(HOUR)
    assert reading.pairs == ({0: place} if found else {})
    assert _readings(then, [_call(0, duration=50, status=200)]).under(0).pairs


def test_those_taken_are_not_asked() -> None:
    """Many equal calls are known, each once and in their order."""
    then = [_call(0)] * 12
    assert _readings(then, then).under(0).pairs == {at: at for at in range(12)}
    assert _readings(then[:2], then[:3]).under(0).pairs == {0: 0, 1: 1}
    assert _readings(then, then[:1]).under(0).pairs == {0: 0}


@pytest.mark.parametrize(("often", "seldom"), [(1, True), (2, True), (3, False)])
def test_who_calls_seldom(often: int, seldom: bool) -> None:
    """Twice on one second of a quarter may be chance, three times are none."""
    then = [_call(HOUR * at + 7) for at in range(often)]
    # On other seconds they may have called as often as they like.
    then += [_call(HOUR * at + 8 + at) for at in range(5)]
    readings = _readings(then, [_call(7), _call(9 * HOUR + 7)])
    assert readings.people(readings.under(0)) == seldom
    assert readings.people(readings.under(HOUR)) == 0
    assert readings.is_like_people([1]) is seldom
    assert not _readings(then, [_call(7, ALICE)]).is_like_people([0])


def test_people_of_another_zone() -> None:
    """Who is where they were seen before the list was moved, either way."""
    for moved in (HOUR, -HOUR, 2 * QUARTER):
        now = [_call(moved + 7), _call(moved + 8, ALICE), _call(9, ALICE)]
        readings = _readings([_call(7), _call(8, ALICE)], now)
        found = [readings.people(readings.under(at)) for at in (moved, 0, -moved)]
        assert found == [2, 0, 0]


def _long_ago(at: int, party: str = ERIN) -> dict[str, Any]:
    """Write a call so many seconds after the year 2000 began."""
    return row(datetime(2000, 1, 1) + timedelta(seconds=at), party)  # noqa: DTZ001


def test_the_first_second_of_all() -> None:
    """Where seconds are counted from is a second like another."""
    then = [_long_ago(at) for at in (0, QUARTER, 2 * QUARTER)]
    readings = _readings(then, [_long_ago(0)])
    assert readings.under(0).pairs == {0: 0}
    assert readings.people(readings.under(0)) == 0
    assert not readings.is_like_people([0])
    (other,) = _readings([_long_ago(-QUARTER)], [_long_ago(0)]).others([])
    assert other.offset == QUARTER
    alone = _readings([_long_ago(0), *then[2:]], [_long_ago(0)])
    assert alone.people(alone.under(0)) == 1
    (other,) = _readings([_long_ago(0)], [_long_ago(QUARTER)]).others([])
    assert other.offset == QUARTER


def _hours(*hours: float, **members: Any) -> list[dict[str, Any]]:
    return [
        _call(int(hour * HOUR), f"sip:{hour}@example.net", **members) for hour in hours
    ]


def test_what_is_missing() -> None:
    """Nothing is missing in the midst of a list, nor new there."""
    assert _agrees(_hours(0, 3, 6), _hours(0, 3, 6)).agrees
    assert not _agrees(_hours(0, 3, 6), _hours(0, 6)).agrees
    assert not _agrees(_hours(0, 6), _hours(0, 3, 6)).agrees
    assert _agrees(_hours(0, 0.9, 6), _hours(0, 6)).agrees
    assert _agrees(_hours(0, 5.1, 6), _hours(0, 6)).agrees
    # What goes on may have begun at any time.
    on = _hours(3, status=200)
    assert _agrees(_hours(0, 6), [*_hours(0), *on, *_hours(6)]).agrees
    sent = _readings(_hours(0, 6), []).under(0)
    assert (sent.agrees, sent.plain, sent.full) == (True, True, True)


@pytest.mark.parametrize("moved", [0, 1, -2])
def test_old_end(moved: int) -> None:
    """A list grows at its new end, and becomes no shorter at its old one."""

    def reading(then: Sequence[float], now: Sequence[float]) -> tuple[bool, bool]:
        parties = {hour: f"sip:{hour}@example.net" for hour in (*then, *now)}
        one = _agrees(
            [_call(int(hour * HOUR), parties[hour]) for hour in then],
            [_call(int((hour + moved) * HOUR), parties[hour]) for hour in now],
            moved * HOUR,
        )
        assert one.agrees
        assert one.at_old_end is not (one.plain and one.full)
        return one.plain, one.full

    assert reading((2, 3), (2, 3)) == (True, True)
    assert reading((2, 3), (2, 3, 4)) == (True, True)
    assert reading((2, 3), (1, 2, 3)) == (False, True)
    assert reading((2, 3), (3,)) == (True, False)
    assert reading((2, 3), (3, 4)) == (True, True)
    assert reading((2, 3, 4), (3, 4)) == (True, False)
    assert reading((2, 3), (2,)) == (True, True)


@pytest.mark.parametrize(("length", "plain"), [(HOUR - 1, False), (HOUR, True)])
def test_ended_before(length: int, plain: bool) -> None:
    """News of the time before is what had ended by then."""
    old = _call(0, duration=length, status=200)
    assert _agrees(_hours(1, 2), [old, *_hours(1, 2)]).plain is plain
    assert _agrees([old, *_hours(2)], _hours(1, 2)[1:] + _hours(1)).full
    gone = _agrees([old, *_hours(1, 2)], _hours(1, 2))
    assert gone.full is plain


@pytest.mark.parametrize("side", ["now", "last"])
def test_odd_at_the_old_end(side: str) -> None:
    """As many as were not understood may be what changed there."""
    then, now = _hours(2, 3), _hours(3)
    if side == "now":
        assert _readings(then, now, Odd({"incoming": 1}, {})).under(0).full
        assert not _readings(then, now, Odd({"incoming": 2}, {})).under(0).full
    else:
        anew = _readings(now, then, Odd({}, {"incoming": 1})).under(0)
        assert (anew.plain, anew.full) == (True, True)
        twice = _readings(now, [*_hours(1), *then], Odd({}, {"incoming": 1}))
        assert not twice.under(0).plain


def test_as_many_as_before() -> None:
    """What is not understood is counted with what is, in lists of any length."""
    one = {"incoming": 1}
    assert _readings(_hours(2, 3, 4, 5), _hours(3, 4, 5), Odd(one, {})).under(0).full
    then, now = _hours(2, 3, 4), _hours(3, 4, 5, 6)
    assert _readings(then, now, Odd({}, one)).under(0).full
    assert not _readings(then, now[:-1], Odd({}, one)).under(0).full
    assert not _readings(then, now).under(0).full
    assert _agrees(_hours(*range(300)), _hours(*range(1, 301))).full
    assert not _agrees(_hours(*range(300)), _hours(*range(1, 300))).full


def _sides(one: str, other: str, ones: Sequence[int], others: Sequence[int]) -> Any:
    """Return a list of both sides, with calls at such hours."""
    answer: JsonValue = {one: [*_hours(*ones)], other: [*_hours(*others)]}
    return [Listed.of(call) for call in read_sides(answer)]


@pytest.mark.parametrize("sides", [("placed", "received"), ("received", "placed")])
def test_each_side_is_a_list_of_its_own(sides: tuple[str, str]) -> None:
    """What comes or goes on one of them is not in the midst of the other."""

    def under(then: Sequence[int], now: Sequence[int]) -> Reading:
        seen = [one.row for one in _sides(*sides, (0, 6), then)]
        listed = _sides(*sides, (0, 6), now)
        return Readings(seen, listed, {}, set(range(len(seen)))).under(0)

    gone = under((3, 20), (20,))
    assert (gone.agrees, gone.plain, gone.full) == (True, True, False)
    come = under((20,), (3, 20))
    assert (come.agrees, come.plain, come.full) == (True, False, True)
    assert under((3, 20), (20, 21)).full
    hidden = under((3, 20), ())
    assert (hidden.agrees, hidden.plain, hidden.full) == (True, True, True)
    shown = under((), (3, 20))
    assert (shown.agrees, shown.plain, shown.full) == (True, True, True)
    assert not under((10, 13, 20), (10, 20)).agrees
    assert not under((10, 20), (10, 13, 20)).agrees


@pytest.mark.parametrize(("side", "agrees"), [("incoming", True), ("outgoing", False)])
def test_odd_of_its_own_side(side: str, agrees: bool) -> None:
    """What is not understood on the other side explains nothing here."""
    then, now = _hours(0, 3, 6), _hours(0, 6)
    assert _readings(then, now, Odd({side: 1}, {})).under(0).agrees is agrees
    assert _readings(now, then, Odd({}, {side: 1})).under(0).agrees is agrees
