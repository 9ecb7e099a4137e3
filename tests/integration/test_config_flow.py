"""A person adds an account; whatever goes wrong, they get there in the end."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.sip_account.const import DOMAIN
from demo import AccountBox, IssuedCertificate
from demo.certificates import KeyKind

from .flow import Flow
from .support import ALICE, BOB, certificate_entry_data, url_of

type Make = Callable[[AccountBox], bytes]


def _modern(box: AccountBox, key: KeyKind = "p256") -> IssuedCertificate:
    return box.platform.modern_certificate(ALICE, key=key)


def _chained(box: AccountBox) -> bytes:
    issued = box.platform.intermediate().modern_certificate(ALICE, key="p256")
    return issued.chain_pem()


async def _finish(flow: Flow, box: AccountBox, path: str = "/settings.phtml") -> None:
    """Go on from the server's form to the end, by the authority of the server."""
    await flow.show_certificate(url_of(box, path))
    await _trust(flow, box)


async def _trust(flow: Flow, box: AccountBox) -> None:
    if flow.step == "untrusted_server":
        await flow.choose("authority")
        await flow.upload(box.authority_pem, "authority")
    assert flow.step == "create_entry", flow.result


def _entry(hass: HomeAssistant) -> Any:
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    return entry


async def _start(flow: Flow, content: bytes, **others: str) -> None:
    await flow.start()
    assert flow.step == "user"
    await flow.choose("certificate")
    await flow.upload(content, **others)


async def test_platform_crt(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """The platform's own `.crt`, with every explanation on the way."""
    await _start(flow, box.certificate_for(ALICE).crt())
    assert flow.step == "server"
    told = flow.result["description_placeholders"]
    assert (told["name"], told["found"], told["key_bits"]) == (ALICE, "1", "1024")
    await flow.submit(url=url_of(box), allow_weak_certificate=False)
    assert flow.errors == {"allow_weak_certificate": "not_confirmed"}
    await flow.submit(url=url_of(box), allow_weak_certificate=True)
    assert flow.step == "untrusted_server"
    await flow.choose("authority")
    await flow.upload(b"rubbish", "authority")
    assert flow.errors == {"authority": "not_a_certificate"}
    await flow.upload(box.foreign.certificate_pem, "authority")
    assert flow.errors == {"authority": "authority_does_not_fit"}
    await flow.upload(box.authority_pem, "authority")
    assert flow.step == "create_entry"
    entry = _entry(hass)
    assert entry.title == ALICE
    assert entry.unique_id == ALICE
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["allow_weak_certificate"] is True
    assert "password" not in entry.data


async def test_platform_p12(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """The platform's own `.p12`: a wrong password first, then the right one."""
    password = box.accounts[ALICE].password
    await _start(flow, box.certificate_for(ALICE).p12_2009(password))
    assert (flow.step, flow.errors) == (
        "certificate_kept",
        {"password": "password_needed"},
    )
    await flow.submit(password="wrong")
    assert flow.errors == {"password": "wrong_password"}
    assert flow.result["description_placeholders"] == {"kept": "file.bin"}
    await flow.submit(password=password)
    await flow.submit(
        url="http://example.com/settings.phtml", allow_weak_certificate=True
    )
    assert (flow.step, flow.errors) == ("server", {"url": "plain_http"})
    await flow.show_certificate(url_of(box))
    await _trust(flow, box)
    assert password not in str(dict(_entry(hass).data))
    assert _entry(hass).state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda box: _modern(box).crt(), id="p256"),
        pytest.param(lambda box: _modern(box, "rsa2048").crt(), id="rsa2048"),
        pytest.param(lambda box: _modern(box).pem(), id="pem"),
        pytest.param(_chained, id="chain"),
    ],
)
async def test_modern_forms(
    hass: HomeAssistant, flow: Flow, box: AccountBox, make: Make
) -> None:
    """Each modern form sets up an entry, and nothing is said to be weak."""
    await _start(flow, make(box))
    await _finish(flow, box)
    assert _entry(hass).data["allow_weak_certificate"] is False
    assert _entry(hass).state is ConfigEntryState.LOADED


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda box: _modern(box).pem("geheim"), id="encrypted pem"),
        pytest.param(lambda box: _modern(box).p12("geheim"), id="p12"),
    ],
)
async def test_encrypted_forms(
    hass: HomeAssistant, flow: Flow, box: AccountBox, make: Make
) -> None:
    """A file with a password; the password is not kept."""
    await _start(flow, make(box), password="geheim")
    await _finish(flow, box)
    assert "geheim" not in str(dict(_entry(hass).data))


async def test_der_with_key_file(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """A DER certificate holds no key: its file is asked for, the first one kept."""
    issued = _modern(box)
    await _start(flow, issued.der())
    assert (flow.step, flow.errors) == (
        "certificate_kept",
        {"private_key": "no_private_key"},
    )
    assert flow.result["description_placeholders"] == {"kept": f"file.bin, {ALICE}"}
    await flow.upload(_modern(box, "rsa2048").key_der(), "private_key")
    assert flow.errors == {"private_key": "key_mismatch"}
    await flow.upload(issued.key_der(), "private_key")
    await _finish(flow, box)
    assert _entry(hass).state is ConfigEntryState.LOADED


async def test_another_file_that_is_encrypted(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """All that is kept is named, and the file that the password is for."""
    password = box.accounts[ALICE].password
    await _start(flow, _modern(box).der())
    content = box.certificate_for(ALICE).p12_2009(password)
    await flow.submit(private_key=await flow.send_file(content, "alice.p12"))
    assert flow.errors == {"password": "password_needed"}
    kept = flow.result["description_placeholders"]["kept"]
    assert kept == f"file.bin, {ALICE}, alice.p12"


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda box: b"", "not_a_certificate"),
        (lambda box: b"<html>rubbish</html>", "not_a_certificate"),
        (lambda box: b"\x00" * 1_500_000, "not_a_certificate"),
        (lambda box: _modern(box).key_der(), "not_a_certificate"),
        (
            lambda box: _modern(box, "rsa2048").der() + _modern(box).key_der(),
            "key_mismatch",
        ),
    ],
)
async def test_bad_files(
    hass: HomeAssistant, flow: Flow, box: AccountBox, make: Make, error: str
) -> None:
    """What is no usable certificate file is told, and the next file is taken."""
    await _start(flow, make(box))
    assert (flow.step, flow.errors) == ("certificate", {"certificate": error})
    await flow.upload(_modern(box).crt())
    await _finish(flow, box)


async def test_lost_upload(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """An upload that is gone is asked for again."""
    await flow.start()
    await flow.choose("certificate")
    await flow.submit(certificate="2f4f3a5e-0f5c-4c5b-9f39-0d4c6ad6c0ff")
    assert flow.errors == {"base": "upload_lost"}
    await flow.upload(_modern(box).crt())
    await _finish(flow, box)


async def test_expired_certificate(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """An expired certificate is a warning, and an error once the server refuses."""
    past = datetime(2020, 6, 1, tzinfo=UTC)
    issued = box.platform.modern_certificate(
        ALICE, key="p256", not_before=past.replace(year=2019), not_after=past
    )
    await _start(flow, issued.crt())
    assert flow.result["description_placeholders"]["expires"].startswith("2020-")
    await flow.submit(url=url_of(box), try_expired=False)
    assert flow.errors == {"try_expired": "not_confirmed"}
    await flow.submit(url=url_of(box), try_expired=True)
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")
    assert (flow.step, flow.errors) == ("server", {"base": "certificate_expired"})
    await flow.abandon()
    await _start(flow, _modern(box).crt())
    await _finish(flow, box)


async def test_owner_certificate(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """A certificate that names no account: the flow asks which one is meant."""
    issued = box.platform.modern_certificate("4711", key="p256")
    await _start(flow, issued.pem("geheim"), password="geheim")
    assert (flow.step, flow.errors) == ("server", {})
    await flow.submit(url=url_of(box), account="nobody")
    assert flow.errors == {"account": "invalid_account"}
    await flow.submit(url=url_of(box), account=ALICE)
    assert flow.step == "untrusted_server"
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")
    # The page's dialect wants an account's own certificate.
    assert (flow.step, flow.errors) == ("server", {"base": "certificate_refused"})


async def test_account_is_proposed(flow: Flow, box: AccountBox) -> None:
    """An e-mail address in an owner's certificate is offered, and not believed."""
    issued = box.platform.platform_certificate(
        "4711", "alice@example.org", now=datetime(2026, 1, 1, tzinfo=UTC)
    )
    await _start(flow, issued.crt())
    (field,) = (it for it in flow.result["data_schema"] if it["name"] == "account")
    assert field["description"]["suggested_value"] == "alice@example.org"
    await flow.show_certificate(url_of(box), ALICE)
    assert flow.step == "untrusted_server"


async def test_one_of_several(flow: Flow, box: AccountBox) -> None:
    """It is said which of the certificates in a file is taken."""
    issued = _modern(box)
    before = _modern(box, "rsa2048").certificate.public_bytes(Encoding.PEM)
    await _start(flow, before + issued.crt())
    told = flow.result["description_placeholders"]
    assert (told["name"], told["found"]) == (ALICE, "2")
    expires = dt_util.as_local(issued.certificate.not_valid_after_utc)
    assert told["expires"] == expires.date().isoformat()


async def test_pinned_server(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """The server's certificate is shown, and trusted once that was submitted."""
    await _start(flow, box.certificate_for(ALICE).crt())
    await flow.show_certificate(url_of(box))
    await flow.choose("pin_certificate")
    shown = flow.result["description_placeholders"]
    assert len(shown["fingerprint"].split(":")) == 32
    assert shown["not_before"] < shown["expires"]
    box.replace_server_certificate()
    await flow.submit()
    assert flow.step == "untrusted_server"
    await flow.choose("pin_certificate")
    await flow.submit()
    assert flow.step == "create_entry"
    assert "pinned_certificate" in _entry(hass).data
    assert _entry(hass).state is ConfigEntryState.LOADED


async def test_change_address_of_untrusted_server(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """Who sees that the server is the wrong one goes back; the file is still there."""
    await _start(flow, _modern(box).crt())
    await flow.submit(url=url_of(box))
    await flow.choose("server")
    assert flow.step == "server"
    await _finish(flow, box)


async def test_already_configured(
    hass: HomeAssistant, flow: Flow, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An account is set up once, however it is opened."""
    await set_up(ALICE)
    await _start(flow, _modern(box).crt())
    assert flow.result["reason"] == "already_configured"


async def test_closed_browser(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """A dialog that was left open nowhere keeps nobody from beginning again."""
    content = box.certificate_for(ALICE).crt()
    await _start(flow, content)
    assert flow.step == "server"
    await _start(flow, content)
    await _finish(flow, box)
    assert _entry(hass).title == ALICE


async def test_files_are_dropped(
    flow: Flow, box: AccountBox, hass: HomeAssistant
) -> None:
    """An abandoned flow keeps nothing."""
    await _start(flow, _modern(box).crt())
    running: Any
    (running,) = hass.config_entries.flow._progress.values()
    assert running._draft.file
    await flow.abandon()
    assert running._draft.file is None
    assert running._draft.certificate is None


async def test_reauth_with_certificate(
    hass: HomeAssistant, flow: Flow, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A new certificate mends the account; another account's does not."""
    entry = await set_up(ALICE)
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (progress,) = hass.config_entries.flow.async_progress()
    await flow.resume(progress["flow_id"])
    assert flow.step == "reauth_confirm"
    await flow.choose("certificate")
    await flow.upload(_modern(box).crt())
    assert flow.result["reason"] == "reauth_successful"
    assert entry.data["allow_weak_certificate"] is False
    assert entry.state is ConfigEntryState.LOADED


async def test_reconfigure_refuses_another_account(
    hass: HomeAssistant, flow: Flow, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An entry stays the account that it was."""
    entry = await set_up(ALICE)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("certificate")
    await flow.upload(box.certificate_for(BOB).crt())
    assert flow.result["reason"] == "wrong_account"
    before = certificate_entry_data(box, ALICE)["certificate"]
    assert entry.data["certificate"] == before
