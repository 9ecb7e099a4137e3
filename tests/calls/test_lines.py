"""Lines of a balance history that are known, as many as there is room for."""

from collections.abc import Callable
import json
import sys
from types import CodeType
from typing import Any

import pytest

from custom_components.sip_account.calls import lines as lines_module
from custom_components.sip_account.calls.lines import KnownLines

from .test_ledger import line

_KNOWN = 400
_LISTED = 200
AT = "2026-11-26 09:00:00"
# What tells nothing by which it is known but its value, its time and what it says.
BARE: dict[str, Any] = {"session": "", "balance": None, "description": "Message"}


def numbered(*numbers: int, at: str = AT) -> list[Any]:
    """Give lines of one value and second, of a session each."""
    return [line(at, -1, session=f"s{number}") for number in numbers]


def listed_at(*minutes: int, hour: int = 9, day: int = 26) -> list[Any]:
    """Give a line of one value for each second of some minutes."""
    return [
        line(f"2026-11-{day} {hour:02}:{minute:02}:{second:02}", -1, **BARE)
        for minute in minutes
        for second in range(60)
    ]


def test_the_oldest_are_forgotten_first() -> None:
    """Also of many lines of one value and second: the newest of them stay known."""
    lines = numbered(*range(_KNOWN + 1))
    known = KnownLines()
    for begin in range(0, len(lines), _LISTED):
        listed = lines[begin : begin + _LISTED]
        assert len(known.take(listed)) == len(listed)
    assert len(known.as_stored()) == _KNOWN
    assert known.take(lines[-_LISTED:]) == []


def test_as_many_as_there_is_room_for() -> None:
    """One more that is listed is one more forgotten, whichever second it is of."""
    known = KnownLines()
    first = numbered(*range(_LISTED))
    second = numbered(*range(_LISTED), at="2026-11-26 09:00:01")
    third = numbered(*range(_LISTED), at="2026-11-26 09:00:02")
    for lines in (first, second, third):
        assert len(known.take(lines)) == _LISTED
    assert len(known.as_stored()) == _KNOWN
    # Listed last is what stands last: it is the other end that goes.
    assert len(known.take(numbered(*range(16), at="2026-11-26 09:00:03"))) == 16
    assert len(known.as_stored()) == _KNOWN
    gone, left = second[-16:], second[:-16]
    assert known.take(third) == []
    assert known.take(left) == []
    assert sorted(one.session_id for one in known.take(gone)) == sorted(
        one.session_id for one in gone
    )


@pytest.mark.parametrize("count", [1, 3, 150, _LISTED])
def test_none_is_forgotten_while_there_is_room(count: int) -> None:
    """As many lines as are listed at most are known as long as nothing else comes."""
    known = KnownLines()
    lines = numbered(*range(count))
    assert len(known.take(lines)) == count
    assert known.take([]) == []
    more = numbered(*range(_LISTED, _LISTED + count // 2))
    assert len(known.take(more)) == len(more)
    assert len(known.as_stored()) == len([*lines, *more])
    assert known.take(lines) == known.take(more) == []


def test_what_is_listed_again_is_forgotten_last() -> None:
    """A line that is still listed outlives one that came after it."""
    known = KnownLines()
    old, later = numbered(1), numbered(2, at="2026-11-26 09:00:01")
    known.take(old)
    known.take(later)
    known.take(old)
    for second in (2, 3):
        known.take(numbered(*range(_LISTED), at=f"2026-11-26 09:00:0{second}"))
        known.take(old)
    assert known.take(old) == []
    assert known.take(later) == later


@pytest.mark.parametrize("first", [0, 13, 14])
def test_the_quarters_of_an_hour_are_alike(first: int) -> None:
    """A line is known in any zone, and is another at any other second of a quarter."""
    minutes = (first, (first + 1) % 15, 7)
    known = KnownLines()
    for minute in (*minutes, 3):
        assert len(known.take(listed_at(minute))) == 60
    for later in (15, 30, 45):
        assert known.take(listed_at(*(minute + later for minute in minutes))) == []
    assert known.take(listed_at(*minutes, hour=23, day=25)) == []


def test_times_without_seconds() -> None:
    """Where the time is written otherwise, a line is known by all that is written."""
    known = KnownLines()
    one, other = line("2026-11-26", -1, **BARE), line("2026-11-25", -1, **BARE)
    never = line("", -1, **BARE)
    for each in (one, other, never):
        assert known.take([each]) == [each]
    assert known.take([one, other, never]) == []


def test_the_oldest_comes_first() -> None:
    """In whichever order they are; where times do not tell, the newest is on top."""
    early, late = numbered(1), numbered(2, at="2026-11-26 09:00:01")
    assert KnownLines().take([*early, *late]) == [*early, *late]
    assert KnownLines().take([*late, *early]) == [*early, *late]
    one, other = numbered(1, 2)
    assert KnownLines().take([one, other]) == [other, one]
    never = numbered(3, at="")
    assert KnownLines().take([*late, *never]) == [*never, *late]
    assert KnownLines().take([*never, *late]) == [*late, *never]


@pytest.mark.parametrize("at", range(3))
def test_listed_twice(at: int) -> None:
    """What a list has twice is one line, and no reason to leave out another."""
    first, second, third = numbered(1, 2, 3)
    lines = [first, second, third]
    assert len(KnownLines().take([*lines, lines[at]])) == 3
    assert len(KnownLines().take([lines[at], *lines])) == 3


def test_each_is_one_line_of_a_list() -> None:
    """Lines that are alike, and tell no balance, are as many as are listed."""
    known, bare = KnownLines(), line(AT, -1, **BARE)
    assert known.take([bare, bare]) == [bare, bare]
    assert known.take([bare, bare]) == []
    assert known.take([bare]) == []
    assert known.take([bare, bare, bare]) == [bare]
    assert known.take([bare, bare, bare]) == []


def test_what_tells_the_same_is_the_same() -> None:
    """A line is the known one that tells just as much, not one that tells less."""
    known = KnownLines()
    known.take([line(AT, -1, **BARE)])
    known.take([line(AT, -1, **BARE | {"balance": 4}), line(AT, -1, **BARE)])
    known.changed = False
    assert known.take([line(AT, -1, **BARE | {"balance": 4})]) == []
    assert not known.changed
    # The other one has not learned that balance: it may yet be of another.
    assert known.take([line(AT, -1, **BARE | {"balance": 3})]) == []
    assert known.changed
    assert len(known.take([line(AT, -1, **BARE | {"balance": 2})])) == 1


LETTERS = "abcdef"


@pytest.mark.parametrize("one", LETTERS)
@pytest.mark.parametrize("other", LETTERS)
@pytest.mark.parametrize("member", ["session", "description"])
def test_other_words(member: str, one: str, other: str) -> None:
    """Two lines are one if what they tell is the same, be it more or less."""
    known = KnownLines()
    known.take([line(AT, -1, **BARE | {member: one})])
    again = known.take([line(AT, -1, **BARE | {member: other})])
    assert len(again) == (one != other)


@pytest.mark.parametrize("one", [-0.5, 0, 4.25, 5])
@pytest.mark.parametrize("other", [-0.5, 0, 4.25, 5])
def test_other_balances(one: float, other: float) -> None:
    """Without sessions the balance decides, whatever is said beside it."""
    known = KnownLines()
    known.take([line(AT, -1, **BARE | {"balance": one})])
    said = {"balance": other, "description": "Session"}
    again = known.take([line(AT, -1, **BARE | said)])
    assert len(again) == (one != other)


def test_what_only_one_tells_is_learned() -> None:
    """And is kept; from then on it tells lines apart."""
    for member, told, another in (("session", "s1", "s2"), ("balance", 4, 3)):
        known = KnownLines()
        known.take([line(AT, -1, **BARE)])
        assert known.changed
        known.changed = False
        assert known.take([line(AT, -1, **BARE | {member: told})]) == []
        assert known.changed
        known.changed = False
        assert known.take([line(AT, -1, **BARE | {member: told})]) == []
        assert not known.changed
        known = KnownLines.from_stored(json.loads(json.dumps(known.as_stored())))
        assert not known.changed
        assert len(known.take([line(AT, -1, **BARE | {member: another})])) == 1


def test_what_was_known_is_not_unlearned() -> None:
    """A line that tells less leaves known what was told before."""
    for member, told, another in (("session", "s1", "s2"), ("balance", 4, 3)):
        known = KnownLines()
        for more in ({member: told}, {}, {member: told}):
            known.take([line(AT, -1, **BARE | more)])
        assert len(known.as_stored()) == 1
        assert len(known.take([line(AT, -1, **BARE | {member: another})])) == 1


def test_no_words_are_kept() -> None:
    """Neither sessions nor descriptions stand in what is stored, which may be empty."""
    known = KnownLines()
    known.take([line(AT, -1, session="p7@example.com", balance=4)])
    stored = json.dumps(known.as_stored())
    assert "p7" not in stored
    assert "Session" not in stored
    assert KnownLines().as_stored() == []
    assert not KnownLines().changed


def test_what_is_kept_stays_what_it_is() -> None:
    """The same four members in each version, so that no line is new after an update."""
    known = KnownLines()
    known.take(
        [
            line(
                "2026-11-26 09:22:05",
                0.25,
                session="s1",
                balance=4,
                description="A  CALL",
            )
        ]
    )
    assert known.as_stored() == [
        ["ff0b7b6de3d8", "e8bc163c82ee", 4.0, "695d3ee454e2"],
    ]


def test_the_first_of_equals_is_listed_again() -> None:
    """Of lines that tell the same, the one that was listed longest ago is this one."""
    first, other = line(AT, -1, **BARE), line(AT, -1, **BARE | {"description": "x"})
    known = KnownLines()
    assert len(known.take([first, other, first])) == 3
    before = known.as_stored()
    assert known.take([first]) == []
    assert known.as_stored() == [before[1], before[2], before[0]]
    assert before[0] != before[1]


def test_what_is_told_otherwise_is_one_line_of_a_list() -> None:
    """A line that learned its session is not found for a second one of that."""
    known = KnownLines()
    known.take([line(AT, -1, **BARE)])
    more = line(AT, -1, **BARE | {"session": "s"})
    assert known.take([more, more]) == [more]
    assert len(known.as_stored()) == 2


def work[Result](take: Callable[[Any], Result], given: object) -> tuple[Result, int]:
    """Return what comes of it, and how many steps Python took in the room of lines."""
    steps = 0
    monitoring, tool = sys.monitoring, sys.monitoring.PROFILER_ID
    events = monitoring.events.LINE, monitoring.events.JUMP, monitoring.events.PY_START

    def step(code: CodeType, *_: object) -> object:
        nonlocal steps
        if code.co_filename != lines_module.__file__:
            return monitoring.DISABLE
        steps += 1
        return None

    monitoring.use_tool_id(tool, "steps")
    try:
        for event in events:
            monitoring.register_callback(tool, event, step)
        monitoring.set_events(tool, sum(events))
        return take(given), steps
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)
        monitoring.restart_events()


@pytest.mark.parametrize("new", [0, 1])
def test_a_list_of_one_second_is_hardly_more_work(new: int) -> None:
    """A server may write all lines into one second, and the event loop waits for it."""
    count = _KNOWN + new
    spread = [
        line(
            f"2026-11-26 09:{number % 15:02}:{number // 15:02}", -1, session=f"{number}"
        )
        for number in range(count)
    ]
    steps = []
    for lines in (numbered(*range(count)), spread):
        known = KnownLines()
        known.take(lines[:_LISTED])
        known.take(lines[_LISTED:_KNOWN])
        taken, taken_in = work(known.take, lines[-_LISTED:])
        assert len(taken) == new
        steps.append(taken_in)
    # One that is new is compared with all that are known of its second.
    assert steps[0] <= 2 * steps[1] + 10 * new * _KNOWN
