"""The catalogue: what can be asked, under which wire names, and how to read it.

Names are the newest first (wire contract §1.1). A parser returns None where the
account has none of what was asked for (§2.0) and raises ReplyError where the JSON
has another shape. An item of a list that has another shape costs itself alone: it is
counted in the context's `odd`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from . import members
from .accept_rules import read_accept_rules
from .call_lists import bare_address, read_calls
from .context import Context
from .errors import ReplyError
from .json_text import JsonValue
from .members import JsonObject
from .models import (
    VOICEMAIL_TARGET,
    Account,
    Condition,
    Device,
    Devices,
    Diversion,
    MonthlyUsage,
    Voicemail,
)
from .prepaid import read_prepaid
from .transactions import read_balance_history


@dataclass(frozen=True, slots=True)
class Action[T]:
    """One thing that an account can tell: its key, wire names and parser.

    `needs_account` tells that the answer cannot be understood without the account:
    its times need the account's zone, or its zero the account's prepaid flag.
    `timeless` tells that the same answer always means the same, since nothing in it
    counts from the moment it was read: a long list need not be read twice.
    """

    key: str
    names: tuple[str, ...]
    parse: Callable[[JsonValue, Context], T | None]
    needs_account: bool = False
    timeless: bool = False

    def read(self, value: JsonValue, context: Context) -> T | None:
        """Return what an answer tells, None where the account has none of it.

        Raises ReplyError where it cannot be understood, or no item of its lists: these
        are not empty.
        """
        odd: Counter[str] = Counter()
        model = self.parse(value, replace(context, odd=odd))
        if model is None and odd:
            msg = "In the server's answer, no item of a list is understood"
            raise ReplyError(msg)
        context.odd.update(odd)
        return model


CONDITION_CODES = {
    Condition.ALL_CALLS: "FUNC",
    Condition.NOT_ONLINE: "FNOL",
    Condition.BUSY: "FBUS",
    Condition.NO_ANSWER: "FNOA",
    Condition.UNAVAILABLE: "FUNV",
}
_VOICEMAIL_TARGETS = frozenset({"<voice-mailbox>", "voice-mailbox"})


def _told(source: JsonObject, name: str) -> str | None:
    return members.text(source, name) or None


def _address(source: JsonObject, name: str) -> str | None:
    value = members.filled(source, name)
    return bare_address(members.text({name: value}, name)) or None


def _read_account(value: JsonValue, context: Context) -> Account:
    source = members.an_object(value, "account")
    if all(member is None for member in source.values()):
        msg = "The server does not find the account"
        raise ReplyError(msg)
    if not source.keys() & {"email", "timezone", "first"}:
        msg = "The server's answer is no account"
        raise ReplyError(msg)
    return Account(
        sip_address=_address(source, "sip_address"),
        email=_told(source, "email"),
        first_name=_told(source, "first"),
        last_name=_told(source, "lastname"),
        mobile_number=_told(source, "mobile_number"),
        time_zone=_told(source, "timezone"),
        no_answer_timeout=members.understood(
            members.seconds, source, "no_answer_timeout", context.odd
        ),
        caller_id_number=_told(source, "pstn_caller_id"),
        quick_dial=_told(source, "quick_dial"),
        pstn_access=members.boolean(source, "pstn_access"),
        prepaid=members.boolean(source, "prepaid"),
        monthly_quota=members.understood(members.number, source, "quota", context.odd)
        or None,
        groups=members.text_list(
            members.filled(source, "groups"), "groups", context.odd
        )
        if "groups" in source
        else None,
    )


def _read_text_list(
    name: str,
) -> Callable[[JsonValue, Context], tuple[str, ...] | None]:
    def read(value: JsonValue, context: Context) -> tuple[str, ...] | None:
        return members.text_list(value, name, context.odd) or None

    return read


def _read_monthly_usage(value: JsonValue, context: Context) -> MonthlyUsage | None:
    if members.is_nothing(value):
        return None
    source = members.an_object(value, "monthly usage")
    return MonthlyUsage(
        calls=int(members.needed_number(source, "calls")),
        cost=members.needed_number(source, "price"),
        since=context.local_time().replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        ),
    )


def _read_diversions(
    value: JsonValue, context: Context
) -> tuple[Diversion, ...] | None:
    if members.is_nothing(value):
        return None
    source = members.an_object(value, "diversions")
    if not source.keys() & set(CONDITION_CODES.values()):
        msg = "The server's answer holds no diversions"
        raise ReplyError(msg)

    def read(pair: tuple[Condition, str]) -> Diversion:
        condition, code = pair
        target = _target(members.text(source, code))
        return Diversion(condition=condition, code=code, target=target)

    pairs = CONDITION_CODES.items()
    return tuple(members.each(pairs, "diversions", context.odd, read)) or None


def _target(written: str) -> str | None:
    if written.lower() in _VOICEMAIL_TARGETS:
        return VOICEMAIL_TARGET
    return bare_address(written) or None


def _read_voicemail(value: JsonValue, _context: Context) -> Voicemail | None:
    if members.is_nothing(value):
        return None
    source = members.an_object(value, "voicemail")
    if not source.keys() & {"Mailbox", "Account"}:
        msg = "The server's answer holds no mailbox"
        raise ReplyError(msg)
    mailbox = members.text(source, "Mailbox")
    if not mailbox:
        return None
    options = source.get("Options")
    return Voicemail(
        mailbox=mailbox,
        account=_told(source, "Account"),
        name=_told(source, "Name"),
        email=_told(source, "Email"),
        deletes_after_mailing=members.boolean(options, "delete")
        if isinstance(options, dict)
        else None,
    )


def _read_devices(value: JsonValue, context: Context) -> Devices | None:
    def read(item: JsonObject) -> Device:
        return Device(
            contact=members.text(item, "contact"),
            public_contact=_told(item, "publicContact"),
            user_agent=_told(item, "user_agent"),
            transport=_told(item, "transport"),
            registered_until=context.ends(members.seconds(item, "expires")),
        )

    devices = tuple(members.members_of(value, "devices", context.odd, read))
    return Devices(devices) if devices else None


ACCOUNT = Action("account", ("get_identity", "get_account", "account"), _read_account)
ALIASES = Action("aliases", ("get_aliases", "aliases"), _read_text_list("aliases"))
ENUM = Action("enum", ("get_enum", "enum"), _read_text_list("enum"))
CALLS = Action(
    "calls",
    ("get_history", "get_calls", "calls"),
    read_calls,
    needs_account=True,
    timeless=True,
)
PREPAID = Action(
    "prepaid", ("get_prepaid", "prepaid"), read_prepaid, needs_account=True
)
BALANCE_HISTORY = Action(
    "balance_history",
    ("get_balance_history", "balance_history"),
    read_balance_history,
    needs_account=True,
    timeless=True,
)
MONTHLY_USAGE = Action(
    "monthly_usage",
    ("get_monthly_usage", "monthly_usage"),
    _read_monthly_usage,
    needs_account=True,
)
DIVERSIONS = Action(
    "diversions",
    ("get_call_forwarding", "get_diversions", "diversions"),
    _read_diversions,
)
ACCEPT_RULES = Action(
    "accept_rules",
    ("get_accept_rules", "get_accept", "accept", "rules"),
    read_accept_rules,
)
REJECT = Action(
    "reject", ("get_reject_rules", "get_reject", "reject"), _read_text_list("reject")
)
VOICEMAIL = Action("voicemail", ("get_voicemail", "voicemail"), _read_voicemail)
DEVICES = Action("devices", ("get_devices", "devices"), _read_devices)

CATALOGUE: dict[str, Action[Any]] = {
    action.key: action
    for action in (
        ACCOUNT,
        ALIASES,
        ENUM,
        CALLS,
        PREPAID,
        BALANCE_HISTORY,
        MONTHLY_USAGE,
        DIVERSIONS,
        ACCEPT_RULES,
        REJECT,
        VOICEMAIL,
        DEVICES,
    )
}
