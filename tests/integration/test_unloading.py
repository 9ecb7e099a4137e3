"""What is gone stays gone: nothing is sent for it, and who waits is told the truth."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.sip_account import control as control_module
from custom_components.sip_account.sip_settings import (
    DIVERSIONS,
    Condition,
)
from custom_components.sip_account.wording.outcome import ChangeUnknownError
from demo import AccountBox

from .support import ALICE, CAROL, hold

LOGGER = "custom_components.sip_account"
ALWAYS = "select.alice_example_com_forward_all_calls"
BUSY = "select.alice_example_com_forward_when_busy"
HIDE = "switch.carol_example_com_hide_caller_id"
DND = "switch.carol_example_com_do_not_disturb"

type End = Callable[[HomeAssistant, Any], Awaitable[Any]]


async def _remove(hass: HomeAssistant, entry: Any) -> None:
    await hass.config_entries.async_remove(entry.entry_id)


async def _unload(hass: HomeAssistant, entry: Any) -> None:
    await hass.config_entries.async_unload(entry.entry_id)


async def _disable(hass: HomeAssistant, entry: Any) -> None:
    by = ConfigEntryDisabler.USER
    await hass.config_entries.async_set_disabled_by(entry.entry_id, by)


ENDS = pytest.mark.parametrize("end", [_remove, _unload, _disable])


async def _select(hass: HomeAssistant, entity_id: Any, option: str) -> None:
    data = {"entity_id": entity_id, "option": option}
    await hass.services.async_call("select", "select_option", data, True)


async def _turn(hass: HomeAssistant, entity_id: str, service: str = "turn_on") -> None:
    await hass.services.async_call("switch", service, {"entity_id": entity_id}, True)


async def _begin(hass: HomeAssistant, end: End, entry: Any) -> asyncio.Future[Any]:
    """Let an end begin, until it waits for something."""
    begun = asyncio.Event()
    forget = entry.async_on_state_change(begun.set)
    ending = asyncio.ensure_future(end(hass, entry))
    await begun.wait()
    forget()
    return ending


async def _turns() -> None:
    """Let whatever waits for nothing from outside be done."""
    for _ in range(100):
        await asyncio.sleep(0)


@pytest.fixture
def later(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Callable[[], Any]:
    """Give a way to let time pass: 61 seconds, then an hour."""

    async def later() -> None:
        for span in (timedelta(seconds=61), timedelta(hours=1)):
            freezer.tick(span)
            async_fire_time_changed(hass)
            await hass.async_block_till_done(wait_background_tasks=True)

    return later


@ENDS
@pytest.mark.parametrize(
    ("who", "change", "action"),
    [
        (ALICE, lambda hass: _select(hass, BUSY, "voicemail"), "set_call_forwarding"),
        (CAROL, lambda hass: _turn(hass, DND), "set_dnd_on"),
        (CAROL, lambda hass: _turn(hass, HIDE), "set_privacy_on"),
    ],
)
async def test_end_in_mid_write(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    later: Callable[[], Any],
    end: End,
    who: str,
    change: Callable[[HomeAssistant], Awaitable[None]],
    action: str,
) -> None:
    """The write is waited for and succeeds; the server hears no more of us."""
    entry = await set_up(who, by="password")
    held = hold(box, action)
    writing = asyncio.ensure_future(change(hass))
    await held.asked.wait()
    heard = len(box.requests)
    ending = await _begin(hass, end, entry)
    await _turns()
    assert entry.state.value == "unload_in_progress"
    assert not writing.done()
    held.go_on()
    await writing
    await ending
    assert entry.state.value == "not_loaded"
    await later()
    assert box.requests[heard:] == []


@ENDS
async def test_end_before_a_lost_answer(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    later: Callable[[], Any],
    end: End,
) -> None:
    """Nobody knows, nobody looks, and the caller is told just that."""
    entry = await set_up(ALICE, by="password")
    held = hold(box, "set_call_forwarding", then="reset")
    writing = asyncio.ensure_future(_select(hass, BUSY, "voicemail"))
    await held.asked.wait()
    heard = len(box.requests)
    ending = await _begin(hass, end, entry)
    held.go_on()
    with pytest.raises(ChangeUnknownError):
        await writing
    await ending
    await later()
    assert box.requests[heard:] == []


async def test_end_after_a_lost_answer(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    later: Callable[[], Any],
) -> None:
    """The look a minute later is not taken for an account that was removed."""
    entry = await set_up(ALICE, by="password")
    box.faults.set("*", "set_call_forwarding", "reset")
    with pytest.raises(ChangeUnknownError):
        await _select(hass, BUSY, "voicemail")
    heard = len(box.requests)
    await _remove(hass, entry)
    await later()
    assert box.requests[heard:] == []


async def test_no_timer_is_left(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Nor does anything wait for that minute."""
    entry = await set_up(ALICE, by="password")
    box.faults.set("*", "set_call_forwarding", "reset")
    with pytest.raises(ChangeUnknownError):
        await _select(hass, BUSY, "voicemail")
    control = entry.runtime_data.control
    assert control._later
    await _unload(hass, entry)
    assert control._later is None


async def test_end_without_any_answer(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    later: Callable[[], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An account can be removed from a server that never answers."""
    monkeypatch.setattr(control_module, "_DRAIN_LIMIT", 0)
    entry = await set_up(ALICE, by="password")
    held = hold(box, "set_call_forwarding")
    writing = asyncio.ensure_future(_select(hass, BUSY, "voicemail"))
    await held.asked.wait()
    heard = len(box.requests)
    await _remove(hass, entry)
    with pytest.raises(ChangeUnknownError):
        await writing
    await later()
    assert box.requests[heard:] == []
    held.go_on()


async def test_who_waits_is_told_at_once(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What waits for its turn, or for a look at the rules, fails with nothing sent."""
    entry = await set_up(CAROL, by="password")
    control = entry.runtime_data.control
    held = hold(box, "set_call_forwarding")
    writing = asyncio.ensure_future(
        control.async_forward({Condition.BUSY: "bob@example.com"})
    )
    await held.asked.wait()
    waiting = [
        asyncio.ensure_future(change)
        for change in (
            control.async_forward({Condition.ALL_CALLS: "bob@example.com"}),
            control.async_forward({Condition.NO_ANSWER: "bob@example.com"}),
            _turn(hass, HIDE),
            _turn(hass, DND, "turn_off"),
        )
    ]
    await _turns()
    heard = len(box.requests)
    ending = await _begin(hass, _remove, entry)
    for error in await asyncio.gather(*waiting, return_exceptions=True):
        assert isinstance(error, HomeAssistantError)
        assert error.translation_key == "not_sent_closed"
        assert CAROL in str(error)
    assert not writing.done()
    held.go_on()
    await writing
    await ending
    assert box.requests[heard:] == []
    diversions = box.accounts[CAROL].diversions
    assert diversions["FBUS"] == "bob@example.com"
    assert "bob@example.com" not in {diversions.get("FUNC"), diversions.get("FNOA")}


async def test_other_switch_is_told_at_once(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Home Assistant itself has no switch wait for another one."""
    entry = await set_up(CAROL, by="password")
    held = hold(box, "set_privacy_on")
    writing = asyncio.ensure_future(_turn(hass, HIDE))
    await held.asked.wait()
    waiting = asyncio.ensure_future(_turn(hass, DND, "turn_off"))
    await _turns()
    ending = await _begin(hass, _unload, entry)
    with pytest.raises(HomeAssistantError) as caught:
        await waiting
    assert caught.value.translation_key == "not_sent_closed"
    assert not writing.done()
    held.go_on()
    await writing
    await ending


async def test_look_before_a_write(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A write that still looks at the daily rules is none yet: nobody waits for it."""
    entry = await set_up(CAROL, by="password")
    held = hold(box, "get_accept_rules")
    writing = asyncio.ensure_future(_turn(hass, DND, "turn_off"))
    await held.asked.wait()
    heard = len(box.requests)
    await _remove(hass, entry)
    with pytest.raises(HomeAssistantError) as caught:
        await writing
    assert caught.value.translation_key == "not_sent_closed"
    held.go_on()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert box.requests[heard:] == []


async def test_look_after_a_write(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    later: Callable[[], Any],
) -> None:
    """A write that was answered is done, also if nobody can look any more."""
    entry = await set_up(ALICE, by="password")
    held = hold(box, "get_call_forwarding")
    writing = asyncio.ensure_future(_select(hass, BUSY, "voicemail"))
    await held.asked.wait()
    heard = len(box.requests)
    await _remove(hass, entry)
    await writing
    held.go_on()
    await later()
    assert box.requests[heard:] == []


async def test_changes_while_it_ends(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Who comes between the beginning of the end and the end is told so."""
    entry = await set_up(ALICE, by="password")
    control = entry.runtime_data.control
    held = hold(box, "set_call_forwarding")
    writing = asyncio.ensure_future(_select(hass, ALWAYS, "voicemail"))
    await held.asked.wait()
    heard = len(box.requests)
    ending = await _begin(hass, _remove, entry)
    current = hass.states.get(BUSY)
    assert current
    for change in (
        _select(hass, BUSY, "voicemail"),
        _select(hass, BUSY, current.state),
        _turn(hass, "switch.alice_example_com_do_not_disturb"),
        _turn(hass, "switch.alice_example_com_hide_caller_id"),
        control.async_forward({Condition.BUSY: "voicemail"}),
    ):
        with pytest.raises(HomeAssistantError) as caught:
            await change
        assert caught.value.translation_key == "not_sent_closed"
    for name, more in (
        ("set_call_forwarding", {"busy": "voicemail"}),
        ("set_do_not_disturb", {}),
    ):
        data = {"config_entry_id": entry.entry_id, **more}
        with pytest.raises(ServiceValidationError):
            await hass.services.async_call("sip_account", name, data, True)
    held.go_on()
    await writing
    await ending
    assert box.requests[heard:] == []


async def test_reload_in_mid_write(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What is loaded anew shows what the write has done."""
    entry = await set_up(CAROL, by="password")
    held = hold(box, "set_privacy_on")
    writing = asyncio.ensure_future(_turn(hass, HIDE))
    await held.asked.wait()
    before = entry.runtime_data
    reload = hass.config_entries.async_reload(entry.entry_id)
    reloading = asyncio.ensure_future(reload)
    await _turns()
    assert entry.runtime_data is before
    held.go_on()
    await writing
    assert await reloading
    await hass.async_block_till_done()
    assert entry.runtime_data is not before
    state = hass.states.get(HIDE)
    assert state
    assert state.state == "on"  # which nobody but the write could tell


async def test_poll_while_it_ends(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A poll that is under way sends no more, and what it has read counts no more."""
    entry = await set_up(ALICE, by="password")
    runtime = entry.runtime_data
    before, learned = runtime.activity.data, dict(entry.data)
    written = hold(box, "set_call_forwarding")
    writing = asyncio.ensure_future(_select(hass, BUSY, "voicemail"))
    await written.asked.wait()
    box.accounts[ALICE].calls.clear()
    polled = hold(box, "get_history")
    polling = asyncio.ensure_future(runtime.activity.async_refresh())
    await polled.asked.wait()
    # It is time to ask anew for what is unsupported, and there are other names.
    learned["unsupported_asked_at"] = "2026-01-01T00:00:00+00:00"
    hass.config_entries.async_update_entry(entry, data=learned)
    runtime.connection.client.learned["calls"] = "another"
    heard, told = len(box.requests), hass.states.get(BUSY)
    ending = await _begin(hass, _remove, entry)
    polled.go_on()
    await polling
    await runtime.settings.async_refresh()
    await runtime.settings.async_read_again(DIVERSIONS)
    assert runtime.activity.data is before
    assert hass.states.get(BUSY) == told
    assert dict(entry.data) == learned
    written.go_on()
    await writing
    await ending
    assert box.requests[heard:] == []
    assert not hass.config_entries.flow.async_progress()
    assert not ir.async_get(hass).issues
    assert not [
        r
        for r in caplog.records
        if r.name.startswith(LOGGER) and r.levelno > logging.DEBUG
    ]
