"""Binary sensors of a SIP account."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import facts
from .coordinator import Readings, SipAccountConfigEntry
from .entity import SipAccountEntity, SipAccountEntityDescription, add_as_told
from .sip_settings import ACCOUNT, DEVICES, PREPAID

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class SipAccountBinarySensorDescription(
    SipAccountEntityDescription, BinarySensorEntityDescription
):
    """A binary sensor of an account."""

    is_on_fn: Callable[[Readings], bool | None]


BINARY_SENSORS: tuple[SipAccountBinarySensorDescription, ...] = (
    SipAccountBinarySensorDescription(
        key="call_in_progress",
        translation_key="call_in_progress",
        action=PREPAID,
        told=lambda prepaid: prepaid.call_in_progress is not None,
        is_on_fn=facts.call_in_progress,
        attributes_fn=facts.call_in_progress_attributes,
    ),
    SipAccountBinarySensorDescription(
        key="registered",
        translation_key="registered",
        action=DEVICES,
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        is_on_fn=lambda readings: readings.value(DEVICES) is not None,
    ),
    SipAccountBinarySensorDescription(
        key="blocked",
        translation_key="blocked",
        action=ACCOUNT,
        told=lambda account: account.blocked is not None,
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        is_on_fn=lambda readings: (
            account.blocked if (account := readings.value(ACCOUNT)) else None
        ),
    ),
    SipAccountBinarySensorDescription(
        key="caller_id_hidden",
        translation_key="caller_id_hidden",
        action=ACCOUNT,
        told=lambda account: account.caller_id_hidden is not None,
        entity_category=EntityCategory.DIAGNOSTIC,
        is_on_fn=lambda readings: (
            account.caller_id_hidden if (account := readings.value(ACCOUNT)) else None
        ),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of an account."""
    add_as_told(entry, async_add_entities, BINARY_SENSORS, SipAccountBinarySensor)


class SipAccountBinarySensor(SipAccountEntity, BinarySensorEntity):
    """A binary sensor whose state comes from one action."""

    entity_description: SipAccountBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Return the last good state."""
        return self.entity_description.is_on_fn(self.coordinator.data)
