"""Every link and every picture leads somewhere."""

from pathlib import Path

import pytest

from .pages import DOCS, PAGES, ROOT, anchors, links

README = ROOT / "README.md"


def _is_relative(target: str) -> bool:
    return not target.startswith(("https://", "http://"))


def _leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = page.parent / name if name else page
    return file.is_file() and (not anchor or anchor in anchors(file))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links(page: Path) -> None:
    """Files exist, headings too, and a picture has words for who cannot see it."""
    found = links(page)
    nowhere = [
        target
        for _, target, _ in found
        if _is_relative(target) and not _leads_somewhere(page, target)
    ]
    assert nowhere == []
    assert all(text for text, _, is_picture in found if is_picture)


def test_nowhere_is_found() -> None:
    """What does not exist is told."""
    assert _leads_somewhere(README, "docs/faults.md#answers")
    assert not _leads_somewhere(README, "docs/faults.md#no-such-heading")
    assert not _leads_somewhere(README, "docs/no_such_page.md")
    assert ("Import", True) in {
        (text, is_picture) for text, _, is_picture in links(README)
    }


def test_every_page_is_reached() -> None:
    """The README leads to all of them."""
    listed = {
        (README.parent / target.partition("#")[0]).resolve()
        for _, target, _ in links(README)
        if _is_relative(target)
    }
    pages = set(DOCS.glob("*.md")) - {DOCS / "README.md"}
    assert {page.resolve() for page in pages} <= listed


def test_index() -> None:
    """The index of the folder has every page, too."""
    index = DOCS / "README.md"
    listed = {target for _, target, _ in links(index)}
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} <= listed
