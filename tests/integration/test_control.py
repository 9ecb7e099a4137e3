"""What becomes of a change: sent once, read back, and what goes wrong is said."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import threading
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
)
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
)

from custom_components.sip_account.sip_settings import DIVERSIONS, Condition
from custom_components.sip_account.wording.outcome import ChangeUnknownError
from demo import AccountBox, write_faults
from demo.dialects import Answer
from demo.exchange import Exchange, healthy

from .changing import (
    ALWAYS,
    BUSY,
    DND,
    choose,
    forward_to,
    state_of,
    turn,
    writes_of,
)
from .flow import Flow
from .support import ALICE, CAROL, hold


@pytest.mark.parametrize("done", [True, False])
async def test_lost_answer(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], done: bool
) -> None:
    """Nobody claims to know, the write is not repeated, and what is true is shown."""
    await set_up(ALICE, by="password")
    fault = write_faults.done_but_lost if done else "reset"
    box.faults.set("*", "set_call_forwarding", fault)
    with pytest.raises(HomeAssistantError) as caught:
        await choose(hass, BUSY, "voicemail")
    assert caught.value.translation_key == "outcome_unknown"
    assert "no answer tells" in str(caught.value)
    assert writes_of(box) == ["set_call_forwarding"]
    assert state_of(hass, BUSY).state == ("voicemail" if done else "bob@example.com")


async def test_all_who_wait_hear_of_a_failure(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A request that failed failed for every select that went with it."""
    await set_up(ALICE, by="password")
    box.faults.set("*", "set_call_forwarding", "json_error")
    told = await asyncio.gather(
        choose(hass, ALWAYS, "voicemail"),
        choose(hass, BUSY, "voicemail"),
        return_exceptions=True,
    )
    assert [type(error) for error in told] == [HomeAssistantError] * 2
    assert writes_of(box) == ["set_call_forwarding"]
    box.faults.clear()
    await choose(hass, BUSY, "voicemail")
    assert state_of(hass, BUSY).state == "voicemail"


async def test_server_says_no(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Its words are shown, without anybody's number, and what is true."""
    await set_up(CAROL, by="password")
    await turn(hass, False, DND)
    box.faults.set("*", "set_dnd_on", write_faults.refused_twice)
    with pytest.raises(HomeAssistantError) as caught:
        await turn(hass, True, DND)
    assert not isinstance(caught.value, ServiceValidationError)
    assert caught.value.translation_key == "server_says_no"
    assert "Rules of … locked" in str(caught.value)
    assert state_of(hass, DND).state == "off"


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
    await choose(hass, BUSY, "voicemail")
    assert state_of(hass, BUSY).state == "bob@example.com"


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
    await choose(hass, BUSY, "voicemail")
    assert state_of(hass, BUSY).state == "voicemail"
    go_on.set()
    await polling
    await hass.async_block_till_done()
    assert state_of(hass, BUSY).state == "voicemail"
    told = entry.runtime_data.settings.data.value(DIVERSIONS)
    assert told[2].target == "voicemail"
    box.accounts[ALICE].diversions["FBUS"] = "erin@example.net"  # on the web page
    await entry.runtime_data.settings.async_refresh()
    assert state_of(hass, BUSY).state == "erin@example.net"


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
    assert state_of(hass, BUSY).state == "erin@example.net"
    held.go_on()
    await early
    await hass.async_block_till_done()
    assert state_of(hass, BUSY).state == "erin@example.net"


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
    assert state_of(hass, BUSY).state == "unavailable"
    box.faults.clear()
    held.go_on()
    await polling
    await hass.async_block_till_done()
    assert settings.last_update_success
    assert state_of(hass, BUSY).state == "bob@example.com"
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
        await choose(hass, BUSY, "voicemail")
    assert caught.value.translation_key == key
    await hass.async_block_till_done()
    assert not list(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert state_of(hass, BUSY).state == (
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
        await choose(hass, BUSY, "voicemail")
    with pytest.raises(HomeAssistantError):
        await forward_to(hass, entry, busy="voicemail")
    box.faults.clear()
    entry.runtime_data.connection.client.forget_unsupported()
    await entry.runtime_data.settings.async_refresh()
    await choose(hass, BUSY, "voicemail")
    assert state_of(hass, BUSY).state == "voicemail"


async def test_refused_credentials(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A refusal is looked into at once, by the rules that hold for every poll."""
    entry = await set_up(ALICE, path="/2009-10/settings.phtml")
    box.accounts.pop(ALICE)
    with pytest.raises(HomeAssistantError) as caught:
        await choose(hass, BUSY, "voicemail")
    assert caught.value.translation_key == "certificate_refused"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.runtime_data.health.standing.refusal
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
        await choose(hass, BUSY, "voicemail")
    assert str(caught.value).endswith("It says: … is bad")
    words = ""
    with pytest.raises(HomeAssistantError) as caught:
        await choose(hass, BUSY, "voicemail")
    assert caught.value.translation_key == "server_gives_no_reason"


async def test_back_end_lost_behind_the_server(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A time-out behind the server is no "no": it may have been done."""
    await set_up(ALICE, by="password")
    box.faults.set("*", "set_call_forwarding", write_faults.back_end_lost("Timed out"))
    with pytest.raises(ChangeUnknownError):
        await choose(hass, BUSY, "voicemail")
    assert state_of(hass, BUSY).state == "voicemail"
    lost = write_faults.back_end_lost("Connect Error to 127.0.0.1:9200")
    box.faults.set("*", "set_call_forwarding", lost)
    with pytest.raises(HomeAssistantError) as caught:
        await choose(hass, BUSY, "not_forwarded")
    assert caught.value.translation_key == "server_says_no"


async def test_read_back_fails(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """What could not be read back is read a minute later, not at the next poll."""
    await set_up(ALICE, by="password", options={"settings_interval": 600})
    box.faults.set("*", "get_call_forwarding", "html_error_then_null")
    await choose(hass, BUSY, "voicemail")
    assert state_of(hass, BUSY).state == "unavailable"
    box.faults.clear()
    for seconds, state in ((58.9, "unavailable"), (1.1, "voicemail")):
        freezer.tick(timedelta(seconds=seconds))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert state_of(hass, BUSY).state == state


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
    await choose(hass, BUSY, "mobile_number")
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
    assert flow.step == "targets"
    told = flow.result["description_placeholders"]
    assert told["targets"] == "bob@example.com, +31 20 800 5162"
    await flow.choose("keep_targets")
    assert flow.step == "create_entry"
    assert entry.options == {
        "activity_interval": 90,
        "forwarding_targets": ["bob@example.com", "+31208005162"],
        "allow_do_not_disturb_with_rules": True,
    }
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "+31208005162" in state_of(hass, ALWAYS).attributes["options"]
    await flow.options(entry.entry_id)
    await flow.choose("settings")
    await flow.submit(activity_interval=120, settings_interval=20, currency="EUR")
    assert entry.options["forwarding_targets"] == ["bob@example.com", "+31208005162"]
    assert entry.options["activity_interval"] == 120
    await hass.async_block_till_done(wait_background_tasks=True)
