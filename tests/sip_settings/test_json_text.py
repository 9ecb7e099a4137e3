"""The last JSON value of an answer, as the wire contract words it (§0)."""

import json
import re

from hypothesis import given, settings, strategies as st

from custom_components.sip_account.sip_settings.json_text import (
    MISSING,
    last_value,
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
