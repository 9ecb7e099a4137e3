"""The client of one account on one settings page."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
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
from .transport import TIME_LIMIT, Transport

# Seconds after which an account that could not be read is asked again for its zone.
_ACCOUNT_RETRY = 60.0


@dataclass(frozen=True, slots=True)
class Login:
    """Which account is asked about, and how we log in to it.

    `digest` is None where a client certificate does it. `names_account` tells that
    the certificate does not say which account is meant (wire contract §4.2).
    """

    address: SipAddress
    digest: DigestCredentials | None = None
    names_account: bool = False


class SipSettingsClient:
    """Reads what an account can tell, from a server of any dialect.

    `learned` maps an action's key to the wire name that the server answers, or to
    None where it answers none of them; it may be kept and given again.
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
        digest = login.digest
        self._transport = Transport(
            session,
            url,
            context,
            # The realm tells the domain, so the user name is the user part alone.
            aiohttp.DigestAuthMiddleware(digest.address.user, digest.password)
            if digest
            else None,
            time_limit=time_limit,
        )
        self.address = login.address
        self._parameters = {"export": "1", "realm": login.address.domain}
        if login.names_account:
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
        self.learned = {key: name for key, name in self.learned.items() if name}

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
        answer = await self._transport.get(self._parameters | {"action": name})
        return read_reply(answer.status, answer.body)

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
