"""What is inside a certificate file, whatever its form and ending.

Headers and endings lie, so parsers are tried: each PEM block or DER element of
the file is a certificate, a private key or a PKCS#12 store, or is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import re

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
    pkcs12,
)

from .errors import (
    CertificateFileError,
    KeyMismatchError,
    NoPrivateKeyError,
    NotACertificateError,
    PasswordRequiredError,
    WrongPasswordError,
)

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
_PEM_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
_DER_SEQUENCE = b"\x30"
_PKCS12_VERSION = b"\x02\x01\x03"


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """A leaf certificate, its key, and the certificates between it and a root."""

    certificate: x509.Certificate
    key: PrivateKey
    chain: tuple[x509.Certificate, ...]


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


class _Contents:
    """Certificates and keys as they are found."""

    def __init__(self, password: str | None) -> None:
        self._password = password.encode() if password else None
        self.certificates: list[x509.Certificate] = []
        self.keys: list[PrivateKey] = []
        self.locked: CertificateFileError | None = None

    def add(self, data: bytes) -> None:
        """Take what one file holds."""
        if len(data) > MAXIMUM_FILE_SIZE:
            msg = "The file is too large for a certificate"
            raise NotACertificateError(msg)
        for number, element in enumerate(_elements(data)):
            if number == _MAXIMUM_ELEMENTS:
                msg = "The file holds too many certificates"
                raise NotACertificateError(msg)
            if not self._add_certificate(element) and not self._add_key(element):
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
            raise NoPrivateKeyError(msg)
        for key in self.keys:
            wanted = _public_bytes(key.public_key())
            for leaf in self.certificates:
                if _certificate_public_bytes(leaf) == wanted:
                    chain = tuple(c for c in self.certificates if c != leaf)
                    return CertificateFile(leaf, key, chain)
        msg = "The private key belongs to another certificate"
        raise KeyMismatchError(msg)

    def _add_certificate(self, element: bytes) -> bool:
        load = (
            x509.load_pem_x509_certificate
            if element.startswith(b"-----")
            else x509.load_der_x509_certificate
        )
        try:
            certificate = load(element)
            certificate.subject.rfc4514_string()
        except ValueError, UnsupportedAlgorithm:
            return False
        self.certificates.append(certificate)
        return True

    def _add_key(self, element: bytes) -> bool:
        load = (
            load_pem_private_key
            if element.startswith(b"-----")
            else load_der_private_key
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
                except ValueError:
                    self.locked = WrongPasswordError(
                        "The password does not open the private key"
                    )
                    return True
        except ValueError, UnsupportedAlgorithm:
            return False
        if isinstance(key, _KEY_TYPES):
            self.keys.append(key)
        return True

    def _add_pkcs12(self, element: bytes) -> None:
        if element.startswith(b"-----") or _PKCS12_VERSION not in element[:16]:
            return
        for password in dict.fromkeys((self._password, None, b"")):
            try:
                key, leaf, others = pkcs12.load_key_and_certificates(element, password)
            except ValueError, UnsupportedAlgorithm, TypeError:
                continue
            self.certificates += [c for c in (leaf, *others) if c is not None]
            if isinstance(key, _KEY_TYPES):
                self.keys.append(key)
            return
        self.locked = (
            PasswordRequiredError("The file is encrypted: its password is needed")
            if self._password is None
            else WrongPasswordError("The password does not open the file")
        )


def _elements(data: bytes) -> Iterator[bytes]:
    """Yield the PEM blocks of a file, or else its DER elements one by one."""
    blocks = [match.group(0) for match in _PEM_BLOCK.finditer(data)]
    if blocks:
        yield from blocks
        return
    while data[:1] == _DER_SEQUENCE and data[1:]:
        header, length = 2, data[1]
        if length & 0x80:
            header += length & 0x7F
            length = int.from_bytes(data[2:header])
        yield data[: header + length]
        data = data[header + length :]


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
