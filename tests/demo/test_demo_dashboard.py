"""The dashboard of the demo and of the docs."""

from collections.abc import Iterator
from typing import Any

import pytest

from demo.dashboard import dashboard


def _cards(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "type" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _cards(inner)


@pytest.mark.parametrize("past", [False, True])
def test_no_ramp_from_zero(past: bool) -> None:
    """A card `sensor` draws its history from zero on while that is short."""
    cards = list(_cards(dashboard("alice@example.com", past=past)))
    assert any(card["type"] == "history-graph" for card in cards)
    assert not any(card["type"] == "sensor" and "graph" in card for card in cards)


def test_sections_name_their_account() -> None:
    """Where there are several accounts, whose each section is."""
    devices = {"alice@example.com": "1", "bob@example.com": "2"}
    cards = _cards(dashboard("alice@example.com", devices, past=True))
    headings = [card["heading"] for card in cards if card["type"] == "heading"]
    assert headings
    assert all(heading.endswith("alice@example.com") for heading in headings)
