"""HTTP Digest as it was before February 2013 (wire contract §4.5)."""

from collections.abc import Mapping
import secrets
from typing import override

from ..accounts import Account
from .common import Answer, Query, RefusedError
from .digest import NEEDED, DigestLogin, directives_of, md5, proves, realm_of

FIXED_REALM = "SIP_settings"


class EarlyDigest(DigestLogin):
    """Wants the whole SIP address for a user name, and says in words what is wrong.

    Of November 2009, when the realm was the same for everybody; from July 2010 on
    the request says it (`realm_in_request`).
    """

    def __init__(self, *, realm_in_request: bool = False) -> None:
        """Choose the year."""
        super().__init__()
        self._realm_in_request = realm_in_request

    @override
    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        realm = realm_of(query) if self._realm_in_request else FIXED_REALM
        directives = directives_of(query)
        if directives is None or not directives.keys() >= NEEDED:
            raise _refusal(realm, "You have canceled login")
        username = directives["username"]
        if username.count("@") != 1:
            text = "Invalid username, must be in the format user@domain"
            raise _refusal(realm, text)
        account = accounts.get(username)
        if account is None or not proves(
            md5(f"{username}:{realm}:{account.password}"), query, directives
        ):
            raise _refusal(realm, "Wrong Credentials!")
        return account


def _refusal(realm: str, text: str) -> RefusedError:
    challenge = (
        f'Digest realm="{realm}",qop="auth",nonce="{secrets.token_hex(7)}",'
        f'opaque="{md5(realm)}"'
    )
    headers = {"WWW-Authenticate": challenge}
    return RefusedError(Answer(text.encode(), status=401, headers=headers))
