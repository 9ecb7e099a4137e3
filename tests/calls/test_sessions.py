"""Which calls are known by their session ids, and which only seem to be."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from custom_components.sip_account.calls.rows import Listed, Row, digest
from custom_components.sip_account.calls.sessions import by_session

from .lists import MORNING, read, read_sides, row

ERIN, ALICE = "sip:erin@example.net", "sip:alice@example.net"


def _call(
    at: int, tag: str = "a", party: str = ERIN, session: str = "s"
) -> dict[str, Any]:
    """Write a call of a session so many seconds after the morning."""
    started = MORNING + timedelta(seconds=at)
    return row(started, party, sessionId=session, fromTag=tag)


def _listed(received: Iterable[dict[str, Any]]) -> list[Listed]:
    """Return a list in its own order."""
    return [Listed.of(call) for one in received for call in read([one])]


def _paired(
    then: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]]
) -> dict[int, int]:
    return by_session([one.row for one in _listed(then)], _listed(now))


@pytest.mark.parametrize(
    ("moved", "same_party", "known"),
    [
        (0, True, True),
        (0, False, True),
        (300, False, True),
        (301, False, False),
        (301, True, False),
        (312, True, False),
        (375, True, False),
        (405, True, False),
        (899, True, False),
        (900, True, True),
        (900, False, False),
        (901, True, False),
        (1800, True, True),
        (7 * 3600, True, True),
        (7 * 3600, False, False),
    ],
)
@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("party", [ERIN, ALICE])
def test_another_start(
    moved: int, same_party: bool, known: bool, earlier: bool, party: str
) -> None:
    """It was corrected by five minutes at most, or is written in another zone."""
    other = party if same_party else {ERIN: ALICE, ALICE: ERIN}[party]
    now = _call(-moved if earlier else moved, party=other)
    assert _paired([_call(0, party=party)], [now]) == ({0: 0} if known else {})


@pytest.mark.parametrize("undated", ["then", "now", "both"])
def test_no_time(undated: str) -> None:
    """A call whose time is not known may be any of its session."""
    dated, other = _call(0), _call(7, party=ALICE) | {"date": ""}
    then = dated if undated == "now" else other
    now = dated if undated == "then" else other
    assert _paired([then], [now]) == {0: 0}


@pytest.mark.parametrize(("place", "known"), [(0, True), (7, True), (8, False)])
def test_eight_of_a_session(place: int, known: bool) -> None:
    """Eight are asked for one that it can be, those listed longest ago."""
    then = [_call(1000 * at + at, party=f"sip:{at}@example.net") for at in range(9)]
    now = _call(1001 * place + 1, party=f"sip:{place}@example.net")
    assert _paired(then, [now]) == ({0: place} if known else {})


def test_those_taken_are_not_asked() -> None:
    """Of many equal ones each is known once, in their order."""
    then = [_call(0)] * 12
    assert _paired(then, then) == {at: at for at in range(12)}
    assert _paired(then[:2], then[:3]) == {0: 0, 1: 1}
    assert _paired(then, then[:1]) == {0: 0}


def test_taken_in_the_midst() -> None:
    """A call that is known already is not known as another one as well."""
    then = [_call(0), _call(10), _call(20)]
    now = [_call(10), _call(12), _call(14), _call(16)]
    assert _paired(then, now) == {0: 1, 1: 0, 2: 2}


def test_its_own_tag_comes_first() -> None:
    """Then the place to the second, and any of its session at last."""
    forked = [_call(0, "a"), _call(0, "b")]
    assert _paired(forked, forked[::-1]) == {0: 1, 1: 0}
    assert _paired([_call(0, "b"), _call(10, "a")], [_call(0, "a")]) == {0: 1}
    assert _paired([_call(0), _call(10)], [_call(10)]) == {0: 1}
    assert _paired([_call(0), _call(10)], [_call(5)]) == {0: 0}
    assert _paired([_call(0, "b"), _call(10, "c")], [_call(10, "a")]) == {0: 1}
    assert _paired([_call(0, "b"), _call(10, "c")], [_call(5, "a")]) == {0: 0}
    assert _paired([_call(0, party=ALICE), _call(0)], [_call(0)]) == {0: 1}


def test_another_session() -> None:
    """A call of another session, or of none, is another call."""
    assert _paired([_call(0, session="s")], [_call(0, session="t")]) == {}
    bare = row(MORNING, ERIN)
    assert _paired([bare], [_call(0)]) == {}
    assert _paired([_call(0)], [bare]) == {}
    assert _paired([bare], [bare]) == {}
    assert _paired([bare, _call(0)], [bare, _call(0)]) == {1: 1}


def test_another_side() -> None:
    """Who calls himself is in both lists, with one session."""
    calls = read_sides({"placed": [_call(0)], "received": [_call(0)]})
    placed, received = (Listed.of(call) for call in calls)
    assert placed.row.side != received.row.side
    assert by_session([placed.row], [received]) == {}
    assert by_session([received.row], [placed]) == {}
    seen = [received.row, placed.row]
    assert by_session(seen, [placed, received]) == {0: 1, 1: 0}


@pytest.mark.parametrize(
    ("tag_then", "tag", "known"),
    [("", "", True), ("", "a", True), ("a", "a", True), ("a", "b", False)],
)
@pytest.mark.parametrize("corrected", [0, 5])
def test_kept_by_0_1_0(tag_then: str, tag: str, known: bool, corrected: int) -> None:
    """It knows a session together with its tag, or with none."""
    kept = ["incoming", digest("erin@example.net"), f"{MORNING}"]
    seen = Row.from_stored([*kept, digest(f"s|{tag_then}")], None)
    found = by_session([seen], _listed([_call(corrected, tag)]))
    assert found == ({0: 0} if known else {})
