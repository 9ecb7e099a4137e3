"""What a person has given of an address book, and what is kept of it."""

import asyncio
from dataclasses import replace
from typing import Any

from aiohttp import web as server_web
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.sip_account.address_book.discovery import Found
from custom_components.sip_account.address_book.draft import (
    CHOOSE,
    DONE,
    BookDraft,
    async_leave,
    use_source,
)
from custom_components.sip_account.address_book.keeper import entries_with
from custom_components.sip_account.address_book.kept import Book, Card
from custom_components.sip_account.address_book.problems import BookError, Problem
from custom_components.sip_account.address_book.source import Source
from custom_components.sip_account.address_book.telling import Telling
from custom_components.sip_account.calls.vcard import Contact
from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.sip_settings import Trust
from demo import AccountBox

from .odd_server import OddServer
from .support import account, kept, source_of

BOOK = "https://m.example/book/"
ERIN = Contact("Erin", ("1234",))


def _other(text: str) -> str:
    """Return the same text as another object, as it comes from a form or a file."""
    return "".join(list(text))


def _entry(book: dict[str, Any] | None = None, **data: Any) -> MockConfigEntry:
    more = {} if book is None else {"address_book": book}
    return MockConfigEntry(domain=DOMAIN, data=data | more)


def _source(**changed: Any) -> Source:
    return Source(book_id="one", url=URL(BOOK), **changed)


@pytest.mark.parametrize(
    ("url", "username", "same"),
    [
        (BOOK, "m", True),
        ("m.example", "m", True),
        ("https://M.example:443/other/", "m", True),
        ("https://m.example:8443/book/", "m", False),
        ("https://a.example/book/", "m", False),
        ("https://z.example/book/", "m", False),
        (BOOK, "a", False),
        (BOOK, "z", False),
        (BOOK, "", False),
    ],
)
@pytest.mark.parametrize("typed", ["", "new"])
async def test_typed_again(
    hass: HomeAssistant, url: str, username: str, same: bool, typed: str
) -> None:
    """Password and hosts stay for the same user at the same host, and for no other."""
    more = "https://more.example"
    origins = ["https://m.example", more]
    entry = _entry(kept(BOOK, username="m", password="old", origins=origins))
    told = {"url": url, "username": _other(username), "password": typed}
    source = BookDraft.typed(hass, entry, told).source
    assert source.password == (typed or ("old" if same else ""))
    assert (more in source.origins) is same
    assert len(source.origins) == 1 + same
    # It is the same book, at a server that is recognized as before.
    assert (source.book_id, source.username) == ("one", username)
    assert "127.0.0.1" in source.trusts
    assert not source.is_file


async def test_typed_at_first(hass: HomeAssistant) -> None:
    """A new book has a name of its own, and what was said of hosts stays said."""
    draft = BookDraft.typed(hass, _entry(), {"url": BOOK})
    again = BookDraft.typed(hass, _entry(), {"url": BOOK})
    assert draft.source.book_id != again.source.book_id
    assert draft.source.origins == {"https://m.example"}
    assert (draft.source.username, draft.source.password) == ("", "")
    assert draft.source.trusts == {}
    assert not draft.is_known
    assert not draft.is_chosen
    draft.doubted = "https://m.example:8443"
    draft.trust(Trust(pinned="ab"))
    again = BookDraft.typed(hass, _entry(), {"url": BOOK}, draft)
    assert again.source.trusts == {"m.example": Trust(pinned="ab")}


async def test_what_is_used_already(hass: HomeAssistant) -> None:
    """An account that uses a book begins with that, another one with nothing."""
    draft = BookDraft.known(hass, _entry(kept(BOOK)))
    assert draft is not None
    assert draft.is_known
    assert draft.source == source_of(BOOK)
    assert BookDraft.known(hass, _entry()) is None


async def test_host_in_doubt(hass: HomeAssistant) -> None:
    """It is shown with its port, confirmed however often, and recognized by name."""
    draft = BookDraft(hass, _source(origins=frozenset({"https://m.example"})))
    assert draft.host == ""
    draft.doubted = "https://n.example:8443"
    assert draft.host == "n.example:8443"
    for _ in range(2):
        draft.confirm()
        assert draft.source.origins == {"https://m.example", draft.doubted}
    for pinned in ("ab", "cd"):
        draft.trust(Trust(pinned=pinned))
        assert draft.source.trusts == {"n.example": Trust(pinned=pinned)}


@pytest.mark.parametrize("at", range(3))
async def test_chosen(hass: HomeAssistant, at: int) -> None:
    """Of those that were found it is the one that a person has chosen."""
    found = [
        Found(URL(f"https://m.example/{name}"), name, is_file=name == "n")
        for name in ("m", "n", "l")
    ]
    draft = BookDraft(hass, _source(), found)
    draft.choose(_other(str(found[at].url)))
    assert draft.source.url == found[at].url
    assert draft.source.is_file is found[at].is_file
    assert draft.is_chosen


async def test_tried(hass: HomeAssistant, server: OddServer) -> None:
    """What was found is not looked for again: it is chosen from, and read."""
    found = [Found(URL(server.url + name), name) for name in ("a", "b")]
    draft = BookDraft(hass, source_of(server.url), found)
    assert await draft.async_try() == CHOOSE
    assert server.asked == []
    draft = BookDraft(hass, source_of(server.url), [Found(URL(server.url), "a")])
    assert await draft.async_try() == DONE
    assert draft.book.count == 2
    assert [method for method, _ in server.asked] == ["PROPFIND", "PROPFIND", "REPORT"]
    server.people.clear()
    assert await draft.async_try() == "no_contacts"


@pytest.mark.parametrize(
    ("status", "problem"),
    [(401, Problem.REFUSED), (500, Problem.FAILED), (410, Problem.NOT_FOUND)],
)
async def test_what_is_wrong(
    hass: HomeAssistant,
    box: AccountBox,
    server: OddServer,
    status: int,
    problem: Problem,
) -> None:
    """A person is told the problem of the book that is used, too."""

    async def answer(_request: server_web.Request) -> server_web.StreamResponse:
        return server_web.Response(status=status)

    entry = await account(hass, box, kept(server.url))
    server.answer = answer
    draft = BookDraft.known(hass, entry)
    assert draft is not None
    assert await draft.async_try() == problem
    assert draft.doubted == ""


async def test_stopped(hass: HomeAssistant, box: AccountBox, server: OddServer) -> None:
    """Who reads a book that nobody uses any more is told that it failed."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def wait(_request: server_web.Request) -> server_web.StreamResponse:
        loop.call_soon_threadsafe(asked.set)
        await asyncio.get_running_loop().create_future()
        return server_web.Response()

    server.answer = wait
    entry = await account(hass, box, kept(server.url))
    draft = BookDraft.known(hass, entry)
    assert draft is not None
    trying = hass.async_create_task(draft.async_try())
    await asked.wait()
    await hass.config_entries.async_unload(entry.entry_id)
    assert await trying == Problem.FAILED


@pytest.mark.parametrize("book", [None, {"book_id": "new"}])
async def test_only_the_book_is_written(
    hass: HomeAssistant, book: dict[str, Any] | None
) -> None:
    """Everything else that an entry keeps stays as it is."""
    others = {"a": 1, "address_boo": 2, "address_books": 3, "z": 4}
    entry = MockConfigEntry(
        domain=DOMAIN, data={**others, _other("address_book"): {"book_id": "old"}}
    )
    entry.add_to_hass(hass)
    use_source(hass, entry, book)
    assert entry.data == others | ({} if book is None else {"address_book": book})


async def test_nothing_to_leave(hass: HomeAssistant) -> None:
    """An account without a book stays as it is."""
    entry = _entry(url="https://m.example")
    entry.add_to_hass(hass)
    await async_leave(hass, entry)
    assert entry.data == {"url": "https://m.example"}


async def test_who_uses_a_book(hass: HomeAssistant) -> None:
    """Those whose data name it; others have another one, or none."""
    entries = [_entry(kept(BOOK, book_id=_other(one))) for one in ("m", "a", "z", "m")]
    for entry in (*entries, _entry()):
        entry.add_to_hass(hass)
    assert entries_with(hass, "m") == [entries[0], entries[3]]
    assert entries_with(hass, "b") == []


def test_source_is_kept_whole() -> None:
    """What is written into an entry is read out of it again, and no trace tells it."""
    source = _source(
        is_file=True,
        username="erin",
        password="secret words",
        origins=frozenset({"https://m.example", "https://n.example:1"}),
        trusts={"m.example": Trust(pinned="ab")},
    )
    assert Source.from_entry({"address_book": source.as_entry_data()}) == source
    assert "secret" not in repr(source)
    assert Source.from_entry({}) is None
    bare = _source()
    assert (bare.is_file, bare.username, bare.password) == (False, "", "")


@pytest.mark.parametrize(("odd", "too_many", "empty"), [(0, 0, 0), (1, 2, 3)])
def test_book_is_kept_whole(odd: int, too_many: int, empty: int) -> None:
    """What was read is stored and read again, also what older versions stored."""
    cards = (Card("/a", "1", (ERIN, Contact("Frank", ()))), Card("/b", "", ()))
    book = Book(cards, "token", odd, too_many, empty)
    stored = book.as_stored()
    assert Book.from_store(stored) == book
    assert book.count == 2
    del stored["empty"]
    assert Book.from_store(stored) == replace(book, empty=0)
    nothing: dict[str, Any] | None
    for nothing in (None, {}):
        assert Book.from_store(nothing) == Book()
    assert (Book().odd, Book().too_many, Book().empty, Book().count) == (0, 0, 0, 0)


@pytest.mark.parametrize(("contacts", "count"), [(5000, 5000), (5001, 5000)])
def test_most_contacts(contacts: int, count: int) -> None:
    """No more are counted than are used."""
    assert Book((Card("/a", "", (ERIN,) * contacts),)).count == count


async def test_told_once(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    """One repair at a time, which stays as a person left it, and one line for each."""
    issues = ir.async_get(hass)
    telling = Telling(hass, "one")
    for problem, lines in (
        (Problem.REFUSED, 1),
        (Problem.REFUSED, 1),
        (Problem.STOPPED, 1),
        (Problem.UNTRUSTED, 2),
        (Problem.UNREACHABLE, 3),
        (Problem.REFUSED, 4),
    ):
        telling.lost(BookError(problem), "a title")
        assert caplog.text.count("is not read") == lines
    # What may pass leaves the repair of what lasts.
    telling.lost(BookError(Problem.FAILED), "a title")
    assert [issue_id for _, issue_id in issues.issues] == ["book_refused_one"]
    issue = issues.async_get_issue(DOMAIN, "book_refused_one")
    assert issue is not None
    assert not issue.is_fixable
    assert issue.translation_placeholders == {
        "account": "a title",
        "host": "\N{EN DASH}",
    }
    ir.async_ignore_issue(hass, DOMAIN, "book_refused_one", True)
    telling.lost(BookError(Problem.REFUSED), "a title")
    issue = issues.async_get_issue(DOMAIN, "book_refused_one")
    assert issue is not None
    assert issue.dismissed_version
    telling.back("a title")
    assert not issues.issues
    assert caplog.text.count("is read again") == 1
    telling.back("a title")
    assert caplog.text.count("is read again") == 1
    telling.lost(BookError(Problem.REFUSED), "a title")
    telling.forget()
    assert not issues.issues
    telling.back("a title")
    assert caplog.text.count("is read again") == 1
