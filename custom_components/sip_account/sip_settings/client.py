"""The client of one account on one settings page."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from http import HTTPStatus
import ssl
from typing import Any, cast

import aiohttp
from yarl import URL

from .actions import ACCOUNT, BALANCE_HISTORY, CALLS, CATALOGUE, Action
from .aside import read_aside
from .call_lists import zone_names
from .context import Asked, Context
from .errors import (
    BackendError,
    ReplyError,
    ServerTimeoutError,
    SipSettingsError,
    UnsupportedActionError,
)
from .json_text import JsonValue
from .logins import Login, logins
from .models import Account, Call
from .pages import Pages
from .reply import read_confirmation, read_reply
from .resumption import TlsMemory
from .transactions import CallEnds, remembered
from .transport import TIME_LIMIT, Answer, Transport
from .user_names import UserNames
from .writes import Write
from .zones import load_zones

_USERNAME = "username"
# Seconds after which an account that could not be read is asked again for its zone.
_ACCOUNT_RETRY = 60.0
# The same where it is waited for in vain: a hung account must not hold up the others.
_HUNG_ACCOUNT_RETRY = 15 * 60.0


class SipSettingsClient(Pages):
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
        tls = TlsMemory(url.raw_host or "")
        self.handshake = tls.handshake
        self._transports = {
            username: Transport(
                session, url, context, log_in, time_limit=time_limit, memory=tls
            )
            for username, log_in in logins(login).items()
        }
        self._user_names = UserNames(self._transports)
        self.address = login.address
        # Every server takes from these what it needs and ignores the others.
        self._parameters = {"export": "1", "realm": login.address.domain}
        if login.digest is None:
            self._parameters["account"] = str(login.address)
        self.learned: dict[str, str | None] = dict(learned or {})
        self._context = Context(read_at=datetime.now(UTC), override=zone)
        # When the calls were read well, the last time but one and the last time.
        self.calls_asked: tuple[Asked | None, Asked | None] = (None, None)
        # The zone that the server says its times are in.
        self.told_zone: str | None = None
        # Of each action as it was last read well: how many items of its lists were not
        # understood, by the list that they stand in.
        self.odd: dict[str, Mapping[str, int]] = {}
        self._closed = False
        self._account_known = False
        self._account_retry = 0.0
        self._account_lock = asyncio.Lock()
        self._account_tells_address = False
        # The platform reads, changes and writes back without a lock of its own.
        self._write_lock = asyncio.Lock()
        self._ended: CallEnds = {}
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

        `odd` then tells what is missing. Raises an error of errors.py;
        UnsupportedActionError where the server knows the action under none of its
        names, ReplyError where nothing of a list is understood: it is not empty.
        """
        if action.needs_account and not self.denies(action):
            await self._ensure_account()
        try:
            answer, value = await self._fetch(action)
        except SipSettingsError as error:
            if action is ACCOUNT:
                self._put_off_account(error)
            raise
        body = answer.body
        asked = answer.asked
        told = (body, self._context_of(action))
        known, kept = self._kept.get(action.key, (None, None))
        if known == told:
            self._note_asked(action, asked)
            return cast("T | None", kept)
        odd: Counter[str] = Counter()
        context = replace(told[1], read_at=datetime.now(UTC), odd=odd)
        if action.key == CALLS.key:
            names = await read_aside(body, partial(zone_names, value))
            context = replace(context, zones=await load_zones(names))
            if len(names) == 1:
                self.told_zone = next(iter(names))
        model = await read_aside(body, partial(action.read, value, context))
        if isinstance(model, Account):
            self._ensure_mine(model)
            await self._keep_account(model)
        if action.key == CALLS.key:
            self._ended = remembered(cast("tuple[Call, ...]", model or ()), self._ended)
        if action.timeless:
            self._kept[action.key] = (told, model)
        self._note_asked(action, asked)
        self.odd[action.key] = dict(odd)
        return model

    def _context_of(self, action: Action[Any]) -> Context:
        """Return what is known beforehand; calls tell when their transactions were."""
        if action.key == BALANCE_HISTORY.key:
            return replace(self._context, ended=self._ended)
        return self._context

    def use_zones(self, steps: Iterable[tuple[str, tzinfo | None]]) -> None:
        """Read calls that start later than a text as in a zone, or as the server says.

        From the next read on, and where no zone overrides all of them.
        """
        self._context = replace(self._context, steps=tuple(steps))

    def _note_asked(self, action: Action[Any], asked: Asked) -> None:
        if action.key == CALLS.key:
            self.calls_asked = (self.calls_asked[1], asked)

    def denies(self, wanted: Action[Any] | Write) -> bool:
        """Whether the server was found to know none of the names; nothing is sent."""
        return self.learned.get(wanted.key, "") is None

    async def knock(self, action: Action[Any], attempts: int = 0) -> None:
        """Send one read with a fresh challenge, to see whether we are let in.

        It goes out under the user name that was learned, else under the one of today,
        and now and then, by `attempts` that were refused, under the other one.
        Raises as `read` where we are not let in.
        """
        known = self.learned.get(_USERNAME) or ""
        username = self._user_names.to_knock(known, attempts)
        transport = self._transports[username]
        transport.forget_challenge()
        name = self.learned.get(action.key) or action.names[0]
        answer = await transport.get(self._parameters | {"action": name})
        if answer.status == HTTPStatus.OK and username:
            self.learned[_USERNAME] = username
        with suppress(UnsupportedActionError):
            read = partial(read_reply, answer.status, answer.body)
            await read_aside(answer.body, read)

    def forget_unsupported(self) -> None:
        """Let every action that the server did not know be asked again."""
        self.learned = {key: name for key, name in self.learned.items() if name}

    def can(self, write: Write) -> bool:
        """Whether the server is one that makes changes, and did not deny this one.

        Servers could write from 27 September 2009 on; from that day on the account
        tells its address, and three days later names began with `get_` (§1.1, §2.1).
        """
        if write.of_snapshot or self.denies(write):
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
                    write, lambda name: self._tell(write, name, parameters)
                )
            except BackendError as error:
                if error.code not in write.done_codes:
                    raise

    async def _fetch(self, action: Action[Any]) -> tuple[Answer, JsonValue]:
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

    async def fetch(self, name: str) -> Answer:
        """Send one read by its name on the wire; return what came back as it is."""
        query = self._parameters | {"action": name}
        return await self._as_known(lambda transport: transport.get(query))

    async def _ask(self, name: str) -> tuple[Answer, JsonValue]:
        answer = await self.fetch(name)
        read = partial(read_reply, answer.status, answer.body)
        return answer, await read_aside(answer.body, read)

    async def _tell(self, write: Write, name: str, form: Mapping[str, str]) -> None:
        query = self._parameters | {"action": name}
        answer = await self._as_known(lambda by: by.post(query, form, once=write.once))
        read = partial(
            read_confirmation, answer.status, answer.body, secret=write.secret
        )
        await read_aside(answer.body, read)

    async def _as_known(self, send: Callable[[Transport], Awaitable[Answer]]) -> Answer:
        """Send under the user name that was learned, else under each once a day.

        Who is not let in has changed nothing.
        """
        now = asyncio.get_running_loop().time()
        learned = self.learned.get(_USERNAME) or ""
        for username in self._user_names.to_try(learned, now):
            transport = self._transports[username]
            answer = await send(transport)
            if answer.status != HTTPStatus.UNAUTHORIZED:
                if answer.status == HTTPStatus.OK and username:
                    self.learned[_USERNAME] = username
                break
            # Or the next request would begin with an answer that is wrong already.
            transport.forget_challenge()
        else:
            self._user_names.note_refusal(now)
        return answer

    async def _ensure_account(self) -> None:
        """Read the account once: its zone is needed to understand the times."""
        async with self._account_lock:
            now = asyncio.get_running_loop().time()
            if not self._account_known and now >= self._account_retry:
                # Who reads the account itself tells of the error; who needs only its
                # zone goes on without for a while.
                with suppress(SipSettingsError):
                    await self.read(ACCOUNT)

    def _put_off_account(self, error: SipSettingsError) -> None:
        """Let nobody else ask for the account's zone right after it has failed."""
        hung = isinstance(error, ServerTimeoutError)
        pause = _HUNG_ACCOUNT_RETRY if hung else _ACCOUNT_RETRY
        self._account_retry = asyncio.get_running_loop().time() + pause

    def _ensure_mine(self, account: Account) -> None:
        """Refuse the answer of another account: a proxy may keep what it should not."""
        told = account.sip_address
        if told and not self.address.is_same(told):
            msg = "The server's answer is another account's"
            raise ReplyError(msg)

    async def _keep_account(self, account: Account) -> None:
        name = account.time_zone
        self.told_zone = name or self.told_zone
        zones = await load_zones({name} if name else ())
        self._context = replace(
            self._context, account_zone=zones.get(name or ""), prepaid=account.prepaid
        )
        self._account_known = True
        self._account_tells_address = account.sip_address is not None
