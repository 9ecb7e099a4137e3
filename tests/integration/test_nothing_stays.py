"""Of accounts that are removed, a home has nothing of ours left in its memory."""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from custom_components.sip_account.const import DOMAIN
from demo import AccountBox

from .address_book.odd_server import OddServer
from .address_book.support import CALLER, account, kept
from .flow import Flow
from .renewing import about_to_expire
from .support import ALICE, BOB
from .test_callers_and_contacts import upload
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


async def test_of_one_with_an_address_book(
    hass: HomeAssistant, box: AccountBox
) -> None:
    with OddServer({"Erin": CALLER}).running() as server:
        entry = await account(hass, box, kept(server.url))
        await hass.config_entries.async_remove(entry.entry_id)
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
