"""How a private key is encrypted, as its file says before anything is opened."""

import re

from .certificate_elements import der_of

OPENSSH = b"-----BEGIN OPENSSH PRIVATE KEY"
_DEK_INFO = re.compile(rb"DEK-Info: ([A-Z0-9-]{1,32})")
_DEK_KNOWN = frozenset(
    {b"AES-128-CBC", b"AES-192-CBC", b"AES-256-CBC", b"DES-EDE3-CBC"}
)
_CAMELLIA = bytes.fromhex("2a83088c9a4b3d010101")
_DES = bytes.fromhex("06052b0e030207")
_SSH_MAGIC = b"openssh-key-v1\x00"
_SSH_ROUNDS = 64  # 16 to 24 are usual; each takes some 10 ms


def is_out_of_use(element: bytes) -> bool:
    """Whether a key is encrypted with what cryptography does not know."""
    if found := _DEK_INFO.search(element):
        return found[1] not in _DEK_KNOWN
    try:
        der = der_of(element)
    except ValueError:
        return False
    return _CAMELLIA in der or _DES in der


def is_quick(element: bytes) -> bool:
    """Whether an OpenSSH key is not derived from its password more than is usual."""
    try:
        der = der_of(element)
    except ValueError:
        return False
    rest = der.removeprefix(_SSH_MAGIC)
    fields: list[bytes] = []
    for _ in range(3):  # cipher, derivation, and that one's salt and rounds
        length = int.from_bytes(rest[:4])
        fields.append(rest[4 : 4 + length])
        rest = rest[4 + length :]
    return fields[0] == b"none" or int.from_bytes(fields[2][-4:]) <= _SSH_ROUNDS
