"""Contacts of any phone, and the names that calls get from them."""

from hypothesis import given, strategies as st
import pytest

from custom_components.sip_account.calls.phone_book import (
    CONTACTS_AT_MOST,
    PhoneBook,
    Regions,
    is_number_or_address,
)
from custom_components.sip_account.calls.spelling import load_rules
from custom_components.sip_account.calls.vcard import Contact, read_vcards


def card(*lines: str) -> bytes:
    """Make a file of one card."""
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]).encode()


@pytest.mark.parametrize(
    ("lines", "contact"),
    [
        (("FN:Bob", "TEL:1234"), Contact("Bob", ("1234",))),
        (("fn:Bob", "tel;type=cell:1234"), Contact("Bob", ("1234",))),
        (("N:Example;Bob;;;", "TEL:1234"), Contact("Bob Example", ("1234",))),
        (("ORG:Bakery", "TEL:1234"), Contact("Bakery", ("1234",))),
        (("FN:Bob", "TEL:1", "TEL:2"), Contact("Bob", ("1", "2"))),
        (("FN:Long", " er name", "TEL:1"), Contact("Longer name", ("1",))),
        (("FN:A\\, B\\nC", "TEL:1"), Contact("A, B C", ("1",))),
        (("FN:Bob", "TEL;VALUE=uri:tel:+31-20;ext=5"), Contact("Bob", ("+31-20",))),
        (("FN:Bob", "IMPP:SIP:bob@x.example"), Contact("Bob", ("bob@x.example",))),
        (
            ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:J=F6rg", "TEL:1"),
            Contact("Jörg", ("1",)),
        ),
        (
            ("FN;ENCODING=QUOTED-PRINTABLE:J=C3=", "=B6rg", "TEL:1"),
            Contact("Jörg", ("1",)),
        ),
    ],
    ids=str,
)
def test_forms(lines: tuple[str, ...], contact: Contact) -> None:
    """What is in a card."""
    assert read_vcards(card(*lines), 10).contacts == [contact]


@pytest.mark.parametrize(
    "lines",
    [
        ("FN:Bob",),
        ("TEL:1",),
        ("FN:Bob", "EMAIL:bob@x.example"),
        ("FN:Bob", "IMPP:xmpp:bob@x.example", "URL:https://x.example/"),
        ("FN:\u202e\u200b", "TEL:1"),
        (),
    ],
    ids=str,
)
def test_nothing_to_use(lines: tuple[str, ...]) -> None:
    """Cards without a name, or without a number."""
    assert read_vcards(card(*lines), 10).contacts == []


def test_encodings() -> None:
    """Files of old phones, and of other systems."""
    text = card("FN:Jörg", "TEL:1").decode()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "latin-1"):
        assert read_vcards(text.encode(encoding), 10).contacts[0].name == "Jörg"


def test_bounded() -> None:
    """So many contacts and no more."""
    many = card("FN:Bob", "TEL:1") * (CONTACTS_AT_MOST + 7)
    assert len(read_vcards(many, CONTACTS_AT_MOST).contacts) == CONTACTS_AT_MOST


@given(st.binary(max_size=300) | st.text(max_size=300).map(card))
def test_any_file(data: bytes) -> None:
    """Nothing is raised, whatever was uploaded."""
    for contact in read_vcards(data, 10).contacts:
        assert contact.name
        assert contact.numbers


load_rules()
BOOK = PhoneBook(
    [
        Contact("Dentist", ("+31 (0)20-800 51 61", "020 800 51 61")),
        Contact("Bob", ("sip:Bob@Example.com", "0044 20 7946 0123")),
        Contact("One", ("+4915112345678",)),
        Contact("Two", ("+43915112345678",)),
        Contact("Alarm", ("112",)),
        Contact("Door", ("**611", "42")),
    ],
    Regions(book="NL"),
)


@pytest.mark.parametrize(
    ("party", "name"),
    [
        ("sip:0031208005161@example.com", "Dentist"),
        ("+31208005161@example.com", "Dentist"),
        ("0208005161@pbx.example", "Dentist"),
        ("208005161@pbx.example", "Dentist"),
        ("sip:bob@example.com", "Bob"),
        ("SIPS:BOB@EXAMPLE.COM;transport=tls", "Bob"),
        ("bob@example.org", None),
        ("+442079460123@x.example", "Bob"),
        ("02079460123@x.example", "Bob"),
        ("004915112345678@x.example", "One"),
        ("015112345678@x.example", "One"),
        ("**611@x.example", "Door"),
        ("42@x.example", "Door"),
        ("142@x.example", None),
        ("112@x.example", "Alarm"),
        ("1112@x.example", None),
        ("anonymous@anonymous.invalid", None),
        ("", None),
    ],
)
def test_find(party: str, name: str | None) -> None:
    """By address, by number in every spelling, or by what is dialled at home."""
    assert BOOK.find(party) == name


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("+31208005161", True),
        ("sip:bob@example.com", True),
        ("bob", False),
        ("@example.com", False),
        ("12", True),
        ("**611", True),
        ("1", False),
        ("", False),
    ],
)
def test_is_number_or_address(text: str, right: bool) -> None:
    """What a call could come from."""
    assert is_number_or_address(text) is right


def test_long_utf_16() -> None:
    """A file of UTF-16 is read in pieces, the ends of which are in the midst of it."""
    people = [Contact(f"Bob {number}", (f"{number}",)) for number in range(10_000)]
    cards = b"".join(card(f"FN:{bob.name}", f"TEL:{bob.numbers[0]}") for bob in people)
    data = cards.decode().encode("utf-16")
    assert len(data) > 3 * 256 * 1024
    assert read_vcards(data, 10_000).contacts == people


@pytest.mark.parametrize(("length", "name"), [(8192, "Bob"), (8193, None)])
def test_long_quoted_line(length: int, name: str | None) -> None:
    """A line that goes on is put together up to 8 KiB."""
    begun = "FN;ENCODING=QUOTED-PRINTABLE:"
    begun += " " * (length - len(begun) - 1) + "="
    wanted = [Contact(name, ("1",))] if name else []
    assert read_vcards(card(begun, "Bob", "TEL:1"), 10).contacts == wanted


def test_longest_line() -> None:
    """8 KiB of a line are read, and as much of what it was folded from."""
    long = "TEL;X=" + "x" * (8 * 1024 - 11)
    for more, numbers in ((":1234", ("1234",)), ("x:1234", ("123",))):
        (contact,) = read_vcards(card("FN:Bob", "TEL:1", f"{long}{more}"), 10).contacts
        assert contact.numbers == ("1", *numbers)
    folded = ["TEL:", " " + "1" * 100, " " + "2" * 155]
    (contact,) = read_vcards(card("FN:Bob", *folded), 10).contacts
    assert contact.numbers == ("1" * 100 + "2" * 155,)
    assert read_vcards(card("FN:Bob", *folded, " 3"), 10).contacts == []


def test_most_numbers() -> None:
    """50 numbers of a contact, and 100 characters of its name."""
    lines = [f"TEL:{number}" for number in range(100, 151)]
    (contact,) = read_vcards(card("FN:" + "B" * 101, *lines), 10).contacts
    assert contact.name == "B" * 100
    assert contact.numbers == tuple(str(number) for number in range(100, 150))


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("item1.TEL:1234", ("1234",)),
        ("URL:sip:bob@x.example", ("bob@x.example",)),
        ("IMPP:bob@x.example", ()),
        ("URL:x.example", ()),
        ("X-SIP:bob@x.example", ("bob@x.example",)),
        ("TEL:callto:1234", ()),
        ("TEL:tel:%2B31", ("+31",)),
        ("TEL:sips:bob@x.example;x=1", ("bob@x.example",)),
        ("TEL:tel:", ()),
        ('TEL;CHARSET="UTF-8":12', ("12",)),
    ],
)
def test_numbers(line: str, numbers: tuple[str, ...]) -> None:
    """Numbers and SIP addresses, but no other links."""
    (contact,) = read_vcards(card("FN:Bob", "TEL:1", line), 10).contacts
    assert contact.numbers == ("1", *numbers)


def test_first_name_counts() -> None:
    """Of two names the first, and of all kinds the one for people."""
    lines = ("N:Example;Robert", "ORG:Bakery", "FN:Bob", "FN:Rob", "TEL:1")
    assert read_vcards(card(*lines), 10).contacts == [Contact("Bob", ("1",))]
    assert (
        read_vcards(card("N:;", "ORG:Bakery", "TEL:1"), 10).contacts[0].name == "Bakery"
    )
    assert read_vcards(card("N:Example", "TEL:1"), 10).contacts[0].name == "Example"


def test_cards_in_disorder() -> None:
    """What stands between cards is in none, and a card that begins ends the other."""
    one = card("FN:Bob", "TEL:1").decode()
    assert (
        read_vcards(f"TEL:2\r\n{one}TEL:3\r\n{one}".encode(), 10).contacts
        == [Contact("Bob", ("1",))] * 2
    )
    begun = "BEGIN:VCARD\r\nFN:Eve\r\nTEL:2\r\n"
    both = [Contact("Eve", ("2",)), Contact("Bob", ("1",))]
    assert read_vcards((begun + one).encode(), 10).contacts == both
    assert read_vcards(b"END:VCARD\r\n" + one.encode(), 10).contacts == [
        Contact("Bob", ("1",))
    ]
    assert read_vcards(one.replace("\r\n", "\r").encode(), 10).contacts[0].name == "Bob"
    assert len(read_vcards(one.encode() * 3, 2).contacts) == 2
