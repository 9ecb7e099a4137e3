"""Answers that were written to hold whoever reads them.

Each is made by a function of its size in octets. What is added here is read by the
tests and by `scripts/bench`.
"""

from collections.abc import Callable

type Made = Callable[[int], bytes]


def repeated(unit: bytes, before: bytes = b"", after: bytes = b"") -> Made:
    """Repeat as often as there is room between what stands before and after."""

    def make(size: int) -> bytes:
        return before + unit * ((size - len(before) - len(after)) // len(unit)) + after

    return make


def _listed(item: bytes, before: bytes = b"", after: bytes = b"") -> Made:
    """Repeat an item in a list."""
    return repeated(item + b",", before + b"[", item + b"]" + after)


def _nested(opened: bytes, inner: bytes, closed: bytes, before: bytes = b"") -> Made:
    """Put a value into itself."""

    def make(size: int) -> bytes:
        depth = (size - len(before) - len(inner)) // (len(opened) + len(closed))
        return before + opened * depth + inner + closed * depth

    return make


def _in_message(unit: bytes, after: bytes = b"") -> Made:
    return repeated(unit, b'{"success":false,"error_message":"', after + b'"}')


# What can be repeated, alone and before nothing.
_UNITS: dict[str, bytes] = {
    "brace": b"{",
    "bracket": b"[",
    "closing bracket": b"]",
    "closing brace": b"}",
    "bracket and word": b"[x",
    "brace and word": b"{x",
    "brace and quote": b'{"',
    "bracket and quote": b'["',
    "member begun": b'{"a":',
    "null": b"null",
    "null and blank": b"null ",
    "empty text": b'""',
    "empty list": b"[]",
    "empty object": b"{}",
    "quote": b'"',
    "quote and backslash": b'"\\',
    "backslash and quote": b'\\"',
    "backslash": b"\\",
    "tag begun": b"<",
    "tag ended": b">",
    "tag": b"<b>",
    "tag without end": b"<b ",
    "forwarding changed": b"Key a changed ",
    "key": b"Key ",
    "forwarding and brace": b"Key a changed {",
    "blank": b" ",
    "line": b"\n",
    "no-break blank": "\xa0".encode(),
    "byte order mark": "\ufeff".encode(),
    "warning": b"Warning:",
    "bold warning": b"<b>Warning</b>:",
    "bold": b"<b>",
    "strict": b"Strict Standards:",
    "warning and line": b"Warning: x on line 1",
    "on line": b" on line 1",
    "on line for ever": b" on line ",
    "error": b"Error (SipPort): ",
    "error of customer": b"Error (CustomerPort): ",
    "error begun": b"Error (",
    "error with letters": b"Error (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "error from": b"Error from ",
    "error from bracket": b"Error from (",
    "error from port": b"Error from x (SipPort): x (99): ",
    "round bracket": b"(",
    "round brackets": b"():",
    "certificate error": b"X.509 Credentials error",
    "certificate": b"X.509 ",
    "certificate error from": b"X.509 Credentials errorError from (",
    "at": b"@",
    "letter and at": b"a@",
    "digit": b"9",
    "digits and point": b"1.",
    "plus": b"+",
    "wide": "\U0001f4de".encode(),
    "combining": "\u0301".encode(),
    "direction": "\u202e".encode(),
    "no text": b"\xff",
    "text begun": b"\xe2\x82",
    "surrogate": b"\xed\xa0\x80",
    "zero": b"\x00",
    "page": b"<!DOCTYPE html><html>",
    "challenge": b'name="challenge',
    "session": b"Session halted",
    "action": b"Error: invalid action",
}


def _units() -> dict[str, Made]:
    made: dict[str, Made] = {}
    for name, unit in _UNITS.items():
        made[name] = repeated(unit)
        made[f"{name}, then null"] = repeated(unit, b"", b" null")
        made[f"{name}, then a list"] = repeated(unit, b"x", b'["x"]')
        made[f"{name}, then done"] = repeated(unit, b"x", b'{"success":true}')
        made[f"{name}, then refused"] = repeated(
            unit, b"Error from ", b"X.509 Credentials error"
        )
        made[f"list, then {name}"] = repeated(unit, b'["x"]')
    return made


_ITEMS: dict[str, bytes] = {
    "null": b"null",
    "empty text": b'""',
    "text": b'"x"',
    "escape": b'"\\u1234"',
    "one": b"1",
    "fraction": b"1.5",
    "exponent": b"1e9",
    "digits": b"9" * 4300,
    "empty list": b"[]",
    "empty object": b"{}",
    "object": b'{"a":1}',
    "device": b'{"contact":"x"}',
    "transaction": b'{"value":1}',
    "zone": b'{"timezone":"a/b"}',
}
_PLACES: dict[str, tuple[bytes, bytes]] = {
    "list": (b"", b""),
    "list behind words": (b"x", b""),
    "calls": (b'{"received":null,"placed":', b"}"),
    "rules": (b'{"temporary":null,"groups":', b"}"),
    "balance": (b'{"balance":', b"}"),
    "message": (b'{"success":false,"error_message":', b"}"),
    "groups of account": (b'{"email":"a","timezone":"x","groups":', b"}"),
}


def _lists() -> dict[str, Made]:
    return {
        f"{place} of {name}": _listed(item, *around)
        for place, around in _PLACES.items()
        for name, item in _ITEMS.items()
    }


def _numbered(before: bytes, item: str, after: bytes) -> Made:
    """List as many as there is room for, each with a number of its own."""

    def make(size: int) -> bytes:
        count = (size - len(before) - len(after)) // (len(item % 0) + 8)
        items = ",".join(item % (10_000_000 + number) for number in range(count))
        return before + items.encode() + after

    return make


BODIES: dict[str, Made] = {
    **_units(),
    **_lists(),
    **{
        f"message of {name}": _in_message(unit)
        for name, unit in _UNITS.items()
        if not set(unit) & set(b'"\\')
    },
    "key a changed, 19 times": lambda _size: b"Key a changed " * 19 + b"{x null",
    "key a changed, then blanks": repeated(b" ", b"Key a changed ", b"{x null"),
    "nested lists": _nested(b"[", b"", b"]"),
    "nested objects": _nested(b'{"a":', b"1", b"}"),
    "nested objects behind words": _nested(b'{"a":', b"{}", b"}", b"x"),
    "nested, but not too deep": lambda size: _nested(b'{"a":', b"{}", b"}", b"x")(
        min(size, 60_000)
    ),
    "nested message": lambda size: (
        b'{"error_message":' + _nested(b"[", b"", b"]")(min(size, 20_000)) + b"}"
    ),
    "nested success": lambda size: (
        b'{"error_message":"","success":'
        + _nested(b"[", b"", b"]")(min(size, 20_000))
        + b"}"
    ),
    "text": repeated(b"x", b'"', b'"'),
    "text without end": repeated(b"x", b'"'),
    "text of escapes": repeated(b"\\\\", b'["', b'"]'),
    "text of code points": repeated(b"\\u1234", b'["', b'"]'),
    "text of halves": repeated(b"\\ud800", b'["', b'"]'),
    "text of quotes behind words": repeated(b'\\"', b'x["', b'"]'),
    "whole number": repeated(b"9"),
    "negative number": repeated(b"9", b"-"),
    "balance of digits": repeated(b"9", b'{"balance":', b"}"),
    "balance of digits, in a text": repeated(b"9", b'{"balance":"', b'"}'),
    "balance of fractions": repeated(b"9", b'{"balance":0.', b"}"),
    "balance of fractions, in a text": repeated(b"9", b'{"balance":"0.', b'"}'),
    "balance of zeros, in a text": repeated(b"0", b'{"balance":"', b'"}'),
    "balance beyond all": lambda _size: b'{"balance":1e999999999}',
    "balance beyond all numbers": lambda _size: b'{"balance":1e99999999999999999999}',
    "balance below all numbers": lambda _size: b'{"balance":1e-99999999999999999999}',
    "balance beyond all, in a text": lambda _size: (
        b'{"balance":"1e99999999999999999999"}'
    ),
    "rule of many days": repeated(b"0", b'{"persistent":{"', b'":{}}}'),
    "many rules": _numbered(b'{"persistent":{', '"%08d":{}', b"}}"),
    "many members": _numbered(b'{"email":"x",', '"%08d":1', b"}"),
    "many zones": _numbered(b'{"placed":[', '{"timezone":"zone/%08d"}', b"]}"),
    "long zone": repeated(b"a/", b'{"email":"x","timezone":"', b'"}'),
    "long party": repeated(b"<", b'{"placed":[{"to":"', b'"}]}'),
    "long name": repeated("\u202e".encode(), b'{"placed":[{"displayName":"', b'"}]}'),
    "long numbers": _listed(b'{"number":' + b"9" * 400 + b"}"),
    "NaN": _listed(b"NaN"),
    "open text before nothing": repeated(b'["x ', b"y", b" null"),
    "open list before nothing": repeated(b"[1,", b"y", b" x[]"),
}
