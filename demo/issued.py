"""A certificate with its key, and the files in which people keep the two."""

from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from .pkcs12_2009 import key_store

type PrivateKey = (
    rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
)


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate, its private key, and the authorities in between (nearest first).

    `chain` leaves the root out; it is empty where the root itself signed.
    """

    certificate: x509.Certificate
    key: PrivateKey = field(repr=False)
    chain: tuple[x509.Certificate, ...] = ()

    def crt(self, *, traditional: bool = True) -> bytes:
        """Write a `.crt`: certificate, then the unencrypted key (wire contract §4.3).

        The traditional key begins `BEGIN RSA PRIVATE KEY`, as OpenSSL 0.9.8 wrote it;
        OpenSSL 1.0 and later write `BEGIN PRIVATE KEY`.
        """
        return self._certificate_pem() + self._key_pem(traditional=traditional)

    def p12_2009(self, password: str) -> bytes:
        """Write a `.p12` with the algorithms of 2009 (wire contract §4.3)."""
        return key_store(self.der(), self.key_der(), password)

    def p12(self, password: str) -> bytes:
        """Write a `.p12` of today: PBES2 with AES-256-CBC, MAC with SHA-256."""
        return pkcs12.serialize_key_and_certificates(
            None,
            self.key,
            self.certificate,
            self.chain or None,
            BestAvailableEncryption(password.encode()),
        )

    def pem(self, password: str | None = None, *, traditional: bool = False) -> bytes:
        """Write certificate and key as PEM, the key encrypted if a password is given.

        Without `traditional` the key is PKCS#8: `BEGIN [ENCRYPTED ]PRIVATE KEY`.
        """
        key = self._key_pem(traditional=traditional, password=password)
        return self._certificate_pem() + key

    def chain_pem(self) -> bytes:
        """Write certificate, key and the authorities in between as PEM."""
        above = (certificate.public_bytes(Encoding.PEM) for certificate in self.chain)
        return self.pem() + b"".join(above)

    def der(self) -> bytes:
        """Write the certificate alone."""
        return self.certificate.public_bytes(Encoding.DER)

    def key_der(self) -> bytes:
        """Write the key alone, as unencrypted PKCS#8."""
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def _certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def _key_pem(self, *, traditional: bool, password: str | None = None) -> bytes:
        encryption: KeySerializationEncryption = NoEncryption()
        if password is not None:
            encryption = BestAvailableEncryption(password.encode())
        shape = PrivateFormat.TraditionalOpenSSL if traditional else PrivateFormat.PKCS8
        return self.key.private_bytes(Encoding.PEM, shape, encryption)
