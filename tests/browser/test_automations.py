"""Automations that a person builds with the mouse alone, and that run."""

import pytest

from demo import entries
from demo.people import CONTACTS
from tests.limits import until

from .editor import Editor
from .frontend import Frontend
from .household import ALICE, ON_FLOOR, Household

# The triggers have tests without an editor.
pytestmark = pytest.mark.skipif(ON_FLOOR, reason="The floor has another editor")

MARY = "sip:0031208005161@example.com"
STRANGER = "sip:mallory@example.net"


def _notify(editor: Editor, message: str) -> None:
    editor.add("action", "persistent", "Send a persistent notification")
    editor.fill("Message", message)
    editor.save(message)


def _told(house: Household) -> list[str]:
    """Return what was notified."""
    return [one["message"] for one in house.command("persistent_notification/get")]


def _is_armed(house: Household) -> bool:
    return any(s["entity_id"].startswith("automation.") for s in house.states())


def test_missed_call_from_the_phone_book(home: Frontend, house: Household) -> None:
    """Somebody in the phone book is told of, and nobody else."""
    entry_id = house.add(ALICE)
    house.await_(entries.set_phone_book(house.person, entry_id, CONTACTS))
    editor = Editor(home)
    editor.add("trigger", "missed", "Call missed")
    home.picture("trigger")
    editor.target(ALICE)
    editor.choose("Somebody in the phone book")
    home.picture("options")
    _notify(editor, "Somebody called")
    home.picture("automation")
    assert editor.clicks == 10
    until(lambda: _is_armed(house))
    house.miss_calls(ALICE, "", party=STRANGER)
    house.miss_calls(ALICE, "", party=MARY)
    until(lambda: _told(house) == ["Somebody called"])


def test_three_calls_of_one_caller(home: Frontend, house: Household) -> None:
    """Three missed calls of one caller within ten minutes are told of once."""
    house.add(ALICE)
    editor = Editor(home)
    editor.add("trigger", "call", "Call missed")
    editor.target(ALICE)
    editor.fill("Missed calls", "3")
    home.picture("options")
    _notify(editor, "Somebody calls again and again")
    assert editor.clicks == 10
    until(lambda: _is_armed(house))
    for party in (MARY, STRANGER, MARY):
        house.miss_calls(ALICE, "", party=party)
    assert _told(house) == []
    house.miss_calls(ALICE, "", party=MARY)
    until(lambda: _told(house) == ["Somebody calls again and again"])


def test_no_phone_is_registered(home: Frontend, house: Household) -> None:
    """The last phone that goes is told of."""
    entry_id = house.add(ALICE)
    assert house.state_of(ALICE, "binary_sensor", "registered") == "on"
    editor = Editor(home)
    editor.add("trigger", "phone", "No phone registered any more")
    editor.target(ALICE)
    home.picture("options")
    _notify(editor, "Nobody can call")
    assert editor.clicks == 9
    until(lambda: _is_armed(house))
    house.box.accounts[ALICE].devices = []
    house.reload(entry_id)
    until(lambda: _told(house) == ["Nobody can call"])
