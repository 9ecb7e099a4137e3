"""What is inside a certificate file, whatever its form and ending.

Headers and endings lie, so parsers are tried: each PEM block or DER element of
the file is a certificate, a private key or a PKCS#12 store, or is passed over.
"""

from dataclasses import dataclass
from functools import partial
from itertools import islice

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    load_ssh_private_key,
    pkcs7,
    pkcs12,
)

from .ber import longest_number, read_ber, rounds
from .certificate_elements import PEM_BEGIN, der_end, der_of, elements, unwrapped
from .certificate_names import common_name_of
from .errors import (
    CertificateFileError,
    KeyMismatchError,
    NoPrivateKeyError,
    NotACertificateError,
    PasswordRequiredError,
    UnsupportedEncryptionError,
    WrongPasswordError,
)
from .key_encryption import OPENSSH, is_out_of_use, is_quick

type PrivateKey = (
    rsa.RSAPrivateKey
    | ec.EllipticCurvePrivateKey
    | dsa.DSAPrivateKey
    | ed25519.Ed25519PrivateKey
    | ed448.Ed448PrivateKey
)

_KEY_TYPES = (
    rsa.RSAPrivateKey,
    ec.EllipticCurvePrivateKey,
    dsa.DSAPrivateKey,
    ed25519.Ed25519PrivateKey,
    ed448.Ed448PrivateKey,
)
MAXIMUM_FILE_SIZE = 1024 * 1024
_MAXIMUM_ELEMENTS = 32
# Octets of one certificate, store or key. Keys of 16384 bits, the longest that
# OpenSSL takes, are shorter.
_ELEMENT_LIMIT = 64 * 1024
_KEY_LIMIT = 16 * 1024
_NUMBER_LIMIT = 16384 + 8  # bits, and a sign
# How often keys are derived for one file. Stores say 2,000 to 600,000 times, for
# themselves and for each thing in them. The interpreter stands still meanwhile, so a
# file that asks for many is tried with one password.
_ROUNDS_LIMIT = 2_000_000
_MANY_ROUNDS = 100_000
_LEGACY_ENCRYPTION = b"Proc-Type:"
_MODERN_ENCRYPTION = b"-----BEGIN ENCRYPTED"
_PKCS12_VERSION = b"\x02\x01\x03"
_TRUSTED = b"-----BEGIN TRUSTED CERTIFICATE"
# Signed data, of which only the certificates count (RFC 2315).
_PKCS7 = bytes.fromhex("06092a864886f70d010702")


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """A leaf certificate, its key, and the certificates between it and a root.

    `found` is how many certificates there were, of which the key belongs to one.
    """

    certificate: x509.Certificate
    key: PrivateKey
    chain: tuple[x509.Certificate, ...]
    found: int


def read_certificate_file(
    data: bytes, password: str | None, key_data: bytes | None = None
) -> CertificateFile:
    """Find the certificate that a private key belongs to.

    Raises an error of the `CertificateFileError` family that says what is amiss.
    """
    contents = _Contents(password)
    contents.add(data)
    if not contents.certificates and not contents.keys and not contents.locked:
        msg = "The file holds no certificate"
        raise NotACertificateError(msg)
    if key_data is not None:
        contents.add(key_data)
    return contents.match()


def read_authorities(data: bytes) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a PEM or DER file, one at least.

    Raises NotACertificateError.
    """
    contents = _Contents(None)
    contents.add(data)
    if not contents.certificates:
        msg = "The file holds no certificate"
        raise NotACertificateError(msg)
    return tuple(contents.certificates)


def load_certificate(data: bytes) -> x509.Certificate:
    """Return a certificate in PEM or DER; all that we look at in it can be read.

    Raises ValueError; cryptography 48 raises KeyError for unknown kinds of text.
    """
    load = (
        x509.load_pem_x509_certificate
        if data.startswith(b"-----")
        else x509.load_der_x509_certificate
    )
    try:
        certificate = load(data)
        # Read here, since it is read only when it is asked for.
        _ = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    except (x509.InvalidVersion, UnsupportedAlgorithm, KeyError, TypeError) as error:
        msg = "This certificate is of no known kind"
        raise ValueError(msg) from error
    return certificate


class _Contents:
    """Certificates and keys as they are found."""

    def __init__(self, password: str | None) -> None:
        self._password = password.encode("utf-8", "replace") if password else None
        self.certificates: list[x509.Certificate] = []
        self.keys: list[PrivateKey] = []
        self.locked: CertificateFileError | None = None
        self._rounds = 0

    def add(self, data: bytes) -> None:
        """Take what one file holds."""
        if len(data) > MAXIMUM_FILE_SIZE:
            msg = "The file is too large for a certificate"
            raise NotACertificateError(msg)
        for number, element in enumerate(elements(unwrapped(data))):
            if number == _MAXIMUM_ELEMENTS:
                msg = "The file holds too many certificates"
                raise NotACertificateError(msg)
            if len(element) > _ELEMENT_LIMIT or self._add_certificate(element):
                continue
            if self._add_others(element) or not self._is_reasonable(element):
                continue
            if not self._add_key(element):
                self._add_pkcs12(element)

    def match(self) -> CertificateFile:
        """Return the certificate that belongs to a key, and the others as chain."""
        if self.locked and not (self.keys and self.certificates):
            raise self.locked
        if not self.certificates:
            msg = "The file holds a private key, but no certificate"
            raise NotACertificateError(msg)
        if not self.keys:
            msg = "The file holds no private key"
            raise NoPrivateKeyError(msg, common_name_of(self.certificates[0]))
        for key in self.keys:
            wanted = _public_bytes(key.public_key())
            own = [
                one
                for one in self.certificates
                if _certificate_public_bytes(one) == wanted
            ]
            if own:
                # One that was renewed with its key stands beside the one before.
                leaf = max(own, key=lambda one: one.not_valid_after_utc)
                chain = tuple(one for one in self.certificates if one not in own)
                return CertificateFile(leaf, key, chain, len(self.certificates))
        msg = "The private key belongs to another certificate"
        raise KeyMismatchError(msg)

    def _is_reasonable(self, element: bytes) -> bool:
        """Whether it takes no more work to look into an element than for any real one.

        That work would hold the whole of Home Assistant, since it is done in C.
        """
        if element.count(PEM_BEGIN) > 1:
            return False
        if element.startswith(OPENSSH):
            return is_quick(element)
        if _LEGACY_ENCRYPTION in element and not element.startswith(_MODERN_ENCRYPTION):
            return True  # a key is derived once, and nothing else can be seen
        try:
            outline = read_ber(der_of(element))
        except ValueError:
            return False
        self._rounds += rounds(outline)
        return (
            self._rounds <= _ROUNDS_LIMIT and longest_number(outline) <= _NUMBER_LIMIT
        )

    def _add_others(self, element: bytes) -> bool:
        """Take certificates with what OpenSSL trusts them for, or in a PKCS#7 file."""
        try:
            der = der_of(element)
        except ValueError:
            return False
        if element.startswith(_TRUSTED):
            return self._add_certificate(der[: der_end(der, 0)])
        if _PKCS7 not in der[:32]:
            return False
        try:
            found = pkcs7.load_der_pkcs7_certificates(der)
        except ValueError, UnsupportedAlgorithm:
            return False
        added = [self._add_certificate(one.public_bytes(Encoding.DER)) for one in found]
        return any(added)

    def _add_certificate(self, element: bytes) -> bool:
        try:
            self.certificates.append(load_certificate(element))
        except ValueError:
            return False
        return True

    def _add_key(self, element: bytes) -> bool:
        if len(element) > _KEY_LIMIT:
            return False
        # Whether its numbers are primes would take seconds to tell.
        load = partial(
            load_ssh_private_key
            if element.startswith(OPENSSH)
            else load_pem_private_key
            if element.startswith(b"-----")
            else load_der_private_key,
            unsafe_skip_rsa_key_validation=True,
        )
        try:
            try:
                key = load(element, None)
            except TypeError:  # encrypted
                if self._password is None:
                    self.locked = PasswordRequiredError(
                        "The private key is encrypted: its password is needed"
                    )
                    return True
                try:
                    key = load(element, self._password)
                except ValueError, UnsupportedAlgorithm:
                    self.locked = (
                        UnsupportedEncryptionError(
                            "The private key is encrypted with DES or Camellia, which "
                            "nothing opens any more: encrypt it with AES"
                        )
                        if is_out_of_use(element)
                        else WrongPasswordError(
                            "The password does not open the private key"
                        )
                    )
                    return True
        except ValueError, UnsupportedAlgorithm:
            return False
        if isinstance(key, _KEY_TYPES) and _is_whole(key):
            self.keys.append(key)
        return True

    def _add_pkcs12(self, element: bytes) -> None:
        if element.startswith(b"-----") or _PKCS12_VERSION not in element[:16]:
            return
        passwords = dict.fromkeys((self._password, None, b""))
        for password in islice(passwords, 1 if self._rounds > _MANY_ROUNDS else None):
            try:
                key, leaf, others = pkcs12.load_key_and_certificates(element, password)
            except ValueError, UnsupportedAlgorithm, TypeError, x509.InvalidVersion:
                continue
            for certificate in filter(None, (leaf, *others)):
                self._add_certificate(certificate.public_bytes(Encoding.DER))
            if isinstance(key, _KEY_TYPES):
                self.keys.append(key)
            return
        self.locked = (
            PasswordRequiredError("The file is encrypted: its password is needed")
            if self._password is None
            else WrongPasswordError("The password does not open the file")
        )


def _is_whole(key: PrivateKey) -> bool:
    """Whether the numbers of an RSA key belong together, as far as is told at once."""
    if not isinstance(key, rsa.RSAPrivateKey):
        return True
    numbers = key.private_numbers()
    return numbers.p * numbers.q == numbers.public_numbers.n


def _certificate_public_bytes(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
    except ValueError, UnsupportedAlgorithm:
        return None


def _public_bytes(
    key: rsa.RSAPublicKey
    | ec.EllipticCurvePublicKey
    | dsa.DSAPublicKey
    | ed25519.Ed25519PublicKey
    | ed448.Ed448PublicKey,
) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
