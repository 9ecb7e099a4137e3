"""Numbers as contacts have them and as servers write who called."""

import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.sip_account.calls.phone_book import PhoneBook, Regions
from custom_components.sip_account.calls.spelling import (
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
            assert book.with_contact(spelling, "") == []


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
