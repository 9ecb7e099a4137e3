"""Where calls may be sent: checked before it is sent, since the server checks nothing.

A target is a phone number or `user@domain` (wire contract §5.3).
"""

from ipaddress import AddressValueError, IPv4Address
import re
import unicodedata

from .credentials import SipAddress
from .errors import TargetError
from .numbers import phone_number, read_number

_LONGEST = 255
# Not sips: the server makes sip of it.
_SCHEME = re.compile(r"^(?:sip|tel):", re.IGNORECASE)
# No escapes: they could hide what is refused here.
_USER = re.compile(r"[A-Za-z0-9._~*!&=$+-]{1,64}")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_HIGHEST_PORT = 65535
_LONGEST_NUMBER = 18  # of digits, with a prefix to dial


def read_target(text: str, account: SipAddress) -> str:
    """Return a target of `account`'s calls in its one spelling.

    A number in the account's own domain is the number alone, international with
    `+`. Raises TargetError.
    """
    user, at, domain = _bare(text).partition("@")
    number = phone_number(user) if at else read_number(user, whole=True)
    if number and len(number) > _LONGEST_NUMBER:
        raise _no_target()
    if not at:
        if number is None:
            raise _no_target()
        user, domain = number, account.domain
    elif not _is_user(user) or not _is_domain(domain):
        raise _no_target()
    host = domain.lower().partition(":")[0]
    if host == account.domain and _same_user(user, account.user):
        msg = "An account cannot forward its calls to itself"
        raise TargetError(msg, "own_address")
    if domain.lower() == account.domain:
        return number or f"{user}@{account.domain}"
    if user.startswith(("+", "0")):
        # The server would put its own domain in place of this one, and say nothing.
        msg = "The server sends numbers to its own domain only"
        raise TargetError(msg, "other_domain")
    return f"{user}@{domain.lower()}"


def same_target(one: str, other: str, account: SipAddress) -> bool:
    """Whether two targets are one, however the server or a person spells them."""
    return _spelled(one, account) == _spelled(other, account)


def _spelled(target: str, account: SipAddress) -> str:
    user, _, domain = target.partition("@")
    domain = domain.lower() or account.domain
    if domain == account.domain:
        user = phone_number(user) or user
    return f"{user}@{domain}"


def _bare(text: str) -> str:
    """Return what was written without its scheme, on one line."""
    if len(text) > _LONGEST:
        msg = "A target has at most 255 characters"
        raise TargetError(msg, "too_long")
    bare = _SCHEME.sub("", text.strip(" "))
    if not bare:
        msg = "A target is needed"
        raise TargetError(msg, "empty")
    if any(unicodedata.category(character)[0] == "C" for character in bare):
        raise _no_target()
    return bare


def _is_user(user: str) -> bool:
    """Whether this is a user part, not of punctuation alone."""
    return bool(_USER.fullmatch(user)) and any(c.isalnum() or c == "*" for c in user)


def _is_domain(domain: str) -> bool:
    """Whether this is a host name or IPv4 address, with or without a port."""
    host, colon, port = domain.partition(":")
    if colon and not (
        port.isascii() and port.isdecimal() and 0 < int(port[:6]) <= _HIGHEST_PORT
    ):
        return False
    if not _HOST.fullmatch(host):
        return False
    if host.replace(".", "").isdecimal():
        try:
            IPv4Address(host)
        except AddressValueError:
            return False
    return True


def _same_user(one: str, other: str) -> bool:
    """Whether two user parts reach one account, as far as anybody can tell."""
    numbers = phone_number(one), phone_number(other)
    if all(numbers):
        return len({number.lstrip("+") for number in numbers if number}) == 1
    return one.casefold() == other.casefold()


def _no_target() -> TargetError:
    msg = "This is neither a phone number nor a SIP address"
    return TargetError(msg, "not_a_target")
