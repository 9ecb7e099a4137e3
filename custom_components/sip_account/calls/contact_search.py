"""Finds contacts by what a person remembers of them. Pure.

Accents, capitals and the order of words do not matter, nor how a number is written.
"""

import unicodedata

from .phone_book import Known, PhoneBook
from .spelling import spelled

_AROUND = frozenset(" +()-./\u00a0")
_INTERNATIONAL = "00"
# Letters that are no others with a mark, as people type them who have no such key; the
# card has the same.
_TYPED = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
    }
)


def found_contacts(book: PhoneBook, text: str) -> list[Known]:
    """Return the contacts that a text means, all for an empty one, by their names."""
    region = book.regions.book
    words = _folded(text).split()
    digits = _digits_typed(text, region)
    found = [
        contact
        for contact in book.known
        if _has_words(contact, words) or (digits and _has(contact, digits, region))
    ]
    return sorted(found, key=lambda contact: (_folded(contact.name), contact.numbers))


def _has_words(contact: Known, words: list[str]) -> bool:
    told = _folded(" ".join((contact.name, *contact.numbers)))
    return all(word in told for word in words)


def _has(contact: Known, wanted: set[str], region: str | None) -> bool:
    written = (_as_digits(number, region) for number in contact.numbers)
    return any(part in digits for digits in written for part in wanted)


def _as_digits(number: str, region: str | None) -> str:
    """Return all digits by which a number is known, one way after the other."""
    user = number.partition("@")[0]
    known = spelled(user, region)
    ways = (user, *((known.written, *known.national) if known else ()))
    return " ".join(map(_digits, ways))


def _digits_typed(text: str, region: str | None) -> set[str]:
    """Return the digits of what is a number, or the part of one; else none."""
    if not all(character in _AROUND or character.isdecimal() for character in text):
        return set()
    digits = _digits(text)
    known = spelled(text, region)
    ways = {digits, digits.removeprefix(_INTERNATIONAL)}
    if known:
        ways.add(_digits(known.written))
    return ways - {""}


def _digits(text: str) -> str:
    return "".join(str(int(one)) for one in text if one.isdecimal())


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return letters.casefold().translate(_TYPED)
