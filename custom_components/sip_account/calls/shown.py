"""A call as people and automations get it: what the server told, and what follows.

Callers call themselves what they like. `shown` is who it was, safe to show anywhere: in
HTML, in Markdown, in a notification, and as the whole of a template, which would make a
number of a number. `call_back` is a link that calls back, None where nobody is there.
"""

import re
from typing import Any

from ..sip_settings import Call, to_shape

NOBODY = "?"
# No `*` and no `#`: a dialled code changes settings of the phone that dials it.
_NUMBER = re.compile(r"(?=.*[1-9])(?:\+[1-9])?[0-9]{3,15}")
_USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,62}")
_DOMAIN = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]{2,63}",
    re.IGNORECASE,
)
_NO_USERS = frozenset(
    {"anonymous", "unavailable", "unknown", "restricted", "private", "withheld"}
)
# What markup, a link or a mention is made of.
_MARKUP = re.compile(r"[^\w .,@+'-]|(?<=(?i:www))[.]|\b_+|_+\b|(?=@)")
# How a line begins that is taken for one of a list.
_BULLET = re.compile(r"^(?:(?![+][0-9])[-+., ])+")
_NUMBERED = re.compile(r"^([0-9]+)[.](?= |$)")
_GROUP = 3
_DIGITS = re.compile(r"\+?[0-9]+")


def attributes_of(call: Call) -> dict[str, Any]:
    """Return a call as attributes: its own, `call_back` and `shown`."""
    return {**to_shape(call), "call_back": call_back(call), "shown": shown(call)}


def call_back(call: Call) -> str | None:
    """Return a link that calls the other side back, if there is one."""
    if call.number and _NUMBER.fullmatch(call.number):
        return f"tel:{call.number}"
    return f"sip:{call.party}" if is_somebody(call.party) else None


def is_somebody(party: str | None) -> bool:
    """Whether an address is of somebody who can be called."""
    user, at, domain = (party or "").partition("@")
    return bool(
        at
        and _USER.fullmatch(user)
        and _DOMAIN.fullmatch(domain)
        and user.lower() not in _NO_USERS
        and user.strip("0+")
        and not f".{domain.lower()}".endswith(".invalid")
    )


def shown(call: Call) -> str:
    """Return who it was: the name, else the number, else the address, else `?`."""
    party = call.party if is_somebody(call.party) else None
    return plain(call.name or call.number or party or "")


def plain(text: str) -> str:
    """Return a stranger's words without anything that could be more than words."""
    if _DIGITS.fullmatch(text):
        return _grouped(text)
    bare = " ".join(_MARKUP.sub(" ", text).split())
    return _NUMBERED.sub(r"\1", _BULLET.sub("", bare)).strip() or NOBODY


def _grouped(number: str) -> str:
    """Return a number in groups, since a template would take it for a quantity."""
    sign, digits = number[: number.startswith("+")], number.lstrip("+")
    first = len(digits) % _GROUP
    groups = [digits[:first]] if first else []
    groups += [digits[at : at + _GROUP] for at in range(first, len(digits), _GROUP)]
    return sign + " ".join(groups)
