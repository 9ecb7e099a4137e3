"""What is not understood of a list costs itself, and is never taken for nothing."""

from collections.abc import Callable
from datetime import timedelta
import json
import logging
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.sip_account.diagnostics import (
    async_get_config_entry_diagnostics,
)
from custom_components.sip_account.sip_settings import CALLS, Condition
from demo import AccountBox
from demo.accounts import Call
from demo.exchange import Exchange

from .changing import ALWAYS, BUSY, DND, choose, state_of, turn, writes_of
from .support import ALICE, CAROL

FORWARDING = "sensor.alice_example_com_call_forwarding"
MISSED = "sensor.alice_example_com_missed_calls"


def _changed(change: Callable[[Any], None]) -> Any:
    """Make a fault: the answer with something in it changed."""

    async def fault(exchange: Exchange) -> Any:
        answer = exchange.answer()
        if not answer.body.startswith(b"{"):
            return answer
        value = json.loads(answer.body)
        change(value)
        return type(answer)(json.dumps(value).encode(), answer.status, answer.headers)

    return fault


async def test_told_once(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One line for a poll, and counts in the diagnostics, without what it says."""
    caplog.set_level(logging.INFO, "custom_components.sip_account")
    box.faults.set("*", "*", "odd_items")
    entry = await set_up(ALICE, by="password")
    for _ in range(3):
        await poll()
    lines = [it.getMessage() for it in caplog.records if "left out" in it.getMessage()]
    # Calls and balance are one poll, all the others another.
    assert len(lines) == len(set(lines)) == 2
    told = await async_get_config_entry_diagnostics(hass, entry)
    actions = told["settings"]["actions"] | told["activity"]["actions"]
    counts = {key: it["not_understood"] for key, it in actions.items()}
    assert counts["calls"] == 2
    assert counts["devices"] == counts["diversions"] == counts["reject"] == 1
    assert counts["prepaid"] == 0
    assert not any(it["failed"] for it in actions.values())
    box.faults.clear()
    await poll()
    told = await async_get_config_entry_diagnostics(hass, entry)
    assert not any(it["not_understood"] for it in told["settings"]["actions"].values())


@pytest.mark.parametrize("temporary", [["nobody"], ["everybody"]])
async def test_rules_are_not_damaged(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    temporary: list[str],
) -> None:
    """A daily rule that is not understood is one that the server would damage."""
    box.accounts[CAROL].accept.temporary_groups = temporary

    def add_rule(value: Any) -> None:
        value["persistent"] = {"workdays": {"start": [7]}}

    box.faults.set("*", "get_accept_rules", _changed(add_rule))
    entry = await set_up(CAROL, by="password")
    if temporary == ["nobody"]:
        assert state_of(hass, DND).attributes["blocked_by_rules"] is True
    for on in (True, False):
        with pytest.raises(HomeAssistantError) as caught:
            await entry.runtime_data.control.async_set_do_not_disturb(on=on)
        assert caught.value.translation_key == "rules_unknown"
    assert writes_of(box) == []


async def test_rules_that_are_understood(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A group that nobody knows is no rule: the switch goes on working."""

    def add_group(value: Any) -> None:
        value["groups"] = [7]

    box.faults.set("*", "get_accept_rules", _changed(add_group))
    await set_up(CAROL, by="password")
    await turn(hass, False, DND)
    assert state_of(hass, DND).state == "off"
    assert writes_of(box) == ["set_dnd_off"]


async def test_a_diversion(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """It is unknown, not off: choosing off sends it; and the others are as ever."""

    def make_odd(value: Any) -> None:
        value["FUNC"] = {"target": 7}

    box.faults.set("*", "get_call_forwarding", _changed(make_odd))
    entry = await set_up(ALICE, by="password")
    assert state_of(hass, ALWAYS).state == "unknown"
    assert state_of(hass, BUSY).state not in {"unknown", "unavailable"}
    assert state_of(hass, FORWARDING).state == "unknown"
    await choose(hass, ALWAYS, "not_forwarded")
    assert writes_of(box) == ["set_call_forwarding"]
    box.faults.clear()
    await poll()
    assert state_of(hass, ALWAYS).state == "not_forwarded"
    assert state_of(hass, FORWARDING).state == "conditional"
    conditions = entry.runtime_data.settings.data.by_action["diversions"].value
    assert [it.condition for it in conditions] == list(Condition)


async def test_a_call_is_told_once(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """When it is understood, and once; others are told of meanwhile, and once."""
    entry = await set_up(ALICE)
    changes = async_capture_events(hass, "state_changed")
    calls = box.accounts[ALICE].calls
    odd: set[str] = set()

    def make_odd(value: Any) -> None:
        for side in ("placed", "received"):
            for item in value[side] or ():
                party = item.get("from", "")
                if any(name in party for name in odd):
                    item["duration"] = {"seconds": 7}

    async def ring(name: str) -> None:
        started = box.now().replace(microsecond=0) - timedelta(minutes=1)
        call = Call("received", f"sip:{name}@example.net", started, status=487)
        call.session_id, call.from_tag = name, "tag"
        calls.insert(0, call)
        await poll(7)

    def parties() -> list[str]:
        return [
            state.attributes["party"].partition("@")[0]
            for event in changes
            if (state := event.data["new_state"]) is not None
            and state.entity_id == "event.alice_example_com_call"
            and "party" in state.attributes
        ]

    box.faults.set("*", "calls", _changed(make_odd))
    odd |= {"first", "third"}
    for name in ("first", "second", "third", "fourth"):
        await ring(name)
    assert parties() == ["second", "fourth"]
    assert entry.runtime_data.activity.data.of(CALLS).odd == {"incoming": 2}
    # One that was told of may go odd, and come back.
    odd ^= {"first", "second"}
    await poll(7)
    assert parties() == ["second", "fourth", "first"]
    odd.clear()
    await poll(7)
    await poll(7)
    assert parties() == ["second", "fourth", "first", "third"]
    assert state_of(hass, MISSED).state == "4"


async def test_nothing_is_learned_of_it(set_up: Callable[..., Any]) -> None:
    """A call that is understood hours later did not end just now."""
    entry = await set_up(ALICE)
    watch = entry.runtime_data.calls
    assert watch._is_whole({})
    assert not watch._is_whole({"incoming": 1})
    assert not watch._is_whole({})
    assert watch._is_whole({})
