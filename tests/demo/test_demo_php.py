"""PHP's JSON, letter by letter."""

from decimal import Decimal

import pytest

from demo.php import Json, error_text, json_encode, page_header, row_error, warnings


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (10.0, "10"),
        (Decimal("10.0000"), "10"),
        (Decimal("12.3456"), "12.3456"),
        (Decimal("-0.0425"), "-0.0425"),
        (0.00001, "1.0e-5"),
        (1.5e-7, "1.5e-7"),
        ("", '""'),
        ("a/b", r'"a\/b"'),
        ("<voice-mailbox>", '"<voice-mailbox>"'),
        ("Zoë 😀", r'"Zo\u00eb \ud83d\ude00"'),
        ('"\n\\', r'"\"\n\\"'),
        ([], "[]"),
        ({}, "{}"),
        ({"b": [1, "x"], "a": None}, '{"b":[1,"x"],"a":null}'),
    ],
)
def test_json(value: Json, printed: str) -> None:
    """Values are printed as PHP prints them."""
    assert json_encode(value) == printed


def test_text_that_is_not_utf8() -> None:
    """One bad octet anywhere leaves nothing of the answer."""
    assert (
        json_encode({"ok": "fine", "bad": b"Zo\xeb".decode(errors="surrogateescape")})
        == ""
    )


def test_errors() -> None:
    """The error grammar is stable; transport errors have neither code nor text."""
    error = error_text("SipPort", "Timed out read from 127.0.0.1")
    assert error == "Error (SipPort): Timed out read from 127.0.0.1 (): "
    assert f"<span class='alert alert-error'>{error}</span>" in row_error(error)


def test_sizes() -> None:
    """The page header and the warnings are as long as on a real server."""
    assert 1600 < len(page_header()) < 1800
    assert len(warnings(500)) > 50_000
