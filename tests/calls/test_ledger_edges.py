"""The very days, limits and flags of the ledger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
import json
from typing import Any

import pytest

from custom_components.sip_account.calls.ledger import DAYS, Ledger
from custom_components.sip_account.calls.totals import Totals
from custom_components.sip_account.sip_settings import Call, Direction, Outcome

from .test_ledger import NOW, TODAY, ZONE, again, begun, call, line

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
INCOMING = call("2026-11-26 10:00:00", side="received")
PLACED = call("2026-11-26 10:00:00")
ENDED = [one for one in Outcome if one is not Outcome.IN_PROGRESS]


def days(ledger: Ledger) -> list[str]:
    """Return the days that are kept."""
    return sorted(ledger.as_stored()["days"])


def since(*calls: Call, **more: Any) -> datetime | None:
    """Return from when on the figures of calls that are listed first are whole."""
    ledger = Ledger()
    ledger.begin(calls, more.get("lines", ()), NOW, whole=more.get("whole", True))
    return ledger.counted_since


def test_figures_of_each_kind() -> None:
    """Every outcome of both directions counts by itself, as often as it was."""
    ledger = begun()
    for outcome in ENDED:
        for one, times in ((INCOMING, 2), (PLACED, 3)):
            for _ in range(times):
                ledger.count(replace(one, outcome=outcome), NOW)
    ledger = again(ledger)
    kinds = len(ENDED)
    for totals in (ledger.day(TODAY), ledger.total(TODAY, TODAY)):
        assert totals.count == 5 * kinds
        assert totals.incoming == 2 * kinds
        assert totals.outgoing == 3 * kinds
        # Who was not reached, or turned somebody away, has missed nothing.
        assert totals.missed == 4
        assert totals.talked == 60 * 5 * kinds
        assert totals.talk == {"incoming": 120 * kinds, "outgoing": 180 * kinds}
        assert totals.calls == {
            (str(direction), str(outcome)): times
            for outcome in ENDED
            for direction, times in ((Direction.INCOMING, 2), (Direction.OUTGOING, 3))
        }


def test_nothing_was() -> None:
    """A day on which nothing was came to nothing, and stays so by itself."""
    ledger = begun()
    for totals in (ledger.day(TODAY), ledger.total(TODAY, TODAY), Totals()):
        assert totals.count == totals.incoming == totals.outgoing == totals.missed == 0
        assert totals.talked == totals.cost == 0
    assert days(ledger) == []
    ledger.count(call("2026-11-26 10:00:00", 0), NOW)
    assert ledger.day(TODAY).talk == {}
    assert ledger.day(TOMORROW).count == 0
    assert days(ledger) == ["2026-11-26"]


def test_both_ends_are_included() -> None:
    """The days from one to another are those two and what is between."""
    ledger = begun()
    for day in range(20, 26):
        ledger.count(call(f"2026-11-{day} 10:00:00", price=1), NOW)
    for first, last, count in ((21, 24, 4), (22, 22, 1), (1, 20, 1), (25, 30, 1)):
        whole = ledger.total(date(2026, 11, first), date(2026, 11, last))
        assert (whole.count, whole.talked) == (count, 60 * count)
        assert whole.cost == count
    assert ledger.total(date(2026, 11, 24), date(2026, 11, 21)).count == 0


def test_a_day_cost_the_greater_of_both() -> None:
    """Several days cost what each of them did, by our own count or by the server's."""
    ledger = begun()
    ledger.count(call("2026-11-25 10:00:00", price=3), NOW)
    ledger.count(call("2026-11-26 10:00:00", price=1), NOW)
    ledger.take_debit(Decimal(2), NOW)
    ledger = again(ledger)
    assert [ledger.day(day).cost for day in (TODAY - DAY, TODAY)] == [3, 2]
    assert ledger.total(TODAY - DAY, TODAY).cost == 5


def test_the_last_day_of_a_figure() -> None:
    """Today, or the last before it; a day to come is none, nor one of nothing."""
    ledger = begun()
    assert ledger.last_day(lambda day: day.count, TODAY) is None
    for day in (24, 25, 27):
        ledger.count(call(f"2026-11-{day} 10:00:00", 0), NOW + 2 * DAY)
    ledger.count(call("2026-11-23 10:00:00"), NOW)
    assert ledger.last_day(lambda day: day.count, TODAY) == date(2026, 11, 25)
    assert ledger.last_day(lambda day: day.talked, TODAY) == date(2026, 11, 23)
    assert ledger.last_day(lambda day: day.count, TOMORROW) == date(2026, 11, 27)


def _nothing(_ledger: Ledger) -> None:
    """Do nothing."""


def _debit(value: str) -> Callable[[Ledger], None]:
    return lambda ledger: ledger.take_debit(Decimal(value), NOW)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (_nothing, False),
        (lambda it: it.count(PLACED, NOW), True),
        (lambda it: it.count(replace(PLACED, started=NOW - DAYS * DAY), NOW), False),
        (lambda it: it.take_prices([replace(PLACED, price=Decimal(9))]), False),
        (lambda it: it.take_lines([], NOW), False),
        (lambda it: it.take_lines([line("2026-11-26 09:00:00", -1)], NOW), True),
        (lambda it: it.take_lines([line("2026-11-26 09:00:00", 25)], NOW), True),
        (_debit("0"), False),
        (_debit("1"), True),
        (lambda it: it.forget_before(NOW), False),
        (lambda it: it.forget(NOW), True),
    ],
)
def test_what_is_to_be_kept(change: Callable[[Ledger], None], *, changed: bool) -> None:
    """What is new has to be kept, and nothing else; what was kept is not new."""
    assert not Ledger().changed
    ledger = begun()
    assert ledger.changed
    ledger = again(ledger)
    assert not ledger.changed
    change(ledger)
    assert ledger.changed is changed


def test_nothing_new_twice() -> None:
    """A debit, a line or a price that is told again changes nothing."""
    ledger = begun(PLACED)
    rated = replace(PLACED, price=Decimal(1))
    tell: list[Callable[[], None]] = [
        lambda: ledger.take_debit(Decimal(3), NOW),
        lambda: ledger.take_lines([line("2026-11-26 09:00:00", 25)], NOW),
        lambda: ledger.take_prices([rated]),
    ]
    for first in (True, False):
        for again_told in tell:
            ledger.changed = False
            again_told()
            assert ledger.changed is first
    assert ledger.day(TODAY).cost == 3


def test_begun() -> None:
    """It has begun with the first look, also where nothing was, and after a restart."""
    assert not Ledger().begun
    assert not again(Ledger()).begun
    assert not Ledger.from_stored(None).begun
    assert begun().begun
    assert again(begun()).begun


def test_calls_of_the_first_look() -> None:
    """Those that go on are left out; those without a time are known to be missing."""
    going = replace(PLACED, outcome=Outcome.IN_PROGRESS)
    timeless = replace(INCOMING, started=None)
    ledger = Ledger()
    ledger.begin(
        [going, timeless, going, timeless, INCOMING, PLACED], (), NOW, whole=True
    )
    assert ledger.day(TODAY).count == 2
    assert ledger.diary.without_time == 2
    assert ledger.counted_since == NOW


@pytest.mark.parametrize("outcome", ENDED)
@pytest.mark.parametrize("side", ["placed", "received"])
def test_how_far_a_list_reaches(side: str, outcome: Outcome) -> None:
    """To its oldest call that has ended, in whichever order; never beyond now."""
    early, late = (
        replace(call(f"2026-11-{day} 10:00:00", side=side, price=1), outcome=outcome)
        for day in (20, 24)
    )
    going = replace(call("2026-11-01 10:00:00", side=side), outcome=Outcome.IN_PROGRESS)
    ahead = call("2026-11-27 10:00:00", side=side, price=1)
    assert since(early, late, going) == early.started
    assert since(going, late, early) == early.started
    assert since(late) == late.started
    assert since(going) == since(ahead) == NOW
    assert since(late, replace(early, started=None)) == NOW
    assert since(late, whole=False) == NOW
    told = since(replace(late, started=datetime(2026, 11, 24, 9, tzinfo=UTC)))
    assert told is not None
    assert told.isoformat() == "2026-11-24T10:00:00+01:00"


def test_where_calls_have_no_price() -> None:
    """The figures reach as far as the balance history, if a placed call needs it."""
    early, late = line("2026-11-24 10:00:00", -1), line("2026-11-25 10:00:00", -1)
    never = replace(early, time=None)
    placed = call("2026-11-20 10:00:00", price=None)
    for lines in ((early, late), (late, early), (late, never, early)):
        assert since(placed, lines=lines) == early.time
    assert since(placed, lines=(never,)) == placed.started
    for needless in (
        call("2026-11-20 10:00:00", price=0),
        call("2026-11-20 10:00:00", 0, price=None),
        call("2026-11-20 10:00:00", side="received", price=None),
    ):
        assert since(needless, lines=(early,)) == needless.started


@pytest.mark.parametrize(
    ("started", "day"),
    [
        (datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC), TODAY - DAY),
        (datetime(2026, 11, 25, 23, tzinfo=UTC), TODAY),
        (NOW + timedelta(hours=36), TODAY),
        (NOW - (DAYS - 1) * DAY, date(2025, 10, 23)),
        (NOW - DAYS * DAY, None),
        (datetime(1969, 12, 31, tzinfo=UTC), TODAY),
        (datetime(9999, 1, 1, tzinfo=UTC), TODAY),
        (None, TODAY),
    ],
)
def test_on_which_day(started: datetime | None, day: date | None) -> None:
    """Where the account is; what has no such day counts when it is seen."""
    ledger = begun()
    ledger.count(replace(PLACED, started=started), NOW)
    assert days(ledger) == ([str(day)] if day else [])


def test_two_witnesses() -> None:
    """A day is let go of when two days of calls are 400 days later, and not before."""
    old = date(2026, 11, 26)
    for witnesses, left in ((1, True), (2, False)):
        ledger = begun(PLACED)
        for number in range(witnesses):
            at = NOW + (DAYS + number) * DAY
            ledger.count(replace(PLACED, started=at), at)
        ledger.forget_before(NOW + (DAYS + 5) * DAY)
        assert (str(old) in days(ledger)) is left
    one_less = begun(PLACED)
    for number in (1, 2):
        at = NOW + (DAYS - number) * DAY
        one_less.count(replace(PLACED, started=at), at)
    one_less.forget_before(NOW + 2 * DAYS * DAY)
    assert str(old) in days(one_less)
    # The calls one by one go with their days, from midnight where the account is.
    reader = one_less.diary.reader()
    assert len(reader(NOW - DAY, NOW + 2 * DAYS * DAY)) == 3


def test_the_diary_forgets_with_the_days() -> None:
    """Calls are let go of from midnight of the oldest day that is kept."""
    ledger = begun()
    for hour in ("2026-11-25 23:59:59", "2026-11-26 00:00:00"):
        ledger.count(call(hour), NOW)
    for number in (0, 1):
        at = NOW + (DAYS - 1 + number) * DAY
        ledger.count(replace(PLACED, started=at), at)
    ledger.forget_before(NOW + DAYS * DAY)
    left = ledger.diary.reader()(NOW - 9 * DAY, NOW)
    assert [one.started for one in left] == [datetime(2026, 11, 26, tzinfo=ZONE)]


@pytest.mark.parametrize(
    ("balance", "until"),
    [
        ("-5", TODAY + 8 * DAY),
        ("0", TODAY + 8 * DAY),
        ("0.99", TODAY + 8 * DAY),
        ("1", TODAY + 9 * DAY),
        ("36499.99", TODAY + (8 + 36499) * DAY),
        ("36500", None),
    ],
)
def test_credit_lasts_a_hundred_years(balance: str, until: date | None) -> None:
    """At one a day so many days; what lasts longer is not told."""
    ledger = begun(call("2026-11-27 10:00:00", price=0))
    ledger.count(call("2026-11-29 10:00:00", price=7), NOW + 8 * DAY)
    today = TODAY + 8 * DAY
    assert ledger.mean_cost(today) == (Decimal(1), 7)
    assert ledger.lasts_until(Decimal(balance), today) == until


def test_the_mean_of_whole_days() -> None:
    """Neither the day on which counting began, nor today, is a whole one."""
    ledger = begun()
    for day, price in ((0, 100), (1, 3), (30, 4), (31, 200)):
        at = NOW + day * DAY
        ledger.count(replace(PLACED, started=at, price=Decimal(price)), at)
    assert Ledger().mean_cost(TODAY) is None
    assert ledger.mean_cost(TODAY + 7 * DAY) is None
    assert ledger.mean_cost(TODAY + 8 * DAY) == (Decimal(3) / 7, 7)
    assert ledger.mean_cost(TODAY + 30 * DAY) == (Decimal(3) / 29, 29)
    assert ledger.mean_cost(TODAY + 31 * DAY) == (Decimal(7) / 30, 30)
    assert ledger.mean_cost(TODAY + 32 * DAY) == (Decimal(204) / 30, 30)
    assert begun().lasts_until(Decimal(9), TODAY + 8 * DAY) is None
    assert begun().lasts_until(Decimal(9), TODAY) is None


def test_what_is_stored() -> None:
    """It is all there again; what was handed over does not change any more."""
    ledger = begun(PLACED, lines=(line("2026-11-26 09:00:00", -1),))
    ledger.take_debit(Decimal("0.5"), NOW)
    stored = json.loads(json.dumps(ledger.as_stored()))
    assert json.loads(json.dumps(again(ledger).as_stored())) == stored
    shape = ledger.shape()
    ledger.count(INCOMING, NOW)
    ledger.take_debit(Decimal(9), NOW)
    assert json.loads(json.dumps(shape())) == stored
    assert again(Ledger()).as_stored() == Ledger().as_stored()
    assert Ledger().as_stored()["day_debit"] is None


def test_after_it_was_forgotten() -> None:
    """It goes on to know whether a person wants names, and costs of no call before."""
    for wanted in (True, False):
        ledger = begun(PLACED)
        ledger.diary.keeps_parties = wanted
        ledger.forget(NOW)
        assert ledger.diary.keeps_parties is wanted
        assert ledger.diary.reader()(NOW - DAY, NOW + DAY) == []
        ledger.changed = False
        ledger.take_prices([replace(PLACED, price=Decimal(9))])
        assert (ledger.changed, days(ledger)) == (True, [])
        assert ledger.total(date.min, date.max).cost == 0


@pytest.mark.parametrize(
    ("told", "costs"),
    [
        # Two days later, or on a day before, nothing is left of what was told.
        ([(0, 5), (2, 5)], [5, 0, 5]),
        ([(2, 5), (0, 5)], [5, 0, 5]),
        ([(1, 5), (0, 5)], [5, 5, 0]),
        ([(0, 5), (1, 5), (1, 0), (1, 5)], [5, 0, 0]),
        # A clock that was ahead is believed no more.
        ([(2, 5), (0, 6), (1, 6)], [6, 0, 5]),
        # What grew late is the difference, and what is new then counts beside it.
        ([(0, 5), (1, 12)], [5, 7, 0]),
        ([(0, 5), (1, 12), (1, 3)], [5, 10, 0]),
        ([(0, 5), (1, 12), (1, 3), (1, 12)], [5, 10, 0]),
        ([(0, 5), (1, 12), (1, 3), (1, 4), (1, 5)], [5, 11, 0]),
        ([(0, 5), (1, 5), (2, 5)], [5, 0, 0]),
        ([(0, 5), (1, 6), (2, 6)], [5, 1, 0]),
        ([(0, 5), (1, 0), (2, 4)], [5, 0, 4]),
        ([(0, 0), (1, 4)], [0, 4, 0]),
        ([(0, 4), (0, 3)], [4, 0, 0]),
    ],
)
@pytest.mark.parametrize("restart", [True, False])
def test_debits_of_days(
    told: list[tuple[int, int]], costs: list[int], *, restart: bool
) -> None:
    """What the page told on each of three days, by our clock, and what they cost."""
    ledger = begun()
    for day, debit in told:
        ledger.take_debit(Decimal(debit), NOW + day * DAY)
        ledger = again(ledger) if restart else ledger
    assert [ledger.day(TODAY + day * DAY).cost for day in range(3)] == costs
    kept = [str(TODAY + day * DAY) for day in range(3) if costs[day]]
    assert days(ledger) == kept
