"""The servers between the page's day and today (wire contract §1.1).

Each is a login and a table of actions; the tables grow out of one another as the
server did.
"""

from collections.abc import Mapping, Set as AbstractSet
from datetime import datetime
from typing import Protocol, override

from ..accounts import Account, Call
from ..certificates import Authority
from ..php import Json, page_header, paragraph_error
from . import current, files, legacy, shapes, writes
from .certificate_login import AccountCertificate, OwnerCertificate
from .common import Action, Answer, Dialect, Query, shown
from .digest import DigestLogin
from .early_digest import EarlyDigest
from .issuing import Issuer


class Login(Protocol):
    """How a server finds out whom it talks to."""

    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Find the account that a request is about, or raise `RefusedError`."""


class Either:
    """Takes a certificate from who brings one, and else asks for a password."""

    def __init__(self, by_certificate: Login, by_password: Login) -> None:
        """Choose both ways."""
        self._by_certificate = by_certificate
        self._by_password = by_password

    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Find the account."""
        login = self._by_certificate if query.certificate else self._by_password
        return login.identify(query, accounts)


class Dated(Dialect):
    """The server of one day."""

    content_type = "text/html"

    @override
    def __init__(
        self,
        platform: Authority,
        login: Login,
        actions: Mapping[str, Action],
        *,
        issuer: Issuer | None = None,
        needs_export: bool = False,
    ) -> None:
        """Without `export` a page's header precedes what it answers, if it needs it."""
        super().__init__(platform)
        self._issuer = issuer or Issuer(platform)
        self._login = login
        self._actions = actions
        self._needs_export = needs_export

    @override
    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        return self._login.identify(query, accounts)

    @override
    def answer(self, account: Account, query: Query) -> Answer:
        if download := self._issuer.answer(account, query):
            return download
        header = self._needs_export and not query.truthy("export")
        if (action := self._actions.get(query.action)) is None:
            return writes.failed("Error: invalid action", before=page_header())
        answer = action(account, query)
        return Answer.of(page_header() + answer.body.decode()) if header else answer

    @override
    def error_block(self, error: str) -> str:
        """Print an error of the back end (§3 item 1)."""
        return paragraph_error(error)


def account_since_september(account: Account, now: datetime) -> Json:
    """Tell the new keys; the caller id came with `get_identity` (§2.1)."""
    told = current.identity(account, now)
    return {key: value for key, value in told.items() if key != "pstn_caller_id"}


def calls_with_tags(account: Account, now: datetime) -> Json:
    """List calls as in 2009, with what tells two of them apart (§2.3)."""

    def tags(call: Call) -> dict[str, Json]:
        return {
            "fromTag": call.from_tag,
            "toTag": call.to_tag,
            "proxyIP": call.proxy_ip,
            "sessionId": call.session_id,
        }

    return legacy.calls(account, now, extra=tags)


def first_history(account: Account, now: datetime) -> Json:
    """List calls as in June 2012: no zone, no name, and one word for the media."""
    sides = _entries(account, now, {"displayName", "timezone"}, running=True)
    return {
        side: entries and [entry | {"media": "audio"} for entry in entries]
        for side, entries in sides.items()
    }


def _entries(
    account: Account, now: datetime, later: AbstractSet[str], *, running: bool
) -> dict[str, list[dict[str, Json]] | None]:
    """List calls as `get_history`, without the members that came `later`."""
    sides = current.history(account, now, running=running)
    return {
        side: entries
        and [
            {key: value for key, value in entry.items() if key not in later}
            for entry in entries
        ]
        for side, entries in sides.items()
    }


def history_of_2013(account: Account, now: datetime) -> Json:
    """List calls as on 11 June 2013: one that goes on has `false` for its stop."""
    sides = _entries(account, now, {"displayName", "timezone"}, running=True)
    for entries in sides.values():
        for entry in entries or ():
            entry["stopTime"] = entry["stopTime"] or False
    return sides


def history_of_2017(account: Account, now: datetime) -> Json:
    """List calls as version 9.4.6: with the zone, and without names."""
    return _entries(account, now, {"displayName"}, running=False)


def _prepaid_as_csv(account: Account, _query: Query) -> Answer:
    """Print the history as a file: the branches stood in the wrong order (§1.1)."""
    heading = "Id,Account,Date,Action,Description,Transaction value,Final balance"
    return files.history(account, heading, legacy.TRANSACTIONS_AT_MOST)


_WRITES: dict[str, Action] = {
    "dnd_on": writes.do_not_disturb_on,
    "dnd_off": writes.do_not_disturb_off,
    "privacy_on": writes.privacy(hidden=True),
    "privacy_off": writes.privacy(hidden=False),
}
_SEPTEMBER_27: dict[str, Action] = {
    **legacy.ACTIONS,
    **_WRITES,
    "account": shown(account_since_september),
    "prepaid": _prepaid_as_csv,
    "set_diversions": writes.set_call_forwarding,
    "add_alias": writes.add_alias,
}
_SEPTEMBER_27.pop("rules")
_KEPT_NAMES = ("set_diversions", "add_alias")
_SEPTEMBER_30: dict[str, Action] = {
    name
    if name in _KEPT_NAMES
    else f"set_{name}"
    if name in _WRITES
    else f"get_{name}": action
    for name, action in _SEPTEMBER_27.items()
} | {"get_prepaid": shown(shapes.prepaid)}
_RENAMED = {
    "get_account": "get_identity",
    "get_diversions": "get_call_forwarding",
    "get_accept": "get_accept_rules",
    "get_reject": "get_reject_rules",
    "set_diversions": "set_call_forwarding",
}
_OCTOBER: dict[str, Action] = {
    _RENAMED.get(name, name): action for name, action in _SEPTEMBER_30.items()
} | {
    "get_identity": shown(current.identity),
    "get_balance_history": current.balance_history,
    "add_balance": writes.add_balance,
}
_MAY_2012 = _OCTOBER | {"get_calls": shown(calls_with_tags)}
_JUNE_2012 = {
    name: action for name, action in _MAY_2012.items() if name != "get_calls"
} | {"get_history": shown(first_history)}

_JUNE_2013 = _JUNE_2012 | {"get_history": shown(history_of_2013)}
_VERSION_9_4_6 = _JUNE_2013 | {"get_history": shown(history_of_2017)}


def september_27(platform: Authority) -> Dialect:
    """Make the server of 27 September 2009: short names, errors as JSON."""
    login = AccountCertificate()
    issuer = Issuer(platform, prefix="")
    return Dated(platform, login, _SEPTEMBER_27, issuer=issuer, needs_export=True)


def september_30(platform: Authority) -> Dialect:
    """Make the server of 30 September 2009: the first names with `get_`."""
    login = AccountCertificate()
    return Dated(platform, login, _SEPTEMBER_30, needs_export=True)


def october(platform: Authority) -> Dialect:
    """Make the server of 4 October 2009: the names of today, but for the calls."""
    return Dated(platform, AccountCertificate(), _OCTOBER)


def november(platform: Authority) -> Dialect:
    """Make the server of November 2009: the first HTTP Digest, one realm for all."""
    return Dated(platform, EarlyDigest(), _OCTOBER)


def july_2010(platform: Authority) -> Dialect:
    """Make the server of July 2010: HTTP Digest with the realm in the request."""
    return Dated(platform, EarlyDigest(realm_in_request=True), _OCTOBER)


def may_2012(platform: Authority) -> Dialect:
    """Make the server of 26 May 2012: calls with session id and tags."""
    return Dated(platform, AccountCertificate(), _MAY_2012)


def june_2012(platform: Authority) -> Dialect:
    """Make the server of 3 June 2012: `get_history`."""
    return Dated(platform, AccountCertificate(), _JUNE_2012)


def june_2013(platform: Authority) -> Dialect:
    """Make the server of 11 June 2013: the media as a list, and odd stops."""
    return Dated(platform, AccountCertificate(), _JUNE_2013)


def version_9_4_6(platform: Authority) -> Dialect:
    """Make the server of 2017: HTTP Digest as today's, and the account's zone."""
    return Dated(platform, DigestLogin(), _VERSION_9_4_6)


def owners(platform: Authority) -> Dialect:
    """Make today's server as owners' certificates open it, since May 2013."""
    issuer = Issuer(platform, of_owner=True)
    return Dated(platform, OwnerCertificate(), current.ACTIONS, issuer=issuer)


def either_2012(platform: Authority) -> Dialect:
    """Make the server of June 2012 that takes certificates as well as passwords."""
    login = Either(AccountCertificate(), EarlyDigest(realm_in_request=True))
    return Dated(platform, login, _JUNE_2012)


def either(platform: Authority) -> Dialect:
    """Make today's server that takes owners' certificates as well as passwords."""
    issuer = Issuer(platform, of_owner=True)
    login = Either(OwnerCertificate(), DigestLogin())
    return Dated(platform, login, current.ACTIONS, issuer=issuer)
