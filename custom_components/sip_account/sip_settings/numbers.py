"""Phone numbers in the spellings of servers and of people.

International is what begins with `+` or `00`; nothing is guessed here. Country codes
begin with 1 to 9 and numbers have 15 digits at most (ITU-T E.164), but servers add
prefixes of their own.
"""

import re
import unicodedata
from urllib.parse import unquote

_DIALLED = re.compile(r"(?:\+|00)?[0-9]{2,32}")
_WRITTEN = re.compile(r"(?:\+|00)?[0-9]{3,32}")
# Written after a country code for those who dial without it.
_TRUNK = re.compile(r"(?<=\d)(?:\(0\)|\[0\])")
_LONGEST = 256
_PUNCTUATION = re.compile(r"[()\[\].\-/]")
_SEPARATED = re.compile(r"(?:\+|00)[0-9(). \-]{2,48}")
_EXTENSION = (
    "ext(?:ension|n)?",
    "durchwahl|dw|nebenstelle|nst|apparat|app",
    "toestel|tst",
    "poste?",
    "interno|int",
    "ramal|anexo|linha",
    "[xpw~]",
)
# What is dialled once there is an answer, or says whose or which number it is.
_BEHIND = re.compile(
    rf"(?:,|;|#|(?:{'|'.join(_EXTENSION)})(?=[\s.:]{{0,4}}\d)"
    r"|\(\s?[^\W\d_][^()]{0,40}\)$)",
    re.IGNORECASE,
)
# The same without any bracket; words may be digits as well (1-800-FLOWERS).
_LABEL = re.compile(r"(?:\s/?|/)\s?[^\W\d_][^\d()]{0,40}$")
_DIGITS_BEFORE_LABEL = 6
_QUOTES = "\"'`\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"
_TEL = re.compile(r"tel:", re.IGNORECASE)
_SCHEME = re.compile(r"(?:tel|sips?):", re.IGNORECASE)


def phone_number(party: str) -> str | None:
    """Return the phone number in an address, `00` written as `+`; else None."""
    user = party.partition("@")[0].partition(";")[0]
    if _DIALLED.fullmatch(user):
        return _international(user)
    # Only what says that it is a number: names may have digits and dashes as well.
    bare = _plain(unquote(_SCHEME.sub("", user[:_LONGEST], count=1)))
    bare = bare.partition(",")[0]
    if _SEPARATED.fullmatch(bare):
        bare = _unadorned(bare)
    return _international(bare) if _DIALLED.fullmatch(bare) else None


def read_number(text: str, *, whole: bool = False) -> str | None:
    """Return a number as somebody wrote it, `00` as `+`, without what adorns it.

    None where it is none. Extensions, and what is dialled later, are left out; with
    `whole` a number that has any is none.
    """
    if len(text) > _LONGEST:
        return None
    plain = _plain(unquote(text)).strip().strip(_QUOTES)
    plain = _TEL.sub("", plain.strip(), count=1)
    behind = _BEHIND.search(plain, 1) or _label(plain)
    if behind:
        if whole:
            return None
        plain = plain[: behind.start()]
    bare = _unadorned(plain)
    return _international(bare) if _WRITTEN.fullmatch(bare) else None


def _label(text: str) -> re.Match[str] | None:
    """Return the words behind a number, where enough of a number is before them."""
    label = _LABEL.search(text)
    if label is None:
        return None
    digits = sum(character.isdigit() for character in text[: label.start()])
    return label if digits >= _DIGITS_BEFORE_LABEL else None


def _plain(text: str) -> str:
    """Return a text with digits, signs and blanks of ASCII, and no invisible marks."""
    if text.isascii():
        return text
    plain = []
    for character in text[:_LONGEST]:
        category = unicodedata.category(character)
        if category == "Nd":
            plain.append(str(unicodedata.decimal(character)))
        elif category == "Pd":
            plain.append("-")
        elif category == "Zs":
            plain.append(" ")
        elif category not in {"Cf", "Cc"}:
            # No ligatures: some stand for eighteen letters.
            single = unicodedata.normalize("NFKC", character)
            plain.append(single if len(single) == 1 else character)
    return "".join(plain)


def _unadorned(text: str) -> str:
    """Return a number without blanks, the `(0)` of those at home, and punctuation."""
    return _PUNCTUATION.sub("", _TRUNK.sub("", "".join(text.split()), count=1))


def _international(number: str) -> str | None:
    """Return a number with `+` where it is international; None where it is none."""
    if not number.startswith(("+", "00")):
        return number
    rest = number.removeprefix("+") if number.startswith("+") else number[2:]
    if rest[:1] in {"", "0"}:
        # Some short codes are noughts: 000 is Australia's emergency call.
        return number if rest == "0" and number[0] != "+" else None
    return f"+{rest}"
