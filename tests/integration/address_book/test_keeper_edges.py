"""When a book is read, what is believed of it, and whose it is then."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web as server_web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.address_book.keeper import Outcome, keeper_of
from custom_components.sip_account.address_book.kept import Book
from custom_components.sip_account.address_book.problems import BookError, Problem
from demo import AccountBox
from tests.integration.support import ALICE, BOB

from .odd_server import OddServer
from .support import account, kept, name_of

KEY = "sip_account.address_book.one"


def _people(count: int) -> dict[str, str]:
    return {f"Person {at}": f"+3120800{at:04}" for at in range(count)}


class _Gate:
    """Has a server answer once it is opened, and tells that somebody waits."""

    def __init__(self, server: OddServer) -> None:
        self.asked = asyncio.Event()
        self._server = server
        self._home = asyncio.get_running_loop()
        server.answer = self._answer

    async def _answer(self, request: server_web.Request) -> server_web.StreamResponse:
        self._loop, self._opened = asyncio.get_running_loop(), asyncio.Event()
        self._home.call_soon_threadsafe(self.asked.set)
        await self._opened.wait()
        return await self._server.as_it_should(request)

    def open(self) -> None:
        """Let who waits go on, and whoever comes."""
        self._server.answer = None
        self._loop.call_soon_threadsafe(self._opened.set)


@pytest.mark.parametrize(
    ("known", "new", "outcome"),
    [
        (10, 5, Outcome.DOUBTED),
        (10, 4, Outcome.DOUBTED),
        (10, 0, Outcome.DOUBTED),
        (10, 6, Outcome.READ),
        (10, 11, Outcome.READ),
        (3, 1, Outcome.DOUBTED),
        (3, 2, Outcome.READ),
        (1, 0, Outcome.DOUBTED),
        (0, 5, Outcome.READ),
    ],
)
async def test_smaller_book(
    hass: HomeAssistant,
    box: AccountBox,
    server: OddServer,
    known: int,
    new: int,
    outcome: Outcome,
) -> None:
    """One with half the contacts, or fewer, is doubted, and no other."""
    await account(hass, box, kept(server.url))
    keeper = keeper_of(hass, "one")
    server.people = _people(known)
    assert (await keeper.async_read()).outcome is Outcome.READ
    server.people = _people(new)
    found = await keeper.async_read()
    assert found.outcome is outcome
    assert found.book.count == (known if outcome is Outcome.DOUBTED else new)


@pytest.mark.parametrize(
    ("second", "outcome"),
    [
        (3, Outcome.DOUBTED),
        (0, Outcome.DOUBTED),
        (4, Outcome.READ),
        (5, Outcome.READ),
        (6, Outcome.READ),
    ],
)
async def test_doubted_book(
    hass: HomeAssistant,
    box: AccountBox,
    server: OddServer,
    second: int,
    outcome: Outcome,
) -> None:
    """The second reading is believed, unless there are still fewer contacts."""
    await account(hass, box, kept(server.url))
    keeper = keeper_of(hass, "one")
    for count, so in ((10, Outcome.READ), (4, Outcome.DOUBTED), (second, outcome)):
        server.people = _people(count)
        assert (await keeper.async_read()).outcome is so


async def test_book_of_nobody(hass: HomeAssistant) -> None:
    """What no account uses is not there."""
    with pytest.raises(BookError) as caught:
        await keeper_of(hass, "none").async_read()
    assert caught.value.problem is Problem.NOT_FOUND
    assert keeper_of(hass, "none") is keeper_of(hass, "none")


async def test_second_account_changes_no_time(
    hass: HomeAssistant, box: AccountBox, server: OddServer, later: Callable[..., Any]
) -> None:
    """It is read half a minute after the first account came, and for both."""
    alice = await account(hass, box, kept(server.url))
    await later(seconds=20)
    bob = await account(hass, box, kept(server.url), BOB)
    assert server.asked == []
    await later(seconds=11)
    assert len(server.asked) == 3
    assert name_of(alice) == name_of(bob) == "Erin"
    # Whoever is left keeps it fresh.
    await hass.config_entries.async_unload(alice.entry_id)
    server.people["Grace"] = "+31208005177"
    await later(days=1)
    assert name_of(bob, "+31208005177") == "Grace"
    server.asked.clear()
    await hass.config_entries.async_unload(bob.entry_id)
    await later(days=2)
    assert server.asked == []


async def test_second_account_ends_no_reading(
    hass: HomeAssistant,
    box: AccountBox,
    server: OddServer,
    freezer: FrozenDateTimeFactory,
    later: Callable[..., Any],
) -> None:
    """A reading that is under way goes on, and is for whoever came meanwhile, too."""
    gate = _Gate(server)
    alice = await account(hass, box, kept(server.url))
    reading = hass.async_create_task(later(seconds=31))
    await gate.asked.wait()
    leave = keeper_of(hass, "one").join(alice)
    gate.open()
    await reading
    assert name_of(alice) == "Erin"
    assert len(server.asked) == 3
    leave()


@pytest.mark.parametrize(
    ("read_at", "hours"),
    [("2026-11-20T02:00:30+00:00", 14), ("2026-11-20T12:00:29.500000+00:00", 24)],
)
async def test_waits_for_the_rest_of_a_day(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    box: AccountBox,
    server: OddServer,
    freezer: FrozenDateTimeFactory,
    later: Callable[..., Any],
    read_at: str,
    hours: int,
) -> None:
    """What was read ten hours ago is read in fourteen, and what just was in a day."""
    freezer.move_to("2026-11-20T12:00:00+00:00")
    stored = Book().as_stored() | {"read_at": read_at}
    hass_storage[KEY] = {"version": 1, "minor_version": 1, "key": KEY, "data": stored}
    await account(hass, box, kept(server.url))
    await later(seconds=30)
    await later(hours=hours, minutes=-1)
    assert server.asked == []
    await later(minutes=1)
    assert server.asked


async def test_who_waits_is_cancelled(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    box: AccountBox,
    server: OddServer,
) -> None:
    """Nothing is read any more, or kept, for whoever does not wait for it."""
    gate = _Gate(server)
    await account(hass, box, kept(server.url))
    reading = hass.async_create_task(keeper_of(hass, "one").async_read())
    await gate.asked.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    gate.open()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert KEY not in hass_storage
    assert len(server.asked) == 1
    assert (await keeper_of(hass, "one").async_read()).outcome is Outcome.READ


@pytest.mark.parametrize("change", [{"url": "https://127.0.0.1/"}, {"username": "x"}])
async def test_another_address_came_meanwhile(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    box: AccountBox,
    server: OddServer,
    change: dict[str, Any],
) -> None:
    """What was read of an address that is not used any more is not kept."""
    gate = _Gate(server)
    entry = await account(hass, box, kept(server.url))
    reading = hass.async_create_task(keeper_of(hass, "one").async_read())
    await gate.asked.wait()
    data = entry.data | {"address_book": kept(server.url) | change}
    hass.config_entries.async_update_entry(entry, data=data)
    gate.open()
    with pytest.raises(BookError) as caught:
        await reading
    assert caught.value.problem is Problem.STOPPED
    assert KEY not in hass_storage


async def test_nothing_is_left_of_a_reading(
    hass: HomeAssistant, box: AccountBox, server: OddServer
) -> None:
    """However often a book is read, no more listens to Home Assistant's end."""
    entry = await account(hass, box, kept(server.url))
    await keeper_of(hass, "one").async_read()
    before = hass.bus.async_listeners()
    await keeper_of(hass, "one").async_read()
    assert hass.bus.async_listeners() == before
    assert entry.title == ALICE
