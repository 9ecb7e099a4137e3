"""The password goes to the hosts that a person has confirmed, and to no other."""

from collections.abc import Callable
from typing import Any

from aiohttp import web
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.sip_account.address_book.keeper import keeper_of
from custom_components.sip_account.address_book.problems import BookError
from demo import AccountBox
from demo.address_book import PASSWORD, USER, book_authority
from tests.integration.flow import Flow
from tests.integration.support import ALICE

from .odd_server import BOOK_KIND, OddServer, multistatus, response
from .support import account, kept, name_of

HOME = "<c:addressbook-home-set><d:href>{}/home/</d:href></c:addressbook-home-set>"
PRINCIPAL = (
    "<d:current-user-principal><d:href>{}/me/</d:href></d:current-user-principal>"
)


def leading_to(told: str) -> Callable[[web.Request], Any]:
    """Answer that the person's books lie there."""

    async def answer(_request: web.Request) -> web.StreamResponse:
        return multistatus(response("/", told))

    return answer


async def _books(request: web.Request) -> web.StreamResponse:
    """Answer as the host does where the books lie."""
    if request.path == "/me/":
        return multistatus(response("/me/", HOME.format("")))
    return multistatus(
        response("/home/", "<d:resourcetype><d:collection/></d:resourcetype>"),
        response("/book/", BOOK_KIND + "<d:displayname>All</d:displayname>"),
        response("/more/", BOOK_KIND + "<d:displayname>`More` [x]</d:displayname>"),
    )


async def _give(flow: Flow, entry: Any, url: str) -> None:
    await flow.options(entry.entry_id)
    await flow.choose("address_book")
    await flow.submit(url=url, username=USER, password=PASSWORD)
    assert flow.step == "untrusted_book"
    await flow.choose("book_authority")
    await flow.upload(book_authority().certificate_pem, "authority")


@pytest.mark.parametrize("told", [HOME, PRINCIPAL])
async def test_another_host_inside_the_answer(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    flow: Flow,
    server: OddServer,
    other_server: OddServer,
    told: str,
) -> None:
    """As at iCloud: it is shown, confirmed once, and then asked."""

    async def both(request: web.Request) -> web.StreamResponse:
        if request.path == "/book/":
            return await other_server.as_it_should(request)
        return await _books(request)

    server.answer = leading_to(told.format(other_server.origin))
    other_server.answer = both
    entry = await set_up(ALICE, by="password")
    await _give(flow, entry, server.origin)
    assert flow.step == "other_host"
    assert flow.result["description_placeholders"] == {
        "host": f"127.0.0.1:{other_server.port}",
        "address": f"127.0.0.1:{server.port}",
    }
    assert other_server.asked == []
    await flow.submit()
    assert flow.step == "choose_book", flow.result
    options = flow.result["data_schema"][0]["selector"]["select"]["options"]
    assert [one["label"] for one in options] == ["All", "'More' (x)"]
    await flow.submit(book=options[0]["value"])
    assert flow.result["reason"] == "book_read", flow.result
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(entry) == "Mallory"
    server.asked.clear()
    await keeper_of(hass, entry.data["address_book"]["book_id"]).async_read()
    assert server.asked == []


async def test_not_confirmed(
    set_up: Callable[..., Any],
    flow: Flow,
    server: OddServer,
    other_server: OddServer,
) -> None:
    """Whoever closes the dialog has sent nothing there, and uses nothing."""
    server.answer = leading_to(HOME.format(other_server.origin))
    entry = await set_up(ALICE, by="password")
    await _give(flow, entry, server.origin)
    await flow.abandon()
    assert other_server.asked == []
    assert "address_book" not in entry.data


async def test_address_without_https_inside_the_answer(
    set_up: Callable[..., Any], flow: Flow, server: OddServer
) -> None:
    """It is refused, and nobody can confirm it."""
    server.answer = leading_to(HOME.format("http://127.0.0.1:1"))
    entry = await set_up(ALICE, by="password")
    await _give(flow, entry, server.origin)
    assert flow.errors == {"base": "book_not_https"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_moved(
    hass: HomeAssistant,
    box: AccountBox,
    flow: Flow,
    server: OddServer,
    other_server: OddServer,
    status: int,
) -> None:
    """A new host is refused with a repair, until it is confirmed in the options."""

    async def move(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": other_server.url})

    entry = await account(hass, box, kept(server.url))
    await keeper_of(hass, "one").async_read()
    server.answer = move
    other_server.people["Frank"] = "+31208005163"
    with pytest.raises(BookError):
        await keeper_of(hass, "one").async_read()
    assert other_server.asked == []
    issue = ir.async_get(hass).async_get_issue("sip_account", "book_other_host_one")
    assert issue
    assert issue.translation_placeholders == {
        "account": ALICE,
        "host": f"127.0.0.1:{other_server.port}",
    }
    await flow.options(entry.entry_id)
    await flow.choose("address_book")
    await flow.choose("read_book")
    assert flow.step == "other_host"
    await flow.submit()
    assert flow.result["reason"] == "book_read", flow.result
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(entry) == "Mallory"
    assert not ir.async_get(hass).async_get_issue("sip_account", "book_other_host_one")


@pytest.mark.parametrize(("moved", "lost"), [("/0.vcf", 1), ("/", None)])
async def test_cards_at_another_host(
    hass: HomeAssistant,
    box: AccountBox,
    server: OddServer,
    other_server: OddServer,
    moved: str,
    lost: int | None,
) -> None:
    """One costs itself; where all lie elsewhere, the book has moved."""

    async def elsewhere(request: web.Request) -> web.StreamResponse:
        whole = await server.as_it_should(request)
        assert isinstance(whole, web.Response)
        text = (whole.text or "").replace(
            f"<d:href>/book{moved}", f"<d:href>{other_server.origin}/book{moved}"
        )
        return web.Response(status=207, text=text)

    entry = await account(hass, box, kept(server.url))
    if lost is None:
        await keeper_of(hass, "one").async_read()
        server.people["Grace"] = "+31208005177"
    server.answer = elsewhere
    if lost is None:
        with pytest.raises(BookError) as caught:
            await keeper_of(hass, "one").async_read()
        assert caught.value.origin == other_server.origin
        assert name_of(entry) == "Erin"
        origins = [server.origin, other_server.origin]
        hass.config_entries.async_update_entry(
            entry,
            data=entry.data | {"address_book": kept(server.url, origins=origins)},
        )
        with pytest.raises(BookError, match="book_unreadable"):
            await keeper_of(hass, "one").async_read()
    else:
        assert (await keeper_of(hass, "one").async_read()).book.odd == lost
        assert name_of(entry, "+31208005163") == "Frank"
    assert other_server.asked == []


async def test_new_password(
    hass: HomeAssistant, box: AccountBox, flow: Flow, server: OddServer
) -> None:
    """The old one is kept for the same host and user, and for no other."""
    entry = await account(hass, box, kept(server.url))
    await flow.options(entry.entry_id)
    await flow.choose("address_book")
    await flow.choose("book_address")
    await flow.submit(url=server.url, username="somebody else")
    assert flow.result["reason"] == "book_read", flow.result
    assert entry.data["address_book"]["password"] == ""
    await hass.async_block_till_done(wait_background_tasks=True)
    await flow.options(entry.entry_id)
    await flow.choose("address_book")
    await flow.choose("book_address")
    await flow.submit(url=server.url, username=USER, password="new")
    await hass.async_block_till_done(wait_background_tasks=True)
    await flow.options(entry.entry_id)
    await flow.choose("address_book")
    await flow.choose("book_address")
    await flow.submit(url=server.url, username=USER)
    assert entry.data["address_book"]["password"] == "new"
