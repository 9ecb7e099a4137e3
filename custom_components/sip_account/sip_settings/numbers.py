"""Phone numbers in the spellings of servers and of people."""

import re

_NUMBER = re.compile(r"(?:\+|00)?[0-9]{2,32}")
_WRITTEN = re.compile(r"(?:\+|00)?[0-9]{3,32}")
# Written after a country code for those who dial without it.
_TRUNK = re.compile(r"(?<=\d)\(0\)")
_LONGEST = 256
_PUNCTUATION = re.compile(r"[().\-/]")


def phone_number(party: str) -> str | None:
    """Return the phone number in an address, `00` written as `+`; else None."""
    user = party.partition("@")[0]
    return _international(user) if _NUMBER.fullmatch(user) else None


def read_number(text: str) -> str | None:
    """Return a number as somebody wrote it, `00` as `+`, without what adorns it."""
    if len(text) > _LONGEST:
        return None
    bare = _PUNCTUATION.sub("", _TRUNK.sub("", "".join(text.split()), count=1))
    return _international(bare) if _WRITTEN.fullmatch(bare) else None


def _international(number: str) -> str:
    return f"+{number[2:]}" if number.startswith("00") else number
