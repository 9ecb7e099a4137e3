"""How often one caller was missed within some minutes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.sip_account.automating.callers import same_callers
from custom_components.sip_account.automating.repeats import MissedOfLate, completes
from custom_components.sip_account.sip_settings import Call, Direction, Outcome

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
ERIN = "erin@example.net"


def call_at(
    minute: float | None,
    party: str | None = ERIN,
    outcome: Outcome = Outcome.MISSED,
    direction: Direction = Direction.INCOMING,
) -> Call:
    """Give a call of so many minutes past noon, or of no known time."""
    return Call(
        call_id=f"{party} {minute}",
        direction=direction,
        outcome=outcome,
        party=party,
        number=None,
        name=None,
        name_source=None,
        started=None if minute is None else NOON + timedelta(minutes=minute),
        duration=timedelta(),
        sip_status=487,
        price=None,
        media=(),
        started_text="",
        session_id="",
    )


@pytest.mark.parametrize(
    ("minutes", "complete"),
    [
        ([0, 5, 10], [10]),
        ([0, 5, 10.1], []),
        ([0, 1, 2, 3, 4], [2]),
        ([0, 1, 2, 3, 4, 5], [2, 5]),
        ([0, 8, 9, 16], [9]),
        ([0, 8, 12, 16], [16]),
        ([16, 12, 8], [16]),
    ],
)
def test_three_within_ten_minutes(minutes: list[float], complete: list[float]) -> None:
    """What led to a run is used up; the order of the list does not matter."""
    calls = [call_at(minute) for minute in minutes]
    assert complete == sorted(
        minute
        for minute in minutes
        if completes(
            f"{ERIN} {minute}",
            MissedOfLate().of(calls),
            same_callers(ERIN).find,
            count=3,
            within=timedelta(minutes=10),
        )
    )


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        (call_at(1), True),
        (call_at(1, "ERIN@Example.net"), True),
        (call_at(1, outcome=Outcome.BUSY), True),
        (call_at(1, "frank@example.net"), False),
        (call_at(1, None), False),
        (call_at(None), False),
        (call_at(1, outcome=Outcome.ANSWERED), False),
        (call_at(1, outcome=Outcome.DECLINED), False),
        (call_at(1, direction=Direction.OUTGOING), False),
    ],
)
def test_which_calls_count(other: Call, *, counts: bool) -> None:
    """Missed calls of the same caller, however written, at a known time."""
    calls = [call_at(0), other, call_at(2)]
    found = completes(
        calls[-1].call_id,
        MissedOfLate().of(calls),
        same_callers(ERIN).find,
        count=3,
        within=timedelta(minutes=10),
    )
    assert found is counts


def test_a_list_is_looked_through_once() -> None:
    """Thousands of calls that are told of at once hold nothing up."""

    class Counting(list[Call]):
        passes = 0

        def __iter__(self) -> Iterator[Call]:
            self.passes += 1
            return super().__iter__()

    calls = Counting(call_at(minute) for minute in range(1000))
    late = MissedOfLate()
    for minute in range(1000):
        assert len(late.of(calls)) == 100, minute
    assert calls.passes == 1
    assert late.of(calls)[-1].call_id == f"{ERIN} 999"
    assert late.of(calls[:3])[-1].call_id == f"{ERIN} 2"


def test_at_one_second() -> None:
    """Calls of one time stand in the order of their ids, however they are listed."""
    calls = [call_at(0, party) for party in ("c@a.org", "a@a.org", "b@a.org")]
    found = [call.party for call in MissedOfLate().of(calls)]
    assert found == ["a@a.org", "b@a.org", "c@a.org"]
