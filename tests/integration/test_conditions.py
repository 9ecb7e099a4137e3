"""Conditions of our own, as automations ask them."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.condition import (
    async_from_config,
    async_validate_condition_config as async_validate,
)
import pytest
import voluptuous as vol

from custom_components.sip_account.calls.kept_phone_book import async_save_phone_book
from custom_components.sip_account.calls.vcard import Contact
from demo import AccountBox
from demo.accounts import Call

from .automating import miss_call, poll_now
from .changing import forward_to
from .support import ALICE

DEVICE = "alice_example_com"


async def _holds(
    hass: HomeAssistant, name: str, entity_id: str, **options: Any
) -> bool | None:
    """Ask a condition as an automation does."""
    config = await async_validate(
        hass,
        {
            "condition": f"sip_account.{name}",
            "target": {"entity_id": entity_id},
            "options": options,
        },
    )
    condition = await async_from_config(hass, config)
    return condition.async_check()


async def test_do_not_disturb(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """On, and off again; nothing is known of an account that is not loaded."""
    box.accounts[ALICE].accept.persistent.clear()
    entry = await set_up(ALICE, by="password")
    switch = f"switch.{DEVICE}_do_not_disturb"
    assert await _holds(hass, "do_not_disturb_is_on", switch) is False
    await entry.runtime_data.control.async_set_do_not_disturb(on=True)
    await hass.async_block_till_done()
    assert await _holds(hass, "do_not_disturb_is_on", switch) is True
    await hass.config_entries.async_unload(entry.entry_id)
    assert await _holds(hass, "do_not_disturb_is_on", switch) is False


async def test_forwarded(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """In any case, or in one."""
    entry = await set_up(ALICE, by="password")
    sensor = f"sensor.{DEVICE}_call_forwarding"
    await forward_to(hass, entry, busy="bob@example.com", no_answer="not_forwarded")
    await hass.async_block_till_done()
    found = {
        diversion: await _holds(
            hass, "calls_are_forwarded", sensor, diversion=diversion
        )
        for diversion in ("any", "busy", "all_calls")
    }
    assert found == {"any": True, "busy": True, "all_calls": False}


async def test_missed_calls(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """There are some until they were marked as seen."""
    entry = await set_up(ALICE)
    sensor = f"sensor.{DEVICE}_missed_calls"
    assert await _holds(hass, "has_missed_calls", sensor) is False
    miss_call(box, "sip:erin@example.net")
    await poll_now(hass, entry)
    assert await _holds(hass, "has_missed_calls", sensor) is True
    await entry.runtime_data.calls.async_mark_seen()
    await hass.async_block_till_done()
    assert await _holds(hass, "has_missed_calls", sensor) is False


async def test_last_call(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """From whom it was; a call to them is none from them."""
    entry = await set_up(ALICE)
    sensor = f"sensor.{DEVICE}_last_call"
    mary = Contact("Aunt Mary", ("+31 20 800 5161",))
    await async_save_phone_book(hass, entry.entry_id, [mary])
    await hass.config_entries.async_reload(entry.entry_id)

    async def holds(**options: Any) -> bool | None:
        return await _holds(hass, "last_call_was_from", sensor, **options)

    miss_call(box, "sip:0031208005161@example.net")
    await poll_now(hass, entry)
    assert await holds() is True
    assert await holds(**{"from": "phone_book"}) is True
    assert await holds(**{"from": "not_in_phone_book"}) is False
    assert await holds(callers=["+31208005161"]) is True
    assert await holds(callers=["+31208005162"]) is False
    now = box.now().replace(microsecond=0)
    placed = Call("placed", "sip:0031208005161@example.net", now, status=200)
    box.accounts[ALICE].calls.append(placed)
    await poll_now(hass, entry)
    state = hass.states.get(sensor)
    assert state is not None
    assert state.attributes["direction"] == "outgoing"
    assert await holds(callers=["+31208005161"]) is False


async def test_nobody_is_named(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """It is said what is missing."""
    await set_up(ALICE)
    with pytest.raises(vol.Invalid, match="Name at least one number or address"):
        await _holds(
            hass,
            "last_call_was_from",
            f"sensor.{DEVICE}_last_call",
            **{"from": "these"},
        )
