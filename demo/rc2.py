"""RC2 (RFC 2268) as far as a key store of 2009 needs it: encryption in CBC mode.

`cryptography` reads RC2 with 40 effective key bits but does not write it.
"""

from itertools import batched
from struct import Struct

_PERMUTATION = bytes.fromhex(
    "d978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2"
    "179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82"
    "54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626"
    "6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7"
    "08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec"
    "c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731"
    "2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9"
    "0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad"
)
_BLOCK = Struct("<4H")
_ROTATIONS = (1, 2, 3, 5)
_MASHED_AFTER = (4, 10)
_ROUNDS = 16
_WORD = 0xFFFF


def expand_key(key: bytes, effective_bits: int) -> tuple[int, ...]:
    """Make the 64 words of the key schedule (RFC 2268 section 2)."""
    octets = bytearray(key)
    while len(octets) < 2 * 64:
        octets.append(_PERMUTATION[(octets[-1] + octets[-len(key)]) & 0xFF])
    size = (effective_bits + 7) // 8
    mask = 0xFF >> (8 * size - effective_bits)
    octets[-size] = _PERMUTATION[octets[-size] & mask]
    for index in range(127 - size, -1, -1):
        octets[index] = _PERMUTATION[octets[index + 1] ^ octets[index + size]]
    return Struct("<64H").unpack(octets)


def encrypt_block(schedule: tuple[int, ...], block: bytes) -> bytes:
    """Encrypt 8 octets (RFC 2268 section 3)."""
    words = list(_BLOCK.unpack(block))
    for round_number in range(_ROUNDS):
        for place, rotation in enumerate(_ROTATIONS):
            before, two_before, next_one = (
                words[place - 1],
                words[place - 2],
                words[place - 3],
            )
            mixed = (
                words[place]
                + schedule[4 * round_number + place]
                + (before & two_before)
                + (~before & next_one)
            ) & _WORD
            words[place] = (mixed << rotation | mixed >> (16 - rotation)) & _WORD
        if round_number in _MASHED_AFTER:
            for place in range(4):
                words[place] += schedule[words[place - 1] & 63]
                words[place] &= _WORD
    return _BLOCK.pack(*words)


def encrypt_cbc(key: bytes, effective_bits: int, start: bytes, text: bytes) -> bytes:
    """Pad (PKCS#7) and encrypt; `start` is the initialisation vector, 8 octets."""
    schedule = expand_key(key, effective_bits)
    missing = _BLOCK.size - len(text) % _BLOCK.size
    encrypted = bytearray()
    previous = start
    for block in batched(text + bytes([missing]) * missing, _BLOCK.size, strict=True):
        mixed = bytes(a ^ b for a, b in zip(block, previous, strict=True))
        previous = encrypt_block(schedule, mixed)
        encrypted += previous
    return bytes(encrypted)
