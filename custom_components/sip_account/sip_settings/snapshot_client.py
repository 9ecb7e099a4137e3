"""The client of an account on the page of 2026, and on a second page where it has one.

One answer of the page of 2026 feeds several actions. What it does not tell is asked at
the account's `settings.phtml`, if it has one. Nobody who reads knows of the two.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from functools import partial
import ssl
from typing import Any, override

import aiohttp
from yarl import URL

from . import members
from .actions import ACCOUNT, Action
from .aside import read_aside
from .client import SipSettingsClient
from .credentials import SipAddress
from .errors import (
    ClosedError,
    SipSettingsError,
    UnsupportedActionError,
)
from .json_text import MISSING, JsonValue
from .logins import Login
from .members import JsonObject
from .resumption import Handshake, TlsMemory
from .snapshot import (
    PARTS,
    confirm_change,
    is_snapshot_page,
    read_snapshot,
    tells_caller_id,
)
from .transport import TIME_LIMIT, Answer, Transport
from .writes import Write

# Seconds for which an answer feeds the actions of one poll.
_SHARED_FOR = 10.0


def account_client(
    session: aiohttp.ClientSession,
    url: URL,
    login: Login,
    context: ssl.SSLContext,
    *,
    settings_url: URL | None = None,
    by_certificate: bool = False,
    page_context: ssl.SSLContext | None = None,
    learned: Mapping[str, str | None] | None = None,
    zone: tzinfo | None = None,
    time_limit: float = TIME_LIMIT,
) -> SipSettingsClient:
    """Return the client that the page at `url` needs.

    `settings_url` is the second page of an account whose first is of 2026. That one
    takes a password alone (wire contract §7), also where all else is opened
    `by_certificate`, that of `context`; `page_context` is then the one without it,
    so that it is shown to nobody who does not need it.
    """
    own_login = replace(login, digest=None) if by_certificate else login
    if not is_snapshot_page(url):
        return SipSettingsClient(
            session,
            url,
            own_login,
            context,
            learned=learned,
            zone=zone,
            time_limit=time_limit,
        )
    log_in = (
        partial(
            aiohttp.DigestAuthMiddleware,
            login.digest.address.user,
            login.digest.password,
        )
        if login.digest
        else None
    )
    memory = TlsMemory(url.raw_host or "")
    page = Transport(
        session,
        url,
        page_context or context,
        log_in,
        time_limit=time_limit,
        memory=memory,
    )
    client = SnapshotClient(
        session,
        settings_url or url,
        own_login,
        context,
        learned=learned,
        zone=zone,
        time_limit=time_limit,
    )
    client.use_page(page, memory.handshake, has_settings=settings_url is not None)
    return client


@dataclass(slots=True)
class _Held:
    """What came of one request, and which actions have had it."""

    ended: float
    told: tuple[Answer, JsonObject] | SipSettingsError
    taken: set[str] = field(default_factory=set)


class Snapshots:
    """Asks the page of 2026: once for all actions of a poll, whatever comes of it."""

    def __init__(self, page: Transport, address: SipAddress) -> None:
        """Ask `page` about the account of an `address`."""
        self.page = page
        self._address = address
        self._query = {"realm": address.domain}
        self._held: _Held | None = None
        self._generation = 0
        self._lock = asyncio.Lock()
        # Whether the account has a caller ID that can be set.
        self.tells_caller_id = False

    def forget(self) -> None:
        """Let nobody have what was told, or asked for, before now."""
        self._held = None
        self._generation += 1

    async def take(self, key: str) -> tuple[Answer, JsonObject]:
        """Return an answer that the action `key` has not had, a fresh one at need.

        An error is shared as an answer is.
        """
        async with self._lock:
            held = self._held
            now = asyncio.get_running_loop().time()
            if held is None or key in held.taken or now - held.ended > _SHARED_FOR:
                generation = self._generation
                held = await self._ask()
                if generation == self._generation:
                    self._held = held
            held.taken.add(key)
        if isinstance(held.told, SipSettingsError):
            raise held.told.with_traceback(None)
        return held.told

    async def change(self, name: str, parameters: Mapping[str, str]) -> None:
        """Send one change; raises as `confirm_change`."""
        self.forget()
        try:
            form = {"action": name, **parameters}
            answer = await self.page.post(self._query, form, once=False)
            confirm = partial(confirm_change, answer.status, answer.body)
            await read_aside(answer.body, confirm)
        finally:
            self.forget()

    async def _ask(self) -> _Held:
        told: tuple[Answer, JsonObject] | SipSettingsError
        try:
            told = await self._fetch()
        except ClosedError:
            raise
        except SipSettingsError as error:
            # Or the next request would begin with an answer that is wrong already.
            self.page.forget_challenge()
            told = error
        return _Held(asyncio.get_running_loop().time(), told)

    async def _fetch(self) -> tuple[Answer, JsonObject]:
        answer = await self.page.get(self._query)
        read = partial(read_snapshot, answer.status, answer.body, self._address)
        whole = await read_aside(answer.body, read)
        self.tells_caller_id = tells_caller_id(whole)
        return answer, whole


class SnapshotClient(SipSettingsClient):
    """Reads an account on the page of 2026, and the rest on its settings page."""

    _snapshots: Snapshots
    _has_settings = False

    def use_page(
        self, page: Transport, handshake: Handshake, *, has_settings: bool
    ) -> None:
        """Ask `page` for what it tells; without settings it alone is there."""
        self.second_handshake = self.handshake if has_settings else None
        self.handshake = handshake
        self._snapshots = Snapshots(page, self.address)
        self._has_settings = has_settings

    @override
    def close(self) -> None:
        super().close()
        self._snapshots.page.close()

    @override
    def denies(self, wanted: Action[Any] | Write) -> bool:
        if wanted.key == ACCOUNT.key:
            # The first page tells it, whatever the second one knows.
            return False
        return super().denies(wanted) or not self._is_somewhere(wanted)

    @override
    def can(self, write: Write) -> bool:
        if write.of_snapshot:
            return self._snapshots.tells_caller_id and not self.denies(write)
        return self._has_settings and super().can(write)

    @override
    def is_of_second(self, wanted: Action[Any] | Write) -> bool:
        here = wanted.of_snapshot if isinstance(wanted, Write) else wanted.key in PARTS
        return self._has_settings and not here

    @override
    async def _ensure_account(self) -> None:
        if not self.refusal_by(0):
            await super()._ensure_account()

    @override
    async def knock(self, action: Action[Any], attempts: int = 0) -> None:
        if action.key not in PARTS:
            await super().knock(action, attempts)
            return
        self._snapshots.forget()
        self._snapshots.page.forget_challenge()
        # Nobody has had this answer: the poll that follows goes on with it.
        await self._snapshots.take("")

    def _is_somewhere(self, wanted: Action[Any] | Write) -> bool:
        if isinstance(wanted, Write):
            return wanted.of_snapshot or self._has_settings
        return wanted.key in PARTS or self._has_settings

    @override
    async def fetch(self, name: str) -> Answer:
        if not self._has_settings:
            msg = "The page of 2026 has no such action"
            raise UnsupportedActionError(msg)
        return await super().fetch(name)

    @override
    async def _fetch(self, action: Action[Any]) -> tuple[Answer, JsonValue]:
        tell = PARTS.get(action.key)
        if tell is None:
            return await super()._fetch(action)
        answer, whole = await self._snapshots.take(action.key)
        part = tell(whole)
        if part is MISSING:
            if refusal := self.refusal_by(1):
                raise refusal.with_traceback(None)
            return await super()._fetch(action)
        if action is ACCOUNT and self._has_settings and isinstance(part, dict):
            part = {**await self._identity(), **part}
        return answer, part

    async def _identity(self) -> JsonObject:
        """Return what only the settings page tells: names, the zone, how long it rings.

        What fails there costs that, and nothing that the first page tells.
        """
        if self.refusal_by(1):
            return {}
        try:
            _, told = await super()._fetch(ACCOUNT)
        except ClosedError:
            raise
        except SipSettingsError:
            return {}
        if not isinstance(told, dict):
            return {}
        address = members.text(told, "sip_address").removeprefix("sip:")
        mine = not address or address.lower() == str(self.address).lower()
        return told if mine else {}

    @override
    async def _under_its_name[T](
        self, wanted: Action[Any] | Write, send: Callable[[str], Awaitable[T]]
    ) -> T:
        told_here = isinstance(wanted, Write) and wanted.of_snapshot
        if not self._has_settings and not told_here:
            self.learned[wanted.key] = None
            msg = "The server does not know this action"
            raise UnsupportedActionError(msg)
        return await super()._under_its_name(wanted, send)

    @override
    async def _tell(self, write: Write, name: str, form: Mapping[str, str]) -> None:
        if write.of_snapshot:
            await self._snapshots.change(name, form)
        else:
            await super()._tell(write, name, form)
