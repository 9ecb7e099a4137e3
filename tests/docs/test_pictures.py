"""The pages show what they tell of."""

from pathlib import Path
import re

import pytest

from .pages import DOCS, ROOT

# Two screens of text.
_LINES = 70
_PICTURE = re.compile(r"!\[[^\]]+\]\([^)\s]*images/")


def test_readme_is_short() -> None:
    """Whoever comes by reads it in one go."""
    assert len((ROOT / "README.md").read_text().splitlines()) < 100


def test_docs_open_with_pictures() -> None:
    """Six of what one can do, before the table of contents."""
    opening = (DOCS / "README.md").read_text().split("**Using it**")[0]
    assert len(_PICTURE.findall(opening)) == 6


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda page: page.stem
)
def test_first_picture_comes_soon(page: Path) -> None:
    """At most two screens are read before one sees something."""
    lines = page.read_text().splitlines()
    shown = (at for at, line in enumerate(lines) if _PICTURE.search(line))
    assert next(shown, len(lines)) < _LINES, page
