"""A dialog that was opened before undoes nothing of what has changed since."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from demo import AccountBox

from .finding import PAGE
from .flow import Flow
from .passing import reauths
from .renewing import about_to_expire, asked_for
from .support import ALICE, url_of
from .test_trust import pin

BY_ITSELF = {"renew_certificate": True}


async def renew_behind_it(hass: HomeAssistant, entry: Any) -> dict[str, Any]:
    """Let the certificate be renewed by itself; returns what the entry then holds."""
    old = entry.data["certificate"]
    hass.config_entries.async_update_entry(entry, options=BY_ITSELF)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.data["certificate"] != old
    assert entry.data["certificate_before"]["certificate"] == old
    return dict(entry.data)


async def _address(flow: Flow, box: AccountBox) -> dict[str, Any]:
    await flow.choose("address")
    return {"url": url_of(box), "trust": "unchanged"}


async def _to_authority(flow: Flow, box: AccountBox) -> dict[str, Any]:
    await flow.choose("address")
    await flow.submit(url=url_of(box), trust="authority")
    return {"authority": await flow.send_file(box.authority_pem)}


async def _to_pin(flow: Flow, box: AccountBox) -> dict[str, Any]:
    await flow.choose("address")
    await flow.submit(url=url_of(box), trust="pinned")
    return {}


async def _upload(flow: Flow, box: AccountBox) -> dict[str, Any]:
    await flow.choose("certificate")
    await flow.upload(box.certificate_for(ALICE).crt())
    assert flow.step == "server"
    return {"url": url_of(box), "allow_weak_certificate": True}


async def _password(flow: Flow, box: AccountBox) -> dict[str, Any]:
    await flow.choose("password")
    return {"account": ALICE, "password": box.accounts[ALICE].password}


async def _renew(flow: Flow, box: AccountBox) -> dict[str, Any]:
    await flow.choose("renew")
    return {}


@pytest.mark.parametrize(
    "until", [_address, _to_authority, _to_pin, _upload, _password, _renew]
)
async def test_renewed_behind_a_form(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    until: Callable[..., Any],
) -> None:
    """The renewal stays, with the certificate before it, and no other key is made."""
    about_to_expire(box, 20)
    entry = await set_up(ALICE)
    await flow.reconfigure(entry.entry_id)
    typed = await until(flow, box)
    held = await renew_behind_it(hass, entry)
    asked = asked_for(box)
    await flow.submit(**typed)
    assert flow.result["reason"] == "changed_meanwhile", flow.result
    assert dict(entry.data) == held
    assert asked_for(box) == asked


async def test_second_page_changed_behind_a_form(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """The last form of all is no other."""
    entry = await set_up(ALICE, by="password", path=PAGE)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url_of(box, PAGE), trust="unchanged")
    assert flow.step == "second_page"
    held = {**entry.data, "settings_url": url_of(box, "/today/settings.phtml")}
    hass.config_entries.async_update_entry(entry, data=held)
    await flow.submit()
    assert flow.result["reason"] == "changed_meanwhile"
    assert dict(entry.data) == held


async def test_changed_behind_what_asks_for_credentials(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """What was shown of one server is not said of another."""
    entry = await set_up(ALICE)
    await pin(hass, entry, box.platform.certificate_pem.decode())
    entry.async_start_reauth(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    await flow.resume(reauths(hass)[0])
    assert flow.step == "changed_certificate"
    held = {**entry.data, "url": url_of(box, "/2009-10/settings.phtml")}
    hass.config_entries.async_update_entry(entry, data=held)
    await flow.submit()
    assert flow.result["reason"] == "changed_meanwhile"
    assert dict(entry.data) == held


async def test_notes_behind_a_form(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """What is noted meanwhile stays: the last renewal tried, and the server's zone."""
    entry = await set_up(ALICE)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    notes = {
        "renewal_try": {"at": "2026-11-01T00:00:00+00:00", "problem": "weaker"},
        "server_zone": {"steps": [], "server": entry.data["url"]},
    }
    hass.config_entries.async_update_entry(entry, data={**entry.data, **notes})
    await flow.submit(url=entry.data["url"], trust="unchanged")
    assert flow.result["reason"] == "reconfigure_successful"
    assert notes.items() <= entry.data.items()


@pytest.mark.parametrize("step", ["settings", "control"])
async def test_options_behind_a_form(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    step: str,
) -> None:
    """Options that were shown, and are others by now, are not put back."""
    entry = await set_up(ALICE, by="password", options={"activity_interval": 60})
    await flow.options(entry.entry_id)
    await flow.choose(step)
    typed: dict[str, Any] = {"forwarding_targets": ["+31201111111"]}
    if step == "settings":
        typed = {"activity_interval": 60, "settings_interval": 15, "currency": "EUR"}
    now: dict[str, Any] = {
        "activity_interval": 120,
        "forwarding_targets": ["+31202222222"],
    }
    hass.config_entries.async_update_entry(entry, options=now)
    await flow.submit(**typed)
    assert flow.result.get("reason") == "changed_meanwhile", flow.result
    assert entry.options == now
    await flow.options(entry.entry_id)
    await flow.choose(step)
    await flow.submit(**typed)
    if step == "control":
        assert flow.step == "targets"
        await flow.choose("keep_targets")
    assert flow.step == "create_entry"
    assert typed.items() <= entry.options.items()
