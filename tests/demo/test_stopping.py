"""A server that stops leaves no connection half made, whenever a client came."""

import asyncio
from contextlib import suppress
import gc
import socket

import pytest

from demo import AccountBox
from tests.integration.address_book.odd_server import OddServer


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("server", [AccountBox, OddServer])
async def test_as_a_client_comes(
    server: type[AccountBox | OddServer], when: str
) -> None:
    """It stops in a round of the loop in which a client is accepted, or just after."""
    running = server()
    await running.start()
    loop = asyncio.get_running_loop()
    stopped = loop.create_future()

    def begin() -> None:
        asyncio.ensure_future(running.stop()).add_done_callback(stopped.set_result)

    with socket.create_connection(("127.0.0.1", running.port)) as client:
        if when == "after":
            loop.call_soon(begin)
        else:
            begin()
        (await stopped).result()
        # Whatever is open and forgotten is told of, which fails the test.
        gc.collect()
        client.settimeout(0)
        with suppress(ConnectionResetError):
            assert client.recv(1) == b""
