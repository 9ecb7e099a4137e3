"""Each call that counts, one by one."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
import json
from typing import Any

import pytest

from custom_components.sip_account.calls import diary as diary_module
from custom_components.sip_account.calls.diary import MOST, PAGE, Diary, Record
from custom_components.sip_account.sip_settings import Call, Direction, Outcome

from .test_ledger import NOW, call

LONG_AGO = datetime(2000, 1, 1, tzinfo=NOW.tzinfo)
FAR_OFF = datetime(2040, 1, 1, tzinfo=NOW.tzinfo)
FREE = Decimal()


def all_of(diary: Diary) -> list[Record]:
    """Return all that a diary tells."""
    return diary.reader()(LONG_AGO, FAR_OFF)


def again(diary: Diary) -> Diary:
    """Return the diary of a home that comes back."""
    kept = json.loads(json.dumps(diary.shape()()))
    return Diary.from_stored(kept)


def at(seconds: int, **members: Any) -> Call:
    """Return a call that begins some seconds after now."""
    one = call("2026-11-26 10:00:00", 0, "received")
    started = NOW + timedelta(seconds=seconds)
    return replace(one, started=started, call_id=f"c{seconds}", **members)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(
    "outcome", [one for one in Outcome if one is not Outcome.IN_PROGRESS]
)
def test_what_is_told(direction: Direction, outcome: Outcome) -> None:
    """When, how long, how it ended, what it cost and who it was, also after a start."""
    diary = Diary(keeps_parties=True)
    length = timedelta(seconds=61)
    one = at(0, direction=direction, outcome=outcome, duration=length, name="A  <b>")
    diary.add(one, Decimal("0.0425"))
    told = Record(NOW, length, direction, outcome, Decimal("0.0425"), "A b")
    assert all_of(again(diary)) == all_of(diary) == [told]


def test_who_it_was_is_kept_while_it_is_wanted() -> None:
    """Nobody is known before, nobody after, and what is listed tells it."""
    diary = Diary()
    one, other = at(0, name="Dentist"), at(1, name=None, number=None, party=None)
    diary.add(one, FREE)
    diary.add(other, FREE)
    assert [record.shown for record in all_of(diary)] == [None, None]
    running = at(2, outcome=Outcome.IN_PROGRESS)
    undated = replace(one, started=None)
    assert not diary.name([running, undated])
    assert diary.name([one, other, running])
    assert not diary.name([one, other])
    assert [record.shown for record in all_of(diary)] == ["Dentist", "?"]
    assert any(diary.drop_parties())
    assert not any(diary.drop_parties())
    assert [record.shown for record in all_of(diary)] == [None, None]


def test_costs_that_come_later() -> None:
    """They are those of the call with the id."""
    diary = Diary()
    placed = at(0, direction=Direction.OUTGOING)
    diary.add(placed, FREE)
    diary.add(at(1, direction=Direction.OUTGOING), FREE)
    diary.take_costs({placed.call_id: Decimal(3), "other": Decimal(4)})
    assert [one.cost for one in all_of(diary)] == [Decimal(3), None]


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [
        (-60, 0, False),
        (-60, 1, True),
        (30, 40, True),
        (59, 90, True),
        (60, 90, False),
        (-9, 90, True),
    ],
)
def test_spans(start: int, end: int, *, there: bool) -> None:
    """A call is in a span that begins or ends within it."""
    diary = Diary()
    diary.add(at(0, duration=timedelta(seconds=60)), FREE)
    second = timedelta(seconds=1)
    assert bool(diary.reader()(NOW + start * second, NOW + end * second)) == there


@pytest.mark.parametrize(("start", "there"), [(-1, True), (0, True), (1, False)])
def test_unanswered_calls_are_where_they_began(start: int, *, there: bool) -> None:
    """They last no time, and are there all the same."""
    diary = Diary()
    diary.add(at(0), FREE)
    begin = NOW + timedelta(seconds=start)
    assert bool(diary.reader()(begin, begin + timedelta(seconds=9))) == there


def test_calls_without_a_time() -> None:
    """They are left out, and told of."""
    diary = Diary()
    diary.add(replace(at(0), started=None), FREE)
    diary.add(replace(at(0), started=datetime(1, 1, 1, tzinfo=NOW.tzinfo)), FREE)
    assert all_of(diary) == []
    assert again(diary).without_time == 2


def test_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is long over is packed: it tells the same, and no more than is kept."""
    monkeypatch.setattr(diary_module, "PAGE", 4)
    monkeypatch.setattr(diary_module, "MOST", 20)
    diary = Diary(keeps_parties=True)
    for second in (*range(0, 30, 2), *range(1, 30, 2)):
        diary.add(at(second, name=f"N {second}"), Decimal(second))
    told = all_of(again(diary))
    assert told == all_of(diary)
    assert 17 <= len(told) <= 20
    assert all(one.shown == f"N {one.cost or 0}" for one in told)
    assert [one.started for one in told] == sorted(one.started for one in told)
    diary.forget_before(NOW + timedelta(seconds=13))
    left = [one for one in told if one.started >= NOW + timedelta(seconds=13)]
    assert all_of(diary) == left
    for _ in diary.drop_parties():
        diary.forget_before(NOW + timedelta(seconds=17))
    assert {one.shown for one in all_of(diary)} == {None}
    diary.forget_before(FAR_OFF)
    assert all_of(diary) == []


def test_bounds() -> None:
    """A year of a busy line takes little room, and names are not endless."""
    diary = Diary(keeps_parties=True)
    for number in range(MOST + PAGE):
        diary.add(at(number, name=f"{number % 90} " + "x" * 300), FREE)
    told = all_of(diary)
    assert MOST - PAGE <= len(told) <= MOST
    assert max(len(one.shown or "") for one in told) == 64
    assert len(json.dumps(diary.shape()())) < 150_000
