"""Actions: what an account answers, and what it is told to do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import (
    async_get_config_entry,
    async_register_admin_service,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .const import DOMAIN
from .coordinator import SipAccountCoordinator
from .inert import placeholders
from .runtime import SipAccountConfigEntry
from .sip_settings import (
    BALANCE_HISTORY,
    CALLS,
    Action,
    Call,
    Condition,
    Direction,
    Outcome,
    Transaction,
    to_shape,
)

_ENTRY = "config_entry_id"
_AT_ONCE = 200  # calls or transactions
_LIMIT = vol.All(vol.Coerce(int), vol.Range(min=1, max=1000))

GET_CALLS = vol.Schema(
    {
        vol.Required(_ENTRY): cv.string,
        vol.Optional("direction"): vol.In([*Direction]),
        vol.Optional("outcome"): vol.All(cv.ensure_list, [vol.In([*Outcome])]),
        vol.Optional("party"): cv.string,
        vol.Optional("since"): cv.datetime,
        vol.Optional("limit"): _LIMIT,
    }
)
GET_BALANCE_HISTORY = vol.Schema(
    {
        vol.Required(_ENTRY): cv.string,
        vol.Optional("since"): cv.datetime,
        vol.Optional("limit"): _LIMIT,
    }
)
_MINUTES_AT_MOST = 30 * 24 * 60
SET_DO_NOT_DISTURB = vol.Schema(
    {
        vol.Required(_ENTRY): cv.string,
        vol.Optional("minutes", default=0): vol.All(
            vol.Coerce(int), vol.Range(min=0, max=_MINUTES_AT_MOST)
        ),
    }
)
SET_CALL_FORWARDING = vol.All(
    vol.Schema(
        {vol.Required(_ENTRY): cv.string}
        | {vol.Optional(condition.value): object for condition in Condition}
    ),
    cv.has_at_least_one_key(*Condition),
)


ADD_ALIAS = vol.Schema({vol.Required(_ENTRY): cv.string, vol.Required("alias"): object})


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Offer the actions."""
    for name, handler, schema in (
        ("get_calls", _get_calls, GET_CALLS),
        ("get_balance_history", _get_balance_history, GET_BALANCE_HISTORY),
    ):
        hass.services.async_register(
            DOMAIN, name, handler, schema, supports_response=SupportsResponse.ONLY
        )
    hass.services.async_register(
        DOMAIN, "set_do_not_disturb", _set_do_not_disturb, SET_DO_NOT_DISTURB
    )
    # Who sends a line's calls elsewhere can run up its bill.
    async_register_admin_service(
        hass, DOMAIN, "set_call_forwarding", _set_call_forwarding, SET_CALL_FORWARDING
    )
    # Nobody can take an alias away again.
    async_register_admin_service(hass, DOMAIN, "add_alias", _add_alias, ADD_ALIAS)


async def _get_calls(call: ServiceCall) -> ServiceResponse:
    wanted = call.data
    since = _since(call)

    def is_wanted(item: Call) -> bool:
        return (
            wanted.get("direction") in {None, item.direction}
            and ("outcome" not in wanted or item.outcome in wanted["outcome"])
            and ("party" not in wanted or _is_party(item, wanted["party"]))
            and (since is None or item.started is None or item.started >= since)
        )

    return {"calls": await _async_found(call, CALLS, is_wanted)}


async def _get_balance_history(call: ServiceCall) -> ServiceResponse:
    since = _since(call)

    def is_wanted(item: Transaction) -> bool:
        return since is None or item.time is None or item.time >= since

    return {"transactions": await _async_found(call, BALANCE_HISTORY, is_wanted)}


async def _async_found[Item](
    call: ServiceCall,
    action: Action[tuple[Item, ...]],
    is_wanted: Callable[[Item], bool],
) -> list[Any]:
    """Return the shapes of what is wanted, up to the limit that was asked for."""
    items = _last_read(call, action)

    def find() -> list[Any]:
        found = filter(is_wanted, items)
        return [to_shape(item) for item in islice(found, call.data.get("limit"))]

    if len(items) <= _AT_ONCE:
        return find()
    # Longer than any account's: the loop would wait for it.
    return await call.hass.async_add_executor_job(find)


async def _set_do_not_disturb(call: ServiceCall) -> None:
    minutes = timedelta(minutes=call.data["minutes"])
    control = _entry_of(call).runtime_data.control
    await control.async_set_do_not_disturb(on=True, period=minutes)


async def _set_call_forwarding(call: ServiceCall) -> None:
    wanted = {
        condition: call.data[condition]
        for condition in Condition
        if condition in call.data
    }
    if not all(isinstance(target, str) for target in wanted.values()):
        # YAML and templates make a number of a number, without its plus or its zero.
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="target_no_text"
        )
    await _entry_of(call).runtime_data.control.async_forward(wanted)


async def _add_alias(call: ServiceCall) -> None:
    # A number of YAML is a number here, too, and is told to be none.
    await _entry_of(call).runtime_data.additions.async_add_alias(
        str(call.data["alias"])
    )


def _entry_of(call: ServiceCall) -> SipAccountConfigEntry:
    """Return the entry that is named; raises where it is not loaded."""
    entry: SipAccountConfigEntry = async_get_config_entry(
        call.hass, DOMAIN, call.data[_ENTRY]
    )
    return entry


def _since(call: ServiceCall) -> datetime | None:
    """Return the time from which on is asked; without a zone it is the home's."""
    since: datetime | None = call.data.get("since")
    return dt_util.as_utc(since) if since else None


def _is_party(call: Call, wanted: str) -> bool:
    """Whether a part of an address, number or name is the wanted one."""
    part = wanted.strip().lower().removeprefix("sip:")
    told = (call.party, call.number, call.name)
    return any(part in text.lower() for text in told if text)


def _last_read(call: ServiceCall, action: Action[Any]) -> tuple[Any, ...]:
    """Return what an action last told; raises where it cannot be told now."""
    entry = _entry_of(call)
    runtime = entry.runtime_data
    coordinators: tuple[SipAccountCoordinator, ...] = (
        runtime.activity,
        runtime.settings,
    )
    for coordinator in coordinators:
        reading = coordinator.data.of(action)
        if reading is not None and reading.known and not reading.failed:
            return tuple(reading.value or ())
    raise HomeAssistantError(
        translation_domain=DOMAIN,
        translation_key="not_readable",
        translation_placeholders=placeholders(account=entry.title),
    )
