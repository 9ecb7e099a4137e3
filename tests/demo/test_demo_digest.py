"""HTTP Digest, directive by directive."""

import base64
from collections.abc import Callable
from dataclasses import replace
import hashlib
import re

from aiohttp import ClientSession
import pytest

from demo import AccountBox, IssuedCertificate

from .conftest import Clock

type Connect = Callable[[IssuedCertificate | None], ClientSession]

OPAQUE = "5ababd603b22780302dd8d83498e5172"
QUERY = {"action": "get_aliases", "realm": "example.com"}


def md5(text: str) -> str:
    """Hash as Digest does."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def authorization(
    nonce: str,
    *,
    username: str = "alice",
    password: str = "alice-secret",
    realm: str = "example.com",
    leave_out: str = "",
) -> str:
    """Answer a challenge."""
    uri = "/anything"
    secret = md5(f"{username}:{realm}:{password}")
    response = md5(f"{secret}:{nonce}:00000001:c0ffee:auth:{md5(f'GET:{uri}')}")
    directives = {
        "username": f'"{username}"',
        "realm": f'"{realm}"',
        "nonce": f'"{nonce}"',
        "uri": f'"{uri}"',
        "nc": "00000001",
        "cnonce": '"c0ffee"',
        "qop": "auth",
        "response": f'"{response}"',
    }
    directives.pop(leave_out, None)
    return "Digest " + ", ".join(f"{k}={v}" for k, v in directives.items())


class Caller:
    """Someone who calls with an Authorization header of their own making."""

    def __init__(self, box: AccountBox, session: ClientSession) -> None:
        self.box = box
        self.session = session

    async def call(
        self, header: str | None = None, **query: str
    ) -> tuple[int, str, str]:
        """Give status, challenge and text."""
        headers = {"Authorization": header} if header else {}
        async with self.session.get(
            self.box.today_url, params=QUERY | query, headers=headers
        ) as reply:
            challenge = reply.headers.get("WWW-Authenticate", "")
            return reply.status, challenge, await reply.text()

    async def nonce(self, **query: str) -> str:
        """Get a nonce."""
        _status, challenge, _text = await self.call(**query)
        found = re.search('nonce="(.+?)"', challenge)
        assert found
        return found[1]


@pytest.fixture
async def caller(box: AccountBox, connect: Connect) -> Caller:
    """Give a caller without a certificate."""
    return Caller(box, connect(None))


async def test_challenge(caller: Caller, box: AccountBox) -> None:
    """The first challenge has spaces, an empty body and a signed nonce."""
    status, challenge, text = await caller.call()
    assert (status, text) == (401, "")
    nonce = await caller.nonce()
    assert re.fullmatch(
        f'Digest realm="example.com", qop="auth", nonce=".+", opaque="{OPAQUE}"',
        challenge,
    )
    expiry, signature = base64.b64decode(nonce).decode().split(":")
    assert float(expiry) == box.now().timestamp() + 300
    assert re.fullmatch("[0-9a-f]{32}", signature)


@pytest.mark.parametrize(
    ("given", "realm"),
    [
        ("", "SIP_settings"),
        ("alice@example.com", "example.com"),
        ("a@b@c", "a@b@c"),
        ("anything", "anything"),
    ],
)
async def test_realm(caller: Caller, given: str, realm: str) -> None:
    """The realm is whatever the client asks for."""
    _status, challenge, _text = await caller.call(realm=given)
    assert challenge.startswith(f'Digest realm="{realm}", ')


async def test_login(caller: Caller, clock: Clock) -> None:
    """A nonce can be used again and again, for 300 seconds."""
    nonce = await caller.nonce()
    for _ in range(3):
        status, _challenge, text = await caller.call(authorization(nonce))
        assert (status, text[:2]) == (200, '["')
    clock.advance(300)
    assert (await caller.call(authorization(nonce)))[0] == 200
    clock.advance(1)
    status, challenge, text = await caller.call(authorization(nonce))
    assert (status, text) == (401, "")
    assert re.fullmatch(
        'Digest realm="example.com",qop="auth",nonce=".+",'
        f'opaque="{OPAQUE}",stale=true',
        challenge,
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "wrong"},
        {"username": "nobody"},
        {"username": "alice@example.com"},
        {"realm": "example.net"},
    ],
)
async def test_refused(caller: Caller, wrong: dict[str, str]) -> None:
    """Whatever is wrong, the answer is the same: a challenge without spaces."""
    header = authorization(await caller.nonce(), **wrong)
    status, challenge, text = await caller.call(header)
    assert (status, text) == (401, "")
    assert re.fullmatch(
        f'Digest realm="example.com",qop="auth",nonce=".+",opaque="{OPAQUE}"', challenge
    )


async def test_realm_of_another_domain(caller: Caller) -> None:
    """Without the domain as the realm nobody is found."""
    nonce = await caller.nonce(realm="")
    header = authorization(nonce, realm="SIP_settings")
    assert (await caller.call(header, realm=""))[0] == 401


@pytest.mark.parametrize("nonce", ["bm9uc2Vuc2U=", "MTI6MzQ=", "!", "/w==", "w6k6w6k="])
async def test_nonce_of_somebody_else(caller: Caller, nonce: str) -> None:
    """A nonce that the server did not sign is refused, but not as stale."""
    status, challenge, _text = await caller.call(authorization(nonce))
    assert status == 401
    assert "stale" not in challenge


async def test_response_is_checked_first(caller: Caller, clock: Clock) -> None:
    """A wrong password with an old nonce is a wrong password."""
    nonce = await caller.nonce()
    clock.advance(1000)
    header = authorization(nonce, password="wrong")
    assert "stale" not in (await caller.call(header))[1]


@pytest.mark.parametrize(
    "missing", ["username", "nonce", "uri", "nc", "cnonce", "qop", "response"]
)
async def test_missing_directive(caller: Caller, missing: str) -> None:
    """An incomplete header is answered with success and a text nobody formatted."""
    header = authorization(await caller.nonce(), leave_out=missing)
    status, _challenge, text = await caller.call(header)
    assert (status, text) == (200, "Invalid credentials from %s")


async def test_basic(caller: Caller) -> None:
    """Basic authentication is ignored."""
    status, challenge, _text = await caller.call("Basic YWxpY2U6YWxpY2Utc2VjcmV0")
    assert status == 401
    assert challenge.startswith("Digest ")


async def test_clear_password(caller: Caller, box: AccountBox) -> None:
    """Where the password itself is stored, the user name may have a domain."""
    box.accounts["alice@example.com"].stored_ha1 = False
    nonce = await caller.nonce()
    for username in ("alice", "alice@example.com"):
        header = authorization(nonce, username=username)
        assert (await caller.call(header))[0] == 200


@pytest.mark.parametrize("suffix", ["", ":1253789900"])
async def test_web_password(caller: Caller, box: AccountBox, suffix: str) -> None:
    """A web password replaces the SIP password."""
    account = box.accounts["alice@example.com"]
    account.web_password = md5("alice:example.com:for-the-web") + suffix
    nonce = await caller.nonce()
    assert (await caller.call(authorization(nonce)))[0] == 401
    header = authorization(nonce, password="for-the-web")
    assert (await caller.call(header))[0] == 200


async def test_realm_in_the_body(caller: Caller, box: AccountBox) -> None:
    """A form may carry the realm."""
    async with caller.session.post(box.today_url, data=QUERY) as reply:
        assert 'realm="example.com"' in reply.headers["WWW-Authenticate"]


async def test_another_domain(caller: Caller, box: AccountBox) -> None:
    """The same user in another domain is another account."""
    alice = box.accounts["alice@example.com"]
    box.add(replace(alice, domain="example.net", aliases=[]))
    nonce = await caller.nonce()
    header = authorization(nonce, realm="example.net")
    assert (await caller.call(header, realm="example.net"))[2] == "[]"
