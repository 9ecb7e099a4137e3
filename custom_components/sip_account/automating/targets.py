"""From what an automation is pointed at to the account behind it."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..runtime import SipAccountConfigEntry, SipAccountRuntime


@callback
def entities_of_kind(
    hass: HomeAssistant, entities: set[str], domain: str, key: str
) -> set[str]:
    """Return those of `entities` that are of this integration and of one kind."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (found := registry.async_get(entity_id))
        and found.platform == DOMAIN
        and found.domain == domain
        and found.translation_key == key
    }


@callback
def runtime_of(hass: HomeAssistant, entity_id: str) -> SipAccountRuntime | None:
    """Return what an entity's account has while it is loaded, else None."""
    found = er.async_get(hass).async_get(entity_id)
    if found is None or found.config_entry_id is None:
        return None
    entry: SipAccountConfigEntry | None = hass.config_entries.async_get_entry(
        found.config_entry_id
    )
    return None if entry is None else getattr(entry, "runtime_data", None)
