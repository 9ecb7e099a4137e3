"""An address book at an address is read once a day, and costs little or nothing."""

from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.address_book.keeper import Outcome, keeper_of
from demo import AccountBox
from demo.address_book import AddressBooks

from .support import CALLER, account, kept, name_of


async def _read(hass: HomeAssistant) -> Outcome:
    return (await keeper_of(hass, "one").async_read()).outcome


async def test_changed_book(
    hass: HomeAssistant, box: AccountBox, books: AddressBooks
) -> None:
    """What changes at the server is known after the next reading."""
    books.write("friends", "Erin", CALLER)
    books.write("friends", "Zoë & <Max>", "+31208005199")
    entry = await account(hass, box, kept(f"{books.url}erin/friends/"))
    assert await _read(hass) is Outcome.READ
    assert name_of(entry) == "Erin"
    assert name_of(entry, "0031208005199") == "Zoë & <Max>"
    books.write("friends", "Erin", "+31208005163")
    books.write("friends", "Frank", CALLER)
    assert await _read(hass) is Outcome.READ
    assert name_of(entry) == "Frank"
    assert name_of(entry, "+31208005163") == "Erin"


async def test_unchanged_book(
    hass: HomeAssistant, box: AccountBox, books: AddressBooks
) -> None:
    """It costs one request; of a changed one only what has changed is read."""
    for at in range(120):
        books.write("friends", f"Person {at}", f"+3120800{at:04}")
    await account(hass, box, kept(f"{books.url}erin/friends/"))
    assert await _read(hass) is Outcome.READ
    assert [method for method, _ in books.asked] == ["PROPFIND"] * 2 + ["REPORT"] * 3
    books.asked.clear()
    assert await _read(hass) is Outcome.UNCHANGED
    assert [method for method, _ in books.asked] == ["PROPFIND"]
    books.asked.clear()
    books.write("friends", "Person 7", "+31208009999")
    assert await _read(hass) is Outcome.READ
    assert [method for method, _ in books.asked] == ["PROPFIND"] * 2 + ["REPORT"]


@pytest.mark.parametrize("odd", ["\x0b", "\x0c", "\x1f", "\x85", "\u2028"])
async def test_odd_characters(
    hass: HomeAssistant, box: AccountBox, books: AddressBooks, odd: str
) -> None:
    """What a real server sends of a card that has what XML cannot say."""
    books.write("friends", f"Er{odd}in", CALLER)
    books.write("friends", "Frank", "+31208005163")
    entry = await account(hass, box, kept(f"{books.url}erin/friends/"))
    assert await _read(hass) is Outcome.READ
    assert name_of(entry, "+31208005163") == "Frank"
    assert (name_of(entry) or "").startswith("Er")
