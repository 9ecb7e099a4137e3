"""How an address book is looked for: what is asked, how often, and what is told."""

from collections.abc import Mapping

from aiohttp import web as server_web
from homeassistant.core import HomeAssistant
import pytest
from yarl import URL

from custom_components.sip_account.address_book.discovery import Found, async_discover
from custom_components.sip_account.address_book.problems import BookError, Problem
from custom_components.sip_account.address_book.web import Web

from .odd_server import BOOK_KIND, CARD, Answers, OddServer, multistatus, response
from .support import source_of

WELL_KNOWN = "/.well-known/carddav"
CARDS = CARD.format("Erin", "1234")


def _person(href: str) -> str:
    return (
        f"<d:current-user-principal><d:href>{href}</d:href></d:current-user-principal>"
    )


def _home(href: str) -> str:
    return f"<c:addressbook-home-set><d:href>{href}</d:href></c:addressbook-home-set>"


def _telling(
    told: Mapping[str, list[str] | int | None], body: str | None = None
) -> Answers:
    """Answer at each path with responses, or a status, or what is no XML."""

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if request.method == "GET":
            return server_web.Response(status=404 if body is None else 200, text=body)
        found = told.get(request.path, 404)
        if found is None:
            return server_web.Response(status=207, text="<html>")
        if isinstance(found, int):
            return server_web.Response(status=found)
        return multistatus(*(response("/x", one) for one in found))

    return answer


async def _discover(hass: HomeAssistant, server: OddServer, path: str) -> list[Found]:
    async with Web(hass, source_of(server.url)) as web:
        return await async_discover(hass, web, URL(server.origin + path))


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        (404, 404, Problem.NOT_FOUND),
        (None, 404, Problem.UNREADABLE),
        (404, None, Problem.NOT_FOUND),
        ([], None, Problem.UNREADABLE),
        ([], [], Problem.NOT_FOUND),
    ],
)
async def test_first_problem(
    hass: HomeAssistant,
    server: OddServer,
    first: list[str] | int | None,
    second: list[str] | int | None,
    problem: Problem,
) -> None:
    """Of two places without a book the first one's problem is told, if it has one."""
    server.answer = _telling({"/a/": first, WELL_KNOWN: second})
    with pytest.raises(BookError) as caught:
        await _discover(hass, server, "/a/")
    assert caught.value.problem is problem
    assert server.asked == [
        ("PROPFIND", "/a/"),
        ("PROPFIND", WELL_KNOWN),
        ("GET", "/a/"),
    ]


@pytest.mark.parametrize("status", [401, 500, 503])
async def test_failing_is_not_passed_over(
    hass: HomeAssistant, server: OddServer, status: int
) -> None:
    """A server that refuses, or cannot, is asked nothing more."""
    server.answer = _telling({"/a/": status, WELL_KNOWN: [BOOK_KIND]})
    with pytest.raises(BookError):
        await _discover(hass, server, "/a/")
    assert server.asked == [("PROPFIND", "/a/")]


@pytest.mark.parametrize("told", [[], [_person("/a/")]])
async def test_nobody_is_there(
    hass: HomeAssistant, server: OddServer, told: list[str]
) -> None:
    """Where nothing is told, or one is one's own person, it is asked once."""
    server.answer = _telling({"/a/": told, WELL_KNOWN: [BOOK_KIND]})
    (found,) = await _discover(hass, server, "/a/")
    assert found.url.path == WELL_KNOWN
    assert server.asked == [("PROPFIND", "/a/"), ("PROPFIND", WELL_KNOWN)]


async def test_well_known_is_asked_once(hass: HomeAssistant, server: OddServer) -> None:
    """Whoever types that address means that address."""
    server.answer = _telling({})
    with pytest.raises(BookError):
        await _discover(hass, server, WELL_KNOWN)
    assert server.asked == [("PROPFIND", WELL_KNOWN), ("GET", WELL_KNOWN)]


@pytest.mark.parametrize("there", ["/a/", "/z/"])
async def test_what_is_told_first(
    hass: HomeAssistant, server: OddServer, there: str
) -> None:
    """The first of what is told is of the address; its person may be anywhere."""
    told = [_person(there), _person("/nowhere/")]
    server.answer = _telling({"/m/": told, there: [BOOK_KIND, _home("/nowhere/")]})
    (found,) = await _discover(hass, server, "/m/")
    assert found == Found(URL(server.origin + there), "")


async def test_names_of_books(hass: HomeAssistant, server: OddServer) -> None:
    """A book is called as it calls itself, in 100 characters, or by its address."""
    named = "<d:displayname>{}</d:displayname>"

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if request.path != "/books/":
            return multistatus(response("/", _home("/books/")))
        return multistatus(
            response("/books/", "<d:resourcetype><d:collection/></d:resourcetype>"),
            response("/books/a", BOOK_KIND + named.format("x" * 101)),
            response("/books/b", BOOK_KIND + named.format(" ")),
            response("/books/c/", BOOK_KIND),
            response("/books/d.vcf", ""),
        )

    server.answer = answer
    found = await _discover(hass, server, "/")
    assert [one.name for one in found] == ["x" * 100, "b", f"{server.origin}/books/c/"]
    assert [one.is_file for one in found] == [False] * 3


@pytest.mark.parametrize(
    ("body", "is_file"), [(CARDS, True), ("", False), ("<html>Welcome</html>", False)]
)
@pytest.mark.parametrize("path", ["/a/b.vcf", "/a/?export", "/a/b"])
async def test_what_is_a_file(
    hass: HomeAssistant, server: OddServer, path: str, body: str, is_file: bool
) -> None:
    """Where cards lie a file is found; an empty answer or a page is none."""
    server.answer = _telling({}, body)
    url = URL(server.origin + path)
    if is_file:
        assert await _discover(hass, server, path) == [
            Found(url, url.name, is_file=True)
        ]
    else:
        with pytest.raises(BookError) as caught:
            await _discover(hass, server, path)
        assert caught.value.problem is Problem.NOT_FOUND
    # Asked for once, first where it looks like a file and last where it does not.
    methods = [method for method, _ in server.asked]
    assert methods.count("GET") == 1
    assert methods[-1 if path == "/a/b" else 0] == "GET"
