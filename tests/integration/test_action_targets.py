"""Actions find their account by what a person points at, and say what is missing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    label_registry as lr,
)
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from demo import AccountBox
from demo.accounts import AcceptRule, Call

from .changing import writes_of
from .support import ALICE, BOB, CAROL

DND = "switch.alice_example_com_do_not_disturb"


async def _call(hass: HomeAssistant, name: str, **data: Any) -> None:
    await hass.services.async_call("sip_account", name, data, blocking=True)


async def _answer(hass: HomeAssistant, name: str, **data: Any) -> dict[str, Any]:
    answer = await hass.services.async_call(
        "sip_account", name, data, blocking=True, return_response=True
    )
    assert isinstance(answer, dict)
    return answer


def _bob_is_called(box: AccountBox) -> None:
    call = Call("received", "sip:erin@example.net", box.now(), status=487)
    box.accounts[BOB].calls.append(call)


def _targets(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, Any]:
    """Return all that a person may point at."""
    registry = dr.async_get(hass)
    (device,) = dr.async_entries_for_config_entry(registry, entry.entry_id)
    area = ar.async_get(hass).async_get_or_create("Office")
    label = lr.async_get(hass).async_create("Phones")
    registry.async_update_device(device.id, area_id=area.id, labels={label.label_id})
    return {
        "device_id": device.id,
        "entity_id": [DND],
        "area_id": area.id,
        "label_id": label.label_id,
        "config_entry_id": entry.entry_id,
    }


@pytest.mark.parametrize(
    "by", ["device_id", "entity_id", "area_id", "label_id", "config_entry_id"]
)
async def test_every_target(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], by: str
) -> None:
    """A device, an entity, an area, a label, or the entry as until 0.1.0."""
    box.accounts[ALICE].accept.persistent.clear()
    entry = await set_up(ALICE, by="password")
    await set_up(CAROL, by="password")
    target = {by: _targets(hass, entry)[by]}
    await _call(hass, "set_do_not_disturb", **target)
    assert hass.states.is_state(DND, "on")
    await _call(hass, "clear_do_not_disturb", **target)
    assert hass.states.is_state(DND, "off")
    assert writes_of(box) == ["set_dnd_on", "set_dnd_off"]
    answer = await _answer(hass, "get_calls", **target)
    assert {call["account"] for call in answer["calls"]} == {ALICE}


async def test_all_accounts(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Who names none gets the calls of all, the newest first, and transactions."""
    _bob_is_called(box)
    await set_up(ALICE, by="password")
    await set_up(BOB, by="password")
    answer = await _answer(hass, "get_calls")
    assert {call["account"] for call in answer["calls"]} == {ALICE, BOB}
    times = [dt_util.parse_datetime(call["started"]) for call in answer["calls"]]
    assert times == sorted(times, key=lambda at: at.timestamp() if at else 0)[::-1]
    assert len((await _answer(hass, "get_calls", limit=3))["calls"]) == 3
    told = await _answer(hass, "get_balance_history")
    assert ALICE in {line["account"] for line in told["transactions"]}


async def test_no_account_at_all(
    hass: HomeAssistant, set_up: Callable[..., Any]
) -> None:
    """Nothing is listed where there is nothing to list."""
    entry = await set_up(ALICE)
    await hass.config_entries.async_unload(entry.entry_id)
    assert await _answer(hass, "get_calls") == {
        "calls": [],
        "as_of": None,
        "stale": False,
    }


async def test_stale(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """While the server is lost the last list is told, and from when it is."""
    await hass.config.async_set_time_zone("America/New_York")
    await set_up(ALICE)
    await poll()
    fresh = await _answer(hass, "get_calls")
    assert fresh["stale"] is False
    assert fresh["as_of"].endswith("-05:00")
    as_of = dt_util.parse_datetime(fresh["as_of"])
    assert as_of
    assert timedelta(0) <= dt_util.utcnow() - as_of < timedelta(minutes=16)
    assert fresh["calls"][0]["started"].endswith("-05:00")
    box.faults.set("*", "calls", "html_502")
    await poll()
    assert await _answer(hass, "get_calls") == {**fresh, "stale": True}
    box.faults.clear()
    await poll()
    again = await _answer(hass, "get_calls")
    assert again["stale"] is False
    assert again["as_of"] > fresh["as_of"]


async def test_never_read(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What was never read cannot be told, but for accounts that can."""
    _bob_is_called(box)
    await set_up(BOB)
    box.faults.set("*", "calls", "html_502")
    entry = await set_up(ALICE)
    with pytest.raises(HomeAssistantError) as caught:
        await _answer(hass, "get_calls", config_entry_id=entry.entry_id)
    assert caught.value.translation_key == "not_readable"
    both = await _answer(hass, "get_calls")
    assert {call["account"] for call in both["calls"]} == {BOB}


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("set_do_not_disturb", {}, "Choose an account"),
        ("clear_do_not_disturb", {}, "Choose an account"),
        ("set_call_forwarding", {"busy": "voicemail"}, "Choose an account"),
        ("add_alias", {"alias": "reception"}, "Choose an account"),
        ("set_do_not_disturb", {"area_id": "kitchen"}, "There is no SIP account"),
        ("get_calls", {"entity_id": "light.kitchen"}, "There is no SIP account"),
        ("set_call_forwarding", {"entity_id": DND}, "Choose at least one condition"),
        ("add_alias", {"entity_id": DND}, "Name the alias"),
        ("add_alias", {"entity_id": DND, "alias": " "}, "Name the alias"),
        (
            "set_do_not_disturb",
            {"entity_id": DND, "minutes": 5, "until": "07:00"},
            "not both",
        ),
        (
            "set_do_not_disturb",
            {"entity_id": DND, "until": "2020-01-01 07:00:00"},
            "has passed already",
        ),
        (
            "set_do_not_disturb",
            {"entity_id": DND, "until": "2040-01-01 07:00:00"},
            "30 days at most",
        ),
    ],
)
async def test_what_is_missing_is_said(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    name: str,
    data: dict[str, Any],
    says: str,
) -> None:
    """In words, and nothing is sent."""
    await set_up(ALICE, by="password")
    ask = _answer if name == "get_calls" else _call
    with pytest.raises(ServiceValidationError, match=says):
        await ask(hass, name, **data)
    assert writes_of(box) == []


@pytest.mark.parametrize(
    ("now", "until", "minutes"),
    [
        ("2026-11-26 21:00:00+00:00", "23:30", 90),
        ("2026-11-26 21:00:10+00:00", "23:30", 90),
        ("2026-11-26 21:00:00+00:00", "07:00", 540),
        ("2026-11-26 21:00:00+00:00", "22:00:00", 1440),
        ("2026-11-26 21:00:00+00:00", "2026-11-28 22:00:00", 2880),
        ("2026-11-26 21:00:00+00:00", "2026-11-26T21:30:00+00:00", 30),
        ("2026-10-24 21:00:00+00:00", "07:00", 540),
    ],
)
async def test_until(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    now: str,
    until: str,
    minutes: int,
) -> None:
    """Today's time or else tomorrow's, in the home's zone, also when clocks change."""
    freezer.move_to(now)
    await hass.config.async_set_time_zone("Europe/Amsterdam")
    box.accounts[ALICE].accept.persistent.clear()
    await set_up(ALICE, by="password")
    await _call(hass, "set_do_not_disturb", entity_id=DND, until=until)
    assert box.accounts[ALICE].accept.temporary_minutes == minutes


async def test_one_account_fails(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Of two accounts the other is changed all the same, and the failure is told."""
    box.accounts[ALICE].accept.persistent.clear()
    rule = AcceptRule("08:00", "18:00", ["everybody"])
    box.accounts[BOB].accept.persistent[127] = rule
    both = [await set_up(ALICE, by="password"), await set_up(BOB, by="password")]
    entries = [entry.entry_id for entry in both]
    with pytest.raises(HomeAssistantError, match="daily accept rules of bob"):
        await _call(hass, "set_do_not_disturb", config_entry_id=entries)
    assert hass.states.is_state(DND, "on")
