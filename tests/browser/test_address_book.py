"""The dialogs of a phone book at an address, with a real server that has several."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from demo.address_book import (
    PASSWORD,
    USER,
    AddressBooks,
    address_books,
    book_authority,
)
from tests.integration.address_book.odd_server import OddServer

from .flow import Dialog
from .frontend import Frontend
from .household import ALICE, CAROL, Household


@contextmanager
def _moved_books() -> Iterator[tuple[OddServer, AddressBooks]]:
    """Run a server that leads to another one, where the books are."""
    with address_books() as books:

        async def lead(_request: web.Request) -> web.StreamResponse:
            return web.Response(status=301, headers={"Location": books.url})

        books.write("friends", "Dentist", "+31208005161")
        books.write("office", "The office", "+31208005162")
        with OddServer(answer=lead).running() as server:
            yield server, books


def _open(
    home: Frontend,
    *chosen: str,
    account: str = CAROL,
    first: str = "Phone book at an address",
) -> Dialog:
    home.open_accounts()
    row = home.page.locator("ha-config-entry-row").filter(has_text=account)
    row.get_by_role("button", name="Configure", exact=True).click()
    dialog = Dialog(home.page)
    for option in (first, *chosen):
        dialog.choose(option)
    return dialog


def test_phone_book_at_an_address(home: Frontend, house: Household) -> None:
    """It is given, confirmed, chosen, shared and left."""
    house.add(CAROL, by="password")
    house.add(ALICE, by="password")
    with _moved_books() as (server, books):
        dialog = _open(home)
        dialog.shows("options.step.book_address")
        home.picture("address")
        dialog.fill(url=server.origin, username=USER, password=PASSWORD)
        dialog.submit()
        dialog.shows("options.step.untrusted_book")
        dialog.choose("Upload its authority")
        dialog.shows("options.step.book_authority")
        dialog.upload("authority.pem", book_authority().certificate_pem)
        dialog.submit()
        dialog.shows("options.step.other_host")
        home.picture("other_host")
        dialog.submit()
        dialog.shows("options.step.choose_book")
        dialog.inside.get_by_text("Friends").click()
        home.picture("choose")
        assert dialog.submit()["reason"] == "book_read"
        dialog.wait_for("Contacts read: 1")
        dialog.close()

        dialog = _open(home, account=ALICE, first="Phone book of another account")
        dialog.shows("options.step.shared_book")
        home.picture("shared")
        assert dialog.submit()["reason"] == "book_shared"
        dialog.close()

        dialog = _open(home, account=ALICE)
        dialog.shows("options.step.address_book")
        dialog.choose("Back")
        dialog.shows("options.step.init")
        dialog.choose("Use a phone book of its own")
        dialog.shows("options.step.own_book")
        home.picture("own")
        assert dialog.submit()["reason"] == "book_own"
        dialog.close()

        dialog = _open(home, "Use it no more")
        dialog.shows("options.step.leave_book")
        assert dialog.submit()["reason"] == "book_left"
        dialog.close()

        dialog = _open(home, account=ALICE)
        dialog.fill(url=books.url, username=USER, password=PASSWORD)
        dialog.submit()
        dialog.choose("Trust just this certificate")
        dialog.shows("options.step.book_pin")
        home.picture("pin")
