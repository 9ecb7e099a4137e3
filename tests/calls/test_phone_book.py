"""What a person gives by hand, beside a file and an address book."""

from typing import Any

import pytest

from custom_components.sip_account.calls import phone_book
from custom_components.sip_account.calls.phone_book import (
    CONTACTS_AT_MOST,
    Known,
    Origin,
    PhoneBook,
    Regions,
)
from custom_components.sip_account.calls.spelling import (
    Spelled,
    load_rules,
    spelled,
)
from custom_components.sip_account.calls.vcard import Contact

load_rules()
NL = Regions(book="NL")
ERIN = Contact("Erin", ("+31208005162", "erin@example.com"))
DOC = Contact("Doc", ("0208005161",))


def book(*by_hand: Contact) -> PhoneBook:
    """Return a book with Erin in its file, and the doctor at an address."""
    return PhoneBook([ERIN], NL, [DOC], by_hand)


def test_known() -> None:
    """Each contact once, with where it comes from."""
    assert book().known == (
        Known("Erin", ERIN.numbers, Origin.FILE),
        Known("Doc", DOC.numbers, Origin.ADDRESS),
    )
    twice = PhoneBook([ERIN, ERIN], NL, [Contact("Erin", ("0031 20 800 51 62",))])
    assert twice.known == (Known("Erin", ERIN.numbers, Origin.FILE),)
    assert twice.count == 1
    # Two people at one telephone are two people.
    home = Contact("Frank", ("+31 20 800 5162",))
    assert PhoneBook([ERIN, home]).count == 2


@pytest.mark.parametrize("number", ["+31208005161", "0031 20-800 5161", "0208005161"])
def test_named_by_hand(number: str) -> None:
    """A name by hand wins over one from a file or an address, and is listed instead."""
    named = book(*book().with_contact("Dentist", [number]))
    assert named.by_hand == (Contact("Dentist", (number,)),)
    assert named.find("0031208005161@example.com") == "Dentist"
    assert named.known[0] == Known("Dentist", (number,), Origin.BY_HAND)
    assert [one.name for one in named.known] == ["Dentist", "Erin"]
    again = book(*named.with_contact("Dr. Who", ["020 800 5161"]))
    assert [one.name for one in again.known] == ["Dr. Who", "Erin"]


def test_one_number_of_several() -> None:
    """What is not named otherwise keeps the name that it has."""
    named = book(*book().with_contact("Office", ["SIP:Erin@Example.com;user=phone"]))
    assert named.find("erin@example.com") == "Office"
    assert named.find("+31208005162") == "Erin"
    assert named.known[1] == Known("Erin", ("+31208005162",), Origin.FILE)
    both = book(*named.with_contact("Erin B.", ERIN.numbers))
    assert both.by_hand == (Contact("Erin B.", ERIN.numbers),)
    one = book(*both.with_contact("Office", [ERIN.numbers[1]]))
    assert one.by_hand[1] == Contact("Erin B.", (ERIN.numbers[0],))


def test_forgotten() -> None:
    """What a file or an address would name again is remembered, all else is not."""
    gone = book(*book().with_contact("", ["020 8005161"]))
    assert gone.by_hand == (Contact("", ("020 8005161",)),)
    assert gone.find("0208005161") is None
    assert gone.find("+31208005161") is None
    assert not gone.knows("+31208005161")
    assert gone.count == 1
    assert book(*gone.with_contact("Doc", ["+31208005161"])).knows("0208005161")
    by_hand = book(Contact("Frank", ("**611",)))
    assert by_hand.knows("**611")
    assert by_hand.with_contact("", ["**611"]) == []
    assert book().with_contact("", ["**611"]) == []


def test_corrected() -> None:
    """Numbers that a contact no longer has are nobody's; new ones are named."""
    changed = book(*book().with_contact("Erin B.", ["+31208005163"], ERIN.numbers))
    assert changed.find("+31208005163") == "Erin B."
    assert changed.find("+31208005162") is None
    assert changed.find("erin@example.com") is None
    assert [one.name for one in changed.known] == ["Erin B.", "Doc"]


def test_dialled_alike() -> None:
    """As it was typed, a number is who a person has said, whoever is dialled alike."""
    german = Contact("Doktor", ("+49208005161",))
    unsure = PhoneBook([german], NL, [DOC])
    assert unsure.find("0208005161@example.com") is None
    by_hand = unsure.with_contact("Doctor", ["0208005161"])
    sure = PhoneBook([german], NL, [DOC], by_hand)
    assert sure.find("0208005161@example.com") == "Doctor"
    assert sure.find("+49208005161@example.com") == "Doktor"
    forgotten = PhoneBook([german], NL, [DOC], unsure.with_contact("", ["0208005161"]))
    assert forgotten.find("0208005161@example.com") is None
    # Not so where the country was typed as well.
    by_hand = unsure.with_contact("Doctor", ["+31208005161"])
    assert PhoneBook([german], NL, [DOC], by_hand).find("0208005161") is None


def test_most() -> None:
    """There is a bound for what is given by hand, too."""
    many = [Contact("A", (f"+3120{n:07}",)) for n in range(CONTACTS_AT_MOST + 1)]
    assert PhoneBook(by_hand=many).count == CONTACTS_AT_MOST


def test_taken() -> None:
    """A book that becomes another one is the other one in all."""
    taken = PhoneBook()
    taken.take(book(Contact("Frank", ("**611",))))
    assert [one.name for one in taken.known] == ["Frank", "Erin", "Doc"]
    assert taken.by_hand == (Contact("Frank", ("**611",)),)


PLAIN = "+4930123456"
AT_HOME = "+4930123456@home.example"
ELSEWHERE = "+4930123456@example.com"


@pytest.mark.parametrize("name", ["", "Office"])
@pytest.mark.parametrize("plain", ["by_hand", "file", "address"])
def test_address_with_a_number(name: str, plain: str) -> None:
    """Whoever names or forgets an address leaves the number itself to its contact."""
    frank = Contact("Frank", (PLAIN,))
    given: dict[str, Any] = {
        "contacts": [Contact("Home", (AT_HOME,))],
        "shared": [frank] if plain == "address" else [],
        "by_hand": [frank] if plain == "by_hand" else [],
    }
    if plain == "file":
        given["contacts"].append(frank)
    before = PhoneBook(**given)
    assert before.find(AT_HOME) == "Home"
    assert before.find(ELSEWHERE) == "Frank"
    given["by_hand"] = before.with_contact(name, [AT_HOME])
    after = PhoneBook(**given)
    assert after.find(AT_HOME) == (name or None)
    assert after.find(ELSEWHERE) == "Frank"
    assert after.find(PLAIN) == "Frank"


def test_address_with_a_number_of_nobody() -> None:
    """Where nobody has the number itself, it is whose address it is, as named last."""
    home, code = Contact("Home", (AT_HOME,)), Contact("Door", ("**611@home.example",))
    before = PhoneBook([home, code])
    assert before.find(ELSEWHERE) == "Home"
    assert before.find("**611@example.com") == "Door"
    named = PhoneBook([home, code], by_hand=before.with_contact("Office", [AT_HOME]))
    assert named.find(ELSEWHERE) == named.find(PLAIN) == "Office"
    gone = [*before.with_contact("", home.numbers), Contact("", code.numbers)]
    forgotten = PhoneBook([home, code], by_hand=gone)
    assert forgotten.find(ELSEWHERE) is forgotten.find(AT_HOME) is None
    assert forgotten.find("**611@example.com") is None
    # As it was typed, without a country.
    typed = PhoneBook(by_hand=[Contact("Doc", ("0208005161@home.example",))])
    assert typed.find("0208005161@example.com") == "Doc"


def test_nameless_in_a_file() -> None:
    """Nobody without a name is a contact."""
    nobody = PhoneBook([Contact("", ERIN.numbers)], NL, [Contact("", DOC.numbers)])
    assert nobody.known == ()


def test_each_number_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading it by the rules of its country is what a large book waits for."""
    read: list[str] = []

    def counted(text: str, region: str | None = None) -> Spelled | None:
        read.append(text)
        return spelled(text, region)

    monkeypatch.setattr(phone_book, "spelled", counted)
    contacts = [
        Contact(f"C {n}", (f"+31201234{n:03}", f"c{n}@a.org")) for n in range(9)
    ]
    PhoneBook(contacts, Regions(book="NL"), contacts)
    assert sorted(read) == sorted({*read})
    assert len(read) == 18


def test_taken_with_its_country() -> None:
    """A book that becomes another one reads numbers as that does."""
    book = PhoneBook((), Regions(book="US"))
    book.take(PhoneBook([Contact("Dave", ("020 1234567",))], Regions(book="NL")))
    assert book.knows("+31201234567")
