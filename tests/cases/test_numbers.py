"""Numbers as contacts have them and as servers write who called."""

import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.sip_account.calls.phone_book import PhoneBook, Regions
from custom_components.sip_account.calls.spelling import (
    as_dialled,
    as_people_write,
    load_rules,
    spelled,
)
from custom_components.sip_account.calls.vcard import Contact

CASES = sorted((Path(__file__).parent / "numbers").glob("*.json"))


@pytest.fixture(autouse=True)
def _rules() -> None:
    load_rules()


def test_many_countries() -> None:
    """Numbers of twenty-five countries and more."""
    regions = {json.loads(case.read_text())["region"] for case in CASES}
    assert len(regions) > 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_whose_it_is(case: Path) -> None:
    """A contact is found by each of its spellings, and by no number of another."""
    told: dict[str, Any] = json.loads(case.read_text())
    contact = Contact("Bob", (told["contact"],))
    book = PhoneBook([contact], Regions(book=told["region"]))
    found = {
        party: book.find(f"{party}@example.com")
        for party in told["is"] + told["is_not"]
    }
    assert found == dict.fromkeys(told["is"], "Bob") | dict.fromkeys(told["is_not"])
    for spelling in told["is"]:
        if spelling.startswith("+"):
            assert book.knows(spelling)
            (forgotten,) = book.with_contact("", [spelling])
            assert PhoneBook([contact], book.regions, by_hand=[forgotten]).known == ()


@pytest.mark.parametrize(
    ("number", "home", "shown"),
    [
        ("+31208005161", "NL", "020 800 5161"),
        ("+31208005161", "DE", "+31 20 800 5161"),
        ("+31208005161", None, "+31 20 800 5161"),
        ("0208005161", "NL", "0208005161"),
        ("+9990000000", "NL", "+9990000000"),
        ("+3120", "NL", "+3120"),
    ],
)
def test_as_people_write(number: str, home: str | None, shown: str) -> None:
    """In groups, if it is a number of any country."""
    assert as_people_write(number, home) == shown


@pytest.mark.parametrize("number", ["+9990000000", "+3120", "+19"])
def test_a_number_of_no_country(number: str) -> None:
    """It is what is written, and belongs nowhere."""
    known = spelled(number)
    assert known is None or (known.written, known.national, known.country) == (
        number,
        (),
        None,
    )


@pytest.mark.parametrize(
    ("number", "region", "written"),
    [
        ("110", "DE", "110"),
        ("112", "AT", "112"),
        ("116117", "DE", "116117"),
        ("22833", "DE", "22833"),
        ("2530000", "US", "2530000"),
        ("911", "US", "911"),
        ("10086", "CN", "10086"),
        ("27888", "LU", "+35227888"),
        ("208005161", "NL", "+31208005161"),
        ("0800123", "NL", "+31800123"),
    ],
)
def test_short_codes(number: str, region: str, written: str) -> None:
    """They are not numbers of the country with the same digits."""
    known = spelled(number, region)
    assert known is not None
    assert known.written == written


@pytest.mark.parametrize(
    ("typed", "region", "dialled"),
    [
        ("020 800 5161", "NL", "+31208005161"),
        ("020 800 5161", None, "020 800 5161"),
        ("208005161", "NL", "208005161"),
        ("30123456", "DE", "30123456"),
        ("030 123456", "DE", "+4930123456"),
        ("110", "DE", "110"),
        ("212 555 0142", "US", "+12125550142"),
        ("1 212 555 0142", "US", "+12125550142"),
        ("555 0142", "US", "555 0142"),
        ("32 12 34 56", "DK", "+4532123456"),
        ("06 6982", "IT", "+39066982"),
        ("66982", "IT", "66982"),
        ("8 0152 45-09-11", "BY", "+375152450911"),
        ("0031 20 800 5161", "DE", "0031 20 800 5161"),
        ("020 800 5161 ext. 12", "NL", "020 800 5161 ext. 12"),
        ("bob@example.com", "NL", "bob@example.com"),
        ("**611", "DE", "**611"),
    ],
)
def test_as_dialled(typed: str, region: str | None, dialled: str) -> None:
    """Calls go where all who dial a number in that country would reach somebody."""
    assert as_dialled(typed, region) == dialled
