"""Text of strangers, made inert where it is put into a sentence of ours.

The frontend reads descriptions of steps, and of issues, as Markdown with some HTML in
it; titles, errors and exceptions it shows as they are. Where else they come to stand,
in a notification or in a message to a phone, is for the person to decide. So there is
one rule that holds everywhere: what markup is made of is replaced by what only looks
like it, so that nothing has to be escaped that some other place would show escaped.

What is left is at most an address like user@example.com or www.example.com, of which
Markdown makes a link. Within a code span it does not, and nothing but a back-tick ends
one: in Markdown, the translations keep these words there (`tests/test_languages.py`).
"""

import re

from ..sip_settings import clean

_LIMIT = 500
_NOTHING = "–"  # noqa: RUF001 - for an empty text, which would be an empty code span
_LOOK_ALIKES = str.maketrans(
    {
        "`": "'",
        "<": "‹",  # noqa: RUF001 - as are all of these
        ">": "›",  # noqa: RUF001
        "[": "(",
        "]": ")",
        "*": "∗",  # noqa: RUF001
        "~": "∼",  # noqa: RUF001
    }
)
# What would be read as one character, perhaps as one that was taken out; and what
# would be a link.
_ENTITY_OR_LINK = re.compile(r"(?<=&)(?=#?\w{1,40};)|(?<=:)(?=//)")
_WORD = re.compile(r"\w+")


def inert(text: str) -> str:
    """Return a stranger's `text` as one that means nothing but itself.

    It stays readable in running text and within a code span, in Markdown, in HTML and
    where neither is read; to make it inert twice changes nothing more.
    """
    shown = clean(text, _LIMIT).translate(_LOOK_ALIKES)
    shown = _ENTITY_OR_LINK.sub(" ", shown)[:_LIMIT]
    shown = _WORD.sub(_edged, shown)
    return shown.rstrip("\\ ") or _NOTHING


def _edged(found: re.Match[str]) -> str:
    """Replace underscores at the edges of a word; within one they are no markup."""
    word = found[0]
    head = len(word) - len(word.lstrip("_"))
    inner = word.strip("_")
    return "‗" * head + inner + "‗" * (len(word) - head - len(inner))


def placeholders(**values: str) -> dict[str, str]:
    """Return what fills a text of the translations, each value made inert.

    Every value is, whoever wrote it: who fills a placeholder today is no rule for
    tomorrow.
    """
    return {name: inert(value) for name, value in values.items()}
