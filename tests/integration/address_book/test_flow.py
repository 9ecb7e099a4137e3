"""A person gives an address, and sees whatever has to be decided."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from demo.address_book import PASSWORD, USER, AddressBooks, book_authority
from tests.integration.flow import Flow
from tests.integration.support import ALICE, BOB

from .support import CALLER, name_of


async def open_book(flow: Flow, entry: Any, *chosen: str) -> None:
    """Open the step of the address."""
    await flow.options(entry.entry_id)
    await flow.choose("address_book")
    for option in chosen:
        await flow.choose(option)


async def _trust(flow: Flow) -> None:
    assert flow.step == "untrusted_book"
    await flow.choose("book_authority")
    await flow.upload(book_authority().certificate_pem, "authority")


async def add(flow: Flow, entry: Any, url: str) -> None:
    """Give an address, and trust its server."""
    await open_book(flow, entry)
    await flow.submit(url=url, username=USER, password=PASSWORD)
    await _trust(flow)


@pytest.mark.parametrize("path", ["", "erin/", "erin/friends/", ".well-known/carddav"])
async def test_added(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    flow: Flow,
    books: AddressBooks,
    path: str,
) -> None:
    """The server, the person, the book: each leads there, without a word before TLS."""
    books.write("friends", "Erin", CALLER)
    entry = await set_up(ALICE, by="password")
    await open_book(flow, entry)
    await flow.submit(url=books.url + path, username=USER, password=PASSWORD)
    assert books.asked == []
    await _trust(flow)
    assert flow.result["reason"] == "book_read", flow.result
    assert flow.result["description_placeholders"]["contacts"] == "1"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(entry) == "Erin"


@pytest.mark.parametrize("path", ["", "erin/friends/?export"])
async def test_told(
    set_up: Callable[..., Any], flow: Flow, books: AddressBooks, path: str
) -> None:
    """How many contacts were read, and how many cards hold nobody."""
    books.write("friends", "Erin", CALLER)
    books.write("friends", "Frank")
    entry = await set_up(ALICE, by="password")
    await add(flow, entry, books.url + path)
    for _ in range(2):
        assert flow.result["reason"] == "book_read_in_part", flow.result
        assert flow.result["description_placeholders"] == {
            "contacts": "1",
            "without_number": "1",
            "odd": "0",
            "too_many": "0",
        }
        # What was read is told the same when nothing has changed.
        await flow.hass.async_block_till_done(wait_background_tasks=True)
        await open_book(flow, entry, "read_book")


async def test_chosen(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow, books: AddressBooks
) -> None:
    """Of several books a person chooses one."""
    books.write("friends", "Erin", CALLER)
    books.write("office", "The office", CALLER)
    entry = await set_up(ALICE, by="password")
    await add(flow, entry, books.url)
    assert flow.step == "choose_book"
    options = flow.result["data_schema"][0]["selector"]["select"]["options"]
    assert [one["label"] for one in options] == ["Friends", "Office"]
    await flow.submit(book=options[1]["value"])
    assert flow.result["reason"] == "book_read", flow.result
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(entry) == "The office"


async def test_file(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow, books: AddressBooks
) -> None:
    """One card, or a whole book as one file, is a phone book, too."""
    books.write("friends", "Erin", CALLER)
    entry = await set_up(ALICE, by="password")
    await add(flow, entry, f"{books.url}erin/friends/Erin.vcf")
    assert flow.result["reason"] == "book_read", flow.result
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(entry) == "Erin"


async def test_pinned(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow, books: AddressBooks
) -> None:
    """The one certificate of the server, once a person has seen it."""
    books.write("friends", "Erin", CALLER)
    entry = await set_up(ALICE, by="password")
    await open_book(flow, entry)
    await flow.submit(url=books.url, username=USER, password=PASSWORD)
    await flow.choose("book_pin")
    assert flow.result["description_placeholders"]["fingerprint"]
    await flow.submit()
    assert flow.result["reason"] == "book_read", flow.result


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ("http://127.0.0.1/", {"url": "book_not_https"}),
        ("ftp://127.0.0.1/", {"url": "book_not_https"}),
        ("https://erin:secret@127.0.0.1/", {"url": "book_unreadable"}),
        ("https://", {"url": "book_unreadable"}),
        ("127.0.0.1:1", {"base": "book_unreachable"}),
    ],
)
async def test_wrong_address(
    set_up: Callable[..., Any],
    flow: Flow,
    books: AddressBooks,
    typed: str,
    errors: dict[str, str],
) -> None:
    """What is no address that may be read is said at the form."""
    entry = await set_up(ALICE, by="password")
    await open_book(flow, entry)
    await flow.submit(url=typed)
    assert flow.errors == errors


async def test_wrong_password_and_no_contacts(
    set_up: Callable[..., Any], flow: Flow, books: AddressBooks
) -> None:
    """The form comes again, and what was typed stays, but for the password."""
    books.book("friends")
    entry = await set_up(ALICE, by="password")
    await open_book(flow, entry)
    await flow.submit(url=books.url, username=USER, password="wrong")
    await _trust(flow)
    assert flow.errors == {"base": "book_refused"}
    shown = {one["name"]: one.get("description") for one in flow.result["data_schema"]}
    assert shown["url"] == {"suggested_value": books.url}
    assert not shown["password"]
    # How the server is recognized was said, and is not asked again.
    await flow.submit(url=books.url, username=USER, password=PASSWORD)
    assert flow.step == "book_address"
    assert flow.errors == {"base": "no_contacts"}


async def test_shared(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_up: Callable[..., Any],
    flow: Flow,
    books: AddressBooks,
) -> None:
    """One book serves two accounts, is read once, and goes with the last of them."""
    books.write("friends", "Erin", CALLER)
    alice, bob = await set_up(ALICE, by="password"), await set_up(BOB, by="password")
    await add(flow, alice, books.url)
    await hass.async_block_till_done(wait_background_tasks=True)
    books.asked.clear()
    await flow.options(bob.entry_id)
    await flow.choose("shared_book")
    await flow.submit(account=alice.entry_id)
    assert flow.result["reason"] == "book_shared"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(bob) == "Erin"
    assert books.asked == []
    stored = [key for key in hass_storage if ".address_book." in key]
    assert len(stored) == 1

    books.write("friends", "Frank", CALLER)
    books.forget("friends", "Erin")
    await open_book(flow, bob, "read_book")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert (name_of(alice), name_of(bob)) == ("Frank", "Frank")

    await hass.config_entries.async_remove(alice.entry_id)
    assert name_of(bob) == "Frank"
    await open_book(flow, bob, "leave_book")
    await flow.submit()
    assert flow.result["reason"] == "book_left"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(bob) is None
    assert not [key for key in hass_storage if ".address_book." in key]


async def test_given_to_all_who_share(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_up: Callable[..., Any],
    flow: Flow,
    books: AddressBooks,
) -> None:
    """An address that one account is given, or leaves, is that of all who share."""
    books.write("friends", "Erin", CALLER)
    alice, bob = await set_up(ALICE, by="password"), await set_up(BOB, by="password")
    await flow.options(alice.entry_id)
    await flow.choose("contact")
    await flow.submit(number="42", name="Door")
    await add(flow, bob, books.url)
    await flow.options(bob.entry_id)
    await flow.choose("shared_book")
    await flow.submit(account=alice.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    # Its own address is gone, with its password.
    assert "address_book" not in bob.data
    assert not [key for key in hass_storage if ".address_book." in key]
    await add(flow, bob, books.url)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(alice) == name_of(bob) == "Erin"
    assert alice.data["address_book"] == bob.data["address_book"]
    await open_book(flow, alice, "leave_book")
    await flow.submit()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(alice) is name_of(bob) is None
    assert name_of(bob, "42") == "Door"
    assert not [key for key in hass_storage if ".address_book." in key]


async def test_left_in_another_dialog(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow, books: AddressBooks
) -> None:
    """What is no longer used is neither read nor left again."""
    books.write("friends", "Erin", CALLER)
    entry = await set_up(ALICE, by="password")
    await add(flow, entry, books.url)
    await hass.async_block_till_done(wait_background_tasks=True)
    reading, leaving = Flow(hass, flow.client), Flow(hass, flow.client)
    await open_book(reading, entry)
    await open_book(leaving, entry, "leave_book")
    await open_book(flow, entry, "leave_book")
    await flow.submit()
    await reading.choose("read_book")
    assert reading.step == "book_address"
    await leaving.submit()
    assert leaving.result["reason"] == "book_left"
    assert "address_book" not in entry.data


async def test_given_in_two_dialogs(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_up: Callable[..., Any],
    flow: Flow,
    books: AddressBooks,
) -> None:
    """The address that is given last stays, and nothing of the one before it."""
    books.write("friends", "Erin", CALLER)
    entry = await set_up(ALICE, by="password")
    slow = Flow(hass, flow.client)
    await open_book(slow, entry)
    await slow.submit(url=books.url, username=USER, password=PASSWORD)
    await add(flow, entry, books.url)
    await hass.async_block_till_done(wait_background_tasks=True)
    before = entry.data["address_book"]["book_id"]
    await _trust(slow)
    assert slow.result["reason"] == "book_read"
    await hass.async_block_till_done(wait_background_tasks=True)
    book_id = entry.data["address_book"]["book_id"]
    assert book_id != before
    stored = [key for key in hass_storage if ".address_book." in key]
    assert stored == [f"sip_account.address_book.{book_id}"]
    assert name_of(entry) == "Erin"
