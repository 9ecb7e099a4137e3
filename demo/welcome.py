"""What `scripts/demo` tells whoever looks around: where, as whom, and what to try."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from . import address_book
from .person import PASSWORD, USER
from .server import AccountBox


def welcome(
    address: str,
    box: AccountBox,
    books: address_book.AddressBooks,
    folder: Path,
    *,
    added: Collection[str],
    further: Iterable[str],
) -> str:
    """Tell of the home at `address`, and of the accounts that can be added to it.

    `folder` has the certificates; `added` are in the home; `further` are lines for the
    end.
    """
    lines = [
        f"Address   {address}",
        f"User      {USER}",
        f"Password  {PASSWORD}",
        "",
        "To add an account by hand (Settings, Devices & services, Add integration):",
        *_accounts(box, added),
        f"Certificates  {folder}",
        "              the password of an account opens its .p12 files, too",
        f"Its server    {box.page_url}",
        f"  today       {box.today_url}",
        f"  as of 2026  {box.page_2026_url}",
        f"Authority     {folder / 'authority.pem'}",
        "",
        f"A phone book at an address: {books.url}",
        f"Its user      {address_book.USER}",
        f"Its password  {address_book.PASSWORD}",
        "",
        *further,
        "Ctrl-C stops everything and leaves nothing behind.",
    ]
    width = max(map(len, lines))
    rows = (f"│ {line.ljust(width)} │" for line in lines)
    edge = "─" * (width + 2)
    return "\n".join(["", f"┌{edge}┐", *rows, f"└{edge}┘"])


def _accounts(box: AccountBox, added: Collection[str]) -> Iterator[str]:
    for address, account in box.accounts.items():
        there = "there already" if address in added else "not there yet"
        yield f"  {address:<20} {account.password:<14} {there}"
