"""Names and numbers out of vCards, as any phone writes them (RFC 2426, RFC 6350).

Only what a phone book needs: FN (or N), TEL, and SIP addresses. Nothing is raised for
what cannot be understood; it is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
import quopri
import re
from urllib.parse import unquote

from .sip_settings import clean

_NAME_LIMIT = 100
_NUMBER_PROPERTIES = frozenset({"TEL", "IMPP", "X-SIP", "X-PHONE", "URL"})
_UNFOLD = re.compile(r"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Contact:
    """A name, and the numbers and SIP addresses as they were written."""

    name: str
    numbers: tuple[str, ...]


def read_vcards(data: bytes, at_most: int) -> list[Contact]:
    """Return the contacts of a `.vcf` file that have a name and a number."""
    contacts = []
    for lines in _cards(_decode(data)):
        if contact := _contact(lines):
            contacts.append(contact)
            if len(contacts) == at_most:
                break
    return contacts


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in _MARKS else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


_MARKS = (b"\xff\xfe", b"\xfe\xff")


def _cards(text: str) -> Iterator[list[str]]:
    """Yield the lines of each card, put together where they were folded."""
    card: list[str] | None = None
    for line in _joined(_UNFOLD.sub("", text).splitlines()):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            card = []
        elif word == "END:VCARD":
            if card is not None:
                yield card
            card = None
        elif card is not None:
            card.append(line)


def _joined(lines: list[str]) -> Iterator[str]:
    """Join quoted-printable lines that end in a soft break."""
    held = ""
    for line in lines:
        whole = held + line
        head = whole.partition(":")[0].upper()
        if whole.endswith("=") and "QUOTED-PRINTABLE" in head:
            held = whole[:-1]
            continue
        held = ""
        yield whole
    if held:
        yield held


def _contact(lines: list[str]) -> Contact | None:
    names: dict[str, str] = {}
    numbers = []
    for line in lines:
        head, _, raw = line.partition(":")
        # Some phones group what belongs together: item1.TEL
        name, *parameters = head.upper().rpartition(".")[2].split(";")
        value = _value(raw, parameters)
        if name in {"FN", "N", "ORG"}:
            names.setdefault(name, value)
        elif name in _NUMBER_PROPERTIES and (number := _number(name, value)):
            numbers.append(number)
    shown = names.get("FN") or _from_parts(names.get("N", "")) or names.get("ORG", "")
    shown = clean(shown, _NAME_LIMIT)
    return Contact(shown, tuple(numbers)) if shown and numbers else None


def _value(raw: str, parameters: list[str]) -> str:
    if any("QUOTED-PRINTABLE" in parameter for parameter in parameters):
        octets = quopri.decodestring(raw.encode("latin-1", "replace"))
        charset = next(
            (p.partition("=")[2] for p in parameters if p.startswith("CHARSET=")),
            "utf-8",
        )
        try:
            raw = octets.decode(charset.strip('"'))
        except LookupError, UnicodeDecodeError:
            raw = octets.decode("latin-1")
    return _ESCAPED.sub(lambda m: " " if m[1] in "nN" else m[1], raw).strip()


def _number(name: str, value: str) -> str | None:
    """Return a phone number or SIP address; other links are none."""
    scheme, colon, rest = value.partition(":")
    if colon and scheme.lower() in {"tel", "sip", "sips"}:
        return unquote(rest).partition(";")[0].strip() or None
    return value if name in {"TEL", "X-SIP", "X-PHONE"} and not colon else None


def _from_parts(parts: str) -> str:
    """Return a name in the order that it is spoken: family;given;more;title."""
    family, given, *_ = [*parts.split(";"), "", ""]
    return f"{given} {family}".strip()
