"""Text that strangers control, made safe to keep and to show as plain text."""

import re
import unicodedata

_BLANKED = {"Cc", "Zl", "Zp"}
_WORD = re.compile(r"[^\s<>()]+")
_LONG_NUMBER = re.compile(r"\+?\d{5,}")
_MESSAGE_LIMIT = 200
_DROPPED = {"Cf", "Cs", "Co", "Cn"}


def clean(text: str, limit: int) -> str:
    """Return at most `limit` printable characters of `text`, on one line.

    Control characters become blanks; bidirectional and zero-width marks,
    surrogates and unassigned code points vanish. The result is still no markup
    that may be trusted: whoever shows it must escape it.
    """
    text = text[: limit * 8]
    # Nearly all text is printable, and then nothing in it is to be replaced: what
    # str.isprintable() takes for printable is of no category below.
    if text.isprintable():
        return " ".join(text.split())[:limit].rstrip()
    kept: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if category in _BLANKED:
            kept.append(" ")
        elif category not in _DROPPED:
            kept.append(character)
    return " ".join("".join(kept).split())[:limit].rstrip()


def clean_message(text: str) -> str:
    """Return a server's words fit for a log: no address and no number in them."""
    return _WORD.sub(lambda word: _public(word[0]), clean(text, _MESSAGE_LIMIT))


def _public(word: str) -> str:
    return "…" if "@" in word[1:-1] else _LONG_NUMBER.sub("…", word)
