"""Servers that refuse, fail or are something else; and SIP address with password."""

import asyncio
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    serialize_key_and_certificates,
)
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.sip_settings import page_url
from demo import AccountBox

from .flow import Flow
from .impatience import give_up_soon
from .support import ALICE, BOB, url_of
from .test_config_flow import _entry, _finish, _modern, _start

TODAY = "/today/settings.phtml"


async def _login(flow: Flow, box: AccountBox, **changed: str) -> None:
    """Give alice's address, her password and the server; `changed` says otherwise."""
    given = {
        "account": ALICE,
        "password": box.accounts[ALICE].password,
        "url": url_of(box, TODAY),
    }
    await flow.log_in(**(given | changed))


async def _trust(flow: Flow, box: AccountBox) -> None:
    assert flow.step == "untrusted_server", flow.result
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")


async def test_password(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """SIP address and password; what is typed wrong is told and kept."""
    await flow.start()
    await flow.choose("password")
    fields = {field["name"]: field for field in flow.result["data_schema"]}
    assert fields.keys() == {"account", "password"}
    await _login(flow, box, account="alice")
    assert flow.errors == {"account": "invalid_account"}
    assert flow.step == "password_kept"
    fields = {field["name"]: field for field in flow.result["data_schema"]}
    assert not fields["password"]["required"]
    assert fields["account"]["description"]["suggested_value"] == "alice"
    await _login(flow, box, password="wrong", url="ftp://example.com")
    assert flow.errors == {"url": "invalid_url"}
    fields = {field["name"]: field for field in flow.result["data_schema"]}
    assert fields["url"]["description"]["suggested_value"] == "ftp://example.com"
    await _login(flow, box)
    await _trust(flow, box)
    assert (flow.step, flow.errors) == ("password", {"base": "invalid_auth"})
    await _login(flow, box, account="sip:alice@EXAMPLE.com")
    assert flow.step == "create_entry"
    assert _entry(hass).unique_id == ALICE
    assert _entry(hass).data["account"] == ALICE
    assert _entry(hass).state is ConfigEntryState.LOADED


async def test_unknown_account(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """An account that the server does not know is refused like a wrong password."""
    await flow.start()
    await flow.choose("password")
    await _login(flow, box, account="nobody@example.com")
    await _trust(flow, box)
    assert flow.errors == {"base": "invalid_auth"}
    await _login(flow, box)
    assert flow.step == "create_entry"


# What the server says to anybody is seen in the look before it is trusted.
SEEN_BEFORE_TRUST = {"redirect_302", "login_page"}


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("html_error_then_null", "server_failed"),
        ("back_end_timeout", "server_failed"),
        ("data_base_error", "server_failed"),
        ("empty_200", "server_failed"),
        ("empty_500", "server_failed"),
        ("html_502", "server_failed"),
        ("truncated_json", "not_a_settings_page"),
        ("garbage", "not_a_settings_page"),
        ("redirect_302", "not_a_settings_page"),
        ("login_page", "not_a_settings_page"),
        ("invalid_action", "not_a_settings_page"),
        ("unauthorized_401", "password_wanted"),
        ("forbidden_403", "tls_failed"),
        ("reset", "cannot_connect"),
    ],
)
async def test_failing_server(
    hass: HomeAssistant, flow: Flow, box: AccountBox, fault: str, error: str
) -> None:
    """Whatever the server does is told; the file is still there when it is well."""
    box.faults.set("*", "*", fault)
    await _start(flow, _modern(box).crt())
    await flow.submit(url=url_of(box))
    if fault not in SEEN_BEFORE_TRUST:
        await _trust(flow, box)
    assert (flow.step, flow.errors) == ("server", {"base": error})
    box.faults.clear()
    if fault in SEEN_BEFORE_TRUST:
        await flow.submit(url=url_of(box))
        await _trust(flow, box)
        assert flow.step == "create_entry"
        return
    await flow.submit(url=url_of(box))
    assert flow.step == "create_entry"


async def test_slow_server(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that takes too long."""
    give_up_soon(box, monkeypatch)
    box.faults.set("*", "*", "slow")
    await _start(flow, _modern(box).crt())
    await flow.submit(url=url_of(box))
    await _trust(flow, box)
    assert (flow.step, flow.errors) == ("server", {"base": "timeout_connect"})
    box.faults.clear()
    await flow.submit(url=url_of(box))
    assert flow.step == "create_entry"


async def test_foreign_certificate(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """A certificate of another platform is refused."""
    issued = box.foreign.modern_certificate(ALICE, key="p256")
    await _start(flow, issued.crt())
    await flow.submit(url=url_of(box))
    await _trust(flow, box)
    assert (flow.step, flow.errors) == ("server", {"base": "certificate_refused"})
    await flow.abandon()
    await _start(flow, _modern(box).crt())
    await _finish(flow, box)


async def test_nobody_there(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """A wrong port, and one that speaks no TLS."""
    server = await asyncio.start_server(
        lambda reader, writer: writer.close(), "127.0.0.1", 0
    )
    port = server.sockets[0].getsockname()[1]
    await _start(flow, _modern(box).crt())
    await flow.submit(url=f"https://127.0.0.1:{port}/settings.phtml")
    assert flow.errors == {"base": "cannot_connect"}
    server.close()
    await server.wait_closed()
    await flow.submit(url=f"https://127.0.0.1:{port}/settings.phtml")
    assert flow.errors == {"base": "cannot_connect"}
    await _finish(flow, box)


async def test_no_tls(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """Something that answers, but not in TLS."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"SSH-2.0-OpenSSH_9.2\r\n" * 4)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await _start(flow, _modern(box).crt())
    await flow.submit(url=f"https://127.0.0.1:{port}/settings.phtml")
    assert flow.errors == {"base": "tls_failed"}
    server.close()
    await server.wait_closed()
    await _finish(flow, box)


async def test_server_that_wants_a_certificate(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """A password given to the page that takes certificates."""
    await flow.start()
    await flow.choose("password")
    await _login(flow, box, url=url_of(box))
    await _trust(flow, box)
    assert (flow.step, flow.errors) == ("other_address", {"base": "certificate_wanted"})
    await _login(flow, box)
    assert flow.step == "create_entry"


async def test_weak_server(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """A weak client certificate does not let a weak server through."""
    strong = box.server_authority.server_certificate()
    box.replace_server_certificate(
        box.server_authority.modern_certificate("localhost", key="rsa1024")
    )
    await _start(flow, box.certificate_for(ALICE).crt())
    await flow.show_certificate(url_of(box))
    if flow.step == "untrusted_server":
        await flow.choose("pin_certificate")
        await flow.submit()
    assert flow.errors == {"base": "weak_server_certificate"}, flow.result
    box.replace_server_certificate(strong)
    await _finish(flow, box)


async def test_reauth_with_password(
    hass: HomeAssistant, flow: Flow, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A changed password is given anew; another account is refused."""
    entry = await set_up(ALICE, by="password")
    box.accounts[ALICE].password = "changed"
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (progress,) = hass.config_entries.flow.async_progress()
    await flow.resume(progress["flow_id"])
    await flow.choose("password")
    await _login(flow, box, password="still wrong")
    assert flow.errors == {"base": "invalid_auth"}
    await _login(flow, box)
    assert flow.result["reason"] == "reauth_successful"
    assert entry.data["password"] == "changed"


async def test_reconfigure_to_password(
    hass: HomeAssistant, flow: Flow, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An account moves from certificate to password, but never to another account."""
    entry = await set_up(ALICE)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("password")
    await _login(flow, box, account=BOB)
    assert flow.result["reason"] == "wrong_account"
    await flow.reconfigure(entry.entry_id)
    await flow.choose("password")
    await _login(flow, box)
    assert flow.result["reason"] == "reconfigure_successful"
    assert "certificate" not in entry.data
    assert entry.state is ConfigEntryState.LOADED


async def test_options(
    hass: HomeAssistant, flow: Flow, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Options are kept, and reload the entry."""
    entry = await set_up(ALICE)
    await flow.options(entry.entry_id)
    assert flow.step == "init"
    await flow.choose("settings")
    await flow.submit(
        activity_interval=120,
        settings_interval=30,
        currency="SEK",
        time_zone="Asia/Tokyo",
    )
    assert flow.step == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.options == {
        "activity_interval": 120,
        "settings_interval": 30,
        "currency": "SEK",
        "time_zone": "Asia/Tokyo",
    }
    balance = hass.states.get("sensor.alice_example_com_balance")
    assert balance is not None
    assert balance.attributes["unit_of_measurement"] == "SEK"
    call = hass.states.get("sensor.alice_example_com_last_call")
    assert call is not None
    assert call.attributes["started"].endswith("+09:00")


async def test_store_without_key(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """What a locked store lacks shows once it is open; the key may come alone."""
    issued = _modern(box)
    store = serialize_key_and_certificates(
        b"alice", None, None, [issued.certificate], BestAvailableEncryption(b"x")
    )
    await _start(flow, store, password="x")
    assert (flow.step, flow.errors) == (
        "certificate_kept",
        {"private_key": "no_private_key"},
    )
    await flow.upload(issued.key_der(), "private_key")
    await _finish(flow, box)


async def test_lost_authority(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """An uploaded authority that is gone is asked for again."""
    await _start(flow, _modern(box).crt())
    await flow.submit(url=url_of(box))
    await flow.choose("authority")
    await flow.submit(authority="2f4f3a5e-0f5c-4c5b-9f39-0d4c6ad6c0ff")
    assert (flow.step, flow.errors) == ("authority", {"base": "upload_lost"})
    await flow.upload(box.authority_pem, "authority")
    assert flow.step == "create_entry"


async def test_pin_of_a_server_that_is_gone(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A server that goes down before its certificate was looked at."""
    await _start(flow, _modern(box).crt())
    await flow.submit(url=url_of(box))
    monkeypatch.setattr(
        "custom_components.sip_account.flows.trust.page_url",
        lambda url: page_url(url.replace(str(box.port), "1")),
    )
    await flow.choose("pin_certificate")
    assert (flow.step, flow.errors) == ("server", {"base": "cannot_connect"})
    monkeypatch.undo()
    await _finish(flow, box)
