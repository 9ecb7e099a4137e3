"""A real server of address books beside the account in a box."""

from collections.abc import Iterator

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
def server(socket_enabled: None) -> Iterator[OddServer]:
    """Give a server with a book that answers as a test wants."""
    with OddServer({"Erin": CALLER, "Frank": "+31208005163"}).running() as odd:
        yield odd


@pytest.fixture
def other_server(socket_enabled: None) -> Iterator[OddServer]:
    """Give another one, which is another origin."""
    with OddServer({"Mallory": CALLER}).running() as odd:
        yield odd
