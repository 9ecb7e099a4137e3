"""Files of contacts, as phones, clouds and programs write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.sip_account.calls.vcard import read_vcards

FOLDER = Path(__file__).parent / "vcards"
FILES = sorted(FOLDER.glob("*.vcf"))
SKIPPED = ("without_name", "without_number", "too_many")


def test_each_has_a_reading() -> None:
    """No file without a reading, and no reading without a file."""
    assert {file.stem for file in FILES} == {it.stem for it in FOLDER.glob("*.json")}
    assert len(FILES) >= 30


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_read(file: Path) -> None:
    """What the reading beside a file says."""
    wanted: dict[str, Any] = json.loads(file.with_suffix(".json").read_text())
    found = read_vcards(file.read_bytes(), 100)
    contacts = [
        {"name": contact.name, "numbers": list(contact.numbers)}
        for contact in found.contacts
    ]
    assert contacts == wanted["contacts"]
    skipped = {why: count for why in SKIPPED if (count := getattr(found, why))}
    assert skipped == wanted["skipped"]
