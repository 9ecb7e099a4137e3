"""Time zones by their names, read beside the event loop."""

import asyncio
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Those that were found, of which there are not many.
_zones: dict[str, tzinfo] = {}
# An answer names the account's zone at each call, and no other.
_ZONES_LIMIT = 16


async def load_zones(names: Collection[str]) -> dict[str, tzinfo]:
    """Return the time zones that there are; reading their files is not for the loop."""
    wanted = sorted(names)[:_ZONES_LIMIT]
    if any(name not in _zones for name in wanted):
        await asyncio.to_thread(_read_zones, wanted)
    return {name: _zones[name] for name in wanted if name in _zones}


def _read_zones(names: Iterable[str]) -> None:
    for name in names:
        with suppress(ZoneInfoNotFoundError, ValueError, OSError):
            _zones[name] = ZoneInfo(name)
