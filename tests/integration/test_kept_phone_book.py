"""What is kept of phone books, and which of them an account uses."""

import asyncio
import sys
from types import SimpleNamespace
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.calls.kept_phone_book import (
    ADDRESS_BOOK,
    PHONE_BOOK,
    async_load_phone_book,
    async_save_phone_book,
    book_id_of,
    regions_of,
)
from custom_components.sip_account.calls.phone_book import (
    CONTACTS_AT_MOST,
    PhoneBook,
    Regions,
)
from custom_components.sip_account.calls.shared_phone_book import (
    async_books_of_others,
    async_forget_unused,
    async_phone_book_of,
    async_take_up,
    phone_book_id,
    phone_book_lock,
    shared_data,
    users_of,
)
from custom_components.sip_account.calls.vcard import Contact
from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.kept_store import kept_store

ERIN = Contact("Erin", ("+31208005162", "erin@example.com"))
DOC = Contact("Doc", ("0208005161",))
FRANK = Contact("Frank", ("+4930123456",))
GONE = Contact("", ("erin@example.com",))


def account(hass: HomeAssistant, title: str, **more: Any) -> MockConfigEntry:
    """Add an account that is not set up."""
    told = {"domain": DOMAIN, "title": title, "entry_id": title} | more
    entry = MockConfigEntry(**told)
    entry.add_to_hass(hass)
    return entry


async def keep(hass: HomeAssistant, what: str, name: str, data: Any) -> None:
    """Keep something as another version may have kept it."""
    assert await kept_store(hass, what, name).async_save(lambda: data)


async def test_kept_and_read_again(hass: HomeAssistant) -> None:
    """What is by hand stays so, and what is of a file; each account has its own."""
    assert (await async_load_phone_book(hass, "alice", {})).known == ()
    assert await async_save_phone_book(hass, "alice", [ERIN, DOC], [FRANK, GONE])
    assert await async_save_phone_book(hass, "bob", [DOC])
    book = await async_load_phone_book(hass, "alice", {})
    assert (book.contacts, book.by_hand) == ((ERIN, DOC), (FRANK, GONE))
    assert book.shared == ()
    assert book.find("erin@example.com") is None
    assert book.find("+31208005162") == "Erin"
    other = await async_load_phone_book(hass, "bob", {})
    assert (other.contacts, other.by_hand) == ((DOC,), ())


async def test_kept_by_0_1_0(hass: HomeAssistant) -> None:
    """It does not tell what is by hand: that is what is forgotten, and nothing else."""
    stored = [[one.name, list(one.numbers)] for one in (DOC, GONE, ERIN)]
    await keep(hass, PHONE_BOOK, "alice", {"contacts": stored})
    book = await async_load_phone_book(hass, "alice", {})
    assert (book.contacts, book.by_hand) == ((DOC, ERIN), (GONE,))
    await keep(hass, PHONE_BOOK, "alice", {"contacts": stored, "by_hand": 1})
    book = await async_load_phone_book(hass, "alice", {})
    assert (book.contacts, book.by_hand) == ((ERIN,), (DOC, GONE))


async def test_most_that_is_kept(hass: HomeAssistant) -> None:
    """So many of a file, and so many by hand."""
    many = [
        Contact("A", (f"a{number}@example.com",))
        for number in range(CONTACTS_AT_MOST + 1)
    ]
    assert await async_save_phone_book(hass, "alice", many, many[::-1])
    stored: Any = await kept_store(hass, PHONE_BOOK, "alice").async_load()
    assert stored["by_hand"] == CONTACTS_AT_MOST
    assert len(stored["contacts"]) == 2 * CONTACTS_AT_MOST
    assert stored["contacts"][0] == ["A", [f"a{CONTACTS_AT_MOST}@example.com"]]
    assert stored["contacts"][-1] == ["A", [f"a{CONTACTS_AT_MOST - 1}@example.com"]]


async def test_of_an_address(hass: HomeAssistant) -> None:
    """What was read from an address stands behind the file of whoever uses it."""
    cards = [
        ["a", "1", [[DOC.name, list(DOC.numbers)], ["Nobody", ["2"]]]],
        ["b", "2", []],
        ["c", "3", [[ERIN.name, list(ERIN.numbers)]]],
    ]
    await keep(hass, ADDRESS_BOOK, "book", {"cards": cards})
    alone = await async_load_phone_book(hass, "alice", {}, "book")
    assert alone.shared == (DOC, Contact("Nobody", ("2",)), ERIN)
    assert alone.contacts == alone.by_hand == ()
    assert (await async_load_phone_book(hass, "alice", {}, "none")).known == ()
    assert (await async_load_phone_book(hass, "alice", {})).known == ()
    assert book_id_of({"address_book": {"book_id": "book"}}) == "book"
    assert book_id_of({}) is None


@pytest.mark.parametrize("home", [None, "DE"])
@pytest.mark.parametrize("book", [None, "NL"])
@pytest.mark.parametrize("dialled", [None, "AT"])
async def test_regions(
    hass: HomeAssistant, home: str | None, book: str | None, dialled: str | None
) -> None:
    """Contacts are of the home's country, unless it is told; what is dialled is not."""
    hass.config.country = home
    options = {"phone_book_region": book, "account_region": dialled}
    told = {key: region for key, region in options.items() if region}
    regions = Regions(book=book or home, account=dialled, home=home)
    assert regions_of(hass, told) == regions
    assert (await async_load_phone_book(hass, "alice", told)).regions == regions


async def test_which_book(hass: HomeAssistant) -> None:
    """An account uses its own, or that of another, and so do those who use that."""
    alice, bob = account(hass, "alice"), account(hass, "bob")
    carol = account(hass, "carol", data={"phone_book_of": "alice"})
    account(hass, "other", domain="another")
    assert [phone_book_id(one) for one in (alice, bob, carol)] == [
        "alice",
        "bob",
        "alice",
    ]
    assert users_of(hass, "ALICE".lower()) == [alice, carol]
    assert users_of(hass, "bob") == [bob]
    assert users_of(hass, "carol") == []
    await async_save_phone_book(hass, "alice", [DOC])
    await async_save_phone_book(hass, "carol", [ERIN])
    for one, contacts in ((alice, (DOC,)), (bob, ()), (carol, (DOC,))):
        assert (await async_phone_book_of(hass, one)).contacts == contacts


async def test_one_after_the_other(hass: HomeAssistant) -> None:
    """Whoever changes a phone book waits for the one before; others have their own."""
    entered: list[str] = []
    may_go = asyncio.Event()

    async def change(book: str, who: str) -> None:
        async with phone_book_lock(hass, book):
            entered.append(who)
            await may_go.wait()
            entered.append(f"{who} is done")

    changes = [
        asyncio.ensure_future(change(*one))
        for one in (("alice", "first"), ("alice", "second"), ("bob", "other"))
    ]
    await asyncio.sleep(0)
    assert entered == ["first", "other"]
    # One who gives up waiting leaves the others in their order.
    changes[1].cancel()
    await asyncio.sleep(0)
    changes.append(asyncio.ensure_future(change("alice", "third")))
    await asyncio.sleep(0)
    assert entered == ["first", "other"]
    may_go.set()
    await asyncio.gather(*changes, return_exceptions=True)
    assert entered[2:] == ["first is done", "other is done", "third", "third is done"]
    assert not [key for key in hass.data if "phone_book_locks" in str(key)]


async def test_books_that_can_be_chosen(hass: HomeAssistant) -> None:
    """Each once, by whoever is first, but for empty ones and the one that is used."""
    assert await async_books_of_others(hass) == {}
    account(hass, "empty")
    account(hass, "none")
    account(hass, "alice")
    account(hass, "carol", data={"phone_book_of": "alice"})
    account(hass, "read", data={"address_book": {"book_id": "book"}})
    account(hass, "bob")
    await async_save_phone_book(hass, "empty", [])
    await async_save_phone_book(hass, "alice", [DOC])
    await async_save_phone_book(hass, "bob", [], [FRANK])
    assert list(await async_books_of_others(hass)) == ["alice", "read", "bob"]
    assert await async_books_of_others(hass, "ALICE".lower()) == {
        "read": "read",
        "bob": "bob",
    }
    assert list(await async_books_of_others(hass, "bob")) == ["alice", "read"]


async def test_what_whoever_shares_is_told(hass: HomeAssistant) -> None:
    """Whose book it is, the address that it is read from, and the country it is of."""
    plain = account(hass, "plain")
    assert shared_data(plain) == ({"phone_book_of": "plain"}, {})
    kept = {"book_id": "book", "url": "https://example.com/"}
    carol = account(
        hass,
        "carol",
        data={"phone_book_of": "plain", "address_book": kept},
        options={"phone_book_region": "NL", "account_region": "DE"},
    )
    data, options = shared_data(carol)
    assert data == {"phone_book_of": "plain", "address_book": kept}
    assert data["address_book"] is not kept
    assert options == {"phone_book_region": "NL"}


async def test_forgotten_with_the_last(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """A book goes when nobody uses it, nor has it set aside, whatever others do."""
    account(hass, "alice", data={"phone_book_of": "used"})
    account(hass, "bob", data={"phone_book_of": "alice"})
    account(hass, "aside", data={"phone_book_of": "used"})
    for name in ("gone", "used", "aside", "unused"):
        await async_save_phone_book(hass, name, [DOC])
    await async_forget_unused(hass, "used", "gone", "aside", "unused")
    left = [key for key in hass_storage if "phone_book" in key]
    assert sorted(left) == [f"{DOMAIN}.phone_book.{name}" for name in ("aside", "used")]


async def test_only_what_is_loaded_takes_it_up(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is disturbed who is not set up, or was unloaded meanwhile."""
    data = {"phone_book_of": "book"}
    account(hass, "unloaded", state=ConfigEntryState.LOADED, data=data)
    books: dict[ConfigEntryState, PhoneBook] = {}
    for state in ConfigEntryState:
        books[state] = PhoneBook()
        entry = account(hass, str(state), state=state, data=data)
        entry.runtime_data = SimpleNamespace(phone_book=books[state])
    await async_save_phone_book(hass, "book", [DOC])
    reloaded: list[str] = []
    monkeypatch.setattr(hass.config_entries, "async_schedule_reload", reloaded.append)
    await async_take_up(hass, "book")
    assert reloaded == [str(ConfigEntryState.SETUP_IN_PROGRESS)]
    taken = [state for state, book in books.items() if book.contacts]
    assert taken == [ConfigEntryState.LOADED]


@pytest.mark.parametrize("of", ["file", "hand", "address", "region", "home", "nothing"])
async def test_when_rules_are_loaded(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    """As soon as there is a contact, or a person says where the account is."""
    hass.config.country = "NL" if of == "home" else None
    if of in {"file", "hand"}:
        one = [DOC]
        await async_save_phone_book(
            hass, "alice", one if of == "file" else [], one if of == "hand" else []
        )
    if of == "address":
        await keep(hass, ADDRESS_BOOK, "book", {"cards": [["a", "1", []]]})
    monkeypatch.delitem(sys.modules, "phonenumbers", raising=False)
    options = {"account_region": "NL"} if of == "region" else {}
    await async_load_phone_book(hass, "alice", options, "book")
    assert ("phonenumbers" in sys.modules) == (of not in {"home", "nothing"})
