"""What the ledger makes of calls, of a balance history and of today's debit."""

from datetime import date, datetime, timedelta
from decimal import Decimal
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.sip_account.calls.ledger import DAYS, Ledger
from custom_components.sip_account.sip_settings import Call, Transaction
from custom_components.sip_account.sip_settings.call_lists import read_calls
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.transactions import read_balance_history

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 26, 12, tzinfo=ZONE)
TODAY = NOW.date()
NUMBER = "0031208005161"


def call(
    started: str, duration: int = 60, side: str = "placed", **members: Any
) -> Call:
    """Give a call as the client reads it."""
    row: dict[str, Any] = {
        "remoteParty": f"sip:{NUMBER}@example.com",
        "startTime": started,
        "stopTime": started,
        "duration": duration,
        "status": 200 if duration else 487,
    } | members
    context = Context(read_at=NOW, account_zone=ZONE)
    (one,) = read_calls({side: [row]}, context) or ()
    return one


def line(date: str, value: float, **members: Any) -> Transaction:
    """Give a line of the balance history as the client reads it."""
    row: dict[str, Any] = {
        "date": date,
        "action": "Debit balance",
        "description": f"Session to {NUMBER} for 60s",
        "value": value,
        "balance": 5,
        "session": "",
    } | members
    context = Context(read_at=NOW, account_zone=ZONE)
    (one,) = read_balance_history([row], context) or ()
    return one


def begun(*calls: Call, lines: tuple[Transaction, ...] = ()) -> Ledger:
    """Give a ledger after its first look."""
    ledger = Ledger()
    ledger.begin(calls, lines, NOW, whole=True)
    return ledger


def again(ledger: Ledger) -> Ledger:
    """Give the ledger after a restart."""
    return Ledger.from_stored(json.loads(json.dumps(ledger.as_stored())))


@pytest.mark.parametrize("call_first", [True, False])
@pytest.mark.parametrize("restart", [True, False])
@pytest.mark.parametrize("price", [None, 0, 0.05])
@pytest.mark.parametrize(
    ("session", "written"),
    [
        ("p1", "2026-11-26 10:01:02"),
        ("p1", "2026-11-26 08:13:02"),  # a line of the same session, whenever
        ("", "2026-11-26 10:01:02"),  # of the same party, when the call was over
    ],
)
def test_a_call_and_its_debit_are_one(
    session: str, written: str, price: float | None, *, restart: bool, call_first: bool
) -> None:
    """A call costs what was debited, whichever is seen first."""
    ledger = begun()
    one = call("2026-11-26 10:00:00", price=price, sessionId=session)
    debit = line(written, -0.0425, session=session)
    ledger.take_lines([debit], NOW) if not call_first else ledger.count(one, NOW)
    ledger = again(ledger) if restart else ledger
    ledger.take_lines([debit], NOW) if call_first else ledger.count(one, NOW)
    ledger.take_lines([debit], NOW)
    ledger.take_prices([one])
    assert ledger.day(TODAY).cost == Decimal("0.0425")


@pytest.mark.parametrize("written", ["09:01:00", "21:01:00"])
def test_the_same_price_in_another_zone(written: str) -> None:
    """Without sessions a line in another zone is known by its party and value."""
    ledger = begun()
    ledger.count(call("2026-11-26 10:00:00", price=0.0425), NOW)
    ledger.take_lines([line(f"2026-11-26 {written}", -0.0425)], NOW)
    assert ledger.day(TODAY).cost == Decimal("0.0425")


@pytest.mark.parametrize(("value", "cost"), [(-0.0425, "0.0425"), (-0.05, "0.0925")])
def test_a_debit_for_nobody(value: float, cost: str) -> None:
    """A line that names no party is for a call that has just ended at its price."""
    ledger = begun()
    ledger.count(call("2026-11-26 10:00:00", price=0.0425), NOW)
    other = line("2026-11-26 10:01:00", value, description="Session for 60s")
    ledger.take_lines([other], NOW)
    assert ledger.day(TODAY).cost == Decimal(cost)


@pytest.mark.parametrize(
    "members",
    [
        {"description": "Message to 0031208005161"},
        {"description": "Session to 0031208005162 for 60s"},
        {"session": "another"},
        {"date": "2026-11-26 10:07:00"},
        {"date": "2026-11-26 09:59:00"},
    ],
)
def test_what_is_no_debit_of_the_call(members: dict[str, Any]) -> None:
    """What belongs to no call costs by itself."""
    ledger = begun()
    one = call("2026-11-26 10:00:00", price=0.05, sessionId="p1")
    ledger.count(one, NOW)
    other: dict[str, Any] = {"date": "2026-11-26 10:01:00", "value": -1}
    ledger.take_lines([line(**other | members)], NOW)
    assert ledger.day(TODAY).cost == Decimal("1.05")


@pytest.mark.parametrize(
    "members",
    [
        {"value": 25, "action": "Set balance", "description": "Prepaid card 4"},
        {"value": -3, "action": "Set balance", "description": "Manual update"},
        {"value": 0.5, "description": "Refund 3 with 4"},
        {"value": 0},
    ],
)
def test_what_is_no_cost(members: dict[str, Any]) -> None:
    """Credits, vouchers and settings of the balance are no cost."""
    ledger = begun(lines=(line(**{"date": "2026-11-26 10:01:00"} | members),))
    assert ledger.day(TODAY).cost == 0


@pytest.mark.parametrize("later", ["10:01:02", "12:31:02", "13:46:02"])
def test_lines_in_another_zone_are_the_same(later: str) -> None:
    """A server that writes its lines some hours later tells nothing new."""
    ledger = begun(lines=(line("2026-11-26 08:01:02", -1),))
    ledger.changed = False
    ledger.take_lines([line(f"2026-11-26 {later}", -1)], NOW)
    assert ledger.day(TODAY).cost == 1
    assert not ledger.changed
    two = [line("2026-11-26 10:01:02", -1, balance=left) for left in (4, 5)]
    ledger.take_lines(two, NOW)
    assert ledger.day(TODAY).cost == 2


SAID: dict[str, Any] = {"date": "2026-11-26 10:01:02", "value": -1, "session": "p7"}


@pytest.mark.parametrize(
    "otherwise",
    [
        {"balance": None},
        {"session": ""},
        {"description": ""},
        {"description": f"SESSION TO  {NUMBER} FOR 60S"},
        {"date": "2026-11-26T10:01:02"},
        {"date": "2026-11-26 12:01:02", "balance": None},
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_members_that_come_and_go(otherwise: dict[str, Any], *, first: bool) -> None:
    """A server that tells more, or less, of a line tells no other line."""
    more, less = line(**SAID), line(**SAID | otherwise)
    one, other = (more, less) if first else (less, more)
    ledger = begun(lines=(one,))
    for told in (other, one, other):
        ledger.take_lines([told], NOW)
        assert ledger.day(TODAY).cost == 1
    ledger.changed = False
    ledger.take_lines([other], NOW)
    assert not ledger.changed
    again = Ledger.from_stored(json.loads(json.dumps(ledger.as_stored())))
    again.take_lines([one], NOW)
    assert again.day(TODAY).cost == 1


@pytest.mark.parametrize(
    "otherwise",
    [
        {"session": "p8"},
        {"session": "", "balance": 4},
        {"value": -2},
        {"date": "2026-11-26 10:01:03"},
        {"session": "", "balance": None, "description": "Message to bob"},
    ],
)
def test_another_line(otherwise: dict[str, Any]) -> None:
    """What differs in the best that both tell is another debit."""
    ledger = begun(lines=(line(**SAID),))
    ledger.take_lines([line(**SAID | otherwise), line(**SAID)], NOW)
    assert ledger.day(TODAY).cost == 2 - otherwise.get("value", -1) - 1


def test_one_line_listed_twice() -> None:
    """A second debit would leave another balance; without one it is believed."""
    ledger = begun(lines=(line(**SAID), line(**SAID)))
    assert ledger.day(TODAY).cost == 1
    bare = line(**SAID | {"date": "2026-11-26 10:05:00", "balance": None})
    ledger.take_lines([bare, bare, line(**SAID)], NOW)
    assert ledger.day(TODAY).cost == 3


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("count", [200, 500, 1000])
def test_long_histories(count: int, *, newest_first: bool) -> None:
    """What no real server lists is not counted anew with each line."""
    ledger = begun()
    start = NOW.replace(tzinfo=None) - timedelta(days=2)
    lines = [
        line(
            f"{start + timedelta(seconds=61 * at):%Y-%m-%d %H:%M:%S}",
            -1,
            session=f"{at}",
        )
        for at in range(count + 5)
    ]
    costs = []
    for polled in range(5):
        listed = lines[polled : count + polled]
        ledger.take_lines(listed[::-1] if newest_first else listed, NOW)
        costs.append(
            sum(ledger.day(TODAY - timedelta(days=day)).cost for day in range(4))
        )
    assert costs == [200, 201, 202, 203, 204]


def test_lines_are_forgotten() -> None:
    """Twice of what a server lists is known, of what was listed last."""
    ledger = begun()
    for number in range(1000):
        ledger.take_lines([line(**SAID | {"session": f"s{number}"})], NOW)
    stored = ledger.as_stored()["costs"]["known_lines"]
    assert len(stored) <= 400
    ledger.take_lines([line(**SAID | {"session": "s999"})], NOW)
    assert ledger.day(TODAY).cost == 1000


def test_a_price_that_comes_later() -> None:
    """What the server has rated after the call was told of counts."""
    ledger = begun()
    ledger.count(call("2026-11-26 10:00:00", price=None, sessionId="p1"), NOW)
    ledger = again(ledger)
    for _ in range(2):
        ledger.take_prices([call("2026-11-26 10:00:00", price=0.1, sessionId="p1")])
    assert ledger.day(TODAY).cost == Decimal("0.1")


def test_days_of_the_account() -> None:
    """A call counts on the day on which it began where the account is."""
    ledger = begun()
    ledger.count(call("2026-11-25 23:59:50"), NOW)
    ledger.count(call("2026-11-26 00:00:00", 0, "received"), NOW)
    ledger.count(call("2027-11-26 00:00:00", 5, "received"), NOW)
    assert ledger.day(date(2026, 11, 25)).outgoing == 1
    today = ledger.day(TODAY)
    assert (today.count, today.incoming, today.missed, today.talked) == (2, 2, 1, 5)
    month = ledger.total(date(2026, 11, 1), TODAY)
    assert (month.count, month.talked) == (3, 65)


def test_bounds() -> None:
    """What is 400 days old is let go, also of what comes late."""
    ledger = begun()
    ledger.count(call("2026-11-25 10:00:00"), NOW)
    later = NOW + DAYS * timedelta(days=1)
    ledger.count(call("2026-11-26 10:00:00"), later)
    assert ledger.day(TODAY).count == 0
    # Our clock alone decides nothing: it may be wrong for a while.
    ledger.forget_before(later)
    assert ledger.as_stored()["days"].keys() == {"2026-11-25"}
    for day in (-1, 0):
        started = later + timedelta(days=day)
        ledger.count(call(f"{started:%Y-%m-%d} 10:00:00"), later)
        ledger.forget_before(NOW)
        assert "2026-11-25" in ledger.as_stored()["days"]
        ledger.forget_before(later)
    assert ledger.as_stored()["days"].keys() == {"2027-12-30", "2027-12-31"}


def test_a_clock_that_is_wrong_for_a_while() -> None:
    """Nothing that was counted is lost, and no day to come is told of."""
    ledger = begun(call("2026-11-25 10:00:00", price=2))
    ahead = NOW + timedelta(days=800)
    ledger.count(call("2026-11-26 10:00:00"), ahead)
    ledger.count(call("", 5, "received"), ahead)
    ledger.forget_before(ahead)
    assert ledger.day(date(2026, 11, 25)).cost == 2
    assert ledger.last_day(lambda day: day.cost, TODAY) == date(2026, 11, 25)
    assert ledger.last_day(lambda day: day.incoming, TODAY) is None


def test_counted_since() -> None:
    """The figures are whole from the oldest call of the side that reaches less far."""
    calls = (
        call("2026-11-20 10:00:00", price=1),
        call("2026-11-22 10:00:00", price=1),
        call("2026-11-21 10:00:00", 0, "received"),
    )
    assert begun().counted_since == NOW
    since = begun(*calls).counted_since
    assert since == datetime(2026, 11, 21, 10, tzinfo=ZONE)
    odd = Ledger()
    odd.begin(calls, (), NOW, whole=False)
    assert odd.counted_since == NOW
    debit = line("2026-11-25 10:00:00", -1)
    assert begun(*calls, lines=(debit,)).counted_since == since
    priceless = call("2026-11-20 11:00:00")
    assert begun(*calls, priceless, lines=(debit,)).counted_since == debit.time


@pytest.mark.parametrize(
    ("told", "cost"),
    [
        (["5", "0", "0.2"], "0.2"),
        (["5", "0", "5", "0", "0.2"], "0.2"),
        (["0", "5", "0", "5", "0", "0.3"], "0.3"),
        (["5", "5.5", "0", "0.3"], "0.8"),
        (["5", "5.5", "0", "5.5", "0", "0.3"], "0.8"),
        (["5"], "0"),
        (["6"], "1"),
        (["0", "6"], "6"),
    ],
)
def test_debit_of_the_day_before(told: list[str], cost: str) -> None:
    """It is no cost of today, however late the server's day ends, or how often."""
    ledger = begun()
    ledger.take_debit(Decimal(5), NOW)
    for debit in told:
        ledger.take_debit(Decimal(debit), NOW + timedelta(days=1))
        ledger = Ledger.from_stored(json.loads(json.dumps(ledger.as_stored())))
    assert ledger.day(TODAY + timedelta(days=1)).cost == Decimal(cost)
    assert ledger.day(TODAY).cost == 5


def test_debit_of_today() -> None:
    """A day cost what the page of 2026 tells; what is left of yesterday does not."""
    ledger = begun()
    ledger.count(call("2026-11-26 10:00:00", price=0.5), NOW)
    for debit in ("0.3", "0.7", "0.7"):
        ledger.take_debit(Decimal(debit), NOW)
    assert ledger.day(TODAY).cost == Decimal("0.7")
    tomorrow = NOW + timedelta(days=1)
    ledger = again(ledger)
    for debit, cost in (("0.7", "0"), ("0", "0"), ("0.2", "0.2")):
        ledger.take_debit(Decimal(debit), tomorrow)
        assert ledger.day(tomorrow.date()).cost == Decimal(cost)
    assert ledger.total(TODAY, tomorrow.date()).cost == Decimal("0.9")


def test_how_long_credit_lasts() -> None:
    """It takes seven whole days to tell, and at most 30 are looked at."""
    ledger = begun(call("2026-11-26 10:00:00", price=7))
    day = timedelta(days=1)
    ledger.count(call("2026-11-27 10:00:00", price=14), NOW + day)
    assert ledger.mean_cost(TODAY + 7 * day) is None
    assert ledger.mean_cost(TODAY + 8 * day) == (Decimal(2), 7)
    until = ledger.lasts_until(Decimal(9), TODAY + 8 * day)
    assert until == TODAY + 12 * day
    assert ledger.lasts_until(Decimal(-1), TODAY + 8 * day) == TODAY + 8 * day
    assert ledger.mean_cost(TODAY + 31 * day) == (Decimal(14) / 30, 30)
    assert ledger.lasts_until(Decimal(9), TODAY + 32 * day) is None
    assert ledger.lasts_until(Decimal(10**9), TODAY + 8 * day) is None


def test_forgotten() -> None:
    """Nothing is left; what still comes for it, and is told again, counts nowhere."""
    ledger = begun(lines=(line("2026-11-26 09:00:00", -1),))
    placed = call("2026-11-26 10:00:00", price=0.1, sessionId="p1")
    ledger.count(placed, NOW)
    ledger.take_debit(Decimal("0.5"), NOW)
    ledger.changed = False
    ledger.forget(NOW)
    assert ledger.changed
    ledger = again(ledger)
    assert ledger.counted_since == NOW
    assert ledger.total(date(2020, 1, 1), TODAY).count == 0
    ledger.take_lines([line("2026-11-26 09:00:00", -1)], NOW)
    ledger.take_lines([line("2026-11-26 10:01:00", -3, session="p1")], NOW)
    ledger.take_prices([call("2026-11-26 10:00:00", price=7, sessionId="p1")])
    ledger.take_debit(Decimal("0.5"), NOW)
    assert ledger.day(TODAY).cost == 0
    ledger.take_debit(Decimal("0.7"), NOW)
    assert ledger.day(TODAY).cost == Decimal("0.2")
    ledger.count(call("2026-11-26 11:00:00", price=2, sessionId="p2"), NOW)
    day = ledger.day(TODAY)
    assert (day.count, day.spent) == (1, Decimal(2))
