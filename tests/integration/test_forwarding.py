"""Forwarding: by a select or by an action, to whatever can be called."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
import pytest
from pytest_homeassistant_custom_component.common import (
    MockUser,
)

from demo import AccountBox, write_faults
from demo.exchange import Exchange, healthy

from .changing import (
    ALWAYS,
    BUSY,
    NO_ANSWER,
    choose,
    forward_to,
    state_of,
    writes_of,
)
from .support import ALICE, BOB


async def test_selects(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What can be chosen, and what the server makes of it."""
    options = {"forwarding_targets": ["+31208005162", "erin@example.net"]}
    await set_up(ALICE, by="password", options=options)
    busy = state_of(hass, BUSY)
    fixed = ["not_forwarded", "voicemail", "mobile_number"]
    kept = ["+31208005162", "erin@example.net"]
    assert busy.state == "bob@example.com"
    assert busy.attributes["options"] == [*fixed, *kept, "bob@example.com"]
    assert busy.attributes["target"] == "bob@example.com"
    assert busy.attributes["mobile_number"] == "+31650222333"
    assert state_of(hass, NO_ANSWER).state == "voicemail"
    always = state_of(hass, ALWAYS)
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
        await choose(hass, ALWAYS, option)
        assert diversions["FUNC"] == stored
        assert state_of(hass, ALWAYS).state == option
    forwarding = state_of(hass, "sensor.alice_example_com_call_forwarding")
    assert forwarding.state == "conditional"
    with pytest.raises(ServiceValidationError):
        await choose(hass, ALWAYS, "mallory@example.org")
    diversions["FBUS"] = "0031650222333@example.com"
    assert writes_of(box) == ["set_call_forwarding"] * 5


async def test_no_mailbox_no_mobile(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What there is not is not offered, and refused where it is asked for."""
    entry = await set_up(BOB, by="password")
    state = state_of(hass, "select.bob_example_com_forward_all_calls")
    assert state.attributes["options"] == ["not_forwarded"]
    assert state.attributes["mobile_number"] is None
    for wanted, key in (
        ("voicemail", "no_mailbox"),
        ("mobile_number", "no_mobile_number"),
    ):
        with pytest.raises(ServiceValidationError) as caught:
            await forward_to(hass, entry, all_calls=wanted)
        assert caught.value.translation_key == key
    assert writes_of(box) == []


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
        await forward_to(hass, entry, busy="bob@example.com", all_calls=target)
    assert caught.value.translation_key == f"target_{problem}"
    assert str(caught.value) != f"target_{problem}"  # there is a text for it
    assert writes_of(box) == []


async def test_action_for_any_target(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Several conditions in one call are one request, for administrators."""
    entry = await set_up(ALICE, by="password")
    await forward_to(
        hass,
        entry,
        all_calls="sip:erin@example.net",
        busy="00 31 20 800 51 61",
        no_answer="not_forwarded",
        not_online="mobile_number",
        unavailable="voicemail",
    )
    assert writes_of(box) == ["set_call_forwarding"]
    assert box.accounts[ALICE].diversions == {
        "FUNC": "erin@example.net",
        "FNOL": "+31650222333@example.com",
        "FBUS": "+31208005161@example.com",
        "FNOA": "",
        "FUNV": "<voice-mailbox>",
    }
    assert state_of(hass, ALWAYS).state == "erin@example.net"
    assert "erin@example.net" in state_of(hass, ALWAYS).attributes["options"]
    assert state_of(hass, BUSY).attributes["target"] == "+31208005161@example.com"
    data = {"config_entry_id": entry.entry_id}
    with pytest.raises(ServiceValidationError, match="Choose at least one condition"):
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
    assert len(writes_of(box)) == 1


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
    first = asyncio.ensure_future(choose(hass, ALWAYS, "mobile_number"))
    await arrived.wait()
    later = [
        choose(hass, BUSY, "voicemail"),
        choose(hass, NO_ANSWER, "mobile_number"),
    ]
    await asyncio.gather(first, *later)
    assert asked == [["FUNC"], ["FBUS", "FNOA"]]
    diversions = box.accounts[ALICE].diversions
    assert diversions["FUNC"] == diversions["FNOA"] == "+31650222333@example.com"
    assert diversions["FBUS"] == "<voice-mailbox>"
    assert state_of(hass, ALWAYS).state == "mobile_number"
    assert state_of(hass, BUSY).state == "voicemail"
    assert state_of(hass, NO_ANSWER).state == "mobile_number"


async def test_selects_of_one_call(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Three selects that are set by one action are one request."""
    await set_up(ALICE, by="password")
    await choose(hass, [ALWAYS, BUSY, NO_ANSWER], "mobile_number")
    assert writes_of(box) == ["set_call_forwarding"]
    states = {state_of(hass, entity).state for entity in (ALWAYS, BUSY, NO_ANSWER)}
    assert states == {"mobile_number"}


async def test_current_target_whatever_it_is(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What is in force can be chosen, even if we would not send it."""
    diversions = box.accounts[ALICE].diversions
    diversions["FBUS"] = "+31208005161@evil.example"
    diversions["FNOA"] = f"{'x' * 250}@example.com"
    await set_up(ALICE, by="password")
    await choose(hass, BUSY, "+31208005161@evil.example")
    state = state_of(hass, NO_ANSWER)
    assert len(state.state) == 255
    assert state.attributes["target"].startswith(state.state)
    await choose(hass, NO_ANSWER, state.state)
    assert writes_of(box) == []
    diversions["FBUS"] = "bob@example.com"  # on the web page
    with pytest.raises(ServiceValidationError):
        await choose(hass, BUSY, "+31208005161@evil.example")
    assert state_of(hass, BUSY).state == "bob@example.com"


async def test_other_names_of_the_account(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An alias or a number of the account's own leads back to it."""
    entry = await set_up(ALICE, by="password")
    for target in ("info@example.com", "+31208005169", "0031 20 800 5169"):
        with pytest.raises(ServiceValidationError) as caught:
            await forward_to(hass, entry, busy=target)
        assert caught.value.translation_key == "target_own_address"


async def test_numbers_are_texts(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What YAML or a template has made a number of is another number by then."""
    entry = await set_up(ALICE, by="password")
    with pytest.raises(ServiceValidationError) as caught:
        await forward_to(hass, entry, busy=31208005161)
    assert caught.value.translation_key == "target_no_text"
    await forward_to(hass, entry, busy="tel:+31208005161")
    assert box.accounts[ALICE].diversions["FBUS"] == "+31208005161@example.com"


async def test_where_calls_go_now(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Who gets them: always, or while no phone is registered; else they ring here."""
    account = box.accounts[ALICE]
    entry = await set_up(ALICE, by="password")

    async def goes_to(**diversions: str) -> str | None:
        account.diversions = {"FUNC": "", "FBUS": "", **diversions}
        await entry.runtime_data.settings.async_refresh()
        sensor = state_of(hass, "sensor.alice_example_com_call_forwarding")
        told: str | None = sensor.attributes["calls_go_to"]
        return told

    assert await goes_to() is None
    assert await goes_to(FBUS="<voice-mailbox>", FNOL="<voice-mailbox>") is None
    assert await goes_to(FUNC="+31208005161@example.com") == "+31 208 005 161"
    assert await goes_to(FUNC="<voice-mailbox>") == "voicemail"
    assert await goes_to(FUNC="erin@example.net") == "erin@example.net"
    account.devices = []
    assert await goes_to(FNOL="<voice-mailbox>") == "voicemail"


@pytest.mark.parametrize("number", ["javascript:alert(1)", "+31-6-call-me"])
async def test_mobile_number_that_is_none(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], number: str
) -> None:
    """It is no target that could be chosen."""
    box.accounts[ALICE].mobile_number = number
    await set_up(ALICE, by="password")
    state = hass.states.get("select.alice_example_com_forward_when_busy")
    assert state is not None
    assert state.attributes["mobile_number"] is None
    assert "mobile_number" not in state.attributes["options"]


@pytest.mark.parametrize("target", ["not_forwarded", "voicemail"])
@pytest.mark.parametrize("done", [True, False])
async def test_done_after_an_error(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    target: str,
    done: bool,
) -> None:
    """What is read then proves it, also where calls are to go nowhere else."""
    await set_up(ALICE, by="password")
    fault = write_faults.failed_look_before if done else write_faults.into_the_void
    box.faults.set("*", "set_call_forwarding", fault)
    with nullcontext() if done else pytest.raises(HomeAssistantError):
        await choose(hass, BUSY, target)
    assert state_of(hass, BUSY).state == (target if done else "bob@example.com")
