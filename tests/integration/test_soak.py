"""A home that lives through thousands of polls of a server that has bad days."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import gc
import os
from pathlib import Path
import random
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from demo import AccountBox
from demo.wire_faults import WIRE
from tests.faults.table import FAULTS, Fault
from tests.limits import until

from .support import ALICE, in_box

POLLS = 20_000 if os.environ.get("SIP_ACCOUNT_LONG") else 2_000
SEED = 20_090_923
ACTIONS = ("account", "calls", "diversions", "prepaid", "reject", "voicemail", "*")
SHOWN = ("balance", "call_forwarding", "last_call", "voicemail", "aliases")
# Where time stands still, so do faults that take their time; and an action that a
# server no longer knows is asked for again after a day only.
FITTING = [
    fault
    for fault in FAULTS
    if fault.name not in {*WIRE, "slow"} and fault.kind not in {None, "unsupported"}
]
# In polls of a minute: never long enough to be believed, or long enough for sure.
SHORT, LONG = range(1, 9), range(14, 18)


class Home:
    """A home in which time passes by the minute."""

    def __init__(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, box: AccountBox
    ) -> None:
        self.hass = hass
        self.freezer = freezer
        self.box = box
        self.polls = 0

    async def poll(self, minutes: float = 61 / 60) -> None:
        """Let time pass, and what is due be polled."""
        self.freezer.tick(timedelta(minutes=minutes))
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done(wait_background_tasks=True)
        self.polls += 1

    def shown(self) -> dict[str, str]:
        """Return what the home shows."""
        states = (self.hass.states.get(f"sensor.alice_example_com_{k}") for k in SHOWN)
        return {state.entity_id: state.state for state in states if state}

    def reauths(self) -> list[str]:
        """Return the flows that ask for credentials."""
        flows = self.hass.config_entries.flow.async_progress()
        return [f["flow_id"] for f in flows if f["context"]["source"] == SOURCE_REAUTH]

    async def resources(self) -> tuple[int, int]:
        """Return how many tasks run and how many files and sockets are open."""
        connector = async_get_clientsession(self.hass).connector
        assert connector is not None
        for kept in list(connector._conns.values()):
            for protocol, _ in list(kept):
                protocol.close()
        gc.collect()
        # The server notices in a loop of its own, and is done with it afterwards.
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, until, lambda: not self.box.connections)
        await in_box(self.box, asyncio.sleep(0))
        await self.hass.async_block_till_done(wait_background_tasks=True)
        return len(asyncio.all_tasks()), len(list(Path("/proc/self/fd").iterdir()))


def _earned(fault: Fault, action: str, minutes: int) -> bool:
    """Tell whether a fault is evidence enough to ask for credentials."""
    if action != "*" or fault.reauth == "never":
        return False
    return minutes in LONG


async def test_soak(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Every state is right in the end, nothing leaks, and no reauth was unearned."""
    chance = random.Random(SEED)
    home = Home(hass, freezer, box)
    entry = await set_up(ALICE)
    right = home.shown()
    assert len(right) == len(SHOWN)
    await home.poll()
    tasks, files = await home.resources()
    asked = 0
    while home.polls < POLLS:
        fault, action = chance.choice(FITTING), chance.choice(ACTIONS)
        minutes = chance.choice((*SHORT, *LONG))
        box.faults.set("*", action, fault.name)
        for _ in range(minutes):
            await home.poll()
        earned = _earned(fault, action, minutes)
        assert bool(home.reauths()) == earned, (fault, action, minutes, home.polls)
        box.faults.clear()
        if earned:
            asked += 1
            # It is tried every hour, and what asks then goes away by itself.
            await home.poll(61)
        await home.poll(16)
        await home.poll()
        assert home.shown() == right, (fault, action, minutes, home.polls)
        assert not home.reauths()
        assert entry.state is ConfigEntryState.LOADED
    assert asked
    tasks_after, files_after = await home.resources()
    assert tasks_after <= tasks
    assert files_after <= files
