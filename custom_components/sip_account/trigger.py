"""Triggers that Home Assistant offers for an account."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.trigger import Trigger

from .automating.call_triggers import CallEndedTrigger, CallMissedTrigger
from .automating.value_triggers import (
    BalanceFellBelowTrigger,
    NoPhoneRegisteredTrigger,
)

TRIGGERS: dict[str, type[Trigger]] = {
    "call_missed": CallMissedTrigger,
    "call_ended": CallEndedTrigger,
    "balance_fell_below": BalanceFellBelowTrigger,
    "no_phone_registered": NoPhoneRegisteredTrigger,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of this integration."""
    return TRIGGERS
