"""Diagnostics in every state of an entry, and of nothing that nobody has allowed."""

import asyncio
from collections.abc import Callable
import json
from typing import Any

from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.sip_settings import Condition
from demo import AccountBox

from .support import ALICE, BOB, certificate_entry_data, hold, password_entry_data

ALWAYS_TOLD = {
    "state",
    "server",
    "page",
    "trust",
    "login",
    "weak_certificate_allowed",
    "options",
}
TOLD_WHILE_LOADED = {"tls", "settings", "activity"}

type Diagnose = Callable[[MockConfigEntry], Any]


@pytest.fixture
async def diagnose(
    hass: HomeAssistant, hass_client: Any, set_up: Callable[..., Any]
) -> Diagnose:
    """Give a way to download diagnostics, in a home with another account."""
    assert await async_setup_component(hass, "diagnostics", {})
    await set_up(BOB)
    client = await hass_client()

    async def diagnose(entry: MockConfigEntry) -> dict[str, Any]:
        reply = await client.get(f"/api/diagnostics/config_entry/{entry.entry_id}")
        assert reply.status == 200, await reply.text()
        data: dict[str, Any] = (await reply.json())["data"]
        assert data.keys() >= ALWAYS_TOLD
        assert None not in data.values()
        assert ALICE not in json.dumps(data)
        return data

    return diagnose


@pytest.mark.parametrize("make", [certificate_entry_data, password_entry_data])
@pytest.mark.parametrize("state", ConfigEntryState)
async def test_every_state(
    hass: HomeAssistant,
    box: AccountBox,
    diagnose: Diagnose,
    state: ConfigEntryState,
    make: Callable[[AccountBox, str], dict[str, Any]],
) -> None:
    """An entry that was never loaded, whatever its state is called."""
    entry = MockConfigEntry(domain=DOMAIN, title=ALICE, data=make(box, ALICE))
    entry.add_to_hass(hass)
    entry.mock_state(hass, state)
    data = await diagnose(entry)
    assert data["state"] == state.value
    assert data["trust"] == "authority"
    assert not data.keys() & {*TOLD_WHILE_LOADED, "learned_actions", "reason"}
    assert ("certificate" in data) == (make is certificate_entry_data)
    entry.mock_state(hass, ConfigEntryState.NOT_LOADED)


async def test_its_own_states(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], diagnose: Diagnose
) -> None:
    """Loaded, unloaded, disabled, retrying, and while it is being unloaded."""
    entry = await set_up(ALICE, by="password")
    data = await diagnose(entry)
    assert data.keys() >= TOLD_WHILE_LOADED
    learned = data["learned_actions"]
    assert learned["calls"] == "get_history"
    assert data["unsupported_asked_at"]
    await hass.config_entries.async_unload(entry.entry_id)
    data = await diagnose(entry)
    assert data["state"] == "not_loaded"
    assert data["learned_actions"] == learned
    assert not data.keys() & TOLD_WHILE_LOADED
    box.faults.set("*", "*", "empty_200")
    await hass.config_entries.async_setup(entry.entry_id)
    data = await diagnose(entry)
    assert data["state"] == "setup_retry"
    assert data["reason"] == "not_ready"
    box.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    held = hold(box, "set_call_forwarding")
    control = entry.runtime_data.control
    writing = asyncio.ensure_future(control.async_forward({Condition.BUSY: BOB}))
    await held.asked.wait()
    by = ConfigEntryDisabler.USER
    disable = hass.config_entries.async_set_disabled_by(entry.entry_id, by)
    disabling = asyncio.ensure_future(disable)
    data = await diagnose(entry)
    assert data["state"] == "unload_in_progress"
    assert data.keys() >= TOLD_WHILE_LOADED
    held.go_on()
    await writing
    await disabling
    assert (await diagnose(entry))["state"] == "not_loaded"


async def test_set_up_that_hangs(
    hass: HomeAssistant, box: AccountBox, diagnose: Diagnose
) -> None:
    """While a server keeps us waiting is when one wants to look."""
    data = password_entry_data(box, ALICE)
    entry = MockConfigEntry(domain=DOMAIN, title=ALICE, unique_id=ALICE, data=data)
    entry.add_to_hass(hass)
    held = hold(box, "get_identity")
    set_up = hass.config_entries.async_setup(entry.entry_id)
    setting_up = asyncio.ensure_future(set_up)
    await held.asked.wait()
    assert (await diagnose(entry))["state"] == "setup_in_progress"
    held.go_on()
    assert await setting_up
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize("loaded", [True, False])
async def test_what_nobody_has_allowed(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    diagnose: Diagnose,
    loaded: bool,
) -> None:
    """What comes later is absent until somebody allows it."""
    options = {
        "activity_interval": 90,
        "low_balance": 12.34,
        "currency": "EUR",
        "forwarding_targets": ["+31208005177", "erin@example.net"],
        "phone_book_url": "https://alice:hunter2@example.com/dav",
    }
    entry = await set_up(ALICE, options=options)
    learned = {**entry.data["learned_actions"], "calls": "hunter2", "later": "hunter2"}
    if loaded:
        entry.runtime_data.connection.client.learned.update(learned)
    else:
        await hass.config_entries.async_unload(entry.entry_id)
        data = {**entry.data, "learned_actions": learned, "token": "hunter2"}
        hass.config_entries.async_update_entry(entry, data=data)
    data = await diagnose(entry)
    assert data["options"] == {
        "activity_interval": 90,
        "low_balance": "set",
        "currency": "EUR",
        "forwarding_targets": 2,
    }
    text = json.dumps(data)
    for secret in ("hunter2", "later", "12.34", "31208005177", "erin"):
        assert secret not in text


async def test_damaged_entry(hass: HomeAssistant, diagnose: Diagnose) -> None:
    """An entry of which not even the certificate can be read."""
    data = {
        "account": ALICE,
        "certificate": "nonsense",
        "private_key": "nonsense",
        "learned_actions": None,
        "unsupported_asked_at": "soon",
    }
    entry = MockConfigEntry(domain=DOMAIN, title=ALICE, data=data)
    entry.add_to_hass(hass)
    assert (await diagnose(entry)).keys() == ALWAYS_TOLD
