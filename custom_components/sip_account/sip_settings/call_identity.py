"""What of a call must never change, since homes remember it by this.

Frozen: the same text gives the same party for ever, however parties are cleaned, read
or shown elsewhere by then. A change here tells every home its calls again.
"""

import unicodedata

from .members import JsonObject

_LIMIT = 256
_BLANKED = frozenset({"Cc", "Zl", "Zp"})
_DROPPED = frozenset({"Cf", "Cs", "Co", "Cn"})
_SCHEMES = frozenset({"sip", "sips"})


def identity_of_party(written: str) -> str:
    """Return what a party is recognized by, of what the server wrote of it.

    It is the bare address as version 0.1.0 took it, of at most 256 characters.
    """
    kept = _printable(written[: _LIMIT * 8])
    bare = kept.rpartition("<")[2].partition(">")[0].strip()
    scheme, _, rest = bare.partition(":")
    return (rest if scheme.lower() in _SCHEMES else bare).partition(";")[0]


def written_party(item: JsonObject, name: str) -> str:
    """Return the party of an item of a list as the server wrote it."""
    value = item.get(name)
    return "" if value is None else str(value)


def _printable(text: str) -> str:
    if text.isprintable():  # then nothing in it is of a category below
        return " ".join(text.split())[:_LIMIT].rstrip()
    kept: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if category in _BLANKED:
            kept.append(" ")
        elif category not in _DROPPED:
            kept.append(character)
    return " ".join("".join(kept).split())[:_LIMIT].rstrip()
