"""Key stores (.p12) as OpenSSL 0.9.8 wrote them (wire contract §4.3).

Certificate bag pbeWithSHA1And40BitRC2-CBC, key bag
pbeWithSHA1And3-KeyTripleDES-CBC, 2048 iterations each; HMAC-SHA1 over all with a
single iteration. Structure and key derivation: RFC 7292.
"""

import hashlib
import hmac
import secrets

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import CBC

from . import der, rc2

_PKCS7_DATA = der.oid("1.2.840.113549.1.7.1")
_PKCS7_ENCRYPTED_DATA = der.oid("1.2.840.113549.1.7.6")
_CERTIFICATE_BAG = der.oid("1.2.840.113549.1.12.10.1.3")
_SHROUDED_KEY_BAG = der.oid("1.2.840.113549.1.12.10.1.2")
_X509_CERTIFICATE = der.oid("1.2.840.113549.1.9.22.1")
_LOCAL_KEY_ID = der.oid("1.2.840.113549.1.9.21")
_SHA1_AND_3_KEY_TRIPLE_DES = der.oid("1.2.840.113549.1.12.1.3")
_SHA1_AND_40_BIT_RC2 = der.oid("1.2.840.113549.1.12.1.6")
_SHA1 = der.oid("1.3.14.3.2.26")

_FOR_KEY, _FOR_START, _FOR_MAC = 1, 2, 3
_ITERATIONS = 2048
_HASH_BLOCK = 64
_BLOCK = 8


def key_store(certificate: bytes, key: bytes, password: str) -> bytes:
    """Write a certificate (DER) and its key (PKCS#8 DER) as a .p12 of 2009."""
    identifier = hashlib.sha1(certificate, usedforsecurity=False).digest()
    attributes = der.set_of(
        der.sequence(_LOCAL_KEY_ID, der.set_of(der.octets(identifier)))
    )
    certificate_bag = der.sequence(
        _CERTIFICATE_BAG,
        der.explicit(
            0,
            der.sequence(_X509_CERTIFICATE, der.explicit(0, der.octets(certificate))),
        ),
        attributes,
    )
    key_bag = der.sequence(
        _SHROUDED_KEY_BAG,
        der.explicit(0, _shrouded(key, password)),
        attributes,
    )
    safe = der.sequence(
        _encrypted(der.sequence(certificate_bag), password),
        _data(der.sequence(key_bag)),
    )
    return der.sequence(der.integer(3), _data(safe), _mac(safe, password))


def derive(password: str, salt: bytes, purpose: int, iterations: int, n: int) -> bytes:
    """Derive `n` octets from a password with SHA-1 (RFC 7292 appendix B.2)."""
    secret = (password + "\0").encode("utf-16-be")
    mixed = bytearray(_repeated(salt) + _repeated(secret))
    result = b""
    while len(result) < n:
        digest = bytes([purpose]) * _HASH_BLOCK + mixed
        for _ in range(iterations):
            digest = hashlib.sha1(digest, usedforsecurity=False).digest()
        result += digest
        addend = int.from_bytes(_repeated(digest, _HASH_BLOCK)) + 1
        for at in range(0, len(mixed), _HASH_BLOCK):
            block = int.from_bytes(mixed[at : at + _HASH_BLOCK]) + addend
            block %= 1 << 8 * _HASH_BLOCK
            mixed[at : at + _HASH_BLOCK] = block.to_bytes(_HASH_BLOCK)
    return result[:n]


def _repeated(text: bytes, size: int | None = None) -> bytes:
    """Repeat a text up to `size`, or up to a whole number of hash blocks."""
    if size is None:
        size = -(-len(text) // _HASH_BLOCK) * _HASH_BLOCK
    return (text * (size // len(text) + 1))[:size]


def _data(content: bytes) -> bytes:
    return der.sequence(_PKCS7_DATA, der.explicit(0, der.octets(content)))


def _algorithm(identifier: bytes, salt: bytes) -> bytes:
    parameters = der.sequence(der.octets(salt), der.integer(_ITERATIONS))
    return der.sequence(identifier, parameters)


def _encrypted(content: bytes, password: str) -> bytes:
    salt = secrets.token_bytes(_BLOCK)
    key = derive(password, salt, _FOR_KEY, _ITERATIONS, 5)
    start = derive(password, salt, _FOR_START, _ITERATIONS, _BLOCK)
    information = der.sequence(
        _PKCS7_DATA,
        _algorithm(_SHA1_AND_40_BIT_RC2, salt),
        der.implicit(0, rc2.encrypt_cbc(key, 40, start, content)),
    )
    encrypted_data = der.sequence(der.integer(0), information)
    return der.sequence(_PKCS7_ENCRYPTED_DATA, der.explicit(0, encrypted_data))


def _shrouded(key: bytes, password: str) -> bytes:
    salt = secrets.token_bytes(_BLOCK)
    secret = derive(password, salt, _FOR_KEY, _ITERATIONS, 24)
    start = derive(password, salt, _FOR_START, _ITERATIONS, _BLOCK)
    missing = _BLOCK - len(key) % _BLOCK
    encryptor = Cipher(TripleDES(secret), CBC(start)).encryptor()
    encrypted = encryptor.update(key + bytes([missing]) * missing)
    return der.sequence(
        _algorithm(_SHA1_AND_3_KEY_TRIPLE_DES, salt),
        der.octets(encrypted + encryptor.finalize()),
    )


def _mac(content: bytes, password: str) -> bytes:
    salt = secrets.token_bytes(_BLOCK)
    key = derive(password, salt, _FOR_MAC, 1, 20)
    digest = hmac.digest(key, content, "sha1")
    algorithm = der.sequence(_SHA1, der.null())
    # One iteration is the default, which DER leaves out.
    return der.sequence(der.sequence(algorithm, der.octets(digest)), der.octets(salt))
