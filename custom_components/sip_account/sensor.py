"""Sensors of a SIP account."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import batched
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import facts
from .call_watch import CallWatch
from .const import CONF_CURRENCY
from .coordinator import SipAccountCoordinator
from .entity import (
    SipAccountEntity,
    SipAccountEntityDescription,
    add_as_told,
    device_info,
)
from .readings import Readings
from .runtime import SipAccountConfigEntry
from .sip_settings import (
    ACCEPT_RULES,
    ACCOUNT,
    ALIASES,
    BALANCE_HISTORY,
    CALLS,
    DEVICES,
    DIVERSIONS,
    ENUM,
    MONTHLY_USAGE,
    PREPAID,
    REJECT,
    VOICEMAIL,
    ClientCertificate,
)

PARALLEL_UPDATES = 0
# More in one go would hold up the event loop for as long as all of them take.
_AT_ONCE = 8

type SensorValue = str | int | float | Decimal | datetime | None


@dataclass(frozen=True, kw_only=True)
class SipAccountSensorDescription(SipAccountEntityDescription, SensorEntityDescription):
    """A sensor of an account; `in_currency` makes the account's money its unit."""

    value_fn: Callable[[Readings], SensorValue]
    last_reset_fn: Callable[[Readings], datetime | None] = lambda _: None
    in_currency: bool = False


SENSORS: tuple[SipAccountSensorDescription, ...] = (
    SipAccountSensorDescription(
        key="balance",
        translation_key="balance",
        action=PREPAID,
        told=lambda _: True,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        in_currency=True,
        value_fn=lambda readings: (
            prepaid.balance if (prepaid := readings.value(PREPAID)) else None
        ),
    ),
    SipAccountSensorDescription(
        key="last_call",
        translation_key="last_call",
        action=CALLS,
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda readings: facts.started(facts.last_call(readings)),
        attributes_fn=lambda readings: facts.call_attributes(facts.last_call(readings)),
    ),
    SipAccountSensorDescription(
        key="last_missed_call",
        translation_key="last_missed_call",
        action=CALLS,
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda readings: facts.started(facts.last_missed_call(readings)),
        attributes_fn=lambda readings: facts.call_attributes(
            facts.last_missed_call(readings)
        ),
    ),
    SipAccountSensorDescription(
        key="voicemail",
        translation_key="voicemail",
        action=VOICEMAIL,
        device_class=SensorDeviceClass.ENUM,
        options=["in_use", "not_in_use", "not_set_up"],
        value_fn=facts.voicemail_state,
        attributes_fn=facts.voicemail_attributes,
    ),
    SipAccountSensorDescription(
        key="call_forwarding",
        translation_key="call_forwarding",
        action=DIVERSIONS,
        device_class=SensorDeviceClass.ENUM,
        options=["none_active", "conditional", "all_calls"],
        value_fn=facts.forwarding_state,
        attributes_fn=facts.forwarding_attributes,
    ),
    SipAccountSensorDescription(
        key="calls_this_month",
        translation_key="calls_this_month",
        action=MONTHLY_USAGE,
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda readings: (
            usage.calls if (usage := readings.value(MONTHLY_USAGE)) else None
        ),
        last_reset_fn=lambda readings: (
            usage.since if (usage := readings.value(MONTHLY_USAGE)) else None
        ),
    ),
    SipAccountSensorDescription(
        key="cost_this_month",
        translation_key="cost_this_month",
        action=MONTHLY_USAGE,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        in_currency=True,
        value_fn=lambda readings: (
            usage.cost if (usage := readings.value(MONTHLY_USAGE)) else None
        ),
        last_reset_fn=lambda readings: (
            usage.since if (usage := readings.value(MONTHLY_USAGE)) else None
        ),
    ),
    SipAccountSensorDescription(
        key="last_transaction",
        translation_key="last_transaction",
        action=BALANCE_HISTORY,
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        in_currency=True,
        value_fn=lambda readings: (
            line.value if (line := facts.last_transaction(readings)) else None
        ),
        attributes_fn=facts.transaction_attributes,
    ),
    SipAccountSensorDescription(
        key="aliases",
        translation_key="aliases",
        action=ALIASES,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda readings: facts.count(readings, ALIASES),
        attributes_fn=lambda readings: {"aliases": facts.listed(readings, ALIASES)},
    ),
    SipAccountSensorDescription(
        key="phone_numbers",
        translation_key="phone_numbers",
        action=ENUM,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda readings: facts.count(readings, ENUM),
        attributes_fn=lambda readings: {"phone_numbers": facts.listed(readings, ENUM)},
    ),
    SipAccountSensorDescription(
        key="accept_rules",
        translation_key="accept_rules",
        action=ACCEPT_RULES,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=facts.accept_rules_count,
        attributes_fn=facts.accept_rules_attributes,
    ),
    SipAccountSensorDescription(
        key="rejected_callers",
        translation_key="rejected_callers",
        action=REJECT,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda readings: facts.count(readings, REJECT),
        attributes_fn=lambda readings: {"callers": facts.listed(readings, REJECT)},
    ),
    SipAccountSensorDescription(
        key="registered_devices",
        translation_key="registered_devices",
        action=DEVICES,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda readings: facts.count(readings, DEVICES),
        attributes_fn=lambda readings: {"devices": facts.listed(readings, DEVICES)},
    ),
    SipAccountSensorDescription(
        key="monthly_quota",
        translation_key="monthly_quota",
        action=ACCOUNT,
        told=lambda account: account.monthly_quota is not None,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        in_currency=True,
        value_fn=lambda readings: (
            account.monthly_quota if (account := readings.value(ACCOUNT)) else None
        ),
    ),
    SipAccountSensorDescription(
        key="no_answer_timeout",
        translation_key="no_answer_timeout",
        action=ACCOUNT,
        told=lambda account: account.no_answer_timeout is not None,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        value_fn=lambda readings: (
            int(account.no_answer_timeout.total_seconds())
            if (account := readings.value(ACCOUNT)) and account.no_answer_timeout
            else None
        ),
    ),
)


MISSED_CALLS = (
    SipAccountSensorDescription(
        key="missed_calls",
        translation_key="missed_calls",
        action=CALLS,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda _: None,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of an account."""
    for some in batched(SENSORS, _AT_ONCE, strict=False):
        add_as_told(entry, async_add_entities, some, SipAccountSensor)
        await asyncio.sleep(0)
    add_as_told(entry, async_add_entities, MISSED_CALLS, MissedCallsSensor)
    if certificate := entry.runtime_data.connection.certificate:
        async_add_entities([CertificateSensor(entry, certificate)])


class SipAccountSensor(SipAccountEntity, SensorEntity):
    """A sensor whose state comes from one action."""

    entity_description: SipAccountSensorDescription

    def __init__(
        self,
        coordinator: SipAccountCoordinator,
        description: SipAccountSensorDescription,
    ) -> None:
        """Give a sensor of money its currency."""
        super().__init__(coordinator, description)
        if description.in_currency:
            self._attr_native_unit_of_measurement = (
                coordinator.config_entry.options.get(
                    CONF_CURRENCY, coordinator.hass.config.currency
                )
            )

    @property
    @override
    def native_value(self) -> SensorValue:
        """Return the last good state."""
        return self.entity_description.value_fn(self.coordinator.data)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return when a total began to count."""
        return self.entity_description.last_reset_fn(self.coordinator.data)


class MissedCallsSensor(SipAccountSensor):
    """How many calls were missed since they were marked as seen.

    It counts what was told of, so it does not fall when a call leaves the server's
    list.
    """

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for missed calls."""
        await super().async_added_to_hass()
        self.async_on_remove(self._calls.async_watch_missed(self.async_write_ha_state))

    @property
    def _calls(self) -> CallWatch:
        return self._entry.runtime_data.calls

    @property
    @override
    def native_value(self) -> int:
        """Return the count."""
        return self._calls.missed_count

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return the newest of them."""
        return {"calls": self._calls.missed_calls}


class CertificateSensor(SensorEntity):
    """When the client certificate expires; the entry knows, no server is asked."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_translation_key = "certificate_expires"
    _attr_device_class = SensorDeviceClass.TIMESTAMP
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(
        self, entry: SipAccountConfigEntry, certificate: ClientCertificate
    ) -> None:
        """Show a certificate that does not change while the entry is loaded."""
        self._attr_unique_id = f"{entry.unique_id}_certificate_expires"
        self._attr_device_info = device_info(entry)
        self._attr_native_value = certificate.expires
        self._attr_extra_state_attributes = {
            "subject": certificate.subject,
            "issuer": certificate.issuer,
            "key_bits": certificate.key_bits,
            "signature_algorithm": certificate.signature_algorithm,
        }
