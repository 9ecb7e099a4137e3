"""What the pages promise is held by a test, and stands there word for word."""

from datetime import timedelta
from pathlib import Path
import re
import tomllib

import pytest

from custom_components.sip_account import const

from .pages import DOCS, ROOT, plain

CLAIMS = tomllib.loads((Path(__file__).parent / "claims.toml").read_text())["claim"]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["test"])
def test_claims(claim: dict[str, str]) -> None:
    """The sentence is still on its page, and what tries it is still there."""
    said = plain(ROOT / claim["page"]).replace("**", "")
    assert claim["says"] in said
    file, _, test = claim["test"].partition("::")
    assert f"def {test}(" in (ROOT / "tests" / file).read_text()


def test_intervals() -> None:
    """The README tells the intervals that there are."""
    said = plain(ROOT / "README.md")
    assert "calls and balance every minute, everything else every 15 minutes" in said
    assert timedelta(seconds=const.DEFAULT_ACTIVITY_INTERVAL) == timedelta(minutes=1)
    assert timedelta(minutes=const.DEFAULT_SETTINGS_INTERVAL) == timedelta(minutes=15)


def test_more_than_a_hundred_failures() -> None:
    """The README counts what `faults.md` has a row for."""
    assert "each of more than a hundred failures" in plain(ROOT / "README.md")
    rows = re.findall(r"^\| .*::test_", (DOCS / "faults.md").read_text(), re.MULTILINE)
    assert len(rows) > 100
