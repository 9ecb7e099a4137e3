"""Certificates and the files they come in."""

from datetime import UTC, datetime, timedelta
import warnings

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_pem_private_key,
    pkcs12,
)
import pytest

from demo import IssuedCertificate
from demo.certificates import Authority, HashKind, KeyKind, authority
from demo.rc2 import encrypt_block, expand_key

NOW = datetime(2009, 9, 24, 14, tzinfo=UTC)

pytestmark = pytest.mark.filterwarnings("ignore:Parsed a serial number")


def is_signed_by(certificate: x509.Certificate, signer: Authority) -> bool:
    """Check a signature, also with a hash that cryptography thinks too weak."""
    key = signer.certificate.public_key()
    algorithm = certificate.signature_hash_algorithm
    assert isinstance(key, rsa.RSAPublicKey)
    assert algorithm is not None
    tbs = certificate.tbs_certificate_bytes
    key.verify(certificate.signature, tbs, padding.PKCS1v15(), algorithm)
    return certificate.issuer == signer.certificate.subject


@pytest.fixture
def platform() -> Authority:
    """Give the platform's authority."""
    return authority("Example Platform", "Example Platform CA")


@pytest.fixture
def issued(platform: Authority) -> IssuedCertificate:
    """Give a certificate as downloaded in 2009."""
    return platform.platform_certificate(
        "alice@example.com", "alice@example.net", now=NOW
    )


def test_authority(platform: Authority) -> None:
    """The authority is as private ones are."""
    (constraints,) = platform.certificate.extensions
    assert constraints.value == x509.BasicConstraints(ca=True, path_length=None)
    assert not constraints.critical
    assert platform is authority("Example Platform", "Example Platform CA")
    assert b"BEGIN CERTIFICATE" in platform.certificate_pem


def test_platform_certificate(platform: Authority, issued: IssuedCertificate) -> None:
    """What the platform issues is as weak as it really is."""
    certificate = issued.certificate
    assert certificate.serial_number == 0
    assert certificate.version == x509.Version.v3
    assert certificate.signature_algorithm_oid.dotted_string == "1.2.840.113549.1.1.4"
    assert isinstance(issued.key, rsa.RSAPrivateKey)
    assert issued.key.key_size == 1024
    assert list(certificate.extensions) == []
    assert certificate.not_valid_before_utc == NOW
    assert certificate.not_valid_after_utc == NOW + timedelta(days=3650)
    names = [attribute.value for attribute in certificate.subject]
    assert names == [
        "NL",
        "Noord Holland",
        "Haarlem",
        "AG Projects",
        "Blink",
        "alice@example.com",
        "alice@example.net",
    ]
    assert is_signed_by(certificate, platform)


def test_downloads_differ(platform: Authority, issued: IssuedCertificate) -> None:
    """Each certificate has a key of its own."""
    again = platform.platform_certificate("alice@example.com", "", now=NOW)
    assert again.key_der() != issued.key_der()


@pytest.mark.parametrize(
    ("traditional", "heading"),
    [(True, b"BEGIN RSA PRIVATE KEY"), (False, b"BEGIN PRIVATE KEY")],
)
def test_crt(issued: IssuedCertificate, heading: bytes, *, traditional: bool) -> None:
    """A .crt is the certificate, then the key, which nothing protects."""
    crt = issued.crt(traditional=traditional)
    certificate, key = crt.split(b"-----END CERTIFICATE-----\n")
    assert certificate.startswith(b"-----BEGIN CERTIFICATE-----")
    assert key.startswith(b"-----" + heading)
    assert load_pem_private_key(crt, None).public_key() == issued.key.public_key()


@pytest.mark.parametrize("password", ["alice-secret", "pässword", ""])
def test_p12_of_2009(issued: IssuedCertificate, password: str) -> None:
    """The key store of 2009 opens with its password only."""
    content = issued.p12_2009(password)
    key, certificate, others = pkcs12.load_key_and_certificates(
        content, password.encode()
    )
    assert certificate == issued.certificate
    assert key is not None
    assert key.public_key() == issued.key.public_key()
    assert others == []
    with pytest.raises(ValueError, match="Invalid password"):
        pkcs12.load_key_and_certificates(content, b"wrong")


def test_p12_of_2009_algorithms(issued: IssuedCertificate) -> None:
    """The key store of 2009 holds the algorithms of 2009, and a MAC of one round."""
    content = issued.p12_2009("alice-secret")
    assert bytes.fromhex("060a2a864886f70d010c0106") in content
    assert bytes.fromhex("060a2a864886f70d010c0103") in content
    assert content.count(bytes.fromhex("02020800")) == 2
    assert content[-10:-8] == bytes.fromhex("0408")


@pytest.mark.parametrize(
    ("key", "bits", "text", "expected"),
    [
        ("0000000000000000", 63, "0000000000000000", "ebb773f993278eff"),
        ("ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"),
        ("88", 64, "0000000000000000", "61a8a244adacccf0"),
        ("88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"),
    ],
)
def test_rc2(key: str, bits: int, text: str, expected: str) -> None:
    """RC2 gives what RFC 2268 section 5 says."""
    schedule = expand_key(bytes.fromhex(key), bits)
    assert encrypt_block(schedule, bytes.fromhex(text)).hex() == expected


def test_modern_files(platform: Authority) -> None:
    """A key can be encrypted, a chain included, a certificate come alone."""
    issued = platform.intermediate().modern_certificate("alice@example.com")
    assert len(issued.chain) == 1
    issued.certificate.verify_directly_issued_by(issued.chain[0])
    issued.chain[0].verify_directly_issued_by(platform.certificate)
    key, certificate, others = pkcs12.load_key_and_certificates(
        issued.p12("secret"), b"secret"
    )
    assert certificate == issued.certificate
    assert others == list(issued.chain)
    assert key is not None
    assert b"BEGIN ENCRYPTED PRIVATE KEY" in issued.pem("secret")
    assert b"DEK-Info" in issued.pem("secret", traditional=True)
    assert load_pem_private_key(issued.pem("secret"), b"secret")
    assert issued.chain_pem().count(b"BEGIN CERTIFICATE") == 2
    assert x509.load_der_x509_certificate(issued.der()) == issued.certificate
    assert load_der_private_key(issued.key_der(), None)
    assert "PrivateKey" not in repr(issued)


@pytest.mark.parametrize("key", ["rsa1024", "rsa2048", "p256", "p384", "ed25519"])
@pytest.mark.parametrize("hash_name", ["sha256", "sha384", "sha1", "md5"])
def test_kinds(platform: Authority, key: KeyKind, hash_name: HashKind) -> None:
    """Certificates of all strengths are well-formed, strong ones without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        issued = platform.modern_certificate(
            "alice@example.com",
            key=key,
            hash_name=hash_name,
            not_before=NOW,
            not_after=datetime(2051, 1, 1, tzinfo=UTC),
        )
    assert issued.certificate.signature_hash_algorithm is not None
    assert issued.certificate.signature_hash_algorithm.name == hash_name
    assert issued.certificate.not_valid_after_utc.year == 2051
    assert is_signed_by(issued.certificate, platform)


def test_server_certificate(platform: Authority) -> None:
    """The server's names are in its certificate."""
    names = (
        platform.server_certificate()
        .certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        .value
    )
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [str(ip) for ip in names.get_values_for_type(x509.IPAddress)] == [
        "127.0.0.1",
        "::1",
    ]
