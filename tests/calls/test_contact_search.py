"""Contacts are found by what a person remembers of them."""

import pytest

from custom_components.sip_account.calls.contact_search import found_contacts
from custom_components.sip_account.calls.phone_book import PhoneBook, Regions
from custom_components.sip_account.calls.spelling import load_rules
from custom_components.sip_account.calls.vcard import Contact

load_rules()
BOOK = PhoneBook(
    [
        Contact("Zoë Müller", ("+31 20-800 5161",)),
        Contact("Ångström, Åsa", ("0049 30 1234567", "asa@example.com")),
        Contact("bob", ("020 8005162",)),
        Contact("Door", ("**611",)),
        Contact("Farsi", ("+۳۱۲۰۸۰۰۵۱۶۳",)),
    ],
    Regions(book="NL"),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Ångström, Åsa", "bob", "Door", "Farsi", "Zoë Müller"]),
        ("muller zoe", ["Zoë Müller"]),
        ("  MÜLLER ", ["Zoë Müller"]),
        ("Mu\u0308ller", ["Zoë Müller"]),
        ("zoe bob", []),
        ("BOB", ["bob"]),
        ("asa@EXAMPLE", ["Ångström, Åsa"]),
        ("+31208005161", ["Zoë Müller"]),
        ("0031 (0)20 800-51 61", ["Zoë Müller"]),
        ("020 800 51", ["bob", "Farsi", "Zoë Müller"]),
        ("00 31 20", ["bob", "Farsi", "Zoë Müller"]),
        ("5162", ["bob"]),
        ("۵۱۶۲", ["bob"]),
        ("8005163", ["Farsi"]),
        ("49.30", ["Ångström, Åsa"]),
        ("**611", ["Door"]),
        ("611", ["Door"]),
        ("+", ["Farsi", "Zoë Müller"]),
        ("()", []),
        ("nobody 5162", []),
    ],
)
def test_found(text: str, names: list[str]) -> None:
    """By parts of names without accents, and by digits however they are written."""
    assert [contact.name for contact in found_contacts(BOOK, text)] == names


def test_without_a_region() -> None:
    """Where nobody knows the country, digits are compared as they are."""
    book = PhoneBook([Contact("Zoë", ("0208005161",))])
    assert found_contacts(book, "020 800 5161")
    assert not found_contacts(book, "+31208005161")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Møller", "moller"),
        ("Łukasz", "lukasz"),
        ("Ærø", "AERO"),
        ("Đorđe", "dorde"),
        ("Guðrún", "gudrun"),
        ("Þóra", "thora"),
        ("Cœur", "coeur"),
        ("Iş\u0131k", "isik"),
        ("İpek", "ipek"),
        ("Groß", "gross"),
        ("GROẞ", "groß"),
        ("Moller", "MØLLER"),
    ],
)
def test_letters_that_a_key_lacks(name: str, typed: str) -> None:
    """Whoever has no such key types what looks or sounds like it."""
    assert found_contacts(PhoneBook([Contact(name, ("42",))]), typed)
