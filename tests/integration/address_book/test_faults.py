"""Whatever becomes of the server, no contact is lost and no password goes astray."""

from contextlib import suppress
import logging

from aiohttp import web
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.sip_account.address_book.keeper import (
    Outcome,
    Reading,
    keeper_of,
)
from custom_components.sip_account.address_book.problems import BookError, Problem
from custom_components.sip_account.const import DOMAIN
from demo import AccountBox
from demo.address_book import PASSWORD
from tests.faults.book_table import BOOK_FAULTS, BookFault
from tests.integration.support import ALICE

from .odd_server import BOOK_KIND, Answers, OddServer, multistatus, response
from .support import CALLER, account, kept, name_of

MEGABYTES = 100
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    '<!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;">]><lolz>&lol2;</lolz>'
)
EXTERNAL = (
    '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<d:multistatus xmlns:d="DAV:">&x;</d:multistatus>'
)


async def read(hass: HomeAssistant) -> Reading:
    """Read the book now."""
    return await keeper_of(hass, "one").async_read()


def issues(hass: HomeAssistant) -> list[str]:
    """Return of what a person is told."""
    known = ir.async_get(hass).issues.values()
    return [str(one.translation_key) for one in known if one.domain == DOMAIN]


async def large(request: web.Request) -> web.StreamResponse:
    """Answer with a hundred megabytes, and count what is taken."""
    reply = web.StreamResponse(status=207)
    await reply.prepare(request)
    with suppress(ConnectionError):
        for _ in range(MEGABYTES):
            await reply.write(b" " * 1024 * 1024)
            SENT.append(1)
    return reply


SENT: list[int] = []


def text(body: str, status: int = 207) -> Answers:
    """Answer with a text."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=body)

    return answer


def elsewhere(url: str, status: int = 301) -> Answers:
    """Answer with a redirect."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": url})

    return answer


_MULTI = '<d:multistatus xmlns:d="DAV:">'
ANSWERS: dict[str, Answers] = {
    "large": large,
    "password": text("", 401),
    "forbidden": text("", 403),
    "gone": text("", 404),
    "failing": text("", 500),
    "busy": text("", 503),
    "page": text("<html><body>Log in</body></html>", 200),
    "no answer": text(""),
    "no xml": text("<d:multistatus"),
    "entities": text(BOMB),
    "a file": text(EXTERNAL),
    "deep": text(_MULTI + "<a>" * 100_000),
    "many": text(f"{_MULTI}<a>{'<b/>' * 240_000}</a></d:multistatus>"),
    "long": text(f"{_MULTI}<a {' '.join(f'a{n}=""' for n in range(80_000))}/>"),
    "another host": elsewhere("https://localhost:1/book/"),
    "another port": elsewhere("https://127.0.0.1:1/book/", 308),
    "http": elsewhere("http://127.0.0.1/book/", 302),
    "in circles": elsewhere("/book/"),
}


@pytest.mark.parametrize("fault", BOOK_FAULTS, ids=lambda fault: fault.name)
async def test_server_that_fails(
    hass: HomeAssistant,
    box: AccountBox,
    server: OddServer,
    caplog: pytest.LogCaptureFixture,
    fault: BookFault,
) -> None:
    """The contacts stay, it is told once, and again when it is over."""
    entry = await account(hass, box, kept(server.url))
    assert (await read(hass)).outcome is Outcome.READ
    server.answer = ANSWERS[fault.name]
    caplog.clear()
    SENT.clear()
    for _ in range(2):
        with pytest.raises(BookError) as caught:
            await read(hass)
        assert caught.value.problem is fault.problem
    assert len(SENT) < MEGABYTES
    assert name_of(entry) == "Erin"
    assert issues(hass) == ([fault.repair] if fault.repair else [])
    warned = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(warned) == 1
    assert PASSWORD not in caplog.text
    assert "127.0.0.1" not in warned[0].getMessage()
    await hass.config_entries.async_reload(entry.entry_id)
    assert name_of(entry) == "Erin"

    server.answer = None
    assert (await read(hass)).outcome is Outcome.UNCHANGED
    assert issues(hass) == []
    assert "is read again" in caplog.text


async def test_server_that_is_down(
    hass: HomeAssistant, box: AccountBox, unused_tcp_port: int
) -> None:
    """Nothing answers at all, and later something does."""
    server = OddServer({"Erin": CALLER}, port=unused_tcp_port)
    with server.running():
        entry = await account(hass, box, kept(server.url))
        await read(hass)
    with pytest.raises(BookError) as caught:
        await read(hass)
    assert caught.value.problem is Problem.UNREACHABLE
    assert name_of(entry) == "Erin"
    with server.running():
        assert (await read(hass)).outcome is Outcome.UNCHANGED


async def test_password_goes_nowhere_else(
    hass: HomeAssistant, box: AccountBox, server: OddServer, other_server: OddServer
) -> None:
    """Neither by a redirect, nor for an address inside an answer."""
    await account(hass, box, kept(server.url))
    server.answer = elsewhere(other_server.url)
    with pytest.raises(BookError) as caught:
        await read(hass)
    assert caught.value.origin == other_server.origin
    assert other_server.asked == []
    assert all(server.logins)


@pytest.mark.parametrize("people", [{}, {"Erin": CALLER}])
async def test_small_book(
    hass: HomeAssistant, box: AccountBox, server: OddServer, people: dict[str, str]
) -> None:
    """An empty or halved book is believed at its second reading only."""
    entry = await account(hass, box, kept(server.url))
    await read(hass)
    before = server.people
    server.people = people
    assert (await read(hass)).outcome is Outcome.DOUBTED
    assert name_of(entry, "+31208005163") == "Frank"
    server.people = before
    assert (await read(hass)).outcome is Outcome.UNCHANGED
    server.people = people
    assert (await read(hass)).outcome is Outcome.DOUBTED
    assert name_of(entry, "+31208005163") == "Frank"
    await hass.config_entries.async_reload(entry.entry_id)
    assert (await read(hass)).outcome is Outcome.READ
    assert name_of(entry, "+31208005163") is None
    assert name_of(entry) == ("Erin" if people else None)


async def test_card_that_is_not_given(
    hass: HomeAssistant, box: AccountBox, server: OddServer
) -> None:
    """A card that is listed and not given costs itself, and is asked for again."""

    async def without_erin(request: web.Request) -> web.StreamResponse:
        if request.method != "REPORT":
            return await server.as_it_should(request)
        whole = await server.as_it_should(request)
        assert isinstance(whole, web.Response)
        assert whole.text
        return web.Response(status=207, text=whole.text.replace("/0.vcf", "/x.vcf"))

    entry = await account(hass, box, kept(server.url))
    server.answer = without_erin
    assert (await read(hass)).book.odd == 1
    assert (name_of(entry), name_of(entry, "+31208005163")) == (None, "Frank")
    server.answer = None
    assert (await read(hass)).outcome is Outcome.READ
    assert name_of(entry) == "Erin"


@pytest.mark.parametrize(
    ("odd", "lost"),
    [
        ("\v", 0),
        ("&#11;", 1),
        ("\ufffe", 1),
        ("&nbsp;", 1),
        ("x" * 17 * 1024 * 1024, 1),
    ],
    ids=["raw", "reference", "no character", "entity", "large"],
)
async def test_odd_card(
    hass: HomeAssistant, box: AccountBox, server: OddServer, odd: str, lost: int
) -> None:
    """A card that makes the whole answer unreadable costs itself alone."""

    async def spoilt(request: web.Request) -> web.StreamResponse:
        whole = await server.as_it_should(request)
        assert isinstance(whole, web.Response)
        if request.method != "REPORT":
            return whole
        return web.Response(status=207, text=(whole.text or "").replace("Odd", odd))

    server.people |= {f"Person {at}": f"+3120800{at:04}" for at in range(70)}
    server.people["Odd"] = "+31208005199"
    server.answer = spoilt
    entry = await account(hass, box, kept(server.url))
    book = (await read(hass)).book
    assert (book.count, book.odd) == (72, lost)
    assert name_of(entry) == "Erin"


async def test_collection_that_is_no_book(
    hass: HomeAssistant, box: AccountBox, server: OddServer
) -> None:
    """Another collection has taken its place, such as a calendar."""

    async def calendar(_request: web.Request) -> web.StreamResponse:
        kind = BOOK_KIND.replace("c:addressbook", "c:calendar")
        return multistatus(response("/book/", kind))

    entry = await account(hass, box, kept(server.url))
    await read(hass)
    server.answer = calendar
    with pytest.raises(BookError) as caught:
        await read(hass)
    assert caught.value.problem is Problem.NOT_FOUND
    assert name_of(entry) == "Erin"


async def test_file(hass: HomeAssistant, box: AccountBox, server: OddServer) -> None:
    """A file with a version is asked for once; a page in its place is no book."""
    version = '"1"'

    async def file(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == version:
            return web.Response(status=304)
        answer = await server.as_it_should(request)
        answer.headers["ETag"] = version
        return answer

    server.answer = file
    entry = await account(hass, box, kept(f"{server.origin}/a.vcf", is_file=True))
    assert (await read(hass)).outcome is Outcome.READ
    assert (await read(hass)).outcome is Outcome.UNCHANGED
    version = '"2"'
    server.people["Grace"] = "+31208005177"
    assert (await read(hass)).outcome is Outcome.READ
    assert name_of(entry, "+31208005177") == "Grace"
    server.answer = text("", 200)
    assert (await read(hass)).outcome is Outcome.DOUBTED
    server.answer = text("<html>Log in</html>", 200)
    with pytest.raises(BookError) as caught:
        await read(hass)
    assert caught.value.problem is Problem.UNREADABLE
    assert name_of(entry) == "Erin"
    assert entry.title == ALICE
