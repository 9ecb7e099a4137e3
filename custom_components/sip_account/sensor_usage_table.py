"""What the ledger of an account shows: one description for each figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfTime

from .calls.totals import Totals
from .sensor_table import SipAccountSensorDescription
from .sip_settings import CALLS, PREPAID


@dataclass(frozen=True, kw_only=True)
class UsageDescription(SipAccountSensorDescription):
    """A figure of today, or of this month."""

    of: Callable[[Totals], int | Decimal]
    month: bool
    parts_of: Callable[[Totals], Mapping[str, Any]] = lambda _: {}


def _parts(totals: Totals) -> Mapping[str, int]:
    return {
        "incoming": totals.incoming,
        "outgoing": totals.outgoing,
        "missed": totals.missed,
    }


# The server's own count of a month has the keys `calls_this_month` (placed calls only)
# and `cost_this_month`, where it counts.
USAGE = (
    UsageDescription(
        key="calls_today",
        translation_key="calls_today",
        action=CALLS,
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda _: None,
        of=lambda totals: totals.count,
        month=False,
        parts_of=_parts,
    ),
    UsageDescription(
        key="all_calls_this_month",
        translation_key="all_calls_this_month",
        action=CALLS,
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda _: None,
        of=lambda totals: totals.count,
        month=True,
        parts_of=_parts,
    ),
    UsageDescription(
        key="talk_time_today",
        translation_key="talk_time_today",
        action=CALLS,
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.TOTAL,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value_fn=lambda _: None,
        of=lambda totals: totals.talked,
        month=False,
    ),
    UsageDescription(
        key="talk_time_this_month",
        translation_key="talk_time_this_month",
        action=CALLS,
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.TOTAL,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        value_fn=lambda _: None,
        of=lambda totals: totals.talked,
        month=True,
    ),
    UsageDescription(
        key="cost_today",
        translation_key="cost_today",
        action=CALLS,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        in_currency=True,
        value_fn=lambda _: None,
        of=lambda totals: totals.cost,
        month=False,
    ),
    UsageDescription(
        key="total_cost_this_month",
        translation_key="total_cost_this_month",
        action=CALLS,
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        in_currency=True,
        value_fn=lambda _: None,
        of=lambda totals: totals.cost,
        month=True,
    ),
)
CREDIT = (
    SipAccountSensorDescription(
        key="credit_lasts_until",
        translation_key="credit_lasts_until",
        action=PREPAID,
        told=lambda prepaid: prepaid.balance is not None,
        device_class=SensorDeviceClass.DATE,
        value_fn=lambda _: None,
    ),
)
