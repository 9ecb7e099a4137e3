"""Who we are: a client certificate from a file, or a SIP address and a password."""

from dataclasses import dataclass, field
from datetime import datetime
import re
from typing import Self
import warnings

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.utils import CryptographyDeprecationWarning
from yarl import URL

from .certificate_file import PrivateKey, read_certificate_file
from .certificate_names import addresses_in, common_name_of, issuer_of, subject_of
from .text import clean

# The platform gives every certificate the serial number 0 (wire contract §4.3),
# which is against the rules but harmless: the number is not used for anything.
warnings.filterwarnings(
    "ignore",
    message="Parsed a serial number which wasn't positive",
    category=CryptographyDeprecationWarning,
)

_SCHEME = re.compile(r"^sips?:", re.IGNORECASE)
_SIP_ADDRESS = re.compile(r"[^@\s:;<>?&/\\\"']{1,128}@[A-Za-z0-9._-]{1,253}")

MINIMUM_RSA_BITS = 2048
MINIMUM_CURVE_BITS = 224
WEAK_HASHES = frozenset({"md2", "md4", "md5", "sha1"})


@dataclass(frozen=True, slots=True)
class SipAddress:
    """An account's address, `user@domain`; the domain is also the digest realm."""

    user: str
    domain: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `user@domain`, with or without `sip:`. Raises ValueError.

        A domain in other letters is kept as DNS has it, and without its root's dot.
        """
        user, at, domain = _SCHEME.sub("", text.strip()).rpartition("@")
        bare = f"{user}{at}{_ascii(domain.removesuffix('.'))}"
        if not _SIP_ADDRESS.fullmatch(bare):
            msg = "A SIP address looks like user@domain"
            raise ValueError(msg)
        return cls(user, bare.rpartition("@")[2].lower())

    def is_same(self, text: str) -> bool:
        """Whether a text is this address, in any spelling."""
        try:
            other = SipAddress.parse(text)
        except ValueError:
            return False
        return str(other).lower() == str(self).lower()

    def __str__(self) -> str:
        """Return the address as it is written."""
        return f"{self.user}@{self.domain}"


@dataclass(frozen=True, slots=True)
class DigestCredentials:
    """SIP address and password, for HTTP Digest (wire contract §4.5)."""

    address: SipAddress
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCertificate:
    """A client certificate with its private key, ready for TLS.

    `chain_pem` is what stands between the certificate and its authority, often
    nothing. `key_bits` is the size of the public key; `signature_hash` is empty
    where the signature needs none. `found` is how many certificates the file held;
    `proposed` is the account that it may be of, where the common name is none.
    """

    certificate_pem: str = field(repr=False)
    chain_pem: str = field(repr=False)
    key_pem: str = field(repr=False)
    subject: str = field(repr=False)
    issuer: str
    common_name: str
    not_before: datetime
    expires: datetime
    key_type: str
    key_bits: int
    signature_hash: str
    security_level: int
    found: int
    proposed: SipAddress | None = None

    @classmethod
    def load(
        cls, data: bytes, password: str | None = None, *, key: bytes | None = None
    ) -> Self:
        """Read a `.crt`, `.pem`, `.der`, `.p12` or `.pfx` file in any of its forms.

        `key` is the content of a key file of its own, for certificates that come
        without. Raises an error of the `CertificateFileError` family. This is CPU
        work of some milliseconds: not for an event loop.
        """
        found = read_certificate_file(data, password, key)
        leaf = found.certificate
        return cls(
            certificate_pem=_pem(leaf),
            chain_pem="".join(map(_pem, found.chain)),
            key_pem=_key_pem(found.key),
            subject=clean(subject_of(leaf), 500),
            issuer=clean(issuer_of(leaf), 500),
            common_name=clean(common_name_of(leaf), 256),
            not_before=leaf.not_valid_before_utc,
            expires=leaf.not_valid_after_utc,
            key_type=_key_type(leaf),
            key_bits=public_key_bits(leaf),
            signature_hash=signature_hash(leaf),
            security_level=min(
                _required_level(certificate) for certificate in (leaf, *found.chain)
            ),
            found=found.found,
            proposed=_proposed(leaf),
        )

    @property
    def address(self) -> SipAddress | None:
        """The account that the certificate names, None where it names an owner."""
        try:
            return SipAddress.parse(self.common_name)
        except ValueError:
            return None

    @property
    def signature_algorithm(self) -> str:
        """The signature's hash and the kind of key, such as "MD5 with RSA"."""
        return " with ".join(filter(None, [self.signature_hash.upper(), self.key_type]))

    @property
    def weak(self) -> bool:
        """Whether a person should know that this certificate is easy to forge."""
        return self.security_level < DEFAULT_LEVEL or self.signature_hash in WEAK_HASHES


# OpenSSL's default on the systems of today: 112 bits, no MD5 and no SHA-1.
DEFAULT_LEVEL = 2


def weak_key(certificate: x509.Certificate) -> bool:
    """Whether the public key gives less than 112 bits of security."""
    try:
        key = certificate.public_key()
    except ValueError, UnsupportedAlgorithm:
        return True
    if isinstance(key, (rsa.RSAPublicKey, dsa.DSAPublicKey)):
        return key.key_size < MINIMUM_RSA_BITS
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.key_size < MINIMUM_CURVE_BITS
    return False


def public_key_bits(certificate: x509.Certificate) -> int:
    """Return the size of the public key in bits, 0 where it cannot be told."""
    try:
        key = certificate.public_key()
    except ValueError, UnsupportedAlgorithm:
        return 0
    return getattr(key, "key_size", 256)


def signature_hash(certificate: x509.Certificate) -> str:
    """Return the name of the signature's hash, empty where it needs none."""
    try:
        algorithm = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        return "unknown"
    return algorithm.name if algorithm else ""


def _proposed(certificate: x509.Certificate) -> SipAddress | None:
    """Return the first address in a certificate that could be an account's."""
    for text in addresses_in(certificate):
        try:
            return SipAddress.parse(text.partition(";")[0])
        except ValueError:
            continue
    return None


def _required_level(certificate: x509.Certificate) -> int:
    """Return the highest OpenSSL security level that accepts the certificate.

    Levels: OpenSSL's SSL_CTX_set_security_level. The signature of a self-signed
    certificate proves nothing, so OpenSSL does not look at it.
    """
    self_signed = subject_of(certificate) == issuer_of(certificate)
    if signature_hash(certificate) in WEAK_HASHES and not self_signed:
        return 0
    return 1 if weak_key(certificate) else DEFAULT_LEVEL


def _key_type(certificate: x509.Certificate) -> str:
    try:
        name = type(certificate.public_key()).__name__
    except ValueError, UnsupportedAlgorithm:
        return "unknown"
    return name.removesuffix("PublicKey").replace("EllipticCurve", "EC")


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode("ascii")


def _key_pem(key: PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(
        "ascii"
    )


def _ascii(domain: str) -> str:
    """Return a domain as DNS has it, itself where it has no such form."""
    if domain.isascii():
        return domain
    try:
        return URL.build(scheme="https", host=domain).raw_host or domain
    except ValueError:
        return domain
