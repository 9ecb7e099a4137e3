"""An address book as it was read last, and how it is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ..calls.phone_book import CONTACTS_AT_MOST
from ..calls.vcard import Contact


@dataclass(frozen=True, slots=True)
class Card:
    """One resource of a book: its path, its version, and who is in it."""

    path: str
    etag: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """What was read: `token` is the server's word for this version of it.

    `odd` are cards that were not understood or not given, `too_many` those beyond the
    most that are read, and `empty` those that hold nobody: without number or name.
    """

    cards: tuple[Card, ...] = ()
    token: str = ""
    odd: int = 0
    too_many: int = 0
    empty: int = 0

    @property
    def count(self) -> int:
        """Return how many contacts there are."""
        found = sum(len(card.contacts) for card in self.cards)
        return min(found, CONTACTS_AT_MOST)

    @classmethod
    def from_store(cls, stored: Mapping[str, Any] | None) -> Self:
        """Read what was stored; not for an event loop."""
        if not stored:
            return cls()
        return cls(
            tuple(
                Card(path, etag, _contacts(contacts))
                for path, etag, contacts in stored["cards"]
            ),
            stored["token"],
            stored["odd"],
            stored["too_many"],
            stored.get("empty", 0),
        )

    def as_stored(self) -> dict[str, Any]:
        """Return what is stored; not for an event loop."""
        return {
            "cards": [
                [
                    card.path,
                    card.etag,
                    [[c.name, list(c.numbers)] for c in card.contacts],
                ]
                for card in self.cards
            ],
            "token": self.token,
            "odd": self.odd,
            "too_many": self.too_many,
            "empty": self.empty,
        }


def _contacts(stored: Iterable[tuple[str, list[str]]]) -> tuple[Contact, ...]:
    return tuple(Contact(name, tuple(numbers)) for name, numbers in stored)
