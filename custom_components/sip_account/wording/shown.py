"""A call as people and automations get it: what the server told, and what follows.

Callers call themselves what they like. `shown` is who it was, safe to show anywhere: in
HTML, in Markdown, and as the whole of a template or a notification: words that one of
those would take for a value or for a command stand in quotation marks. `call_back` is a
link that calls back, None where nobody is there.
"""

from ast import literal_eval
import re
from typing import Any

from ..sip_settings import Call, to_shape

NOBODY = "?"
# No `*` and no `#`: a dialled code changes settings of the phone that dials it.
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,62}")
_LABEL = re.compile(r"[A-Za-z0-9-]{1,63}")
_LONGEST_DOMAIN = 253
_NO_USERS = frozenset(
    {"anonymous", "unavailable", "unknown", "restricted", "private", "withheld"}
)
# What markup, a link or a mention is made of.
_MARKUP = re.compile(r"[^\w .,@+'-]|(?<=(?i:www))[.]|\b_+|_+\b|(?=@)")
# That a server names behind an address.
_PORT = re.compile(r"\d{1,5}")
_BEHIND = re.compile(r"(?<=\w):\d{1,5}$")
# How a line begins that is taken for one of a list.
_BULLET = re.compile(r"^(?:(?![+][0-9])[-+., ])+")
_GROUP = 3
_DIGITS = re.compile(r"\+?[0-9]+")


def attributes_of(call: Call) -> dict[str, Any]:
    """Return a call as attributes: who it was first, and how to call back."""
    return {
        "shown": shown(call),
        **to_shape(call),
        "number_shown": call.number_shown or call.number,
        "call_back": call_back(call),
    }


def call_back(call: Call) -> str | None:
    """Return a link that calls the other side back, if there is one."""
    if call.number and _is_number(call.number):
        return f"tel:{call.number}"
    return f"sip:{call.party}" if is_somebody(call.party) else None


def is_somebody(party: str | None) -> bool:
    """Whether an address is of somebody who can be called."""
    user, at, host = (party or "").partition("@")
    domain, colon, port = host.partition(":")
    return bool(
        at
        and _USER.fullmatch(user)
        and _is_domain(domain)
        and (not colon or _PORT.fullmatch(port))
        and user.lower() not in _NO_USERS
        and user.strip("0+")
        and not f".{domain.lower()}".endswith(".invalid")
    )


def shown(call: Call) -> str:
    """Return who it was: the name, else the number, else the address, else `?`."""
    party = call.party if is_somebody(call.party) else None
    behind = (call.number_shown, call.number, party)
    told = (None if _only_hides(call.name, behind) else call.name, *behind)
    said = (plain(text) for text in told if text)
    return next((text for text in said if text != NOBODY), NOBODY)


def _only_hides(name: str | None, behind: tuple[str | None, ...]) -> bool:
    """Whether a name says no more than that its bearer hides."""
    return (name or "").lower() in _NO_USERS and not any(behind)


def plain(text: str) -> str:
    """Return a stranger's words without anything that could be more than words."""
    words = _grouped(text) if _DIGITS.fullmatch(text) else _bare(text)
    return f"\u201c{words}\u201d" if _is_for_programs(words) else words


def _bare(text: str) -> str:
    bare = " ".join(_MARKUP.sub(" ", _BEHIND.sub("", text)).split())
    bare = _BULLET.sub("", bare)
    head, dot, rest = bare.partition(".")
    if dot and head.isdigit() and rest[:1] in {"", " "}:
        bare = head + rest
    return bare.strip() or NOBODY


def _is_for_programs(words: str) -> bool:
    """Whether it is what templates make another value of, or a command.

    The companion apps obey messages such as `clear_notification` and `TTS`, and show
    nothing.
    """
    if words.isdecimal():
        return False
    if words.upper() == "TTS" or ("_" in words and words.isidentifier()):
        return True
    try:
        return not isinstance(literal_eval(words), str)
    except ValueError, TypeError, SyntaxError, MemoryError, RecursionError:
        return False


def _is_number(text: str) -> bool:
    """Whether it can be dialled: `+0` and noughts alone cannot."""
    digits = text.lstrip("+0")
    return bool(_NUMBER.fullmatch(text) and digits and not text.startswith("+0"))


def _is_domain(text: str) -> bool:
    labels = text.split(".")
    return (
        len(text) <= _LONGEST_DOMAIN
        and len(labels) > 1
        and all(
            _LABEL.fullmatch(label) and label[0] != "-" and label[-1] != "-"
            for label in labels
        )
    )


def _grouped(number: str) -> str:
    """Return a number in groups, since a template would take it for a quantity."""
    sign, digits = number[: number.startswith("+")], number.lstrip("+")
    first = len(digits) % _GROUP
    groups = [digits[:first]] if first else []
    groups += [digits[at : at + _GROUP] for at in range(first, len(digits), _GROUP)]
    return sign + " ".join(groups)
