"""Whose numbers are whose, to the very character, and what calls are named by."""

import asyncio
import sys
from typing import Any

import pytest

from custom_components.sip_account.calls.phone_book import (
    CONTACTS_AT_MOST,
    Known,
    Origin,
    PhoneBook,
    Regions,
    is_number_or_address,
)
from custom_components.sip_account.calls.spelling import (
    Spelled,
    as_dialled,
    as_people_write,
    load_rules,
    spelled,
)
from custom_components.sip_account.calls.vcard import Contact

from .test_recent import call

load_rules()
ERIN = Contact("Erin", ("+31208005162",))
FRANK = Contact("Frank", ("+31208005163",))

CANADA = ("14165550123", "4165550123")
AMERICA = ("12125550142", "2125550142")


def named(book: PhoneBook, *calls: Any) -> Any:
    """Return calls as a book names them."""
    return asyncio.run(book.async_named(calls))


def test_the_longest() -> None:
    """255 characters of a number or address are looked at, and no more."""
    address = f"{'x' * 243}@example.com"
    assert len(address) == 255
    long = f"x{address}"
    book = PhoneBook([Contact("Bob", (address, long))])
    assert is_number_or_address(address)
    assert not is_number_or_address(long)
    assert book.find(address) == "Bob"
    assert book.find(long) is None


@pytest.mark.parametrize(
    ("code", "known"),
    [("1", False), ("*1", True), ("#" * 32, True), ("#" * 33, False), ("1a", False)],
)
def test_codes(code: str, *, known: bool) -> None:
    """What a telephone at home understands has two characters at least, 32 at most."""
    book = PhoneBook([Contact("Door", (code,))])
    assert is_number_or_address(code) is known
    assert book.find(f"{code}@example.com") == ("Door" if known else None)


@pytest.mark.parametrize("text", ["bob@", "@example.com", "@", "tel:", "sip:bob"])
def test_halves_of_addresses(text: str) -> None:
    """An address has both of its sides."""
    assert not is_number_or_address(text)


def test_the_first_of_two_wins() -> None:
    """Of those by hand, then of a file, then of an address book."""
    other = Contact("Other", ERIN.numbers)
    assert PhoneBook([ERIN, other]).find("+31208005162") == "Erin"
    # Whoever shares a number is dialled as it is at home, too.
    for first, second in ((ERIN, other), (other, ERIN)):
        assert PhoneBook([first, second]).find("0208005162") == first.name
    assert PhoneBook([other], shared=[ERIN]).find("+31208005162") == "Other"
    assert PhoneBook([other], by_hand=[ERIN]).find("+31208005162") == "Erin"
    book = PhoneBook([Contact("A", ("a@b.example",)), Contact("B", ("A@B.example",))])
    assert book.find("a@b.example") == "A"


def test_two_who_are_dialled_alike() -> None:
    """No name is better than a wrong one, unless both have the same."""
    german = Contact("Doc", ("+49208005161",))
    dutch = ("+31208005161",)
    two = PhoneBook([german, Contact("Other", dutch)])
    assert two.find("0208005161") is None
    same = Contact("doc".title(), dutch)
    assert PhoneBook([german, same]).find("0208005161") == "Doc"
    assert PhoneBook([Contact("Other", dutch), german]).find("0208005161") is None
    three = PhoneBook([german, Contact("Other", dutch), Contact("Doc", dutch)])
    assert three.find("0208005161") is None
    assert three.find("+31208005161") == "Other"


def test_most_of_each_kind() -> None:
    """Of a file and of an address book as many are taken as there is a bound for."""
    many = [Contact("A", (f"a{n}@example.com",)) for n in range(CONTACTS_AT_MOST + 1)]
    last = f"a{CONTACTS_AT_MOST}@example.com"
    for book in (PhoneBook(many), PhoneBook(shared=many)):
        assert book.count == CONTACTS_AT_MOST
        assert book.find(last) is None
        assert book.find(f"a{CONTACTS_AT_MOST - 1}@example.com") == "A"


def test_each_spelling_once() -> None:
    """A contact is listed with each of its numbers once, whatever stands beside it."""
    twice = Contact("Erin", ("+31208005162", "0031 20 8005162", "erin@example.com"))
    gone = Contact("", ("erin@example.com",))
    book = PhoneBook([twice, FRANK, ERIN], by_hand=[gone])
    assert book.known == (
        Known("Erin", ("0031 20 8005162",), Origin.FILE),
        Known("Frank", FRANK.numbers, Origin.FILE),
    )
    assert book.count == 2
    assert book.knows("+31 20 800 5162")
    for other in ("erin@example.com", "+1", "+99", "zoe@example.com", ""):
        assert not book.knows(other)


def test_names_of_calls() -> None:
    """The book's name is shown instead of the caller's own, and where it is from."""
    calls = (
        call("0031208005162@example.com", number="+31208005162", name="E"),
        call("0031208005163@example.com", number="+31208005163", name="F"),
        call(None, name="N", name_source="caller"),
        call("", name="N", name_source="caller"),
    )
    first, second, *others = named(PhoneBook([ERIN]), *calls)
    assert (first.name, first.name_source) == ("Erin", "phone_book")
    assert (first.number, first.number_shown) == ("+31208005162", "+31 20 800 5162")
    assert first.country == "NL"
    assert (second.name, second.name_source) == ("F", None)
    assert tuple(others) == calls[2:]


def test_calls_are_looked_through_once() -> None:
    """The same list gets the same names, another one its own, and no book none."""

    async def look() -> None:
        book, calls = PhoneBook([ERIN]), (call("+31208005162@example.com"),)
        one = await book.async_named(calls)
        assert one is not None
        assert one[0].name == "Erin"
        assert await book.async_named(calls) is one
        other = await book.async_named((*calls, *calls))
        assert other == (*one, *one)
        book.take(PhoneBook([Contact("Other", ERIN.numbers)]))
        changed = await book.async_named((*calls, *calls))
        assert changed is not None
        assert [each.name for each in changed] == ["Other"] * 2
        assert await book.async_named(None) is None
        nobody = PhoneBook(regions=Regions(book="NL", home="NL"))
        assert await nobody.async_named(calls) is calls

    asyncio.run(look())


@pytest.mark.parametrize(
    ("regions", "number", "shown", "country"),
    [
        (Regions(account="NL"), "+31208005161", "+31 20 800 5161", "NL"),
        (Regions(account="NL", home="NL"), "+31208005161", "020 800 5161", "NL"),
        (Regions(account="DE", home="NL"), "+49208005161", "+49 208 005161", "DE"),
    ],
)
def test_as_it_is_dialled_where_the_account_is(
    regions: Regions, number: str, shown: str, country: str
) -> None:
    """Only where a person has said so; a number of no country stays as it is."""
    dialled = call("0208005161@example.com", number="0208005161")
    (one,) = named(PhoneBook(regions=regions), dialled)
    assert (one.number, one.number_shown, one.country) == (number, shown, country)
    assert one.name is None
    door = call("**611@example.com", number="**611")
    assert named(PhoneBook(regions=regions), door) == (door,)
    (unknown,) = named(PhoneBook([ERIN], Regions(book="NL", home="NL")), dialled)
    assert (unknown.number, unknown.country) == ("0208005161", None)


def test_taken_in_all() -> None:
    """A book that becomes another one finds, forgets and writes as that one does."""
    hand = [Contact("Hand", ("hand@example.com",)), Contact("", FRANK.numbers)]
    regions = Regions(book="NL", account="NL", home="NL")
    other = PhoneBook([ERIN, FRANK], regions, [Contact("Doc", ("0208005161",))], hand)
    book = PhoneBook([Contact("Old", ("old@example.com", "+49208005161"))])
    book.take(other)
    for party in ("hand@example.com", "+31208005162", "0208005161", "208005161"):
        assert book.find(party) == other.find(party) is not None
    for party in ("old@example.com", "+31208005163"):
        assert book.find(party) is None
    assert (book.contacts, book.shared) == (other.contacts, other.shared)
    assert (book.known, book.count) == (other.known, 3)
    assert book.regions == regions
    assert book.with_contact("", ["+31208005162"]) == other.with_contact(
        "", ["+31208005162"]
    )


@pytest.mark.parametrize(
    ("text", "region", "known"),
    [
        ("bob", "NL", None),
        ("0208005161", None, Spelled("0208005161")),
        ("0208005161", "ZZ", Spelled("0208005161")),
        (
            "0208005161",
            "NL",
            Spelled("+31208005161", ("0208005161", "208005161"), "NL"),
        ),
        (
            "+31208005161",
            "DE",
            Spelled("+31208005161", ("0208005161", "208005161"), "NL"),
        ),
        ("+390612345678", None, Spelled("+390612345678", ("0612345678",), "IT")),
        ("+14165550123", None, Spelled("+14165550123", CANADA, "CA")),
        ("+12125550142", "CA", Spelled("+12125550142", AMERICA, "US")),
        ("+80012345678", None, Spelled("+80012345678", ("12345678",), None)),
    ],
)
def test_spelled(text: str, region: str | None, known: Spelled | None) -> None:
    """With its digits at home, and its country, where there is one."""
    assert spelled(text, region) == known
    unknown = spelled("+31999999999")
    assert unknown is not None
    assert unknown.country == "NL"


def test_as_it_is_written_and_dialled() -> None:
    """Neither is guessed of what is no number, or of no country."""
    assert as_people_write("+0", "NL") == "+0"
    assert as_people_write("+31208005161", "NL") == "020 800 5161"
    assert as_people_write("+31208005161", "nl".upper()) == "020 800 5161"
    assert as_people_write("+4930123456", "NL") == "+49 30 123456"
    assert as_people_write("+4930123456", "DE") == "030 123456"
    assert as_people_write("**611", None) == "**611"
    assert as_dialled("+31208005161", "NL") == "+31208005161"
    assert as_dialled("0208005161", "ZZ") == "0208005161"
    # Without its prefix it is another one's number in each town.
    assert as_dialled("152 45-09-11", "BY") == "152 45-09-11"


def test_before_rules_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are compared, shown and dialled as they are written."""
    monkeypatch.delitem(sys.modules, "phonenumbers")
    for number in ("+31208005161", "0208005161"):
        assert spelled(number, "NL") == Spelled(number)
        assert as_people_write(number, "NL") == number
    assert as_dialled("020 800 5161", "NL") == "020 800 5161"
