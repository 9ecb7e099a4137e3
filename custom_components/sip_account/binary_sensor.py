"""Binary sensors of a SIP account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, override

# The module in which newer versions keep the class is not there on 2026.9.
from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import facts
from .const import CONF_LOW_BALANCE
from .currency import currency_of
from .entity import SipAccountEntity, SipAccountEntityDescription, add_as_told
from .polling.readings import Readings
from .runtime import SipAccountConfigEntry
from .sip_settings import ACCOUNT, DEVICES, PREPAID, SET_CALLER_ID, to_shape

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
        key="calls_to_telephones",
        translation_key="calls_to_telephones",
        action=ACCOUNT,
        # The server of 2009 tells it as well, but homes know it without.
        write=SET_CALLER_ID,
        told=lambda account: account.pstn_access is not None,
        entity_category=EntityCategory.DIAGNOSTIC,
        is_on_fn=lambda readings: (
            account.pstn_access if (account := readings.value(ACCOUNT)) else None
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


LOW_BALANCE = SipAccountBinarySensorDescription(
    key="low_balance",
    translation_key="low_balance",
    action=PREPAID,
    told=lambda prepaid: prepaid.balance is not None,
    device_class=BinarySensorDeviceClass.PROBLEM,
    is_on_fn=lambda _: None,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of an account."""
    add_as_told(entry, async_add_entities, BINARY_SENSORS, SipAccountBinarySensor)
    if CONF_LOW_BALANCE in entry.options:
        add_as_told(entry, async_add_entities, [LOW_BALANCE], LowBalanceSensor)


class SipAccountBinarySensor(SipAccountEntity, BinarySensorEntity):
    """A binary sensor whose state comes from one action."""

    entity_description: SipAccountBinarySensorDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Return the last good state."""
        return self.entity_description.is_on_fn(self.coordinator.data)


class LowBalanceSensor(SipAccountBinarySensor):
    """On while the balance is below what a person has set."""

    @property
    def _threshold(self) -> float:
        return float(self._entry.options[CONF_LOW_BALANCE])

    @property
    @override
    def is_on(self) -> bool | None:
        """Compare the balance with the threshold."""
        balance = facts.balance(self.coordinator.data)
        return None if balance is None else float(balance) < self._threshold

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return the threshold, and what is left for messages about it."""
        return {
            "threshold": self._threshold,
            "balance": to_shape(facts.balance(self.coordinator.data)),
            "currency": currency_of(self.hass, self._entry, self.coordinator.data),
        }
