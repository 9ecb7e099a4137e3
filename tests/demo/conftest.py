"""A box with a clock of its own, and ways to ask it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
import socket
import ssl

from aiohttp import (
    ClientMiddlewareType,
    ClientSession,
    DigestAuthMiddleware,
    TCPConnector,
)
import pytest

from demo import AccountBox, IssuedCertificate


@dataclass
class Clock:
    """The box's clock, which only moves when told to."""

    time: datetime

    def __call__(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Said:
    """What the server said."""

    status: int
    content_type: str
    text: str
    headers: dict[str, str]


type Connect = Callable[[IssuedCertificate | None], ClientSession]
type Ask = Callable[..., Awaitable[Said]]


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """Let the tests talk to the box."""


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands at two in the afternoon of 24 September 2009, UTC."""
    return Clock(datetime(2009, 9, 24, 14, tzinfo=UTC))


@pytest.fixture
async def box(clock: Clock) -> AsyncIterator[AccountBox]:
    """Give a box in which everyone lives."""
    async with AccountBox(now=clock) as box:
        yield box


@pytest.fixture
async def connect(box: AccountBox, tmp_path: Path) -> AsyncIterator[Connect]:
    """Give a way to open sessions with a client certificate, or with none."""
    sessions: list[ClientSession] = []

    def open_session(issued: IssuedCertificate | None) -> ClientSession:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.load_verify_locations(cadata=box.authority_pem.decode())
        if issued is not None:
            tls.set_ciphers("DEFAULT:@SECLEVEL=0")
            file = tmp_path / f"{len(sessions)}.pem"
            file.write_bytes(issued.chain_pem())
            tls.load_cert_chain(file)
        session = ClientSession(connector=TCPConnector(ssl=tls, family=socket.AF_INET))
        sessions.append(session)
        return session

    yield open_session
    for session in sessions:
        await session.close()


async def _ask(
    session: ClientSession,
    url: str,
    method: str,
    parameters: dict[str, str],
    *login: ClientMiddlewareType,
) -> Said:
    query, form = (parameters, None) if method == "GET" else (None, parameters)
    async with session.request(
        method, url, params=query, data=form, middlewares=login, allow_redirects=False
    ) as reply:
        body = await reply.read()
        return Said(
            reply.status,
            reply.headers.get("Content-Type", ""),
            body.decode(errors="surrogateescape"),
            dict(reply.headers),
        )


@pytest.fixture
def legacy(box: AccountBox, connect: Connect) -> Ask:
    """Give a way to ask the dialect of 2009."""
    sessions: dict[str, ClientSession] = {}

    async def ask(
        action: str,
        account: str = "alice@example.com",
        method: str = "GET",
        **parameters: str,
    ) -> Said:
        if account not in sessions:
            issued = box.platform.modern_certificate(account, key="p256")
            sessions[account] = connect(issued)
        everything = {"export": "1", "action": action} | parameters
        return await _ask(sessions[account], box.page_url, method, everything)

    return ask


@pytest.fixture
async def today(box: AccountBox, connect: Connect) -> Ask:
    """Give a way to ask today's dialect."""
    session = connect(None)

    async def ask(
        action: str,
        account: str = "alice@example.com",
        method: str = "GET",
        **parameters: str,
    ) -> Said:
        user, _, realm = account.partition("@")
        known = box.accounts.get(account)
        login = DigestAuthMiddleware(user, known.password if known else "")
        everything = {"realm": realm, "action": action} | parameters
        return await _ask(session, box.today_url, method, everything, login)

    return ask
