"""What `docs/limits.md` tells is so, and no limit is missing there."""

import ast
from datetime import timedelta
from importlib import import_module
from operator import attrgetter
import re
from typing import Any

import pytest

from .pages import DOCS, INTEGRATION

_ROW = re.compile(r"^\| (.+) \| (.+) \| `([\w.]+)\.(_?[A-Z][A-Z_]*(?:\.\w+)?)` \|$")
_UNITS = {
    "": 1,
    "bits": 1,
    "characters": 1,
    "KiB": 1024,
    "MiB": 1024**2,
    "s": 1,
    "min": 60,
    "h": 60 * 60,
    "days": 24 * 60 * 60,
    "day": 24 * 60 * 60,
}
ROWS = [
    found.groups()
    for line in (DOCS / "limits.md").read_text().splitlines()
    if (found := _ROW.match(line))
]
# What is called a limit too: of work of our own, a second name of one, and a schema.
_OTHERS = {
    "calls.readings": {"_LIKE_AT_MOST"},
    "control": {"_DRAIN_LIMIT"},
    "services": {"_LIMIT"},
}


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def _told(text: str) -> int | range:
    """Return what a cell says: seconds, octets, a count or years."""
    if " to " in text:
        first, last = text.split(" to ")
        return range(_number(first), _number(last) + 1)
    number, _, unit = text.partition(" ")
    return _number(number) * _UNITS[unit]


@pytest.mark.parametrize(
    ("told", "module", "name"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_limit(told: str, module: str, name: str) -> None:
    """The page tells the limit that there is."""
    found: Any = attrgetter(name)(
        import_module(f"custom_components.sip_account.{module}")
    )
    if isinstance(found, timedelta):
        found = found.total_seconds()
    assert found == _told(told)


def test_no_limit_is_missing() -> None:
    """What the code calls a limit stands on the page."""
    told = {f"{module}.{name}" for _, _, module, name in ROWS}
    assert len(told) == (DOCS / "limits.md").read_text().count("` |\n")
    missing = []
    for file in sorted(INTEGRATION.rglob("*.py")):
        module = ".".join(file.relative_to(INTEGRATION).with_suffix("").parts)
        for node in ast.parse(file.read_text()).body:
            if not isinstance(node, (ast.Assign, ast.AnnAssign)):
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if (
                isinstance(target, ast.Name)
                and re.search("LIMIT|AT_MOST|LONGEST|MAXIMUM|MINIMUM", target.id)
                and target.id not in _OTHERS.get(module, ())
                and f"{module}.{target.id}" not in told
            ):
                missing.append(f"{module}.{target.id}")
    assert missing == []
