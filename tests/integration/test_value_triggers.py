"""Triggers of our own: the balance fell below a number, no phone is registered."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from demo import AccountBox

from .automating import Armed
from .support import ALICE

BALANCE = "sensor.alice_example_com_balance"
REGISTERED = "binary_sensor.alice_example_com_registered"
FELL = {
    "trigger": "sip_account.balance_fell_below",
    "target": {"entity_id": BALANCE},
    "options": {"below": 10},
}
GONE = {
    "trigger": "sip_account.no_phone_registered",
    "target": {"entity_id": REGISTERED},
}
TOLD = "{{ trigger.to_state.state }} is below {{ trigger.below }}"


@pytest.fixture
async def armed(hass: HomeAssistant) -> Armed:
    """Give automations, and what they tell."""
    return Armed(hass)


@pytest.fixture(autouse=True)
def _prepaid(box: AccountBox) -> None:
    """Let the account be prepaid, with 12 to spend, and have a phone."""
    account = box.accounts[ALICE]
    account.prepaid, account.balance = True, Decimal(12)
    assert account.devices


async def _settle(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let what is known now be what was known, as a minute after the start."""
    freezer.tick(timedelta(seconds=61))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def _restart(hass: HomeAssistant, entry: Any, armed: Armed) -> None:
    """Let Home Assistant start again, with automations armed once it has."""
    hass.set_state(CoreState.starting)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await armed.reload()


async def test_fell_below(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    armed: Armed,
) -> None:
    """Once for each fall, a second one on the same day as well."""
    await set_up(ALICE)
    await armed.arm(FELL, TOLD)
    account = box.accounts[ALICE]
    for balance in (11, 10, "9.99", 8, 30, 5):
        account.balance = Decimal(balance)
        await poll()
    assert armed.heard() == ["9.99 is below 10.0", "5 is below 10.0"]


async def test_fell_while_the_server_was_lost(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    armed: Armed,
) -> None:
    """12, unavailable, 8 is a fall, though the automation was edited in between."""
    await set_up(ALICE)
    await armed.arm(FELL, TOLD)
    await poll()
    box.faults.set("*", "prepaid", "html_502")
    await poll()
    assert hass.states.is_state(BALANCE, "unavailable")
    await armed.reload()
    box.accounts[ALICE].balance = Decimal(8)
    box.faults.clear()
    await poll()
    assert armed.heard() == ["8 is below 10.0"]


async def test_a_reload_is_no_fall(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    armed: Armed,
) -> None:
    """Neither that of the account nor that of the automations, nor a new automation."""
    box.accounts[ALICE].balance = Decimal(8)
    entry = await set_up(ALICE)
    await armed.arm(FELL, TOLD)
    await poll()
    await hass.config_entries.async_reload(entry.entry_id)
    await poll()
    await armed.reload()
    await poll()
    await armed.arm({**FELL, "options": {"below": 9}}, TOLD)
    await poll()
    assert armed.heard() == []


async def test_fell_during_a_reload(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    armed: Armed,
) -> None:
    """What falls while the account is reloaded is told."""
    entry = await set_up(ALICE)
    await armed.arm(FELL, TOLD)
    await poll()
    await hass.config_entries.async_unload(entry.entry_id)
    box.accounts[ALICE].balance = Decimal(8)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert armed.heard() == ["8 is below 10.0"]


@pytest.mark.parametrize("lost", [False, True])
async def test_fell_during_a_restart(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    armed: Armed,
    *,
    lost: bool,
) -> None:
    """What fell while Home Assistant was down is told once; the server may be lost."""
    entry = await set_up(ALICE)
    await armed.arm(FELL, TOLD)
    await poll()
    await _settle(hass, freezer)
    await hass.config_entries.async_unload(entry.entry_id)
    box.accounts[ALICE].balance = Decimal(8)
    if lost:
        box.faults.set("*", "prepaid", "html_502")
    await _restart(hass, entry, armed)
    box.faults.clear()
    await poll()
    assert armed.heard() == ["8 is below 10.0"]
    await _settle(hass, freezer)
    await armed.reload()
    await hass.config_entries.async_unload(entry.entry_id)
    await _restart(hass, entry, armed)
    await poll()
    assert armed.heard() == []


async def test_last_phone(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    armed: Armed,
) -> None:
    """Told once when the last one has gone, also during an outage."""
    await set_up(ALICE)
    await armed.arm(GONE, "nobody can call {{ trigger.entity_id }}")
    account = box.accounts[ALICE]
    devices, account.devices = account.devices, []
    told = f"nobody can call {REGISTERED}"
    await poll()
    await poll()
    assert armed.heard() == [told]
    account.devices = devices
    await poll()
    box.faults.set("*", "devices", "html_502")
    await poll()
    assert hass.states.is_state(REGISTERED, "unavailable")
    account.devices = []
    box.faults.clear()
    await poll()
    assert armed.heard() == [told]


async def test_forgotten_with_the_account(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
) -> None:
    """What was known is kept over restarts, and goes with the account."""
    entry = await set_up(ALICE)
    key = f"sip_account.last_known.{entry.entry_id}"
    await _settle(hass, freezer)
    await poll()
    assert hass_storage[key]["data"] == {"balance": 12.0, "registered": 1.0}
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert key not in hass_storage


async def test_an_amount_is_needed(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    armed: Armed,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An automation without it is unavailable, and says so."""
    await set_up(ALICE)
    await armed.arm({**FELL, "options": {}}, TOLD)
    assert hass.states.is_state("automation.armed_0", "unavailable")
    assert "below" in caplog.text
