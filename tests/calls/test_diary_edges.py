"""The first and the last that a diary keeps, packs, names and lets go of."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from custom_components.sip_account.calls import diary as diary_module
from custom_components.sip_account.calls.diary import Diary, Record
from custom_components.sip_account.calls.kinds import event_type
from custom_components.sip_account.calls.pages import Page, began
from custom_components.sip_account.sip_settings import Direction, Outcome

from .test_diary import FAR_OFF, FREE, LONG_AGO, again, all_of, at
from .test_ledger import NOW

SECOND = timedelta(seconds=1)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page have four calls, and a diary twenty."""
    monkeypatch.setattr(diary_module, "PAGE", 4)
    monkeypatch.setattr(diary_module, "MOST", 20)


def _filled(seconds: Iterable[int], **members: Any) -> Diary:
    diary = Diary(keeps_parties=True)
    for second in seconds:
        diary.add(at(second, name=f"N {second}", **members), FREE)
    return diary


def _sizes(diary: Diary) -> tuple[int, int]:
    """Return how many calls are packed, and how many are open."""
    kept = diary.shape()()
    pages = [Page.from_stored(page) for page in kept["pages"]]
    assert [page.count for page in pages] == [len(page.lines) for page in pages]
    return sum(page.count for page in pages), len(kept["calls"].splitlines())


def test_a_year_of_a_busy_line() -> None:
    """8,000 calls are kept; one more, and a page of 256 goes."""
    diary = _filled(range(7999))
    assert _sizes(diary) == (7680, 319)
    diary.add(at(8000), FREE)
    assert len(all_of(diary)) == 8000
    diary.add(at(8001), FREE)
    told = all_of(diary)
    assert len(told) == 7745
    assert told[0].started == NOW + 256 * SECOND


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (7, (0, 7)),
        (8, (4, 4)),
        (11, (4, 7)),
        (12, (8, 4)),
        (20, (16, 4)),
        (21, (12, 5)),
        (24, (16, 4)),
        (25, (12, 5)),
    ],
)
def test_when_a_page_is_packed(count: int, sizes: tuple[int, int]) -> None:
    """The oldest calls, once there are two pages of open ones."""
    diary = _filled(range(count))
    assert _sizes(diary) == sizes
    assert all_of(diary)[-1].shown == f"N {count - 1}"
    assert all_of(diary)[0].shown == f"N {count - sum(sizes)}"


@pytest.mark.usefixtures("small")
def test_what_is_packed_costs_no_more() -> None:
    """Nothing more comes of it, so that no id is kept."""
    diary = _filled(range(8), direction=Direction.OUTGOING)
    kept = diary.shape()()
    (page,) = (Page.from_stored(one) for one in kept["pages"])
    assert [line.split(" ", 5)[4] for line in page.lines] == ["-"] * 4
    assert [line.split(" ", 5)[5] for line in page.lines] == [
        f"N {number}" for number in range(4)
    ]
    diary.take_costs({f"c{second}": Decimal(second) for second in range(8)})
    assert [one.cost for one in all_of(diary)] == [None] * 4 + [4, 5, 6, 7]


@pytest.mark.parametrize(
    ("year", "kept"), [(1969, False), (1970, True), (9998, True), (9999, False)]
)
def test_years(year: int, kept: bool) -> None:
    """What could be told in any zone is told."""
    diary = Diary()
    diary.add(replace(at(0), started=datetime(year, 6, 1, tzinfo=UTC)), FREE)
    assert diary.without_time == (not kept)
    between = diary.reader()
    ends = datetime(1969, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
    assert [one.started.year for one in between(*ends)] == [year] * kept


def test_each_call_without_a_time_is_counted() -> None:
    """One by one, and on from those that were kept."""
    diary = Diary(without_time=3)
    for count in (4, 5, 6):
        diary.add(replace(at(0), started=None), FREE)
        assert diary.without_time == again(diary).without_time == count
    assert Diary.from_stored(None).without_time == 0
    assert all_of(again(diary)) == []


@pytest.mark.parametrize("which", [0, 1, 2])
def test_what_one_call_costs(which: int) -> None:
    """The first one as well as the last, and none but it."""
    diary = _filled(range(3), direction=Direction.OUTGOING)
    diary.take_costs({f"c{which}": Decimal("0.25"), "of another": Decimal(9)})
    costs: list[Decimal | None] = [None, None, None]
    costs[which] = Decimal("0.25")
    assert [one.cost for one in all_of(again(diary))] == costs
    assert [one.shown for one in all_of(diary)] == ["N 0", "N 1", "N 2"]
    diary.take_costs({f"c{which}": FREE})
    assert [one.cost for one in all_of(diary)] == [None] * 3


def test_all_costs_come() -> None:
    """Those of incoming calls do not: nobody pays for them."""
    diary = _filled(range(2), direction=Direction.OUTGOING)
    diary.add(at(2), FREE)
    diary.take_costs({f"c{number}": Decimal(number + 1) for number in range(3)})
    assert [one.cost for one in all_of(diary)] == [1, 2, None]


def test_named_by_all_that_tells_one_from_another() -> None:
    """Start, length and how it ended are the same; else it is another call."""
    diary = Diary()
    one = at(0, name="Erin", duration=9 * SECOND, outcome=Outcome.ANSWERED)
    diary.add(one, FREE)
    for other in (
        replace(one, started=NOW + SECOND),
        replace(one, duration=8 * SECOND),
        replace(one, outcome=Outcome.MISSED),
        replace(one, direction=Direction.OUTGOING),
    ):
        assert not diary.name([other])
    diary.add(at(1, name="Dave"), FREE)
    assert diary.name([at(1, name="Dave")])
    assert [record.shown for record in all_of(diary)] == [None, "Dave"]
    assert diary.name([one, at(1, name="Bob")])
    assert [record.shown for record in all_of(diary)] == ["Erin", "Dave"]


@pytest.mark.usefixtures("small")
def test_each_step_of_forgetting_who() -> None:
    """It is told of each whether it knew of anybody."""
    diary = _filled(range(12))
    assert list(diary.drop_parties()) == [True, True, True]
    assert list(diary.drop_parties()) == [False, False, False]
    assert {one.shown for one in all_of(diary)} == {None}
    diary.add(at(12, name="Erin"), FREE)
    assert list(diary.drop_parties()) == [True, False, False]
    assert len(all_of(diary)) == 13


@pytest.mark.usefixtures("small")
def test_let_go_while_who_is_forgotten() -> None:
    """Pages may go between two steps; those that stay lose who it was."""
    diary = _filled(range(16))
    steps = diary.drop_parties()
    assert next(steps)
    diary.forget_before(NOW + 8 * SECOND)
    assert list(steps) == [True]
    assert [one.shown for one in all_of(diary)] == [None] * 8


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("first", range(16))
@pytest.mark.parametrize("later", [0, 0.5])
def test_the_oldest_go(first: int, later: float) -> None:
    """To the second, wherever a page ends."""
    diary = _filled(range(14))
    diary.forget_before(NOW + (first + later) * SECOND)
    left = [f"N {number}" for number in range(first, 14)]
    assert [one.shown for one in all_of(diary)] == left
    assert [one.shown for one in all_of(again(diary))] == left
    packed, still_open = _sizes(diary)
    assert packed == max(0, 8 - first)
    assert still_open == min(6, len(left))


def test_pages_tell_what_they_hold() -> None:
    """The first and the last second, and all words with their blanks."""
    lines = ["5 0 im - - ", "5 61 oa 0.25 - A b  c", "900 1 ia - - ?"]
    page = Page.of(lines)
    assert (page.first, page.last, page.count) == (5, 900, 3)
    assert page.lines == lines
    assert Page.from_stored(page.as_stored()) == page
    one = Page.of(["-7 0 im - - Erin"])
    assert (one.first, one.last, one.count, one.lines) == (
        -7,
        -7,
        1,
        ["-7 0 im - - Erin"],
    )
    assert began(lines[2]) == 900


KINDS = {
    Outcome.ANSWERED: ("incoming_answered", "outgoing_answered"),
    Outcome.MISSED: ("missed", "outgoing_unanswered"),
    Outcome.BUSY: ("missed", "outgoing_unanswered"),
    Outcome.DECLINED: ("declined", "outgoing_unanswered"),
    Outcome.CANCELLED: ("missed", "outgoing_unanswered"),
    Outcome.FAILED: ("missed", "outgoing_unanswered"),
}


@pytest.mark.parametrize("outcome", KINDS)
def test_kinds(outcome: Outcome) -> None:
    """What comes in was answered, declined or missed; what goes out answered or not."""
    for way, kind in zip(Direction, KINDS[outcome], strict=True):
        one = at(0, direction=way, outcome=outcome)
        assert event_type(one) == kind
        record = Record(NOW, SECOND, way, outcome, None, None)
        assert event_type(record) == kind


def test_spans_have_the_oldest_first() -> None:
    """Also where packed and open calls lie among each other."""
    diary = _filled((9, 3, 6, 0))
    assert [one.shown for one in all_of(diary)] == ["N 0", "N 3", "N 6", "N 9"]
    some = diary.reader()(NOW + 3 * SECOND, NOW + 9 * SECOND)
    assert [one.shown for one in some] == ["N 3", "N 6"]
    assert diary.reader()(LONG_AGO, NOW) == []
    assert diary.reader()(NOW + 10 * SECOND, FAR_OFF) == []
