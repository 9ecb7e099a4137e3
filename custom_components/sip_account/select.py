"""Where calls go under each of the five conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import forwarding
from .const import CONF_FORWARDING_TARGETS
from .entity import SipAccountEntity, SipAccountEntityDescription, add_as_told
from .exposure import expose_to_nobody
from .runtime import SipAccountConfigEntry
from .sip_settings import DIVERSIONS, SET_CALL_FORWARDING, Condition

# The account's control makes one write at a time, and one of those that wait together.
PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class SipAccountSelectDescription(SipAccountEntityDescription, SelectEntityDescription):
    """The diversion of one condition."""

    condition: Condition


def _forward(
    condition: Condition,
    *,
    category: EntityCategory | None = EntityCategory.CONFIG,
    enabled_default: bool = True,
) -> SipAccountSelectDescription:
    return SipAccountSelectDescription(
        key=f"forward_{condition}",
        translation_key=f"forward_{condition}",
        action=DIVERSIONS,
        write=SET_CALL_FORWARDING,
        condition=condition,
        entity_category=category,
        entity_registry_enabled_default=enabled_default,
    )


SELECTS = (
    _forward(Condition.ALL_CALLS, category=None),
    _forward(Condition.BUSY),
    _forward(Condition.NO_ANSWER),
    _forward(Condition.NOT_ONLINE, enabled_default=False),
    _forward(Condition.UNAVAILABLE, enabled_default=False),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the selects of an account."""
    add_as_told(entry, async_add_entities, SELECTS, ForwardingSelect)


class ForwardingSelect(SipAccountEntity, SelectEntity):
    """Where calls go under one condition."""

    entity_description: SipAccountSelectDescription

    @property
    @override
    def options(self) -> list[str]:
        """Return what can be chosen."""
        return forwarding.options(
            self.coordinator.data, self._condition, self._kept, self._control.dialling
        )

    @property
    @override
    def current_option(self) -> str | None:
        """Return what the server tells, None where it is not understood."""
        return forwarding.current_option(
            self.coordinator.data, self._condition, self._kept, self._control.dialling
        )

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return where calls go, and what the mobile number is."""
        readings = self.coordinator.data
        return {
            "target": forwarding.target_of(readings, self._condition),
            "mobile_number": forwarding.mobile_number(readings, self._control.dialling),
        }

    @override
    async def async_added_to_hass(self) -> None:
        """Be no control for assistants where no person has made it one."""
        await super().async_added_to_hass()
        if self.entity_category is None:
            expose_to_nobody(self.hass, self.entity_id)

    @override
    async def async_select_option(self, option: str) -> None:
        """Send calls there from now on.

        What the server tells already is not sent: it may be what we would refuse.
        """
        self._control.ensure_open()
        if option == self.current_option:
            await self.coordinator.async_read_again(DIVERSIONS)
            if option == self.current_option:
                return
        await self._control.async_forward({self._condition: option})

    @property
    def _condition(self) -> Condition:
        return self.entity_description.condition

    @property
    def _kept(self) -> list[str]:
        return list(self._entry.options.get(CONF_FORWARDING_TARGETS, []))
