"""One row of Activity, whatever an event tells."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import Event, HomeAssistant
import pytest

from custom_components.sip_account.const import EVENT_CALL
from custom_components.sip_account.logbook import async_describe_events

from .automating import EVENT
from .support import ALICE


@pytest.mark.parametrize(
    ("told", "name", "message"),
    [
        (
            {"entity_id": EVENT, "event_type": "missed", "shown": "Erin"},
            ALICE,
            "Missed call from Erin",
        ),
        (
            {"entity_id": "event.gone", "event_type": "missed", "shown": "Erin"},
            "SIP Account",
            "Missed call from Erin",
        ),
        (
            {"entity_id": EVENT, "event_type": "incoming_answered", "duration": 12.9},
            ALICE,
            "Incoming call from Unknown caller, 12 s",
        ),
        (
            {"event_type": "incoming_answered", "shown": "Erin", "duration": None},
            "SIP Account",
            "Incoming call from Erin, 0 s",
        ),
    ],
)
async def test_row(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    told: dict[str, Any],
    name: str,
    message: str,
) -> None:
    """An event of an entity that is gone, or of long ago, has a row as well."""
    await set_up(ALICE)
    found: list[Callable[[Event[dict[str, Any]]], dict[str, str | None]]] = []
    async_describe_events(hass, lambda _domain, _event, how: found.append(how))
    row = found[0](Event(EVENT_CALL, told))
    assert (row["name"], row["message"]) == (name, message)
    assert row["state"] == told["event_type"]
