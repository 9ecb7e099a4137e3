"""One event for every call that has ended."""

from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.event import (
    ATTR_EVENT_TYPE,
    EventEntity,
    EventEntityDescription,
)
from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .calls.watch import EVENT_TYPES
from .const import EVENT_CALL
from .entity import (
    SipAccountEntity,
    SipAccountEntityDescription,
    add_as_told,
)
from .runtime import SipAccountConfigEntry
from .sip_settings import CALLS

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class SipAccountEventDescription(SipAccountEntityDescription, EventEntityDescription):
    """An event of an account."""


EVENTS = (
    SipAccountEventDescription(
        key="call", translation_key="call", action=CALLS, event_types=EVENT_TYPES
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the event of an account."""
    add_as_told(entry, async_add_entities, EVENTS, CallEvent)


class CallEvent(SipAccountEntity, EventEntity):
    """Writes one state for each call.

    It stays available while the server is lost: triggers ignore a change from
    unavailable, and the first call after an outage would be missed by them.
    """

    entity_description: SipAccountEventDescription

    @property
    @override
    def available(self) -> bool:
        """Whether the entry is loaded."""
        return True

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for calls."""
        await super().async_added_to_hass()
        watch = self._entry.runtime_data.calls
        self.async_on_remove(watch.async_listen(self._tell))

    @callback
    def _tell(self, event_type: str, attributes: dict[str, Any]) -> None:
        self._trigger_event(event_type, attributes)
        self.async_write_ha_state()
        # Activity says of this who called; it cannot of a state.
        told = {ATTR_ENTITY_ID: self.entity_id, ATTR_EVENT_TYPE: event_type}
        if device := self.device_entry:
            told[ATTR_DEVICE_ID] = device.id
        self.hass.bus.async_fire(EVENT_CALL, {**attributes, **told})

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write nothing: a poll is no event."""
