"""Today's dialect: HTTP Digest, `get_...` names, errors as JSON (wire contract §1)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import override

from ..accounts import Account, Call
from ..certificates import Authority
from ..php import Json, page, page_header, row_error
from . import files, shapes, writes
from .common import Action, Answer, Dialect, Query, shown
from .digest import DigestLogin
from .issuing import Issuer

_HISTORY_WINDOW = timedelta(days=14)
_CALLS_AT_MOST = 50
_TRANSACTIONS_AT_MOST = 200
_LONGEST_TIMEOUT = 900


class Current(Dialect):
    """What the server says today."""

    name = "current"
    content_type = "text/html; charset=UTF-8"

    @override
    def __init__(self, platform: Authority) -> None:
        """Take the authority that signs the platform's certificates."""
        super().__init__(platform)
        self.login = DigestLogin()
        self._issuer = Issuer(platform, of_owner=True)

    @override
    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Find the account by HTTP Digest (§4.5)."""
        return self.login.identify(query, accounts)

    @override
    def answer(self, account: Account, query: Query) -> Answer:
        """Answer an action; to a name it does not know the server begins a page."""
        if not query.action:
            return Answer.of(page("SIP Settings", f"<h2>{account.sip_address}</h2>\n"))
        if download := self._issuer.answer(account, query):
            return download
        if action := ACTIONS.get(query.action):
            return action(account, query)
        return writes.failed("Error: invalid action", before=page_header())

    @override
    def error_block(self, error: str) -> str:
        """Print an error of the back end (§3 item 2)."""
        return row_error(error)


def identity(account: Account, _now: datetime) -> dict[str, Json]:
    """Tell who the account belongs to and how it is set up (§2.1)."""
    return {
        "sip_address": account.sip_address,
        "email": account.email,
        "first": account.first,
        "lastname": account.last,
        "pstn_caller_id": account.pstn_caller_id,
        "mobile_number": account.mobile_number,
        "timezone": account.timezone,
        "no_answer_timeout": min(account.no_answer_timeout, _LONGEST_TIMEOUT),
        "quick_dial": account.quick_dial,
    }


def history(
    account: Account, now: datetime, *, running: bool = False
) -> dict[str, list[dict[str, Json]] | None]:
    """List calls of 14 days, at most 50 each way (§2.4).

    Those that are `running` were left out only later, in July 2013.
    """
    return {
        direction: [
            _history_entry(account, call)
            for call in shapes.recent(
                account, direction, now - _HISTORY_WINDOW, _CALLS_AT_MOST
            )
            if running or call.ended
        ]
        or None
        for direction in ("placed", "received")
    }


def balance_history(account: Account, query: Query) -> Answer:
    """List transactions, at most 200; as CSV with `csv=1` (§1.1, §2.7)."""
    if query.truthy("csv"):
        heading = "Id,Account,Date,Action,Description,Value,Final Balance"
        return files.history(account, heading, _TRANSACTIONS_AT_MOST)
    return Answer.json(shapes.balance_history(account, _TRANSACTIONS_AT_MOST))


def monthly_usage(_account: Account, _query: Query) -> Answer:
    """Break, as it does on every server since 2022 (§2.9)."""
    return Answer(status=500)


def journal_entries(_account: Account, _now: datetime) -> Json:
    """List nothing: nobody in the box chats (§2.0, §2.14)."""
    return {"success": True, "error_message": None, "results": [], "rows": 0}


def _history_entry(account: Account, call: Call) -> dict[str, Json]:
    placed = call.direction == "placed"
    entry: dict[str, Json] = {
        "remoteParty": call.party,
        "displayName": "" if placed else call.display_name,
        "startTime": account.local(call.started),
        "stopTime": shapes.stop_time(account, call),
        "timezone": account.timezone,
        "duration": call.duration,
        "status": call.status,
    }
    if placed:
        entry["price"] = account.money(call.price)
    return entry | {
        "sessionId": call.session_id,
        "fromTag": call.from_tag,
        "toTag": call.to_tag,
        "proxyIP": call.proxy_ip,
        "media": call.media,
    }


ACTIONS: dict[str, Action] = {
    "get_identity": shown(identity),
    "get_aliases": shown(shapes.aliases),
    "get_enum": shown(shapes.enum),
    "get_history": shown(history),
    "get_devices": shown(shapes.devices),
    "get_prepaid": shown(shapes.prepaid),
    "get_balance_history": balance_history,
    "get_monthly_usage": monthly_usage,
    "get_call_forwarding": shown(shapes.diversions),
    "get_accept_rules": shown(shapes.accept_rules),
    "get_reject_rules": shown(shapes.reject_rules),
    "get_voicemail": shown(shapes.voicemail),
    "get_journal_entries": shown(journal_entries),
    "set_dnd_on": writes.do_not_disturb_on,
    "set_dnd_off": writes.do_not_disturb_off,
    "set_privacy_on": writes.privacy(hidden=True),
    "set_privacy_off": writes.privacy(hidden=False),
    "set_call_forwarding": writes.set_call_forwarding,
    "add_alias": writes.add_alias,
    "add_balance": writes.add_balance,
}
