"""HTTP Digest as today's server does it (wire contract §4.5)."""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime, timedelta
import hashlib
import hmac
import re
import secrets

from ..accounts import Account
from .common import Answer, Query, RefusedError

NONCE_LIFETIME = timedelta(seconds=300)

_DEFAULT_REALM = "SIP_settings"
_DIRECTIVE = re.compile(r"""(\w+)=(?:"([^"]+)"|'([^']+)'|([^\s,"']+))""")
NEEDED = {"nonce", "nc", "cnonce", "qop", "username", "uri", "response"}


class DigestLogin:
    """Challenges, and what is checked in the replies to them.

    Nonces are signed, not remembered: one may be used again until it expires, nor
    are the counter and the `uri` directive compared with anything.
    """

    def __init__(self) -> None:
        """Choose a key for nonces."""
        self._key = secrets.token_hex(16)

    def identify(self, query: Query, accounts: Mapping[str, Account]) -> Account:
        """Find the account whose secret the request proves to know."""
        realm = realm_of(query)
        directives = directives_of(query)
        if directives is None:
            raise self._challenge(realm, query.now, separator=", ")
        if not directives.keys() >= NEEDED:
            raise RefusedError(Answer.of("Invalid credentials from %s"))
        username = directives["username"]
        address = username if "@" in username else f"{username}@{realm}"
        account = accounts.get(address)
        if account is None or not _knows_secret(account, realm, query, directives):
            raise self._challenge(realm, query.now)
        expiry = self._expiry(directives["nonce"])
        if expiry is None:
            raise self._challenge(realm, query.now)
        if expiry < query.now.timestamp():
            raise self._challenge(realm, query.now, stale=True)
        return account

    def nonce(self, now: datetime) -> str:
        """Make a nonce that is good for 300 seconds."""
        expiry = f"{(now + NONCE_LIFETIME).timestamp():.4f}"
        signed = f"{expiry}:{md5(f'{expiry}:{self._key}')}"
        return base64.b64encode(signed.encode()).decode()

    def _expiry(self, nonce: str) -> float | None:
        """Read when a nonce expires (epoch), None if it is not one of ours."""
        try:
            signed = base64.b64decode(nonce).decode()
        except binascii.Error, UnicodeDecodeError:
            return None
        expiry, _, signature = signed.partition(":")
        if not hmac.compare_digest(
            signature.encode(), md5(f"{expiry}:{self._key}").encode()
        ):
            return None
        return float(expiry)

    def _challenge(
        self, realm: str, now: datetime, *, separator: str = ",", stale: bool = False
    ) -> RefusedError:
        """Ask for credentials; only the very first time with spaces after commas."""
        directives = [
            f'realm="{realm}"',
            'qop="auth"',
            f'nonce="{self.nonce(now)}"',
            f'opaque="{md5(realm)}"',
        ]
        if stale:
            directives.append("stale=true")
        challenge = f"Digest {separator.join(directives)}"
        return RefusedError(Answer(status=401, headers={"WWW-Authenticate": challenge}))


def directives_of(query: Query) -> dict[str, str] | None:
    """Take an `Authorization: Digest` apart, None where there is none."""
    scheme, _, credentials = (query.authorization or "").partition(" ")
    if scheme.lower() != "digest":
        return None
    return {
        name: next(filter(None, values))
        for name, *values in _DIRECTIVE.findall(credentials)
    }


def realm_of(query: Query) -> str:
    """Read the realm that a request names; of an address it is the domain."""
    realm = query.parameters.get("realm") or _DEFAULT_REALM
    parts = realm.split("@")
    return parts[1] if len(parts) == 2 else realm


def _knows_secret(
    account: Account, realm: str, query: Query, given: Mapping[str, str]
) -> bool:
    if account.web_password is not None:
        secret = account.web_password.partition(":")[0]
    elif account.stored_ha1:
        secret = md5(f"{account.user}:{account.domain}:{account.password}")
    else:
        secret = md5(f"{given['username']}:{realm}:{account.password}")
    return account.domain == realm and proves(secret, query, given)


def proves(secret: str, query: Query, given: Mapping[str, str]) -> bool:
    """Tell whether a response was made by one who knows the secret (an HA1)."""
    request = md5(f"{query.method}:{given['uri']}")
    nonce = ":".join(given[name] for name in ("nonce", "nc", "cnonce", "qop"))
    expected = md5(f"{secret}:{nonce}:{request}")
    return hmac.compare_digest(expected.encode(), given["response"].encode())


def md5(text: str) -> str:
    """Digest text as HTTP Digest does."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
