"""Servers that run beside Home Assistant, as servers do: not in its event loop.

A failed handshake would fail that loop.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
import threading
from typing import Protocol

from tests.limits import LIMIT


class Server(Protocol):
    """What can be started and stopped in a loop."""

    async def start(self) -> None:
        """Listen."""

    async def stop(self) -> None:
        """Close, with all connections."""


async def _close(server: Server) -> None:
    """Stop a server, and whatever still waits for a client."""
    await server.stop()
    waiting = asyncio.all_tasks() - {asyncio.current_task()}
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


@contextmanager
def running(server: Server) -> Iterator[asyncio.AbstractEventLoop]:
    """Run a server in a thread; gives its loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name=type(server).__name__)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(server.start(), loop).result(LIMIT)
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(LIMIT)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
