"""The pictures of README and docs are those that the browser tests take."""

from pathlib import Path
import re

from .browser.gallery import GALLERY, IMAGES

ROOT = Path(__file__).parents[1]


def _pages() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _shown() -> set[Path]:
    """Return every picture of ours that a page shows."""
    found: set[Path] = set()
    for page in _pages():
        text = page.read_text()
        names = re.findall(r"!\[[^\]]*\]\(([^)\s]+)", text)
        names += re.findall(r"<(?:img|source)[^>]* (?:src|srcset)=\"([^\"]+)\"", text)
        found |= {(page.parent / name).resolve() for name in names if ":" not in name}
    return found


def test_every_picture_is_of_the_gallery() -> None:
    """What a page shows is taken by a test, and is there."""
    shown = {path for path in _shown() if path.suffix == ".png"}
    assert shown
    for path in shown:
        assert path.is_file(), path
        assert path.parent == IMAGES, path
        assert path.name in GALLERY, path


def test_the_gallery_is_complete() -> None:
    """There is no picture but those of the gallery, and none of them is missing."""
    assert {path.name for path in IMAGES.glob("*.png")} == set(GALLERY)


def test_every_step_is_taken() -> None:
    """A picture's step is one that a test takes."""
    tests = "".join(path.read_text() for path in (ROOT / "tests/browser").glob("*.py"))
    for _story, step in GALLERY.values():
        assert f'picture("{step}"' in tests, step
