"""The examples of the docs, run in real Home Assistant."""

from collections.abc import Callable
import re
from typing import Any

from homeassistant.core import HomeAssistant, State
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from demo import AccountBox
from demo.accounts import Call
from tests.docs.pages import DOCS, PAGES, examples

from .support import ALICE

AUTOMATIONS = [
    example
    for page in PAGES
    for example in examples(page)
    if isinstance(example, dict) and "triggers" in example
]
ACTIONS = {
    example["action"]: example
    for example in examples(DOCS / "actions.md")
    if "action" in example
}
MARKUP = set("<>[]()`*!")
HOSTILE = "<img src=x onerror=alert(1)> ![x](https://evil.example) [b](c) `d` *e*"


def _in_use(example: dict[str, Any], entry_id: str) -> dict[str, Any]:
    """Return an example for an account of today, where it names one by its entry."""
    data = example.get("data", {})
    if "config_entry_id" not in data:
        return example
    return example | {"data": data | {"config_entry_id": entry_id}}


async def _run(hass: HomeAssistant, *sequence: dict[str, Any]) -> dict[str, Any]:
    """Run a script; returns what it answers."""
    answer = {"stop": "done", "response_variable": "answer"}
    steps = [{"variables": {"answer": {}}}, *sequence, answer]
    config = {"script": {"example": {"sequence": steps}}}
    assert await async_setup_component(hass, "script", config)
    answered = await hass.services.async_call(
        "script", "example", blocking=True, return_response=True
    )
    assert isinstance(answered, dict)
    return answered


def test_aliases() -> None:
    """Each automation has a name of its own, and there are some."""
    aliases = [example["alias"] for example in AUTOMATIONS]
    assert len(aliases) == len(set(aliases)) > 5


async def test_automations(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """All are accepted, name entities that exist, and show no caller's markup."""
    notified = async_mock_service(hass, "notify", "notify")
    entry = await set_up(ALICE, by="password", options={"low_balance": 20})
    assert await async_setup_component(hass, "automation", {"automation": AUTOMATIONS})
    await hass.async_block_till_done()
    states = {state.name: state for state in hass.states.async_all("automation")}
    for example in AUTOMATIONS:
        assert states[example["alias"]].state == "on"
    named = set(re.findall(r"\b\w+\.alice_example_com_\w+", str(AUTOMATIONS)))
    assert named
    assert {name for name in named if hass.states.get(name) is None} == set()

    for party, duration, name in (
        ("sip:0031208005161@example.com", 0, HOSTILE),
        ("sip:erin@example.net", 12, "Erin"),
    ):
        status = 200 if duration else 487
        details: dict[str, Any] = {"status": status, "duration": duration}
        call = Call("received", party, box.now(), display_name=name, **details)
        call.session_id = party
        box.accounts[ALICE].calls.append(call)
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()
    shown = {call.data["title"]: call.data["message"] for call in notified}
    assert shown.keys() == {"Missed call", "A call, perhaps to voicemail"}
    assert shown["A call, perhaps to voicemail"] == "Erin, 12 s"
    assert "img src" in shown["Missed call"]
    assert not set(shown["Missed call"]) & MARKUP


async def test_low_balance(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """The message tells what is left."""
    notified = async_mock_service(hass, "notify", "notify")
    await set_up(ALICE, by="password", options={"low_balance": 20})
    assert await async_setup_component(hass, "automation", {"automation": AUTOMATIONS})
    await hass.async_block_till_done()
    low = hass.states.get("binary_sensor.alice_example_com_low_balance")
    assert isinstance(low, State)
    assert low.state == "on"
    hass.states.async_set(low.entity_id, "off", low.attributes)
    hass.states.async_set(low.entity_id, "on", low.attributes)
    await hass.async_block_till_done()
    assert [call.data["message"] for call in notified] == [
        "Only 12.35 EUR left on the SIP account."
    ]


async def test_dashboard(
    hass: HomeAssistant, set_up: Callable[..., Any], enable: Callable[..., Any]
) -> None:
    """What it names is there, and statistics are made of what it draws graphs of."""
    entry = await set_up(ALICE)
    await enable()
    board, calendar = examples(DOCS / "dashboard.md")
    named = set(re.findall(r"\b\w+\.alice_example_com_\w+", f"{board} {calendar}"))
    assert {name for name in named if hass.states.get(name) is None} == set()
    assert "calendar.alice_example_com_calls" in named
    graphs = [
        card["entities"][0]
        for section in board["views"][0]["sections"]
        for card in section["cards"]
        if card["type"] == "statistics-graph"
    ]
    assert [name.removeprefix("sensor.alice_example_com_") for name in graphs] == [
        "calls_today",
        "talk_time_today",
        "cost_today",
    ]
    for name in graphs:
        state = hass.states.get(name)
        assert state
        assert state.attributes["state_class"] == "total"
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize("name", ["get_calls", "get_balance_history"])
async def test_answers(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], name: str
) -> None:
    """What asks is answered."""
    entry = await set_up(ALICE, by="password")
    answer = await _run(hass, _in_use(ACTIONS[f"sip_account.{name}"], entry.entry_id))
    assert answer.pop("stale") is False
    assert answer.pop("as_of")
    (listed,) = answer.values()
    assert isinstance(listed, list)


async def test_changes(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What changes an account changes it."""
    accept = box.accounts[ALICE].accept
    accept.persistent.clear()
    await set_up(ALICE, by="password")
    await _run(hass, ACTIONS["sip_account.set_do_not_disturb"])
    assert accept.temporary_groups == ["nobody"]
    assert 0 < accept.temporary_minutes <= 24 * 60


async def test_forwarding(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Three conditions at once."""
    alice = await set_up(ALICE, by="password")
    example = ACTIONS["sip_account.set_call_forwarding"]
    await _run(hass, _in_use(example, alice.entry_id))
    assert box.accounts[ALICE].diversions["FBUS"] == "<voice-mailbox>"
    assert "31208005161" in str(box.accounts[ALICE].diversions["FNOA"])


async def test_missed_today(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """The longer example about missed calls shows names without their markup."""
    notified = async_mock_service(hass, "notify", "notify")
    box.accounts[ALICE].calls = [
        Call("received", "sip:erin@example.net", box.now(), display_name=HOSTILE)
    ]
    box.accounts[ALICE].calls[0].status = 487
    entry = await set_up(ALICE, by="password")
    (steps,) = (
        example["actions"]
        for example in examples(DOCS / "actions.md")
        if "actions" in example
    )
    await _run(hass, _in_use(steps[0], entry.entry_id), *steps[1:])
    (message,) = (call.data["message"] for call in notified)
    assert "img src" in message
    assert not set(message) & MARKUP
