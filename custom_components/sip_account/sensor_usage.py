"""Sensors of what the calls of an account came to.

They are unavailable while the server is lost, as all that comes from it; a day that
begins meanwhile begins for them when it is back.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, override

from homeassistant.components.sensor import SensorEntity

from . import facts
from .calls.usage import Usage
from .coordinator import SipAccountCoordinator
from .currency import currency_of
from .entity import SipAccountEntity
from .sensor_table import SipAccountSensorDescription
from .sensor_usage_table import UsageDescription


class LedgerSensor(SipAccountEntity, SensorEntity):
    """A sensor that the ledger tells, whenever that has changed."""

    entity_description: SipAccountSensorDescription

    def __init__(
        self,
        coordinator: SipAccountCoordinator,
        description: SipAccountSensorDescription,
    ) -> None:
        """Give a sensor of money its currency."""
        super().__init__(coordinator, description)
        if description.in_currency:
            self._attr_native_unit_of_measurement = currency_of(
                coordinator.hass, self._entry, self._entry.runtime_data.activity.data
            )

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the ledger, and to new days."""
        await super().async_added_to_hass()
        self.async_on_remove(self._usage.async_watch(self.async_write_ha_state))

    @property
    def _usage(self) -> Usage:
        return self._entry.runtime_data.usage


class UsageSensor(LedgerSensor):
    """A figure of today or of this month, None before the first look."""

    # They change with each call, and no statistics are made of them.
    _unrecorded_attributes = frozenset(
        {"counted_since", "incoming", "missed", "outgoing"}
    )
    entity_description: UsageDescription

    @property
    @override
    def native_value(self) -> int | Decimal | None:
        """Return the figure."""
        if not self._usage.ledger.begun:
            return None
        return self.entity_description.of(
            self._usage.totals(month=self.entity_description.month)
        )

    @property
    @override
    def last_reset(self) -> datetime | None:
        """Return the midnight since which it counts."""
        return self._usage.last_reset(
            self.entity_description.of, month=self.entity_description.month
        )

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return its parts, and since when the figures are whole."""
        since = self._usage.ledger.counted_since
        return {
            **self.entity_description.parts_of(
                self._usage.totals(month=self.entity_description.month)
            ),
            "counted_since": since.isoformat() if since else None,
        }


class CreditSensor(LedgerSensor):
    """On which day the balance is used up, at the mean cost of the last whole days."""

    @property
    @override
    def native_value(self) -> date | None:
        """Return the day, None where there is too little to tell."""
        balance = facts.balance(self.coordinator.data)
        if balance is None:
            return None
        return self._usage.ledger.lasts_until(balance, self._usage.today)

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return from how many days it is told."""
        mean = self._usage.ledger.mean_cost(self._usage.today)
        return {"days": mean[1] if mean else None}
