"""The last JSON value of an answer, as the wire contract words it (§0)."""

import itertools
import json
import re

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.sip_account.sip_settings.json_text import (
    MISSING,
    last_value,
    text_of,
    whole_value,
)

DECODER = json.JSONDecoder()
# Pieces of which answers are made, so that few of them make many kinds.
PIECES = (
    *("[", "]", "{", "}", '"', "\\", ":", ",", "null", '""', "1", " ", "x"),
    *('{"a":', '"a"', '\\"', "Key a changed ", "<b>"),
)


def by_trying(text: str) -> tuple[str, object]:
    """Try each place where a value may begin, from left to right; slow, but plain."""
    for match in re.finditer(r'[\[{]|null|""', text):
        start = match.start()
        try:
            value, end = DECODER.raw_decode(text, start)
        except json.JSONDecodeError as error:
            if error.pos == len(text) or error.msg.startswith("Unterminated string"):
                break  # this value runs to the end, but is cut off
            continue
        if end == len(text):
            prefix = text[:start].rstrip()
            cut = prefix.endswith((",", "{", "[", '"', '":'))
            return (text, MISSING) if cut else (prefix, value)
    return text, MISSING


@settings(max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_same_as_by_trying(text: str) -> None:
    """What follows from the end is what trying from the beginning finds."""
    assert last_value(text.strip()) == by_trying(text.strip())


def test_same_as_by_trying_all() -> None:
    """So it is for everything that few pieces can make."""
    pieces = ("[", "]", '"', '\\"', '{"a"', ":", " ", "}", ",")
    for count in range(1, 6):
        for chosen in itertools.product(pieces, repeat=count):
            text = "".join(chosen).strip()
            assert last_value(text) == by_trying(text), text


def test_a_quote_behind_an_escaped_backslash() -> None:
    """Of three backslashes the last one escapes the quote, as a single one does."""
    text = '["a\\\\\\""]'
    assert last_value(text) == by_trying(text) == ("", ['a\\"'])


@pytest.mark.parametrize("text", ['["a\\"]null', '["a\\"} 1null', '{"a":"b\\"}{}'])
def test_an_escaped_quote_ends_no_text(text: str) -> None:
    """What stands in a text that was cut off is no value, whatever is quoted in it."""
    assert last_value(text) == by_trying(text) == (text, MISSING)


@pytest.mark.parametrize(
    "text",
    [
        "9223372036854775807",
        "-9223372036854775809",
        "-9999999999999999999",
        "99999999999999999999",
        "1" * 400,
    ],
    ids=len,
)
def test_whole_numbers(text: str) -> None:
    """A number keeps its digits, however many they are."""
    for read in (whole_value(text), last_value(f"[{text}]")[1]):
        assert read in (int(text), [int(text)])


@pytest.mark.parametrize(
    "number",
    ["1" * 401, "-" + "1" * 400, "0." + "1" * 399, "1e400", "-1e309", "9" * 5000],
    ids=range(6),
)
def test_longest_number(number: str) -> None:
    """What is beyond all numbers of a server stays as it is written."""
    for text in (f"[{number}]", f"[{number},1]"):
        read = [number, *([1] if "," in text else [])]
        assert whole_value(text) == last_value(f"x{text}")[1] == read
    assert last_value("[0." + "1" * 398 + "]")[1] == [float("0." + "1" * 398)]
    assert last_value("[" + "1" * 400 + "]")[1] == [int("1" * 400)]


@pytest.mark.parametrize(
    ("most", "too_many"),
    [
        ("[0" + ",0" * 179_999 + "]", "[0" + ",0" * 180_000 + "]"),
        ("[0" + ",0" * 179_999 + "]", "[0" + ",0" * 180_001 + "]"),
        ('["' + "]" * 179_999 + '"]', '["' + "]" * 180_000 + '"]'),
    ],
    ids=["commas", "more commas", "ends"],
)
def test_most_parts(most: str, too_many: str) -> None:
    """180,000 commas and beginnings are read, or ends, and not one more."""
    assert whole_value(most) == last_value(most)[1] != MISSING
    assert whole_value(too_many) is last_value(too_many)[1] is MISSING


def test_as_much_before_it() -> None:
    """64 KiB of warnings are what a server prints, and not one character more."""
    before = "x" * (64 * 1024)
    assert last_value(f"{before}[1]") == (before, [1])
    assert last_value(f"x{before}[1]") == (f"x{before}[1]", MISSING)


def test_characters_between_pieces() -> None:
    """A character whose octets are read in two pieces is that character."""
    for before in range(256 * 1024 - 4, 256 * 1024 + 1):
        text = "x" * before + "\N{GRINNING FACE}y"
        assert text_of(text.encode()) == text
