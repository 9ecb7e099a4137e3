"""Lines of text about calls that are long over, packed. Pure.

A year of calls is looked at seldom and kept always: packed it takes a fifth of the
room, in memory and in the store.
"""

from base64 import b85decode, b85encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
import zlib

# A level at which a page takes half a millisecond.
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, sorted by the time that each begins with, in seconds of the epoch."""

    first: int
    last: int
    count: int
    packed: bytes

    @classmethod
    def of(cls, lines: Sequence[str]) -> Self:
        """Pack some lines, one at least."""
        text = "\n".join(lines).encode()
        packed = zlib.compress(text, _LEVEL)
        return cls(began(lines[0]), began(lines[-1]), len(lines), packed)

    @property
    def lines(self) -> list[str]:
        """The lines; they take a quarter of a millisecond."""
        return zlib.decompress(self.packed).decode().split("\n")

    def as_stored(self) -> list[Any]:
        """Return it as JSON."""
        return [self.first, self.last, self.count, b85encode(self.packed).decode()]

    @classmethod
    def from_stored(cls, stored: Sequence[Any]) -> Self:
        """Return what `as_stored` gave."""
        first, last, count, packed = stored
        return cls(first, last, count, b85decode(packed))


def began(line: str) -> int:
    """Return when the call of a line began."""
    return int(line.partition(" ")[0])
