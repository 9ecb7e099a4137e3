"""What is read of a book, to the very card; and what lies at an address."""

from collections.abc import Callable
from typing import Any

from aiohttp import web as server_web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from yarl import URL

from custom_components.sip_account.address_book import discovery, reading
from custom_components.sip_account.address_book.discovery import Found, async_discover
from custom_components.sip_account.address_book.kept import Book
from custom_components.sip_account.address_book.problems import BookError, Problem
from custom_components.sip_account.address_book.reading import async_read, is_vcards
from custom_components.sip_account.address_book.web import Web
from demo import AccountBox

from .odd_server import BOOK_KIND, Answers, OddServer, multistatus, response
from .support import account, kept, source_of
from .test_web_edges import said


async def _read(
    hass: HomeAssistant, server: OddServer, known: Book | None = None, **changed: Any
) -> Book | None:
    source = source_of(server.url, **changed)
    async with Web(hass, source) as web:
        return await async_read(hass, web, source, known or Book())


async def _discover(hass: HomeAssistant, server: OddServer, path: str) -> list[Found]:
    async with Web(hass, source_of(server.url)) as web:
        return await async_discover(hass, web, URL(server.origin + path))


def _leading_to(book: str) -> Answers:
    """Answer at `/0/` that its person is at `/1/`, and so on as far as a book."""
    who = "<d:current-user-principal><d:href>/{}/</d:href></d:current-user-principal>"

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        at = request.path.strip("/")
        if request.method != "PROPFIND" or not at.isdecimal():
            return server_web.Response(status=404)
        told = BOOK_KIND if request.path == book else who.format(int(at) + 1)
        return multistatus(response(request.path, told))

    return answer


@pytest.mark.parametrize("odd", [0, 1, 20, 21])
async def test_odd_cards(hass: HomeAssistant, server: OddServer, odd: int) -> None:
    """A book is read without twenty cards that are odd, and not without more."""
    server.people = {f"Person {at}": f"+3120800{at:04}" for at in range(60)}
    broken = {f"/book/{at}.vcf" for at in range(odd)}

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if request.method == "REPORT":
            wanted = await request.text()
            if any(f"<D:href>{path}</D:href>" in wanted for path in broken):
                return server_web.Response(status=207, text="<d:multistatus")
        return await server.as_it_should(request)

    server.answer = answer
    if odd > 20:
        with pytest.raises(BookError) as caught:
            await _read(hass, server)
        assert caught.value.problem is Problem.UNREADABLE
    else:
        book = await _read(hass, server)
        assert book is not None
        assert (book.count, book.odd) == (60 - odd, odd)
        # It is asked for again where one is missing.
        assert bool(book.token) is (not odd)


@pytest.mark.parametrize(
    ("people", "count", "too_many"), [(2, 2, 0), (3, 3, 0), (4, 3, 1), (5, 3, 2)]
)
async def test_more_than_fit(
    hass: HomeAssistant,
    server: OddServer,
    monkeypatch: pytest.MonkeyPatch,
    people: int,
    count: int,
    too_many: int,
) -> None:
    """As many cards are read as may be, and the others counted."""
    monkeypatch.setattr(reading, "CONTACTS_AT_MOST", 3)
    server.people = {f"Person {at}": f"+3120800{at:04}" for at in range(people)}
    book = await _read(hass, server)
    assert book is not None
    assert (book.count, book.too_many, book.odd) == (count, too_many, 0)


@pytest.mark.parametrize("status", [200, 206, 208])
@pytest.mark.parametrize(
    ("method", "depth", "problem"),
    [
        ("PROPFIND", "0", Problem.NOT_FOUND),
        ("PROPFIND", "1", Problem.NOT_FOUND),
        ("REPORT", "1", Problem.FAILED),
    ],
)
async def test_no_multistatus(
    hass: HomeAssistant,
    server: OddServer,
    method: str,
    depth: str,
    problem: Problem,
    status: int,
) -> None:
    """What answers well and with something else is no address book."""

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        well = await server.as_it_should(request)
        if (request.method, request.headers["Depth"]) == (method, depth):
            well.set_status(status)
        return well

    server.answer = answer
    with pytest.raises(BookError) as caught:
        await _read(hass, server)
    assert caught.value.problem is problem


@pytest.mark.parametrize("status", [202, 206])
async def test_file_that_is_partial(
    hass: HomeAssistant, server: OddServer, status: int
) -> None:
    """Of a file only the whole is read, and offered."""

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        well = await server.as_it_should(request)
        well.set_status(status)
        return well

    server.answer = answer
    with pytest.raises(BookError) as caught:
        await _read(hass, server, is_file=True)
    assert caught.value.problem is Problem.UNREADABLE
    with pytest.raises(BookError) as caught:
        await _discover(hass, server, "/book.vcf")
    assert caught.value.problem is Problem.NOT_FOUND


async def test_not_modified_of_nothing(hass: HomeAssistant, server: OddServer) -> None:
    """A server that says so to who knows nothing has told nothing."""
    server.answer = said(304)
    with pytest.raises(BookError) as caught:
        await _read(hass, server, is_file=True)
    assert caught.value.problem is Problem.UNREADABLE
    assert await _read(hass, server, Book(token='"1"'), is_file=True) is None


@pytest.mark.parametrize(
    ("body", "is_file"),
    [
        (b"", True),
        (b" \r\n", True),
        (b"begin:vcard", True),
        (b"\xef\xbb\xbfBEGIN:VCARD", True),
        (b" " * (64 * 1024 - 11) + b"BEGIN:VCARD", True),
        (b"." * (64 * 1024 - 10) + b"BEGIN:VCARD", False),
        (b"<html>", False),
    ],
)
def test_what_a_file_begins_with(body: bytes, is_file: bool) -> None:
    """Cards are told by their first words, or there are none."""
    assert is_vcards(body) is is_file


@pytest.mark.parametrize("path", ["/a/b.vcf", "/a/b.VCARD", "/a/?export", "/a/b"])
@pytest.mark.parametrize(
    ("status", "problem"),
    [(404, Problem.NOT_FOUND), (500, Problem.FAILED), (401, Problem.REFUSED)],
)
async def test_file_that_is_not_given(
    hass: HomeAssistant, server: OddServer, path: str, status: int, problem: Problem
) -> None:
    """Only what is not there is looked for elsewhere; what fails is told as failing."""

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        gone = 404 if request.method == "PROPFIND" else status
        return server_web.Response(status=gone)

    server.answer = answer
    with pytest.raises(BookError) as caught:
        await _discover(hass, server, path)
    assert caught.value.problem is problem
    first = "GET" if path != "/a/b" else "PROPFIND"
    assert server.asked[0][0] == first
    looked_on = problem is Problem.NOT_FOUND or first == "PROPFIND"
    assert (("PROPFIND", "/.well-known/carddav") in server.asked) is looked_on


async def test_book_under_the_name_of_a_file(
    hass: HomeAssistant, server: OddServer
) -> None:
    """Where no file is found under such an address, a book may be."""

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if request.method == "GET":
            return server_web.Response(status=404)
        return await server.as_it_should(request)

    server.answer = answer
    url = URL(f"{server.origin}/book/?for=erin")
    assert await _discover(hass, server, "/book/?for=erin") == [Found(url, "")]


@pytest.mark.parametrize("path", ["/0/", "/2/"])
async def test_ways_to_a_book(
    hass: HomeAssistant, server: OddServer, path: str
) -> None:
    """The address tells of a person, and the person of a book."""
    server.answer = _leading_to(path)
    found = await _discover(hass, server, "/0/")
    assert [one.url for one in found] == [URL(server.origin + path)]


async def test_too_long_a_way(hass: HomeAssistant, server: OddServer) -> None:
    """Whoever leads on and on is not followed for ever."""
    server.answer = _leading_to("/3/")
    with pytest.raises(BookError) as caught:
        await _discover(hass, server, "/0/")
    assert caught.value.problem is Problem.NOT_FOUND
    assert ("PROPFIND", "/3/") not in server.asked


@pytest.mark.parametrize("books", [1, 2, 3])
async def test_many_books(
    hass: HomeAssistant,
    server: OddServer,
    monkeypatch: pytest.MonkeyPatch,
    books: int,
) -> None:
    """Of a person's home the first are told, each with its name or its address."""
    monkeypatch.setattr(discovery, "_BOOKS_AT_MOST", 2)
    home = "<c:addressbook-home-set><d:href>/books/</d:href></c:addressbook-home-set>"
    depths: list[str] = []

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if request.path != "/books/":
            return multistatus(response(request.path, home))
        depths.append(request.headers["Depth"])
        name = "<d:displayname> Friends </d:displayname>"
        return multistatus(
            response("/books/", "<d:resourcetype><d:collection/></d:resourcetype>"),
            response("/books/a", BOOK_KIND + name),
            *(response(f"/books/{at}", BOOK_KIND) for at in range(books - 1)),
        )

    server.answer = answer
    told = await _discover(hass, server, "/")
    assert [one.name for one in told] == ["Friends", "0"][:books]
    assert [one.url.path for one in told] == ["/books/a", "/books/0"][:books]
    assert depths == ["1"]


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("2026-11-19T12:00:30+00:00", True),
        ("2026-11-19T12:00:31+00:00", False),
        ("2026-11-20T12:00:30+00:00", False),
        ("2026-11-20T12:00:31+00:00", True),
        ("rubbish", True),
    ],
)
async def test_time_of_the_last_reading(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    box: AccountBox,
    server: OddServer,
    freezer: FrozenDateTimeFactory,
    later: Callable[..., Any],
    stored: str,
    read: bool,
) -> None:
    """It is read when the last time is a day ago, or yet to come, or not known."""
    freezer.move_to("2026-11-20T12:00:00+00:00")
    hass_storage["sip_account.address_book.one"] = {
        "version": 1,
        "minor_version": 1,
        "key": "sip_account.address_book.one",
        "data": Book().as_stored() | {"read_at": stored, "doubted": None},
    }
    await account(hass, box, kept(server.url))
    await later(seconds=30)
    assert bool(server.asked) is read
