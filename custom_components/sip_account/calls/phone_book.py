"""Numbers and addresses to names, from a person's own contacts.

Kept in a store of its own, not in the config entry, and removed with the entry.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..sip_settings import Call, read_number
from .vcard import Contact

CONTACTS_AT_MOST = 5000
_VERSION = 1
# A national number and an international one agree in their last digits.
_LAST_DIGITS = 9
_SCHEME = re.compile(r"^(?:sips?|tel):")
_LONGEST = 255  # characters of a number or address
# The longest real lists, 50 + 50 calls and as many again, are looked through at once.
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Index:
    addresses: dict[str, str]
    numbers: dict[str, str]
    endings: dict[str, str | None]


class PhoneBook:
    """Finds the name that belongs to a call."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        """Take the contacts; the first of those that share a number wins."""
        self.contacts = tuple(contacts)[:CONTACTS_AT_MOST]
        self._index = _Index({}, {}, {})
        self._named_before: tuple[tuple[Call, ...], tuple[Call, ...]] = ((), ())
        for contact in self.contacts:
            for number in contact.numbers:
                self._add(number, contact.name)

    async def async_named(
        self, calls: tuple[Call, ...] | None
    ) -> tuple[Call, ...] | None:
        """Return the calls with the names of the book in place of the callers' own.

        A list that is longer than any account's is looked through in a thread; one that
        was given before has its names already.
        """
        if calls is None or not self.contacts:
            return calls
        before, named = self._named_before
        if calls is before:
            return named
        if len(calls) <= _AT_ONCE:
            named = self._with_names(calls)
        else:
            named = await asyncio.to_thread(self._with_names, calls)
        self._named_before = (calls, named)
        return named

    def _with_names(self, calls: tuple[Call, ...]) -> tuple[Call, ...]:
        return tuple(map(self._named, calls))

    def with_contact(self, number: str, name: str) -> list[Contact]:
        """Return the contacts with this number's name changed, or taken away."""
        changed = _same(number)
        kept = []
        for contact in self.contacts:
            others = tuple(n for n in contact.numbers if _same(n) != changed)
            if others:
                kept.append(replace(contact, numbers=others))
        return [Contact(name, (number,)), *kept] if name else kept

    def find(self, party: str) -> str | None:
        """Return a name by SIP address, full number, or last nine digits."""
        if len(party) > _LONGEST:
            return None
        address = _address(party)
        if name := self._index.addresses.get(address):
            return name
        number = read_number(address.partition("@")[0])
        if number is None:
            return None
        return self._index.numbers.get(number) or self._index.endings.get(
            number[-_LAST_DIGITS:]
        )

    def _named(self, call: Call) -> Call:
        name = self.find(call.party) if call.party else None
        return replace(call, name=name, name_source="phone_book") if name else call

    def _add(self, number: str, name: str) -> None:
        index = self._index
        if "@" in number:
            index.addresses.setdefault(_address(number), name)
        digits = read_number(_address(number).partition("@")[0])
        if digits is None:
            return
        index.numbers.setdefault(digits, name)
        if len(digits) >= _LAST_DIGITS:
            ending = digits[-_LAST_DIGITS:]
            # Two people whose numbers end alike: better no name than a wrong one.
            known = index.endings.setdefault(ending, name)
            if known != name:
                index.endings[ending] = None


def is_number_or_address(text: str) -> bool:
    """Whether a text is something that a call could come from."""
    if len(text) > _LONGEST:
        return False
    user, at, domain = _address(text).partition("@")
    return bool(user and domain) if at else read_number(user) is not None


def _same(text: str) -> str:
    """Return a number or address so that all of its spellings are one."""
    address = _address(text)
    return address if "@" in address else read_number(address) or address


def _address(text: str) -> str:
    return _SCHEME.sub("", text.strip().lower()).partition(";")[0]


def phone_book_store(hass: HomeAssistant, entry_id: str) -> Store[dict[str, Any]]:
    """Return where the contacts of an account are kept."""
    key = f"{DOMAIN}.phone_book.{entry_id}"
    return Store(hass, _VERSION, key, private=True, atomic_writes=True)


async def async_load_phone_book(hass: HomeAssistant, entry_id: str) -> PhoneBook:
    """Return the phone book of an account."""
    stored = await phone_book_store(hass, entry_id).async_load() or {"contacts": []}

    def build() -> PhoneBook:
        return PhoneBook(
            Contact(name, tuple(numbers)) for name, numbers in stored["contacts"]
        )

    return await hass.async_add_executor_job(build)


async def async_save_phone_book(
    hass: HomeAssistant, entry_id: str, contacts: Iterable[Contact]
) -> None:
    """Keep contacts; they are used from the next set-up on."""
    kept = [[contact.name, list(contact.numbers)] for contact in contacts]
    await phone_book_store(hass, entry_id).async_save(
        {"contacts": kept[:CONTACTS_AT_MOST]}
    )
