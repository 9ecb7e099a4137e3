"""The blueprints that change something, imported and run in real Home Assistant."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
)

from demo import AccountBox

from .automating import (
    automate,
    become,
    end_automation,
)
from .support import ALICE, CAROL


async def test_do_not_disturb(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """At night, over midnight, and while a panel is armed; a lost panel is no news."""
    box.accounts[CAROL].accept.temporary_groups = ["everybody"]
    entry = await set_up(CAROL, by="password", options={"settings_interval": 1440})
    switch = "switch.carol_example_com_do_not_disturb"
    panel = "alarm_control_panel.house"
    hass.states.async_set(panel, "disarmed")
    await automate(
        hass,
        hass_ws_client,
        "do_not_disturb",
        do_not_disturb=switch,
        alarm_panels=[panel],
    )

    async def alarm(state: str) -> bool:
        hass.states.async_set(panel, state)
        await hass.async_block_till_done(wait_background_tasks=True)
        return hass.states.is_state(switch, "on")

    await become(hass, freezer, 21)
    assert hass.states.is_state(switch, "off")
    assert await alarm("armed_away")
    assert await alarm("pending")
    assert not await alarm("disarmed")
    assert not await alarm("armed_custom_bypass")  # none of the states chosen
    assert not await alarm("disarmed")
    await become(hass, freezer, 22)
    assert hass.states.is_state(switch, "on")
    assert await alarm("armed_night")
    assert await alarm("disarmed")  # it is still night
    await alarm("unavailable")
    await become(hass, freezer, 7)
    assert hass.states.is_state(switch, "on")
    assert not await alarm("disarmed")
    writes = [request.action for request in box.requests if request.account]
    writes = [action for action in writes if action.startswith("set_")]
    assert writes == ["set_dnd_on", "set_dnd_off"] * 2
    await end_automation(hass, "do_not_disturb")
    await hass.config_entries.async_unload(entry.entry_id)


async def test_do_not_disturb_without_nights(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Who wants no nights has none; no panel at all is fine, too."""
    await set_up(CAROL, by="password", options={"settings_interval": 1440})
    await automate(
        hass,
        hass_ws_client,
        "do_not_disturb",
        do_not_disturb="switch.carol_example_com_do_not_disturb",
        at_night=False,
    )
    for hour in (22, 7):
        await become(hass, freezer, hour)
    assert not [r for r in box.requests if r.action.startswith("set_")]
    await end_automation(hass, "do_not_disturb")


async def test_forward_when_away(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Forwarded when the last one has left, and back on return."""
    await set_up(ALICE, by="password", options={"settings_interval": 1440})
    select = "select.alice_example_com_forward_all_calls"
    for person in ("person.alice", "person.bob"):
        hass.states.async_set(person, "home")
    await automate(
        hass,
        hass_ws_client,
        "forward_when_away",
        forward=select,
        persons=["person.alice", "person.bob"],
    )

    async def after(minutes: int) -> str:
        freezer.tick(timedelta(minutes=minutes, seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        state = hass.states.get(select)
        assert state is not None
        return state.state

    hass.states.async_set("person.alice", "not_home")
    assert await after(6) == "not_forwarded"
    hass.states.async_set("person.bob", "Road")
    assert await after(3) == "not_forwarded"
    hass.states.async_set("person.bob", "Office")
    assert await after(3) == "mobile_number"
    assert box.accounts[ALICE].diversions["FUNC"] == "+31650222333@example.com"
    hass.states.async_set("person.bob", "unavailable")
    assert await after(6) == "mobile_number"
    hass.states.async_set("person.bob", "home")
    assert await after(0) == "not_forwarded"
    hass.states.async_set("person.bob", "unavailable")
    assert await after(6) == "not_forwarded"  # who is lost may be at home
    hass.states.async_set("person.bob", "Office")
    assert await after(6) == "mobile_number"
    data = {"entity_id": select, "option": "voicemail"}
    await hass.services.async_call("select", "select_option", data, blocking=True)
    hass.states.async_set("person.alice", "home")
    assert await after(0) == "voicemail"  # somebody's own choice


@pytest.mark.parametrize("number", ["+31208005162", "1234"])
async def test_forward_to_a_number(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    number: str,
) -> None:
    """A number stays the text that it is; what was not seen is made good."""
    options = {"settings_interval": 1440, "forwarding_targets": [number]}
    entry = await set_up(ALICE, by="password", options=options)
    select = "select.alice_example_com_forward_all_calls"
    hass.states.async_set("person.bob", "not_home")
    await automate(
        hass,
        hass_ws_client,
        "forward_when_away",
        forward=select,
        persons=["person.bob"],
        away=number,
    )

    async def after(minutes: int) -> None:
        freezer.tick(timedelta(minutes=minutes, seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    async def outage(person: str) -> None:
        box.faults.set("*", "get_call_forwarding", "html_error_then_null")
        await entry.runtime_data.settings.async_refresh()
        hass.states.async_set("person.bob", person)
        await after(6)
        assert hass.states.is_state(select, "unavailable")
        box.faults.clear()
        await entry.runtime_data.settings.async_refresh()

    await outage("not_home")
    await after(3)
    assert hass.states.is_state(select, "not_forwarded")  # trackers may be late
    await after(3)
    assert hass.states.is_state(select, number)
    await outage("home")
    await hass.async_block_till_done()
    assert hass.states.is_state(select, "not_forwarded")
    assert box.accounts[ALICE].diversions["FUNC"] == ""


async def test_nobody_is_not_everybody(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Without a person nothing is ever forwarded."""
    await set_up(ALICE, by="password", options={"settings_interval": 1440})
    await automate(
        hass,
        hass_ws_client,
        "forward_when_away",
        forward="select.alice_example_com_forward_all_calls",
        persons=[],
    )
    trigger = {"entity_id": "automation.forward_when_away"}
    await hass.services.async_call("automation", "trigger", trigger, blocking=True)
    freezer.tick(timedelta(minutes=6))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not [r for r in box.requests if r.action.startswith("set_")]


async def test_do_not_disturb_is_blocked(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Daily rules: what the person wants is done, and no error is logged."""
    await set_up(ALICE, by="password")
    hass.states.async_set("alarm_control_panel.house", "disarmed")
    message = {"action": "notify.phone", "data": {"message": "Blocked"}}
    await automate(
        hass,
        hass_ws_client,
        "do_not_disturb",
        do_not_disturb="switch.alice_example_com_do_not_disturb",
        at_night=False,
        alarm_panels=["alarm_control_panel.house", "alarm_control_panel.removed"],
        blocked=[message],
    )
    hass.states.async_set("alarm_control_panel.house", "armed_away")
    await hass.async_block_till_done()
    assert [call.data["message"] for call in notified] == ["Blocked"]
    assert "Error while executing" not in caplog.text
    assert not [r for r in box.requests if r.action.startswith("set_")]
    await end_automation(hass, "do_not_disturb")


async def test_do_not_disturb_after_an_outage(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
) -> None:
    """What could not be switched is switched once it can; a removed panel is none."""
    box.accounts[CAROL].accept.temporary_groups = ["everybody"]
    entry = await set_up(CAROL, by="password")
    switch = "switch.carol_example_com_do_not_disturb"
    panel = "alarm_control_panel.house"
    hass.states.async_set(panel, "disarmed")
    await automate(
        hass,
        hass_ws_client,
        "do_not_disturb",
        do_not_disturb=switch,
        at_night=False,
        alarm_panels=[panel, "alarm_control_panel.removed"],
    )
    box.faults.set("*", "get_accept_rules", "html_error_then_null")
    await entry.runtime_data.settings.async_refresh()
    hass.states.async_set(panel, "armed_away")
    await hass.async_block_till_done()
    assert hass.states.is_state(switch, "unavailable")
    box.faults.clear()
    await entry.runtime_data.settings.async_refresh()
    await hass.async_block_till_done()
    assert hass.states.is_state(switch, "on")
    hass.states.async_set(panel, "disarmed")
    await hass.async_block_till_done()
    assert hass.states.is_state(switch, "off")
    await end_automation(hass, "do_not_disturb")
