"""Which accounts an action is for: a device, an entity, an area, or a config entry."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import ServiceCall
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import (
    async_extract_config_entry_ids,
    async_get_config_entry,
)
import voluptuous as vol

from ..const import DOMAIN
from ..runtime import SipAccountConfigEntry

CONF_ENTRY = "config_entry_id"
# How an account is while its server does not answer from the beginning.
_WAITING = {ConfigEntryState.SETUP_IN_PROGRESS, ConfigEntryState.SETUP_RETRY}
ACCOUNT_FIELDS = {
    vol.Optional(CONF_ENTRY): vol.All(cv.ensure_list, [cv.string]),
    **cv.TARGET_SERVICE_FIELDS,
}


async def async_accounts_of(
    call: ServiceCall,
    *,
    or_all: bool = False,
    waiting: bool = False,
    starting: bool = False,
) -> list[SipAccountConfigEntry]:
    """Return the accounts that an action names; raises where one is not loaded.

    Where it names none, these are all that are loaded, or one is asked for. With
    `waiting` those that wait for their server are as good as loaded ones, and with
    `starting` those whose first entities tell already while others are set up.
    """

    def is_as_good(entry: SipAccountConfigEntry) -> bool:
        return (waiting and entry.state in _WAITING) or (
            starting
            and entry.state is ConfigEntryState.SETUP_IN_PROGRESS
            and hasattr(entry, "runtime_data")
        )

    known: list[SipAccountConfigEntry] = call.hass.config_entries.async_entries(DOMAIN)
    named = set(call.data.get(CONF_ENTRY, ()))
    if any(str(field) in call.data for field in cv.TARGET_SERVICE_FIELDS):
        targeted = await async_extract_config_entry_ids(call)
        targeted &= {entry.entry_id for entry in known}
        if not targeted and not named:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="no_account_there"
            )
        named |= targeted
    if not named:
        if or_all:
            loaded = ConfigEntryState.LOADED
            return [one for one in known if one.state is loaded or is_as_good(one)]
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="choose_account"
        )
    good = {one.entry_id: one for one in known if is_as_good(one)}
    found: list[SipAccountConfigEntry] = [
        good.get(entry_id) or async_get_config_entry(call.hass, DOMAIN, entry_id)
        for entry_id in sorted(named)
    ]
    return found
