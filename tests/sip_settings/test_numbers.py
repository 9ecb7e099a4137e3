"""Numbers as they are written, to the very character."""

import pytest

from custom_components.sip_account.sip_settings.numbers import (
    phone_number,
    read_number,
)

DIGITS = "31208005161"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+31208005161", "+31208005161"),
        ("0031208005161", "+31208005161"),
        ("31208005161", "31208005161"),
        ("0208005161", "0208005161"),
        ("+", None),
        ("00", None),
        ("000", "000"),
        ("0000", None),
        ("00012", None),
        ("+0208005161", None),
        ("+000", None),
        ("112", "112"),
        ("12", None),
        ("+12", None),
        ("+123", "+123"),
        ("0" + "1" * 31, "0" + "1" * 31),
        ("0" + "1" * 32, None),
        ("+" + "1" * 32, "+" + "1" * 32),
        ("+" + "1" * 33, None),
        ("", None),
        ("bob", None),
    ],
)
def test_international(text: str, number: str | None) -> None:
    """What begins with a plus or two noughts is, if a country code follows."""
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tel:+31208005161", "+31208005161"),
        ("TEL:0208005161", "0208005161"),
        ("tel:tel:0208005161", None),
        ("sip:0208005161", None),
        ("'0208005161'", "0208005161"),
        ("\u201c 0208005161 \u201d", "0208005161"),
        ("+31 (0)20-800.51/61", "+31208005161"),
        ("+31 [0] 20 8005161", "+31208005161"),
        ("+31(0)20(0)8005161", "+312008005161"),
        ("+31%20208005161", "+31208005161"),
        ("020\t800\n5161", "0208005161"),
        ("020_8005161", None),
        ("020x", None),
    ],
)
def test_what_adorns_a_number(text: str, number: str | None) -> None:
    """Blanks, brackets, quotes and a scheme are left out, and one nought of a trunk."""
    assert read_number(text) == number


@pytest.mark.parametrize(
    "behind",
    [",1", ";1", "#1", " ext. 5", " x5", " (Home)", " Home", "/Home", " / Home"],
)
def test_what_stands_behind(behind: str) -> None:
    """It is left out, or makes it no number for who wants the whole."""
    text = f"0208005161{behind}"
    assert read_number(text) == "0208005161"
    assert read_number(text, whole=True) is None
    assert read_number("0208005161", whole=True) == "0208005161"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12345 Home", None),
        ("123456 Home", "123456"),
        ("12 34 56 Home", "123456"),
        ("1-800-FLOWERS", None),
        ("Home", None),
        ("#123", None),
        ("x123", None),
        ("123#", "123"),
        ("1234567 x8", "1234567"),
    ],
)
def test_words_behind(text: str, number: str | None) -> None:
    """Six digits at least stand before words, or they may be digits themselves."""
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("character", "plain"),
    [
        ("\u0665", "5"),
        ("\uff15", "5"),
        ("\u2013", ""),
        ("\u2010", ""),
        ("\u00a0", ""),
        ("\u2009", ""),
        ("\u200e", ""),
        ("\u202c", ""),
        ("\u0085", ""),
        ("\u00ad", ""),
        ("\uff08", ""),
        ("\uff0e", ""),
        ("\u00f6", None),
        ("\u5c71", None),
        ("\u2160", None),
        ("\u00bd", None),
        ("\u0301", None),
        ("\u20ac", None),
        ("\u2022", None),
        ("\ue000", None),
        ("\ufdfa", None),
        ("\uff0b", None),
    ],
)
def test_other_characters(character: str, plain: str | None) -> None:
    """Digits, dashes and blanks of all writings are read, letters are no number."""
    number = None if plain is None else f"02080{plain}05161"
    assert read_number(f"02080{character}05161") == number
    assert phone_number(f"02080{character}05161") == (
        number if character not in "\u2013\u2010\u00a0\u2009\uff08\uff0e" else None
    )


def test_a_plus_of_another_writing() -> None:
    """It is one, as digits are."""
    assert read_number("\uff0b\uff13\uff11208005161") == "+31208005161"
    assert phone_number("\uff0b\uff13\uff11208005161") == "+31208005161"
    assert phone_number("+31\u2013208\u00a0005161") == "+31208005161"


@pytest.mark.parametrize("blank", [" ", "\u00a0"])
def test_the_longest(blank: str) -> None:
    """256 characters are read at most, and a longer text is no number."""
    text = DIGITS + blank * (256 - len(DIGITS))
    assert read_number(text) == DIGITS
    assert read_number(text + blank) is None


@pytest.mark.parametrize(
    ("party", "number"),
    [
        ("0031208005161@example.com", "+31208005161"),
        ("+31208005161@example.com", "+31208005161"),
        ("0208005161", "0208005161"),
        ("12", "12"),
        ("1", None),
        ("00@example.com", None),
        ("000", "000"),
        ("+12", "+12"),
        ("0031208005161;phone-context=x@example.com", "+31208005161"),
        ("tel:+31208005161@example.com", "+31208005161"),
        ("SIPS:+31208005161@example.com", "+31208005161"),
        ("tel:tel:+31208005161", None),
        ("+31208005161,5@example.com", "+31208005161"),
        ("+31(0)20-800.51 61@example.com", "+31208005161"),
        ("+31 (0)20-800.51.61@example.com", "+31208005161"),
        ("+31 (0) 20 800 5161@example.com", "+31208005161"),
        ("+31(0)20(0)8005161@example.com", "+312008005161"),
        ("%2B31208005161@example.com", "+31208005161"),
        ("020 800 5161@example.com", None),
        ("31-208005161@example.com", None),
        ("bob@example.com", None),
        ("@example.com", None),
        ("", None),
    ],
)
def test_the_number_in_an_address(party: str, number: str | None) -> None:
    """Where it says that it is one: a name may have digits and dashes, too."""
    assert phone_number(party) == number
