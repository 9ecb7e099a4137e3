"""Begins a reauth at once: a home does so only once a refusal has lasted."""

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

DOMAIN = "begin_reauth"
CONFIG_SCHEMA = cv.empty_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer it as an action."""

    async def begin(call: ServiceCall) -> None:
        entry = hass.config_entries.async_get_known_entry(call.data["entry_id"])
        entry.async_start_reauth(hass)

    hass.services.async_register(DOMAIN, "begin", begin)
    return True
