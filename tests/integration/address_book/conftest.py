"""A real server of address books beside the account in a box."""

from collections.abc import Iterator

import pytest

from demo.address_book import AddressBooks, address_books


@pytest.fixture
def books(socket_enabled: None) -> Iterator[AddressBooks]:
    """Give a server of address books, with none yet."""
    with address_books() as running:
        yield running
