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

from .const import DOMAIN, EVENT_CALL
from .wording.call_words import CallWords
from .wording.inert import inert
from .wording.shown import NOBODY

_ICONS = {
    "missed": "mdi:phone-missed",
    "declined": "mdi:phone-cancel",
    "incoming_answered": "mdi:phone-incoming",
    "outgoing_answered": "mdi:phone-outgoing",
    "outgoing_unanswered": "mdi:phone-remove",
}


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
            LOGBOOK_ENTRY_MESSAGE: CallWords.of(hass).said(
                kind,
                str(call.get("shown", NOBODY)),
                int(call.get("duration") or 0),
            ),
            LOGBOOK_ENTRY_ICON: _ICONS.get(kind),
            # What a card of Activity can be limited to. Beside an entity's id it would
            # be shown in place of the message.
            LOGBOOK_ENTRY_STATE: kind,
        }

    async_describe_event(DOMAIN, EVENT_CALL, describe)
