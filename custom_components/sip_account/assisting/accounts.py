"""Which accounts an assistant may ask about, or change.

Reading follows what is exposed: whoever gets to see the entities may ask. Changing is a
person's word for each account, in its options. Both are asked when tools are listed,
and again when one is called.
"""

from collections.abc import Iterable

from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components.homeassistant.exposed_entities import async_should_expose
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.llm import LLMContext

from ..const import CONF_ASSISTANTS_MAY_CHANGE, DOMAIN
from ..runtime import SipAccountConfigEntry

# The keys of the entities that show all calls, missed calls, and where calls go.
ALL_CALLS = ("call", "last_call")
MISSED_CALLS = ("missed_calls", "last_missed_call")
FORWARDING = ("call_forwarding", "forward_all_calls")
DO_NOT_DISTURB = ("do_not_disturb",)


def loaded_accounts(hass: HomeAssistant) -> dict[str, SipAccountConfigEntry]:
    """Return the accounts that are loaded, by their SIP addresses."""
    entries: list[SipAccountConfigEntry] = hass.config_entries.async_entries(DOMAIN)
    return {
        str(entry.unique_id): entry
        for entry in entries
        if entry.state is ConfigEntryState.LOADED
    }


def is_shown(
    hass: HomeAssistant,
    context: LLMContext,
    entry: SipAccountConfigEntry,
    keys: Iterable[str],
) -> bool:
    """Whether an assistant gets to see one of an account's entities of these keys."""
    wanted = {f"{entry.unique_id}_{key}" for key in keys}
    return any(
        async_should_expose(hass, context.assistant, known.entity_id)
        for known in er.async_entries_for_config_entry(
            er.async_get(hass), entry.entry_id
        )
        if known.unique_id in wanted and not known.disabled_by
    )


def may_change(entry: SipAccountConfigEntry) -> bool:
    """Whether a person allows assistants to change an account."""
    return bool(entry.options.get(CONF_ASSISTANTS_MAY_CHANGE))


async def async_check_user(
    hass: HomeAssistant,
    context: LLMContext,
    entry: SipAccountConfigEntry,
    *,
    change: bool = False,
) -> None:
    """Raise Unauthorized where whoever speaks may not see, or change, an account."""
    user_id = context.context.user_id if context.context else None
    if user_id is None:
        return
    user = await hass.auth.async_get_user(user_id)
    if user is None:
        raise UnknownUser
    policy = POLICY_CONTROL if change else POLICY_READ
    known = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    if not all(
        user.permissions.check_entity(entity.entity_id, policy) for entity in known
    ):
        raise Unauthorized(user_id=user_id)
