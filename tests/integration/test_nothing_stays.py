"""Of accounts that are removed, a home has nothing of ours left in its memory."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

from aiohttp import web
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from custom_components.sip_account.const import DOMAIN
from demo import AccountBox
from demo.address_book import book_authority

from .address_book.odd_server import OddServer
from .address_book.support import CALLER, account, kept
from .address_book.test_faults import elsewhere
from .flow import Flow
from .renewing import about_to_expire
from .support import ALICE, BOB
from .test_callers_and_contacts import choose, upload
from .test_shared_phone_book import share

FIXING = "/api/repairs/issues/fix"


@pytest.fixture(autouse=True)
async def _repairs(hass: HomeAssistant, _ready: None) -> None:
    """Let issues be mended; it must be ready before there is a frontend."""
    assert await async_setup_component(hass, "repairs", {})


def _left(hass: HomeAssistant) -> list[str]:
    return [str(key) for key in hass.data if str(key).startswith(DOMAIN)]


async def test_of_one_that_was_refused(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    box.faults.set("*", "*", "unauthorized_401")
    entry = await set_up(ALICE, by="password")
    assert entry.state is ConfigEntryState.SETUP_RETRY
    await hass.config_entries.async_remove(entry.entry_id)
    assert _left(hass) == []


async def test_of_those_that_were_used(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Their lists were asked for, and they shared a phone book."""
    alice, bob = await set_up(ALICE), await set_up(BOB, by="password")
    await upload(flow, alice)
    await share(flow, bob, alice)
    await hass.config_entries.async_unload(alice.entry_id)
    for entry in (alice, bob):
        assert _left(hass)
        await hass.config_entries.async_remove(entry.entry_id)
    assert _left(hass) == []


@pytest.fixture
def server(socket_enabled: None) -> Iterator[OddServer]:
    """Give a server with an address book."""
    with OddServer({"Erin": CALLER}).running() as odd:
        yield odd


async def test_of_one_with_an_address_book(
    hass: HomeAssistant, box: AccountBox, server: OddServer
) -> None:
    entry = await account(hass, box, kept(server.url))
    await hass.config_entries.async_remove(entry.entry_id)
    assert _left(hass) == []


@pytest.mark.parametrize("then", ["its host is confirmed", "its authority is given"])
async def test_of_one_whose_book_is_being_read(
    hass: HomeAssistant,
    box: AccountBox,
    server: OddServer,
    flow: Flow,
    then: str,
) -> None:
    """The account is removed while a dialog about its address book is open."""
    changed: dict[str, Any] = {}
    if then == "its host is confirmed":
        server.answer = elsewhere("https://127.0.0.1:1/book/")
    else:
        changed = {"trusts": {}}
    entry = await account(hass, box, kept(server.url, **changed))
    await choose(flow, entry, "address_book")
    await flow.choose("read_book")
    if then == "its authority is given":
        await flow.choose("book_authority")
    await hass.config_entries.async_remove(entry.entry_id)
    assert _left(hass) == []
    if then == "its authority is given":
        await flow.upload(book_authority().certificate_pem, "authority")
    else:
        assert flow.step == "other_host"
        await flow.submit()
    assert flow.result["reason"] == "account_removed"
    assert _left(hass) == []


async def test_of_one_whose_book_was_to_be_read_next(
    hass: HomeAssistant, box: AccountBox, server: OddServer
) -> None:
    """An action reads two books; while it reads the first the second is left."""
    alice = await account(hass, box, kept(server.url))
    bob = await account(hass, box, kept(server.url, book_id="other"), BOB)

    async def remove(request: web.Request) -> web.StreamResponse:
        server.answer = None
        removal = hass.config_entries.async_remove(bob.entry_id)
        asked = asyncio.run_coroutine_threadsafe(removal, hass.loop)
        await asyncio.wrap_future(asked)
        return await server.as_it_should(request)

    server.answer = remove
    await hass.services.async_call(
        DOMAIN,
        "read_phone_book",
        {"config_entry_id": [alice.entry_id, bob.entry_id]},
        blocking=True,
    )
    await hass.config_entries.async_remove(alice.entry_id)
    assert _left(hass) == []


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("choice", ["renew", "upload"])
async def test_of_one_with_a_repair(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    when: str,
    choice: str,
) -> None:
    """Whether its dialog goes on before the account is removed, or after."""
    about_to_expire(box)
    entry = await set_up(ALICE)
    issue = {"handler": DOMAIN, "issue_id": f"certificate_expires_{entry.entry_id}"}
    fix = await (await flow.client.post(FIXING, json=issue)).json()
    if when == "after":
        await hass.config_entries.async_remove(entry.entry_id)
    reply = await flow.client.post(
        f"{FIXING}/{fix['flow_id']}", json={"next_step_id": choice}
    )
    assert reply.status == 200
    await hass.async_block_till_done(wait_background_tasks=True)
    if when == "before":
        await hass.config_entries.async_remove(entry.entry_id)
    else:
        assert (await reply.json())["reason"] == "account_removed"
    assert _left(hass) == []
