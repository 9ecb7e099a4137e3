"""Which cards of a book are read, and what is known of them then."""

from collections.abc import Iterable
from typing import Any

from aiohttp import web as server_web
from homeassistant.core import HomeAssistant
import pytest
from yarl import URL

from custom_components.sip_account.address_book import reading, web
from custom_components.sip_account.address_book.kept import Book, Card
from custom_components.sip_account.address_book.problems import BookError, Problem
from custom_components.sip_account.address_book.reading import async_read
from custom_components.sip_account.address_book.web import Answer, Web
from custom_components.sip_account.calls.vcard import Contact

from .odd_server import BOOK_KIND, CARD, Answers, OddServer, multistatus, response
from .support import source_of
from .test_web_edges import said

COLLECTION = "<d:resourcetype><d:collection/></d:resourcetype>"
ERIN = Contact("Erin", ("+31208005162",))


def _etag(etag: str) -> str:
    return f"<d:getetag>{etag}</d:getetag>" if etag else ""


def _given(path: str, card: str = CARD.format("Erin", "1234"), etag: str = "") -> str:
    """Return what is told of a card with its data."""
    data = f"<c:address-data>{card}</c:address-data>"
    return response(path, _etag(etag) + data)


def _serving(
    listed: Iterable[str], given: Iterable[str] = (), told: str = BOOK_KIND
) -> tuple[Answers, list[str]]:
    """Answer with a book that lists and gives these; returns what is asked for too."""
    asked: list[str] = []

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if request.method == "REPORT":
            asked.append(await request.text())
            return multistatus(*given)
        if request.headers["Depth"] == "0":
            return multistatus(response("/book/", told))
        return multistatus(*listed)

    return answer, asked


async def _read(
    hass: HomeAssistant, server: OddServer, known: Book | None = None, **changed: Any
) -> Book | None:
    source = source_of(server.url, **changed)
    async with Web(hass, source) as asking:
        return await async_read(hass, asking, source, known or Book())


async def _problem(hass: HomeAssistant, server: OddServer, **changed: Any) -> BookError:
    with pytest.raises(BookError) as caught:
        await _read(hass, server, **changed)
    return caught.value


class _Said(Web):
    """Answers with what aiohttp's own server never says."""

    def __init__(self, hass: HomeAssistant, url: str, status: int) -> None:
        super().__init__(hass, source_of(url))
        self._said = Answer(URL(url), status, "", b"")

    async def ask(self, *_asked: Any, **_more: Any) -> Answer:
        """Answer always the same."""
        return self._said


@pytest.mark.parametrize(
    ("ctag", "sync", "known", "unchanged"),
    [
        ("m", "", "m", True),
        ("m", "n", "m n", True),
        ("", "n", "n", True),
        ("m", "", "a", False),
        ("m", "", "z", False),
        ("m", "", "", False),
        ("m", "n", "m", False),
        ("", "", "", False),
        ("", "", "m", False),
    ],
)
async def test_version(
    hass: HomeAssistant,
    server: OddServer,
    ctag: str,
    sync: str,
    known: str,
    unchanged: bool,
) -> None:
    """A book is as it was when its version is the known one, which there has to be."""
    told = f"<s:getctag>{ctag}</s:getctag><d:sync-token>{sync}</d:sync-token>"
    server.answer, _ = _serving([], told=BOOK_KIND + told)
    found = await _read(hass, server, Book(token="".join(list(known))))
    assert (found is None) is unchanged
    if found:
        assert found.token == f"{ctag} {sync}".strip()


@pytest.mark.parametrize("book_first", [True, False])
async def test_more_is_told_than_asked(
    hass: HomeAssistant, server: OddServer, book_first: bool
) -> None:
    """What is told first is told of the book itself."""
    told = [
        response("/book/", f"{BOOK_KIND}<s:getctag>1</s:getctag>"),
        response(
            "/book/0.vcf", "<s:getctag>2</s:getctag><d:sync-token>3</d:sync-token>"
        ),
    ]
    depths: list[str] = []

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        depths.append(request.headers["Depth"])
        if request.headers["Depth"] != "0":
            return multistatus()
        return multistatus(*(told if book_first else reversed(told)))

    server.answer = answer
    if book_first:
        found = await _read(hass, server)
        assert found is not None
        assert (found.token, found.odd) == ("1", 0)
        assert depths == ["0", "1"]
    else:
        assert (await _problem(hass, server)).problem is Problem.NOT_FOUND
        assert depths == ["0"]


async def test_what_is_no_card(hass: HomeAssistant, server: OddServer) -> None:
    """Neither the book itself is one nor what lies below it; any other path is."""
    paths = ["/a.vcf", "/book/a.vcf", "/book/a.vcf?b=c", "/zoe/a.vcf"]
    listed = [
        response("/book/", ""),
        response("/book/more/", COLLECTION),
        response("/book/other/", BOOK_KIND),
        *(response(path, _etag("1")) for path in paths),
    ]
    server.answer, asked = _serving(listed, [_given(path) for path in paths])
    found = await _read(hass, server)
    assert found is not None
    assert [card.path for card in found.cards] == paths
    assert (found.count, found.odd, found.too_many, found.empty) == (4, 0, 0, 0)
    assert asked[0].count("<D:href>") == 4


@pytest.mark.parametrize(
    ("etag", "asked"), [("m", False), ("l", True), ("n", True), ("", True)]
)
async def test_which_cards_are_asked_for(
    hass: HomeAssistant, server: OddServer, etag: str, asked: bool
) -> None:
    """Those that are new, those whose version is another, and those without one."""
    paths = ["/book/0.vcf", "/book/1.vcf"]
    known = Book((Card(paths[0], "".join(list("m")), (ERIN,)),), "old")
    listed = [response(paths[0], _etag(etag)), response(paths[1], _etag("1"))]
    given = [_given(path) for path in paths[not asked :]]
    server.answer, told = _serving(listed, given)
    found = await _read(hass, server, known)
    assert found is not None
    assert ("/book/0.vcf" in told[0]) is asked
    assert found.cards[0].contacts[0].numbers == (
        ("1234",) if asked else ("+31208005162",)
    )


@pytest.mark.parametrize(("told", "kept"), [("", "1"), ("2", "2")])
async def test_version_of_a_card(
    hass: HomeAssistant, server: OddServer, told: str, kept: str
) -> None:
    """The version that came with the card counts, else the one that was listed."""
    server.answer, _ = _serving(
        [response("/book/0.vcf", _etag("1"))], [_given("/book/0.vcf", etag=told)]
    )
    found = await _read(hass, server)
    assert found is not None
    assert [card.etag for card in found.cards] == [kept]


async def test_what_is_given_besides(hass: HomeAssistant, server: OddServer) -> None:
    """Cards that nobody listed, of another host, or without data are passed over."""
    listed = [response(f"/book/{at}.vcf", _etag("1")) for at in range(5)]
    elsewhere = ["https://0.example/book/5.vcf", "https://z.example/book/6.vcf"]
    listed += [response(href, _etag("1")) for href in elsewhere]
    given = [
        _given("/book/9.vcf"),
        _given("http://127.0.0.1/book/0.vcf"),
        *map(_given, elsewhere),
        response("/book/2.vcf", _etag("2")),
        _given("/book/0.vcf"),
        _given("/book/1.vcf"),
    ]
    server.answer, _ = _serving(listed, given)
    found = await _read(hass, server)
    assert found is not None
    assert [card.path for card in found.cards] == ["/book/0.vcf", "/book/1.vcf"]
    # Three that were not given, and two that lie elsewhere.
    assert found.odd == 5
    assert found.token == ""


async def test_all_elsewhere(hass: HomeAssistant, server: OddServer) -> None:
    """The first host of them is the one that a person is asked about."""
    hosts = ["https://m.example", "https://a.example", "https://z.example"]
    listed = [response(f"{host}/book/0.vcf", _etag("1")) for host in hosts]
    server.answer, _ = _serving(listed)
    error = await _problem(hass, server)
    assert (error.problem, error.origin) == (Problem.OTHER_HOST, hosts[0])


async def test_cards_of_nobody(hass: HomeAssistant, server: OddServer) -> None:
    """Those without a number, or a name, are counted, and a card of two holds both."""
    paths = [f"/book/{at}.vcf" for at in range(4)]
    cards = [
        CARD.format("Erin", ""),
        CARD.format("", "1234"),
        CARD.format("Erin", "1234") + CARD.format("Frank", "2345"),
        "",
    ]
    given = [_given(path, card) for path, card in zip(paths, cards, strict=True)]
    server.answer, _ = _serving([response(path, _etag("1")) for path in paths], given)
    found = await _read(hass, server)
    assert found is not None
    assert (found.count, found.empty, found.odd) == (2, 3, 0)


@pytest.mark.parametrize(("contacts", "count"), [(50, 50), (51, 50)])
async def test_large_card(
    hass: HomeAssistant, server: OddServer, contacts: int, count: int
) -> None:
    """One resource has fifty contacts at most."""
    card = "".join(CARD.format(f"Person {at}", f"1{at:04}") for at in range(contacts))
    listed = [response("/book/0.vcf", _etag("1"))]
    server.answer, _ = _serving(listed, [_given("/book/0.vcf", card)])
    found = await _read(hass, server)
    assert found is not None
    assert found.count == count


@pytest.mark.parametrize(("people", "too_many"), [(300, 0), (301, 1)])
async def test_many_cards(
    hass: HomeAssistant,
    server: OddServer,
    monkeypatch: pytest.MonkeyPatch,
    people: int,
    too_many: int,
) -> None:
    """Of hundreds of cards as many are read as may be, fifty at a time."""
    monkeypatch.setattr(reading, "CONTACTS_AT_MOST", 300)
    server.people = {f"Person {at}": f"+3120800{at:04}" for at in range(people)}
    found = await _read(hass, server)
    assert found is not None
    assert (found.count, found.too_many, found.odd) == (300, too_many, 0)
    assert [method for method, _ in server.asked].count("REPORT") == 6


@pytest.mark.parametrize("status", [500, 200])
async def test_failing_is_not_asked_again(
    hass: HomeAssistant, server: OddServer, status: int
) -> None:
    """Only what cannot be read is asked for in halves, not what the server refuses."""
    server.people = {f"Person {at}": f"+3120800{at:04}" for at in range(10)}

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if request.method == "REPORT":
            return server_web.Response(status=status)
        return await server.as_it_should(request)

    server.answer = answer
    assert (await _problem(hass, server)).problem is Problem.FAILED
    assert [method for method, _ in server.asked].count("REPORT") == 1


async def test_all_was_spent(
    hass: HomeAssistant, server: OddServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once as much was read as is read at most, nothing more is asked for."""
    server.people = {f"Person {at}": f"+3120800{at:04}" for at in range(10)}
    monkeypatch.setattr(web, "_TOTAL_LIMIT", 10_000)

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        if request.method != "REPORT":
            return await server.as_it_should(request)
        whole = server_web.StreamResponse(status=207)
        whole.enable_chunked_encoding()
        await whole.prepare(request)
        await whole.write(b" " * 10_001)
        return whole

    server.answer = answer
    assert (await _problem(hass, server)).problem is Problem.TOO_LARGE
    assert [method for method, _ in server.asked].count("REPORT") == 1


@pytest.mark.parametrize(("depth", "whole"), [("0", False), ("1", True)])
async def test_how_much_is_told(
    hass: HomeAssistant, server: OddServer, depth: str, whole: bool
) -> None:
    """A list may be longer than what is told of one thing."""

    async def answer(request: server_web.Request) -> server_web.StreamResponse:
        well = await server.as_it_should(request)
        assert isinstance(well, server_web.Response)
        if request.headers["Depth"] == depth and request.method == "PROPFIND":
            return server_web.Response(
                status=207, text=(well.text or "") + " " * 1024 * 1024
            )
        return well

    server.answer = answer
    if whole:
        found = await _read(hass, server)
        assert found is not None
        assert found.count == 2
    else:
        assert (await _problem(hass, server)).problem is Problem.TOO_LARGE


@pytest.mark.parametrize(
    ("body", "count", "empty"),
    [
        (CARD.format("Erin", "1234"), 1, 0),
        (CARD.format("Erin", "") * 3 + CARD.format("", "1234") * 2, 0, 5),
        # Cards that begin late are cards all the same.
        ("X-ODD:1\r\n" * 8000 + CARD.format("Erin", "1234"), 1, 0),
        ("", 0, 0),
    ],
)
async def test_file(
    hass: HomeAssistant, server: OddServer, body: str, count: int, empty: int
) -> None:
    """All cards of a file are read, and those of nobody counted."""
    server.answer = said(200, body.encode())
    found = await _read(hass, server, is_file=True)
    assert found is not None
    assert (found.count, found.empty, found.odd, found.too_many) == (count, empty, 0, 0)


@pytest.mark.parametrize("status", [101, 305, 306])
@pytest.mark.parametrize("token", ["", "1"])
async def test_odd_status_of_a_file(
    hass: HomeAssistant, status: int, token: str
) -> None:
    """Whatever else a server says, it has neither given a file nor told of none."""
    url = "https://127.0.0.1:1/a.vcf"
    async with _Said(hass, url, status) as asking:
        with pytest.raises(BookError) as caught:
            await async_read(
                hass, asking, source_of(url, is_file=True), Book(token=token)
            )
    assert caught.value.problem is Problem.UNREADABLE
