"""The book is read by itself once a day, by an action, and not once it is left."""

import asyncio
from collections.abc import Callable
import json
import subprocess
import sys
from typing import Any

from aiohttp import web
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.sip_account.address_book.keeper import keeper_of
from custom_components.sip_account.diagnostics import async_get_config_entry_diagnostics
from demo import AccountBox
from demo.address_book import PASSWORD
from tests.integration.flow import Flow
from tests.integration.support import ALICE, BOB

from .odd_server import OddServer
from .support import CALLER, account, kept, name_of

IMPORT = """
import sys
import custom_components.sip_account.config_flow
import custom_components.sip_account.repairs
print(*(name for name in sys.modules
    if "sip_account.address_book" in name or "sip_account.config_flow" in name))
"""


async def test_once_a_day(
    hass: HomeAssistant,
    box: AccountBox,
    server: OddServer,
    later: Callable[..., Any],
) -> None:
    """Half a minute after the set-up, and then every day, also over a restart."""
    entry = await account(hass, box, kept(server.url))
    assert server.asked == []
    await later(seconds=31)
    assert name_of(entry) == "Erin"
    server.asked.clear()
    await later(hours=23)
    assert server.asked == []
    await hass.config_entries.async_reload(entry.entry_id)
    await later(seconds=31)
    assert server.asked == []
    # A clock that was wrong may have told a time that is yet to come.
    await hass.config_entries.async_unload(entry.entry_id)
    await later(hours=-30)
    await hass.config_entries.async_setup(entry.entry_id)
    await later(seconds=31)
    assert server.asked
    await later(hours=23)
    server.people[CALLER] = "+31208005164"
    server.people["Grace"] = server.people.pop("Erin")
    await later(hours=1)
    assert name_of(entry) == "Grace"


async def test_after_an_error(
    hass: HomeAssistant, box: AccountBox, server: OddServer, later: Callable[..., Any]
) -> None:
    """It is tried after an hour, and what only a person mends once a day."""

    async def fail(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=status)

    entry = await account(hass, box, kept(server.url))
    status = 503
    server.answer = fail
    await later(seconds=31)
    assert len(server.asked) == 1
    status = 401
    await later(hours=1, seconds=1)
    assert len(server.asked) == 2
    await later(hours=23)
    assert len(server.asked) == 2
    server.answer = None
    await later(hours=1, seconds=1)
    assert name_of(entry) == "Erin"


async def test_action(hass: HomeAssistant, box: AccountBox, server: OddServer) -> None:
    """It reads at once, for all accounts that share the book, and tells of errors."""
    alice = await account(hass, box, kept(server.url))
    bob = await account(hass, box, kept(server.url), BOB)
    both = {"config_entry_id": [alice.entry_id, bob.entry_id]}

    async def read(**target: Any) -> None:
        await hass.services.async_call(
            "sip_account", "read_phone_book", target, blocking=True
        )

    await read(**both)
    assert len(server.asked) == 3
    assert (name_of(alice), name_of(bob)) == ("Erin", "Erin")

    async def refuse(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=401)

    server.answer = refuse
    with pytest.raises(HomeAssistantError) as caught:
        await read(**both)
    assert caught.value.translation_key == "book_not_read"
    await hass.config_entries.async_remove(bob.entry_id)
    hass.config_entries.async_update_entry(
        alice, data={k: v for k, v in alice.data.items() if k != "address_book"}
    )
    with pytest.raises(ServiceValidationError) as unknown:
        await read(config_entry_id=alice.entry_id)
    assert unknown.value.translation_key == "no_address_book"


@pytest.mark.parametrize("removed", [True, False])
async def test_left_in_the_middle(
    hass: HomeAssistant, box: AccountBox, server: OddServer, removed: bool
) -> None:
    """Nothing more is sent once the last account is unloaded, or removed."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def wait(_request: web.Request) -> web.StreamResponse:
        loop.call_soon_threadsafe(asked.set)
        await asyncio.get_running_loop().create_future()
        return web.Response()

    server.answer = wait
    entry = await account(hass, box, kept(server.url))
    reading = hass.async_create_task(keeper_of(hass, "one").async_read())
    await asked.wait()
    end = (
        hass.config_entries.async_remove
        if removed
        else hass.config_entries.async_unload
    )
    await end(entry.entry_id)
    with pytest.raises(Exception, match="book_stopped"):
        await reading
    assert len(server.asked) == 1


async def test_removed(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    box: AccountBox,
    server: OddServer,
) -> None:
    """The book goes with the last account that uses it, and not before."""
    alice = await account(hass, box, kept(server.url))
    bob = await account(hass, box, kept(server.url), BOB)
    await keeper_of(hass, "one").async_read()
    await hass.config_entries.async_remove(alice.entry_id)
    assert "sip_account.address_book.one" in hass_storage
    await hass.config_entries.async_remove(bob.entry_id)
    assert "sip_account.address_book.one" not in hass_storage


async def test_another_login_of_the_account(
    hass: HomeAssistant, box: AccountBox, server: OddServer, flow: Flow
) -> None:
    """Whoever changes the account's server or login keeps the book."""
    entry = await account(hass, box, kept(server.url))
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=entry.data["url"], trust="unchanged")
    assert flow.result["reason"] == "reconfigure_successful", flow.result
    assert entry.data["address_book"]["url"] == server.url


def test_nothing_is_imported_without_a_book() -> None:
    """What set-up and its flows import holds nothing of address books."""
    imported = subprocess.run(
        [sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True
    )
    assert imported.stdout.split() == ["custom_components.sip_account.config_flow"]


async def test_names_by_hand(
    hass: HomeAssistant, box: AccountBox, server: OddServer, flow: Flow
) -> None:
    """A name given by hand, and a number forgotten, survive every reading."""
    entry = await account(hass, box, kept(server.url))
    for number, name in ((CALLER, "Mum"), ("+31208005163", "")):
        await keeper_of(hass, "one").async_read()
        await flow.options(entry.entry_id)
        await flow.choose("contact")
        await flow.submit(number=number, name=name)
        await hass.async_block_till_done(wait_background_tasks=True)
    server.people["Grace"] = "+31208005177"
    await keeper_of(hass, "one").async_read()
    assert name_of(entry) == name_of(entry, "0208005162") == "Mum"
    assert name_of(entry, "+31208005163") is None
    assert name_of(entry, "+31208005177") == "Grace"
    await flow.options(entry.entry_id)
    assert flow.result["description_placeholders"]["contacts"] == "2"
    for index, origin in enumerate(
        (
            f"the phone book at an address: 127.0.0.1:{server.port}",
            "given by hand",
        )
    ):
        await flow.options(entry.entry_id)
        await flow.choose("contacts")
        await flow.submit(contact=str(index))
        assert flow.result["description_placeholders"]["origin"] == origin


async def test_small_book_in_the_options(
    hass: HomeAssistant, box: AccountBox, server: OddServer, flow: Flow
) -> None:
    """A person who reads at once is told, and has to do it again."""
    entry = await account(hass, box, kept(server.url))
    await keeper_of(hass, "one").async_read()
    server.people.clear()
    for reason, name in (("book_doubted", "Erin"), ("book_read", None)):
        await flow.options(entry.entry_id)
        await flow.choose("address_book")
        await flow.choose("read_book")
        assert flow.result["reason"] == reason
        assert name_of(entry) == name


async def test_nothing_is_given_away(
    hass: HomeAssistant, box: AccountBox, server: OddServer
) -> None:
    """Neither address nor user nor password nor names are in diagnostics."""
    entry = await account(hass, box, kept(server.url))
    await keeper_of(hass, "one").async_read()
    told = json.dumps(await async_get_config_entry_diagnostics(hass, entry))
    for secret in (PASSWORD, "erin", "Erin", f":{server.port}", "/book/"):
        assert secret not in told
    assert ALICE not in told
    assert PASSWORD not in repr(entry.runtime_data.phone_book.__dict__)
