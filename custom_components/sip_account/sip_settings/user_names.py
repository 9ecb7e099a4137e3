"""Who logs in, and under which user name.

A server takes the user part alone, or the whole address, and says of neither why it
refuses (wire contract §4.5). A wrong password must not cost both for every action, nor
an operator's patience.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import aiohttp

from .credentials import DigestCredentials, SipAddress
from .transport import LogIn

_DAY = 24 * 60 * 60.0
# Attempts of an account that is refused: the first after a quarter of an hour, later
# ones come every hour.
_FIFTH, _A_DAY = 5, 24


@dataclass(frozen=True, slots=True)
class Login:
    """Which account is asked about, and how we log in to it.

    `digest` is None where a client certificate does it.
    """

    address: SipAddress
    digest: DigestCredentials | None = None


def log_ins(login: Login) -> dict[str, LogIn | None]:
    """Return the ways to log in, by the user name that they use.

    The realm tells the domain, so that today the user name is the user part alone;
    until 2013 it was the whole address (wire contract §4.5).
    """
    digest = login.digest
    if digest is None:
        return {"": None}
    names = {"user": digest.address.user, "address": str(digest.address)}
    return {
        key: partial(aiohttp.DigestAuthMiddleware, name, digest.password)
        for key, name in names.items()
    }


class UserNames:
    """Chooses the names that are tried; times are seconds of the loop's clock."""

    def __init__(self, names: Iterable[str]) -> None:
        """Choose from `names`, that of today first."""
        self._names = list(names)
        self._due = float("-inf")

    def to_try(self, known: str, now: float) -> list[str]:
        """Return the name that was let in before; where none was, all, once a day."""
        if known in self._names:
            return [known]
        return self._names if now >= self._due else self._names[:1]

    def note_refusal(self, now: float) -> None:
        """Take in that all that were tried are refused."""
        if now >= self._due:
            self._due = now + _DAY

    def to_knock(self, known: str, attempts: int) -> str:
        """Return the one name for an attempt after so many that were refused."""
        names = sorted(self._names, key=lambda name: name != known)
        return names[-1 if attempts % _A_DAY == _FIFTH else 0]
