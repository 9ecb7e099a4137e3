"""What a person presses: mark missed calls as seen."""

from dataclasses import dataclass
from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import (
    SipAccountEntity,
    SipAccountEntityDescription,
    add_as_told,
)
from .runtime import SipAccountConfigEntry
from .sip_settings import CALLS

PARALLEL_UPDATES = 1


@dataclass(frozen=True, kw_only=True)
class SipAccountButtonDescription(SipAccountEntityDescription, ButtonEntityDescription):
    """A button of an account."""


BUTTONS = (
    SipAccountButtonDescription(
        key="mark_missed_calls_seen",
        translation_key="mark_missed_calls_seen",
        action=CALLS,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the button of an account."""
    add_as_told(entry, async_add_entities, BUTTONS, MarkSeenButton)


class MarkSeenButton(SipAccountEntity, ButtonEntity):
    """Begins to count missed calls anew; the server has no part in it."""

    entity_description: SipAccountButtonDescription

    @property
    @override
    def available(self) -> bool:
        """Whether the entry is loaded."""
        return True

    @override
    async def async_press(self) -> None:
        """Mark all missed calls as seen."""
        await self._entry.runtime_data.calls.async_mark_seen()
