"""Polls in the background: one request after the other, and nobody waits for them."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import time
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from demo import AccountBox
from demo.exchange import Exchange

from .calling import ring
from .changing import choose, state_of
from .support import ALICE, hold

CALL = "event.alice_example_com_call"
BUSY = "select.alice_example_com_forward_when_busy"


async def test_behind_settings(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
) -> None:
    """While a setting takes its time, calls are told of and changes are made."""
    entry = await set_up(
        ALICE, by="password", options={"forward_to": "bob@example.com"}
    )
    await poll()
    held = hold(box, "get_identity")
    settings = asyncio.ensure_future(entry.runtime_data.settings.async_refresh())
    await held.asked.wait()
    heard = len(box.requests)
    ring(box, "received", "Aunt Mary")
    await entry.runtime_data.activity.async_refresh()
    assert state_of(hass, CALL).attributes["event_type"] == "missed"
    await choose(hass, BUSY, "bob@example.com")
    assert state_of(hass, BUSY).state == "bob@example.com"
    assert "get_voicemail" not in [one.action for one in box.requests[heard:]]
    held.go_on()
    await settings
    assert "get_voicemail" in [one.action for one in box.requests[heard:]]


async def test_one_after_the_other(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Settings follow calls, over their connection, with one request at a time."""
    await set_up(ALICE)
    connections: list[Any] = []
    running, at_once = 0, 0

    async def note(exchange: Exchange) -> Any:
        nonlocal running, at_once
        running += 1
        at_once = max(at_once, running)
        connections.append(exchange.request.transport)
        # Whoever does not wait for this answer has time to ask for another one. The
        # clock of the loop stands still.
        await asyncio.to_thread(time.sleep, 0.03)
        running -= 1
        return exchange.answer()

    box.faults.set("*", "*", note)
    heard = len(box.requests)
    while "devices" not in (asked := [it.action for it in box.requests[heard:]]):
        freezer.tick(timedelta(seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert at_once == 1
    assert asked[-12:-10] == ["calls", "prepaid"]
    assert len(set(connections[-12:])) == 1
