"""Does at once what a home does after a while, or once upon a time."""

from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import (
    area_registry as ar,
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
)
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

    async def as_in_0_1_0(call: ServiceCall) -> None:
        """Put an account into an area, whose controls are configuration."""
        entry_id = call.data["entry_id"]
        entities, devices = er.async_get(hass), dr.async_get(hass)
        area = ar.async_get(hass).async_get_or_create("Office")
        for device in dr.async_entries_for_config_entry(devices, entry_id):
            devices.async_update_device(device.id, area_id=area.id)
        for known in er.async_entries_for_config_entry(entities, entry_id):
            if known.domain in {"switch", "select"}:
                entities.async_update_entity(
                    known.entity_id, entity_category=EntityCategory.CONFIG
                )
        await hass.config_entries.async_reload(entry_id)

    hass.services.async_register(DOMAIN, "as_in_0_1_0", as_in_0_1_0)
    hass.services.async_register(DOMAIN, "begin", begin)
    hass.services.async_register(DOMAIN, "take_back", take_back)
    return True
