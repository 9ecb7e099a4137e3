"""Calls at the edges: when one goes on, when it is over, and how it ended."""

from typing import Any

import pytest

from custom_components.sip_account.sip_settings import Outcome, ReplyError
from custom_components.sip_account.sip_settings.call_lists import zone_names
from tests.calls.lists import read_sides

SUNDAY = "2026-10-25 03:59:59"  # on which clocks go back in Europe


def _outcome(side: str = "received", **members: Any) -> Outcome:
    call: dict[str, Any] = {"remoteParty": "sip:bob@example.com", **members}
    (read,) = read_sides({side: [call]})
    return read.outcome


@pytest.mark.parametrize(
    ("started", "stopped", "over"),
    [
        (SUNDAY, "2026-10-25 02:59:59", True),
        (SUNDAY, "2026-10-25 02:59:58", False),  # more than an hour
        (SUNDAY, SUNDAY, True),
        ("2026-10-25 04:00:00", "2026-10-25 03:30:00", False),  # too late at night
        ("2026-10-23 00:10:00", "2026-10-22 23:20:00", True),  # on a Friday
        ("2026-10-24 23:50:00", "2026-10-24 23:10:00", True),
        ("2026-10-24 22:50:00", "2026-10-24 22:10:00", False),
        ("2026-10-26 02:10:00", "2026-10-26 01:20:00", False),  # on a Monday
        ("2026-10-22 02:10:00", "2026-10-22 01:20:00", False),  # on a Thursday
        ("2026-11-01 01:10:00", "2026-11-01 00:20:00", True),
        ("2026-09-27 01:10:00", "2026-09-27 00:20:00", True),
        ("2026-03-29 01:10:00", "2026-03-29 00:20:00", True),
        ("2026-04-05 01:10:00", "2026-04-05 00:20:00", True),
        ("2026-02-01 01:10:00", "2026-02-01 00:20:00", False),
        ("2026-05-03 01:10:00", "2026-05-03 00:20:00", False),
        ("2026-08-30 01:10:00", "2026-08-30 00:20:00", False),
        ("2026-12-06 01:10:00", "2026-12-06 00:20:00", False),
        (SUNDAY, "1", False),  # which is no time
        (SUNDAY, "", False),
        (SUNDAY, "0", False),
        (SUNDAY, "0000-00-00 00:00:00", False),
    ],
)
def test_stops_before_it_starts(started: str, stopped: str, over: bool) -> None:
    """A call that never lasted goes on, unless clocks may have gone back meanwhile."""
    outcome = _outcome(startTime=started, stopTime=stopped, duration=0, status=487)
    assert outcome is (Outcome.MISSED if over else Outcome.IN_PROGRESS)


@pytest.mark.parametrize(
    ("stop", "outcome"),
    [
        ("2026-06-01 11:00:00", Outcome.ANSWERED),
        ("2026-06-01 10:59:59", Outcome.IN_PROGRESS),
        ("2026-06-01 10:00:00", Outcome.IN_PROGRESS),
        ("-", Outcome.ANSWERED),
    ],
)
def test_lasted(stop: str, outcome: Outcome) -> None:
    """Whoever has talked has done so, by no more than clocks go back."""
    call: Any = {"startTime": "2026-06-01 12:00:00", "stopTime": stop}
    assert _outcome(**call, duration=1) is outcome


@pytest.mark.parametrize(
    ("status", "received", "placed"),
    [
        (None, Outcome.IN_PROGRESS, Outcome.IN_PROGRESS),
        (200, Outcome.IN_PROGRESS, Outcome.IN_PROGRESS),
        (199, Outcome.MISSED, Outcome.FAILED),
        (201, Outcome.MISSED, Outcome.FAILED),
        (486, Outcome.BUSY, Outcome.BUSY),
        (600, Outcome.BUSY, Outcome.BUSY),
        (603, Outcome.DECLINED, Outcome.DECLINED),
        (487, Outcome.MISSED, Outcome.CANCELLED),
        (488, Outcome.MISSED, Outcome.FAILED),
        (485, Outcome.MISSED, Outcome.FAILED),
        (604, Outcome.MISSED, Outcome.FAILED),
        (602, Outcome.MISSED, Outcome.FAILED),
        (601, Outcome.MISSED, Outcome.FAILED),
    ],
)
def test_statuses(status: int | None, received: Outcome, placed: Outcome) -> None:
    """What each status means on each side."""
    call: Any = {"date": "2026-06-01 12:00:00", "duration": 0, "status": status}
    assert _outcome("received", **call) is received
    assert _outcome("placed", **call) is placed


def test_names_of_zones() -> None:
    """Each once, and none of an item that is none."""
    items: list[Any] = [
        {"timezone": "Europe/Paris"},
        {"timezone": "Europe/Paris"},
        {},
        7,
    ]
    assert zone_names({"placed": items, "received": None}) == {"Europe/Paris"}
    assert zone_names(None) == frozenset()


def test_longest_list() -> None:
    """20,000 calls on each side: none of them may be lost."""
    for side in ("placed", "received"):
        assert zone_names({side: [7] * 20_000}) == frozenset()
        with pytest.raises(ReplyError):
            zone_names({side: [7] * 20_001})
