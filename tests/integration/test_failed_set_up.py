"""What a set-up leaves behind that did not come to its end."""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

import custom_components.sip_account as integration
from custom_components.sip_account.login import Connection, async_connect
from custom_components.sip_account.sip_settings import CALLS, ClosedError
from demo import AccountBox

from .support import ALICE


async def test_set_up_that_failed(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is left of a set-up that did not come to its end sends nothing."""
    connections: list[Connection] = []

    async def watched(*arguments: Any, **named: Any) -> Connection:
        connections.append(await async_connect(*arguments, **named))
        return connections[-1]

    monkeypatch.setattr(integration, "async_connect", watched)
    box.faults.set("*", "*", "empty_200")
    entry = await set_up(ALICE, by="password")
    assert entry.state is ConfigEntryState.SETUP_RETRY
    heard = len(box.requests)
    for connection in connections:
        with pytest.raises(ClosedError):
            await connection.client.read(CALLS)
    assert box.requests[heard:] == []
