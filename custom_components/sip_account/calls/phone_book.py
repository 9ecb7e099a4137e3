"""Numbers and addresses to names, from a person's own contacts."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial
from itertools import chain
import re

from ..sip_settings import Call, read_number
from .spelling import Spelled, as_people_write, spelled
from .vcard import Contact

CONTACTS_AT_MOST = 5000
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


class Origin(StrEnum):
    """Where a name comes from; the first of these wins."""

    BY_HAND = "by_hand"
    FILE = "file"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Known:
    """A contact as people see it: with the numbers that are named by it."""

    name: str
    numbers: tuple[str, ...]
    origin: Origin


class PhoneBook:
    """Finds the name that belongs to a call, and how its number is written."""

    def __init__(
        self,
        contacts: Iterable[Contact] = (),
        regions: Regions = NO_REGIONS,
        shared: Iterable[Contact] = (),
        by_hand: Iterable[Contact] = (),
    ) -> None:
        """Take the contacts; the first of those that share a number wins.

        Those `by_hand` come before the others, and those of an address book, `shared`,
        behind them. One by hand without a name is a number that a person has had
        forgotten, wherever else it is named.
        """
        self.by_hand = tuple(by_hand)[:CONTACTS_AT_MOST]
        self.contacts = tuple(contacts)[:CONTACTS_AT_MOST]
        self.shared = tuple(shared)[:CONTACTS_AT_MOST]
        self.regions = regions
        # By address, by number or code as it is compared, and by national digits: None
        # for two people, since no name is better than a wrong one.
        self._addresses: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._national: dict[str, str | None] = {}
        self._named_before: tuple[tuple[Call, ...], tuple[Call, ...]] = ((), ())
        book_number = partial(spelled, region=regions.book)
        # Each number is looked at several times until the book is filled.
        self._book_number: Callable[[str], Spelled | None] = cache(book_number)
        self._by_hand = {self._same(n) for it in self.by_hand for n in it.numbers}
        self._fill()
        self.known = tuple(self._known())
        self._book_number = book_number

    @property
    def count(self) -> int:
        """Return how many contacts there are."""
        return len(self.known)

    def take(self, other: PhoneBook) -> None:
        """Become another book, in the middle of everything."""
        self.by_hand, self.contacts = other.by_hand, other.contacts
        self._by_hand = other._by_hand
        self.shared, self.known = other.shared, other.known
        self.regions, self._book_number = other.regions, other._book_number
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
        if calls is None or not (self.known or self.regions.account):
            return calls
        before, named = self._named_before
        if calls is before:
            return named
        named = await asyncio.to_thread(self._with_names, calls)
        self._named_before = (calls, named)
        return named

    def _with_names(self, calls: tuple[Call, ...]) -> tuple[Call, ...]:
        return tuple(map(self._named, calls))

    def with_contact(
        self, name: str, numbers: Sequence[str], instead_of: Sequence[str] = ()
    ) -> list[Contact]:
        """Return what is given by hand, with a name for these numbers, or with none.

        Those `instead_of` which they are given are forgotten. What a file or an address
        names otherwise has to be remembered as forgotten, all else need not.
        """
        named = {self._same(number): number for number in numbers if name}
        touched = {self._same(number): number for number in (*instead_of, *numbers)}
        kept = []
        for contact in self.by_hand:
            others = tuple(n for n in contact.numbers if self._same(n) not in touched)
            if others:
                kept.append(replace(contact, numbers=others))
        elsewhere = {self._same(n) for it in self._others() for n in it.numbers}
        forgotten = [
            Contact("", (number,))
            for key, number in touched.items()
            if key not in named and key in elsewhere
        ]
        given = [Contact(name, tuple(named.values()))] if named else []
        return [*given, *forgotten, *kept]

    def knows(self, number: str) -> bool:
        """Whether a number or address is that of a contact, in whatever spelling."""
        wanted = self._same(number)
        return any(self._same(n) == wanted for it in self.known for n in it.numbers)

    def _others(self) -> Iterator[Contact]:
        return chain(self.contacts, self.shared)

    def _known(self) -> Iterator[Known]:
        """Return the contacts as people see them, each once."""
        for contact in self.by_hand:
            if contact.name:
                yield Known(contact.name, contact.numbers, Origin.BY_HAND)
        seen: set[tuple[str, str]] = set()
        origins = (Origin.FILE, self.contacts), (Origin.ADDRESS, self.shared)
        for origin, contacts in origins:
            for contact in contacts:
                own = {self._same(number): number for number in contact.numbers}
                left = tuple(
                    number
                    for key, number in own.items()
                    if key not in self._by_hand and (key, contact.name) not in seen
                )
                seen.update((key, contact.name) for key in own)
                if left and contact.name:
                    yield Known(contact.name, left, origin)

    def find(self, party: str) -> str | None:
        """Return a name by SIP address, or by number: see `spelling`."""
        if len(party) > _LONGEST:
            return None
        address = _address(party)
        if (known := self._addresses.get(address)) is not None:
            return known or None
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

    def _fill(self) -> None:
        """Enter all contacts, numbers before addresses, and those by hand first.

        The number in an address is its contact's where no other has the number itself,
        unless a person has had the address forgotten, or named otherwise.
        """
        addresses: list[tuple[str, str]] = []
        for number, name in _numbers_of(self.by_hand):
            if "@" in number:
                self._addresses.setdefault(_address(number), name)
                if name:
                    addresses.append((number, name))
            else:
                self._add(number, name)
                self._add_as_typed(number, name)
        own = tuple(addresses)
        for number, name in _numbers_of(self._others()):
            if "@" not in number:
                self._add(number, name)
            elif _address(number) not in self._by_hand:
                self._addresses.setdefault(_address(number), name)
                addresses.append((number, name))
        for number, name in own:
            self._add(number, name)
            self._add_as_typed(number, name)
        for number, name in addresses:
            self._add(number, name)

    def _add(self, number: str, name: str) -> None:
        user = _address(number).partition("@")[0]
        known = self._book_number(user)
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

    def _add_as_typed(self, number: str, name: str) -> None:
        """Let a number that was typed without its country be just that.

        Where two people are dialled alike, a person has said who this one is.
        """
        typed = spelled(_address(number).partition("@")[0])
        if typed and not typed.is_international:
            self._numbers.setdefault(typed.written, name)

    def _same(self, text: str) -> str:
        """Return a number or address so that all of its spellings are one."""
        address = _address(text)
        number = None if "@" in address else self._book_number(address)
        return number.written if number else address


def is_number_or_address(text: str) -> bool:
    """Whether a text is something that a call could come from."""
    if len(text) > _LONGEST:
        return False
    user, at, domain = _address(text).partition("@")
    if at:
        return bool(user and domain)
    return read_number(user) is not None or bool(_CODE.fullmatch(user))


def _numbers_of(contacts: Iterable[Contact]) -> Iterator[tuple[str, str]]:
    return ((number, it.name) for it in contacts for number in it.numbers)


def _address(text: str) -> str:
    return _SCHEME.sub("", text.strip().lower()).partition(";")[0]
