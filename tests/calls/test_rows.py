"""What is remembered of a call, member by member."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.sip_account.calls.memory import Memory
from custom_components.sip_account.calls.rows import Listed, Row, digest
from custom_components.sip_account.sip_settings import Outcome

from .lists import MORNING, read, row

BARE = Row("incoming", "bob", "2026-10-20 08:00:00", "")


def _listed(**members: Any) -> Listed:
    (call,) = read([row(MORNING, **members)])
    return Listed.of(call)


@pytest.mark.parametrize(
    ("now", "then", "another"),
    [
        (5, 6, True),
        (1, 2, True),
        (6, 6, False),
        (7, 6, False),
        (0, 6, False),
        (6, 0, False),
        (0, 0, False),
        (None, 6, False),
        (6, None, False),
    ],
)
def test_another_by_its_length(
    now: int | None, then: int | None, another: bool
) -> None:
    """A call that has ended becomes no shorter; 0 says that nobody knows yet."""
    one, seen = replace(BARE, duration=now), replace(BARE, duration=then)
    assert one.cannot_be(seen) is another


@pytest.mark.parametrize(
    ("now", "then", "another"),
    [
        (200, 200, False),
        (200, 487, True),
        (487, 200, True),
        (None, 487, False),
        (487, None, False),
        (None, None, False),
    ],
)
@pytest.mark.parametrize("longer", [0, 1])
def test_another_by_its_status(
    now: int | None, then: int | None, another: bool, longer: int
) -> None:
    """It changes no status, but it may come to be known."""
    one = replace(BARE, status=now, duration=5 + longer)
    assert one.cannot_be(replace(BARE, status=then, duration=5)) is another


@pytest.mark.parametrize(
    ("at", "duration", "end"), [(3, 1, 4), (0, 5, 5), (9, 0, 9), (9, None, 9)]
)
def test_end(at: int, duration: int | None, end: int) -> None:
    """It ends as long after its start as it lasted."""
    assert replace(BARE, at=at, duration=duration).end == end


def test_when() -> None:
    """Any second is a time, the first one too."""
    assert replace(BARE, at=0).when == 0
    assert replace(BARE, at=-1).when == -1
    assert BARE.when == "2026-10-20 08:00:00"


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2000-01-01 00:00:01", 1),
        ("2000-01-02 00:00:00", 86_400),
        ("1999-12-31 23:59:59", -1),
        ("2000-01-01T00:01:00", 60),
        ("2000-01-01 00:01:00.123456789", 60),
        ("2000-01-01 00:01:00.5Z", 60),
        ("2000-01-01 00:01:00+01:00", 60),
        ("2000-01-01 00:01:00-0530", 60),
        ("2000-01-01 00:01:00.1234567890", None),
        ("2000-01-01 00:01:00 UTC", None),
        ("2000-01-01 00:01", None),
        ("2000-01-01", None),
        ("2000-13-01 00:00:00", None),
        ("2000-01-01 24:30:00", None),
        ("", None),
    ],
)
def test_times(written: str, at: int | None) -> None:
    """Seconds as they are written, whatever zone stands behind them."""
    assert Row.from_stored(["incoming", "bob", written, ""], None).at == at


@pytest.mark.parametrize(
    ("at", "offset", "text"),
    [
        (0, 3600, "1999-12-31 23:00:00"),
        (0, -60, "2000-01-01 00:01:00"),
        (86_400, 86_400, "2000-01-01 00:00:00"),
    ],
)
def test_moved_words(at: int, offset: int, text: str) -> None:
    """Moved ahead by its zone, a call is written as it was before."""
    moved = replace(BARE, at=at).moved(offset)
    assert (moved.at, moved.started) == (at - offset, text)
    assert replace(BARE, at=at).moved(0) == BARE
    assert BARE.moved(offset) is BARE


def test_digest() -> None:
    """Twelve digits, the same in each version; nothing stands for nothing."""
    assert digest("a") == "ca978112ca1b"
    assert digest("") == ""


def test_kept() -> None:
    """What 0.1.0 reads comes first, and what it does not know beside it."""
    one = Row("incoming", "bob", "2000-01-01 00:00:09", "s", "i", 5, 200, 0.5, at=9)
    assert one.as_0_1_0() == ["incoming", "bob", "2000-01-01 00:00:09", "s"]
    assert one.as_beside() == ["i", 5, 200, 0.5]
    again = Row.from_stored(one.as_0_1_0(), [*one.as_beside(), "of a later version"])
    assert (again, again.at) == (one, 9)
    old = Row.from_stored(one.as_0_1_0(), None)
    assert (old, old.at) == (replace(BARE, started=one.started, session="s"), 9)


def test_listed() -> None:
    """A call without a session has no digest of one, and no price is none."""
    bare = _listed()
    assert (bare.row.session, bare.row.identity, bare.tagless) == ("", "", "")
    assert (bare.row.price, bare.row.status, bare.row.duration) == (None, 487, 0)
    assert bare.row.started == "2026-10-20 08:00:00"
    full = _listed(sessionId="s", fromTag="t", status=200, duration=61, price=0.25)
    assert full.row.session == digest("s|t")
    assert (full.row.identity, full.tagless) == (digest("s"), digest("s|"))
    assert (full.row.price, full.row.status, full.row.duration) == (0.25, 200, 61)


def test_party_in_any_case() -> None:
    """Bob is bob."""
    (one,) = read([row(MORNING, "sip:BOB@example.com")])
    (other,) = read([row(MORNING, "sip:bob@example.com")])
    assert Listed.of(one).row == Listed.of(other).row


@pytest.mark.parametrize("outcome", Outcome)
def test_ended(outcome: Outcome) -> None:
    """A call has ended unless it is in progress."""
    one = _listed()
    listed = replace(one, call=replace(one.call, outcome=outcome))
    assert listed.ended is (outcome is not Outcome.IN_PROGRESS)


@pytest.mark.parametrize(
    ("known", "told", "kept"),
    [
        ("", "s|a", "s|a"),
        ("", "", ""),
        ("s|", "s|a", "s|a"),
        ("s|", "s|", "s|"),
        ("s|", "", "s|"),
        ("s|a", "s|b", "s|a"),
        ("s|b", "s|a", "s|b"),
        ("s|a", "s|", "s|a"),
        ("s|a", "", "s|a"),
    ],
)
def test_tags_that_are_learned(known: str, told: str, kept: str) -> None:
    """A session's tag is kept once it is known, whatever is told later."""
    listed = _listed()
    new = replace(listed, row=replace(listed.row, session=told), tagless="s|")
    assert replace(BARE, session=known).with_news_of(new).session == kept


@pytest.mark.parametrize(
    ("known", "told", "kept"), [("", "s", "s"), ("s", "", "s"), ("s", "t", "s")]
)
def test_identity_is_learned(known: str, told: str, kept: str) -> None:
    """The first session id that is told stays."""
    listed = _listed()
    new = replace(listed, row=replace(listed.row, identity=told))
    assert replace(BARE, identity=known).with_news_of(new).identity == kept


def test_beside_other_rows() -> None:
    """What stands beside belongs to the rows if there is as much of it."""
    one = replace(BARE, duration=5, status=200)
    memory = Memory((one, one), frozenset({1}), (0, 60), (("words", 60),), literal=True)
    stored = memory.as_stored()
    assert Memory.from_stored(stored) == memory
    for beside in (stored["beside"][:1], stored["beside"] * 2, None):
        again = Memory.from_stored({**stored, "beside": beside})
        assert again == Memory((BARE, BARE), frozenset({0, 1}))
    less = {key: stored[key] for key in ("rows", "beside", "last", "offsets")}
    assert Memory.from_stored(less) == replace(memory, lists=(), literal=False)


def test_told_of_is_listed_last() -> None:
    """Calls that were told of stand at the end, with those that were listed."""
    memory = Memory((BARE, BARE), frozenset({0})).with_calls([BARE, BARE])
    assert len(memory.rows) == 4
    assert memory.last == {0, 2, 3}
    assert memory.with_calls([]) == memory
