"""Servers of address books beside the account in a box, and time that passes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

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


@pytest.fixture
def later(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Callable[..., Any]:
    """Give a way to let time pass."""

    async def later(**passed: float) -> None:
        freezer.tick(timedelta(**passed))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return later
