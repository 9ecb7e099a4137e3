"""A server of address books that answers as a test wants, over TLS."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
import ssl
import tempfile
from typing import Self

from aiohttp import web

from demo.address_book import book_authority
from demo.listening import stop_listening
from tests.integration import beside

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nTEL:{}\r\nEND:VCARD\r\n"
_MULTISTATUS = (
    '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:"'
    ' xmlns:c="urn:ietf:params:xml:ns:carddav"'
    ' xmlns:s="http://calendarserver.org/ns/">{}</d:multistatus>'
)
_RESPONSE = (
    "<d:response><d:href>{}</d:href><d:propstat><d:prop>{}</d:prop>"
    "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
)
BOOK_KIND = "<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype>"

type Answers = Callable[[web.Request], Awaitable[web.StreamResponse]]


def response(href: str, told: str) -> str:
    """Return what is told of one resource."""
    return _RESPONSE.format(href, told)


def multistatus(*responses: str) -> web.Response:
    """Answer with these."""
    text = _MULTISTATUS.format("".join(responses))
    return web.Response(status=207, text=text, content_type="application/xml")


@dataclass
class OddServer:
    """One book at `/book/`: people and their numbers, unless `answer` does else."""

    people: dict[str, str] = field(default_factory=dict)
    answer: Answers | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    port: int = 0
    _runner: web.AppRunner | None = None
    _listener: asyncio.Server | None = None

    @property
    def origin(self) -> str:
        """The origin of the server."""
        return f"https://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address of the book."""
        return f"{self.origin}/book/"

    @contextmanager
    def running(self) -> Iterator[Self]:
        """Serve in a thread."""
        with beside.running(self):
            yield self

    async def start(self) -> None:
        """Listen, at the port of before if there was one."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile() as file:
            file.write(book_authority().server_certificate(["127.0.0.1"]).pem())
            file.flush()
            context.load_cert_chain(file.name)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        assert self._runner.server
        self._listener = await asyncio.get_running_loop().create_server(
            self._runner.server, "127.0.0.1", self.port, ssl=context
        )
        self.port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop, and end the connections that clients would keep for later."""
        if self._listener is None or self._runner is None:
            return
        await stop_listening(self._listener)
        await self._runner.cleanup()
        self._listener.abort_clients()
        await self._listener.wait_closed()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.method, request.path))
        self.logins.append(request.headers.get("Authorization", ""))
        if self.answer:
            return await self.answer(request)
        return await self.as_it_should(request)

    async def as_it_should(self, request: web.Request) -> web.StreamResponse:
        """Answer as a server of CardDAV does."""
        if request.method == "GET":
            text = "".join(CARD.format(*one) for one in self.people.items())
            return web.Response(text=text, content_type="text/vcard")
        version = f"<s:getctag>{hash(tuple(self.people.items()))}</s:getctag>"
        book = response("/book/", BOOK_KIND + version)
        if request.method == "PROPFIND" and request.headers["Depth"] == "0":
            return multistatus(book)
        if request.method != "REPORT":
            return multistatus(book, *self._cards().values())
        wanted = await request.text()
        cards = self._cards(with_data=True).items()
        return multistatus(*(told for path, told in cards if f">{path}<" in wanted))

    def _cards(self, *, with_data: bool = False) -> dict[str, str]:
        """Return what is told of each card, by its path."""
        cards = {}
        for at, (name, number) in enumerate(self.people.items()):
            told = f'<d:getetag>"{escape(name)}{number}"</d:getetag>'
            if with_data:
                data = escape(CARD.format(name, number))
                told += f"<c:address-data>{data}</c:address-data>"
            path = f"/book/{at}.vcf"
            cards[path] = response(path, told)
        return cards
