"""What an account can be told to do today (wire contract §5).

Every answer is `{"success":…,"error_message":…}`, also when all went well.
"""

from collections.abc import Callable
from decimal import Decimal

from ..accounts import CONDITIONS, Account, Transaction
from ..php import error_text
from .common import Answer, Query

_VOICE_MAILBOX = "<voice-mailbox>"
_VOUCHER = Decimal("5.0000")


def done(text: str, *, before: str = "") -> Answer:
    """Say that it worked."""
    return Answer.json({"success": True, "error_message": text}, before=before)


def failed(text: str, *, before: str = "") -> Answer:
    """Say that it did not work."""
    return Answer.json({"success": False, "error_message": text}, before=before)


def do_not_disturb_on(account: Account, query: Query) -> Answer:
    """Accept nobody, for `duration` minutes or until switched off (§5.1).

    As on the real server the daily rules are written back without their days,
    so they are lost.
    """
    minutes = _minutes(query)
    account.accept.persistent.clear()
    account.accept.temporary_groups = ["nobody"]
    account.accept.temporary_minutes = minutes
    period = f" for {minutes} minutes" if minutes else ""
    return done(f"Do not disturb has been enabled{period}")


def do_not_disturb_off(account: Account, _query: Query) -> Answer:
    """Accept everybody again, with the same loss of daily rules (§5.1)."""
    account.accept.persistent.clear()
    account.accept.temporary_groups = ["everybody"]
    account.accept.temporary_minutes = 0
    return done("Do not disturb has been disabled")


def privacy(*, hidden: bool) -> Callable[[Account, Query], Answer]:
    """Hide or show the caller id of placed calls (§5.2)."""
    text = "hidden" if hidden else "visible"

    def answer(account: Account, _query: Query) -> Answer:
        account.groups = [group for group in account.groups if group != "anonymous"]
        if hidden:
            account.groups.append("anonymous")
        return done(f"Caller-ID is now {text} for outgoing calls")

    return answer


def set_call_forwarding(account: Account, query: Query) -> Answer:
    """Change the diversions that are given, "" switches one off (§5.3)."""
    printed = changed = ""
    for condition in CONDITIONS:
        if (value := query.parameters.get(condition)) is None:
            continue
        target = _target(account, value)
        account.diversions[condition] = target.removeprefix("sip:")
        printed += f"Key {condition} changed {value}"
        changed += f"{condition}={target} "
    if not changed:
        return done("Diversions remained the same")
    return done(f"Changed diversions {changed}", before=printed)


def add_alias(account: Account, query: Query) -> Answer:
    """Add another name in the account's own domain (§5.4)."""
    username = query.parameters.get("username", "").strip().lower()
    if not username:
        return failed("Error: missing username")
    alias = f"{username}@{account.domain}"
    if alias in account.aliases:
        return failed(
            error_text("SipPort", "SOAP Fault", "1020", f"Alias {alias} exists")
        )
    account.aliases.append(alias)
    return done(f"Added alias {username}")


def add_balance(account: Account, query: Query) -> Answer:
    """Put a voucher on the account; here each is worth the same (§5.5).

    The id goes through `intval`; a card that was used is refused.
    """
    card = query.parameters.get("id", "")
    number = int(card) if card.isascii() and card.isdigit() else 0
    secret = query.parameters.get("number")
    if not number or not secret:
        return failed("Missing id or number")
    if secret in account.used_cards:
        return failed(
            error_text("SipPort", "SOAP Fault", "5010", f"Card {secret} used")
        )
    account.used_cards.add(secret)
    account.balance = (account.balance or Decimal(0)) + _VOUCHER
    account.balance_history.append(
        Transaction(
            query.now,
            "Set balance",
            f"Prepaid card {number}",
            _VOUCHER,
            account.balance,
        )
    )
    return done("Added balance succeeded")


def _minutes(query: Query) -> int:
    """Read `duration` as PHP's `intval` would read digits."""
    duration = query.parameters.get("duration", "")
    return int(duration) if duration.isascii() and duration.isdigit() else 0


def _target(account: Account, value: str) -> str:
    """Complete a target as the server does, which does not validate it."""
    if value == "<mobile-number>":
        value = account.mobile_number
    value = value.strip()
    if not value:
        return ""
    if value.strip("<>") == "voice-mailbox":
        return _VOICE_MAILBOX
    value = value.removeprefix("sip:").removeprefix("sips:")
    user, _, domain = value.partition("@")
    if not domain or user.startswith(("+", "0", "|")):
        domain = account.domain
    return f"sip:{user}@{domain}"
