"""A real server of address books beside the account in a box."""

from collections.abc import AsyncIterator, Iterator

import pytest

from demo.address_book import AddressBooks, address_books

from .odd_server import OddServer
from .support import CALLER


@pytest.fixture
def books(socket_enabled: None) -> Iterator[AddressBooks]:
    """Give a server of address books, with none yet."""
    with address_books() as running:
        yield running


@pytest.fixture
async def server(socket_enabled: None) -> AsyncIterator[OddServer]:
    """Give a server with a book that answers as a test wants."""
    odd = OddServer({"Erin": CALLER, "Frank": "+31208005163"})
    runner = await odd.start()
    yield odd
    await runner.cleanup()


@pytest.fixture
async def other_server(socket_enabled: None) -> AsyncIterator[OddServer]:
    """Give another one, which is another origin."""
    odd = OddServer({"Mallory": CALLER})
    runner = await odd.start()
    yield odd
    await runner.cleanup()
