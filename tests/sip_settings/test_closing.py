"""A client that was closed sends nothing new; a write that was sent has its answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    CALLS,
    DIVERSIONS,
    SET_CALL_FORWARDING,
    ClosedError,
    Condition,
    SipAddress,
    SipSettingsClient,
    forwarding_parameters,
)
from demo import AccountBox
from demo.exchange import Exchange
from demo.faults import READY

from .test_dialects import client_of

ALICE = SipAddress("alice", "example.com")
PAGE = "/2009-10/settings.phtml"
TODAY = "/today/settings.phtml"


def _close_at(
    box: AccountBox, client: SipSettingsClient, then: str | None = None
) -> None:
    """Close the client while the server answers, with a fault if one is named."""

    async def late(exchange: Exchange) -> Any:
        answer = exchange.answer()
        client.close()
        return await READY[then](exchange) if then else answer

    box.faults.set("*", "*", late)


async def _forward(client: SipSettingsClient) -> None:
    async def prepare() -> dict[str, str]:
        return forwarding_parameters({Condition.BUSY: None}, client.address)

    await client.write(SET_CALL_FORWARDING, prepare)


async def test_nothing_begins(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Neither a read nor a write."""
    client = client_of(box, session, TODAY)
    await client.read(DIVERSIONS)
    heard = len(box.requests)
    client.close()
    for attempt in (client.read(DIVERSIONS), client.read(CALLS), _forward(client)):
        with pytest.raises(ClosedError):
            await attempt
    assert box.requests[heard:] == []


async def test_answer_to_a_challenge(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A read that met a challenge is not repeated; a write that met one is made."""
    client = client_of(box, session, TODAY)
    _close_at(box, client)
    with pytest.raises(ClosedError):
        await client.read(DIVERSIONS)
    assert [request.account for request in box.requests] == [""]
    client = client_of(box, session, TODAY)
    box.requests.clear()
    _close_at(box, client)
    await _forward(client)
    assert [request.account for request in box.requests] == ["", str(ALICE)]
    assert not box.accounts[str(ALICE)].diversions["FBUS"]


async def test_lost_connection(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """A read that aiohttp would repeat by itself is not."""
    client = client_of(box, session, PAGE)
    await client.read(DIVERSIONS)
    heard = len(box.requests)
    _close_at(box, client, "reset")
    with pytest.raises(ClosedError):
        await client.read(DIVERSIONS)
    assert len(box.requests) == heard + 1


@pytest.mark.parametrize("attempt", [lambda client: client.read(DIVERSIONS), _forward])
async def test_next_name(
    box: AccountBox,
    session: aiohttp.ClientSession,
    attempt: Callable[[SipSettingsClient], Awaitable[None]],
) -> None:
    """The next name of an action is not tried."""
    client = client_of(box, session, PAGE)
    _close_at(box, client, "invalid_action")
    with pytest.raises(ClosedError):
        await attempt(client)
    assert len(box.requests) == 1


async def test_next_user_name(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Nor is the other user name, for a read or a write."""
    client = client_of(box, session, TODAY)
    _close_at(box, client, "unauthorized_401")
    with pytest.raises(ClosedError):
        await _forward(client)
    assert len(box.requests) == 2  # the challenge, and the answer to it


async def test_write_under_way(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """What was sent ends as ever; what waits behind it is not sent."""
    client = client_of(box, session, PAGE)
    _close_at(box, client)
    first, second = await asyncio.gather(
        _forward(client), _forward(client), return_exceptions=True
    )
    assert first is None
    assert isinstance(second, ClosedError)
    assert len(box.requests) == 1
