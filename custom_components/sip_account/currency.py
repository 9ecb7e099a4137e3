"""The currency of an account's money: one for all that an account shows.

Most servers tell none: then it is the option's, else the home's. The page of 2026 tells
its own; the option overrides it, unless it is the home's, which the form of 0.1.0
stored for everybody. A unit that a sensor has stays until a person is asked, since
statistics of another unit stop: an issue tells that the server says otherwise. It
outlives the entry's being unloaded: a person who ignores it means it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_URL, Platform
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er, issue_registry as ir

from .const import CONF_CURRENCY, DOMAIN
from .coordinator import SipAccountCoordinator
from .polling.readings import Readings
from .sensor_table import SENSORS
from .sensor_usage_table import USAGE
from .sip_settings import PREPAID, is_snapshot_page, page_url
from .wording.inert import placeholders

# What an issue's data call the unit that sensors have, and what the server tells.
KNOWN = "known"
TOLD = "told"

_ISSUE = "currency_differs"
_MONEY = tuple(
    description.key for description in (*SENSORS, *USAGE) if description.in_currency
)


def currency_of(hass: HomeAssistant, entry: ConfigEntry, readings: Readings) -> str:
    """Return the unit of an account's money, by what was read."""
    home = hass.config.currency
    if not _is_told(hass, entry):
        return str(entry.options.get(CONF_CURRENCY, home))
    return _known(hass, entry) or _told(readings) or home


@callback
def async_watch_currency(
    hass: HomeAssistant, entry: ConfigEntry, activity: SipAccountCoordinator
) -> CALLBACK_TYPE:
    """Keep an issue while the server tells another currency than the sensors have.

    Returns what ends the watch. Another currency is another cause; a poll that tells
    none says nothing of it.
    """

    @callback
    def look() -> None:
        forget_settled_currency(hass, entry)
        told = _told(activity.data)
        if told is None or not _is_told(hass, entry):
            return
        known = _known(hass, entry)
        if known in {None, told}:
            forget_currency(hass, entry.entry_id)
            return
        data: dict[str, str | int | float | None] = {
            "entry_id": entry.entry_id,
            KNOWN: known,
            TOLD: told,
        }
        issue = issue_of_currency(hass, entry.entry_id)
        if issue and issue.data and issue.data != data:
            forget_currency(hass, entry.entry_id)
        ir.async_create_issue(
            hass,
            DOMAIN,
            _issue_id(entry.entry_id),
            data=data,
            is_fixable=True,
            severity=ir.IssueSeverity.WARNING,
            translation_key=_ISSUE,
            translation_placeholders=placeholders(
                account=entry.title, known=str(known), told=told
            ),
        )

    look()
    stop = activity.async_add_listener(look)

    @callback
    def end() -> None:
        stop()
        if entry.disabled_by:
            # Nobody shows an amount, and nobody looks what the server says.
            forget_currency(hass, entry.entry_id)

    return end


@callback
def forget_settled_currency(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Ask no more where a person has chosen, or the page tells no currency."""
    if not _is_told(hass, entry):
        forget_currency(hass, entry.entry_id)


@callback
def forget_currency(hass: HomeAssistant, entry_id: str) -> None:
    """Ask no more: the cause is gone, or the account is."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry_id))


def issue_of_currency(hass: HomeAssistant, entry_id: str) -> ir.IssueEntry | None:
    """Return what asks whether the unit is to change, if anything does."""
    return ir.async_get(hass).async_get_issue(DOMAIN, _issue_id(entry_id))


def is_of_currency(data: Mapping[str, Any]) -> bool:
    """Whether an issue's data are of one that asks for the unit."""
    return TOLD in data


@callback
def async_take_currency(hass: HomeAssistant, entry: ConfigEntry, told: str) -> None:
    """Let all money of an account be in another currency; loads it anew."""
    registry = er.async_get(hass)
    for known in _sensors(hass, entry):
        registry.async_update_entity(known.entity_id, unit_of_measurement=told)
    hass.config_entries.async_schedule_reload(entry.entry_id)


def _issue_id(entry_id: str) -> str:
    return f"{_ISSUE}_{entry_id}"


def _is_told(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Whether the server's word counts: its page tells, and no person has chosen."""
    home = hass.config.currency
    chosen = entry.options.get(CONF_CURRENCY, home)
    return chosen == home and is_snapshot_page(page_url(entry.data[CONF_URL]))


def _told(readings: Readings) -> str | None:
    prepaid = readings.value(PREPAID)
    return prepaid.currency if prepaid else None


def _known(hass: HomeAssistant, entry: ConfigEntry) -> str | None:
    """Return the unit that the account's sensors have, the balance's before others."""
    units = (sensor.unit_of_measurement for sensor in _sensors(hass, entry))
    return next(filter(None, units), None)


def _sensors(hass: HomeAssistant, entry: ConfigEntry) -> Iterator[er.RegistryEntry]:
    """Yield what there is of an account's sensors of money."""
    registry = er.async_get(hass)
    for key in _MONEY:
        entity_id = registry.async_get_entity_id(
            Platform.SENSOR, DOMAIN, f"{entry.unique_id}_{key}"
        )
        if entity_id and (known := registry.async_get(entity_id)):
            yield known
