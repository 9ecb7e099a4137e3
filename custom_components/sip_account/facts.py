"""What readings mean for a person: states and attributes, in the shapes we promise.

Pure functions; None where nothing is known. Attributes hold no prose: it could not
be translated.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from .forwarding import is_understood
from .polling.readings import Readings
from .sip_settings import (
    ACCEPT_RULES,
    BALANCE_HISTORY,
    CALLS,
    DEVICES,
    DIVERSIONS,
    PREPAID,
    VOICEMAIL,
    VOICEMAIL_TARGET,
    Action,
    Call,
    Condition,
    Transaction,
    to_shape,
)
from .wording.shown import attributes_of

type Attributes = dict[str, Any]


def last_call(readings: Readings) -> Call | None:
    """Return the newest call."""
    return next(iter(readings.value(CALLS) or ()), None)


def last_missed_call(readings: Readings) -> Call | None:
    """Return the newest call that was missed."""
    return next((call for call in readings.value(CALLS) or () if call.missed), None)


def started(call: Call | None) -> datetime | None:
    """Return when a call began."""
    return call.started if call else None


def call_attributes(call: Call | None) -> Attributes | None:
    """Return a call as attributes."""
    return attributes_of(call) if call else None


def voicemail_state(readings: Readings) -> str | None:
    """Tell whether there is a mailbox, and whether a diversion leads to it.

    None while the diversions are not known.
    """
    if readings.value(VOICEMAIL) is None:
        return "not_set_up"
    diversions = readings.of(DIVERSIONS)
    if diversions is None or not diversions.known:
        return None
    if _voicemail_conditions(readings):
        return "in_use"
    return None if diversions.odd else "not_in_use"


def voicemail_attributes(readings: Readings) -> Attributes | None:
    """Return the mailbox, and the conditions under which it answers."""
    voicemail = readings.value(VOICEMAIL)
    if voicemail is None:
        return None
    return {
        "mailbox": voicemail.mailbox,
        "account": voicemail.account,
        "email": voicemail.email,
        "deletes_after_mailing": voicemail.deletes_after_mailing,
        "used_for": _voicemail_conditions(readings),
    }


def _voicemail_conditions(readings: Readings) -> list[str]:
    return [
        diversion.condition.value
        for diversion in readings.value(DIVERSIONS) or ()
        if diversion.target == VOICEMAIL_TARGET
    ]


def forwarding_state(readings: Readings) -> str | None:
    """Tell whether calls are forwarded: always, sometimes or never.

    None where that hangs on a diversion that is not understood.
    """
    diversions = readings.value(DIVERSIONS) or ()
    active = {it.condition for it in diversions if it.target is not None}
    if Condition.ALL_CALLS in active:
        return "all_calls"
    decisive = [Condition.ALL_CALLS] if active else list(Condition)
    if not all(is_understood(readings, condition) for condition in decisive):
        return None
    return "conditional" if active else "none_active"


def forwarding_attributes(readings: Readings) -> Attributes:
    """Return the diversions as a list, and each condition's target by itself."""
    diversions = readings.value(DIVERSIONS) or ()
    targets = {diversion.condition: diversion.target for diversion in diversions}
    return {
        "diversions": to_shape(diversions),
        **{condition.value: targets.get(condition) for condition in Condition},
    }


def goes_to(readings: Readings) -> str | None:
    """Return where calls go now: "voicemail" or an address, None where it rings here.

    What depends on who answers, or when, is not known beforehand.
    """
    diversions = readings.value(DIVERSIONS) or ()
    targets = {diversion.condition: diversion.target for diversion in diversions}
    if target := targets.get(Condition.ALL_CALLS):
        return target
    devices = readings.of(DEVICES)
    if devices and devices.known and not devices.failed and devices.value is None:
        return targets.get(Condition.NOT_ONLINE)
    return None


def accept_rules_count(readings: Readings) -> int:
    """Return how many daily rules there are."""
    rules = readings.value(ACCEPT_RULES)
    return len(rules.rules) if rules else 0


def accept_rules_attributes(readings: Readings) -> Attributes:
    """Return the daily rules and what overrides them for now."""
    rules = readings.value(ACCEPT_RULES)
    return {
        "rules": to_shape(rules.rules) if rules else [],
        "temporary": to_shape(rules.temporary) if rules else None,
    }


def last_transaction(readings: Readings) -> Transaction | None:
    """Return the newest transaction that moved money.

    The engine also writes lines of no value for calls that cost nothing (wire
    contract §2.7).
    """
    return next(
        (line for line in readings.value(BALANCE_HISTORY) or () if line.value), None
    )


def transaction_attributes(readings: Readings) -> Attributes:
    """Return the newest transaction, and the whole history as a list."""
    newest = last_transaction(readings)
    return {
        "description": newest.description if newest else None,
        "time": to_shape(newest.time) if newest else None,
        "balance_after": to_shape(newest.balance) if newest else None,
        "transactions": to_shape(readings.value(BALANCE_HISTORY) or ()),
    }


def balance(readings: Readings) -> Decimal | None:
    """Return what a prepaid account has left."""
    prepaid = readings.value(PREPAID)
    return prepaid.balance if prepaid else None


def call_in_progress(readings: Readings) -> bool:
    """Tell whether a prepaid call is going on; off where the server tells of none."""
    prepaid = readings.value(PREPAID)
    return bool(prepaid and prepaid.call_in_progress)


def call_in_progress_attributes(readings: Readings) -> Attributes | None:
    """Return the call that is going on."""
    prepaid = readings.value(PREPAID)
    if prepaid is None or prepaid.active_call is None:
        return None
    return dict(to_shape(prepaid.active_call))


def count(readings: Readings, action: Action[Any]) -> int:
    """Return how many things an action lists."""
    return len(listed(readings, action))


def listed(readings: Readings, action: Action[Any]) -> list[Any]:
    """Return what an action lists, in JSON shapes."""
    return list(to_shape(readings.value(action) or ()))
