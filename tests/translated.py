"""Reads nested texts, as translations are written."""

from collections.abc import Iterator
from typing import Any


def flat(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a nested mapping after its place, such as `config.title`."""
    for key, inner in value.items():
        where = f"{at}.{key}" if at else key
        if isinstance(inner, dict):
            yield from flat(inner, where)
        else:
            yield where, inner
