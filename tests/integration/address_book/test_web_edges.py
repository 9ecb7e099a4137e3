"""One exchange with a server of address books: every status, and sizes to the octet."""

from collections.abc import AsyncIterator
from http import HTTPStatus

from aiohttp import web as server_web
from homeassistant.core import HomeAssistant
import pytest
from yarl import URL

from custom_components.sip_account.address_book import web
from custom_components.sip_account.address_book.problems import BookError, Problem
from custom_components.sip_account.address_book.source import read_address, safe_url

from .odd_server import Answers, OddServer
from .support import source_of

REDIRECTS = {301, 302, 303, 307, 308}
REFUSED = {401, 403, 407}
GONE = {404, 405, 410, 501}
# What aiohttp's server does not answer with, and what has no body.
ODD = {status for status in HTTPStatus if status < HTTPStatus.OK} | {204, 304}


@pytest.fixture
async def asking(hass: HomeAssistant, server: OddServer) -> AsyncIterator[web.Web]:
    """Give who asks the server."""
    async with web.Web(hass, source_of(server.url)) as asking:
        yield asking


def said(status: int, body: bytes = b"", *, chunked: bool = False) -> Answers:
    """Answer with a status and a body."""

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if not chunked:
            return server_web.Response(status=status, body=body)
        response = server_web.StreamResponse(status=status)
        response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(body)
        return response

    return answer


async def problem_of(asking: web.Web, server: OddServer, limit: int = 10) -> Problem:
    """Return what is wrong with what the server answers."""
    with pytest.raises(BookError) as caught:
        await asking.ask("GET", URL(server.url), limit=limit)
    return caught.value.problem


async def test_every_status(asking: web.Web, server: OddServer) -> None:
    """What is told is read; of what is not, also a large body is left alone."""
    for status in sorted({int(one) for one in HTTPStatus} - ODD - REDIRECTS):
        server.answer = said(status, b"x" * (10 if status < 400 else 11))
        if status < 400:
            answer = await asking.ask("GET", URL(server.url), limit=10)
            assert (answer.status, answer.body) == (status, b"x" * 10)
        else:
            assert await problem_of(asking, server) is (
                Problem.REFUSED
                if status in REFUSED
                else Problem.NOT_FOUND
                if status in GONE
                else Problem.FAILED
            ), status


@pytest.mark.parametrize("chunked", [False, True])
async def test_size(asking: web.Web, server: OddServer, chunked: bool) -> None:
    """An answer of the very limit is read, one octet more is too much."""
    server.answer = said(200, b"x" * 1000, chunked=chunked)
    answer = await asking.ask("GET", URL(server.url), limit=1000)
    assert answer.body == b"x" * 1000
    assert await problem_of(asking, server, limit=999) is Problem.TOO_LARGE


@pytest.mark.parametrize("chunked", [False, True])
async def test_all_together(
    hass: HomeAssistant,
    server: OddServer,
    monkeypatch: pytest.MonkeyPatch,
    chunked: bool,
) -> None:
    """The limit of all answers is spent by the very last octet, and no sooner."""
    monkeypatch.setattr(web, "_TOTAL_LIMIT", 21)
    async with web.Web(hass, source_of(server.url)) as asking:
        server.answer = said(200, b"x" * 10, chunked=chunked)
        for _ in range(2):
            await asking.ask("GET", URL(server.url))
            assert not asking.is_spent
        assert await problem_of(asking, server) is Problem.TOO_LARGE
        server.answer = said(200, b"x")
        if not chunked:
            assert not asking.is_spent
            assert (await asking.ask("GET", URL(server.url))).body == b"x"
        assert asking.is_spent
        assert await problem_of(asking, server) is Problem.TOO_LARGE


@pytest.mark.parametrize("chunked", [False, True])
async def test_nothing_at_all(
    hass: HomeAssistant,
    server: OddServer,
    monkeypatch: pytest.MonkeyPatch,
    chunked: bool,
) -> None:
    """An empty answer is read, but not once more was told than is read at most."""
    monkeypatch.setattr(web, "_TOTAL_LIMIT", 9)
    async with web.Web(hass, source_of(server.url)) as asking:
        server.answer = said(200, chunked=chunked)
        assert (await asking.ask("GET", URL(server.url), limit=0)).body == b""
        server.answer = said(200, b"x" * 10, chunked=True)
        assert await problem_of(asking, server) is Problem.TOO_LARGE
        server.answer = said(200, chunked=chunked)
        assert await problem_of(asking, server) is Problem.TOO_LARGE


@pytest.mark.parametrize("status", sorted(REDIRECTS))
@pytest.mark.parametrize(("steps", "whole"), [(1, True), (5, True), (6, False)])
async def test_sent_on(
    asking: web.Web, server: OddServer, status: int, steps: int, whole: bool
) -> None:
    """Each kind of redirect is followed, five times; the answer tells where it is."""

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        at = int(request.query.get("at", 0))
        if at == steps:
            return server_web.Response(body=b"there", headers={"ETag": '"7"'})
        there = f"/book/?at={at + 1}"
        return server_web.Response(status=status, headers={"Location": there})

    server.answer = answer
    if whole:
        found = await asking.ask("GET", URL(server.url))
        assert found.url == URL(f"{server.url}?at={steps}")
        assert (found.body, found.etag) == (b"there", '"7"')
    else:
        assert await problem_of(asking, server) is Problem.UNREADABLE
    assert len(server.asked) == min(steps, 5) + 1
    assert all(server.logins)


@pytest.mark.parametrize(
    ("login", "sent"),
    [
        ({"username": "", "password": ""}, ""),
        ({"username": "erin", "password": ""}, "Basic ZXJpbjo="),
        ({"username": "", "password": "x"}, "Basic Ong="),
        ({"username": "erin", "password": "x"}, "Basic ZXJpbjp4"),
    ],
)
async def test_login(
    hass: HomeAssistant, server: OddServer, login: dict[str, str], sent: str
) -> None:
    """Who typed neither name nor password sends none; either of both is enough."""
    async with web.Web(hass, source_of(server.url, **login)) as asking:
        await asking.ask("GET", URL(server.url))
    assert server.logins == [sent]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("book.example", None),
        ("  https://book.example:8443/a/?b=c#d ", None),
        ("https://book.example/" + "a" * 1979, None),
        ("https://book.example/" + "a" * 1980, Problem.UNREADABLE),
        ("http://book.example/", Problem.NOT_HTTPS),
        ("ftp://book.example/", Problem.NOT_HTTPS),
        ("wss://book.example/", Problem.NOT_HTTPS),
        ("https://book.example:0/", Problem.UNREADABLE),
        ("https://erin@book.example/", Problem.UNREADABLE),
        ("https://erin:x@book.example/", Problem.UNREADABLE),
        ("https://:x@book.example/", Problem.UNREADABLE),
        ("https:///a", Problem.UNREADABLE),
        ("https://[1/", Problem.UNREADABLE),
    ],
)
def test_addresses(typed: str, problem: Problem | None) -> None:
    """What is read is an https address that carries no login."""
    if problem is None:
        url = read_address(typed)
        assert (url.scheme, url.host, url.fragment) == ("https", "book.example", "")
    else:
        with pytest.raises(BookError) as caught:
            read_address(typed)
        assert caught.value.problem is problem


@pytest.mark.parametrize(
    ("href", "there"),
    [
        ("b.vcf", "https://book.example/a/b.vcf"),
        (" /b.vcf ", "https://book.example/b.vcf"),
        ("//other.example/b", "https://other.example/b"),
        ("#c", "https://book.example/a/"),
    ],
)
def test_hrefs(href: str, there: str) -> None:
    """An address in an answer is meant from where the answer came."""
    assert safe_url(URL("https://book.example/a/"), href) == URL(there)
