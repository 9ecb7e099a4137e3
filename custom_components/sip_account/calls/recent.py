"""Who has called, or was called, lately: each once, strangers first. Pure."""

from collections.abc import Iterable
import math

from ..sip_settings import Call
from ..wording.shown import call_back

_IN_PHONE_BOOK = "phone_book"


def recent_parties(calls: Iterable[Call]) -> list[Call]:
    """Return the last call with everybody who can be named, strangers first.

    Who hides is nobody: the next who hides is somebody else.
    """
    last: dict[str, Call] = {}
    for call in sorted(calls, key=_time, reverse=True):
        if call_back(call):
            last.setdefault(way_to(call), call)
    return sorted(last.values(), key=in_phone_book)


def way_to(call: Call) -> str:
    """Return by what the other side of a call is known: its number or address."""
    return call.number or (call.party or "").lower()


def in_phone_book(call: Call) -> bool:
    """Whether the other side has a name of the phone book."""
    return call.name_source == _IN_PHONE_BOOK


def _time(call: Call) -> float:
    return call.started.timestamp() if call.started else -math.inf
