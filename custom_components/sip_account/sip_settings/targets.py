"""Where calls may be sent: checked before it is sent, since the server checks nothing.

A target is a phone number or `user@domain` (wire contract §5.3).
"""

import re
import unicodedata

from .credentials import SipAddress
from .errors import TargetError
from .numbers import read_number

_LONGEST = 255
_SCHEME = re.compile(r"^(?:sips?|tel):", re.IGNORECASE)
_USER = re.compile(r"(?:[A-Za-z0-9._~*!&=$+-]|%[0-9A-Fa-f]{2}){1,64}")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*(?::[0-9]{{1,5}})?")
_LONGEST_NUMBER = 18  # of digits, with a prefix to dial


def read_target(text: str, account: SipAddress) -> str:
    """Return a target of `account`'s calls in its one spelling.

    A number in the account's own domain is the number alone, international with
    `+`. Raises TargetError.
    """
    if len(text) > _LONGEST:
        msg = "A target has at most 255 characters"
        raise TargetError(msg, "too_long")
    bare = _SCHEME.sub("", text.strip(" "))
    if not bare:
        msg = "A target is needed"
        raise TargetError(msg, "empty")
    if any(unicodedata.category(character)[0] == "C" for character in bare):
        raise _no_target()
    user, at, domain = bare.partition("@")
    number = read_number(user)
    if number and len(number) > _LONGEST_NUMBER:
        raise _no_target()
    if not at:
        if number is None:
            raise _no_target()
        return _checked(number, SipAddress(number, account.domain), account)
    if not _USER.fullmatch(user) or not _DOMAIN.fullmatch(domain):
        raise _no_target()
    domain = domain.lower()
    if domain == account.domain:
        return _checked(number or f"{user}@{domain}", SipAddress(user, domain), account)
    if user.startswith(("+", "0")):
        # The server would put its own domain in place of this one, and say nothing.
        msg = "The server sends numbers to its own domain only"
        raise TargetError(msg, "other_domain")
    return f"{user}@{domain}"


def same_target(one: str, other: str, account: SipAddress) -> bool:
    """Whether two targets are one, however the server or a person spells them."""
    return _spelled(one, account) == _spelled(other, account)


def _spelled(target: str, account: SipAddress) -> str:
    user, _, domain = target.partition("@")
    domain = domain.lower() or account.domain
    if domain == account.domain:
        user = read_number(user) or user
    return f"{user}@{domain}"


def _checked(target: str, address: SipAddress, account: SipAddress) -> str:
    if address == account:
        msg = "An account cannot forward its calls to itself"
        raise TargetError(msg, "own_address")
    return target


def _no_target() -> TargetError:
    msg = "This is neither a phone number nor a SIP address"
    return TargetError(msg, "not_a_target")
