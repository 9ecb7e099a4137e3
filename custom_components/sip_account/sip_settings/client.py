"""The client of one account on one settings page."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from http import HTTPStatus
import ssl
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from yarl import URL

from .actions import ACCOUNT, CALLS, CATALOGUE, Action
from .call_lists import zone_names
from .context import Context
from .credentials import DigestCredentials, SipAddress
from .errors import BackendError, SipSettingsError, UnsupportedActionError
from .models import Account
from .reply import JsonValue, read_confirmation, read_reply
from .transport import TIME_LIMIT, Answer, Transport
from .writes import Write

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
    """Reads what an account can tell, and changes it, on a server of any dialect.

    `learned` maps the key of an action or a write to the wire name that the server
    answers, or to None where it answers none of them; it may be kept and given again.
    Under `username` it holds what servers that take passwords want for a user name.
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
        self._closed = False
        self._account_known = False
        self._account_retry = 0.0
        self._account_lock = asyncio.Lock()
        self._account_tells_address = False
        # The platform reads, changes and writes back without a lock of its own.
        self._write_lock = asyncio.Lock()
        # The long lists: what they were read from, and the outcome.
        self._kept: dict[str, tuple[tuple[bytes, Context], Any]] = {}

    @property
    def closed(self) -> bool:
        """Whether nothing is sent any more."""
        return self._closed

    def close(self) -> None:
        """Send nothing new from now on: whatever would be raises ClosedError.

        A write that was sent is waited for as ever, and tells its outcome.
        """
        self._closed = True
        for transport in self._transports.values():
            transport.close()

    async def read[T](self, action: Action[T]) -> T | None:
        """Return what the account tells, None where it has none of it.

        Raises an error of errors.py; UnsupportedActionError where the server knows
        the action under none of its names.
        """
        if action.needs_account:
            await self._ensure_account()
        body, value = await self._fetch(action)
        told = (body, self._context)
        known, kept = self._kept.get(action.key, (None, None))
        if known == told:
            return cast("T | None", kept)
        context = replace(self._context, read_at=datetime.now(UTC))
        if action.key == CALLS.key:
            context = await self._with_zones(context, value)
        model = action.read(value, context)
        if isinstance(model, Account):
            await self._keep_account(model)
        if action.timeless:
            self._kept[action.key] = (told, model)
        return model

    def forget_unsupported(self) -> None:
        """Let every action that the server did not know be asked again."""
        self.learned = {
            key: name for key, name in self.learned.items() if name and key != _USERNAME
        }

    def can(self, write: Write) -> bool:
        """Whether the server is one that makes changes, and did not deny this one.

        Servers could write from 27 September 2009 on; from that day on the account
        tells its address, and three days later names began with `get_` (§1.1, §2.1).
        """
        if self.learned.get(write.key, "") is None:
            return False
        names = (self.learned.get(key) or "" for key in CATALOGUE)
        return self._account_tells_address or any(
            name.startswith("get_") for name in names
        )

    async def write(
        self,
        write: Write,
        prepare: Callable[[], Awaitable[Mapping[str, str] | None]],
    ) -> None:
        """Change something: one write of an account at a time, and each sent once.

        `prepare` is awaited when the turn has come; it returns the parameters, or None
        where nothing is left to do, and what it raises ends the write with nothing
        sent. Raises BackendError where the server says no, OutcomeUnknownError where
        no answer tells, and the other errors of `read` where nothing was changed.
        """
        async with self._write_lock:
            parameters = await prepare()
            if parameters is None:
                return
            try:
                # A name that is not known changes nothing, so the next one may be sent.
                await self._under_its_name(
                    write, lambda name: self._tell(name, parameters)
                )
            except BackendError as error:
                if error.code not in write.done_codes:
                    raise

    async def _fetch(self, action: Action[Any]) -> tuple[bytes, JsonValue]:
        return await self._under_its_name(action, self._ask)

    async def _under_its_name[T](
        self, wanted: Action[Any] | Write, send: Callable[[str], Awaitable[T]]
    ) -> T:
        """Send under the learned name, else under each name, the newest first."""
        known = self.learned.get(wanted.key, "")
        if known is None:
            msg = "The server does not know this action"
            raise UnsupportedActionError(msg)
        for name in dict.fromkeys(filter(None, (known, *wanted.names))):
            try:
                result = await send(name)
            except UnsupportedActionError:
                continue
            self.learned[wanted.key] = name
            return result
        self.learned[wanted.key] = None
        msg = "The server does not know this action"
        raise UnsupportedActionError(msg)

    async def _ask(self, name: str) -> tuple[bytes, JsonValue]:
        query = self._parameters | {"action": name}
        answer = await self._as_known(lambda transport: transport.get(query))
        return answer.body, read_reply(answer.status, answer.body)

    async def _tell(self, name: str, parameters: Mapping[str, str]) -> None:
        query = self._parameters | {"action": name}
        answer = await self._as_known(
            lambda transport: transport.post(query, parameters)
        )
        read_confirmation(answer.status, answer.body)

    async def _as_known(self, send: Callable[[Transport], Awaitable[Answer]]) -> Answer:
        """Send under the user name that was learned, else under each.

        Who is not let in has changed nothing.
        """
        learned = self.learned.get(_USERNAME) or ""
        if transport := self._transports.get(learned):
            return await send(transport)
        for username, transport in self._transports.items():
            answer = await send(transport)
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
        self._account_tells_address = account.sip_address is not None

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
