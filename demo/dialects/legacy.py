"""The dialect of 23 September 2009: X.509, short names, errors as text (§1)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import override

from ..accounts import Account, Call
from ..certificates import Authority
from ..php import Json, page, paragraph_error
from . import files, shapes
from .certificate_login import TEXTS_OF_2009, AccountCertificate
from .common import Action, Answer, Dialect, Query, shown
from .issuing import Issuer

_CALLS_WINDOW = timedelta(days=60)
_CALLS_AT_MOST = 30
TRANSACTIONS_AT_MOST = 20


class Legacy(Dialect):
    """What the server of the seed page said."""

    name = "legacy"
    content_type = "text/html"

    @override
    def __init__(self, platform: Authority) -> None:
        super().__init__(platform)
        self.login = AccountCertificate(TEXTS_OF_2009)
        self._issuer = Issuer(platform, prefix="")

    @override
    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Take the certificate's common name for the SIP address (§4.2)."""
        return self.login.identify(query, accounts)

    @override
    def answer(self, account: Account, query: Query) -> Answer:
        """Answer an action; without `export` the settings page is printed."""
        if download := self._issuer.answer(account, query):
            return download
        if not query.truthy("export"):
            return Answer.of(page("SIP Settings", f"<h2>{account.sip_address}</h2>\n"))
        if action := ACTIONS.get(query.action):
            return action(account, query)
        return Answer.of("Error: invalid action")

    @override
    def error_block(self, error: str) -> str:
        """Print an error of the back end (§3 item 1)."""
        return paragraph_error(error)


def account_data(account: Account, _now: datetime) -> Json:
    """Tell who the account belongs to and what it may do (§2.1)."""
    return {
        "email": account.email,
        "first": account.first,
        "lastname": account.last,
        "mobile_number": account.mobile_number,
        "pstn_access": account.pstn_access,
        "prepaid": int(account.prepaid),
        "quota": account.quota,
        "timezone": account.timezone,
        "groups": account.groups,
    }


def _nothing(_call: Call) -> Mapping[str, Json]:
    return {}


def calls(
    account: Account,
    now: datetime,
    *,
    extra: Callable[[Call], Mapping[str, Json]] = _nothing,
) -> Json:
    """List calls of 60 days, at most 30 each way, also those that still run (§2.3).

    `extra` gives what later servers add to each call.
    """
    since = now - _CALLS_WINDOW
    placed: list[Json] = [
        {
            "to": call.party,
            "duration": call.duration if call.ended else 0,
            "price": account.money(call.price),
            "rate": call.rate,
            "status": call.status,
            "date": account.local(call.started),
            **extra(call),
        }
        for call in shapes.recent(account, "placed", since, _CALLS_AT_MOST)
    ]
    received: list[Json] = [
        {
            "from": call.party,
            "duration": call.duration if call.ended else 0,
            "status": call.status,
            "date": account.local(call.started),
            **extra(call),
        }
        for call in shapes.recent(account, "received", since, _CALLS_AT_MOST)
    ]
    return {"placed": placed or None, "received": received or None}


def balance_history(account: Account, query: Query) -> Answer:
    """List transactions, at most 20; as CSV with `tab=prepaid` (§1.1, §2.7)."""
    if query.parameters.get("tab") == "prepaid":
        heading = "Id,Account,Date,Action,Description,Transaction value,Final balance"
        return files.history(account, heading, TRANSACTIONS_AT_MOST)
    return Answer.json(shapes.balance_history(account, TRANSACTIONS_AT_MOST))


ACTIONS: dict[str, Action] = {
    "account": shown(account_data),
    "aliases": shown(shapes.aliases),
    "enum": shown(shapes.enum),
    "calls": shown(calls),
    "devices": shown(shapes.devices),
    "prepaid": shown(shapes.prepaid),
    "balance_history": balance_history,
    "monthly_usage": shown(shapes.monthly_usage),
    "diversions": shown(shapes.diversions),
    "accept": shown(shapes.accept_rules),
    "rules": shown(shapes.accept_rules),
    "reject": shown(shapes.reject_rules),
    "voicemail": shown(shapes.voicemail),
}
