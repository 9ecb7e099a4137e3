"""The last that is kept or found, and the first that is not."""

from typing import Any

import pytest

from custom_components.sip_account.calls import memory
from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.calls.phone_book import (
    PhoneBook,
    is_number_or_address,
)
from custom_components.sip_account.calls.vcard import Contact

from .lists import MORNING, Home, people, read, row


def _book(number: str) -> PhoneBook:
    return PhoneBook([Contact("Bob", (number,))])


def test_longest_party() -> None:
    """255 characters of a party are looked up, and no more."""
    longest = "b" * 243 + "@example.com"
    assert len(longest) == 255
    for party, name in ((longest, "Bob"), (f"b{longest}", None)):
        assert _book(party).find(party) == name
        assert is_number_or_address(party) is bool(name)


@pytest.mark.parametrize(
    ("written", "party", "name"),
    [
        ("+49123456789", "0123456789", "Bob"),  # nine digits in common
        ("+4923456789", "0123456789", None),
        ("+49823456789", "0723456789", None),  # eight
        ("123456789", "+49123456789", "Bob"),
        ("23456789", "+4923456789", None),  # a number of eight has no ending
        ("23456789", "23456789", "Bob"),
    ],
)
def test_last_nine_digits(written: str, party: str, name: str | None) -> None:
    """A national number and an international one agree in nine digits."""
    assert _book(written).find(party) == name


def test_no_name_for_two() -> None:
    """Two people whose numbers end alike are both found by their whole number only."""
    book = PhoneBook(
        [Contact("Bob", ("+49123456789",)), Contact("Eve", ("+31123456789",))]
    )
    assert book.find("+49123456789") == "Bob"
    assert book.find("+31123456789") == "Eve"
    assert book.find("0123456789") is None


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
    calls = people(12)
    # What is new is added after the rest was trimmed, so each list is looked at twice.
    for first, end, kept in ((0, 3, 3), (2, 5, 5), (3, 6, 5), (3, 12, 9)):
        home.look(calls[first:end])
        assert home.look(calls[first:end]) == 0
        assert _rows(home) == kept
    home.restart()
    assert home.look(calls[3:12]) == 0


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
    ("number", "left"),
    [
        ("+49 (0)30-1234", ("bob@example.com", "office")),
        ("SIP:Bob@Example.com;user=phone", ("+49301234", "office")),
        ("office", ("+49301234", "bob@example.com")),
        ("reception", ("+49301234", "bob@example.com", "office")),
    ],
)
def test_every_spelling_of_a_number(number: str, left: tuple[str, ...]) -> None:
    """A name is changed at whatever is the same number, address or word."""
    bob = Contact("Bob", ("+49301234", "bob@example.com", "office"))
    kept = PhoneBook([bob]).with_contact(number, "Eve")
    assert kept == [Contact("Eve", (number,)), Contact("Bob", left)]
    assert PhoneBook([bob]).with_contact(number, "") == [Contact("Bob", left)]
