"""The balance, the call that it pays for, and what moved today (§2.6, §7)."""

import re

from . import members
from .call_lists import bare_address
from .context import Context
from .json_text import JsonValue
from .members import JsonObject
from .models import ActiveCall, Prepaid

_CURRENCY = re.compile("[A-Z]{3}")


def read_prepaid(value: JsonValue, context: Context) -> Prepaid | None:
    """Return what an account has to spend, None where it has no balance."""
    if members.is_nothing(value):
        return None
    source = members.an_object(value, "prepaid")
    # Where the day is told (wire contract §7), the balance may be missing.
    told = source.get("today")
    read_balance = members.needed_number if told is None else members.number
    balance = read_balance(source, "balance")
    if not balance and context.prepaid is False:
        balance = None
    today = members.filled(source, "today")
    moved = {} if today is None else members.an_object(today, "today")
    spent, credited = (members.number(moved, name) for name in ("debit", "credit"))
    if balance is None and spent is None:
        return None
    in_progress = members.boolean(source, "callInProgress")
    return Prepaid(
        balance=balance,
        call_in_progress=in_progress or False if "callInProgress" in source else None,
        active_call=_read_active_call(source, context) if in_progress else None,
        currency=_currency(source),
        spent_today=None if spent is None else abs(spent),
        credited_today=None if credited is None else abs(credited),
    )


def _currency(source: JsonObject) -> str | None:
    """Return the code of a currency; a sign or a name is none."""
    code = members.text(source, "currency").upper()
    return code if _CURRENCY.fullmatch(code) else None


def _read_active_call(source: JsonObject, context: Context) -> ActiveCall:
    elapsed = members.seconds(source, "sessionTime")
    longest = members.seconds(source, "maxSessionTime")
    now = context.local_time().replace(microsecond=0)
    since = None if elapsed is None else now - elapsed
    return ActiveCall(
        destination=bare_address(members.text(source, "destination")) or None,
        since=since,
        may_last_until=since + longest if since and longest else None,
    )
