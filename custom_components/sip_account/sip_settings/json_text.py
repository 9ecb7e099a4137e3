"""The JSON value in an answer: alone, or behind whatever PHP printed before it.

Everything here takes time in proportion to the answer's length and no more: it is
a stranger who writes it.
"""

from codecs import getincrementaldecoder
from enum import Enum
import json
from math import inf, isinf
import re
from typing import NoReturn, cast

# Home Assistant ships it; `scripts/account` may be alone.
try:
    import orjson as _orjson
except ImportError:
    _orjson = None  # type: ignore[assignment]

type JsonValue = (
    bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None
)


class Missing(Enum):
    """There is no value, which is not the same as null."""

    MISSING = "missing"


MISSING = Missing.MISSING
# What PHP prints before the JSON, with all its warnings, is less (wire contract §3.8).
BEFORE_LIMIT = 64 * 1024
_PIECE = 256 * 1024
# Commas and opening brackets, or closing ones: 160,000 in 10,000 calls.
_PARTS_LIMIT = 180_000
# A double that is written out has fewer digits (wire contract §0 item 6).
_DIGITS_LIMIT = 400
# Orjson lets nobody else have the interpreter: what is longer is read by pieces.
_FAST_LIMIT = 256 * 1024
# More may be more than 64 bits, or than `_DIGITS_LIMIT`.
_LONG_NUMBER = b"0" * 19
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
# Read backwards: a bracket, or a quote and the backslashes that stand before it.
_MARK = re.compile(r'[\[\]{}]|"\\*')
_QUOTE = re.compile(r'"\\*')


def text_of(body: bytes) -> str:
    """Return an answer's text, without a mark and blanks around it.

    U+FFFD stands for octets that are no text. These take their time, so that it is
    done in pieces: others have the interpreter in between.
    """
    decoder = getincrementaldecoder("utf-8")("replace")
    pieces = [
        decoder.decode(body[start : start + _PIECE])
        for start in range(0, len(body), _PIECE)
    ]
    return "".join((*pieces, decoder.decode(b"", final=True))).lstrip("\ufeff").strip()


def whole_value(text: str) -> JsonValue | Missing:
    """Return the value of a text that is JSON and nothing else.

    MISSING too where it is more than any account has, and would take long to read.
    """
    if _has_too_many_parts(text):
        return MISSING
    value = _read_fast(text)
    if value is not MISSING:
        return value
    try:
        return cast("JsonValue", _DECODER.decode(text))
    except RecursionError, ValueError:
        return MISSING


def _read_fast(text: str) -> JsonValue | Missing:
    """Return what orjson reads, MISSING where that is not to be believed.

    What it refuses may be right all the same (a half of a surrogate pair), and whole
    numbers of more than 64 bits are doubles to it. All else it reads as `_DECODER`.
    """
    if _orjson is None or len(text) > _FAST_LIMIT:
        return MISSING
    octets = text.encode()
    if _LONG_NUMBER in octets.translate(_DIGITS_ALIKE):
        return MISSING
    try:
        return cast("JsonValue", _orjson.loads(octets))
    except ValueError:
        return MISSING


def last_value(text: str) -> tuple[str, JsonValue | Missing]:
    """Return what precedes the last JSON value, and the value; else all, and MISSING.

    A value begins with a bracket, or is `null` or `""`, and runs to the end of the
    text (wire contract §0). Where it begins follows from its end, so nothing is tried
    twice. MISSING too where it is only the tail of a value that was cut off, or
    begins later than anything that the server prints before it.
    """
    if _has_too_many_parts(text):
        return text, MISSING
    backwards = text[::-1]
    start = _start(text, backwards)
    if start is None or start > BEFORE_LIMIT:
        return text, MISSING
    try:
        value, end = _DECODER.raw_decode(text, start)
    except RecursionError, ValueError:
        return text, MISSING
    if end != len(text) or _is_tail(text, backwards, start):
        return text, MISSING
    return text[:start].rstrip(), value


def _has_too_many_parts(text: str) -> bool:
    return any(sum(map(text.count, marks)) > _PARTS_LIMIT for marks in (",[{", "]}"))


def _start(text: str, backwards: str) -> int | None:
    """Return where a value must begin that ends with the text."""
    for word in ("null", '""'):
        if text.endswith(word):
            return len(text) - len(word)
    return _still_open(backwards, 1) if text.endswith(("]", "}")) else None


def _is_tail(text: str, backwards: str, start: int) -> bool:
    """Whether the value is only the tail of another one, which was cut off."""
    before = text[:start].rstrip()
    if before.endswith((",", "{", "[", '"', '":')):
        return True
    # It may be a member of that other one, the end of a text in it, or in the midst
    # of a text.
    passed = [len(text) - start, 0]
    if (quote := _last_quote(backwards)) is not None:
        passed.append(len(text) - quote)
    opened = (_still_open(backwards, count) for count in passed)
    return any(at is not None and at < start and _is_cut_off(text, at) for at in opened)


def _is_cut_off(text: str, start: int) -> bool:
    """Whether there is JSON from here to the end, but for its end."""
    try:
        _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        return error.pos == len(text) or error.msg.startswith("Unterminated string")
    except RecursionError, ValueError:
        return False
    return False


def _still_open(backwards: str, passed: int) -> int | None:
    """Return where the bracket stands that is open before the last `passed` characters.

    Provided that there is JSON from it on, and no text is open there.
    """
    depth = 0
    in_text = False
    for mark in _MARK.finditer(backwards, passed):
        found = mark[0]
        if found[0] == '"':
            # Whatever ends a text is met first; it begins where no quote is escaped.
            in_text = not in_text or len(found) % 2 == 0
        elif in_text:
            continue
        elif found in "]}":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return len(backwards) - mark.end()
    return None


def _last_quote(backwards: str) -> int | None:
    """Return where the last quote stands that is not escaped."""
    for mark in _QUOTE.finditer(backwards):
        if len(mark[0]) % 2:
            return len(backwards) - 1 - mark.start()
    return None


def _whole_number(digits: str) -> int | str:
    return digits if len(digits) > _DIGITS_LIMIT else int(digits)


def _fraction(digits: str) -> float | str:
    """Return what PHP meant: its numbers are doubles.

    It writes out 0.0425 as 0.042500000000000003 (wire contract §0 item 6). What is none
    that PHP could write stays as it is written: it is for its member to refuse it, and
    no reason to lose all others.
    """
    double = inf if len(digits) > _DIGITS_LIMIT else float(digits)
    return digits if isinf(double) else double


def _refuse_constant(name: str) -> NoReturn:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


# Numbers take their time. That they are read by functions of Python lets others have
# the interpreter meanwhile, where this is done in a thread.
_DECODER = json.JSONDecoder(
    parse_float=_fraction, parse_int=_whole_number, parse_constant=_refuse_constant
)
