"""Names and numbers out of vCards, as any phone writes them (RFC 2426, RFC 6350).

Only what a phone book needs: FN (or N, or ORG), TEL, and SIP addresses. Nothing is
raised for what cannot be understood; it is left out, and cards without use are counted.
"""

from dataclasses import dataclass
import quopri
import re
import unicodedata
from urllib.parse import unquote

from ..sip_settings import clean
from .vcard_lines import BEGIN, END, head_and_value, is_quoted, lines_of

_NAME_LIMIT = 100
_NUMBER_LIMIT = 255
_NUMBERS_LIMIT = 50  # of one contact
_NAMES = frozenset({b"FN", b"N", b"ORG", b"NICKNAME"})
_NUMBERS = frozenset({b"TEL", b"IMPP", b"X-SIP", b"X-PHONE", b"URL"})
_LINKS = frozenset({b"IMPP", b"URL"})
_SCHEMES = frozenset({"tel", "sip", "sips"})
# Others may be slow, or no character set at all; Python knows some such codecs.
_CHARSET = re.compile(
    r"us-ascii|utf-(?:8|16(?:le|be)?)|iso-8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}"
    r"|koi8-[ru]|gb(?:2312|k|18030)|big5|shift_jis|euc-(?:jp|kr)|iso-2022-(?:jp|kr)"
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_AROUND = frozenset({"Cf", "Ps", "Zs"})
_PART = re.compile(r"((?:[^\\;]|\\.)*);?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Contact:
    """A name, and the numbers and SIP addresses as they were written."""

    name: str
    numbers: tuple[str, ...]


@dataclass(slots=True)
class Vcards:
    """What a file holds: contacts, and how many cards are of no use, and why.

    `too_many` are those beyond the most that are taken.
    """

    contacts: list[Contact]
    without_name: int = 0
    without_number: int = 0
    too_many: int = 0


def read_vcards(data: bytes, at_most: int) -> Vcards:
    """Return the contacts of a `.vcf` file that have a name and a number.

    This is CPU work of up to some seconds: not for an event loop.
    """
    found = Vcards([])
    card: _Card | None = None
    agents = 0
    for line in lines_of(data):
        if line == BEGIN:
            if card is not None and card.before_agent:
                # The card of an assistant, within that of its owner (vCard 2.1).
                agents += 1
                continue
            if card is not None and card.is_empty:
                continue
            # The end of the one before is missing: it is whole all the same.
            _take(card, found, at_most)
            card = _Card()
        elif line == END:
            if agents:
                agents -= 1
                continue
            _take(card, found, at_most)
            card = None
        elif card is not None and not agents:
            card.add(line)
    _take(card, found, at_most)
    return found


def _take(card: _Card | None, found: Vcards, at_most: int) -> None:
    if card is None:
        return
    contact = Contact(card.name(), tuple(card.numbers))
    if not contact.numbers:
        found.without_number += 1
    elif not contact.name:
        found.without_name += 1
    elif len(found.contacts) >= at_most:
        found.too_many += 1
    else:
        found.contacts.append(contact)


class _Card:
    """What one card holds, so far."""

    def __init__(self) -> None:
        self.numbers: list[str] = []
        self.before_agent = False
        self._names: dict[bytes, str] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of it yet."""
        return not self.numbers and not self._names

    def add(self, line: bytes) -> None:
        """Take what a line tells."""
        parts = head_and_value(line)
        if parts is None:
            return
        head, raw = parts
        name, _, told = head.partition(b";")
        # Some phones group what belongs together: item1.TEL
        kind = name.rpartition(b".")[2].strip().upper()
        self.before_agent = kind == b"AGENT" and not raw.strip()
        if kind in _NAMES and not self._names.get(kind):
            self._names[kind] = _value(raw, told)
        elif kind in _NUMBERS and len(self.numbers) < _NUMBERS_LIMIT:
            number = _number(kind, _unescaped(_value(raw, told)))
            if number and len(number) <= _NUMBER_LIMIT:
                self.numbers.append(number)

    def name(self) -> str:
        """Return the name to show, empty where there is none."""
        names = self._names
        candidates = (
            _unescaped(names.get(b"FN", "")),
            _spoken(_parts(names.get(b"N", ""))),
            ", ".join(filter(None, _parts(names.get(b"ORG", "")))),
            _unescaped(names.get(b"NICKNAME", "")),
        )
        shown = (clean(candidate, _NAME_LIMIT) for candidate in candidates)
        return next(filter(None, shown), "")


def _value(raw: bytes, told: bytes) -> str:
    """Return the text of a property with the parameters that are told."""
    if is_quoted(told):
        raw = quopri.decodestring(raw)
    parameters = told.upper().split(b";")
    named = (p.partition(b"=")[2] for p in parameters if p.startswith(b"CHARSET="))
    return _decoded(raw, next(named, b"")).strip()


def _decoded(raw: bytes, charset: bytes) -> str:
    name = charset.strip(b'" ').decode("latin-1").lower()
    named = [name] if _CHARSET.fullmatch(name) else []
    # What is none of these was written by Windows, or by a phone that said nothing.
    for encoding in (*named, "utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except LookupError, ValueError:
            continue
    return raw.decode("latin-1")


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda m: " " if m[1] in "nN" else m[1], text).strip()


def _parts(text: str) -> list[str]:
    return [_unescaped(match[1]) for match in _PART.finditer(text)]


def _spoken(parts: list[str]) -> str:
    """Return a name in the order that it is spoken: family;given;middle;title."""
    family, given, middle, *_ = [*parts, "", "", ""]
    return " ".join(filter(None, (given, middle, family)))


def _number(kind: bytes, value: str) -> str | None:
    """Return a phone number or SIP address; other links, and words, are none."""
    scheme, colon, rest = value.partition(":")
    if colon and scheme.strip().lower() in _SCHEMES:
        value = unquote(rest).partition(";")[0]
    elif colon or kind in _LINKS:
        return None
    value = value.strip()
    return value if _is_dialled(value) else None


def _is_dialled(value: str) -> bool:
    """Whether a text is an address, or begins as a number does."""
    if "@" in value:
        return True
    for character in value:
        if character in "+*#" or character.isdecimal():
            return True
        # Brackets, blanks, and the marks that phones put around numbers.
        if unicodedata.category(character) not in _AROUND:
            return False
    return False
