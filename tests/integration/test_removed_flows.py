"""Dialogs that are finished after their account was removed, or while it retries."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.flows import trust
from custom_components.sip_account.sip_settings import (
    ServerCertificate,
    fetch_server_certificate,
)
from demo import AccountBox

from .flow import Flow, is_gone
from .support import ALICE, BOB, hold, url_of

# Reconfigure: how to come to a step, and what is answered there


async def _to_certificate(flow: Flow, box: AccountBox) -> None:
    await flow.choose("certificate")


async def _to_server(flow: Flow, box: AccountBox) -> None:
    await _to_certificate(flow, box)
    await flow.upload(box.certificate_for(ALICE).crt())


async def _to_password(flow: Flow, box: AccountBox) -> None:
    await flow.choose("password")


async def _to_address(flow: Flow, box: AccountBox) -> None:
    await flow.choose("address")


async def _to_pin_certificate(flow: Flow, box: AccountBox) -> None:
    await _to_address(flow, box)
    url = url_of(box, "/today/settings.phtml")
    await flow.submit(url=url, trust="pinned")


async def _to_authority(flow: Flow, box: AccountBox) -> None:
    await _to_address(flow, box)
    url = url_of(box, "/today/settings.phtml")
    await flow.submit(url=url, trust="authority")


async def _to_untrusted(flow: Flow, box: AccountBox) -> None:
    await _to_address(flow, box)
    url = url_of(box, "/today/settings.phtml")
    await flow.submit(url=url, trust="system")
    assert flow.step == "untrusted_server"


async def _choose(flow: Flow, box: AccountBox) -> None:
    await flow.choose("password")


async def _upload(flow: Flow, box: AccountBox) -> None:
    await flow.upload(box.certificate_for(ALICE).crt())


async def _upload_nonsense(flow: Flow, box: AccountBox) -> None:
    await flow.upload(b"nonsense")


async def _show(flow: Flow, box: AccountBox) -> None:
    await flow.show_certificate(url_of(box))


async def _show_nobody(flow: Flow, box: AccountBox) -> None:
    await flow.submit(url="http://example.com", allow_weak_certificate=False)


async def _confirm(flow: Flow, box: AccountBox) -> None:
    await flow.submit()


async def _give_password(flow: Flow, box: AccountBox) -> None:
    url = url_of(box, "/today/settings.phtml")
    password = box.accounts[ALICE].password
    await flow.log_in(url, ALICE, password)


async def _give_address(flow: Flow, box: AccountBox) -> None:
    await flow.submit(url=url_of(box, "/today/settings.phtml"), trust="unchanged")


async def _pin(flow: Flow, box: AccountBox) -> None:
    await flow.submit(url=url_of(box, "/today/settings.phtml"), trust="pinned")


async def _give_authority(flow: Flow, box: AccountBox) -> None:
    await flow.upload(box.authority_pem, "authority")


async def _choose_pin(flow: Flow, box: AccountBox) -> None:
    await flow.choose("pin_certificate")


async def _open_again(flow: Flow, box: AccountBox) -> None:
    await flow.resume(flow.result["flow_id"])


async def _stay(flow: Flow, box: AccountBox) -> None:
    """Be at the first menu."""


type Step = Callable[[Flow, AccountBox], Awaitable[None]]

STEPS: list[tuple[Step, Step]] = [
    (_stay, _choose),
    (_stay, _to_certificate),
    (_stay, _to_address),
    (_to_certificate, _upload),
    (_to_certificate, _upload_nonsense),
    (_to_server, _show),
    (_to_server, _show_nobody),
    (_to_password, _give_password),
    (_to_address, _give_address),
    (_to_address, _pin),
    (_to_pin_certificate, _confirm),
    (_to_authority, _give_authority),
    (_to_untrusted, _choose_pin),
    (_to_untrusted, _open_again),
    (_to_server, _open_again),
]


@pytest.mark.parametrize(("come", "answer"), STEPS)
async def test_reconfigure(
    hass: HomeAssistant,
    box: AccountBox,
    flow: Flow,
    set_up: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    come: Step,
    answer: Step,
) -> None:
    """Every step of it ends with a sentence, and sends the server nothing."""
    looked: list[Any] = []

    async def watched(*arguments: Any) -> ServerCertificate:
        looked.append(arguments)
        return await fetch_server_certificate(*arguments)

    monkeypatch.setattr(trust, "fetch_server_certificate", watched)
    entry = await set_up(ALICE, by="password")
    await flow.reconfigure(entry.entry_id)
    await come(flow, box)
    await hass.config_entries.async_remove(entry.entry_id)
    heard = len(box.requests)
    looked.clear()
    await answer(flow, box)
    is_gone(flow)
    assert looked == []
    assert box.requests[heard:] == []


@pytest.mark.parametrize("state", ["unloaded", "retrying"])
async def test_reconfigure_in_other_states(
    hass: HomeAssistant,
    box: AccountBox,
    flow: Flow,
    set_up: Callable[..., Any],
    state: str,
) -> None:
    """An account that is not loaded can be changed, and is loaded then."""
    entry = await set_up(ALICE, by="password")
    await flow.reconfigure(entry.entry_id)
    await flow.choose("password")
    if state == "retrying":
        box.faults.set("*", "*", "reset")
        await hass.config_entries.async_reload(entry.entry_id)
        box.faults.clear()
    else:
        await hass.config_entries.async_unload(entry.entry_id)
    await _give_password(flow, box)
    assert flow.result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("source", ["reauth", "reconfigure"])
async def test_removed_while_the_server_is_tried(
    hass: HomeAssistant,
    box: AccountBox,
    flow: Flow,
    set_up: Callable[..., Any],
    source: str,
) -> None:
    """The answer comes too late for an account that is gone by then."""
    entry = await set_up(ALICE, by="password")
    if source == "reauth":
        entry.async_start_reauth(hass)
        await hass.async_block_till_done()
        (begun,) = entry.async_get_active_flows(hass, {SOURCE_REAUTH})
        await flow.resume(begun["flow_id"])
    else:
        await flow.reconfigure(entry.entry_id)
    await flow.choose("password")
    held = hold(box, "get_identity")
    giving = asyncio.ensure_future(_give_password(flow, box))
    await held.asked.wait()
    await hass.config_entries.async_remove(entry.entry_id)
    held.go_on()
    await giving
    is_gone(flow)


async def test_added_twice(hass: HomeAssistant, box: AccountBox, flow: Flow) -> None:
    """What another dialog has added meanwhile stays: it is not replaced."""
    other = Flow(hass, flow.client)
    for dialog in (flow, other):
        await dialog.start()
        await dialog.choose("password")
    await _give_password(other, box)
    await other.choose("authority")
    await _give_password(flow, box)
    await flow.choose("authority")
    held = hold(box, "get_identity")
    late = asyncio.ensure_future(_give_authority(flow, box))
    await held.asked.wait()
    await _give_authority(other, box)
    assert other.step == "create_entry"
    (added,) = hass.config_entries.async_entries(DOMAIN)
    held.go_on()
    await late
    assert flow.result["reason"] == "already_configured"
    assert hass.config_entries.async_entries(DOMAIN) == [added]
    assert added.state is ConfigEntryState.LOADED


async def test_certificate_of_a_removed_account(
    hass: HomeAssistant, box: AccountBox, flow: Flow
) -> None:
    """An owner's certificate that was removed opens no other account."""
    box.accounts[BOB].owner_id = box.accounts[ALICE].owner_id
    await flow.start()
    await flow.choose("certificate")
    await flow.upload(box.owner_certificate(ALICE).crt())
    await flow.show_certificate(url_of(box, "/owner/settings.phtml"), ALICE)
    await flow.choose("authority")
    await _give_authority(flow, box)
    assert flow.step == "create_entry", flow.result
    (known,) = hass.config_entries.async_entries(DOMAIN)
    await flow.start()
    await flow.choose("known_certificate")
    await hass.config_entries.async_remove(known.entry_id)
    heard = len(box.requests)
    await flow.submit(certificate_of=known.entry_id, account=BOB)
    is_gone(flow)
    assert box.requests[heard:] == []


@pytest.mark.parametrize("removed", [True, False])
async def test_repair(
    hass: HomeAssistant,
    box: AccountBox,
    hass_client: Any,
    set_up: Callable[..., Any],
    removed: bool,
) -> None:
    """The repair of an account that is not loaded opens its upload all the same."""
    assert await async_setup_component(hass, "repairs", {})
    since = box.now() - timedelta(days=3645)  # it expires in five days
    box._certificates[ALICE] = box.platform.platform_certificate(ALICE, "", now=since)
    entry = await set_up(ALICE)
    await hass.config_entries.async_unload(entry.entry_id)
    client = await hass_client()
    fixing = "/api/repairs/issues/fix"
    issue = {"handler": DOMAIN, "issue_id": f"certificate_expires_{entry.entry_id}"}
    fix = await (await client.post(fixing, json=issue)).json()
    if removed:
        await hass.config_entries.async_remove(entry.entry_id)
    reply = await client.post(
        f"{fixing}/{fix['flow_id']}", json={"next_step_id": "upload"}
    )
    assert reply.status == 200
    reason = "account_removed" if removed else "upload_opened"
    assert (await reply.json())["reason"] == reason
