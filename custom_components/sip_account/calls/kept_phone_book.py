"""Where phone books are kept: in stores of their own, not in the config entries."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from homeassistant.core import HomeAssistant

from ..const import CONF_ACCOUNT_REGION, CONF_ADDRESS_BOOK, CONF_BOOK_REGION
from ..kept_store import kept_store
from .phone_book import CONTACTS_AT_MOST, PhoneBook, Regions
from .spelling import load_rules
from .vcard import Contact

PHONE_BOOK = "phone_book"
# What was read from an address, by the id of the address book.
ADDRESS_BOOK = "address_book"


def book_id_of(data: Mapping[str, Any]) -> str | None:
    """Return which address book an entry uses, None where it uses none."""
    kept = data.get(CONF_ADDRESS_BOOK)
    return kept["book_id"] if kept else None


def regions_of(hass: HomeAssistant, options: Mapping[str, Any]) -> Regions:
    """Return where the numbers of an account and of its contacts are written."""
    home = hass.config.country
    return Regions(
        book=options.get(CONF_BOOK_REGION) or home,
        account=options.get(CONF_ACCOUNT_REGION),
        home=home,
    )


async def async_load_phone_book(
    hass: HomeAssistant,
    entry_id: str,
    options: Mapping[str, Any],
    book_id: str | None = None,
) -> PhoneBook:
    """Return the phone book of an account, with the address book that it uses."""
    store = kept_store(hass, PHONE_BOOK, entry_id)
    stored = await store.async_load() or {"contacts": []}
    contacts, by_hand = stored["contacts"], stored.get("by_hand", 0)
    shared: dict[str, Any] | None = None
    if book_id is not None:
        shared = await kept_store(hass, ADDRESS_BOOK, book_id).async_load()
    regions = regions_of(hass, options)

    def build() -> PhoneBook:
        # Those by hand are the first; a home of 0.1.0 does not tell how many, but
        # leaves those that are forgotten, which no file has.
        of_file = [kept for kept in contacts[by_hand:] if kept[0]]
        forgotten = [kept for kept in contacts[by_hand:] if not kept[0]]
        if contacts or regions.account or shared:
            load_rules()
        cards = shared["cards"] if shared else []
        return PhoneBook(
            _contacts(of_file),
            regions,
            chain.from_iterable(_contacts(card) for _, _, card in cards),
            _contacts(contacts[:by_hand] + forgotten),
        )

    return await hass.async_add_executor_job(build)


def _contacts(stored: Iterable[tuple[str, list[str]]]) -> Iterator[Contact]:
    return (Contact(name, tuple(numbers)) for name, numbers in stored)


async def async_save_phone_book(
    hass: HomeAssistant,
    entry_id: str,
    contacts: Iterable[Contact],
    by_hand: Iterable[Contact] = (),
) -> bool:
    """Keep contacts, and return whether they are: they are used from now on.

    They are taken up at the next set-up. Version 0.1.0 reads them, too.
    """
    given = _stored(by_hand)
    shape = {"contacts": given + _stored(contacts), "by_hand": len(given)}
    return await kept_store(hass, PHONE_BOOK, entry_id).async_save(lambda: shape)


def _stored(contacts: Iterable[Contact]) -> list[list[Any]]:
    kept = [[contact.name, list(contact.numbers)] for contact in contacts]
    return kept[:CONTACTS_AT_MOST]
