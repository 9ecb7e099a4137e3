"""Switches show what the server then tells, and step into no trap."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
)
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
)
import voluptuous as vol

from demo import AccountBox, write_faults
from demo.accounts import AcceptRule

from .changing import (
    ALWAYS,
    CONTROLS,
    DND,
    HIDE,
    choose,
    forward_to,
    state_of,
    turn,
    writes_of,
)
from .flow import Flow
from .support import ALICE, BOB, CAROL, remember


async def test_page_has_no_controls(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """The server of the page's day cannot write: nothing pretends that it can."""
    entry = await set_up(ALICE)
    registry = er.async_get(hass)
    entities = er.async_entries_for_config_entry(registry, entry.entry_id)
    assert entities
    assert not CONTROLS & {entity.domain for entity in entities}
    with pytest.raises(HomeAssistantError) as caught:
        await forward_to(hass, entry, busy="bob@example.com")
    assert caught.value.translation_key == "not_supported"
    assert writes_of(box) == []
    await flow.options(entry.entry_id)
    assert "control" not in flow.result["menu_options"]


async def test_controls_of_today(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Today's server has them all; what few people need is off at first."""
    entry = await set_up(ALICE, by="password")
    registry = er.async_get(hass)
    disabled = {
        entity.unique_id.removeprefix(f"{ALICE}_"): entity.disabled_by is not None
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
        if entity.domain in CONTROLS
    }
    assert disabled == {
        "do_not_disturb": False,
        "hide_caller_id": False,
        "forward_all_calls": False,
        "forward_busy": False,
        "forward_no_answer": False,
        "forward_not_online": True,
        "forward_unavailable": True,
    }


async def test_controls_come_with_the_account(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """A server of 27 September 2009 is known by its account, whenever that is read."""
    box.faults.set("*", "account", "html_error_then_null")
    entry = await set_up(ALICE, path="/2009-09-27/settings.phtml")
    assert hass.states.get(ALWAYS) is None
    box.faults.clear()
    await poll()
    assert state_of(hass, ALWAYS).state == "not_forwarded"
    await choose(hass, ALWAYS, "mobile_number")
    assert state_of(hass, ALWAYS).state == "mobile_number"
    assert entry.runtime_data.connection.client.learned["set_call_forwarding"] == (
        "set_diversions"
    )


async def test_do_not_disturb(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """On, for some minutes, and off; each time as the server tells it afterwards."""
    entry = await set_up(CAROL, by="password")
    state = state_of(hass, DND)
    assert state.state == "on"
    assert state.attributes["until"]
    assert state.attributes["blocked_by_rules"] is False
    accept = box.accounts[CAROL].accept
    await turn(hass, False, DND)
    assert state_of(hass, DND).state == "off"
    assert state_of(hass, DND).attributes["until"] is None
    assert accept.temporary_groups == ["everybody"]
    await turn(hass, True, DND)
    assert state_of(hass, DND).state == "on"
    assert state_of(hass, DND).attributes["until"] is None
    data = {"config_entry_id": entry.entry_id, "minutes": 45}
    await hass.services.async_call("sip_account", "set_do_not_disturb", data, True)
    assert accept.temporary_minutes == 45
    until = state_of(hass, DND).attributes["until"]
    rules = entry.runtime_data.settings.data.by_action["accept_rules"].value
    assert until == rules.temporary.until.isoformat()
    left = rules.temporary.until - box.now()
    assert timedelta(minutes=44) < left <= timedelta(minutes=45)
    assert writes_of(box) == ["set_dnd_off", "set_dnd_on", "set_dnd_on"]
    for minutes in (-1, 10**6, "soon"):
        with pytest.raises(vol.Invalid):
            await hass.services.async_call(
                "sip_account", "set_do_not_disturb", data | {"minutes": minutes}, True
            )


async def test_do_not_disturb_off_when_off(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What is off already is not written, by what the server tells now."""
    await set_up(BOB, by="password")
    switch = "switch.bob_example_com_do_not_disturb"
    await turn(hass, False, switch)
    assert writes_of(box) == []
    box.accounts[BOB].accept.temporary_groups = ["nobody"]  # on the web page
    await turn(hass, False, switch)
    assert writes_of(box) == ["set_dnd_off"]


async def test_do_not_disturb_ends(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """When its time is up the server is asked, not only at the next poll."""
    entry = await set_up(CAROL, by="password", options={"settings_interval": 600})
    data = {"config_entry_id": entry.entry_id, "minutes": 5}
    await hass.services.async_call("sip_account", "set_do_not_disturb", data, True)
    accept = box.accounts[CAROL].accept
    accept.temporary_groups, accept.temporary_minutes = ["everybody"], 0
    freezer.tick(timedelta(minutes=5))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, DND).state == "on"
    freezer.tick(timedelta(minutes=1, seconds=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hass, DND).state == "off"


async def test_daily_rules(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """The server would damage them, so they are named and nothing is sent."""
    entry = await set_up(ALICE, by="password")
    switch = "switch.alice_example_com_do_not_disturb"
    assert state_of(hass, switch).attributes["blocked_by_rules"] is True
    data = {"config_entry_id": entry.entry_id, "minutes": 5}
    for attempt in (
        turn(hass, True, switch),
        hass.services.async_call("sip_account", "set_do_not_disturb", data, True),
    ):
        with pytest.raises(ServiceValidationError) as caught:
            await attempt
        assert caught.value.translation_key == "daily_rules"
        rules = (caught.value.translation_placeholders or {})["rules"]
        assert "mon tue wed thu fri 08:00-18:00 (friends, family)" in rules
        assert "sat sun 10:00-23:59 (everybody)" in rules
        assert "08:00-18:00" in str(caught.value)  # translated
    await turn(hass, False, switch)  # it is off already
    box.accounts[ALICE].accept.temporary_groups = ["nobody"]
    with pytest.raises(ServiceValidationError):  # switching it off damages them, too
        await turn(hass, False, switch)
    assert state_of(hass, switch).state == "on"
    assert writes_of(box) == []
    assert len(box.accounts[ALICE].accept.persistent) == 2


async def test_daily_rules_of_a_moment_ago(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A rule that was made since the last poll is seen; without a look nothing goes."""
    await set_up(CAROL, by="password")
    accept = box.accounts[CAROL].accept
    accept.temporary_groups = ["everybody"]
    accept.persistent[31] = AcceptRule("08:00", "18:00", ["vip"])
    assert state_of(hass, DND).attributes["blocked_by_rules"] is False
    with pytest.raises(ServiceValidationError):
        await turn(hass, True, DND)
    assert state_of(hass, DND).attributes["blocked_by_rules"] is True
    accept.persistent.clear()
    box.faults.set("*", "get_accept_rules", "html_error_then_null")
    with pytest.raises(HomeAssistantError) as caught:
        await turn(hass, True, DND)
    assert caught.value.translation_key == "rules_unknown"
    assert writes_of(box) == []


async def test_damage_may_be_allowed(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A person may not care; then the damage is shown as it is."""
    options = {"allow_do_not_disturb_with_rules": True}
    await set_up(ALICE, by="password", options=options)
    switch = "switch.alice_example_com_do_not_disturb"
    assert state_of(hass, switch).attributes["blocked_by_rules"] is False
    assert state_of(hass, "sensor.alice_example_com_accept_rules").state == "2"
    await turn(hass, True, switch)
    assert state_of(hass, switch).state == "on"
    assert state_of(hass, "sensor.alice_example_com_accept_rules").state == "0"


async def test_hide_caller_id(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Assumed, since no server that can write tells; off twice is a success."""
    await set_up(CAROL, by="password")
    state = state_of(hass, HIDE)
    assert state.state == STATE_UNKNOWN
    assert state.attributes["assumed_state"] is True
    account = box.accounts[CAROL]
    await turn(hass, True, HIDE)
    assert state_of(hass, HIDE).state == "on"
    assert "anonymous" in account.groups
    await turn(hass, False, HIDE)
    await turn(hass, False, HIDE)
    assert state_of(hass, HIDE).state == "off"
    assert "anonymous" not in account.groups
    box.faults.set("*", "set_privacy_off", write_faults.not_a_member)
    await turn(hass, False, HIDE)
    assert state_of(hass, HIDE).state == "off"
    box.faults.set("*", "set_privacy_on", "json_error")
    with pytest.raises(HomeAssistantError):
        await turn(hass, True, HIDE)
    assert state_of(hass, HIDE).state == "off"
    box.faults.set("*", "set_privacy_on", write_faults.done_but_lost)
    with pytest.raises(HomeAssistantError):
        await turn(hass, True, HIDE)
    assert state_of(hass, HIDE).state == STATE_UNKNOWN


@pytest.mark.parametrize(
    ("before", "hidden", "after"),
    [
        ("on", True, "on"),
        ("off", False, "off"),
        ("unavailable", True, "on"),
        ("unknown", None, STATE_UNKNOWN),
    ],
)
async def test_hidden_caller_id_is_remembered(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    box: AccountBox,
    set_up: Callable[..., Any],
    before: str,
    hidden: bool | None,
    after: str,
) -> None:
    """A restart does not forget what is assumed, whatever was shown at last."""
    await remember(hass, hass_storage, State(HIDE, before), {"hidden": hidden})
    await set_up(CAROL, by="password")
    assert state_of(hass, HIDE).state == after


async def test_hidden_caller_id_outlives_an_outage(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A reload while the server is lost forgets nothing."""
    entry = await set_up(CAROL, by="password")
    await turn(hass, True, HIDE)
    box.faults.set("*", "get_identity", "html_error_then_null")
    await entry.runtime_data.settings.async_refresh()
    assert state_of(hass, HIDE).state == "unavailable"
    box.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, HIDE).state == "on"
