"""Names and numbers out of vCards, as any phone writes them (RFC 2426, RFC 6350).

Only what a phone book needs: FN (or N), TEL, and SIP addresses. Nothing is raised for
what cannot be understood; it is left out. A file takes time in proportion to its
length, and lines, names and numbers that are longer than any are not read to their end.
"""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
import quopri
import re
from urllib.parse import unquote

from ..sip_settings import clean

_NAME_LIMIT = 100
_NUMBER_LIMIT = 255
_NUMBERS_LIMIT = 50  # of one contact
# Octets of a line, put together where it was folded; only pictures are longer.
_LINE_LIMIT = 8 * 1024
# Lines as they stand in the file. 5,000 contacts with pictures have 300,000.
_LINES_LIMIT = 1_000_000
_PIECE = 256 * 1024
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NAMES = frozenset({b"FN", b"N", b"ORG"})
_NUMBERS = frozenset({b"TEL", b"IMPP", b"X-SIP", b"X-PHONE", b"URL"})
_QUOTED = b"QUOTED-PRINTABLE"
# Others may be slow, or no character set at all; Python knows some such codecs.
_CHARSET = re.compile(
    r"us-ascii|utf-(?:8|16(?:le|be)?)|iso-8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}"
    r"|koi8-[ru]|gb(?:2312|k|18030)|big5|shift_jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)"
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Contact:
    """A name, and the numbers and SIP addresses as they were written."""

    name: str
    numbers: tuple[str, ...]


def read_vcards(data: bytes, at_most: int) -> list[Contact]:
    """Return the contacts of a `.vcf` file that have a name and a number.

    This is CPU work of up to some seconds: not for an event loop.
    """
    contacts = []
    for card in _cards(_octets(data)):
        if contact := card.contact():
            contacts.append(contact)
            if len(contacts) == at_most:
                break
    return contacts


def _octets(data: bytes) -> bytes:
    r"""Return a file without its mark, as UTF-8 if it was UTF-16, lines ended by \n."""
    if data.startswith(_UTF_16_MARKS):
        decoder = getincrementaldecoder("utf-16")("replace")
        pieces = (data[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        data = b"".join(decoder.decode(piece).encode() for piece in pieces)
    data = data.removeprefix(_UTF_8_MARK)
    return data if b"\n" in data else data.replace(b"\r", b"\n")


class _Card:
    """What one card holds, so far."""

    def __init__(self) -> None:
        self._names: dict[bytes, str] = {}
        self._numbers: list[str] = []

    def add(self, line: bytes) -> None:
        """Take what a line tells."""
        head, _, raw = line.partition(b":")
        name, _, told = head.partition(b";")
        # Some phones group what belongs together: item1.TEL
        kind = name.rpartition(b".")[2].upper()
        if kind in _NAMES and kind not in self._names:
            self._names[kind] = _value(raw, told)
        elif kind in _NUMBERS and len(self._numbers) < _NUMBERS_LIMIT:
            number = _number(kind, _value(raw, told))
            if number and len(number) <= _NUMBER_LIMIT:
                self._numbers.append(number)

    def contact(self) -> Contact | None:
        """Return the contact, where there is a name and a number."""
        names = self._names
        shown = names.get(b"FN") or _from_parts(names.get(b"N", ""))
        shown = clean(shown or names.get(b"ORG", ""), _NAME_LIMIT)
        numbers = tuple(self._numbers)
        return Contact(shown, numbers) if shown and numbers else None


def _cards(data: bytes) -> Iterator[_Card]:
    card: _Card | None = None
    for line in _joined(_unfolded(_lines(data))):
        word = line.strip().upper()
        if word == b"BEGIN:VCARD":
            card = _Card()
        elif word == b"END:VCARD":
            if card is not None:
                yield card
            card = None
        elif card is not None:
            card.add(line)


def _lines(data: bytes) -> Iterator[bytes]:
    """Yield the lines as they stand in the file, or their beginnings."""
    start = 0
    for _ in range(_LINES_LIMIT):
        if start >= len(data):
            break
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        yield data[start : min(end, start + _LINE_LIMIT)].rstrip(b"\r")
        start = end + 1


def _unfolded(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Put lines together that go on in a line which begins with a blank."""
    folded: list[bytes] = []
    length = 0
    for line in lines:
        if line.startswith((b" ", b"\t")) and folded:
            if length <= _LINE_LIMIT:
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
        broken = line.endswith(b"=") and (bool(held) or _is_quoted(line))
        if not held and not broken:
            yield line
            continue
        if length <= _LINE_LIMIT:
            held.append(line.removesuffix(b"=") if broken else line)
            length += len(line)
        if not broken:
            yield b"".join(held)
            held, length = [], 0
    yield b"".join(held)


def _is_quoted(line: bytes) -> bool:
    return _QUOTED in line.partition(b":")[0].upper()


def _value(raw: bytes, told: bytes) -> str:
    """Return the text of a property with the parameters that are told."""
    parameters = told.upper().split(b";")
    if any(_QUOTED in parameter for parameter in parameters):
        raw = quopri.decodestring(raw)
    named = (p.partition(b"=")[2] for p in parameters if p.startswith(b"CHARSET="))
    text = _decoded(raw, next(named, b""))
    return _ESCAPED.sub(lambda m: " " if m[1] in "nN" else m[1], text).strip()


def _decoded(raw: bytes, charset: bytes) -> str:
    name = charset.strip(b'"').decode("latin-1").lower()
    for encoding in (name, "utf-8") if _CHARSET.fullmatch(name) else ("utf-8",):
        try:
            return raw.decode(encoding)
        except LookupError, ValueError:
            continue
    return raw.decode("latin-1")


def _number(kind: bytes, value: str) -> str | None:
    """Return a phone number or SIP address; other links are none."""
    scheme, colon, rest = value.partition(":")
    if colon and scheme.lower() in {"tel", "sip", "sips"}:
        return unquote(rest).partition(";")[0].strip() or None
    return value if kind not in {b"IMPP", b"URL"} and not colon else None


def _from_parts(parts: str) -> str:
    """Return a name in the order that it is spoken: family;given;more;title."""
    family, given, *_ = [*parts.split(";"), "", ""]
    return f"{given} {family}".strip()
