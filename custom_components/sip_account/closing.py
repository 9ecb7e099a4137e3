"""The end of an entry: what waits ends at once, what was sent is waited for."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from .sip_settings import ClosedError, OutcomeUnknownError


class Closing:
    """Knows what is under way for an account, and how each of it ends."""

    def __init__(self) -> None:
        """Begin open, with nothing under way."""
        self.closed = False
        self._waiting: set[asyncio.Timeout] = set()
        self._sent: set[asyncio.Timeout] = set()
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def close(self) -> None:
        """End at once whatever has sent nothing yet, and let nothing begin."""
        self.closed = True
        _end(self._waiting)

    async def async_drain(self, limit: float) -> None:
        """Wait until nothing is under way; after `limit` seconds for no answer."""
        try:
            async with asyncio.timeout(limit):
                await self._idle.wait()
        except TimeoutError:
            _end(self._sent)
            await self._idle.wait()

    def ensure_open(self) -> None:
        """Raise ClosedError once closed."""
        if self.closed:
            raise ClosedError

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Have `async_drain` wait for this, and for what its caller does at once."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    @asynccontextmanager
    async def until_closed(self) -> AsyncIterator[Callable[[], None]]:
        """Do something that closing ends, with ClosedError.

        Gives what to call right before something is sent that has to have an answer:
        then it goes on, and ends with OutcomeUnknownError if that takes too long.
        """
        self.ensure_open()
        scope = asyncio.timeout(None)

        def send() -> None:
            self.ensure_open()
            self._waiting.discard(scope)
            self._sent.add(scope)

        try:
            async with scope:
                self._waiting.add(scope)
                yield send
        except TimeoutError as error:
            if not scope.expired():
                raise
            if scope in self._sent:
                msg = "No answer came before the end"
                raise OutcomeUnknownError(msg) from error
            raise ClosedError from error
        finally:
            self._waiting.discard(scope)
            self._sent.discard(scope)


def _end(scopes: set[asyncio.Timeout]) -> None:
    """Have each end in the next turn of the loop."""
    for scope in scopes:
        scope.reschedule(0)
