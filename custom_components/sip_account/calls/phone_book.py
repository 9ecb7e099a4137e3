"""Numbers and addresses to names, from a person's own contacts.

Kept in a store of its own, not in the config entry, and removed with the entry.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import CONF_ACCOUNT_REGION, CONF_ADDRESS_BOOK, CONF_BOOK_REGION, DOMAIN
from ..kept_store import kept_store
from ..sip_settings import Call, read_number
from .spelling import Spelled, as_people_write, load_rules, spelled
from .vcard import Contact

CONTACTS_AT_MOST = 5000
PHONE_BOOK = "phone_book"
_VERSION = 1
_SCHEME = re.compile(r"^(?:sips?|tel):")
# What a telephone at home understands, such as **611 for another one.
_CODE = re.compile(r"[0-9*#]{2,32}")
_LONGEST = 255  # characters of a number or address


@dataclass(frozen=True, slots=True)
class Regions:
    """Where numbers are written, as ISO 3166; None where nobody knows.

    `book` is for contacts, `account` for what is dialled, which only a person may set,
    and `home` for how numbers are shown.
    """

    book: str | None = None
    account: str | None = None
    home: str | None = None


NO_REGIONS = Regions()


class PhoneBook:
    """Finds the name that belongs to a call, and how its number is written."""

    def __init__(
        self,
        contacts: Iterable[Contact] = (),
        regions: Regions = NO_REGIONS,
        shared: Iterable[Contact] = (),
    ) -> None:
        """Take the contacts; the first of those that share a number wins.

        `shared` are those of an address book, which the account's own come before: one
        without a name is a number that a person has forgotten.
        """
        self.contacts = tuple(contacts)[:CONTACTS_AT_MOST]
        self.shared = tuple(shared)[:CONTACTS_AT_MOST]
        self.regions = regions
        # By address, by number or code as it is compared, and by national digits: None
        # for two people, since no name is better than a wrong one.
        self._addresses: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._national: dict[str, str | None] = {}
        self._named_before: tuple[tuple[Call, ...], tuple[Call, ...]] = ((), ())
        for contact in (*self.contacts, *self.shared):
            for number in contact.numbers:
                self._add(number, contact.name)

    @property
    def count(self) -> int:
        """Return how many contacts there are."""
        return sum(bool(contact.name) for contact in self.contacts) + len(self.shared)

    def take(self, other: PhoneBook) -> None:
        """Become another book, in the middle of everything."""
        self.contacts, self.shared = other.contacts, other.shared
        self.regions = other.regions
        self._addresses, self._numbers = other._addresses, other._numbers
        self._national = other._national
        self._named_before = ((), ())

    async def async_named(
        self, calls: tuple[Call, ...] | None
    ) -> tuple[Call, ...] | None:
        """Return the calls with the names of the book in place of the callers' own.

        And with their numbers as people write them. They are looked through in a
        thread: the rules of a country are loaded with its first number. A list that was
        given before has its names already.
        """
        if calls is None or not (self.contacts or self.shared or self.regions.account):
            return calls
        before, named = self._named_before
        if calls is before:
            return named
        named = await asyncio.to_thread(self._with_names, calls)
        self._named_before = (calls, named)
        return named

    def _with_names(self, calls: tuple[Call, ...]) -> tuple[Call, ...]:
        return tuple(map(self._named, calls))

    def with_contact(self, number: str, name: str) -> list[Contact]:
        """Return the contacts with this number's name changed, or taken away."""
        changed = self._same(number)
        kept = []
        for contact in self.contacts:
            others = tuple(n for n in contact.numbers if self._same(n) != changed)
            if others:
                kept.append(replace(contact, numbers=others))
        if name or self._is_shared(changed):
            kept.insert(0, Contact(name, (number,)))
        return kept

    def _is_shared(self, changed: str) -> bool:
        """Whether a number would be named by the address book."""
        numbers = (number for contact in self.shared for number in contact.numbers)
        return any(self._same(number) == changed for number in numbers)

    def find(self, party: str) -> str | None:
        """Return a name by SIP address, or by number: see `spelling`."""
        if len(party) > _LONGEST:
            return None
        address = _address(party)
        if name := self._addresses.get(address):
            return name
        user = address.partition("@")[0]
        number = spelled(user, self.regions.account)
        if number is None:
            return (self._numbers.get(user) or None) if _CODE.fullmatch(user) else None
        name = self._numbers.get(number.written)
        if name is None and not number.is_international:
            name = self._national.get(number.written)
        return name or None

    def _named(self, call: Call) -> Call:
        name = self.find(call.party) if call.party else None
        if name:
            call = replace(call, name=name, name_source="phone_book")
        return self._written(call)

    def _written(self, call: Call) -> Call:
        """Return a call with its number as it is written all over the world."""
        number = spelled(call.number, self.regions.account) if call.number else None
        if number is None:
            return call
        return replace(
            call,
            number=number.written,
            number_shown=as_people_write(number.written, self.regions.home),
            country=number.country,
        )

    def _add(self, number: str, name: str) -> None:
        address = _address(number)
        if "@" in number:
            self._addresses.setdefault(address, name)
        user = address.partition("@")[0]
        known = spelled(user, self.regions.book)
        if known is None:
            if _CODE.fullmatch(user):
                self._numbers.setdefault(user, name)
            return
        if self._numbers.setdefault(known.written, name) != name:
            # Two names of one number are no two people who are dialled alike.
            return
        for national in known.national:
            if self._national.setdefault(national, name) != name:
                self._national[national] = None

    def _same(self, text: str) -> str:
        """Return a number or address so that all of its spellings are one."""
        address = _address(text)
        number: Spelled | None = None
        if "@" not in address:
            number = spelled(address, self.regions.book)
        return number.written if number else address


def is_number_or_address(text: str) -> bool:
    """Whether a text is something that a call could come from."""
    if len(text) > _LONGEST:
        return False
    user, at, domain = _address(text).partition("@")
    if at:
        return bool(user and domain)
    return read_number(user) is not None or bool(_CODE.fullmatch(user))


def _address(text: str) -> str:
    return _SCHEME.sub("", text.strip().lower()).partition(";")[0]


def shared_book_store(hass: HomeAssistant, book_id: str) -> Store[dict[str, Any]]:
    """Return where an address book is kept, which several accounts may use."""
    key = f"{DOMAIN}.address_book.{book_id}"
    return Store(
        hass,
        _VERSION,
        key,
        private=True,
        atomic_writes=True,
        serialize_in_event_loop=False,
    )


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
    shared: dict[str, Any] | None = None
    if book_id is not None:
        shared = await shared_book_store(hass, book_id).async_load()
    regions = regions_of(hass, options)

    def build() -> PhoneBook:
        if stored["contacts"] or regions.account or shared:
            load_rules()
        cards = shared["cards"] if shared else []
        return PhoneBook(
            _contacts(stored["contacts"]),
            regions,
            chain.from_iterable(_contacts(contacts) for _, _, contacts in cards),
        )

    return await hass.async_add_executor_job(build)


def _contacts(stored: Iterable[tuple[str, list[str]]]) -> Iterator[Contact]:
    return (Contact(name, tuple(numbers)) for name, numbers in stored)


async def async_save_phone_book(
    hass: HomeAssistant, entry_id: str, contacts: Iterable[Contact]
) -> bool:
    """Keep contacts, and return whether they are: they are used from now on.

    They are taken up at the next set-up.
    """
    kept = [[contact.name, list(contact.numbers)] for contact in contacts]
    shape = {"contacts": kept[:CONTACTS_AT_MOST]}
    return await kept_store(hass, PHONE_BOOK, entry_id).async_save(lambda: shape)
