"""Files that were written to hold whoever reads them, by their size in octets.

What is added here is read by the tests and by `scripts/bench`.
"""

from base64 import encodebytes

from .bodies import Made, repeated

_BEGIN = b"BEGIN:VCARD\n"
_END = b"\nEND:VCARD\n"
_CONTACT = b"FN:Bob\nTEL:1234\n"


def _in_card(unit: bytes, before: bytes = b"") -> Made:
    """Repeat what stands in a card with a name and a number."""
    return repeated(unit, _BEGIN + before, b"\n" + _CONTACT + _END)


_LINES: dict[str, bytes] = {
    "quoted-printable without end": b"FN;ENCODING=QUOTED-PRINTABLE:=\n",
    "soft breaks": b"=\n",
    "letters and soft breaks": b"x=\n",
    "words and soft breaks": b"x" * 74 + b"=\n",
    "quoted line breaks": b"=0A",
    "letters": b"x",
    "blanks": b" ",
    "semicolons": b";",
    "colons": b":",
    "commas": b",",
    "points": b".",
    "escapes": b"\\n",
    "backslashes": b"\\",
    "percents": b"%20",
    "folded lines": b"\n x",
    "folded blanks": b"\n ",
    "folded by tabs": b"\n\t",
    "lines": b"\n",
    "old lines": b"\r",
    "broken line ends": b"\r\r\n",
    "lines of one letter": b"a\n",
    "form feeds": b"\x0c",
    "other lines": "\u2028".encode(),
    "no text": b"\xff",
    "zeros": b"\x00",
    "wide": "\U0001f4de".encode(),
    "names": b"FN:Bob\n",
    "numbers": b"TEL:1\n",
    "cards begun": b"BEGIN:VCARD\n",
    "cards ended": b"END:VCARD\n",
    "cards": b"BEGIN:VCARD\nEND:VCARD\n",
    "contacts": b"BEGIN:VCARD\nFN:x\nTEL:1\nEND:VCARD\n",
    "contacts without number": b"BEGIN:VCARD\nFN:x\nEND:VCARD\n",
    "quoted names": b"FN;ENCODING=QUOTED-PRINTABLE:=4A\n",
}
_BEGINNINGS: dict[str, bytes] = {
    "": b"",
    " in a name": b"FN:",
    " in a number": b"TEL:",
    " in parameters": b"TEL;",
    " in a quoted name": b"FN;ENCODING=QUOTED-PRINTABLE:",
    " in a quoted name in parts": b"N;ENCODING=QUOTED-PRINTABLE:=\n",
    " in an address": b"IMPP:sip:",
}

VCARDS: dict[str, Made] = {
    **{name: repeated(unit) for name, unit in _LINES.items()},
    **{
        f"card of {name}{where}": _in_card(unit, before)
        for name, unit in _LINES.items()
        for where, before in _BEGINNINGS.items()
    },
    "UTF-16": lambda size: (_CONTACT * (size // 32)).decode().encode("utf-16"),
    "UTF-16, cut": repeated(b"\xd8", b"\xff\xfe"),
    "UTF-16, the other way": repeated(b"\x00\n", b"\xfe\xff"),
}
# Names of character sets that are none, or that Python has other codecs for.
CHARSETS = (
    *("undefined", "\x00", "utf-8\x00", "idna", "punycode", "unicode_escape", "zlib"),
    *("raw_unicode_escape", "base64", "hex", "rot13", "bz2", "mbcs", "oem", "utf-7"),
    *("../x", "", '"', "x" * 5000, "utf_8_sig", "uu", "quopri", "antigravity", "é"),
    *("utf-16", "utf-32", "iso-8859-99", "windows-9999", "iso-2022-jp", "cp037"),
)


def _pem(unit: bytes) -> Made:
    return repeated(unit + b"\n")


def _block(label: bytes, inner: Made) -> Made:
    """Wrap octets as PEM does."""
    begin, end = b"-----BEGIN %b-----\n" % label, b"-----END %b-----\n" % label

    def make(size: int) -> bytes:
        room = (size - len(begin) - len(end)) * 76 // 103
        return begin + encodebytes(inner(room)) + end

    return make


def der(tag: int, content: bytes) -> bytes:
    """Write one element of DER."""
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def _wrapped(times: int) -> Made:
    """Put an element into itself, with as much in the innermost as there is room."""

    def make(size: int) -> bytes:
        content = bytes(max(size - 8 * times, 0))
        for _ in range(times):
            content = der(0x30, content)
        return content

    return make


def _rsa_key(size: int) -> bytes:
    """Write a private key whose numbers are as long as there is room."""
    number = der(0x02, b"\x7f" + b"\xff" * (size // 9))
    parts = der(0x02, b"\x00") + number + der(0x02, b"\x01\x00\x01") + number * 6
    return der(0x30, parts)


def _numbered(unit: bytes) -> Made:
    """Repeat with another number each time."""

    def make(size: int) -> bytes:
        return b"".join(unit % number for number in range(size // (len(unit) + 4)))

    return make


CERTIFICATES: dict[str, Made] = {
    "begun": _pem(b"-----BEGIN A-----"),
    "begun, on one line": repeated(b"-----BEGIN A-----"),
    "begun and ended otherwise": _pem(b"-----BEGIN A-----\n-----END B-----"),
    "begun and ended once": repeated(b"-----BEGIN A-----\n", b"", b"-----END A-----"),
    "begun, each by its own name": _numbered(b"-----BEGIN %d-----\n"),
    "begun and ended by their own names": _numbered(
        b"-----BEGIN %d-----\n-----END 0-----\n"
    ),
    "certificates": _pem(b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"),
    "ended": _pem(b"-----END A-----"),
    "dashes": repeated(b"-"),
    "long name": repeated(b"A", b"-----BEGIN ", b"-----"),
    "long name, begun": repeated(b"A", b"-----BEGIN "),
    "one block": _block(b"CERTIFICATE", bytes),
    "one key": _block(b"PRIVATE KEY", bytes),
    "one key of long numbers": _block(b"RSA PRIVATE KEY", _rsa_key),
    "one encrypted key": _block(b"ENCRYPTED PRIVATE KEY", bytes),
    "one block of sequences": _block(b"CERTIFICATE", repeated(b"\x30\x80")),
    "nested certificate": _block(b"CERTIFICATE", _wrapped(200)),
    "letters": repeated(b"A"),
    "zeros": bytes,
    "sequences": repeated(b"\x30\x00"),
    "sequences of sequences": repeated(b"\x30\x02\x30\x00"),
    "sequences without end": repeated(b"\x30\x80"),
    "nested": _wrapped(5000),
    "nested, with much in it": _wrapped(100),
    "long numbers": _rsa_key,
    "huge length": repeated(b"\xff", b"\x30\xff"),
    "large length": repeated(b"\x00", b"\x30\x84\x7f\xff\xff\xff"),
    "PKCS #12 begun": repeated(b"\x30\x80", b"\x30\x84\x00\x0f\xff\xf0\x02\x01\x03"),
}
