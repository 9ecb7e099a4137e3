"""Dialogs that change a phone book at once lose nothing of each other."""

import asyncio
from collections.abc import Callable, Iterator
import threading
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.calls.kept_phone_book import async_save_phone_book
from custom_components.sip_account.calls.phone_book import PhoneBook
from custom_components.sip_account.calls.shared_phone_book import async_take_up
from custom_components.sip_account.calls.vcard import Contact
from custom_components.sip_account.coordinator import SipAccountCoordinator
from custom_components.sip_account.kept_store import kept_store
from tests.limits import LIMIT

from .flow import Flow
from .support import ALICE, BOB, CAROL
from .test_callers_and_contacts import ERIN, choose, name_of, upload, vcards
from .test_shared_phone_book import name_a_number, share

FRANK = "+31208005163"
# Seconds in which whoever does not wait would be through.
_HEAD_START = 0.3


class Naming:
    """The first who names somebody is held up, until somebody lets go."""

    def __init__(self) -> None:
        """Hold up nobody yet."""
        self.limit = _HEAD_START
        self.begun = threading.Event()
        self.go = threading.Event()

    def hold_up(self) -> None:
        """Wait, if this is the first one."""
        if not self.begun.is_set():
            self.begun.set()
            self.go.wait(self.limit)


@pytest.fixture
def naming(monkeypatch: pytest.MonkeyPatch) -> Iterator[Naming]:
    """Give what holds up the first who names somebody, for a moment."""
    held = Naming()
    with_contact = PhoneBook.with_contact

    def slowly(book: PhoneBook, *given: Any) -> Any:
        held.hold_up()
        return with_contact(book, *given)

    monkeypatch.setattr(PhoneBook, "with_contact", slowly)
    yield held
    held.go.set()


async def _begin(hass: HomeAssistant, flow: Flow, naming: Naming) -> asyncio.Task[None]:
    task = hass.async_create_task(flow.submit(number=ERIN, name="Erin"))
    assert await hass.async_add_executor_job(naming.begun.wait, LIMIT)
    return task


@pytest.mark.parametrize("other", ["contact", "phone_book", "clear_phone_book"])
async def test_two_dialogs(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    flow: Flow,
    naming: Naming,
    other: str,
) -> None:
    """What the other dialog does comes behind the name that is being given."""
    alice = await set_up(ALICE, by="password")
    if other == "clear_phone_book":
        await upload(flow, alice, vcards({"Dentist": ("+31208005161",)}))
    second = Flow(hass, flow.client)
    await choose(flow, alice, "contact")
    await choose(second, alice, other)
    given: dict[str, Any] = {}
    if other == "contact":
        given = {"number": FRANK, "name": "Frank"}
    elif other == "phone_book":
        given = {"file": await second.send_file(vcards({"Frank": (FRANK,)}))}
    first = await _begin(hass, flow, naming)
    await second.submit(**given)
    naming.go.set()
    await first
    await hass.async_block_till_done(wait_background_tasks=True)
    emptied = other == "clear_phone_book"
    assert name_of(alice, ERIN) == (None if emptied else "Erin")
    assert name_of(alice, FRANK) == (None if emptied else "Frank")
    assert alice.runtime_data.phone_book.count == (0 if emptied else 2)


async def test_shared_meanwhile(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow, naming: Naming
) -> None:
    """A name for one phone book does not write it over the other one."""
    alice, bob = await set_up(ALICE, by="password"), await set_up(BOB, by="password")
    await upload(flow, alice, vcards({"Frank": (FRANK,)}))
    second = Flow(hass, flow.client)
    await choose(flow, bob, "contact")
    await choose(second, bob, "shared_book")
    naming.limit = LIMIT
    first = await _begin(hass, flow, naming)
    shared = await hass.config_entries.options.async_configure(
        second.result["flow_id"], {"account": alice.entry_id}
    )
    assert shared["reason"] == "book_shared"
    naming.go.set()
    await first
    await hass.async_block_till_done(wait_background_tasks=True)
    assert flow.result["reason"] == "changed_meanwhile"
    for entry in (alice, bob):
        assert name_of(entry, FRANK) == "Frank"
        assert name_of(entry, ERIN) is None


async def test_set_aside(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """What an account has set aside is its own, also if others used it meanwhile."""
    alice, bob, carol = [
        await set_up(address, by="password") for address in (ALICE, BOB, CAROL)
    ]
    await name_a_number(flow, alice, "Frank", FRANK)
    await name_a_number(flow, carol, "Erin")
    await share(flow, bob, alice)
    await share(flow, alice, carol)
    for entry in (bob, alice):
        await choose(flow, entry, "own_book")
        await flow.submit()
        assert flow.result["reason"] == "book_own"
        await hass.async_block_till_done(wait_background_tasks=True)
    assert (name_of(alice, FRANK), name_of(alice, ERIN)) == ("Frank", None)


async def test_unloaded_meanwhile(
    hass: HomeAssistant, set_up: Callable[..., Any]
) -> None:
    """An account that is unloaded while its phone book is read takes nothing up."""
    alice = await set_up(ALICE, by="password")
    async with kept_store(hass, "phone_book", alice.entry_id)._lock:
        taking = asyncio.create_task(async_take_up(hass, alice.entry_id))
        await asyncio.sleep(0)
        assert await hass.config_entries.async_unload(alice.entry_id)
    await taking
    assert not hasattr(alice, "runtime_data")


async def test_set_up_meanwhile(
    hass: HomeAssistant, set_up: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An account that has read its phone book, and is not ready, has the new one."""
    alice = await set_up(ALICE, by="password")
    await hass.config_entries.async_unload(alice.entry_id)
    refresh = SipAccountCoordinator.async_config_entry_first_refresh
    begun, go = asyncio.Event(), asyncio.Event()

    async def refresh_later(coordinator: SipAccountCoordinator) -> None:
        begun.set()
        await go.wait()
        await refresh(coordinator)

    monkeypatch.setattr(
        SipAccountCoordinator, "async_config_entry_first_refresh", refresh_later
    )
    setting_up = asyncio.create_task(hass.config_entries.async_setup(alice.entry_id))
    await begun.wait()
    erin = Contact("Erin", (ERIN,))
    assert await async_save_phone_book(hass, alice.entry_id, [], [erin])
    await async_take_up(hass, alice.entry_id)
    go.set()
    await setting_up
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(alice, ERIN) == "Erin"


async def test_own_book_said_twice(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """A dialog that was left open takes away nothing that came after it."""
    alice = await set_up(ALICE, by="password")
    bob = await set_up(BOB, by="password")
    await name_a_number(flow, alice, "Erin")
    await share(flow, bob, alice)
    await choose(flow, bob, "own_book")
    late = flow.result["flow_id"]
    await choose(flow, bob, "own_book")
    await flow.submit()
    given = {"url": "https://127.0.0.1:1/book", "username": "bob", "password": "secret"}
    hass.config_entries.async_update_entry(
        bob,
        data=bob.data | {"address_book": given},
        options={"phone_book_region": "NL"},
    )
    await flow.resume(late)
    await flow.submit()
    assert flow.result["reason"] == "book_own"
    assert bob.data["address_book"] == given
    assert bob.options == {"phone_book_region": "NL"}
