"""Keeps address books fresh: once a day, and when somebody asks.

One keeper for each book, whichever accounts use it. The last good book stays whatever
the server does; an empty or halved one is believed at its second reading only.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
import logging
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ..calls.kept_phone_book import ADDRESS_BOOK, book_id_of
from ..calls.shared_phone_book import async_phone_book_of
from ..const import DOMAIN
from ..in_home import InHome
from ..kept_store import async_forget, kept_store
from .kept import Book
from .problems import LASTING, BookError, Problem
from .reading import async_read
from .source import Source
from .telling import Telling
from .web import Web

_LOGGER = logging.getLogger(__name__)
EVERY = timedelta(days=1)
# After an error that may pass; one that does not is tried with the next day's reading.
AGAIN = timedelta(hours=1)
# Seconds after a set-up, when accounts have been read.
_SOON = 30.0


class Outcome(StrEnum):
    """What became of a reading."""

    READ = "read"
    UNCHANGED = "unchanged"
    DOUBTED = "doubted"  # so much smaller that the next reading has to say so too


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a reading, and the book that is used from now on."""

    outcome: Outcome
    book: Book


class Keeper:
    """One address book, and the accounts that are loaded with it."""

    def __init__(self, hass: HomeAssistant, book_id: str) -> None:
        """Keep a book; nothing is read before an account joins, or somebody asks."""
        self._hass = hass
        self._book_id = book_id
        self._store = kept_store(hass, ADDRESS_BOOK, book_id)
        self._lock = asyncio.Lock()
        self._entries: list[ConfigEntry] = []
        self._cancel: CALLBACK_TYPE | None = None
        self._task: asyncio.Task[None] | None = None
        self._asking: asyncio.Task[Reading] | None = None
        self._telling = Telling(hass, book_id)
        self._removed = False

    @callback
    def join(self, entry: ConfigEntry) -> CALLBACK_TYPE:
        """Read for an account from now on; returns what ends that."""
        self._entries.append(entry)
        if self._cancel is None and self._task is None:
            self._schedule(timedelta(seconds=_SOON))

        def leave() -> None:
            self._entries.remove(entry)
            if not self._entries:
                self._stop()
                self._stop_asking()

        return leave

    def _stop(self) -> None:
        if self._cancel:
            self._cancel()
            self._cancel = None
        if self._task:
            self._task.cancel()
            self._task = None

    def _stop_asking(self) -> None:
        """Ask no more, whoever waits for it: the last account that reads has gone."""
        if self._asking:
            self._asking.cancel()

    def _schedule(self, wait: timedelta) -> None:
        self._stop()
        self._cancel = async_call_later(self._hass, wait, self._begin)

    @callback
    def _begin(self, _now: object) -> None:
        self._cancel = None
        self._task = self._hass.async_create_background_task(
            self._async_turn(), f"{DOMAIN} address book"
        )

    async def _async_turn(self) -> None:
        """Read if it is time, and see to the next time."""
        stored = await self._store.async_load() or {}
        read_at = dt_util.parse_datetime(str(stored.get("read_at", "")))
        wait = EVERY
        age = dt_util.utcnow() - read_at if read_at else EVERY
        if timedelta(0) <= age < EVERY:
            wait = EVERY - age
        else:
            try:
                await self.async_read()
            except BookError as error:
                wait = EVERY if error.problem in LASTING else AGAIN
        self._task = None
        self._schedule(wait)

    async def async_read(self) -> Reading:
        """Read the book now, and use it in all accounts; raises BookError.

        What goes wrong is told once, until it goes right again.
        """
        async with self._lock:
            source = self._source
            if source is None or self._removed:
                raise BookError(Problem.NOT_FOUND)
            try:
                reading = await self._async_ask(source)
            except BookError as error:
                self._telling.lost(error, self._title)
                raise
            self._telling.back(self._title)
        if reading.outcome is Outcome.READ:
            await self._async_use()
        return reading

    async def _async_ask(self, source: Source) -> Reading:
        """Read in a task of its own, which ends with the last account."""
        asking = self._hass.async_create_background_task(
            self._async_read(source), f"{DOMAIN} address book"
        )
        self._asking = asking
        try:
            return await asking
        except asyncio.CancelledError:
            if not asking.done():
                asking.cancel()
            me = asyncio.current_task()
            if me is None or me.cancelling():
                raise
            raise BookError(Problem.STOPPED) from None
        finally:
            self._asking = None

    async def _async_read(self, source: Source) -> Reading:
        stored = await self._store.async_load()
        run = self._hass.async_add_executor_job
        known = await run(Book.from_store, stored)
        async with Web(self._hass, source) as web:
            new = await async_read(self._hass, web, source, known)
        if self._source != source:
            # Another address, or none, came meanwhile.
            raise BookError(Problem.STOPPED)
        doubted: int | None = (stored or {}).get("doubted")
        if new is None:
            await self._async_save(known)
            return Reading(Outcome.UNCHANGED, known)
        shrunk = known.count and 2 * new.count <= known.count
        if shrunk and (doubted is None or new.count < doubted):
            _LOGGER.warning(
                "The address book of %s has only %d contacts of %d: it is believed"
                " if the next reading says so too",
                self._title,
                new.count,
                known.count,
            )
            await self._async_save(known, doubted=new.count)
            return Reading(Outcome.DOUBTED, known)
        await self._async_save(new)
        return Reading(Outcome.READ, new)

    async def async_put(self, book: Book) -> None:
        """Keep a book that a person has just read; raises BookError."""
        async with self._lock:
            await self._async_save(book)
            self._telling.back(self._title)

    async def _async_save(self, book: Book, doubted: int | None = None) -> None:
        """Keep a book; raises BookError where the disk does not take it."""
        read_at = dt_util.utcnow().isoformat()

        def shape() -> dict[str, Any]:
            return book.as_stored() | {"read_at": read_at, "doubted": doubted}

        if not await self._store.async_save(shape):
            raise BookError(Problem.NOT_KEPT)

    async def _async_use(self) -> None:
        """Give the names to the accounts that are loaded."""
        for entry in list(self._entries):
            book = await async_phone_book_of(self._hass, entry)
            if entry in self._entries and hasattr(entry, "runtime_data"):
                entry.runtime_data.phone_book.take(book)

    async def async_remove(self) -> None:
        """Forget the book, which no account uses any more."""
        self._removed = True
        self._stop()
        self._stop_asking()
        self._telling.forget()
        async with self._lock:
            await async_forget(self._hass, ADDRESS_BOOK, self._book_id)

    @property
    def _source(self) -> Source | None:
        """Where the book lies by now, as any account that uses it tells."""
        for entry in entries_with(self._hass, self._book_id):
            return Source.from_entry(entry.data)
        return None

    @property
    def _title(self) -> str:
        titles = (entry.title for entry in entries_with(self._hass, self._book_id))
        return ", ".join(titles)


def entries_with(hass: HomeAssistant, book_id: str) -> list[ConfigEntry]:
    """Return the accounts that use a book."""
    return [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if book_id_of(entry.data) == book_id
    ]


_KEEPERS = InHome[Keeper]("address_books")


def keeper_of(hass: HomeAssistant, book_id: str) -> Keeper:
    """Return who keeps a book, the same one each time."""
    return _KEEPERS.obtain(hass, book_id, lambda: Keeper(hass, book_id))


async def async_forget_unused(hass: HomeAssistant, book_id: str) -> None:
    """Forget a book that an account has left, if it was the last one."""
    if not entries_with(hass, book_id):
        keeper = keeper_of(hass, book_id)
        _KEEPERS.forget(hass, book_id)
        await keeper.async_remove()
