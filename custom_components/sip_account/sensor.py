"""Sensors of a SIP account."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from itertools import batched
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
)
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import facts
from .calls.watch import CallWatch
from .const import DOMAIN
from .coordinator import SipAccountCoordinator
from .currency import currency_of
from .entity import (
    SipAccountEntity,
    add_as_told,
    device_info,
)
from .runtime import SipAccountConfigEntry
from .sensor_table import (
    FORWARDING,
    MISSED_CALLS,
    RULES,
    SENSORS,
    SensorValue,
    SipAccountSensorDescription,
)
from .sensor_usage import CreditSensor, UsageSensor
from .sensor_usage_table import CREDIT, USAGE
from .sip_settings import VOICEMAIL_TARGET, ClientCertificate, phone_number
from .wording.shown import plain

PARALLEL_UPDATES = 0
# More in one go would hold up the event loop for as long as all of them take.
_AT_ONCE = 8


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of an account."""
    for some in batched(SENSORS, _AT_ONCE, strict=False):
        add_as_told(entry, async_add_entities, some, SipAccountSensor)
        await asyncio.sleep(0)
    add_as_told(entry, async_add_entities, FORWARDING, ForwardingSensor)
    add_as_told(entry, async_add_entities, RULES, RulesSensor)
    add_as_told(entry, async_add_entities, MISSED_CALLS, MissedCallsSensor)
    add_as_told(entry, async_add_entities, USAGE, UsageSensor)
    add_as_told(entry, async_add_entities, CREDIT, CreditSensor)
    await asyncio.sleep(0)
    if certificate := entry.runtime_data.connection.certificate:
        async_add_entities([CertificateSensor(entry, certificate)])


def _known_unit(hass: HomeAssistant, unique_id: str) -> str | None:
    """Return the unit that a home has kept of a sensor, if it has one."""
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id(Platform.SENSOR, DOMAIN, unique_id)
    known = registry.async_get(entity_id) if entity_id else None
    return known.unit_of_measurement if known else None


class SipAccountSensor(SipAccountEntity, SensorEntity):
    """A sensor whose state comes from one action."""

    entity_description: SipAccountSensorDescription

    def __init__(
        self,
        coordinator: SipAccountCoordinator,
        description: SipAccountSensorDescription,
    ) -> None:
        """Give a sensor of money its currency.

        A count has no unit, which would need a plural form of its language. Only where
        0.1.0 gave it one it stays, since the sensor's statistics would stop.
        """
        super().__init__(coordinator, description)
        if description.in_currency:
            self._attr_native_unit_of_measurement = currency_of(
                coordinator.hass,
                coordinator.config_entry,
                coordinator.config_entry.runtime_data.activity.data,
            )
        elif description.device_class is None:
            self._attr_native_unit_of_measurement = _known_unit(
                coordinator.hass, str(self.unique_id)
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


class ForwardingSensor(SipAccountSensor):
    """Whether calls are forwarded, and to whom: by the name of the phone book."""

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return where calls go now before what the server tells."""
        target = facts.goes_to(self.coordinator.data)
        known = super().extra_state_attributes or {}
        return {"calls_go_to": target and self._shown(target), **known}

    def _shown(self, target: str) -> str:
        if target == VOICEMAIL_TARGET:
            return target
        name = self._entry.runtime_data.phone_book.find(target)
        shown = name or phone_number(target)
        return plain(shown) if shown else target


class RulesSensor(SipAccountSensor):
    """How many daily rules there are; their hours are of the account's zone."""

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return the rules, and in which zone they are written."""
        known = super().extra_state_attributes or {}
        return {**known, "time_zone": self._entry.runtime_data.usage.zone_name}


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
