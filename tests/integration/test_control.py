"""Changes: what is shown is what the server then tells, and no trap is stepped into."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import threading
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers import entity_registry as er
import probatio
import pytest
from pytest_homeassistant_custom_component.common import (
    MockUser,
    async_fire_time_changed,
    mock_restore_cache_with_extra_data,
)

from custom_components.sip_account.control import ChangeUnknownError
from custom_components.sip_account.sip_settings import DIVERSIONS, Condition
from demo import AccountBox, write_faults
from demo.accounts import AcceptRule
from demo.dialects import Answer
from demo.exchange import Exchange, healthy

from .flow import Flow
from .support import ALICE, BOB, CAROL, hold

DND = "switch.carol_example_com_do_not_disturb"
HIDE = "switch.carol_example_com_hide_caller_id"
FORWARD = "select.alice_example_com_forward_"
ALWAYS = f"{FORWARD}all_calls"
BUSY = f"{FORWARD}when_busy"
NO_ANSWER = f"{FORWARD}when_no_answer"
CONTROLS = {"switch", "select"}


def _state(hass: HomeAssistant, entity_id: str) -> State:
    state = hass.states.get(entity_id)
    assert state is not None, entity_id
    return state


def _writes(box: AccountBox) -> list[str]:
    return [
        request.action
        for request in box.requests
        if request.account and request.method == "POST"
    ]


async def _turn(hass: HomeAssistant, on: bool, entity_id: str) -> None:
    await hass.services.async_call(
        "switch", "turn_on" if on else "turn_off", {"entity_id": entity_id}, True
    )


async def _select(hass: HomeAssistant, entity_id: Any, option: str) -> None:
    data = {"entity_id": entity_id, "option": option}
    await hass.services.async_call("select", "select_option", data, True)


async def _forward(hass: HomeAssistant, entry: Any, **wanted: Any) -> None:
    data = {"config_entry_id": entry.entry_id, **wanted}
    await hass.services.async_call("sip_account", "set_call_forwarding", data, True)


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
        await _forward(hass, entry, busy="bob@example.com")
    assert caught.value.translation_key == "not_supported"
    assert _writes(box) == []
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
    assert _state(hass, ALWAYS).state == "not_forwarded"
    await _select(hass, ALWAYS, "mobile_number")
    assert _state(hass, ALWAYS).state == "mobile_number"
    assert entry.runtime_data.connection.client.learned["set_call_forwarding"] == (
        "set_diversions"
    )


async def test_do_not_disturb(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """On, for some minutes, and off; each time as the server tells it afterwards."""
    entry = await set_up(CAROL, by="password")
    state = _state(hass, DND)
    assert state.state == "on"
    assert state.attributes["until"]
    assert state.attributes["blocked_by_rules"] is False
    accept = box.accounts[CAROL].accept
    await _turn(hass, False, DND)
    assert _state(hass, DND).state == "off"
    assert _state(hass, DND).attributes["until"] is None
    assert accept.temporary_groups == ["everybody"]
    await _turn(hass, True, DND)
    assert _state(hass, DND).state == "on"
    assert _state(hass, DND).attributes["until"] is None
    data = {"config_entry_id": entry.entry_id, "minutes": 45}
    await hass.services.async_call("sip_account", "set_do_not_disturb", data, True)
    assert accept.temporary_minutes == 45
    until = _state(hass, DND).attributes["until"]
    rules = entry.runtime_data.settings.data.by_action["accept_rules"].value
    assert until == rules.temporary.until.isoformat()
    left = rules.temporary.until - box.now()
    assert timedelta(minutes=44) < left <= timedelta(minutes=45)
    assert _writes(box) == ["set_dnd_off", "set_dnd_on", "set_dnd_on"]
    for minutes in (-1, 10**6, "soon"):
        with pytest.raises(probatio.Invalid):
            await hass.services.async_call(
                "sip_account", "set_do_not_disturb", data | {"minutes": minutes}, True
            )


async def test_do_not_disturb_off_when_off(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What is off already is not written, by what the server tells now."""
    await set_up(BOB, by="password")
    switch = "switch.bob_example_com_do_not_disturb"
    await _turn(hass, False, switch)
    assert _writes(box) == []
    box.accounts[BOB].accept.temporary_groups = ["nobody"]  # on the web page
    await _turn(hass, False, switch)
    assert _writes(box) == ["set_dnd_off"]


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
    assert _state(hass, DND).state == "on"
    freezer.tick(timedelta(minutes=1, seconds=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _state(hass, DND).state == "off"


async def test_daily_rules(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """The server would damage them, so they are named and nothing is sent."""
    entry = await set_up(ALICE, by="password")
    switch = "switch.alice_example_com_do_not_disturb"
    assert _state(hass, switch).attributes["blocked_by_rules"] is True
    data = {"config_entry_id": entry.entry_id, "minutes": 5}
    for attempt in (
        _turn(hass, True, switch),
        hass.services.async_call("sip_account", "set_do_not_disturb", data, True),
    ):
        with pytest.raises(ServiceValidationError) as caught:
            await attempt
        assert caught.value.translation_key == "daily_rules"
        rules = (caught.value.translation_placeholders or {})["rules"]
        assert "mon tue wed thu fri 08:00-18:00 (friends, family)" in rules
        assert "sat sun 10:00-23:59 (everybody)" in rules
        assert "08:00-18:00" in str(caught.value)  # translated
    await _turn(hass, False, switch)  # it is off already
    box.accounts[ALICE].accept.temporary_groups = ["nobody"]
    with pytest.raises(ServiceValidationError):  # switching it off damages them, too
        await _turn(hass, False, switch)
    assert _state(hass, switch).state == "on"
    assert _writes(box) == []
    assert len(box.accounts[ALICE].accept.persistent) == 2


async def test_daily_rules_of_a_moment_ago(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A rule that was made since the last poll is seen; without a look nothing goes."""
    await set_up(CAROL, by="password")
    accept = box.accounts[CAROL].accept
    accept.temporary_groups = ["everybody"]
    accept.persistent[31] = AcceptRule("08:00", "18:00", ["vip"])
    assert _state(hass, DND).attributes["blocked_by_rules"] is False
    with pytest.raises(ServiceValidationError):
        await _turn(hass, True, DND)
    assert _state(hass, DND).attributes["blocked_by_rules"] is True
    accept.persistent.clear()
    box.faults.set("*", "get_accept_rules", "html_error_then_null")
    with pytest.raises(HomeAssistantError) as caught:
        await _turn(hass, True, DND)
    assert caught.value.translation_key == "rules_unknown"
    assert _writes(box) == []


async def test_damage_may_be_allowed(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A person may not care; then the damage is shown as it is."""
    options = {"allow_do_not_disturb_with_rules": True}
    await set_up(ALICE, by="password", options=options)
    switch = "switch.alice_example_com_do_not_disturb"
    assert _state(hass, switch).attributes["blocked_by_rules"] is False
    assert _state(hass, "sensor.alice_example_com_accept_rules").state == "2"
    await _turn(hass, True, switch)
    assert _state(hass, switch).state == "on"
    assert _state(hass, "sensor.alice_example_com_accept_rules").state == "0"


async def test_hide_caller_id(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Assumed, since no server that can write tells; off twice is a success."""
    await set_up(CAROL, by="password")
    state = _state(hass, HIDE)
    assert state.state == STATE_UNKNOWN
    assert state.attributes["assumed_state"] is True
    account = box.accounts[CAROL]
    await _turn(hass, True, HIDE)
    assert _state(hass, HIDE).state == "on"
    assert "anonymous" in account.groups
    await _turn(hass, False, HIDE)
    await _turn(hass, False, HIDE)
    assert _state(hass, HIDE).state == "off"
    assert "anonymous" not in account.groups
    box.faults.set("*", "set_privacy_off", write_faults.not_a_member)
    await _turn(hass, False, HIDE)
    assert _state(hass, HIDE).state == "off"
    box.faults.set("*", "set_privacy_on", "json_error")
    with pytest.raises(HomeAssistantError):
        await _turn(hass, True, HIDE)
    assert _state(hass, HIDE).state == "off"
    box.faults.set("*", "set_privacy_on", write_faults.done_but_lost)
    with pytest.raises(HomeAssistantError):
        await _turn(hass, True, HIDE)
    assert _state(hass, HIDE).state == STATE_UNKNOWN


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
    box: AccountBox,
    set_up: Callable[..., Any],
    before: str,
    hidden: bool | None,
    after: str,
) -> None:
    """A restart does not forget what is assumed, whatever was shown at last."""
    stored = ((State(HIDE, before), {"hidden": hidden}),)
    mock_restore_cache_with_extra_data(hass, stored)
    await set_up(CAROL, by="password")
    assert _state(hass, HIDE).state == after


async def test_hidden_caller_id_outlives_an_outage(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A reload while the server is lost forgets nothing."""
    entry = await set_up(CAROL, by="password")
    await _turn(hass, True, HIDE)
    box.faults.set("*", "get_identity", "html_error_then_null")
    await entry.runtime_data.settings.async_refresh()
    assert _state(hass, HIDE).state == "unavailable"
    box.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert _state(hass, HIDE).state == "on"


async def test_selects(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What can be chosen, and what the server makes of it."""
    options = {"forwarding_targets": ["+31208005162", "erin@example.net"]}
    await set_up(ALICE, by="password", options=options)
    busy = _state(hass, BUSY)
    fixed = ["not_forwarded", "voicemail", "mobile_number"]
    kept = ["+31208005162", "erin@example.net"]
    assert busy.state == "bob@example.com"
    assert busy.attributes["options"] == [*fixed, *kept, "bob@example.com"]
    assert busy.attributes["target"] == "bob@example.com"
    assert busy.attributes["mobile_number"] == "+31650222333"
    assert _state(hass, NO_ANSWER).state == "voicemail"
    always = _state(hass, ALWAYS)
    assert always.state == "not_forwarded"
    assert always.attributes["options"] == [*fixed, *kept]
    assert always.attributes["target"] is None
    diversions = box.accounts[ALICE].diversions
    for option, stored in (
        ("mobile_number", "+31650222333@example.com"),
        ("+31208005162", "+31208005162@example.com"),
        ("erin@example.net", "erin@example.net"),
        ("voicemail", "<voice-mailbox>"),
        ("not_forwarded", ""),
    ):
        await _select(hass, ALWAYS, option)
        assert diversions["FUNC"] == stored
        assert _state(hass, ALWAYS).state == option
    forwarding = _state(hass, "sensor.alice_example_com_call_forwarding")
    assert forwarding.state == "conditional"
    with pytest.raises(ServiceValidationError):
        await _select(hass, ALWAYS, "mallory@example.org")
    diversions["FBUS"] = "0031650222333@example.com"
    assert _writes(box) == ["set_call_forwarding"] * 5


async def test_no_mailbox_no_mobile(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What there is not is not offered, and refused where it is asked for."""
    entry = await set_up(BOB, by="password")
    state = _state(hass, "select.bob_example_com_forward_all_calls")
    assert state.attributes["options"] == ["not_forwarded"]
    assert state.attributes["mobile_number"] is None
    for wanted, key in (
        ("voicemail", "no_mailbox"),
        ("mobile_number", "no_mobile_number"),
    ):
        with pytest.raises(ServiceValidationError) as caught:
            await _forward(hass, entry, all_calls=wanted)
        assert caught.value.translation_key == key
    assert _writes(box) == []


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("@example.com", "not_a_target"),
        ("bob smith@example.com", "not_a_target"),
        ("bob\r\n@example.com", "not_a_target"),
        ("javascript:alert(1)", "not_a_target"),
        ("b" * 300, "too_long"),
        (ALICE, "own_address"),
        ("+31208005161@evil.example", "other_domain"),
    ],
)
async def test_bad_targets(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    target: str,
    problem: str,
) -> None:
    """The server checks nothing, so we do; one bad target stops all of a call."""
    entry = await set_up(ALICE, by="password")
    with pytest.raises(ServiceValidationError) as caught:
        await _forward(hass, entry, busy="bob@example.com", all_calls=target)
    assert caught.value.translation_key == f"target_{problem}"
    assert str(caught.value) != f"target_{problem}"  # there is a text for it
    assert _writes(box) == []


async def test_action_for_any_target(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Several conditions in one call are one request, for administrators."""
    entry = await set_up(ALICE, by="password")
    await _forward(
        hass,
        entry,
        all_calls="sip:erin@example.net",
        busy="00 31 20 800 51 61",
        no_answer="not_forwarded",
        not_online="mobile_number",
        unavailable="voicemail",
    )
    assert _writes(box) == ["set_call_forwarding"]
    assert box.accounts[ALICE].diversions == {
        "FUNC": "erin@example.net",
        "FNOL": "+31650222333@example.com",
        "FBUS": "+31208005161@example.com",
        "FNOA": "",
        "FUNV": "<voice-mailbox>",
    }
    assert _state(hass, ALWAYS).state == "erin@example.net"
    assert "erin@example.net" in _state(hass, ALWAYS).attributes["options"]
    assert _state(hass, BUSY).attributes["target"] == "+31208005161@example.com"
    data = {"config_entry_id": entry.entry_id}
    with pytest.raises(probatio.Invalid):
        await hass.services.async_call("sip_account", "set_call_forwarding", data, True)
    user = MockUser().add_to_hass(hass)
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            "sip_account",
            "set_call_forwarding",
            data | {"busy": "erin@example.net"},
            True,
            Context(user_id=user.id),
        )
    assert len(_writes(box)) == 1


async def test_concurrent_selects(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """The platform loses what is changed meanwhile; what waits goes together."""
    await set_up(ALICE, by="password")
    forget = write_faults.read_change_write(0.1)
    running: list[int] = []
    asked: list[list[str]] = []
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def watched(exchange: Exchange) -> Any:
        if exchange.account is None:
            return await healthy(exchange)
        asked.append([k for k in exchange.query.parameters if k.startswith("F")])
        loop.call_soon_threadsafe(arrived.set)
        assert not running, "two writes at a time"
        running.append(1)
        try:
            return await forget(exchange)
        finally:
            running.pop()

    box.faults.set("*", "set_call_forwarding", watched)
    first = asyncio.ensure_future(_select(hass, ALWAYS, "mobile_number"))
    await arrived.wait()
    later = [
        _select(hass, BUSY, "voicemail"),
        _select(hass, NO_ANSWER, "mobile_number"),
    ]
    await asyncio.gather(first, *later)
    assert asked == [["FUNC"], ["FBUS", "FNOA"]]
    diversions = box.accounts[ALICE].diversions
    assert diversions["FUNC"] == diversions["FNOA"] == "+31650222333@example.com"
    assert diversions["FBUS"] == "<voice-mailbox>"
    assert _state(hass, ALWAYS).state == "mobile_number"
    assert _state(hass, BUSY).state == "voicemail"
    assert _state(hass, NO_ANSWER).state == "mobile_number"


async def test_selects_of_one_call(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Three selects that are set by one action are one request."""
    await set_up(ALICE, by="password")
    await _select(hass, [ALWAYS, BUSY, NO_ANSWER], "mobile_number")
    assert _writes(box) == ["set_call_forwarding"]
    states = {_state(hass, entity).state for entity in (ALWAYS, BUSY, NO_ANSWER)}
    assert states == {"mobile_number"}


@pytest.mark.parametrize("done", [True, False])
async def test_lost_answer(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], done: bool
) -> None:
    """Nobody claims to know, the write is not repeated, and what is true is shown."""
    await set_up(ALICE, by="password")
    fault = write_faults.done_but_lost if done else "reset"
    box.faults.set("*", "set_call_forwarding", fault)
    with pytest.raises(HomeAssistantError) as caught:
        await _select(hass, BUSY, "voicemail")
    assert caught.value.translation_key == "outcome_unknown"
    assert "no answer tells" in str(caught.value)
    assert _writes(box) == ["set_call_forwarding"]
    assert _state(hass, BUSY).state == ("voicemail" if done else "bob@example.com")


async def test_all_who_wait_hear_of_a_failure(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A request that failed failed for every select that went with it."""
    await set_up(ALICE, by="password")
    box.faults.set("*", "set_call_forwarding", "json_error")
    told = await asyncio.gather(
        _select(hass, ALWAYS, "voicemail"),
        _select(hass, BUSY, "voicemail"),
        return_exceptions=True,
    )
    assert [type(error) for error in told] == [HomeAssistantError] * 2
    assert _writes(box) == ["set_call_forwarding"]
    box.faults.clear()
    await _select(hass, BUSY, "voicemail")
    assert _state(hass, BUSY).state == "voicemail"


async def test_server_says_no(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Its words are shown, without anybody's number, and what is true."""
    await set_up(CAROL, by="password")
    await _turn(hass, False, DND)
    box.faults.set("*", "set_dnd_on", write_faults.refused_twice)
    with pytest.raises(HomeAssistantError) as caught:
        await _turn(hass, True, DND)
    assert not isinstance(caught.value, ServiceValidationError)
    assert caught.value.translation_key == "server_says_no"
    assert "Rules of … locked" in str(caught.value)
    assert _state(hass, DND).state == "off"


async def test_success_that_is_none(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What the server then tells is shown, not what was hoped for."""
    await set_up(ALICE, by="password")

    async def polite(exchange: Exchange) -> Answer:
        if exchange.account is None:
            return exchange.answer()
        return Answer.json({"success": True, "error_message": "Umleitung geändert"})

    box.faults.set("*", "set_call_forwarding", polite)
    await _select(hass, BUSY, "voicemail")
    assert _state(hass, BUSY).state == "bob@example.com"


async def test_poll_that_began_before(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A poll that was under way does not bring back what was before the write."""
    entry = await set_up(ALICE, by="password")
    read, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    async def late(exchange: Exchange) -> Any:
        """Answer the poll with what was true when it asked."""
        answer = exchange.answer()
        if exchange.account and not read.is_set():
            loop.call_soon_threadsafe(read.set)
            await asyncio.to_thread(go_on.wait)
        return answer

    box.faults.set("*", "get_call_forwarding", late)
    polling = asyncio.ensure_future(entry.runtime_data.settings.async_refresh())
    await read.wait()
    await _select(hass, BUSY, "voicemail")
    assert _state(hass, BUSY).state == "voicemail"
    go_on.set()
    await polling
    await hass.async_block_till_done()
    assert _state(hass, BUSY).state == "voicemail"
    told = entry.runtime_data.settings.data.value(DIVERSIONS)
    assert told[2].target == "voicemail"
    box.accounts[ALICE].diversions["FBUS"] = "erin@example.net"  # on the web page
    await entry.runtime_data.settings.async_refresh()
    assert _state(hass, BUSY).state == "erin@example.net"


async def test_of_two_reads_the_later_counts(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Whichever is answered first, and whatever has failed in between."""
    entry = await set_up(ALICE, by="password")
    settings = entry.runtime_data.settings
    diversions = box.accounts[ALICE].diversions
    held = hold(box, "get_call_forwarding")
    early = asyncio.ensure_future(settings.async_read_again(DIVERSIONS))
    await held.asked.wait()
    diversions["FBUS"] = "erin@example.net"
    await settings.async_refresh()
    assert _state(hass, BUSY).state == "erin@example.net"
    held.go_on()
    await early
    await hass.async_block_till_done()
    assert _state(hass, BUSY).state == "erin@example.net"


async def test_read_back_fails_within_a_poll(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A poll that reads after a read-back has failed takes nothing else with it."""
    entry = await set_up(ALICE, by="password")
    settings = entry.runtime_data.settings
    settings._polled = False  # the account is read before all others
    held = hold(box, "get_identity")
    polling = asyncio.ensure_future(settings.async_refresh())
    await held.asked.wait()
    box.faults.set("*", "get_call_forwarding", "html_error_then_null")
    await settings.async_read_again(DIVERSIONS)
    assert _state(hass, BUSY).state == "unavailable"
    box.faults.clear()
    held.go_on()
    await polling
    await hass.async_block_till_done()
    assert settings.last_update_success
    assert _state(hass, BUSY).state == "bob@example.com"
    assert not settings.last_errors.keys() - {"monthly_usage"}


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ("unauthorized_401", "authentication_refused"),
        ("certificate_of_no_account", "certificate_refused"),
        ("redirect_302", "not_sent_reply"),
        ("forbidden_403", "not_sent_tls"),
        ("invalid_action", "not_supported"),
        ("success_zero", "server_says_no"),
    ],
)
async def test_not_changed(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    fault: str,
    key: str,
) -> None:
    """Each failure says what it is; while reads are answered nobody is asked."""
    entry = await set_up(ALICE, by="password")
    for name in ("set_call_forwarding", "set_diversions"):
        box.faults.set("*", name, fault)
    with pytest.raises(HomeAssistantError) as caught:
        await _select(hass, BUSY, "voicemail")
    assert caught.value.translation_key == key
    await hass.async_block_till_done()
    assert not list(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert _state(hass, BUSY).state == (
        "unavailable" if fault == "invalid_action" else "bob@example.com"
    )


async def test_denied_write_comes_back(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A write that the server has denied is tried again once that was forgotten."""
    entry = await set_up(ALICE, by="password")
    for name in ("set_call_forwarding", "set_diversions"):
        box.faults.set("*", name, "invalid_action")
    with pytest.raises(HomeAssistantError):
        await _select(hass, BUSY, "voicemail")
    with pytest.raises(HomeAssistantError):
        await _forward(hass, entry, busy="voicemail")
    box.faults.clear()
    entry.runtime_data.connection.client.forget_unsupported()
    await entry.runtime_data.settings.async_refresh()
    await _select(hass, BUSY, "voicemail")
    assert _state(hass, BUSY).state == "voicemail"


async def test_refused_credentials(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A refusal is looked into at once, by the rules that hold for every poll."""
    entry = await set_up(ALICE, path="/2009-10/settings.phtml")
    box.accounts.pop(ALICE)
    with pytest.raises(HomeAssistantError) as caught:
        await _select(hass, BUSY, "voicemail")
    assert caught.value.translation_key == "certificate_refused"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.runtime_data.settings.refusal
    assert not list(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))


async def test_words_of_the_server(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What a server says is shown as harmless text, and none at all as such."""
    await set_up(ALICE, by="password")

    async def say(exchange: Exchange) -> Answer:
        return Answer.json({"success": False, "error_message": words})

    box.faults.set("*", "set_call_forwarding", say)
    words = "<b>+31208005161 is bad</b>\u202e\x07"
    with pytest.raises(HomeAssistantError) as caught:
        await _select(hass, BUSY, "voicemail")
    assert str(caught.value).endswith("It says: … is bad")
    words = ""
    with pytest.raises(HomeAssistantError) as caught:
        await _select(hass, BUSY, "voicemail")
    assert caught.value.translation_key == "server_gives_no_reason"


async def test_back_end_lost_behind_the_server(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A time-out behind the server is no "no": it may have been done."""
    await set_up(ALICE, by="password")
    box.faults.set("*", "set_call_forwarding", write_faults.back_end_lost("Timed out"))
    with pytest.raises(ChangeUnknownError):
        await _select(hass, BUSY, "voicemail")
    assert _state(hass, BUSY).state == "voicemail"
    lost = write_faults.back_end_lost("Connect Error to 127.0.0.1:9200")
    box.faults.set("*", "set_call_forwarding", lost)
    with pytest.raises(HomeAssistantError) as caught:
        await _select(hass, BUSY, "not_forwarded")
    assert caught.value.translation_key == "server_says_no"


async def test_current_target_whatever_it_is(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What is in force can be chosen, even if we would not send it."""
    diversions = box.accounts[ALICE].diversions
    diversions["FBUS"] = "+31208005161@evil.example"
    diversions["FNOA"] = f"{'x' * 250}@example.com"
    await set_up(ALICE, by="password")
    await _select(hass, BUSY, "+31208005161@evil.example")
    state = _state(hass, NO_ANSWER)
    assert len(state.state) == 255
    assert state.attributes["target"].startswith(state.state)
    await _select(hass, NO_ANSWER, state.state)
    assert _writes(box) == []
    diversions["FBUS"] = "bob@example.com"  # on the web page
    with pytest.raises(ServiceValidationError):
        await _select(hass, BUSY, "+31208005161@evil.example")
    assert _state(hass, BUSY).state == "bob@example.com"


async def test_other_names_of_the_account(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An alias or a number of the account's own leads back to it."""
    entry = await set_up(ALICE, by="password")
    for target in ("info@example.com", "+31208005169", "0031 20 800 5169"):
        with pytest.raises(ServiceValidationError) as caught:
            await _forward(hass, entry, busy=target)
        assert caught.value.translation_key == "target_own_address"


async def test_numbers_are_texts(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What YAML or a template has made a number of is another number by then."""
    entry = await set_up(ALICE, by="password")
    with pytest.raises(ServiceValidationError) as caught:
        await _forward(hass, entry, busy=31208005161)
    assert caught.value.translation_key == "target_no_text"
    await _forward(hass, entry, busy="tel:+31208005161")
    assert box.accounts[ALICE].diversions["FBUS"] == "+31208005161@example.com"


async def test_read_back_fails(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """What could not be read back is read a minute later, not at the next poll."""
    await set_up(ALICE, by="password", options={"settings_interval": 600})
    box.faults.set("*", "get_call_forwarding", "html_error_then_null")
    await _select(hass, BUSY, "voicemail")
    assert _state(hass, BUSY).state == "unavailable"
    box.faults.clear()
    freezer.tick(timedelta(seconds=61))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _state(hass, BUSY).state == "voicemail"


async def test_one_caller_gives_up(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Who no longer waits takes nobody's change along."""
    entry = await set_up(ALICE, by="password")
    control = entry.runtime_data.control
    first = asyncio.ensure_future(control.async_forward({Condition.BUSY: "voicemail"}))
    second = asyncio.ensure_future(
        control.async_forward({Condition.ALL_CALLS: "mobile_number"})
    )
    await asyncio.sleep(0)
    first.cancel()
    await second
    diversions = box.accounts[ALICE].diversions
    assert diversions["FBUS"] == "<voice-mailbox>"
    assert diversions["FUNC"] == "+31650222333@example.com"


async def test_write_keeps_its_parameters_out_of_the_url(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """URLs get logged on the way: numbers go into the body."""
    await set_up(ALICE, by="password")
    queries: list[set[str]] = []

    async def watched(exchange: Exchange) -> Any:
        queries.append(set(exchange.request.query))
        return await healthy(exchange)

    box.faults.set("*", "set_call_forwarding", watched)
    await _select(hass, BUSY, "mobile_number")
    assert queries
    assert all(query == {"action", "export", "realm"} for query in queries)


async def test_options(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Targets are checked and kept in one spelling; the other options stay."""
    entry = await set_up(ALICE, by="password", options={"activity_interval": 90})
    await flow.options(entry.entry_id)
    await flow.choose("control")
    await flow.submit(
        forwarding_targets=["bob@example.com", "javascript:alert(1)"],
        allow_do_not_disturb_with_rules=True,
    )
    assert flow.errors == {"forwarding_targets": "target_not_a_target"}
    assert flow.result["description_placeholders"]["target"] == "javascript:alert(1)"
    for target, error in (
        ("0031650222333", "target_mobile_number"),
        ("info@example.com", "target_own_address"),
    ):
        await flow.submit(forwarding_targets=[target])
        assert flow.errors == {"forwarding_targets": error}
    await flow.submit(
        forwarding_targets=["sip:bob@example.com", "bob@example.com", "0031 208005162"],
        allow_do_not_disturb_with_rules=True,
    )
    assert flow.step == "create_entry"
    assert entry.options == {
        "activity_interval": 90,
        "forwarding_targets": ["bob@example.com", "+31208005162"],
        "allow_do_not_disturb_with_rules": True,
    }
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "+31208005162" in _state(hass, ALWAYS).attributes["options"]
    await flow.options(entry.entry_id)
    await flow.choose("settings")
    await flow.submit(activity_interval=120, settings_interval=20, currency="EUR")
    assert entry.options["forwarding_targets"] == ["bob@example.com", "+31208005162"]
    assert entry.options["activity_interval"] == 120
    await hass.async_block_till_done(wait_background_tasks=True)
