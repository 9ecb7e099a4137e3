"""How an account logs in."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import aiohttp

from .credentials import DigestCredentials, SipAddress

type LogIn = Callable[[], aiohttp.DigestAuthMiddleware]


@dataclass(frozen=True, slots=True)
class Login:
    """Which account is asked about, and how we log in to it.

    `digest` is None where a client certificate does it.
    """

    address: SipAddress
    digest: DigestCredentials | None = None


def logins(login: Login) -> dict[str, LogIn | None]:
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
