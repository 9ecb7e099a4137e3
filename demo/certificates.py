"""The authorities of the account in a box, and what they issue (wire contract §4.3)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
import functools
import ipaddress
from typing import Literal, Self
import warnings

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.oid import NameOID

from . import der
from .issued import IssuedCertificate, PrivateKey

type KeyKind = Literal["rsa1024", "rsa2048", "rsa4096", "p256", "p384", "ed25519"]
type HashKind = Literal["sha256", "sha384", "sha1", "md5"]

_PLATFORM_DAYS = timedelta(days=3650)
_SIGNATURES: dict[HashKind, tuple[str, hashes.HashAlgorithm]] = {
    "sha256": ("1.2.840.113549.1.1.11", hashes.SHA256()),
    "sha384": ("1.2.840.113549.1.1.12", hashes.SHA384()),
    "sha1": ("1.2.840.113549.1.1.5", hashes.SHA1()),
    "md5": ("1.2.840.113549.1.1.4", hashes.MD5()),
}

# Authorities and servers do not depend on any clock, which a test may have moved.
_BEGINNING = datetime(2009, 9, 23, tzinfo=UTC)
_END = datetime(2099, 12, 31, tzinfo=UTC)


class Authority:
    """A private certificate authority.

    Made the way most private authorities are: RSA 2048 with SHA-256, basic
    constraints that are not critical, no key identifiers.
    """

    def __init__(
        self,
        key: rsa.RSAPrivateKey,
        certificate: x509.Certificate,
        chain: tuple[x509.Certificate, ...] = (),
    ) -> None:
        """Take a key, its certificate, and what comes with anything it issues."""
        self._key = key
        self.certificate = certificate
        self.chain = chain

    @classmethod
    def create(cls, organization: str, common_name: str) -> Self:
        """Make a root: an authority that signed itself."""
        key = rsa.generate_private_key(65537, 2048)
        name = _authority_name(organization, common_name)
        return cls(key, _authority_certificate(name, key, name, key))

    def intermediate(self) -> Authority:
        """Make an authority that this one vouches for."""
        key = rsa.generate_private_key(65537, 2048)
        name = _authority_name("Example Platform", "Example Intermediate CA")
        certificate = _authority_certificate(
            name, key, self.certificate.subject, self._key
        )
        return Authority(key, certificate, (certificate, *self.chain))

    @property
    def certificate_pem(self) -> bytes:
        """The authority's own certificate."""
        return self.certificate.public_bytes(Encoding.PEM)

    def platform_certificate(
        self, common_name: str, email: str, *, now: datetime
    ) -> IssuedCertificate:
        """Issue what the platform offers for download, as in 2009 and today.

        RSA 1024, md5WithRSAEncryption, serial number 0, version 3 without
        extensions, valid for 3650 days from `now` (wire contract §4.3).
        """
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
                x509.NameAttribute(NameOID.STATE_OR_PROVINCE_NAME, "Noord Holland"),
                x509.NameAttribute(NameOID.LOCALITY_NAME, "Haarlem"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "AG Projects"),
                x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Blink"),
                x509.NameAttribute(NameOID.COMMON_NAME, common_name),
                x509.NameAttribute(NameOID.EMAIL_ADDRESS, email),
            ]
        )
        return self._issue(
            subject, _new_key("rsa1024"), 0, (now, now + _PLATFORM_DAYS), "md5"
        )

    def modern_certificate(
        self,
        common_name: str,
        *,
        key: KeyKind = "rsa2048",
        hash_name: HashKind = "sha256",
        not_before: datetime = _BEGINNING,
        not_after: datetime = _END,
    ) -> IssuedCertificate:
        """Issue a client certificate as a careful platform would today."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
        serial_number = x509.random_serial_number()
        return self._issue(
            name, _new_key(key), serial_number, (not_before, not_after), hash_name
        )

    def server_certificate(
        self,
        hosts: Iterable[str] = ("localhost", "127.0.0.1", "::1"),
        *,
        key: KeyKind = "p256",
    ) -> IssuedCertificate:
        """Issue a server certificate for host names and IP addresses."""
        names = [_general_name(host) for host in hosts]
        private_key = _new_key(key)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(_authority_name("Example Platform", str(names[0].value)))
            .issuer_name(self.certificate.subject)
            .public_key(private_key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(_BEGINNING)
            .not_valid_after(_END)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        return IssuedCertificate(certificate, private_key, self.chain)

    def _issue(
        self,
        subject: x509.Name,
        key: PrivateKey,
        serial_number: int,
        validity: tuple[datetime, datetime],
        hash_name: HashKind,
    ) -> IssuedCertificate:
        """Sign a certificate of version 3 without extensions.

        cryptography's own builder refuses the serial number 0, MD5 and SHA-1.
        """
        identifier, algorithm = _SIGNATURES[hash_name]
        signed_with = der.sequence(der.oid(identifier), der.null())
        to_be_signed = der.sequence(
            der.explicit(0, der.integer(2)),
            der.integer(serial_number),
            signed_with,
            self.certificate.subject.public_bytes(),
            der.sequence(*map(_time, validity)),
            subject.public_bytes(),
            key.public_key().public_bytes(
                Encoding.DER, PublicFormat.SubjectPublicKeyInfo
            ),
        )
        signature = self._key.sign(to_be_signed, padding.PKCS1v15(), algorithm)
        certificate = parse(
            der.sequence(to_be_signed, signed_with, der.bits(signature))
        )
        return IssuedCertificate(certificate, key, self.chain)


@functools.cache
def authority(organization: str, common_name: str) -> Authority:
    """Give the one authority of that name in this process: keys are slow to make."""
    return Authority.create(organization, common_name)


def parse(certificate: bytes) -> x509.Certificate:
    """Read a certificate (DER), also one with the serial number 0.

    Raises ValueError if it is none.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        return x509.load_der_x509_certificate(certificate)


def _new_key(kind: KeyKind) -> PrivateKey:
    if kind == "p256":
        return ec.generate_private_key(ec.SECP256R1())
    if kind == "p384":
        return ec.generate_private_key(ec.SECP384R1())
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    return rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))


def _authority_name(organization: str, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _authority_certificate(
    subject: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGINNING)
        .not_valid_after(_END)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _general_name(host: str) -> x509.DNSName | x509.IPAddress:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _time(moment: datetime) -> bytes:
    """UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5280 section 4.1.2.5)."""
    moment = moment.astimezone(UTC)
    if moment.year < 2050:
        return der.element(0x17, moment.strftime("%y%m%d%H%M%SZ").encode())
    return der.element(0x18, moment.strftime("%Y%m%d%H%M%SZ").encode())
