"""Where it is kept which calls of an account were told of.

One store for each account as long as Home Assistant runs, whoever holds it: of two
runtimes of an entry that follow each other the second reads only what the first has
written, however slow the disk, and after the entry was removed nothing is written.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..kept_store import KeptStore

_VERSION = 1
_STORES: HassKey[dict[str, CallStore]] = HassKey(f"{DOMAIN}_calls")


class CallStore:
    """The store of one account: loads, saves and the removal go one after the other."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Keep the calls of the account of an entry."""
        self._hass = hass
        self._store = KeptStore[dict[str, Any]](
            hass,
            _VERSION,
            f"{DOMAIN}.calls.{entry_id}",
            private=True,
            atomic_writes=True,
            serialize_in_event_loop=False,
        )
        self._lock = asyncio.Lock()
        self._removed = False

    async def async_load(self) -> dict[str, Any] | None:
        """Return what was saved last, None where there is nothing."""
        async with self._lock:
            return await self._store.async_load()

    async def async_save(self, shape: Callable[[], dict[str, Any]]) -> bool:
        """Save what `shape` returns, which is asked in the executor, in its turn.

        Returns whether it is kept, which it is not where the disk fails. A save that
        has begun goes on to its end, also if nobody waits for it any more.
        """
        return await asyncio.shield(
            self._hass.async_create_task(self._async_save(shape), "sip_account calls")
        )

    async def _async_save(self, shape: Callable[[], dict[str, Any]]) -> bool:
        async with self._lock:
            if self._removed:
                return True
            data = await self._hass.async_add_executor_job(shape)
            await self._store.async_save(data)
            return self._store.is_kept

    async def async_remove(self) -> None:
        """Delete what was saved; saves that come later write nothing."""
        self._removed = True
        async with self._lock:
            await self._store.async_remove()


def call_store(hass: HomeAssistant, entry_id: str) -> CallStore:
    """Return where the calls of an account are kept, the same one each time."""
    stores = hass.data.setdefault(_STORES, {})
    if entry_id not in stores:
        stores[entry_id] = CallStore(hass, entry_id)
    return stores[entry_id]


async def async_remove_calls(hass: HomeAssistant, entry_id: str) -> None:
    """Forget the calls of an account that is removed."""
    await call_store(hass, entry_id).async_remove()
    stores = hass.data[_STORES]
    stores.pop(entry_id, None)
    if not stores:
        del hass.data[_STORES]
