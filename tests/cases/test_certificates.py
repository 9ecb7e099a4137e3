"""Certificate files as tools of all ages write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.sip_account.sip_settings import ClientCertificate, errors

FOLDER = Path(__file__).parent / "certificates"
FILES = sorted(it for it in FOLDER.iterdir() if it.suffix != ".json")


def test_each_has_a_reading() -> None:
    """No file without a reading, and no reading without a file."""
    assert {it.stem for it in FILES} == {it.stem for it in FOLDER.glob("*.json")}
    assert len(FILES) >= 30


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_read(file: Path) -> None:
    """What the reading beside a file says: who it is of, or what is amiss."""
    wanted: dict[str, Any] = json.loads(file.with_suffix(".json").read_text())
    password = wanted.pop("password", None)
    if error := wanted.get("error"):
        with pytest.raises(getattr(errors, error)):
            ClientCertificate.load(file.read_bytes(), password)
        return
    found = ClientCertificate.load(file.read_bytes(), password)
    told = {
        "common_name": found.common_name,
        "issuer": found.issuer,
        "valid_until": found.expires.date().isoformat(),
        "found": found.found,
        "address": found.address and str(found.address),
        "proposed": found.proposed and str(found.proposed),
    }
    assert told | wanted == told
