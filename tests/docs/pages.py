"""The pages that people read, and what is in them."""

from pathlib import Path
import re
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
INTEGRATION = ROOT / "custom_components" / "sip_account"
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\](?:\([^)]*\))?)*)\]\(([^)\s]+)\)")


def prose(page: Path) -> str:
    """Return a page without its examples."""
    return _BLOCK.sub("", page.read_text())


def plain(page: Path) -> str:
    """Return the words of a page on one line."""
    return " ".join(prose(page).split())


def examples(page: Path) -> list[Any]:
    """Return the YAML in a page."""
    found = _BLOCK.findall(page.read_text())
    return [yaml.safe_load(text) for kind, text in found if kind == "yaml"]


def links(page: Path) -> list[tuple[str, str, bool]]:
    """Return text, target, and whether it is a picture, also of pictures in links."""
    found = []
    for picture, text, target in _LINK.findall(prose(page)):
        found.append((text, target, bool(picture)))
        found += [(t, to, bool(p)) for p, t, to in _LINK.findall(text)]
    return found


def anchors(page: Path) -> set[str]:
    """Return where links into a page can lead, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }
