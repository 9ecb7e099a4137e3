"""Actions: what an account answers, and what it is told to do."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
import math
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
from homeassistant.helpers.importlib import async_import_module
from homeassistant.helpers.service import async_register_admin_service
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .automating.accounts import ACCOUNT_FIELDS, async_accounts_of
from .automating.days import usage_of
from .automating.listed import async_answer, forget_listed, last_listed
from .automating.summary import async_month
from .calls.kept_phone_book import book_id_of
from .calls.ledger import DAYS, MEAN_DAYS
from .const import ADDRESS_BOOKS, DOMAIN
from .runtime import SipAccountConfigEntry
from .sip_settings import (
    BALANCE_HISTORY,
    CALLS,
    Call,
    Condition,
    Direction,
    Outcome,
    Transaction,
)
from .wording.outcome import told

_LIMIT = vol.All(vol.Coerce(int), vol.Range(min=1, max=1000))

GET_CALLS = vol.Schema(
    {
        **ACCOUNT_FIELDS,
        vol.Optional("direction"): vol.In([*Direction]),
        vol.Optional("outcome"): vol.All(cv.ensure_list, [vol.In([*Outcome])]),
        vol.Optional("party"): cv.string,
        vol.Optional("since"): cv.datetime,
        vol.Optional("limit"): _LIMIT,
    }
)
GET_BALANCE_HISTORY = vol.Schema(
    {
        **ACCOUNT_FIELDS,
        vol.Optional("since"): cv.datetime,
        vol.Optional("limit"): _LIMIT,
    }
)
_LAST_MONTH = 1
GET_MONTHLY_SUMMARY = vol.Schema(
    {
        **ACCOUNT_FIELDS,
        vol.Optional("months_ago", default=_LAST_MONTH): vol.All(
            vol.Coerce(int), vol.Range(min=0, max=12)
        ),
    }
)
GET_USAGE = vol.Schema(
    {
        **ACCOUNT_FIELDS,
        vol.Optional("days", default=MEAN_DAYS): vol.All(
            vol.Coerce(int), vol.Range(min=1, max=DAYS)
        ),
    }
)
_LONGEST = timedelta(days=30)
_MINUTE = timedelta(minutes=1)
SET_DO_NOT_DISTURB = vol.Schema(
    {
        **ACCOUNT_FIELDS,
        vol.Optional("minutes"): vol.All(
            vol.Coerce(int), vol.Range(min=0, max=_LONGEST // _MINUTE)
        ),
        vol.Optional("until"): vol.Any(cv.time, cv.datetime),
    }
)
CLEAR_DO_NOT_DISTURB = vol.Schema(ACCOUNT_FIELDS)
READ_PHONE_BOOK = vol.Schema(ACCOUNT_FIELDS)
SET_CALL_FORWARDING = vol.Schema(
    ACCOUNT_FIELDS | {vol.Optional(condition.value): object for condition in Condition}
)
_EVERYTHING = "everything"
FORGET_CALLS = vol.Schema(
    {**ACCOUNT_FIELDS, vol.Required("what"): vol.In(["parties", _EVERYTHING])}
)
ADD_ALIAS = vol.Schema({**ACCOUNT_FIELDS, vol.Optional("alias"): object})


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Offer the actions."""
    for name, handler, schema in (
        ("get_calls", _get_calls, GET_CALLS),
        ("get_balance_history", _get_balance_history, GET_BALANCE_HISTORY),
        ("get_monthly_summary", _get_monthly_summary, GET_MONTHLY_SUMMARY),
        ("get_usage", _get_usage, GET_USAGE),
    ):
        hass.services.async_register(
            DOMAIN, name, handler, schema, supports_response=SupportsResponse.ONLY
        )
    for name, change, schema in (
        ("set_do_not_disturb", _set_do_not_disturb, SET_DO_NOT_DISTURB),
        ("clear_do_not_disturb", _clear_do_not_disturb, CLEAR_DO_NOT_DISTURB),
        ("read_phone_book", _read_phone_book, READ_PHONE_BOOK),
    ):
        hass.services.async_register(DOMAIN, name, change, schema)
    # Who sends a line's calls elsewhere can run up its bill.
    async_register_admin_service(
        hass, DOMAIN, "set_call_forwarding", _set_call_forwarding, SET_CALL_FORWARDING
    )
    # Nobody can take an alias away again.
    async_register_admin_service(hass, DOMAIN, "add_alias", _add_alias, ADD_ALIAS)
    # Nor can anybody bring back what was forgotten.
    async_register_admin_service(
        hass, DOMAIN, "forget_calls", _forget_calls, FORGET_CALLS
    )


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

    accounts = await async_accounts_of(call, or_all=True, waiting=True)
    listed = last_listed(call.hass, accounts, CALLS)
    calls, truth = await async_answer(
        call.hass, listed, is_wanted, "started", wanted.get("limit")
    )
    return {"calls": calls, **truth}


async def _get_balance_history(call: ServiceCall) -> ServiceResponse:
    since = _since(call)

    def is_wanted(item: Transaction) -> bool:
        return since is None or item.time is None or item.time >= since

    accounts = await async_accounts_of(call, or_all=True, waiting=True)
    listed = last_listed(call.hass, accounts, BALANCE_HISTORY)
    transactions, truth = await async_answer(
        call.hass, listed, is_wanted, "time", call.data.get("limit")
    )
    return {"transactions": transactions, **truth}


async def _get_monthly_summary(call: ServiceCall) -> ServiceResponse:
    accounts = await async_accounts_of(call, or_all=True, starting=True)
    ago = call.data["months_ago"]
    return {"months": [await async_month(call.hass, one, ago) for one in accounts]}


async def _get_usage(call: ServiceCall) -> ServiceResponse:
    accounts = await async_accounts_of(call, or_all=True, starting=True)
    days = call.data["days"]
    return {"accounts": [usage_of(call.hass, one, days) for one in accounts]}


async def _set_do_not_disturb(call: ServiceCall) -> None:
    period = _period(call)
    await _async_each(
        call,
        lambda entry: entry.runtime_data.control.async_set_do_not_disturb(
            on=True, period=period
        ),
    )


async def _clear_do_not_disturb(call: ServiceCall) -> None:
    await _async_each(
        call,
        lambda entry: entry.runtime_data.control.async_set_do_not_disturb(on=False),
    )


async def _set_call_forwarding(call: ServiceCall) -> None:
    wanted = {
        condition: call.data[condition]
        for condition in Condition
        if condition in call.data
    }
    if not wanted:
        raise _said(key="choose_condition")
    if not all(isinstance(target, str) for target in wanted.values()):
        # YAML and templates make a number of a number, without its plus or its zero.
        raise _said(key="target_no_text")
    await _async_each(
        call, lambda entry: entry.runtime_data.control.async_forward(wanted)
    )


async def _add_alias(call: ServiceCall) -> None:
    # A number of YAML is a number here, too, and is told to be none.
    alias = str(call.data.get("alias", ""))
    if not alias.strip():
        raise _said(key="alias_missing")
    await _async_each(
        call, lambda entry: entry.runtime_data.additions.async_add_alias(alias)
    )


async def _forget_calls(call: ServiceCall) -> None:
    everything = call.data["what"] == _EVERYTHING

    async def forget(entry: SipAccountConfigEntry) -> None:
        forget_listed(call.hass, entry.entry_id)
        await entry.runtime_data.calls.async_forget(everything=everything)

    await _async_each(call, forget)


async def _read_phone_book(call: ServiceCall) -> None:
    keepers = await async_import_module(call.hass, ADDRESS_BOOKS)
    books: dict[str, SipAccountConfigEntry] = {}
    for entry in await async_accounts_of(call):
        book_id = book_id_of(entry.data)
        if book_id is None:
            raise told(entry.title, ServiceValidationError, "no_address_book")
        books[book_id] = entry
    for book_id, entry in books.items():
        if not keepers.entries_with(call.hass, book_id):
            # Removed while another book was read.
            continue
        try:
            await keepers.keeper_of(call.hass, book_id).async_read()
        except keepers.BookError as error:
            raise told(entry.title, HomeAssistantError, "book_not_read") from error


async def _async_each(
    call: ServiceCall, change: Callable[[SipAccountConfigEntry], Awaitable[Any]]
) -> None:
    """Change each account that is named; what fails at one is told after all."""
    entries = await async_accounts_of(call)
    done = await asyncio.gather(*map(change, entries), return_exceptions=True)
    for outcome in done:
        if isinstance(outcome, BaseException):
            raise outcome


def _said(*, key: str) -> ServiceValidationError:
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key)


def _period(call: ServiceCall) -> timedelta:
    """Return for how long, in whole minutes; none for until it is switched off."""
    until: time | datetime | None = call.data.get("until")
    if until is None:
        return timedelta(minutes=call.data.get("minutes", 0))
    if "minutes" in call.data:
        raise _said(key="minutes_or_until")
    now = dt_util.now()
    if isinstance(until, time):
        end = datetime.combine(now.date(), until, now.tzinfo)
        if end <= now:
            end = datetime.combine(now.date() + timedelta(days=1), until, now.tzinfo)
    else:
        end = dt_util.as_local(until)
    period = dt_util.as_utc(end) - dt_util.as_utc(now)
    if period <= timedelta(0):
        raise _said(key="until_is_past")
    if period > _LONGEST:
        raise _said(key="until_too_late")
    return timedelta(minutes=math.ceil(period / _MINUTE))


def _since(call: ServiceCall) -> datetime | None:
    """Return the time from which on is asked; without a zone it is the home's."""
    since: datetime | None = call.data.get("since")
    return dt_util.as_utc(since) if since else None


def _is_party(call: Call, wanted: str) -> bool:
    """Whether a part of an address, number or name is the wanted one."""
    part = wanted.strip().lower().removeprefix("sip:")
    told = (call.party, call.number, call.name)
    return any(part in text.lower() for text in told if text)
