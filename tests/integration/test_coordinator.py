"""Polls: what fails takes nothing else with it, and false alarms silence no house."""

import asyncio
from collections.abc import Callable
import logging
from ssl import SSLContext
import time
from typing import Any
from weakref import WeakValueDictionary

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.sip_account import login
from custom_components.sip_account.sip_settings import (
    CALLS,
    ENUM,
    PREPAID,
    build_context,
)
from demo import AccountBox
from demo.accounts import Call
from demo.exchange import Exchange

from .passing import pass_time
from .support import ALICE, BOB

LOGGER = "custom_components.sip_account.health"
BALANCE = "sensor.alice_example_com_balance"
CALL = "sensor.alice_example_com_last_call"
FORWARDING = "sensor.alice_example_com_call_forwarding"
VOICEMAIL = "sensor.alice_example_com_voicemail"


def _state(hass: HomeAssistant, entity_id: str) -> str:
    state = hass.states.get(entity_id)
    return state.state if state else "missing"


def _reauths(hass: HomeAssistant) -> int:
    return sum(
        flow["context"]["source"] == SOURCE_REAUTH
        for flow in hass.config_entries.flow.async_progress()
    )


def _lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == LOGGER]


async def test_one_action_fails(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Only the entities of the failing action are unavailable; it is told once."""
    caplog.set_level(logging.INFO, LOGGER)
    await set_up(ALICE)
    box.faults.set(ALICE, "diversions", "html_error_then_null")
    for _ in range(3):
        await poll()
    assert _state(hass, FORWARDING) == "unavailable"
    assert _state(hass, VOICEMAIL) == "in_use"
    assert _state(hass, BALANCE) == "12.3456"
    box.faults.clear()
    await poll()
    assert _state(hass, FORWARDING) == "conditional"
    lost, back = _lines(caplog)
    assert "cannot read diversions" in lost
    assert "can read diversions again" in back


@pytest.mark.parametrize("fault", ["reset", "html_502", "back_end_timeout"])
async def test_all_fails(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    fault: str,
) -> None:
    """Everything is unavailable while the server is down, and back when it is up."""
    entry = await set_up(ALICE)
    box.faults.set("*", "*", fault)
    await poll()
    await poll()
    assert {_state(hass, e) for e in (BALANCE, CALL, FORWARDING)} == {"unavailable"}
    assert entry.state is ConfigEntryState.LOADED
    assert _reauths(hass) == 0
    box.faults.clear()
    await poll()
    assert _state(hass, BALANCE) == "12.3456"
    assert _state(hass, FORWARDING) == "conditional"


async def test_outage_is_told_once(
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One line when the account is lost, one when it is back, whoever noticed."""
    caplog.set_level(logging.INFO, LOGGER)
    await set_up(ALICE)
    box.faults.set("*", "*", "reset")
    for _ in range(4):
        await poll()
    box.faults.clear()
    for _ in range(3):
        await poll()
    lost, back = _lines(caplog)
    assert lost.startswith(f"{ALICE} cannot be reached")
    assert back == f"{ALICE} can be reached again"


async def test_new_call(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """A poll shows what has happened since."""
    await set_up(ALICE)
    now = box.now().replace(microsecond=0)
    call = Call("received", "sip:erin@example.net", now, status=487)
    box.accounts[ALICE].calls.append(call)
    await poll(2)
    state = hass.states.get("sensor.alice_example_com_last_missed_call")
    assert state is not None
    assert state.attributes["party"] == "erin@example.net"
    assert state.state == now.isoformat()


async def test_balance_comes_later(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """An account that becomes prepaid gets its balance without a reload."""
    await set_up(BOB)
    assert hass.states.get("sensor.bob_example_com_balance") is None
    bob = box.accounts[BOB]
    bob.prepaid, bob.balance = True, box.accounts[ALICE].balance
    await poll()
    assert _state(hass, "sensor.bob_example_com_balance") == "12.3456"


async def test_failing_from_the_start(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """An action that fails at set-up makes unavailable entities, but no balance."""
    box.faults.set(ALICE, "voicemail", "html_error_then_null")
    box.faults.set(ALICE, "prepaid", "html_error_then_null")
    await set_up(ALICE)
    assert _state(hass, VOICEMAIL) == "unavailable"
    assert _state(hass, BALANCE) == "missing"
    box.faults.clear()
    await poll()
    assert _state(hass, VOICEMAIL) == "in_use"
    assert _state(hass, BALANCE) == "12.3456"


async def test_unsupported_is_asked_again_daily(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """An action that the server learns later adds its entities after a day."""
    for name in ("get_voicemail", "voicemail"):
        box.faults.set("*", name, "invalid_action")
    entry = await set_up(ALICE)
    assert _state(hass, VOICEMAIL) == "missing"
    assert entry.data["learned_actions"]["voicemail"] is None
    assert entry.data["learned_actions"]["calls"] == "calls"
    box.faults.clear()
    asked = len(box.requests)
    await poll()
    assert not any("voicemail" in request.action for request in box.requests[asked:])
    await poll(25 * 60)
    assert _state(hass, VOICEMAIL) == "in_use"
    assert entry.data["learned_actions"]["voicemail"] == "voicemail"


async def test_group_that_is_unsupported(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """A server that knows nothing of one group is not asked anew with every poll."""
    for action in (CALLS, PREPAID, ENUM):
        for name in action.names:
            box.faults.set("*", name, "invalid_action")
    await set_up(ALICE)
    asked = len(box.requests)
    await pass_time(hass, freezer, minutes=40, step=20)
    unknown = {*CALLS.names, *PREPAID.names, *ENUM.names}
    assert not [r for r in box.requests[asked:] if r.action in unknown]


async def test_not_ready(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A server that is down when Home Assistant starts is tried again."""
    box.faults.set("*", "*", "empty_200")
    entry = await set_up(ALICE)
    assert entry.state.value == "setup_retry"
    assert "empty" in (entry.reason or "")
    box.faults.set("*", "*", "invalid_action")
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state.value == "setup_retry"
    assert not any((entry.data.get("learned_actions") or {}).values())
    box.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state.value == "loaded"


async def test_certificate_refused(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """Even a server that names the certificate is believed only once it has lasted."""
    await set_up(ALICE)
    box.accounts.pop(ALICE)
    await poll()
    assert _reauths(hass) == 0
    assert _state(hass, BALANCE) == "unavailable"
    for _ in range(3):
        await poll(6)
    assert _reauths(hass) == 1


async def test_two_accounts(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Two accounts side by side; one goes without a trace, the other stays."""
    alice = await set_up(ALICE)
    bob = await set_up(BOB, by="password")
    assert {alice.state, bob.state} == {ConfigEntryState.LOADED}
    await hass.config_entries.async_reload(alice.entry_id)
    await hass.config_entries.async_unload(alice.entry_id)
    assert _state(hass, BALANCE) == "unavailable"
    assert _state(hass, "sensor.bob_example_com_voicemail") == "not_set_up"
    await hass.config_entries.async_remove(alice.entry_id)
    registry = er.async_get(hass)
    assert not er.async_entries_for_config_entry(registry, alice.entry_id)
    assert not dr.async_entries_for_config_entry(dr.async_get(hass), alice.entry_id)
    assert _state(hass, BALANCE) == "missing"
    assert bob.state is ConfigEntryState.LOADED
    asked = len(box.requests)
    assert not any(request.account == ALICE for request in box.requests[asked:])


async def test_device(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An account is one service."""
    entry = await set_up(ALICE)
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert device.name == ALICE
    assert device.entry_type is dr.DeviceEntryType.SERVICE
    assert device.configuration_url == entry.data["url"]


async def test_unchanged_data_write_no_state(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """What has not changed is not written again."""
    await set_up(ALICE)
    await poll(1)
    before = {s.entity_id: s.last_reported for s in hass.states.async_all()}
    await poll(1)
    after = {s.entity_id: s.last_reported for s in hass.states.async_all()}
    assert before == after


async def test_accounts_share_what_they_trust(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Accounts with passwords read the authorities once; certificates are apart."""
    made: list[object] = []

    def make(*given: Any, **named: Any) -> SSLContext:
        made.append(given[0])
        return build_context(*given, **named)

    monkeypatch.setattr(login, "build_context", make)
    # What accounts of another test have read may still be there.
    monkeypatch.setattr(login, "_SHARED", WeakValueDictionary())
    alice = await set_up(ALICE, by="password")
    bob = await set_up(BOB, by="password")
    assert {alice.state, bob.state} == {ConfigEntryState.LOADED}
    assert made == [None]
    await set_up("carol@example.com")
    assert len(made) == 2
    assert made[1] is not None


async def test_in_turn_unless_awaited(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """Polls go over one connection; where somebody waits, four requests go at once."""
    at_once: set[int] = set()
    running = 0

    async def count(exchange: Exchange) -> Any:
        nonlocal running
        running += 1
        at_once.add(running)
        # The clock of the loop stands still.
        await asyncio.to_thread(time.sleep, 0.03)
        running -= 1
        return exchange.answer()

    entry = await set_up(ALICE)
    box.faults.set("*", "*", count)
    await poll()
    assert max(at_once) <= 2
    at_once.clear()
    await entry.runtime_data.settings.async_request_refresh()
    assert max(at_once) == 4
    await poll()
    at_once.clear()
    await poll()
    assert max(at_once) <= 2
