"""The outline of a key file, to see what work it asks for before it is done.

OpenSSL derives keys as often as a file says, up to 2^31 times, and checks numbers of
any length, and lets nobody have the interpreter meanwhile. What cannot be outlined
here is not handed on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod

_INTEGER, _OCTETS, _OBJECT, _SEQUENCE = 0x02, 0x04, 0x06, 0x30
_OCTETS_IN_PARTS = 0x24
_CONSTRUCTED = 0x20
_LONG = 0x80
_DEPTH_LIMIT = 40
_ELEMENTS_LIMIT = 20_000
_END = b"\x00\x00"

_PKCS12_BY_PASSWORD = bytes.fromhex("2a864886f70d010c01")
_PKCS5 = bytes.fromhex("2a864886f70d0105")
_SCRYPT = bytes.fromhex("2b06010401da47040b")
# A step of scrypt takes as long as two of the others.
_SCRYPT_WEIGHT = 2
_PARTS_OF_STORE = 3


class NotBerError(ValueError):
    """This is no BER, or more of it than any key file has."""


@dataclass(slots=True)
class Element:
    """One element: its first octet, what is in it, and that as elements."""

    tag: int
    content: bytes = b""
    inner: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all that are in it."""
        left = [self]
        while left:
            element = left.pop()
            yield element
            left += element.inner


def read_ber(data: bytes) -> Element:
    """Return the outline of one element; octet strings are looked into.

    Raises NotBerError.
    """
    return _Reader().read(data, 0, len(data), 0)[0]


def rounds(root: Element) -> int:
    """Return how often keys are derived to open a PKCS#12 store or an encrypted key."""
    total = sum(map(_rounds_of, root.walk()))
    if len(root.inner) == _PARTS_OF_STORE:
        total += prod(_integers(root.inner[-1])[:1])  # of the store's own check
    return total


def longest_number(root: Element) -> int:
    """Return the length in bits of the longest number."""
    numbers = (len(e.content) for e in root.walk() if e.tag == _INTEGER)
    return 8 * max(numbers, default=0)


def _rounds_of(element: Element) -> int:
    """Return what an algorithm asks for (RFC 7292, RFC 8018, RFC 7914)."""
    if element.tag != _SEQUENCE or len(element.inner) <= 1:
        return 0
    name, parameters, *_ = element.inner
    if name.tag != _OBJECT:
        return 0
    numbers = _integers(parameters)
    if name.content == _SCRYPT:
        return _SCRYPT_WEIGHT * prod(numbers[:3])
    if name.content.startswith((_PKCS12_BY_PASSWORD, _PKCS5)) and numbers:
        return numbers[0]
    return 0


def _integers(element: Element) -> list[int]:
    return [int.from_bytes(e.content) for e in element.inner if e.tag == _INTEGER]


class _Reader:
    """Reads so many elements and no more."""

    def __init__(self) -> None:
        self._left = _ELEMENTS_LIMIT

    def read(
        self, data: bytes, start: int, end: int, depth: int
    ) -> tuple[Element, int]:
        """Return the element at `start`, and where it ends."""
        self._left -= 1
        if not self._left or depth == _DEPTH_LIMIT or start + 2 > end:
            raise NotBerError
        tag, length = data[start], data[start + 1]
        begin = start + 2
        element = Element(tag)
        if length == _LONG and tag & _CONSTRUCTED:
            while data[begin : begin + 2] != _END:
                inner, begin = self.read(data, begin, end, depth + 1)
                element.inner.append(inner)
            begin += 2
        else:
            if length & _LONG:
                octets = length - _LONG
                length = int.from_bytes(data[begin : begin + octets])
                begin += octets
            if begin + length > end:
                raise NotBerError
            until = begin + length
            if tag & _CONSTRUCTED:
                while begin < until:
                    inner, begin = self.read(data, begin, until, depth + 1)
                    element.inner.append(inner)
            else:
                element.content = data[begin:until]
            begin = until
        self._look_into(element, depth)
        return element, begin

    def _look_into(self, element: Element, depth: int) -> None:
        """Take the octets of a string for elements, where they are."""
        if element.tag == _OCTETS_IN_PARTS:
            element.tag = _OCTETS
            element.content = b"".join(part.content for part in element.inner)
            element.inner = []
        content = element.content
        if element.tag != _OCTETS or content[:1] != bytes([_SEQUENCE]):
            return
        left = self._left
        try:
            inner, end = self.read(content, 0, len(content), depth + 1)
        except NotBerError:
            self._left = left
            return
        if end == len(content):
            element.inner = [inner]
