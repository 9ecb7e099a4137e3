"""Time that passes step by step, so that timers fire when they are due."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_fire_time_changed


async def pass_time(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    *,
    seconds: int = 0,
    minutes: float = 0,
    step: int = 10,
) -> None:
    """Let time pass in steps of some seconds, and let what is due then happen."""
    left = int(seconds + minutes * 60)
    while left > 0:
        freezer.tick(timedelta(seconds=min(step, left)))
        left -= step
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)


def reauths(hass: HomeAssistant) -> list[str]:
    """Return the flows that ask for credentials, by their ids."""
    return [
        flow["flow_id"]
        for flow in hass.config_entries.flow.async_progress()
        if flow["context"]["source"] == SOURCE_REAUTH
    ]
