"""How long an answer, or a failure, stands for the next one: to the very second.

The loop's clock stands still, and is put forward by hand.
"""

import asyncio

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    ACCOUNT,
    BALANCE_HISTORY,
    CALLS,
    PREPAID,
    DigestCredentials,
    Login,
    ServerTimeoutError,
    SipSettingsClient,
    Trust,
    build_context,
    page_url,
)
from demo import AccountBox
from demo.dialects import Answer
from demo.exchange import Exchange

from .test_client import ALICE, by_certificate, by_password
from .test_snapshot import asked, change, client_of, says


class Clock:
    """What the loop takes for the time."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, box: AccountBox) -> Clock:
    """Stop the clock of the loop, once the box runs."""
    clock = Clock()
    clock.now = asyncio.get_event_loop().time()
    monkeypatch.setattr(asyncio.get_event_loop(), "time", clock)
    return clock


def _times(box: AccountBox, name: str = "get_identity") -> int:
    return [request.action for request in box.requests].count(name)


async def test_account_that_fails(
    box: AccountBox, session: aiohttp.ClientSession, clock: Clock
) -> None:
    """Who needs the account's zone asks for it again a minute after it has failed."""
    box.faults.set("*", "*", "html_error_then_null")
    client = by_certificate(box, session)
    client.learned |= {ACCOUNT.key: "get_identity", CALLS.key: "get_history"}
    begun = clock.now
    for seconds, times in ((0, 1), (59.5, 1), (60, 2), (119.5, 2), (120, 3)):
        clock.now = begun + seconds
        with pytest.raises(Exception, match="reports"):
            await client.read(CALLS)
        assert _times(box) == times


async def test_account_that_hangs(
    box: AccountBox, session: aiohttp.ClientSession, clock: Clock
) -> None:
    """An account that hangs is not waited for again for a quarter of an hour."""
    context = build_context(None, Trust.from_authority_file(box.authority_pem))
    client = SipSettingsClient(
        session,
        page_url(f"https://127.0.0.1:{box.port}/today/settings.phtml"),
        Login(ALICE, digest=DigestCredentials(ALICE, "alice-secret")),
        context,
        time_limit=20,
    )
    arrived = asyncio.Event()

    async def hangs(exchange: Exchange) -> Answer:
        if exchange.account is not None:
            arrived.set()
            await asyncio.Event().wait()
        return exchange.answer()

    box.faults.set("*", "get_identity", hangs)

    async def wait_in_vain() -> None:
        arrived.clear()
        reading = asyncio.create_task(client.read(ACCOUNT))
        await arrived.wait()
        clock.now += 21
        with pytest.raises(ServerTimeoutError):
            await reading

    await wait_in_vain()
    failed, times = clock.now, _times(box)
    box.faults.clear()
    clock.now = failed + 15 * 60 - 0.5
    calls = await client.read(CALLS)
    assert calls
    assert _times(box) == times
    clock.now = failed + 15 * 60
    await client.read(BALANCE_HISTORY)
    assert _times(box) > times


async def test_answer_that_is_shared(
    box: AccountBox, session: aiohttp.ClientSession, clock: Clock
) -> None:
    """One answer of the page of 2026 feeds several actions for ten seconds."""
    client = client_of(box, session)
    await client.read(ACCOUNT)
    clock.now += 10
    await client.read(CALLS)
    assert len(asked(box)) == 1
    clock.now += 0.5
    await client.read(PREPAID)
    assert len(asked(box)) == 2


async def test_answer_from_before_a_change(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """What was asked for before a change, and came after it, is not shared."""
    client = client_of(box, session)
    arrived, go_on = asyncio.Event(), asyncio.Event()

    async def slow(exchange: Exchange) -> Answer:
        answer = exchange.answer()
        if exchange.account is not None:
            arrived.set()
            await go_on.wait()
        return answer

    box.faults.set("*", "", slow)
    reading = asyncio.create_task(client.read(ACCOUNT))
    await arrived.wait()
    box.faults.set("*", "set_caller_id", says({"ok": True}))
    await change(client, "+442079460123")
    go_on.set()
    assert await reading
    await client.read(PREPAID)
    assert asked(box).count("") == 2


async def test_user_name_of_a_knock(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Who is let in knows by which user name; a certificate has none."""
    client = by_password(box, session)
    await client.knock(ACCOUNT)
    assert client.learned["username"] == "user"
    client = by_certificate(box, session)
    await client.knock(ACCOUNT)
    assert "username" not in client.learned


@pytest.mark.parametrize(
    ("zones", "told"),
    [
        ([], None),
        (["Asia/Tokyo"], "Asia/Tokyo"),
        (["Asia/Tokyo", "Asia/Tokyo"], "Asia/Tokyo"),
        (["Asia/Tokyo", "Europe/Paris"], None),
    ],
)
async def test_zones_of_calls(
    box: AccountBox,
    session: aiohttp.ClientSession,
    zones: list[str],
    told: str | None,
) -> None:
    """The one zone that calls are told in is the server's; of two, none is."""
    client = client_of(box, session)
    items = [
        {"remoteParty": "bob@example.com", "startTime": "2026-11-01", "timezone": zone}
        for zone in zones
    ]
    box.faults.set("*", "*", says({"call_history": {"placed": items}}))
    await client.read(CALLS)
    assert client.told_zone == told
