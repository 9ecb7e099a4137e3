"""Numbers as contacts have them and as servers write who called."""

import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.sip_account.calls.phone_book import PhoneBook, Regions
from custom_components.sip_account.calls.spelling import load_rules
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
