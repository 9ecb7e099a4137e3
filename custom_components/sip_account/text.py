"""The number that others see of an account's calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import override

from homeassistant.components.text import TextEntity, TextEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import SipAccountEntity, SipAccountEntityDescription, add_as_told
from .runtime import SipAccountConfigEntry
from .sip_settings import (
    ACCOUNT,
    SET_CALLER_ID,
    TargetError,
    caller_id_parameters,
)
from .wording.outcome import told

# The account's control makes one write at a time.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class SipAccountTextDescription(SipAccountEntityDescription, TextEntityDescription):
    """A text of an account."""


CALLER_ID = SipAccountTextDescription(
    key="caller_id_number",
    translation_key="caller_id_number",
    action=ACCOUNT,
    write=SET_CALLER_ID,
    entity_category=EntityCategory.CONFIG,
    # As people write numbers, with blanks and brackets.
    native_max=40,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the texts of an account."""
    add_as_told(entry, async_add_entities, [CALLER_ID], CallerIdText)


class CallerIdText(SipAccountEntity, TextEntity):
    """The caller ID, international with `+`; empty where none is set."""

    entity_description: SipAccountTextDescription

    @property
    @override
    def native_value(self) -> str:
        """Return what the account tells."""
        account = self.coordinator.data.value(ACCOUNT)
        return (account.caller_id_number or "") if account else ""

    @override
    async def async_set_value(self, value: str) -> None:
        """Set another number; empty clears it."""
        try:
            parameters = caller_id_parameters(value)
        except TargetError as error:
            account = self.coordinator.config_entry.title
            raise told(account, ServiceValidationError, error.problem) from error

        async def prepare() -> Mapping[str, str]:
            return parameters

        await self._control.async_write(SET_CALLER_ID, prepare, ACCOUNT)
