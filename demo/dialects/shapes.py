"""The JSON of each action that looks the same in every dialect (wire contract §2)."""

from datetime import datetime, timedelta
from decimal import Decimal

from ..accounts import CONDITIONS, Account, Call, Device, Transaction
from ..php import Json

_ALIASES_AT_MOST = 20
_NUMBERS_AT_MOST = 10
_DROPPED_STATUS = 435


def recent(
    account: Account, direction: str, since: datetime, at_most: int
) -> list[Call]:
    """Choose an account's newest calls, newest first; some are never told (§2.4)."""
    calls = [
        call
        for call in account.calls
        if call.direction == direction
        and call.started >= since
        and not (call.direction == "placed" and call.status == _DROPPED_STATUS)
    ]
    calls.sort(key=lambda call: call.started, reverse=True)
    return calls[:at_most]


def aliases(account: Account, _now: datetime) -> Json:
    """List full addresses, at most 20, in order of their user part (§2.2)."""
    return sorted(account.aliases)[:_ALIASES_AT_MOST]


def enum(account: Account, _now: datetime) -> Json:
    """List telephone numbers with `+`, at most 10 (§2.2)."""
    return account.enum[:_NUMBERS_AT_MOST]


def devices(account: Account, now: datetime) -> Json:
    """List registered devices, null if there is none (§2.5)."""
    return [
        {
            "contact": device.contact,
            "publicContact": device.public_contact,
            "expires": _left(device, now),
            "user_agent": device.user_agent,
            "transport": device.transport,
        }
        for device in account.devices
    ] or None


def _left(device: Device, now: datetime) -> int:
    if device.registered is None:
        return device.expires
    since = (now - device.registered) // timedelta(seconds=1)
    return device.expires - since % device.expires


def prepaid(account: Account, _now: datetime) -> Json:
    """Tell the balance and the call it pays for; "" without a balance (§2.6)."""
    if account.balance is None:
        return ""
    balance: dict[str, Json] = {"balance": account.money(account.balance)}
    if (call := account.active_call) is not None:
        balance |= {
            "callInProgress": True,
            "sessionTime": call.session_time,
            "maxSessionTime": call.max_session_time,
            "destination": call.destination,
            "lastCallPrice": account.money(call.last_call_price),
        }
    return balance


def transactions(account: Account, at_most: int) -> list[Transaction]:
    """Choose an account's newest transactions, newest first."""
    newest_first = sorted(account.balance_history, key=lambda line: line.date)[::-1]
    return newest_first[:at_most]


def balance_history(account: Account, at_most: int) -> Json:
    """List transactions, newest first; null if there is none (§2.0, §2.7)."""
    return [
        {
            "date": account.local(line.date),
            "action": line.action,
            "description": line.description,
            "value": account.money(line.value),
            "balance": account.money(line.balance),
            "session": line.session,
        }
        for line in transactions(account, at_most)
    ] or None


def monthly_usage(account: Account, now: datetime) -> Json:
    """Count calls placed since the first of the month in the account's zone (§2.8)."""
    start = now.astimezone(account.zone).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    calls = recent(account, "placed", start, len(account.calls))
    price = sum((call.price for call in calls), Decimal(0))
    return {"calls": len(calls), "price": account.money(price)}


def diversions(account: Account, _now: datetime) -> Json:
    """Tell where calls are forwarded, always the five conditions (§2.10)."""
    return {name: account.diversions.get(name) for name in CONDITIONS}


def accept_rules(account: Account, _now: datetime) -> Json:
    """Tell whose calls are accepted and when; no `persistent` without rules (§2.11)."""
    rules: dict[str, Json] = {}
    if account.accept.persistent:
        rules["persistent"] = {
            str(days): {"start": rule.start, "stop": rule.stop, "groups": rule.groups}
            for days, rule in account.accept.persistent.items()
        }
    rules["temporary"] = {
        "groups": account.accept.temporary_groups,
        "duration": account.accept.temporary_minutes,
    }
    rules["groups"] = account.accept.groups
    return rules


def reject_rules(account: Account, _now: datetime) -> Json:
    """List whose calls are rejected (§2.12)."""
    return account.reject


def voicemail(account: Account, _now: datetime) -> Json:
    """Describe the voice mailbox with its PIN, null if there is none (§2.13)."""
    if (box := account.voicemail) is None:
        return None
    return {
        "Mailbox": box.mailbox,
        "Password": box.pin,
        "Name": box.name,
        "Email": box.email,
        "Info": box.info,
        "Options": {"delete": box.delete_after_mailing},
        "Account": f"{box.mailbox}@{box.server}",
    }


def stop_time(account: Account, call: Call) -> str | None:
    """Tell when a call ended, null while it runs."""
    if not call.ended:
        return None
    return account.local(call.started + timedelta(seconds=call.duration))
