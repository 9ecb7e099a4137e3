"""What the sensors of an account show: one description each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfTime

from . import facts
from .entity import (
    SipAccountEntityDescription,
)
from .polling.readings import Readings
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
)

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
        told=lambda prepaid: prepaid.balance is not None,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        in_currency=True,
        value_fn=facts.balance,
    ),
    SipAccountSensorDescription(
        key="spent_today",
        translation_key="spent_today",
        action=PREPAID,
        told=lambda prepaid: prepaid.spent_today is not None,
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        in_currency=True,
        value_fn=lambda readings: (
            prepaid.spent_today if (prepaid := readings.value(PREPAID)) else None
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
        suggested_display_precision=4,
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
        suggested_display_precision=0,
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

FORWARDING = (
    SipAccountSensorDescription(
        key="call_forwarding",
        translation_key="call_forwarding",
        action=DIVERSIONS,
        device_class=SensorDeviceClass.ENUM,
        options=["none_active", "conditional", "all_calls"],
        value_fn=facts.forwarding_state,
        attributes_fn=facts.forwarding_attributes,
    ),
)

RULES = (
    SipAccountSensorDescription(
        key="accept_rules",
        translation_key="accept_rules",
        action=ACCEPT_RULES,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=facts.accept_rules_count,
        attributes_fn=facts.accept_rules_attributes,
    ),
)
