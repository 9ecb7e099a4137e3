"""Certificate files in every form, and what is wrong with the others."""

import pytest

from custom_components.sip_account.sip_settings import (
    CertificateFileError,
    ClientCertificate,
    KeyMismatchError,
    NoPrivateKeyError,
    NotACertificateError,
    PasswordRequiredError,
    SipAddress,
    WrongPasswordError,
)
from demo import AccountBox, IssuedCertificate
from demo.accounts import Account

ALICE = "alice@example.com"


def _kind(value: object) -> str:
    """Name a parameter: keys differ from run to run, and so would its own name."""
    return type(value).__name__


BOX = AccountBox([Account("alice", "example.com", "secret")])
PLATFORM = BOX.certificate_for(ALICE)
MODERN = BOX.platform.modern_certificate(ALICE, key="p256")
RSA = BOX.platform.modern_certificate(ALICE, key="rsa2048")
ED25519 = BOX.platform.modern_certificate(ALICE, key="ed25519")
CHAINED = BOX.platform.intermediate().modern_certificate(ALICE, key="p256")


@pytest.mark.parametrize(
    ("data", "password", "key"),
    [
        (PLATFORM.crt(), None, None),
        (PLATFORM.crt(), "not needed", None),
        (PLATFORM.p12_2009("secret"), "secret", None),
        (PLATFORM.p12("secret"), "secret", None),
        (MODERN.crt(), None, None),
        (MODERN.pem(), None, None),
        (MODERN.pem("secret"), "secret", None),
        (MODERN.p12("secret"), "secret", None),
        (MODERN.pem("secret", traditional=True), "secret", None),
        (MODERN.der() + MODERN.key_der(), None, None),
        (MODERN.key_der() + MODERN.der(), None, None),
        (MODERN.der(), None, MODERN.key_der()),
        (RSA.crt(), None, None),
        (RSA.der(), None, RSA.key_der()),
        (ED25519.pem(), None, None),
        (CHAINED.chain_pem(), None, None),
        (b"Bag Attributes\xff\r\n" + MODERN.pem(), None, None),
    ],
    ids=_kind,
)
def test_forms(data: bytes, password: str | None, key: bytes | None) -> None:
    """Every form gives a certificate that names alice."""
    certificate = ClientCertificate.load(data, password, key=key)
    assert certificate.address == SipAddress("alice", "example.com")
    assert certificate.expires > certificate.not_before
    again = ClientCertificate.load(
        (certificate.certificate_pem + certificate.key_pem).encode()
    )
    assert again.subject == certificate.subject
    for secret in ("PRIVATE KEY", "BEGIN", "secret"):
        assert secret not in repr(certificate)


@pytest.mark.parametrize(
    ("issued", "bits", "algorithm", "level", "weak"),
    [
        (PLATFORM, 1024, "MD5 with RSA", 0, True),
        (RSA, 2048, "SHA256 with RSA", 2, False),
        (MODERN, 256, "SHA256 with EC", 2, False),
        (
            BOX.platform.modern_certificate(ALICE, key="rsa1024"),
            1024,
            "SHA256 with RSA",
            1,
            True,
        ),
        (
            BOX.platform.modern_certificate(ALICE, key="p256", hash_name="sha1"),
            256,
            "SHA1 with EC",
            0,
            True,
        ),
    ],
)
def test_facts(
    issued: IssuedCertificate, bits: int, algorithm: str, level: int, *, weak: bool
) -> None:
    """What a certificate is, and what it needs of OpenSSL, no more."""
    certificate = ClientCertificate.load(issued.crt())
    assert certificate.key_bits == bits
    assert certificate.signature_algorithm == algorithm
    assert certificate.security_level == level
    assert certificate.weak is weak


def test_chain() -> None:
    """What stands between the certificate and its authority comes along."""
    certificate = ClientCertificate.load(CHAINED.chain_pem())
    assert certificate.chain_pem.count("BEGIN CERTIFICATE") >= 1
    assert certificate.certificate_pem not in certificate.chain_pem


def test_owner() -> None:
    """A certificate of an owner names no account."""
    issued = BOX.platform.modern_certificate("4711", key="p256")
    assert ClientCertificate.load(issued.crt()).address is None


@pytest.mark.parametrize(
    ("data", "password", "key", "error"),
    [
        (b"", None, None, NotACertificateError),
        (b"\x30\x82\xff\xff rubbish", None, None, NotACertificateError),
        (
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            None,
            None,
            NotACertificateError,
        ),
        (b"0" * 2_000_000, None, None, NotACertificateError),
        (MODERN.der() * 40, None, None, NotACertificateError),
        (MODERN.key_der(), None, None, NotACertificateError),
        (MODERN.der(), None, None, NoPrivateKeyError),
        (MODERN.der(), None, RSA.key_der(), KeyMismatchError),
        (MODERN.pem("secret"), None, None, PasswordRequiredError),
        (MODERN.pem("secret"), "wrong", None, WrongPasswordError),
        (MODERN.p12("secret"), None, None, PasswordRequiredError),
        (MODERN.p12("secret"), "wrong", None, WrongPasswordError),
        (PLATFORM.p12_2009("secret"), "wrong", None, WrongPasswordError),
    ],
    ids=_kind,
)
def test_bad_files(
    data: bytes,
    password: str | None,
    key: bytes | None,
    error: type[CertificateFileError],
) -> None:
    """Each mistake has an error of its own."""
    with pytest.raises(error) as caught:
        ClientCertificate.load(data, password, key=key)
    assert caught.value.certain
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("alice@example.com", "alice@example.com"),
        (" sip:alice@EXAMPLE.com ", "alice@example.com"),
        ("sips:0031208005169@example.com", "0031208005169@example.com"),
        ("alice@example.com.", "alice@example.com"),
        ("alice@Müller.example", "alice@xn--mller-kva.example"),
        ("alice@xn--mller-kva.example", "alice@xn--mller-kva.example"),
    ],
)
def test_sip_address(text: str, address: str) -> None:
    """Addresses as people write them."""
    assert str(SipAddress.parse(text)) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "alice",
        "@example.com",
        "a@b@c",
        "a b@example.com",
        "a:b@example.com",
        "a@",
        "a@.",
        "a@mül ler.example",
        "a@müller.example/x",
        "a@é..example",
    ],
)
def test_no_sip_address(text: str) -> None:
    """What is none."""
    with pytest.raises(ValueError, match="user@domain"):
        SipAddress.parse(text)
