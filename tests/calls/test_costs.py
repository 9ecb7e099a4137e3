"""What calls cost by the list of calls and by the balance history, to the second."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
import json
from typing import Any

import pytest

from custom_components.sip_account.calls.costs import Costs, Move
from custom_components.sip_account.sip_settings import Call, Transaction

from .test_ledger import NUMBER, TODAY, call, line

STARTED = "2026-11-26 10:00:00"
ENDED = "2026-11-26 10:01:00"
YESTERDAY = TODAY - timedelta(days=1)
# A placed call of which nobody says whose it is, and a debit that names nobody.
OTHER = f"Session to {NUMBER[:-1]}9 for 60s"
ANY = "Session for 60s"
MOST = 200


def placed(call_id: str = "c", started: str = STARTED, **members: Any) -> Call:
    """Give a placed call of a minute, without a session unless it is told."""
    told: dict[str, Any] = {"price": 0.05} | members
    return replace(call(started, **told), call_id=call_id)


def taken(*calls: Call) -> Costs:
    """Give what knows some calls of today."""
    costs = Costs()
    for one in calls:
        costs.take_call(one, TODAY)
    return costs


def debited(costs: Costs, *lines: Transaction, day: date | None = TODAY) -> list[Move]:
    """Take a balance history, all of which is of one day."""
    return costs.take_lines(lines, lambda _: day)


def of(costs: Costs, one: Call) -> Decimal:
    """Return what a call cost so far."""
    return costs.told_of(one.call_id)


@pytest.mark.parametrize(
    ("written", "paid"),
    [
        ("10:00:00", "1"),
        ("09:59:59", "0.05"),
        ("10:01:00", "1"),
        ("10:06:00", "1"),
        ("10:06:01", "0.05"),
    ],
)
@pytest.mark.parametrize("call_first", [True, False])
def test_written_when_the_call_was_over(
    written: str, paid: str, *, call_first: bool
) -> None:
    """A minute before the end of its call, as clocks differ, to five minutes after."""
    costs, one = Costs(), placed()
    if call_first:
        costs.take_call(one, TODAY)
    debited(costs, line(f"2026-11-26 {written}", -1))
    if not call_first:
        costs.take_call(one, TODAY)
    assert of(costs, one) == Decimal(paid)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2026-11-25 19:01:00", True),
        ("2026-11-25 19:00:59", False),
        ("2026-11-27 01:01:00", True),
        ("2026-11-27 01:01:01", False),
    ],
)
def test_written_in_another_zone(written: str, *, known: bool) -> None:
    """Up to fifteen hours away a debit of the same party and value is the call's."""
    costs = taken(placed())
    assert debited(costs, line(written, -0.05)) == (
        [] if known else [(TODAY, Decimal("0.05"))]
    )


@pytest.mark.parametrize(
    "members",
    [
        {"value": -0.04},
        {"value": -0.06},
        {"description": OTHER},
        {"description": f"Session to {NUMBER[:-1]}0 for 60s"},
        {"description": ANY},
    ],
)
def test_in_another_zone_all_must_agree(members: dict[str, Any]) -> None:
    """Neither another value, nor another party or none, is taken for the call's."""
    costs, one = Costs(), placed()
    costs.take_call(one, TODAY)
    told: dict[str, Any] = {"date": "2026-11-26 12:01:00", "value": -0.05} | members
    assert debited(costs, line(**told)) == [(TODAY, -Decimal(str(told["value"])))]
    assert of(costs, one) == Decimal("0.05")


def test_nobody_is_no_party() -> None:
    """A call with nobody and a debit for nobody do not agree because of that."""
    nobody = placed(remoteParty="")
    costs = taken(nobody)
    far = line("2026-11-26 12:01:00", -0.05, description=ANY)
    assert debited(costs, far) == [(TODAY, Decimal("0.05"))]
    near = line(ENDED, -0.05, description=ANY)
    assert debited(costs, near) == []


@pytest.mark.parametrize(
    ("description", "value", "paid"),
    [
        (ANY, -0.05, True),
        (ANY, -0.04, False),
        (ANY, -0.06, False),
        (f"Session to {NUMBER}", -0.04, True),
        (f"Session to +{NUMBER[2:]}@example.com for 60s", -0.04, True),
        (f"Session to SIP:{NUMBER}@example.org for 60s", -0.06, True),
        (OTHER, -0.05, False),
        (f"Session to {NUMBER[:-1]}0 for 60s", -0.05, False),
        (f"Message to {NUMBER}", -0.05, False),
        (f"message to {NUMBER}", -0.05, False),
    ],
)
def test_by_party_or_by_price(description: str, value: float, *, paid: bool) -> None:
    """A debit that names a party is of a call with it, else of one at its price."""
    one = placed()
    costs = taken(one)
    moves = debited(costs, line(ENDED, value, description=description))
    by_itself = (TODAY, -Decimal(str(value)))
    assert (by_itself not in moves) == paid
    assert of(costs, one) == (-Decimal(str(value)) if paid else Decimal("0.05"))


@pytest.mark.parametrize("other", "abdefg")
@pytest.mark.parametrize("call_first", [True, False])
def test_another_session(other: str, *, call_first: bool) -> None:
    """What is of another session is no debit of a call, whatever else agrees."""
    costs, one = Costs(), placed(sessionId="c")
    if call_first:
        costs.take_call(one, TODAY)
    debited(costs, line(ENDED, -1, session=other))
    if not call_first:
        costs.take_call(one, TODAY)
    assert of(costs, one) == Decimal("0.05")
    # Whoever tells no session may mean this one.
    debited(costs, line(ENDED, -2, session="", balance=3))
    assert of(costs, one) == 2


@pytest.mark.parametrize("call_first", [True, False])
def test_a_session_has_several_debits(*, call_first: bool) -> None:
    """A call costs all of them together, and by party only the first."""
    for session, cost in (("c", 3), ("", 2)):
        costs, one = Costs(), placed(sessionId=session)
        lines = [
            line(ENDED, -1, session=session),
            line(ENDED, -2, session=session, balance=4),
        ]
        if call_first:
            costs.take_call(one, TODAY)
        moves = debited(costs, *lines)
        if not call_first:
            moves += costs.take_call(one, YESTERDAY)
        assert of(costs, one) == cost
        # What is not the call's stays where it was written.
        total = sum(value for _, value in moves)
        assert total == (Decimal("2.95") if call_first else 3)
        left = sum(value for day, value in moves if day == TODAY)
        assert left == (total if call_first else 3 - cost)


def test_each_call_has_a_debit_of_its_own() -> None:
    """Of two calls with one party at one time the second takes the second debit."""
    one, other = placed("c1"), placed("c2")
    costs = taken(one, other)
    debited(costs, line(ENDED, -2, balance=4), line(ENDED, -3, balance=1))
    assert {of(costs, one), of(costs, other)} == {Decimal(2), Decimal(3)}
    assert debited(costs, line(ENDED, -4, balance=0)) == [(TODAY, Decimal(4))]


def test_without_a_time() -> None:
    """Where nobody knows when a call or a debit was, only a session tells."""
    for started, written in (("", ENDED), (STARTED, "")):
        one, named = placed(started=started), placed("n", started, sessionId="s")
        costs = taken(one, named)
        assert debited(costs, line(written, -0.05)) == [(TODAY, Decimal("0.05"))]
        debited(costs, line(written, -1, session="s"))
        assert of(costs, one) == Decimal("0.05")
        assert of(costs, named) == 1


@pytest.mark.parametrize(
    ("action", "value", "cost"),
    [
        ("Debit balance", -1, 1),
        ("Debit balance", 0, 0),
        ("Debit balance", 1, 0),
        ("Debit balance", -0.0001, "0.0001"),
        ("Set balance", -1, 0),
        (" SET BALANCE ", -1, 0),
        ("Withdrawal", -1, 1),
        ("Another", -1, 1),
        ("", -1, 1),
    ],
)
def test_what_costs(action: str, value: float, cost: str | int) -> None:
    """All that is taken away costs, but what a person set; nothing else is moved."""
    costs = Costs()
    moves = debited(costs, line(ENDED, value, action=action, description=OTHER))
    assert moves == ([(TODAY, Decimal(cost))] if cost else [])
    one = placed(remoteParty=f"sip:{NUMBER[:-1]}9@example.com")
    costs.take_call(one, TODAY)
    assert of(costs, one) == (Decimal(cost) or Decimal("0.05"))


def test_too_long_ago() -> None:
    """What no day is known of costs nothing, nor is it kept for a call."""
    costs, one = Costs(), placed()
    assert debited(costs, line(ENDED, -1), day=None) == []
    costs.take_call(one, TODAY)
    assert of(costs, one) == Decimal("0.05")


@pytest.mark.parametrize(
    ("before", "after", "cost"),
    [
        (None, 0.1, "0.1"),
        (0, 0.1, "0.1"),
        (0.1, 0.2, "0.2"),
        (0.2, 0.1, "0.2"),
        (0.1, None, "0.1"),
        (0.1, 0.1, "0.1"),
        (-0.1, None, "0"),
        (None, -0.1, "0"),
    ],
)
def test_prices(before: float | None, after: float | None, cost: str) -> None:
    """A price that comes later counts, where it is more; none is below zero."""
    costs = Costs()
    moves = costs.take_call(placed("c", price=before), TODAY)
    now = placed("c", price=after)
    moves += costs.take_prices([now])
    assert costs.take_prices([now]) == []
    assert sum(value for _, value in moves) == Decimal(cost)
    assert all(value > 0 for _, value in moves)
    assert of(costs, now) == Decimal(cost)


def test_prices_of_some() -> None:
    """Calls that nobody counted, or whose price is the same, leave out no other."""
    one, other = placed("c1"), placed("c2")
    costs = taken(one, other)
    unknown, more = placed("c3"), placed("c2", price=1)
    moves = [(TODAY, Decimal("0.95"))]
    assert costs.take_prices([unknown, one, more]) == moves
    assert costs.take_prices([more, one, unknown]) == []


def test_what_was_debited_is_the_price() -> None:
    """What is listed as its price later is not paid beside it."""
    one = placed()
    costs = taken(one)
    debited(costs, line(ENDED, -0.04))
    assert costs.take_prices([placed("c", price=1)]) == []
    assert of(costs, one) == Decimal("0.04")


def test_calls_that_came_in_cost_nothing() -> None:
    """Whatever their price says, and no debit is theirs."""
    costs, one = Costs(), placed(side="received", price=1)
    assert costs.take_call(one, TODAY) == []
    assert costs.take_prices([placed(side="received", price=2)]) == []
    assert debited(costs, line(ENDED, -1)) == [(TODAY, Decimal(1))]
    assert of(costs, one) == 0


def test_what_changed() -> None:
    """Calls that cost more or less by now, each until it was told."""
    more, less, same = placed("m"), placed("l", sessionId="l"), placed("s")
    costs = taken(more, less, same)
    assert costs.changes() == {}
    debited(costs, line("2026-11-26 23:00:00", -0.01, session="l"))
    assert costs.changes() == {less.call_id: Decimal("0.01")}
    costs.take_prices([placed("m", price=1)])
    assert costs.changes() == {more.call_id: Decimal(1)}
    assert costs.changes() == {}
    costs.take_prices([placed("m", price=2)])
    assert of(costs, more) == 2
    assert costs.changes() == {}


def test_restart() -> None:
    """Calls and debits that wait for one another do so through a restart."""
    one, late = placed("c1"), placed("c2", "2026-11-26 11:00:00")
    costs = taken(one)
    debited(costs, line("2026-11-26 11:01:30", -3))
    stored = json.loads(json.dumps(costs.as_stored()))
    costs = Costs.from_stored(stored)
    assert json.loads(json.dumps(costs.as_stored())) == stored
    assert costs.changes() == {}
    assert debited(costs, line(ENDED, -2)) == [(TODAY, Decimal("1.95"))]
    assert (TODAY, Decimal(-3)) in costs.take_call(late, YESTERDAY)
    assert [of(costs, one), of(costs, late)] == [2, 3]
    for word in (NUMBER, "Session"):
        assert word not in json.dumps(stored)


def test_most_calls() -> None:
    """Two hundred calls wait for what they cost, the newest."""
    calls = [placed(f"c{number}") for number in range(MOST + 1)]
    costs = taken(*calls)
    rated = [placed(f"c{number}", price=1) for number in range(2)]
    assert costs.take_prices(rated) == [(TODAY, Decimal("0.95"))]
    assert [of(costs, each) for each in calls[:2]] == [0, 1]


def test_most_debits() -> None:
    """Two hundred debits wait for their calls, the newest."""
    costs = Costs()
    for number in range(MOST + 1):
        debited(costs, line(ENDED, -1, session=f"s{number}"))
    for number, cost in ((0, "0.05"), (1, "1"), (MOST, "1")):
        one = placed(f"c{number}", "2026-11-26 08:00:00", sessionId=f"s{number}")
        costs.take_call(one, TODAY)
        assert of(costs, one) == Decimal(cost)


def test_forgotten() -> None:
    """What still comes for a forgotten call is of no day; new calls are of theirs."""
    one = placed("c1")
    costs = taken(one)
    debited(costs, line("2026-11-26 11:01:00", -3, session="late"))
    costs.forget()
    assert debited(costs, line(ENDED, -2)) == [(date.min, Decimal("1.95"))]
    new = placed("c2", "2026-11-26 11:00:00", sessionId="late")
    assert (date.min, Decimal(-3)) in costs.take_call(new, TODAY)
