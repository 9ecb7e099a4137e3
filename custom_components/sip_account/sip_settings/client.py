"""The client of one account on one settings page."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from http import HTTPStatus
import ssl
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from yarl import URL

from .actions import ACCOUNT, CALLS, Action
from .call_lists import zone_names
from .context import Context
from .credentials import DigestCredentials, SipAddress
from .errors import SipSettingsError, UnsupportedActionError
from .models import Account
from .reply import JsonValue, read_reply
from .transport import TIME_LIMIT, Answer, Transport

_USERNAME = "username"
# Seconds after which an account that could not be read is asked again for its zone.
_ACCOUNT_RETRY = 60.0


@dataclass(frozen=True, slots=True)
class Login:
    """Which account is asked about, and how we log in to it.

    `digest` is None where a client certificate does it.
    """

    address: SipAddress
    digest: DigestCredentials | None = None


class SipSettingsClient:
    """Reads what an account can tell, from a server of any dialect.

    `learned` maps an action's key to the wire name that the server answers, or to
    None where it answers none of them; it may be kept and given again. Under
    `username` it holds what servers that take passwords want for a user name.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: URL,
        login: Login,
        context: ssl.SSLContext,
        *,
        learned: Mapping[str, str | None] | None = None,
        zone: tzinfo | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        """Make a client; `zone` overrides every zone that the server claims."""
        self._transports = {
            username: Transport(
                session, url, context, middleware, time_limit=time_limit
            )
            for username, middleware in _logins(login).items()
        }
        self.address = login.address
        # Every server takes from these what it needs and ignores the others.
        self._parameters = {"export": "1", "realm": login.address.domain}
        if login.digest is None:
            self._parameters["account"] = str(login.address)
        self.learned: dict[str, str | None] = dict(learned or {})
        self._context = Context(read_at=datetime.now(UTC), override=zone)
        self._account_known = False
        self._account_retry = 0.0
        self._account_lock = asyncio.Lock()

    async def read[T](self, action: Action[T]) -> T | None:
        """Return what the account tells, None where it has none of it.

        Raises an error of errors.py; UnsupportedActionError where the server knows
        the action under none of its names.
        """
        if action.needs_account:
            await self._ensure_account()
        value = await self._fetch(action)
        context = replace(self._context, read_at=datetime.now(UTC))
        if action.key == CALLS.key:
            context = await self._with_zones(context, value)
        model = action.read(value, context)
        if isinstance(model, Account):
            await self._keep_account(model)
        return model

    def forget_unsupported(self) -> None:
        """Let every action that the server did not know be asked again."""
        self.learned = {
            key: name for key, name in self.learned.items() if name and key != _USERNAME
        }

    async def _fetch(self, action: Action[Any]) -> JsonValue:
        """Ask under the learned name, else under each name, the newest first."""
        known = self.learned.get(action.key, "")
        if known is None:
            msg = "The server does not know this action"
            raise UnsupportedActionError(msg)
        for name in dict.fromkeys(filter(None, (known, *action.names))):
            try:
                value = await self._ask(name)
            except UnsupportedActionError:
                continue
            self.learned[action.key] = name
            return value
        self.learned[action.key] = None
        msg = "The server does not know this action"
        raise UnsupportedActionError(msg)

    async def _ask(self, name: str) -> JsonValue:
        answer = await self._get(self._parameters | {"action": name})
        return read_reply(answer.status, answer.body)

    async def _get(self, parameters: Mapping[str, str]) -> Answer:
        """Send a read under the user name that was learned, else under each."""
        learned = self.learned.get(_USERNAME) or ""
        if transport := self._transports.get(learned):
            return await transport.get(parameters)
        for username, transport in self._transports.items():
            answer = await transport.get(parameters)
            if answer.status == HTTPStatus.OK and username:
                self.learned[_USERNAME] = username
            if answer.status != HTTPStatus.UNAUTHORIZED:
                break
        return answer

    async def _ensure_account(self) -> None:
        """Read the account once: its zone is needed to understand the times."""
        now = asyncio.get_running_loop().time()
        async with self._account_lock:
            if self._account_known or now < self._account_retry:
                return
            try:
                await self.read(ACCOUNT)
            except SipSettingsError:
                # Who reads the account itself tells of the error; who needs only
                # its zone goes on without for a while.
                self._account_retry = now + _ACCOUNT_RETRY

    async def _keep_account(self, account: Account) -> None:
        name = account.time_zone
        zone = await _load_zone(name) if name else None
        self._context = replace(
            self._context, account_zone=zone, prepaid=account.prepaid
        )
        self._account_known = True

    async def _with_zones(self, context: Context, value: JsonValue) -> Context:
        zones = {}
        for name in zone_names(value):
            if zone := await _load_zone(name):
                zones[name] = zone
        return replace(context, zones=zones)


def _logins(login: Login) -> dict[str, aiohttp.DigestAuthMiddleware | None]:
    """Return the ways to log in, by the user name that they use.

    The realm tells the domain, so that today the user name is the user part alone;
    until 2013 it was the whole address (wire contract §4.5).
    """
    digest = login.digest
    if digest is None:
        return {"": None}
    names = {"user": digest.address.user, "address": str(digest.address)}
    return {
        key: aiohttp.DigestAuthMiddleware(name, digest.password)
        for key, name in names.items()
    }


_zones: dict[str, tzinfo | None] = {}
_ZONES_LIMIT = 1000


async def _load_zone(name: str) -> tzinfo | None:
    """Return a time zone by its name; reading its file is not for the loop."""
    if name not in _zones and len(_zones) < _ZONES_LIMIT:
        _zones[name] = await asyncio.to_thread(_read_zone, name)
    return _zones.get(name)


def _read_zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError, ValueError, OSError:
        return None
