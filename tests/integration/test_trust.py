"""Trust is in one server: what identifies us goes to no other, nor does that trust."""

from collections.abc import Callable
import ssl
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import aiohttp_client
import pytest

from custom_components.sip_account.sip_settings import ServerCertificateError
from demo import AccountBox
from demo.dialects import Answer
from demo.exchange import Exchange

from .finding import PAGE, TODAY, OnlyThisHost
from .flow import Flow
from .passing import reauths
from .support import ALICE, url_of
from .test_both_logins import use_certificate, with_both_pages


async def pin(hass: HomeAssistant, entry: Any, pem: str) -> None:
    """Let an account's server be recognized by one certificate."""
    data = {k: v for k, v in entry.data.items() if k != "trusted_authority"}
    hass.config_entries.async_update_entry(
        entry, data={**data, "pinned_certificate": pem}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_another_trust_begins_anew(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """No session outlives a change of trust, though the server would take it up."""
    served = box.replace_server_certificate()
    entry = await set_up(ALICE)
    box.hang_up()
    await entry.runtime_data.activity.async_refresh()
    assert box.handshakes[-1] is True
    looked = len(box.handshakes)
    await pin(hass, entry, ssl.DER_cert_to_PEM_cert(served.der()))
    assert entry.state.value == "loaded"
    assert box.handshakes[looked] is False
    looked = len(box.handshakes)
    await pin(hass, entry, box.platform.certificate_pem.decode())
    assert entry.state.value == "setup_retry"
    assert box.handshakes[looked:] == []


async def test_certificate_is_shown_to_no_stranger(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Who stands in the server's place learns nothing from our looking at him."""
    entry = await set_up(ALICE)
    assert box.given
    await hass.config_entries.async_unload(entry.entry_id)
    before = len(box.given)
    await pin(hass, entry, box.platform.certificate_pem.decode())
    entry.async_start_reauth(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    await flow.resume(reauths(hass)[0])
    # It was looked at: what it has shown is there to be compared.
    assert flow.step == "changed_certificate"
    assert flow.result["description_placeholders"]["fingerprint"]
    assert len(box.given) == before
    await flow.submit()
    assert flow.result["reason"] == "reauth_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(box.given) > before


async def test_certificate_is_shown_once_confirmed(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """A server whose certificate is looked at is no server that is trusted yet."""
    entry = await set_up(ALICE)
    box.hang_up()
    before = len(box.given)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url_of(box), trust="pinned")
    assert flow.step == "pin_certificate"
    assert len(box.given) == before
    await flow.submit()
    assert flow.result["reason"] == "reconfigure_successful"
    assert len(box.given) > before


@pytest.fixture
def by_two_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the home know the box by its name as well, for another host."""
    monkeypatch.setattr(
        aiohttp_client, "_async_make_resolver", lambda _hass: OnlyThisHost()
    )


def watch(box: AccountBox) -> set[tuple[str, str]]:
    """Return what will hold the hosts and pages that a login came to."""
    seen: set[tuple[str, str]] = set()

    async def look(exchange: Exchange) -> Answer:
        if exchange.account:
            host = exchange.request.host.partition(":")[0]
            seen.add((host, exchange.request.path))
        return exchange.answer()

    box.faults.set("*", "*", look)
    return seen


@pytest.mark.usefixtures("by_two_names")
@pytest.mark.parametrize("by", ["password", "certificate"])
async def test_another_host_while_adding(
    hass: HomeAssistant, box: AccountBox, flow: Flow, by: str
) -> None:
    """An authority that was uploaded for one server vouches for no other."""
    path = TODAY if by == "password" else "/settings.phtml"
    await flow.start()
    await flow.choose(by)
    if by == "password":
        await flow.submit(account=ALICE, password="wrong")
        await flow.choose("other_address")
    else:
        await flow.upload(box.certificate_for(ALICE).crt())
        box.faults.set("*", "*", "json_error")
    await flow.submit(url=url_of(box, path))
    if by == "certificate":
        await flow.submit(allow_weak_certificate=True)
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")
    seen = watch(box)
    if by == "password":
        assert (flow.step, flow.errors) == ("password", {"base": "invalid_auth"})
        await flow.submit(account="alice@another.example", password="alice-secret")
        await flow.choose("other_address")
    before = len(box.given)
    await flow.submit(url=f"{box.origin}{path}")
    assert flow.step == "untrusted_server", flow.result
    assert len(box.given) == before
    assert not seen
    # Back at the host that was trusted, it still is.
    await flow.choose("other_address" if by == "password" else "server")
    await flow.submit(url=url_of(box, path))
    if by == "certificate":
        assert flow.step == "create_entry"
    else:
        assert flow.errors == {"base": "invalid_auth"}


@pytest.mark.usefixtures("by_two_names")
async def test_another_host_under_reconfigure(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """`As until now` is said of the server that it was until now."""
    entry = await set_up(ALICE)
    before = dict(entry.data)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    given = len(box.given)
    await flow.submit(url=box.page_url, trust="unchanged")
    assert flow.step == "untrusted_server"
    assert len(box.given) == given
    await flow.choose("pin_certificate")
    await flow.submit()
    assert flow.result["reason"] == "reconfigure_successful"
    assert "trusted_authority" not in entry.data
    assert before["certificate"] == entry.data["certificate"]


@pytest.mark.usefixtures("by_two_names")
@pytest.mark.parametrize("by", ["authority", "pin_certificate"])
async def test_second_page_on_another_host(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    by: str,
) -> None:
    """It is recognized for itself: the first one's trust says nothing of it."""
    entry = await set_up(ALICE, by="password", path=PAGE)
    seen = watch(box)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url_of(box, PAGE), trust="unchanged")
    await flow.submit(settings_url=box.today_url)
    assert flow.step == "untrusted_server"
    host = flow.result["description_placeholders"]["host"]
    assert host.partition(":")[0] == "localhost"
    await flow.choose("second_page")
    await flow.submit(settings_url=f"{box.origin}/nothing.phtml")
    assert flow.errors == {"settings_url": "not_a_settings_page"}
    assert seen == {("127.0.0.1", PAGE)}
    await flow.submit(settings_url=box.today_url)
    if by == "pin_certificate":
        await flow.choose("pin_certificate")
        await flow.submit()
    else:
        await flow.choose("authority")
        await flow.upload(box.foreign.certificate_pem, "authority")
        assert flow.errors == {"authority": "authority_does_not_fit"}
        await flow.upload(box.authority_pem, "authority")
    assert flow.result["reason"] == "reconfigure_successful", flow.result
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    assert seen == {("127.0.0.1", PAGE), ("localhost", TODAY)}
    assert entry.data["trusted_authority"] == box.authority_pem.decode()
    own = {k for k in entry.data if k.startswith("second_page_")}
    pinned = "second_page_pinned_certificate"
    assert own == {pinned if by == "pin_certificate" else "second_page_authority"}


@pytest.mark.usefixtures("known_box")
async def test_pages_that_are_trusted_in_two_ways(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """A first page by what was uploaded, the second by what the system knows."""
    entry = await set_up(ALICE, by="password", path=PAGE)
    assert not box.requests
    seen = watch(box)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url_of(box, PAGE), trust="pinned")
    await flow.submit()
    assert flow.step == "second_page", flow.result
    await flow.submit(settings_url=box.today_url)
    assert flow.result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    assert seen == {("127.0.0.1", PAGE), ("localhost", TODAY)}


@pytest.mark.usefixtures("by_two_names")
async def test_second_page_has_another_certificate(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
) -> None:
    """What asks then asks how that host can be recognized, and for no login."""
    entry = await set_up(ALICE, by="password", path=PAGE)
    own = {
        "settings_url": box.today_url,
        "second_page_pinned_certificate": box.foreign.certificate_pem.decode(),
    }
    data = {k: v for k, v in entry.data.items() if k != "learned_actions"}
    hass.config_entries.async_update_entry(entry, data={**data, **own})
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    second = entry.runtime_data.health.standing.second
    assert isinstance(second.refusal, ServerCertificateError)
    entry.async_start_reauth(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    await flow.resume(reauths(hass)[0])
    assert flow.step == "untrusted_server"
    host = flow.result["description_placeholders"]["host"]
    assert host.partition(":")[0] == "localhost"
    await flow.choose("pin_certificate")
    await flow.submit()
    assert flow.result["reason"] == "reauth_successful", flow.result
    await hass.async_block_till_done(wait_background_tasks=True)
    assert (
        entry.data["second_page_pinned_certificate"]
        != own["second_page_pinned_certificate"]
    )
    assert not entry.runtime_data.health.standing.refused


@pytest.mark.usefixtures("by_two_names")
async def test_kept_password_stays_where_it_was(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Who uploads a certificate for another host has not sent a password there."""
    entry = await with_both_pages(hass, box, set_up)
    await use_certificate(hass, flow, entry)
    seen = watch(box)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("certificate")
    await flow.upload(box.certificate_for(ALICE).crt())
    await flow.show_certificate(f"{box.origin}{PAGE}")
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")
    assert (flow.step, flow.errors) == ("server", {"base": "password_wanted"})
    assert ("localhost", PAGE) not in seen
    await flow.submit(url=entry.data["url"])
    assert flow.step == "second_page"
