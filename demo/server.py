"""The account in a box: an HTTPS server that behaves as `settings.phtml` does."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime, timedelta
import logging
from pathlib import Path
import socket
import ssl
import tempfile
from types import TracebackType
from typing import Any, Self, override

from aiohttp import web

from .accounts import Account
from .certificates import authority
from .dialects import DIALECTS, PAGES_OF_2026, Answer, Query, RefusedError
from .dialects.digest import directives_of
from .exchange import Exchange, Received
from .faults import Faults
from .issued import IssuedCertificate
from .listening import stop_listening
from .named_files import File
from .people import everyone

type Listens = Callable[
    [asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]
]

_LOGGER = logging.getLogger(__name__)

# Seconds that requests get to finish when the server stops; 0 would be no limit.
_PATIENCE = 0.1


def _today() -> datetime:
    return datetime.now(UTC)


class _TellingSSLObject(ssl.SSLObject):
    """Notes each handshake, and sends the alert when one fails, as real servers do.

    asyncio drops the connection at once, with the alert still unsent; while more
    seems to be wanted from the client, it first sends what OpenSSL has to say
    (wire contract §4.1). The client then ends the connection.
    """

    handshakes: list[bool]
    given: list[bytes]

    @override
    def do_handshake(self) -> None:
        try:
            super().do_handshake()
            self.handshakes.append(bool(self.session_reused))
            if given := self.getpeercert(binary_form=True):
                self.given.append(given)
        except ssl.SSLWantReadError:
            raise
        except ssl.SSLError as error:
            raise ssl.SSLWantReadError from error


class _ServedContext(ssl.SSLContext):
    """Stands for the context of the moment: asyncio keeps the one it was given."""

    served: ssl.SSLContext

    @override
    def wrap_bio(self, *given: Any, **named: Any) -> ssl.SSLObject:
        return self.served.wrap_bio(*given, **named)


class AccountBox:
    """A server with accounts in it, for use with `async with`.

    Speaks every dialect of `DIALECTS`, and `PAGES_OF_2026`, each at its own path, all
    about the same accounts. Change `accounts`, `faults` and the clock at any time.
    `files` are what else it has, by their paths.
    """

    def __init__(
        self,
        accounts: Iterable[Account] | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        now: Callable[[], datetime] = _today,
        require_client_certificate: bool = False,
    ) -> None:
        """Furnish the box; without `accounts` everyone of the demo lives in it.

        `now` is the server's clock (aware). With `require_client_certificate` the
        TLS handshake fails without one (wire contract §4.1).
        """
        self.now = now
        self.platform = authority("Example Platform", "Example Platform CA")
        self.server_authority = authority("Example Platform", "Example Server CA")
        self.foreign = authority("Another Platform", "Another Platform CA")
        self.faults = Faults()
        self.files: dict[str, File] = {}
        self.requests: list[Received] = []
        # Of every connection, whether it took up an earlier session.
        self.handshakes: list[bool] = []
        # The client certificates (DER) that came with handshakes.
        self.given: list[bytes] = []
        # The user name of every digest answer that was wrong.
        self.wrong_answers: list[str] = []
        self.port = port
        self._host = host
        self._dialects = {
            path: make(self.platform)
            for path, make in {**DIALECTS, **PAGES_OF_2026}.items()
        }
        self._certificates: dict[str, IssuedCertificate] = {}
        self.accounts: dict[str, Account] = {}
        for account in everyone(now()) if accounts is None else accounts:
            self.add(account)
        self._runner: web.ServerRunner | None = None
        self._listener: asyncio.Server | None = None
        self._require = require_client_certificate
        self._tls = _ServedContext(ssl.PROTOCOL_TLS_SERVER)
        self.replace_server_certificate()

    def add(self, account: Account) -> None:
        """Let an account move in."""
        self.accounts[account.sip_address] = account

    @property
    def origin(self) -> str:
        """Where the server listens, by the name in its certificate."""
        return f"https://localhost:{self.port}"

    @property
    def page_url(self) -> str:
        """The settings page of 2009, for client certificates."""
        return f"{self.origin}/settings.phtml"

    @property
    def today_url(self) -> str:
        """The settings page of today, for HTTP Digest."""
        return f"{self.origin}/today/settings.phtml"

    @property
    def page_2026_url(self) -> str:
        """The page of 2026, which tells everything at once, for HTTP Digest."""
        return f"{self.origin}/sylk_settings.phtml"

    @property
    def authority_pem(self) -> bytes:
        """What a client must trust to believe the server."""
        return self.server_authority.certificate_pem

    def certificate_for(self, address: str) -> IssuedCertificate:
        """Give an account's certificate as the platform issued it, a day ago."""
        if address not in self._certificates:
            self._certificates[address] = self.platform.platform_certificate(
                address,
                self.accounts[address].email,
                now=self.now() - timedelta(days=1),
            )
        return self._certificates[address]

    def owner_certificate(self, address: str) -> IssuedCertificate:
        """Give the certificate of an account's owner: the platform's since 2013."""
        owner = str(self.accounts[address].owner_id)
        if owner not in self._certificates:
            self._certificates[owner] = self.platform.platform_certificate(
                owner, self.accounts[address].email, now=self.now() - timedelta(days=1)
            )
        return self._certificates[owner]

    def replace_server_certificate(
        self, issued: IssuedCertificate | None = None
    ) -> IssuedCertificate:
        """Serve a new certificate (with a new key) on connections from now on."""
        issued = issued or self.server_authority.server_certificate()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "server.pem")
            file.touch(mode=0o600)
            file.write_bytes(issued.chain_pem())
            # A context keeps one certificate for each kind of key, so the new one
            # goes into a context of its own; what it gave out to be taken up later
            # ends with the old one, as where a server starts anew.
            self.served = self._make_tls()
            self.served.load_cert_chain(file)
        return issued

    @property
    def served(self) -> ssl.SSLContext:
        """The context of new connections."""
        return self._tls.served

    @served.setter
    def served(self, context: ssl.SSLContext) -> None:
        self._tls.served = context

    async def start(self) -> None:
        """Listen; `port` is known afterwards."""
        server = web.Server(self._handle, access_log=None, handler_cancellation=True)
        self._runner = web.ServerRunner(server, shutdown_timeout=_PATIENCE)
        await self._runner.setup()
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listening = socket.create_server((self._host, self.port), family=family)
        self.port = listening.getsockname()[1]
        self._listener = await asyncio.get_running_loop().create_server(
            server, sock=listening, ssl=self._tls
        )

    async def stop(self) -> None:
        """Close the server and all its connections, which are closed afterwards.

        A TLS connection that says goodbye waits for the client to do so as well, up to
        half a minute; nobody waits for that here, and the loop may end at once.
        """
        if self._listener is None:
            return
        await stop_listening(self._listener)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        # Those in the middle of a handshake, too, which the runner does not know.
        self._listener.abort_clients()
        await self._listener.wait_closed()
        self._listener = None

    async def give_way(self, to: Listens) -> None:
        """Let something else listen at the port, until the box is stopped."""
        await self.stop()
        self._listener = await asyncio.start_server(to, self._host, self.port)

    @property
    def connections(self) -> int:
        """How many clients are connected."""
        if self._runner is None or self._runner.server is None:
            return 0
        return len(self._runner.server.connections)

    def hang_up(self) -> None:
        """End all connections at once, as happens to idle ones after a while."""
        if self._runner is not None and self._runner.server is not None:
            for connection in self._runner.server.connections:
                connection.force_close()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop."""
        await self.stop()

    def _make_tls(self) -> ssl.SSLContext:
        """Accept what the platform signs: RSA 1024 and MD5 are below OpenSSL's norm."""
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.set_ciphers("DEFAULT:@SECLEVEL=0")
        tls.load_verify_locations(cadata=self.platform.certificate_pem.decode())
        tls.verify_mode = ssl.CERT_REQUIRED if self._require else ssl.CERT_OPTIONAL
        tls.sslobject_class = type(
            "Telling",
            (_TellingSSLObject,),
            {"handshakes": self.handshakes, "given": self.given},
        )
        return tls

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if file := self.files.get(request.path):
            return await file(request)
        dialect = self._dialects.get(request.path)
        if dialect is None:
            return web.Response(status=404, text="Not Found")
        query = await _read(request, self.now())
        account: Account | None = None
        try:
            account = found = dialect.identify(query, self.accounts)
        except RefusedError as refused:
            refusal = refused.answer
            if given := directives_of(query):
                self.wrong_answers.append(given.get("username", ""))
            exchange = Exchange(request, query, dialect, None, lambda: refusal)
        else:
            exchange = Exchange(
                request, query, dialect, account, lambda: dialect.answer(found, query)
            )
        self.requests.append(exchange.received)
        answer = await self.faults.find(exchange)(exchange)
        _LOGGER.debug("%s %s: %s", request.method, request.path, answer.status)
        if isinstance(answer, Answer):
            headers = {"Content-Type": dialect.content_type, **answer.headers}
            return web.Response(body=answer.body, status=answer.status, headers=headers)
        return answer


async def _read(request: web.BaseRequest, now: datetime) -> Query:
    """See a request as PHP does: the body's parameters overrule those of the URL."""
    parameters = dict(request.query)
    if request.method == "POST":
        body = await request.post()
        parameters |= {
            name: value for name, value in body.items() if isinstance(value, str)
        }
    certificate = None
    if request.transport is not None:
        tls: ssl.SSLObject | None = request.transport.get_extra_info("ssl_object")
        certificate = tls.getpeercert(binary_form=True) if tls else None
    return Query(
        method=request.method,
        parameters=parameters,
        now=now,
        authorization=request.headers.get("Authorization"),
        certificate=certificate,
    )
