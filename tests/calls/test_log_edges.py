"""What a log makes of one list after the other, to the very call."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.calls.memory import Memory
from custom_components.sip_account.calls.rows import Listed, Row
from custom_components.sip_account.sip_settings import Call
from custom_components.sip_account.sip_settings.call_lists import read_calls
from custom_components.sip_account.sip_settings.context import Context

from .lists import MORNING, Home, hourly, people, read, read_sides, row

HOUR = 3600
ERIN, ALICE = "sip:erin@example.net", "sip:alice@example.net"


def _call(hours: float, party: str = ERIN, **members: Any) -> dict[str, Any]:
    """Write a call so many hours after the morning."""
    return row(MORNING + timedelta(hours=hours, seconds=7), party, **members)


def _tell(
    log: CallLog,
    calls: Iterable[Call],
    elapsed: float | None = None,
    gap: float | None = None,
) -> list[bool]:
    """Have a log tell what is new; return of each whether it has a mark."""
    new = log.look(calls, elapsed, gap)
    marks = [log.may_be_told(call) for call in new]
    for call in new:
        log.see(call)
    return marks


def _rows(received: Iterable[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(Listed.of(call).row for call in read(received))


def _memory(*received: dict[str, Any], **members: Any) -> Memory:
    rows = _rows(received)
    return Memory(rows, frozenset(range(len(rows))), **members)


@pytest.mark.parametrize(
    ("offsets", "mark"),
    [((0,), False), ((30 * HOUR, 0), True), ((40 * HOUR, 30 * HOUR, 0), True)],
)
def test_behind_two_zones_nothing_is_seen_to_begin(
    offsets: tuple[int, ...], mark: bool
) -> None:
    """A call of the one may seem to begin now in the other."""
    persons = people(4)
    memory = _memory(*persons, *hourly(0, 5), offsets=offsets)
    log = CallLog((memory,), _begun=True)
    assert _tell(log, read([*persons, *hourly(0, 6)]), 60, 60) == [True]
    assert _tell(log, read([*persons, *hourly(0, 7)]), HOUR, 60) == [mark]


def test_of_two_memories_none_is_plain() -> None:
    """Where there were two pasts, neither tells what began just now."""
    persons = people(4)
    memories = [
        _memory(*persons, *hourly(0, 5), _call(-9.5, party)) for party in (ERIN, ALICE)
    ]
    log = CallLog(tuple(memories), _begun=True)
    assert _tell(log, read([*persons, *hourly(0, 6)]), 60, 60) == [True]
    assert _tell(log, read([*persons, *hourly(0, 7)]), HOUR, 60) == [True]


def test_no_clock_is_read_off_two_pasts() -> None:
    """Whose end is written in two ways tells nothing of the server's clock."""
    persons = [_call(at - 50, f"sip:{at}@example.net") for at in range(4)]
    known = _memory(*persons, *hourly(0, 5))
    other = _memory(*hourly(0, 5), _call(-9.5))
    log = CallLog((known, other), _begun=True)
    assert _tell(log, read(hourly(0, 6)), 60, 60) == [True]
    assert _tell(log, read([*persons, *hourly(0, 6)]), 60, 60) == []
    assert len(log.as_stored()["others"]) == 0
    assert _tell(log, read([*persons, *hourly(0, 7)]), HOUR - 60, 60) == [True]


def test_began_just_now_whatever_another_zone_would_know() -> None:
    """Both calls come an hour after two that were the same, as a list moved would."""
    log = CallLog()
    log.look(read(hourly(0, 5)))
    erin = [row(MORNING + timedelta(hours=hour, seconds=17), ERIN) for hour in (5, 6)]
    assert _tell(log, read([*hourly(0, 6), erin[0]]), 60, 60) == [True, False]
    now = read([*hourly(1, 7), erin[1]])
    assert _tell(log, now, HOUR, 60) == [False, False]
    assert _tell(log, now, 60, 60) == []


def test_the_same_late_leaves_a_mark() -> None:
    """Nobody saw it begin: it may be the list before, moved by an hour."""
    log = CallLog()
    log.look(read(hourly(0, 5)))
    erin = [row(MORNING + timedelta(hours=hour, seconds=17), ERIN) for hour in (5, 6)]
    _tell(log, read([*hourly(0, 6), erin[0]]), 60, 60)
    now = read([*hourly(1, 7), erin[1]])
    assert _tell(log, now, HOUR + 300, 60) == [True, True]


def test_a_call_without_a_time_is_not_seen_to_begin() -> None:
    """Beside one the others may be of any time as well."""
    undated = row(MORNING, ALICE) | {"date": ""}
    for new, marks in (([], [False]), ([undated], [False, True])):
        log = CallLog()
        log.look(read(hourly(0, 5)))
        assert _tell(log, read(hourly(0, 6)), 60, 60) == [True]
        assert _tell(log, read([*hourly(0, 7), *new]), HOUR, 60) == marks


def test_its_end_was_known_before() -> None:
    """The clock is read when an end is told for the first time, not when again."""
    log = CallLog()
    log.look(read(hourly(0, 5)))
    assert _tell(log, read(hourly(0, 6)), 60, 60) == [True]
    late = _call(5)
    assert _tell(log, read([*hourly(0, 6), late]), 1000, 60) == [False]
    assert _tell(log, read([*hourly(0, 7), late]), 2600, 60) == [False]


def test_what_is_told_stays_known() -> None:
    """A list that is empty for once takes nothing away."""
    log = CallLog()
    assert _tell(log, read(people(2))) == []
    assert _tell(log, read(people(3))) == [False]
    assert _tell(log, ()) == []
    assert _tell(log, read(people(3))) == []


def test_there_is_something_to_keep_until_it_is_kept() -> None:
    """A second change takes nothing back, nor does a look without any."""
    log = CallLog()
    assert not log.changed
    log.look(read([_call(0, status=None)]))
    assert log.changed
    log.look(read([_call(0)]))
    assert log.changed
    log.look(read([_call(0)]))
    assert log.changed
    log.changed = False
    log.look(())
    assert not log.changed
    log.look(read([_call(0)]))
    assert not log.changed


def test_the_first_look_is_kept() -> None:
    """Also if nothing is listed: what comes then is new."""
    log = CallLog()
    assert log.look(()) == []
    assert log.changed
    assert len(log.look(read(people(1)))) == 1
    assert len(CallLog.from_stored(log.as_stored()).look(read(people(1)))) == 1


def test_what_runs_takes_no_place() -> None:
    """Of two equal rows the one that has ended is the known one."""
    running = _call(0, status=200, duration=None)
    log = CallLog()
    log.look(read([_call(0, status=200, duration=9)]))
    ended = _call(0, status=200, duration=9)
    for listed in ([running, ended], [ended, running]):
        calls = [call for one in listed for call in read([one])]
        assert log.look(calls) == []


def test_not_new_has_no_mark() -> None:
    """Of a call that is not new nothing is to be asked, nor once it was seen."""
    log = CallLog()
    log.look(read(hourly(0, 5)))
    (call,) = log.look(read(hourly(0, 6)))
    (other,) = read(people(1))
    assert (log.may_be_told(call), log.may_be_told(other)) == (True, False)
    log.see(call)
    assert not log.may_be_told(call)


def test_those_without_a_time_come_first() -> None:
    """Nobody knows that they came later than the others."""
    context = Context(read_at=datetime(2026, 11, 27, tzinfo=UTC), account_zone=UTC)
    rows = [_call(1), _call(0), _call(2) | {"date": "0000-00-00 00:00:00"}]
    calls = read_calls({"received": [*rows], "placed": None}, context) or ()
    assert [call.started is None for call in calls].count(True) == 1
    log = CallLog()
    log.look(())
    assert [call.started_text for call in log.look(calls)] == [
        "0000-00-00 00:00:00",
        "2026-10-20 08:00:07",
        "2026-10-20 09:00:07",
    ]


def test_what_is_kept_is_what_was_known_then() -> None:
    """What is made in another thread is of the moment when it was asked for."""
    home = Home()
    home.look(people(2))
    shape = home.log.shape()
    before = home.log.as_stored()
    home.look(people(4))
    assert shape() == before
    assert len(home.log.as_stored()["rows"]) == 4


def test_others_beside_rows_of_0_1_0() -> None:
    """A file that 0.1.0 wrote is its own, whatever a later version left in it."""
    stored = CallLog((_memory(*people(2)), _memory(*people(1)))).as_stored()
    assert len(CallLog.from_stored(stored).as_stored()["others"]) == 1
    del stored["beside"]
    again = CallLog.from_stored(stored).as_stored()
    assert again["others"] == []
    assert again["rows"] == stored["rows"]


def test_odd_of_each_side() -> None:
    """What was not understood counts where something has ended on that side."""
    both = read_sides({"placed": [_call(0)], "received": [_call(0)]})
    placed = read_sides({"placed": [_call(0)], "received": None})
    log = CallLog()
    for calls, odd, kept in (
        (both, {"incoming": 2, "outgoing": 1}, {"incoming": 2, "outgoing": 1}),
        (placed, {"incoming": 5, "outgoing": 3}, {"incoming": 2, "outgoing": 3}),
        ((), {"incoming": 7}, {"incoming": 2, "outgoing": 3}),
        (placed, {}, {"incoming": 2}),
        (both, {"incoming": 0}, {}),
        (read([_call(0, status=200, duration=None)]), {"incoming": 4}, {}),
    ):
        log.look(calls, odd=odd)
        assert log.as_stored()["odd"] == kept
