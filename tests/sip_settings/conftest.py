"""An account in a box, and a client's session."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from demo import AccountBox


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """Let the tests talk to the box."""


@pytest.fixture
async def box() -> AsyncIterator[AccountBox]:
    """Give a box in which everyone lives, now."""
    async with AccountBox(now=lambda: datetime.now(UTC)) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Give a session of a client's own."""
    async with aiohttp.ClientSession() as session:
        yield session
