"""Whom we believe, and what a weak certificate may and may not change."""

import asyncio
import os
from pathlib import Path
import ssl

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    CertificateError,
    ClientCertificate,
    NotACertificateError,
    ReplyError,
    ServerCertificateError,
    ServerConnectionError,
    ServerTimeoutError,
    SipSettingsError,
    TlsError,
    Trust,
    WeakCertificateError,
    WeakServerCertificateError,
    build_context,
    fetch_server_certificate,
    page_url,
)
from custom_components.sip_account.sip_settings.transport import Transport
from demo import AccountBox
from demo.certificates import Authority
from tests.faults.server_table import expired

ALICE = "alice@example.com"


def _weak(box: AccountBox) -> ClientCertificate:
    return ClientCertificate.load(box.certificate_for(ALICE).crt())


def _modern(box: AccountBox) -> ClientCertificate:
    issued = box.platform.modern_certificate(ALICE, key="p256")
    return ClientCertificate.load(issued.crt())


async def _ask(
    box: AccountBox, context: ssl.SSLContext, *, time_limit: float = 5
) -> bytes:
    async with aiohttp.ClientSession() as session:
        url = page_url(f"https://127.0.0.1:{box.port}/settings.phtml")
        transport = Transport(session, url, context, time_limit=time_limit)
        answer = await transport.get({"export": "1", "action": "aliases"})
        return answer.body


def _trust(box: AccountBox) -> Trust:
    return Trust.from_authority_file(box.authority_pem)


def _level(context: ssl.SSLContext) -> int:
    return context.security_level


async def test_weak_certificate(box: AccountBox) -> None:
    """A weak certificate is used only where that was allowed, and no lower."""
    with pytest.raises(WeakCertificateError):
        build_context(_weak(box), _trust(box))
    context = build_context(_weak(box), _trust(box), allow_weak=True)
    assert _level(context) == 0
    assert b"alice" in await _ask(box, context)
    for cipher in context.get_ciphers():
        assert cipher["aead"]
        assert cipher["kea"] in {"kx-ecdhe", "kx-dhe", "kx-any"}


async def test_levels(box: AccountBox) -> None:
    """The level is lowered as far as the certificate needs."""
    short = ClientCertificate.load(
        box.platform.modern_certificate(ALICE, key="rsa1024").crt()
    )
    assert _level(build_context(short, _trust(box), allow_weak=True)) == 1
    usual = _level(ssl.create_default_context())
    strong = build_context(_modern(box), _trust(box), allow_weak=True)
    assert _level(strong) == usual
    assert strong.post_handshake_auth
    assert strong.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert b"alice" in await _ask(box, strong)


async def test_refused_certificate(box: AccountBox) -> None:
    """A certificate of another platform: the alert names it."""
    issued = box.foreign.modern_certificate(ALICE, key="p256")
    context = build_context(ClientCertificate.load(issued.crt()), _trust(box))
    with pytest.raises(CertificateError) as caught:
        await _ask(box, context)
    assert caught.value.certain


async def test_refused_in_other_words(box: AccountBox) -> None:
    """Where two authorities bear one name, the alert is about a signature."""
    namesake = Authority.create("Example Platform", "Example Platform CA")
    issued = namesake.modern_certificate(ALICE, key="p256")
    context = build_context(ClientCertificate.load(issued.crt()), _trust(box))
    with pytest.raises(CertificateError) as caught:
        await _ask(box, context)
    assert "DECRYPT_ERROR" in str(caught.value)
    assert not caught.value.certain


async def test_certificate_required() -> None:
    """A server that takes nobody without a certificate."""
    async with AccountBox(require_client_certificate=True) as box:
        with pytest.raises(CertificateError):
            await _ask(box, build_context(None, _trust(box)))
        assert b"alice" in await _ask(box, build_context(_modern(box), _trust(box)))


async def test_untrusted_server(box: AccountBox) -> None:
    """An unknown authority, a wrong authority, and what is no authority."""
    foreign = Trust.from_authority_file(box.foreign.certificate_pem)
    for trust in (Trust(), foreign):
        with pytest.raises(ServerCertificateError):
            await _ask(box, build_context(_modern(box), trust))
    with pytest.raises(NotACertificateError):
        Trust.from_authority_file(b"rubbish")
    with pytest.raises(ServerCertificateError):
        build_context(None, Trust(authority="rubbish"))


async def test_authority_as_der(box: AccountBox) -> None:
    """An authority without key identifiers, in DER."""
    der = ssl.PEM_cert_to_DER_cert(box.authority_pem.decode())
    trust = Trust.from_authority_file(der)
    assert b"alice" in await _ask(box, build_context(_modern(box), trust))


async def test_wrong_name(box: AccountBox) -> None:
    """A certificate for another name."""
    box.replace_server_certificate(
        box.server_authority.server_certificate(["other.example"])
    )
    with pytest.raises(ServerCertificateError):
        await _ask(box, build_context(_modern(box), _trust(box)))


async def test_pinned(box: AccountBox) -> None:
    """Exactly the pinned certificate is believed, also when it has expired."""
    box.replace_server_certificate(expired(box))
    url = page_url(f"https://127.0.0.1:{box.port}/")
    shown = await fetch_server_certificate(url)
    assert shown.expires.year == 2011
    assert len(shown.fingerprint) == 95
    context = build_context(_modern(box), Trust(pinned=shown.pem))
    assert b"alice" in await _ask(box, context)
    box.replace_server_certificate()
    with pytest.raises(ServerCertificateError):
        await _ask(box, context)


async def test_pinned_authority(box: AccountBox) -> None:
    """A pinned authority does not vouch for what it issued."""
    pinned = Trust(pinned=box.authority_pem.decode())
    with pytest.raises(ServerCertificateError):
        await _ask(box, build_context(_modern(box), pinned))


@pytest.mark.parametrize("pinned", [True, False])
@pytest.mark.parametrize("weak", [True, False])
async def test_weak_server(box: AccountBox, *, weak: bool, pinned: bool) -> None:
    """A weak server is refused at every level, also when pinned."""
    issued = box.server_authority.server_certificate(key="rsa1024")
    box.replace_server_certificate(issued)
    pin = Trust(pinned=ssl.DER_cert_to_PEM_cert(issued.der()))
    certificate = _weak(box) if weak else _modern(box)
    trust = pin if pinned else _trust(box)
    context = build_context(certificate, trust, allow_weak=True)
    with pytest.raises(WeakServerCertificateError):
        await _ask(box, context)


_VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


@pytest.mark.parametrize("version", _VERSIONS)
@pytest.mark.parametrize("wrong", ["issued by the pinned one", "weak"])
async def test_certificate_goes_to_nobody_refused(
    box: AccountBox, version: ssl.TLSVersion, wrong: str
) -> None:
    """Until TLS 1.3 it is sent in mid-handshake, before all is found to be well."""
    trust = Trust(pinned=box.authority_pem.decode())
    if wrong == "weak":
        issued = box.server_authority.modern_certificate("localhost", key="rsa1024")
        box.replace_server_certificate(issued)
        trust = Trust(pinned=ssl.DER_cert_to_PEM_cert(issued.der()))
    box.served.maximum_version = version
    with pytest.raises((ServerCertificateError, WeakServerCertificateError)):
        await _ask(box, build_context(_weak(box), trust, allow_weak=True))
    assert not box.given
    box.replace_server_certificate()
    await _ask(box, build_context(_weak(box), _trust(box), allow_weak=True))
    assert box.given


@pytest.mark.parametrize("version", _VERSIONS)
async def test_shown_to_who_brings_no_certificate(version: ssl.TLSVersion) -> None:
    """A server that lets nobody in without one has shown its own by then."""
    async with AccountBox(require_client_certificate=True) as box:
        issued = box.replace_server_certificate()
        box.served.maximum_version = version
        shown = await fetch_server_certificate(
            page_url(f"https://127.0.0.1:{box.port}/")
        )
        assert shown.pem == ssl.DER_cert_to_PEM_cert(issued.der())


@pytest.mark.parametrize("memory_file", [True, False])
async def test_key_leaves_no_file(
    box: AccountBox,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    memory_file: bool,
) -> None:
    """The key is in no file afterwards, also where there are no memory files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    if not memory_file:
        monkeypatch.delattr(os, "memfd_create")
    modes: list[int] = []
    load = ssl.SSLContext.load_cert_chain

    def spy(context: ssl.SSLContext, path: str) -> None:
        modes.append(Path(path).stat().st_mode & 0o777)
        load(context, path)

    monkeypatch.setattr(ssl.SSLContext, "load_cert_chain", spy)
    build_context(_modern(box), _trust(box))
    assert modes[0] & 0o077 == 0 or memory_file
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("reset", ServerConnectionError),
        ("slow", ServerTimeoutError),
        ("huge_body", ReplyError),
    ],
)
async def test_bad_exchanges(
    box: AccountBox, fault: str, error: type[SipSettingsError]
) -> None:
    """A server that hangs up, hangs, or does not end."""
    box.faults.set("*", "*", fault)
    context = build_context(_modern(box), _trust(box))
    with pytest.raises(error):
        await _ask(box, context, time_limit=1)


async def test_redirect_is_not_followed(box: AccountBox) -> None:
    """A login page somewhere else is no answer."""
    box.faults.set("*", "*", "redirect_302")
    await _ask(box, build_context(_modern(box), _trust(box)))
    assert len(box.requests) == 1


async def test_no_http(box: AccountBox) -> None:
    """Ports that speak no TLS, and that nobody listens on."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        url = page_url(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        with pytest.raises(TlsError):
            await fetch_server_certificate(url)
    with pytest.raises(ServerConnectionError):
        await fetch_server_certificate(url)
