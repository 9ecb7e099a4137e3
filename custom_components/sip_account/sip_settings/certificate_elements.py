"""What a file consists of: PEM blocks or DER elements, however it was wrapped."""

from binascii import a2b_base64
from collections.abc import Iterator
import re

PEM_BEGIN = b"-----BEGIN "
_PEM_MARK = re.compile(rb"-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----")
_DER_SEQUENCE = b"\x30"
_DER_LONG = 0x80
# How a DER sequence begins in base64.
_BARE_DER = b"MI"
_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")


def unwrapped(data: bytes) -> bytes:
    """Return a file without what was made of it on the way: UTF-16, or bare base64."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace").encode("ascii", "replace")
    bare = data.removeprefix(b"\xef\xbb\xbf").strip()
    if bare.startswith(_BARE_DER) and _BASE64.fullmatch(bare):
        try:
            return a2b_base64(bare)
        except ValueError:
            return data
    return data


def elements(data: bytes) -> Iterator[bytes]:
    """Yield the PEM blocks of a file, or else its DER elements one by one."""
    found = False
    for block in _pem_blocks(data):
        found = True
        yield block
    start = 0
    while not found and data.startswith(_DER_SEQUENCE, start):
        end = der_end(data, start)
        yield data[start:end]
        start = end


def _pem_blocks(data: bytes) -> Iterator[bytes]:
    """Yield each block from its beginning to the next end of the same name."""
    marks = list(_PEM_MARK.finditer(data))
    # Where blocks of a name end, the last first.
    ends: dict[bytes, list[int]] = {}
    for mark in reversed(marks):
        if mark[1] == b"END":
            ends.setdefault(mark[2], []).append(mark.end())
    passed = 0
    for mark in marks:
        if mark[1] == b"END" or mark.start() < passed:
            continue
        left = ends.get(mark[2], [])
        while left and left[-1] <= mark.start():
            left.pop()
        if left:
            passed = left[-1]
            yield data[mark.start() : passed]


def der_end(data: bytes, start: int) -> int:
    """Return where a DER element ends by its own words."""
    header = start + 2
    length = data[start + 1] if header <= len(data) else 0
    if length == _DER_LONG:
        # Of a length that only its end tells, as Firefox writes it: all that is left.
        return len(data)
    if length & _DER_LONG:
        octets = length - _DER_LONG
        length = int.from_bytes(data[header : header + octets])
        header += octets
    return min(header + length, len(data))


def der_of(element: bytes) -> bytes:
    """Return what a PEM block holds, or DER as it is; raises ValueError."""
    if not element.startswith(PEM_BEGIN):
        return element
    return a2b_base64(element.split(b"-----")[2])
