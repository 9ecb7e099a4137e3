"""The page of 2026: everything at once, as JSON, by HTTP Digest (wire contract §7)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
import re
from typing import override

from ..accounts import Account
from ..certificates import Authority
from ..php import Json, json_encode
from .common import Answer, Dialect, Query, RefusedError
from .current import history
from .digest import DigestLogin, directives_of

# How a caller ID that was never set is stored.
NO_CALLER_ID = "0019999999999"

_CALLER_ID = re.compile(r"(?:\+|00)([0-9]{7,15})")
_CALLS_TO_TELEPHONES = "free-pstn"


class Page2026(Dialect):
    """One snapshot of an account, and a few writes, of which we use one.

    With `flat` it is of the older form, which tells of the money at the top.
    """

    name = "2026"
    content_type = "application/json"

    def __init__(self, platform: Authority, *, flat: bool = False) -> None:
        """Take the authority that signs the platform's certificates."""
        super().__init__(platform)
        self._login = DigestLogin()
        self._flat = flat

    @override
    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Find the account by HTTP Digest; the user name is the bare user part."""
        given = directives_of(query)
        try:
            if given and "@" in given.get("username", ""):
                # As to somebody who has given nothing at all.
                return self._login.identify(_anonymous(query), accounts)
            return self._login.identify(query, accounts)
        except RefusedError as refused:
            answer = refused.answer
            said = _error("unauthorized", "Login required", 401)
            raise RefusedError(Answer(said.body, 401, answer.headers)) from None

    @override
    def answer(self, account: Account, query: Query) -> Answer:
        """Tell everything, or make a change that comes in a POST."""
        if query.method != "POST":
            tell = _flat if self._flat else _snapshot
            return Answer.json(tell(account, query.now))
        if change := _WRITES.get(query.action):
            return change(account, query)
        return _error("invalid_action", "There is no such action", 400)

    @override
    def error_block(self, error: str) -> str:
        """Print an error of the back end: here it is all that is said."""
        return json_encode({"error": "backend", "message": error})


def flat(platform: Authority) -> Page2026:
    """Make the page as it was at first."""
    return Page2026(platform, flat=True)


def _anonymous(query: Query) -> Query:
    return Query(query.method, query.parameters, query.now)


def _snapshot(account: Account, now: datetime) -> dict[str, Json]:
    return _common(account, now) | {
        "pstn": {
            "caller_id": account.pstn_caller_id or NO_CALLER_ID,
            **_money(account, now),
            "enabled": _CALLS_TO_TELEPHONES in account.groups,
        }
    }


def _flat(account: Account, now: datetime) -> dict[str, Json]:
    return _common(account, now) | {
        "mobile_number": account.pstn_caller_id or NO_CALLER_ID,
        **_money(account, now),
    }


def _common(account: Account, now: datetime) -> dict[str, Json]:
    return {
        "account": account.sip_address,
        "email": account.email,
        "owner": {"email": account.email},
        "groups": account.groups,
        "allow_delete": not account.prepaid,
        "delete_request": None,
        "server": {"version": "2026"},
        "call_history": {side: calls or [] for side, calls in _calls(account, now)},
    }


def _calls(account: Account, now: datetime) -> list[tuple[str, Json]]:
    return list(history(account, now).items())


def _money(account: Account, now: datetime) -> dict[str, Json]:
    midnight = now.astimezone(account.zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    moved = [line.value for line in account.balance_history if line.date >= midnight]
    return {
        "balance": None if account.balance is None else account.money(account.balance),
        "currency": account.currency,
        "prepaid": account.prepaid,
        "today": {
            "debit": sum((value for value in moved if value < 0), Decimal(0)),
            "credit": sum((value for value in moved if value > 0), Decimal(0)),
        },
    }


def _set_caller_id(account: Account, query: Query) -> Answer:
    """Set the number that others see; empty clears it."""
    wanted = query.parameters.get("caller_id", "").strip()
    number = _CALLER_ID.fullmatch(wanted)
    if wanted and number is None:
        return _error("invalid_caller_id", "A number begins with + or 00", 400)
    stored = f"00{number[1]}" if number else ""
    if stored == NO_CALLER_ID:
        stored = ""
    changed = stored != account.pstn_caller_id
    account.pstn_caller_id = stored
    return Answer.json(
        {"ok": True, "changed": changed, "caller_id": stored or NO_CALLER_ID}
    )


def _deny(account: Account, query: Query) -> Answer:
    """Refuse to change who owns the account: nobody in the box may."""
    return _error("denied", f"{query.action} is denied to {account.user}", 403)


def _request_delete_account(account: Account, _query: Query) -> Answer:
    """Refuse to delete, for the first reason that there is."""
    if not account.email:
        return _error("email_required", "The account has no e-mail address", 400)
    if account.balance_history:
        return _error("balance_history_present", "There is a balance history", 409)
    return _error("delete_denied", "The account cannot be deleted", 403)


def _error(code: str, message: str, status: int) -> Answer:
    body = json_encode({"error": code, "message": message})
    return Answer(body.encode(), status=status)


_WRITES: Mapping[str, Callable[[Account, Query], Answer]] = {
    "set_caller_id": _set_caller_id,
    "set_email": _deny,
    "set_password": _deny,
    "request_delete_account": _request_delete_account,
}
