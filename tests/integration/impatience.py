"""What never comes is waited for only shortly, and all else for as long as it takes.

Were the client's own limit short, a busy machine would pass for a server that hangs.
"""

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from custom_components.sip_account.sip_settings import transport
from demo import AccountBox
from demo.exchange import Exchange
from demo.faults import READY

from .support import ALICE

HANGING = ("hangs_unanswered", "hangs_in_headers", "hangs_in_body")
_NEVER = {READY[name] for name in (*HANGING, "slow")}


def give_up_soon(
    box: AccountBox, monkeypatch: pytest.MonkeyPatch, limit: float = 0.5
) -> None:
    """Let requests that the box lets hang fail after some seconds."""
    exchange = transport.Transport._exchange

    async def impatient(
        self: transport.Transport,
        method: str,
        parameters: Mapping[str, str],
        *form: Any,
        **how: Any,
    ) -> transport.Answer:
        asked = SimpleNamespace(received=(ALICE, parameters["action"], method))
        hangs = box.faults.find(cast(Exchange, asked)) in _NEVER
        async with asyncio.timeout(limit if hangs else None):
            return await exchange(self, method, parameters, *form, **how)

    monkeypatch.setattr(transport.Transport, "_exchange", impatient)
