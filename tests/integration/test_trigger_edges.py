"""Triggers and conditions of our own: what is the same, and what is something new."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest
import voluptuous as vol

from custom_components.sip_account.automating.call_triggers import (
    CallEndedTrigger,
    CallMissedTrigger,
)
from demo import AccountBox

from .automating import EVENT, Armed, miss_call, poll_now
from .support import ALICE
from .test_conditions import _holds
from .test_value_triggers import BALANCE, FELL, GONE, REGISTERED, TOLD

MISSED = {"trigger": "sip_account.call_missed", "target": {"entity_id": EVENT}}


@pytest.fixture
async def armed(hass: HomeAssistant) -> Armed:
    """Give automations, and what they tell."""
    return Armed(hass)


def _same(text: str) -> str:
    """Return the same text as another object, as a restored state has it."""
    return "".join(list(text))


@pytest.mark.parametrize(
    ("count", "is_taken"), [(0, False), (1, True), (20, True), (21, False)]
)
async def test_how_many_calls(hass: HomeAssistant, count: int, is_taken: bool) -> None:
    """From one to twenty calls of one caller."""
    config = {"target": {"entity_id": EVENT}, "options": {"count": count}}
    if is_taken:
        checked = await CallMissedTrigger.async_validate_config(hass, config)
        assert checked["options"]["count"] == count
    else:
        with pytest.raises(vol.Invalid):
            await CallMissedTrigger.async_validate_config(hass, config)


async def test_what_is_meant(hass: HomeAssistant) -> None:
    """Who says nothing means each call of anybody, and ten minutes where more."""
    config = {"target": {"entity_id": EVENT}}
    missed = await CallMissedTrigger.async_validate_config(hass, dict(config))
    assert missed["options"]["count"] == 1
    assert missed["options"]["within"].total_seconds() == 600
    assert (missed["options"]["from"], missed["options"]["callers"]) == ("anybody", [])
    ended = await CallEndedTrigger.async_validate_config(hass, dict(config))
    assert "missed" in ended["options"]["type"]


async def test_nobody_is_named(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """Who hides is called so in the home's language."""
    entry = await set_up(ALICE)
    await armed.arm(MISSED)
    miss_call(box, "sip:anonymous@anonymous.invalid")
    await poll_now(hass, entry)
    assert armed.heard() == ["Unknown caller!"]


async def test_what_is_another_call(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """Another time or another call is one, before or after; a better name is none."""
    entry = await set_up(ALICE)
    await armed.arm(MISSED)
    miss_call(box, "sip:erin@example.net")
    await poll_now(hass, entry)
    state = hass.states.get(EVENT)
    assert state is not None
    assert armed.heard() == ["erin @example.net!"]
    told = {**state.attributes, "call_id": "m"}
    for at, call_id, count in (
        ("2026-01-02T00:00:00.000+00:00", "m", 1),
        ("2026-01-01T00:00:00.000+00:00", "m", 1),
        ("2026-01-03T00:00:00.000+00:00", "m", 1),
        ("2026-01-03T00:00:00.000+00:00", "a", 1),
        ("2026-01-03T00:00:00.000+00:00", "z", 1),
    ):
        hass.states.async_set(EVENT, at, told | {"call_id": call_id})
        await hass.async_block_till_done()
        assert len(armed.heard()) == count, (at, call_id)
    named = told | {"call_id": _same("z"), "shown": "Erin"}
    hass.states.async_set(EVENT, _same("2026-01-03T00:00:00.000+00:00"), named)
    await hass.async_block_till_done()
    assert armed.heard() == []


@pytest.mark.parametrize("kind", ["answered", "outgoing_answered", "z", ""])
async def test_what_is_not_missed(
    hass: HomeAssistant, set_up: Callable[..., Any], armed: Armed, kind: str
) -> None:
    """Only what is called missed was missed, also where it is said anew."""
    await set_up(ALICE)
    await armed.arm(MISSED)
    told = {"call_id": "1", "party": "erin@example.net", "shown": "Erin"}
    for event_type, at in ((kind, 1), (_same("missed"), 2)):
        assert armed.heard() == []
        hass.states.async_set(
            EVENT,
            f"2026-01-0{at}T00:00:00.000+00:00",
            told | {"event_type": event_type},
        )
        await hass.async_block_till_done()
    assert armed.heard() == ["Erin!"]


async def test_device_whose_phone_has_gone(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    armed: Armed,
) -> None:
    """An account's device stands for its balance and for its phones."""
    account = box.accounts[ALICE]
    account.prepaid, account.balance = True, Decimal(12)
    entry = await set_up(ALICE)
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    target = {"target": {"device_id": device.id}}
    await armed.arm(GONE | target, "gone")
    await armed.arm(FELL | target, TOLD)
    account.balance, account.devices = Decimal(8), []
    await poll()
    assert sorted(armed.heard()) == ["8 is below 10.0", "gone"]


async def test_states_that_tell_nothing(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """What is no number is passed over, and what comes back is what it was."""
    account = box.accounts[ALICE]
    account.prepaid, account.balance = True, Decimal(12)
    await set_up(ALICE)
    await armed.arm(FELL, TOLD)
    await armed.arm(GONE, "gone")
    for balance in ("12", "rubbish", "unknown", "unavailable", "10", "9.5", "9"):
        hass.states.async_set(BALANCE, balance)
    for state in ("on", "unknown", _same("on"), "unavailable", "on", "off", "off"):
        hass.states.async_set(REGISTERED, state)
    await hass.async_block_till_done()
    assert sorted(armed.heard()) == ["9.5 is below 10.0", "gone"]


@pytest.mark.parametrize(
    ("name", "entity_id", "states"),
    [
        (
            "do_not_disturb_is_on",
            "switch.alice_example_com_do_not_disturb",
            {"on": True, "off": False, "unknown": False, "unavailable": False},
        ),
        (
            "calls_are_forwarded",
            "sensor.alice_example_com_call_forwarding",
            {"all_calls": True, "conditional": True, "none_active": False},
        ),
        (
            "has_missed_calls",
            "sensor.alice_example_com_missed_calls",
            {"0": False, "1": True, "12": True, "unavailable": False},
        ),
    ],
)
async def test_conditions(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    name: str,
    entity_id: str,
    states: dict[str, bool],
) -> None:
    """A condition holds in these states, and not while nothing is known."""
    await set_up(ALICE, by="password")
    for state, holds in states.items():
        hass.states.async_set(entity_id, _same(state))
        assert await _holds(hass, name, entity_id) is holds, state


@pytest.mark.parametrize(
    ("direction", "holds"),
    [("incoming", True), ("outgoing", False), ("a", False), ("z", False)],
)
async def test_last_call(
    hass: HomeAssistant, set_up: Callable[..., Any], direction: str, holds: bool
) -> None:
    """Only a call that came in was from somebody."""
    await set_up(ALICE)
    entity_id = "sensor.alice_example_com_last_call"
    told = {"direction": _same(direction), "party": "erin@example.net"}
    hass.states.async_set(entity_id, "2026-01-01T00:00:00+00:00", told)
    assert await _holds(hass, "last_call_was_from", entity_id) is holds
    somebody = {"callers": ["frank@example.net"]}
    assert not await _holds(hass, "last_call_was_from", entity_id, **somebody)
