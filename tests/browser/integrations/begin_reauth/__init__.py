"""Does at once what a home does only when a refusal has lasted."""

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType
from homeassistant.util import dt as dt_util

DOMAIN = "begin_reauth"
CONFIG_SCHEMA = cv.empty_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer it as an action."""

    async def begin(call: ServiceCall) -> None:
        entry = hass.config_entries.async_get_known_entry(call.data["entry_id"])
        entry.async_start_reauth(hass)

    async def take_back(call: ServiceCall) -> None:
        entry = hass.config_entries.async_get_known_entry(call.data["entry_id"])
        taken_back = {"certificate_taken_back_at": dt_util.utcnow().isoformat()}
        hass.config_entries.async_update_entry(entry, data=entry.data | taken_back)
        await hass.config_entries.async_reload(entry.entry_id)

    hass.services.async_register(DOMAIN, "begin", begin)
    hass.services.async_register(DOMAIN, "take_back", take_back)
    return True
