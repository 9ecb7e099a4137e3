"""The number that others see of an account's calls, as the page of 2026 keeps it."""

import re

from .errors import TargetError
from .numbers import read_number

# As which the server keeps "none set" (wire contract §7).
_NONE = "+19999999999"
_NUMBER = re.compile(r"\+[0-9]{7,15}")


def told_caller_id(stored: str) -> str | None:
    """Return the number that a server tells, with `+`; None where none is set."""
    number = f"+{stored[2:]}" if stored.startswith("00") else stored
    return None if number in ("", _NONE) else number


def read_caller_id(text: str) -> str:
    """Return a number as a person writes it, with `+`; "" where none is to be set.

    Raises TargetError where it is no international number of 7 to 15 digits.
    """
    if not text.strip():
        return ""
    number = read_number(text, whole=True) or ""
    if not _NUMBER.fullmatch(number):
        msg = "A caller ID begins with + or 00, and has 7 to 15 digits"
        raise TargetError(msg, "not_a_caller_id")
    return told_caller_id(number) or ""


def caller_id_parameters(text: str) -> dict[str, str]:
    """Return the parameters of SET_CALLER_ID; "" clears it. Raises TargetError."""
    return {"caller_id": read_caller_id(text)}
