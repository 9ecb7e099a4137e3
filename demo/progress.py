"""Tells what is being done, and for how long, on standard error."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import sys
import time


def say(text: str) -> None:
    """Write one line."""
    print(f"demo: {text}", file=sys.stderr, flush=True)  # noqa: T201 - of a program


@asynccontextmanager
async def step(text: str) -> AsyncIterator[None]:
    """Say what is done meanwhile, and for how long; on a terminal, second by second.

    What fails is left to whoever catches it.
    """
    started = time.monotonic()
    watched = sys.stderr.isatty()
    if not watched:
        say(f"{text} …")
    ticking = asyncio.create_task(_tick(text, started)) if watched else None
    try:
        yield
    finally:
        if ticking is not None:
            ticking.cancel()
            sys.stderr.write("\r\x1b[K")
    say(f"{text}: done after {time.monotonic() - started:.0f} s")


async def _tick(text: str, started: float) -> None:
    while True:
        seconds = time.monotonic() - started
        sys.stderr.write(f"\r\x1b[Kdemo: {text} … {seconds:.0f} s")
        sys.stderr.flush()
        await asyncio.sleep(1)
