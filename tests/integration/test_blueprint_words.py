"""What callers call themselves, as the blueprints notify of it."""

from collections.abc import Callable
import re
from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from demo import AccountBox
from tests.hostile_text import HOSTILE

from .automating import EVENT, FOLDER, automate, miss_call, poll_now
from .support import ALICE

# What Markdown or HTML would be made of: characters, links, and how a line begins.
ACTIVE = re.compile(
    r"[^\w .,@+'?-]|(?<!\w)_|_(?!\w)|www\.|\S@|^[-+] |^[-+]*$|^\d+\.( |$)",
    re.IGNORECASE,
)
LINES = (
    "- a",
    "+ b",
    "---",
    "- - -",
    "1. c",
    "23.",
    "-1. d",
    "_",
    "...",
    "@",
    "wwW.e.f",
)
HARMLESS = {
    "Dr. Anna O'Neill-Smith, jr": None,
    "first_last 2.0": None,
    "+31 20 800 5161": None,
    "3.Etage": None,
    "dave@example.net": "dave @example.net",
    "1. FC Köln": "1 FC Köln",
}


@pytest.fixture
def notified(hass: HomeAssistant) -> list[ServiceCall]:
    """Give what was notified."""
    calls: list[ServiceCall] = async_mock_service(hass, "notify", "phone")
    return calls


async def test_words_of_callers(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
) -> None:
    """Whatever a caller says, it is only said."""
    entry = await set_up(ALICE, by="password")
    await automate(
        hass, hass_ws_client, "missed_call", call=EVENT, notifier="notify.phone"
    )
    sent = (name[:150].encode(errors="ignore").decode() for name in (*HOSTILE, *LINES))
    names = [name for name in sent if name.strip()]
    for number, name in enumerate((*names, *HARMLESS)):
        miss_call(box, f"sip:caller{number}@example.net", name, session_id=f"s{number}")
    await poll_now(hass, entry)
    messages = [str(call.data["message"]) for call in notified]
    assert len(messages) == len(names) + len(HARMLESS)
    for message in messages:
        assert message
        assert not ACTIVE.search(message), message
    shown = [wanted or name for name, wanted in HARMLESS.items()]
    assert messages[-len(shown) :] == shown


def test_no_variable_of_all() -> None:
    """On 2026.9 a variable of all attributes at once is one long text."""
    docs = FOLDER.parents[2] / "docs"
    for file in (*FOLDER.glob("*.yaml"), *docs.glob("*.md")):
        assert not re.search(r"state\.attributes *\}\}", file.read_text()), file


def test_one_rule() -> None:
    """What tells who called, in blueprints and in the docs, leaves it to `shown`."""
    docs = FOLDER.parents[2] / "docs"
    files = (*FOLDER.glob("*.yaml"), *docs.glob("*.md"))
    for file in files:
        for template in re.findall(r"\{[{%].*?[}%]\}", file.read_text(), re.DOTALL):
            assert not re.search(r"call\.(name|party)\b|attributes\.name\b", template)
    assert sum("shown" in file.read_text() for file in files) >= 5
