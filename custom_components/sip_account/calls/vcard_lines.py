"""The lines of a `.vcf` file, put together as they were meant (RFC 2426, RFC 6350).

Whatever phones, clouds and old programs do to them: any line end, any mark, folded
lines, soft breaks of quoted-printable, two lines in one. It takes time in proportion
to the length of the file, and lines longer than any are not read to their end.
"""

from codecs import getincrementaldecoder
from collections.abc import Iterator
import re

# Octets of a line, put together where it was folded; only pictures are longer.
LINE_LIMIT = 8 * 1024
# Lines as they stand in the file. 5,000 contacts with pictures have 300,000.
_LINES_LIMIT = 1_000_000
_PIECE = 256 * 1024
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16 = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"B\0E\0": "utf-16-le",
    b"\0B\0E": "utf-16-be",
}
BEGIN, END = _MARKS = b"BEGIN:VCARD", b"END:VCARD"
_MARK = re.compile(rb"(BEGIN:VCARD|END:VCARD)\s*+")
_QUOTED = b"QUOTED-PRINTABLE"
# The beginning of a character of UTF-8 that is cut off.
_CUT = re.compile(
    rb"(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})\Z"
)


def lines_of(data: bytes) -> Iterator[bytes]:
    """Yield the lines of a file; where a card begins and ends, `BEGIN` and `END`."""
    for line in _joined(_unfolded(_lines(_octets(data)))):
        word = line.strip().upper()
        if not word.startswith(_MARKS):
            if word:
                yield line
            continue
        at = 0
        # Some exports leave out the end of the line between two cards.
        while mark := _MARK.match(word, at):
            yield mark[1]
            at = mark.end()


def is_quoted(head: bytes) -> bool:
    """Whether what stands before a value says that it is quoted-printable."""
    return _QUOTED in head.upper()


def head_and_value(line: bytes) -> tuple[bytes, bytes] | None:
    """Return what stands before and after the colon, None where there is none.

    Within quotes there may be colons as well.
    """
    end = line.find(b":")
    if end < 0:
        return None
    quote = line.find(b'"', 0, end)
    if quote >= 0 and (outside := _colon_outside_quotes(line)) >= 0:
        end = outside
    return line[:end], line[end + 1 :]


def _colon_outside_quotes(line: bytes) -> int:
    inside = False
    for at, octet in enumerate(line):
        if octet == ord('"'):
            inside = not inside
        elif octet == ord(":") and not inside:
            return at
    return -1


def _octets(data: bytes) -> bytes:
    r"""Return a file as UTF-8 if it was UTF-16, lines ended by \n."""
    encoding = next((e for mark, e in _UTF_16.items() if data.startswith(mark)), None)
    if encoding:
        decoder = getincrementaldecoder(encoding)("replace")
        pieces = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        data = b"".join(decoder.decode(piece).encode() for piece in pieces)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # A file that was cut off may end in the midst of a character.
    cut = _CUT.search(data, max(0, len(data) - 3))
    return data[: cut.start()] if cut else data


def _lines(data: bytes) -> Iterator[bytes]:
    """Yield the lines as they stand in the file, or their beginnings."""
    start = 0
    for _ in range(_LINES_LIMIT):
        if start >= len(data):
            break
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        # Files that were put together from several have a mark at each.
        yield data[start : min(end, start + LINE_LIMIT)].removeprefix(_UTF_8_MARK)
        start = end + 1


def _unfolded(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Put lines together that go on in a line which begins with a blank."""
    folded: list[bytes] = []
    length = 0
    for line in lines:
        if line.startswith((b" ", b"\t")) and folded:
            if length <= LINE_LIMIT:
                if folded[-1].endswith(b"=") and line[1:2] == b"=":
                    # It was folded after a soft break, in the midst of a character.
                    folded[-1] = folded[-1][:-1]
                folded.append(line[1:])
                length += len(line)
            continue
        yield b"".join(folded)
        folded, length = [line], len(line)
    yield b"".join(folded)


def _joined(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Put quoted-printable lines together that end in a soft break."""
    held: list[bytes] = []
    length = 0
    for line in lines:
        if held and line.strip().upper().startswith(_MARKS):
            # The rest of it is missing, and no reason to lose the next card.
            yield b"".join(held)
            held, length = [], 0
        broken = line.endswith(b"=") and (bool(held) or _begins_quoted(line))
        if not held and not broken:
            yield line
            continue
        if length <= LINE_LIMIT:
            held.append(line.removesuffix(b"=") if broken else line)
            length += len(line)
        if not broken:
            yield b"".join(held)
            held, length = [], 0
    yield b"".join(held)


def _begins_quoted(line: bytes) -> bool:
    return is_quoted(line.partition(b":")[0])
