"""What Activity says of a call: who it was, which the rows of states cannot say."""

from collections.abc import Callable
from typing import Any

from homeassistant.components.logbook.const import (
    LOGBOOK_ENTRY_ICON,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
    LOGBOOK_ENTRY_STATE,
)
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .calls.shown import NOBODY
from .const import DOMAIN, EVENT_CALL
from .inert import inert
from .words import word

_ICONS = {
    "missed": "mdi:phone-missed",
    "declined": "mdi:phone-cancel",
    "incoming_answered": "mdi:phone-incoming",
    "outgoing_answered": "mdi:phone-outgoing",
    "outgoing_unanswered": "mdi:phone-remove",
}
_MINUTE = 60


@callback
def async_describe_events(
    hass: HomeAssistant,
    async_describe_event: Callable[
        [str, str, Callable[[Event[dict[str, Any]]], dict[str, str | None]]], None
    ],
) -> None:
    """Describe the event that is fired for each call."""

    @callback
    def describe(event: Event[dict[str, Any]]) -> dict[str, str | None]:
        call = event.data
        entity_id = str(call.get(ATTR_ENTITY_ID, ""))
        known = er.async_get(hass).async_get(entity_id)
        entry_id = known.config_entry_id if known else None
        entry = hass.config_entries.async_get_entry(entry_id) if entry_id else None
        kind = str(call.get("event_type"))
        return {
            LOGBOOK_ENTRY_NAME: inert(entry.title) if entry else "SIP Account",
            LOGBOOK_ENTRY_MESSAGE: _message(hass, kind, call),
            LOGBOOK_ENTRY_ICON: _ICONS.get(kind),
            # What a card of Activity can be limited to. Beside an entity's id it would
            # be shown in place of the message.
            LOGBOOK_ENTRY_STATE: kind,
        }

    async_describe_event(DOMAIN, EVENT_CALL, describe)


def _message(hass: HomeAssistant, kind: str, call: dict[str, Any]) -> str:
    """Return what a call was, in the home's language."""
    who = str(call.get("shown", NOBODY))
    return (
        word(hass, f"activity_{kind}")
        .replace("{caller}", word(hass, "unknown_caller") if who == NOBODY else who)
        .replace("{duration}", _length(int(call.get("duration") or 0)))
    )


def _length(seconds: int) -> str:
    if seconds < _MINUTE:
        return f"{seconds} s"
    return f"{round(seconds / _MINUTE)} min"
