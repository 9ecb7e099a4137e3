"""One phone book for several accounts: which one each uses, and who else does.

A phone book is called by the account that began it. Another account that uses it says
so in its data, and its own is set aside meanwhile. It is forgotten with the last
account that uses it, so that whoever is left keeps it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant

from ..const import CONF_ADDRESS_BOOK, CONF_BOOK_REGION, CONF_PHONE_BOOK_OF, DOMAIN
from ..in_home import InHome
from ..kept_store import async_forget, kept_store
from .kept_phone_book import PHONE_BOOK, async_load_phone_book, book_id_of
from .phone_book import PhoneBook


@dataclass(slots=True)
class _Queue:
    """Those who change a phone book, or wait until they may."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    count: int = 0


_QUEUES = InHome[_Queue]("phone_book_locks")


@asynccontextmanager
async def phone_book_lock(hass: HomeAssistant, book: str) -> AsyncIterator[None]:
    """Let dialogs change a phone book one after the other."""
    queue = _QUEUES.obtain(hass, book, _Queue)
    queue.count += 1
    try:
        async with queue.lock:
            yield
    finally:
        queue.count -= 1
        if not queue.count:
            _QUEUES.forget(hass, book)


def phone_book_id(entry: ConfigEntry) -> str:
    """Return which phone book an account uses: its own, or another's."""
    return str(entry.data.get(CONF_PHONE_BOOK_OF, entry.entry_id))


def users_of(hass: HomeAssistant, book: str) -> list[ConfigEntry]:
    """Return the accounts that use a phone book."""
    entries = hass.config_entries.async_entries(DOMAIN)
    return [entry for entry in entries if phone_book_id(entry) == book]


async def async_phone_book_of(hass: HomeAssistant, entry: ConfigEntry) -> PhoneBook:
    """Return the phone book that an account uses, as it is kept by now."""
    return await async_load_phone_book(
        hass, phone_book_id(entry), entry.options, book_id_of(entry.data)
    )


async def async_take_up(hass: HomeAssistant, book: str) -> None:
    """Let accounts go on with what is kept of a phone book by now.

    One that is being set up may have read what was kept before, and begins anew.
    """
    for entry in users_of(hass, book):
        if entry.state is ConfigEntryState.SETUP_IN_PROGRESS:
            hass.config_entries.async_schedule_reload(entry.entry_id)
        elif entry.state is ConfigEntryState.LOADED:
            kept = await async_phone_book_of(hass, entry)
            if hasattr(entry, "runtime_data"):  # not unloaded meanwhile
                entry.runtime_data.phone_book.take(kept)


async def async_books_of_others(
    hass: HomeAssistant, own: str | None = None
) -> dict[str, str]:
    """Return the accounts whose phone books one may use: titles by entry id.

    Each book once, and none that is empty, nor the one that is used already.
    """
    found: dict[str, ConfigEntry] = {}
    for entry in hass.config_entries.async_entries(DOMAIN):
        book = phone_book_id(entry)
        if book != own and book not in found:
            stored = await kept_store(hass, PHONE_BOOK, book).async_load()
            if CONF_ADDRESS_BOOK in entry.data or (stored and stored["contacts"]):
                found[book] = entry
    return {entry.entry_id: entry.title for entry in found.values()}


def shared_data(entry: ConfigEntry) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what data and options tell of an account that uses that of another."""
    data: dict[str, Any] = {CONF_PHONE_BOOK_OF: phone_book_id(entry)}
    if address_book := entry.data.get(CONF_ADDRESS_BOOK):
        data[CONF_ADDRESS_BOOK] = dict(address_book)
    region = entry.options.get(CONF_BOOK_REGION)
    return data, {CONF_BOOK_REGION: region} if region else {}


async def async_forget_unused(hass: HomeAssistant, *books: str) -> None:
    """Forget phone books that no account uses any more, nor has set aside."""
    for book in books:
        owner = hass.config_entries.async_get_entry(book)
        if owner is None and not users_of(hass, book):
            await async_forget(hass, PHONE_BOOK, book)
