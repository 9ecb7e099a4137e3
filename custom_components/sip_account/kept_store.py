"""What is kept of an account over restarts, each thing in a store of its own.

There is one for each as long as Home Assistant runs, whoever holds it: of two runtimes
of an entry that follow each other the second reads only what the first has written,
however slow the disk, and after the entry was removed nothing is written. Home
Assistant's own store writes an error of the disk to the log, and nobody else learns of
it; this one tells, so that what was not kept is kept again.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, override

from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store

from .const import DOMAIN
from .in_home import InHome

_VERSION = 1
_AGAIN = 60.0  # seconds, where the disk has failed


class _TellingStore(Store[dict[str, Any]]):
    """Notes what came of the last save."""

    is_kept = True

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        """Write, and note whether that came to its end.

        Where Home Assistant calls this otherwise one day, all counts as kept.
        """
        self.is_kept = False
        await super()._async_write_data(data)
        self.is_kept = True


class KeptStore:
    """One store: loads, saves and the removal go one after the other."""

    def __init__(self, hass: HomeAssistant, key: str) -> None:
        """Keep what is known by a key."""
        self._hass = hass
        self._key = key
        self._store = _TellingStore(
            hass,
            _VERSION,
            key,
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
            self._hass.async_create_task(self._async_save(shape), self._key)
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


class Keeper:
    """Keeps what may change at any time; what the disk did not take, a minute later."""

    def __init__(
        self,
        hass: HomeAssistant,
        store: KeptStore,
        shape: Callable[[], Callable[[], dict[str, Any]]],
    ) -> None:
        """Keep what `shape` returns; what that returns is made in the executor."""
        self._hass = hass
        self._store = store
        self._shape = shape
        self._unkept = False
        self._again: CALLBACK_TYPE | None = None

    async def async_save(self, _now: datetime | None = None) -> None:
        """Keep what there is now."""
        self._unkept = not await self._store.async_save(self._shape())
        self._forget_again()
        if self._unkept:
            self._again = async_call_later(self._hass, _AGAIN, self.async_save)

    async def async_stop(self) -> None:
        """End, with everything kept if the disk takes it."""
        if self._unkept:
            await self.async_save()
        self._forget_again()

    def _forget_again(self) -> None:
        if self._again:
            self._again()
            self._again = None


_STORES = InHome[KeptStore]("stores")


def kept_store(hass: HomeAssistant, what: str, entry_id: str) -> KeptStore:
    """Return where something of an account is kept, the same one each time."""
    key = _key(what, entry_id)
    return _STORES.obtain(hass, key, lambda: KeptStore(hass, key))


async def async_forget(hass: HomeAssistant, what: str, entry_id: str) -> None:
    """Delete what is kept of an account that is removed."""
    await kept_store(hass, what, entry_id).async_remove()
    _STORES.forget(hass, _key(what, entry_id))


def _key(what: str, entry_id: str) -> str:
    return f"{DOMAIN}.{what}.{entry_id}"
