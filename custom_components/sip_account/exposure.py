"""Controls that anybody could set off by name or by area, and how that is met.

*Do not disturb* and *Forward all calls* are controls like any other since 0.2. Home
Assistant exposes switches without a category to assistants, and turns them on with all
that is in an area: "turn on the office", and nobody can reach the house. So they are
not exposed unless a person decides it, and whoever has put the account of 0.1.0 into an
area or under a label is told once.
"""

from homeassistant.components.homeassistant.const import DATA_EXPOSED_ENTITIES
from homeassistant.components.homeassistant.exposed_entities import (
    KNOWN_ASSISTANTS,
    async_expose_entity,
    async_get_entity_settings,
)
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)

from .const import DOMAIN
from .wording.inert import placeholders

_ISSUE = "controls_in_area"
# The keys of the entities that were configuration in 0.1.0.
_WERE_CONFIGURATION = ("do_not_disturb", "forward_all_calls")


@callback
def expose_to_nobody(hass: HomeAssistant, entity_id: str) -> None:
    """Keep a control from every assistant for which no person has decided."""
    if DATA_EXPOSED_ENTITIES not in hass.data:
        return
    settings = async_get_entity_settings(hass, entity_id)
    for assistant in KNOWN_ASSISTANTS:
        if "should_expose" not in settings.get(assistant, {}):
            async_expose_entity(hass, assistant, entity_id, should_expose=False)


@callback
def async_tell_of_controls(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Tell once, before it happens, that what was configuration becomes a control."""
    registry = er.async_get(hass)
    changed = [
        known
        for known in er.async_entries_for_config_entry(registry, entry.entry_id)
        if known.unique_id.endswith(_WERE_CONFIGURATION)
        and known.entity_category is EntityCategory.CONFIG
        and not known.disabled_by
    ]
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    placed = any(one.area_id or one.labels for one in changed)
    if changed and (placed or any(one.area_id or one.labels for one in devices)):
        ir.async_create_issue(
            hass,
            DOMAIN,
            _issue_id(entry.entry_id),
            data={"entry_id": entry.entry_id, _ISSUE: True},
            is_fixable=True,
            is_persistent=True,
            severity=ir.IssueSeverity.WARNING,
            translation_key=_ISSUE,
            translation_placeholders=placeholders(account=entry.title),
        )


@callback
def forget_controls(hass: HomeAssistant, entry_id: str) -> None:
    """Tell no more of the controls of an account that is removed."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry_id))


def is_of_controls(data: dict[str, str | int | float | None]) -> bool:
    """Whether an issue's data are of one that tells of controls."""
    return _ISSUE in data


def _issue_id(entry_id: str) -> str:
    return f"{_ISSUE}_{entry_id}"
