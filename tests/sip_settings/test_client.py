"""The client of an account, through both dialects."""

from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp import web
import pytest

from custom_components.sip_account.sip_settings import (
    ACCOUNT,
    ALIASES,
    CALLS,
    CATALOGUE,
    MONTHLY_USAGE,
    VOICEMAIL,
    AuthenticationError,
    BackendError,
    ClientCertificate,
    DigestCredentials,
    Login,
    ServerConnectionError,
    SipAddress,
    SipSettingsClient,
    Trust,
    UnsupportedActionError,
    build_context,
    page_url,
    to_shape,
)
from demo import AccountBox
from demo.dialects import Answer
from demo.exchange import Exchange, Fault, healthy
from demo.faults import READY

ALICE = SipAddress("alice", "example.com")


def by_certificate(
    box: AccountBox, session: aiohttp.ClientSession, name: str = str(ALICE)
) -> SipSettingsClient:
    """Make a client of the page's dialect."""
    issued = box.platform.modern_certificate(name, key="p256")
    context = build_context(
        ClientCertificate.load(issued.crt()),
        Trust.from_authority_file(box.authority_pem),
    )
    url = page_url(f"https://127.0.0.1:{box.port}/settings.phtml")
    return SipSettingsClient(session, url, Login(ALICE), context)


def by_password(
    box: AccountBox, session: aiohttp.ClientSession, password: str = "alice-secret"
) -> SipSettingsClient:
    """Make a client of today's dialect."""
    context = build_context(None, Trust.from_authority_file(box.authority_pem))
    url = page_url(f"https://127.0.0.1:{box.port}/today/settings.phtml")
    login = Login(ALICE, digest=DigestCredentials(ALICE, password))
    return SipSettingsClient(session, url, login, context)


async def test_same_facts(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Both dialects tell the same of what both know."""
    page, today = by_certificate(box, session), by_password(box, session)
    for key in ("aliases", "enum", "prepaid", "diversions", "accept_rules", "reject"):
        action = CATALOGUE[key]
        assert to_shape(await page.read(action)) == to_shape(await today.read(action))
    newest = [(await client.read(CALLS) or ())[0] for client in (page, today)]
    assert newest[0].started == newest[1].started
    assert newest[0].party == newest[1].party


async def test_names_are_learned(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Names are tried the newest first, once; what is known is asked at once."""
    client = by_certificate(box, session)
    await client.read(ALIASES)
    await client.read(ALIASES)
    names = [request.action for request in box.requests]
    assert names == ["get_aliases", "aliases", "aliases"]
    assert client.learned == {"aliases": "aliases"}


async def test_unsupported(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """An action that no name is known for is not asked again until told to."""
    for name in VOICEMAIL.names:
        box.faults.set("*", name, "invalid_action")
    client = by_certificate(box, session)
    for _ in range(2):
        with pytest.raises(UnsupportedActionError):
            await client.read(VOICEMAIL)
    assert len(box.requests) == 2
    box.faults.clear()
    client.forget_unsupported()
    assert await client.read(VOICEMAIL) is not None


async def test_learned_name_that_is_gone(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A server that was changed is learned anew."""
    client = by_certificate(box, session)
    client.learned["aliases"] = "get_aliases"
    assert await client.read(ALIASES)
    assert client.learned["aliases"] == "aliases"


async def test_account_is_read_once(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """The zone of the calls comes from the account, which is asked for once."""
    client = by_certificate(box, session)
    for _ in range(2):
        calls = await client.read(CALLS)
        assert calls
        assert str(calls[0].started.tzinfo if calls[0].started else "") == (
            "Europe/Amsterdam"
        )
    asked = [request.action for request in box.requests]
    assert asked.count("account") == 1


async def test_same_list_is_read_once(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A list is read again once it has changed, or its times mean something else."""
    client = by_certificate(box, session)
    first = await client.read(CALLS)
    assert first
    assert await client.read(CALLS) is first
    alice = box.accounts[str(ALICE)]
    last = alice.calls.pop()
    fewer = await client.read(CALLS)
    assert fewer
    assert len(fewer) < len(first)
    alice.calls.append(last)
    again = await client.read(CALLS)
    assert again == first


async def test_zone_changes_under_the_same_list(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """The same text is another time once the account is in another zone."""
    client = by_certificate(box, session)
    await client.read(ACCOUNT)
    first = await client.read(CALLS)
    alice = box.accounts[str(ALICE)]
    alice.server_timezone, alice.timezone = alice.timezone, "Asia/Tokyo"
    await client.read(ACCOUNT)
    moved = await client.read(CALLS)
    assert first
    assert moved
    assert [c.started_text for c in moved] == [c.started_text for c in first]
    assert moved[0].started != first[0].started


async def test_unreadable_account_is_not_asked_over_and_over(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Calls are told without their times while the account fails."""
    for name in ACCOUNT.names:
        box.faults.set("*", name, "html_error_then_null")
    client = by_certificate(box, session)
    for _ in range(3):
        calls = await client.read(CALLS)
        assert calls
        assert calls[0].started is None
    asked = [request.action for request in box.requests]
    assert asked.count("get_identity") == 1


async def test_owner_certificate(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A certificate that names no account says which one is meant."""
    client = by_certificate(box, session, "4711")
    assert client._parameters["account"] == str(ALICE)


async def test_digest(session: aiohttp.ClientSession) -> None:
    """One challenge, then none until the nonce has expired."""
    now = datetime.now(UTC)
    async with AccountBox(now=lambda: now) as box:
        client = by_password(box, session)
        await client.read(ALIASES)
        first = len(box.requests)
        await client.read(ALIASES)
        assert len(box.requests) == first + 1
        now += timedelta(seconds=301)
        await client.read(ALIASES)
        assert len(box.requests) == first + 3


async def test_wrong_password(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """A refusal that may be a failing back end is not certain."""
    with pytest.raises(AuthenticationError) as caught:
        await by_password(box, session, "wrong").read(ACCOUNT)
    assert not caught.value.certain
    assert "wrong" not in str(caught.value)


async def test_broken_action(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """What the server has broken fails, and is not taken for unknown."""
    client = by_password(box, session)
    with pytest.raises(BackendError) as caught:
        await client.read(MONTHLY_USAGE)
    assert caught.value.status == 500
    assert "monthly_usage" not in client.learned


def test_secrets_are_not_shown() -> None:
    """A password is in no representation."""
    assert "geheim" not in repr(Login(ALICE, digest=DigestCredentials(ALICE, "geheim")))


@pytest.mark.parametrize(("resets", "asked"), [(1, 2), (2, 2)])
async def test_reset_connection(
    box: AccountBox, session: aiohttp.ClientSession, resets: int, asked: int
) -> None:
    """A read whose connection is reset is sent once more, and only once."""
    left = resets

    async def fault(exchange: Exchange) -> Answer | web.StreamResponse:
        nonlocal left
        left -= 1
        answer: Fault = READY["reset"] if left >= 0 else healthy
        return await answer(exchange)

    client = by_certificate(box, session)
    client.learned["aliases"] = "aliases"
    box.faults.set("*", "aliases", fault)
    if resets == 1:
        assert await client.read(ALIASES)
    else:
        with pytest.raises(ServerConnectionError):
            await client.read(ALIASES)
    assert len(box.requests) == asked


async def test_zone_of_calls(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """The one zone that all calls are told in is the server's, whatever it is."""
    client = by_password(box, session)
    box.faults.set("*", "*", READY["reset"])  # the account tells its zone as well
    with pytest.raises(ServerConnectionError):
        await client.read(ACCOUNT)
    box.faults.clear()
    await client.read(CALLS)
    assert client.told_zone == box.accounts[str(ALICE)].timezone


async def test_only_calls_are_noted(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """When calls were asked for tells nothing of anything else."""
    client = by_certificate(box, session)
    await client.read(CALLS)
    noted = client.calls_asked
    assert noted[1] is not None
    for key in ("aliases", "diversions", "voicemail"):
        await client.read(CATALOGUE[key])
    assert client.calls_asked == noted
