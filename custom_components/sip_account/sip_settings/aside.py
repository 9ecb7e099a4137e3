"""Reading what strangers write without holding the event loop (5 ms at most)."""

import asyncio
from collections.abc import Callable
from threading import Lock

# What is larger, or has more in it, takes longer than the loop may be held. The
# longest real answers, 50 + 50 calls and 200 transactions, are read at once.
_OCTETS = 48 * 1024
_BRACKETS = 256  # of each kind
_COMMAS = 4000
# Of what does not begin as JSON does: words, which are looked at one by one.
_WORDS = 4 * 1024

# Readers hold the interpreter for some ms at a time, and several would take turns
# while the loop waits for all of them.
_turn = Lock()


async def read_aside[T](body: bytes, read: Callable[[], T]) -> T:
    """Return what `read` returns; a thread does it where `body` needs some time."""
    if is_quick(body):
        return read()

    def in_turn() -> T:
        with _turn:
            return read()

    return await asyncio.to_thread(in_turn)


def is_quick(body: bytes) -> bool:
    """Whether an answer is read in less time than the event loop may be held."""
    longest = _OCTETS if body[:1] in {b"{", b"["} else _WORDS
    return (
        len(body) <= longest
        and max(map(body.count, (b"{", b"["))) <= _BRACKETS
        and body.count(b",") <= _COMMAS
    )
