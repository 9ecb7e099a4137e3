"""Activity says who called."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
)

from custom_components.sip_account.const import EVENT_CALL
from demo import AccountBox
from demo.accounts import Call

from .automating import EVENT, HOSTILE, poll_now
from .support import ALICE


def _call(box: AccountBox, minutes: float, user: str, **more: Any) -> None:
    started = box.now().replace(microsecond=0) - timedelta(minutes=minutes)
    details: dict[str, Any] = {"status": 487, "session_id": f"{user}{minutes}"} | more
    direction = details.pop("direction", "received")
    party = f"sip:{user}@example.net" if user else ""
    box.accounts[ALICE].calls.append(Call(direction, party, started, **details))


@pytest.fixture
async def hass(recorder_mock: Any, hass: HomeAssistant) -> HomeAssistant:
    """Have a database."""
    return hass


async def _open_activity(hass: HomeAssistant) -> None:
    """Have Activity, which is a page of the frontend."""
    hass.config.components.add("frontend")
    assert await async_setup_component(hass, "logbook", {})
    await hass.async_block_till_done()


async def _activity(
    hass: HomeAssistant, hass_ws_client: Any, entry_id: str
) -> list[dict[str, Any]]:
    """Return what the page of the device tells of calls, the newest first."""
    await async_wait_recording_done(hass)
    registry = dr.async_get(hass)
    (device,) = dr.async_entries_for_config_entry(registry, entry_id)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": "logbook/get_events",
            "start_time": (dt_util.utcnow() - timedelta(hours=1)).isoformat(),
            "entity_ids": [EVENT],
            "device_ids": [device.id],
        }
    )
    answer = await client.receive_json()
    return list(reversed(answer["result"]))


async def test_who_it_was(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
) -> None:
    """One line for each call, above the row of the event entity's state."""
    entry = await set_up(ALICE, by="password")
    await _open_activity(hass)
    _call(box, 5, "dave", display_name="Dave")
    _call(box, 4, "erin", status=603)
    _call(box, 3, "0031208005161", status=200, duration=125)
    _call(box, 2, "frank", status=200, duration=12, direction="placed")
    _call(box, 1, "", direction="placed")
    await poll_now(hass, entry)
    rows = await _activity(hass, hass_ws_client, entry.entry_id)
    assert [row["message"] for row in rows if "message" in row] == [
        "Outgoing call to Unknown caller, not answered",
        "Outgoing call to frank @example.net, 12 s",
        "Incoming call from +31 208 005 161, 2 min",
        "Declined call from erin @example.net",
        "Missed call from Dave",
    ]
    assert {row["name"] for row in rows if "message" in row} == {ALICE}
    assert "message" in rows[0]
    assert [row["state"] for row in rows if "message" in row] == [
        "outgoing_unanswered",
        "outgoing_answered",
        "incoming_answered",
        "declined",
        "missed",
    ]
    assert rows[1]["entity_id"] == EVENT


async def test_in_the_homes_language(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
) -> None:
    """What a caller calls himself is text, whatever the language."""
    hass.config.language = "de"
    entry = await set_up(ALICE, by="password")
    await _open_activity(hass)
    _call(box, 5, "dave", display_name=HOSTILE)
    await poll_now(hass, entry)
    (row,) = [
        row
        for row in await _activity(hass, hass_ws_client, entry.entry_id)
        if "message" in row
    ]
    assert row["message"].startswith("Verpasster Anruf von ")
    assert not set("<>[]`*") & set(row["message"])


async def test_nothing_more_than_the_entity_tells(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """The event carries what the entity carries, and whose it is."""
    events = async_capture_events(hass, EVENT_CALL)
    entry = await set_up(ALICE)
    _call(box, 5, "dave")
    await poll_now(hass, entry)
    (event,) = events
    state = hass.states.get(EVENT)
    assert state is not None
    told = {**event.data}
    assert told.pop("entity_id") == EVENT
    assert told.pop("device_id")
    assert told.items() <= {**state.attributes}.items()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert len(events) == 1
