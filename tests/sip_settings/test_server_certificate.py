"""What is shown of a server's certificate, and which signatures are believed."""

import ssl

import aiohttp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding
import pytest

from custom_components.sip_account.sip_settings import (
    ClientCertificate,
    ServerCertificate,
    Trust,
    WeakServerCertificateError,
    build_context,
    page_url,
)
from custom_components.sip_account.sip_settings.tls import unverified_context
from custom_components.sip_account.sip_settings.transport import Transport
from demo import AccountBox, der
from demo.certificates import Authority, authority, parse
from demo.issued import IssuedCertificate

ALICE = "alice@example.com"
SERVERS = authority("Example Servers", "Example Servers CA")
SHA256, SHA1 = der.oid("1.2.840.113549.1.1.11"), der.oid("1.2.840.113549.1.1.5")


def _signed_with_sha1(issued: IssuedCertificate, by: Authority) -> IssuedCertificate:
    """Issue the same certificate once more, with a signature of former times."""
    to_be_signed = issued.certificate.tbs_certificate_bytes.replace(SHA256, SHA1)
    signature = by._key.sign(to_be_signed, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    signed_with = der.sequence(SHA1, der.null())
    certificate = parse(der.sequence(to_be_signed, signed_with, der.bits(signature)))
    return IssuedCertificate(certificate, issued.key, ())


async def _ask(box: AccountBox, context: ssl.SSLContext) -> int:
    async with aiohttp.ClientSession() as session:
        url = page_url(f"https://127.0.0.1:{box.port}/settings.phtml")
        answer = await Transport(session, url, context).get({"action": "aliases"})
        return answer.status


def _weak(box: AccountBox) -> ClientCertificate:
    return ClientCertificate.load(box.certificate_for(ALICE).crt())


def test_names_that_are_shown() -> None:
    """The first twenty hosts are shown as they are written, addresses among them."""
    hosts = ["192.0.2.1", *(f"host-{number}.example" for number in range(20))]
    shown = ServerCertificate.load(SERVERS.server_certificate(hosts).der())
    assert shown.names == tuple(hosts[:20])
    fewer = ServerCertificate.load(SERVERS.server_certificate(hosts[:2]).der())
    assert fewer.names == ("192.0.2.1", "host-0.example")


def test_no_names() -> None:
    """A certificate of former times names no host but in its subject."""
    issued = SERVERS.modern_certificate("old.example", key="p256")
    shown = ServerCertificate.load(issued.der())
    assert shown.names == ()
    assert shown.subject == "CN=old.example"


def test_what_is_printed() -> None:
    """No certificate fills a log, wherever it is printed."""
    pem = SERVERS.certificate_pem.decode()
    shown = ServerCertificate.load_pem(pem)
    assert shown.pem == pem
    for value in (shown, Trust(authority=pem), Trust(pinned=pem)):
        assert "BEGIN" not in repr(value)
    assert shown.fingerprint in repr(shown)


def test_context_that_believes_nobody() -> None:
    """Whatever a server shows is looked at, as long as it speaks TLS 1.2."""
    context = unverified_context()
    assert context.verify_mode == ssl.CERT_NONE
    assert context.check_hostname is False
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.security_level == 0


def test_what_is_asked_of_a_server() -> None:
    """An authority vouches for a name; a pinned certificate is believed without."""
    pem = SERVERS.certificate_pem.decode()
    by_authority = build_context(None, Trust(authority=pem))
    pinned = build_context(None, Trust(pinned=pem))
    assert by_authority.check_hostname is True
    assert pinned.check_hostname is False
    for context in (by_authority, pinned, build_context(None, Trust())):
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.security_level == 2
    no_check_of_time = 0x200000
    assert not by_authority.verify_flags & no_check_of_time
    assert pinned.verify_flags & no_check_of_time


@pytest.mark.parametrize("lowered", [True, False])
async def test_signature_of_former_times(box: AccountBox, *, lowered: bool) -> None:
    """A server with an SHA-1 signature is refused, at a lowered level too."""
    issuer = box.server_authority
    issued = issuer.server_certificate()
    box.replace_server_certificate(_signed_with_sha1(issued, issuer))
    trust = Trust.from_authority_file(box.authority_pem)
    certificate = _weak(box) if lowered else None
    with pytest.raises(WeakServerCertificateError):
        await _ask(box, build_context(certificate, trust, allow_weak=True))


async def test_own_signature_of_an_authority(box: AccountBox) -> None:
    """An authority that we trust may have signed itself with SHA-1."""
    issuer = box.server_authority
    itself = IssuedCertificate(issuer.certificate, issuer._key, ())
    anchor = _signed_with_sha1(itself, issuer).certificate
    box.replace_server_certificate(issuer.server_certificate())
    trust = Trust.from_authority_file(anchor.public_bytes(Encoding.PEM))
    assert await _ask(box, build_context(_weak(box), trust, allow_weak=True)) == 200


async def test_level_of_the_system(box: AccountBox) -> None:
    """Whom the system's own context takes is taken, where we lower nothing."""

    def lax() -> ssl.SSLContext:
        context = ssl.create_default_context(cadata=box.authority_pem.decode())
        context.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_STRICT
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        return context

    issued = box.server_authority.server_certificate(key="rsa1024")
    box.replace_server_certificate(issued)
    modern = ClientCertificate.load(
        box.platform.modern_certificate(ALICE, key="p256").crt()
    )
    assert await _ask(box, build_context(modern, Trust(), system_context=lax)) == 200
    weak = build_context(_weak(box), Trust(), allow_weak=True, system_context=lax)
    with pytest.raises(WeakServerCertificateError):
        await _ask(box, weak)
