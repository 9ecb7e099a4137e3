"""That there is a calendar of calls, for which nothing is loaded before it is wanted.

Home Assistant's calendars bring a panel with them and take time to import. So the
entity stands in the registry, disabled, where people find it; its platform is loaded
once somebody has enabled it. Who called is kept only so long (`calls.diary`).
"""

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo

from .const import DOMAIN
from .wording.words import word

KEY = "calls"


@callback
def async_offer_calendar(
    hass: HomeAssistant, entry: ConfigEntry, device_info: DeviceInfo
) -> None:
    """Have the calendar of an account in the registry, as its platform would."""
    known = _known(hass, entry)
    if known and not known.disabled_by:
        return
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, **device_info
    )
    name = word(hass, f"calendar.{KEY}.name", "entity")
    er.async_get(hass).async_get_or_create(
        Platform.CALENDAR,
        DOMAIN,
        _unique_id(entry),
        config_entry=entry,
        device_id=device.id,
        disabled_by=er.RegistryEntryDisabler.INTEGRATION,
        has_entity_name=True,
        object_id_base=name,
        original_name=name,
        translation_key=KEY,
    )


@callback
def is_calendar_wanted(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Whether the calendar is enabled; a disabled account says nothing of it."""
    known = _known(hass, entry)
    disabled_by = known.disabled_by if known else er.RegistryEntryDisabler.INTEGRATION
    return disabled_by in {None, er.RegistryEntryDisabler.CONFIG_ENTRY}


def _known(hass: HomeAssistant, entry: ConfigEntry) -> er.RegistryEntry | None:
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id(
        Platform.CALENDAR, DOMAIN, _unique_id(entry)
    )
    return registry.async_get(entity_id) if entity_id else None


def _unique_id(entry: ConfigEntry) -> str:
    return f"{entry.unique_id}_{KEY}"
