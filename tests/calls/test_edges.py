"""The last that is kept or found, and the first that is not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from custom_components.sip_account.calls import memory
from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.calls.memory import Memory
from custom_components.sip_account.calls.phone_book import (
    PhoneBook,
    is_number_or_address,
)
from custom_components.sip_account.calls.rows import Listed, Row
from custom_components.sip_account.calls.spelling import load_rules
from custom_components.sip_account.calls.vcard import Contact

from .lists import MORNING, Home, hourly, people, read, row


def _book(number: str) -> PhoneBook:
    return PhoneBook([Contact("Bob", (number,))])


def test_longest_party() -> None:
    """255 characters of a party are looked up, and no more."""
    longest = "b" * 243 + "@example.com"
    assert len(longest) == 255
    for party, name in ((longest, "Bob"), (f"b{longest}", None)):
        assert _book(party).find(party) == name
        assert is_number_or_address(party) is bool(name)


def test_no_name_for_two() -> None:
    """Two people who are dialled alike at home are found by their whole number only."""
    load_rules()
    book = PhoneBook(
        [Contact("Bob", ("+49301234567",)), Contact("Eve", ("+31301234567",))]
    )
    assert book.find("+49301234567") == "Bob"
    assert book.find("+31301234567") == "Eve"
    assert book.find("0301234567") is None


@pytest.mark.parametrize(("number", "name"), [(199, None), (200, "Bob"), (201, "Bob")])
async def test_long_lists_are_looked_through_aside(
    number: int, name: str | None
) -> None:
    """The same names come of a list of any length, of the very same list at once."""
    book = _book("sip:caller199@example.net")
    calls = read(people(number))
    named = await book.async_named(calls)
    assert named is not None
    assert [call.name for call in named if call.name] == ([name] if name else [])
    assert await book.async_named(calls) is named


def test_begins_anew() -> None:
    """A home that kept nothing tells of nothing that was there before."""
    home = Home(CallLog.from_stored(None))
    assert home.look(people(3)) == 0
    assert home.look(people(4)) == 1


def _rows(home: Home) -> int:
    stored: dict[str, Any] = home.log.as_stored()
    return len(stored["rows"])


def test_so_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are forgotten beyond the limit, but nothing of what is listed."""
    monkeypatch.setattr(memory, "_KEPT_ON_A_SIDE", 5)
    home = Home()
    calls = people(14)
    # What is new is added after the rest was trimmed, so each list is looked at twice.
    for first, end, kept in ((0, 3, 3), (2, 5, 5), (3, 6, 5), (3, 12, 9), (9, 14, 5)):
        home.look(calls[first:end])
        assert home.look(calls[first:end]) == 0
        assert _rows(home) == kept
    home.restart()
    assert home.look(calls[9:14]) == 0


def test_effort() -> None:
    """A list is looked at once for each past that is kept in mind."""
    home = Home()
    calls = read(people(7))
    assert home.log.effort(calls) == 7
    home.log._memories *= 3
    assert home.log.effort(calls) == 21


@pytest.mark.parametrize("written", ["", "0000-00-00 00:00:00"])
def test_no_time(written: str) -> None:
    """A call at no time is known by what was written."""
    home = Home()
    odd = row(MORNING) | {"date": written, "timestamp": None}
    home.look(people(2))
    assert home.look([*people(2), odd]) == 1
    home.restart()
    assert home.look([*people(2), odd]) == 0


@pytest.mark.parametrize(
    ("gap", "late", "certain"),
    [
        (300, 0, True),
        (301, 0, False),
        (300, 120, True),
        (300, 121, False),
        (300, -420, True),
        (300, -421, False),
        (0, -120, True),
        (0, -121, False),
        (None, 0, False),
    ],
)
@pytest.mark.parametrize("looks", [1, 2])
def test_began_since(looks: int, gap: float | None, late: int, certain: bool) -> None:
    """Within five minutes of the last poll, by the server's clock to two minutes."""
    log = CallLog()
    log.look(read(hourly(0, 5)))
    (call,) = log.look(read(hourly(0, 6)), 60, 60)
    assert log.may_be_told(call)
    log.see(call)
    elapsed = (3600 - late) / looks
    for _ in range(1, looks):
        assert log.look(read(hourly(0, 6)), elapsed, 60) == []
    (call,) = log.look(read(hourly(0, 7)), elapsed, gap)
    assert log.may_be_told(call) is not certain


def test_measured_by_the_newest() -> None:
    """The server's clock is read off the call that ended last, if it is known."""
    log = CallLog()
    log.look(read(hourly(0, 5)))
    late = row(MORNING + timedelta(hours=5), "sip:erin@example.net", duration=9)
    for call in log.look(read([*hourly(0, 6), late]), 60, 60):
        log.see(call)
    (call,) = log.look(read([*hourly(0, 7), late]), 3600 + 118, 0)
    assert not log.may_be_told(call)
    log.see(call)
    assert log.look(read([*hourly(0, 7), late])) == []  # after an unknown time
    (call,) = log.look(read([*hourly(0, 8), late]), 3600, 60)
    assert log.may_be_told(call)


def test_nothing_to_keep() -> None:
    """Nothing is written where nothing new was seen, nor at a start."""
    home = Home()
    assert not home.log.changed
    home.look(people(3))
    assert home.saves == 1
    home.look(people(3))
    home.restart()
    home.look(people(3))
    assert home.saves == 1
    home.look(people(4))
    assert home.saves == 2


def test_a_change_either_way_is_kept() -> None:
    """A call that is told otherwise is neither more nor less than it was."""
    log = CallLog()
    told = row(MORNING, "sip:bob@example.com") | {"duration": 5}
    for more, changed in (
        ({"status": None}, True),
        ({"status": 200}, True),
        ({"status": 200}, False),
        ({"status": 200, "price": 1}, True),
    ):
        log.look(read([told | more]))
        assert log.changed is changed
        log.changed = False


def test_oldest_first() -> None:
    """New calls are told of in the order in which they began."""
    home = Home()
    home.look(people(2))
    assert home.look(reversed(people(6))) == 4
    assert [call.started_text for call in home.told] == [
        one["date"] for one in people(6)[2:]
    ]


def test_how_much_is_remembered() -> None:
    """Four zones, eight lists by their words, and 400 calls of each side."""
    kept = Memory()
    for number in range(10):
        kept = kept.after([], {}, 3600 * (number // 2), f"list {number}")
    assert kept.offsets == (3600, 7200, 10_800, 14_400)
    assert [words for words, _ in kept.lists] == [f"list {at}" for at in range(2, 10)]
    assert kept.zone_of("list 2") == 3600
    assert kept.zone_of("list 1") is None
    kept = kept.after([], {}, 7200, "list 5")
    assert kept.offsets == (3600, 10_800, 14_400, 7200)
    assert kept.lists[-1] == ("list 5", 7200)
    assert len(kept.lists) == 8
    rows = [Listed.of(call).row for call in reversed(read(people(401)))]
    placed = [replace(one, side="outgoing") for one in rows[:400]]
    kept = Memory((*rows, *placed)).after([], {}, 0, "")
    assert kept.rows == (*rows[1:], *placed)


@pytest.mark.parametrize(
    ("known", "told", "kept"),
    [
        (None, 5, 5),
        (5, None, 5),
        (5, 7, 7),
        (7, 5, 7),
        (0, None, 0),
        (None, None, None),
    ],
)
def test_what_comes_and_goes(
    known: int | None, told: int | None, kept: int | None
) -> None:
    """Of lengths and prices the greatest is kept, and of statuses the first."""
    (call,) = read([row(MORNING)])
    listed = Listed.of(call)
    new = replace(listed.row, duration=told, status=told, price=told)
    old = replace(listed.row, duration=known, status=known, price=known)
    found = old.with_news_of(replace(listed, row=new))
    assert (found.duration, found.price) == (kept, kept)
    assert found.status == (told if known is None else known)


@pytest.mark.parametrize("name", ["duration", "status", "price"])
@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [(5, 5, True), (5, 6, False), (5, None, True), (0, 5, False)],
)
def test_alike(name: str, one: int, other: int | None, alike: bool) -> None:
    """Two rows may be one call where nothing that is known of both differs."""
    (call,) = read([row(MORNING)])
    bare = replace(Listed.of(call).row, duration=None, status=None, price=None)
    as_one: dict[str, Any] = {name: one}
    as_other: dict[str, Any] = {name: other}
    first, second = replace(bare, **as_one), replace(bare, **as_other)
    assert first.is_like(second) is second.is_like(first) is alike


def test_moved() -> None:
    """A row is moved with its words; one without a time stays where it is."""
    (call,) = read([row(MORNING, duration=9, status=200)])
    here = Listed.of(call).row
    there = here.moved(3600)
    assert (there.started, there.end) == ("2026-10-20 07:00:00", (here.at or 0) - 3591)
    assert there.moved(-3600) == here
    odd = replace(here, at=None, started="yesterday")
    assert odd.moved(3600) is odd
    assert odd.when == "yesterday"


def test_all_memories_are_kept() -> None:
    """Where the calls can be read in two ways, both are known again after a start."""
    rows = [Row("received", f"sip:{who}@example.net", "then", who) for who in "ab"]
    stored = CallLog(tuple(Memory().with_calls([one]) for one in rows)).as_stored()
    assert len(stored["others"]) == 1
    assert CallLog.from_stored(stored).as_stored() == stored


def test_a_row_is_what_was_written() -> None:
    """It is the same one in whatever zone it is read."""
    one = Row("received", "sip:bob@example.net", "2026-11-26 10:00:00", "s1")
    assert replace(one, at=1) == replace(one, at=2)
