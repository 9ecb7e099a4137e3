"""An address book that a person is about to use: tried step by step, then kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util.ulid import ulid_now
from yarl import URL

from ..calls.kept_phone_book import book_id_of
from ..calls.shared_phone_book import phone_book_id, users_of
from ..const import CONF_ADDRESS_BOOK
from ..sip_settings import ServerCertificate, Trust, fetch_server_certificate
from .discovery import Found, async_discover
from .keeper import Outcome, async_forget_unused, entries_with, keeper_of
from .kept import Book
from .problems import BookError, Problem
from .reading import async_read
from .source import Source, origin_of, read_address
from .web import Web

DONE, CHOOSE, DOUBTED = "done", "choose", "doubted"


@dataclass(slots=True)
class BookDraft:
    """What a person has given and confirmed so far, and what was found with it.

    `doubted` is the origin that they have to decide about. One that `is_known` is in
    use already, and read as it is every day.
    """

    hass: HomeAssistant
    source: Source
    found: list[Found] = field(default_factory=list)
    is_known: bool = False
    is_chosen: bool = False
    doubted: str = ""
    book: Book = field(default_factory=Book)

    @classmethod
    def typed(
        cls,
        hass: HomeAssistant,
        entry: ConfigEntry,
        told: Mapping[str, str],
        draft: Self | None = None,
    ) -> Self:
        """Begin with an address, user name and password; raises BookError.

        A password that is left out is the one before, at the same host for the same
        user; whoever types an address has confirmed its host. How hosts are recognized
        stays as the `draft` before has it.
        """
        url = read_address(told["url"])
        username, password = told.get("username", ""), told.get("password", "")
        before = Source.from_entry(entry.data)
        origins, trusts = frozenset({origin_of(url)}), {}
        if before is not None:
            trusts = dict(before.trusts)
            if origin_of(before.url) == origin_of(url) and before.username == username:
                origins |= before.origins
                password = password or before.password
        if draft is not None:
            trusts |= draft.source.trusts
        source = Source(
            book_id=before.book_id if before else ulid_now(),
            url=url,
            username=username,
            password=password,
            origins=origins,
            trusts=trusts,
        )
        return cls(hass, source)

    @classmethod
    def known(cls, hass: HomeAssistant, entry: ConfigEntry) -> Self | None:
        """Begin with what an account uses, None where that is nothing."""
        source = Source.from_entry(entry.data)
        return cls(hass, source, is_known=True) if source else None

    @property
    def host(self) -> str:
        """The host that is in doubt, as it is looked up, with its port."""
        return (URL(self.doubted).raw_authority if self.doubted else "") or ""

    def choose(self, url: str) -> None:
        """Take one of those that were found."""
        chosen = next(one for one in self.found if str(one.url) == url)
        self.source = replace(self.source, url=chosen.url, is_file=chosen.is_file)
        self.is_chosen = True

    def confirm(self) -> None:
        """Take the host that is in doubt as one that may get the password."""
        origins = self.source.origins | {self.doubted}
        self.source = replace(self.source, origins=origins)

    def trust(self, trust: Trust) -> None:
        """Recognize the host that is in doubt by this."""
        host = URL(self.doubted).raw_host or ""
        trusts = {**self.source.trusts, host: trust}
        self.source = replace(self.source, trusts=trusts)

    async def async_look(self) -> ServerCertificate:
        """Return the certificate that the host in doubt shows; raises as that does."""
        return await fetch_server_certificate(URL(self.doubted))

    async def async_try(self) -> str:
        """Return what comes of it without a person: one of the words above.

        Or else the problem, as it is called in the translations.
        """
        try:
            return await (
                self._async_read_known if self.is_known else self._async_open
            )()
        except BookError as error:
            self.doubted = error.origin
            stopped = error.problem is Problem.STOPPED
            return Problem.FAILED if stopped else error.problem

    async def _async_read_known(self) -> str:
        """Read the book that is used, with what was confirmed meanwhile.

        Where the last account that used it is removed by now there is none.
        """
        users = entries_with(self.hass, self.source.book_id)
        if not users:
            raise BookError(Problem.NOT_FOUND)
        for one in users:
            if Source.from_entry(one.data) != self.source:
                use_source(self.hass, one, self.source.as_entry_data())
        reading = await keeper_of(self.hass, self.source.book_id).async_read()
        self.book = reading.book
        return DOUBTED if reading.outcome is Outcome.DOUBTED else DONE

    async def _async_open(self) -> str:
        async with Web(self.hass, self.source) as web:
            if not self.is_chosen and not self.found:
                self.found = await async_discover(self.hass, web, self.source.url)
            if not self.is_chosen and len(self.found) > 1:
                return CHOOSE
            if not self.is_chosen:
                self.choose(str(self.found[0].url))
            book = await async_read(self.hass, web, self.source, Book())
        self.book = book or Book()
        return DONE if self.book.count else "no_contacts"

    async def async_keep(self, entry: ConfigEntry) -> bool:
        """Use the book for an account, and for all that share its phone book.

        Returns whether it is kept: where the disk does not take it nothing changes.
        """
        if self.is_known:
            return True
        book_id = self.source.book_id
        try:
            await keeper_of(self.hass, book_id).async_put(self.book)
        except BookError:
            await async_forget_unused(self.hass, book_id)
            return False
        entries = users_of(self.hass, phone_book_id(entry))
        # Those that are replaced, and the new one where no account is left to use it.
        books = {book_id} | {book for one in entries if (book := book_id_of(one.data))}
        for one in entries:
            use_source(self.hass, one, self.source.as_entry_data())
        for book in books:
            await async_forget_unused(self.hass, book)
        for one in entries_with(self.hass, book_id):
            self.hass.config_entries.async_schedule_reload(one.entry_id)
        return True


def use_source(
    hass: HomeAssistant, entry: ConfigEntry, kept: dict[str, Any] | None
) -> None:
    """Write into an entry which address book it uses."""
    data = {key: value for key, value in entry.data.items() if key != CONF_ADDRESS_BOOK}
    if kept is not None:
        data[CONF_ADDRESS_BOOK] = kept
    hass.config_entries.async_update_entry(entry, data=data)


async def async_leave(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Use no address book any more, in all accounts that share a phone book."""
    source = Source.from_entry(entry.data)
    if source:
        entries = users_of(hass, phone_book_id(entry))
        for one in entries:
            use_source(hass, one, None)
        await async_forget_unused(hass, source.book_id)
        for one in entries:
            hass.config_entries.async_schedule_reload(one.entry_id)
