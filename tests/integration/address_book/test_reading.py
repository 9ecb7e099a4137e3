"""An address book at an address is read once a day, and costs little or nothing."""

from contextlib import nullcontext
from typing import Any

from homeassistant.core import Event, HomeAssistant, callback
import pytest
from yarl import URL

from custom_components.sip_account.address_book.dav import members_of
from custom_components.sip_account.address_book.keeper import Outcome, keeper_of
from custom_components.sip_account.address_book.problems import BookError
from custom_components.sip_account.address_book.web import Answer
from demo import AccountBox
from demo.address_book import AddressBooks
from tests.integration.automating import miss_call

from .odd_server import OddServer
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


async def test_next_call(
    hass: HomeAssistant, box: AccountBox, books: AddressBooks
) -> None:
    """A call that comes after a reading has the name that the server has by now."""
    told: list[tuple[str, str]] = []

    @callback
    def note(event: Event[dict[str, Any]]) -> None:
        told.append((event.data["name"], event.data["name_source"]))

    hass.bus.async_listen("sip_account_call", note)
    books.write("friends", "Erin", "020 800 5188")
    hass.config.country = "NL"
    entry = await account(hass, box, kept(f"{books.url}erin/friends/"))
    for name in ("Erin", "Erin Jones"):
        books.write("friends", "Erin", "020 800 5188")
        card = books.book("friends") / "Erin.vcf"
        card.write_bytes(card.read_bytes().replace(b"FN:Erin", b"FN:" + name.encode()))
        await hass.services.async_call(
            "sip_account",
            "read_phone_book",
            {"config_entry_id": entry.entry_id},
            blocking=True,
        )
        miss_call(box, "0031208005188@example.com", "A caller's own word")
        await entry.runtime_data.activity.async_refresh()
        await hass.async_block_till_done(wait_background_tasks=True)
    assert told == [("Erin", "phone_book"), ("Erin Jones", "phone_book")]


@pytest.mark.parametrize(
    ("octets", "whole"), [(2_000, True), (200_000, True), (400_000, False)]
)
def test_longest_tag(octets: int, whole: bool) -> None:
    """A comment is passed over, but for one that is too long."""
    body = (
        '<d:multistatus xmlns:d="DAV:"><!-- ' + "x" * octets + " --><d:response>"
        "<d:href>/a.vcf</d:href></d:response></d:multistatus>"
    ).encode()
    with nullcontext() if whole else pytest.raises(BookError):
        assert [member.href for member in members_of(body)] == ["/a.vcf"]


def test_contacts_are_in_no_trace() -> None:
    """What an answer holds is nobody's to see in a log."""
    answer = Answer(URL("https://book.example/"), 200, "", b"BEGIN:VCARD Erin")
    assert "Erin" not in repr(answer)


async def test_many_contacts(hass: HomeAssistant, box: AccountBox) -> None:
    """A file of some hundred kilobytes is nothing large."""
    server = OddServer({f"Contact {at}": f"+4930{at:07}" for at in range(3000)})
    with server.running():
        await account(hass, box, kept(f"{server.origin}/a.vcf", is_file=True))
        book = (await keeper_of(hass, "one").async_read()).book
    assert book is not None
    assert book.count == 3000
