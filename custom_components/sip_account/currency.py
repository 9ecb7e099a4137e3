"""The currency of an account's money.

Most servers tell none: then it is the option's, else the home's. The page of 2026 tells
its own; the option overrides it, unless it is the home's, which the form of 0.1.0
stored for everybody. A unit that a sensor has stays: its statistics would stop.
"""

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_URL, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .const import CONF_CURRENCY, DOMAIN
from .readings import Readings
from .sip_settings import PREPAID, is_snapshot_page, page_url


def currency_of(
    hass: HomeAssistant, entry: ConfigEntry, readings: Readings, unique_id: str
) -> str:
    """Return the unit of money of the sensor with a unique id, by what was read."""
    home = hass.config.currency
    chosen = entry.options.get(CONF_CURRENCY, home)
    if chosen != home or not is_snapshot_page(page_url(entry.data[CONF_URL])):
        return str(chosen)
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id(Platform.SENSOR, DOMAIN, unique_id)
    known = registry.async_get(entity_id) if entity_id else None
    prepaid = readings.value(PREPAID)
    told = prepaid.currency if prepaid else None
    return (known.unit_of_measurement if known else None) or told or home
