"""The account in a box in a process of its own, so that its work is not ours."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
import multiprocessing
from multiprocessing.connection import Connection
import ssl
from typing import Concatenate

from demo import AccountBox
from demo.faults import slow
from demo.public import public_certificate

from .accounts import MOST_CALLS_ON_A_SIDE, MOST_TRANSACTIONS, filled


class RemoteBox:
    """The box as the process sees it that measures."""

    def __init__(self, connection: Connection) -> None:
        """Talk with the box's process through `connection`."""
        self._connection = connection
        self.port = self.do(_port)

    def do[**Params, Result](
        self,
        work: Callable[Concatenate[AccountBox, Params], Result],
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Result:
        """Let a function of a module do something with the box, in its own process."""
        self._connection.send((work, args, kwargs))
        result: Result = self._connection.recv()
        return result

    def url(self, path: str = "/settings.phtml") -> str:
        """Return a page's address by number, so that no name is looked up."""
        return f"https://127.0.0.1:{self.port}{path}"


@contextmanager
def running_box(
    accounts: int = 1, *, today: datetime | None = None, **size: int
) -> Iterator[RemoteBox]:
    """Run a box with so many accounts of one `size` (see `accounts.filled`).

    With `today` the box's clock stands still at that time.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_run, args=(theirs, accounts, today, size), daemon=True
    )
    process.start()
    theirs.close()
    try:
        yield RemoteBox(ours)
    finally:
        ours.close()
        process.join()


def longest_lists(accounts: int = 1) -> AbstractContextManager[RemoteBox]:
    """Run a box with accounts that fill the longest lists of any server."""
    return running_box(
        accounts, calls=MOST_CALLS_ON_A_SIDE, transactions=MOST_TRANSACTIONS
    )


def _run(
    connection: Connection, accounts: int, today: datetime | None, size: dict[str, int]
) -> None:
    begun = today or datetime.now(UTC).replace(microsecond=0)
    people = [filled(number, begun, **size) for number in range(accounts)]
    box = AccountBox(people)
    if today:
        now(box, today)
    asyncio.run(_serve(connection, box))


async def _serve(connection: Connection, box: AccountBox) -> None:
    closed = asyncio.Event()

    def answer() -> None:
        try:
            work, args, kwargs = connection.recv()
        except EOFError:
            closed.set()
            return
        connection.send(work(box, *args, **kwargs))

    async with box:
        loop = asyncio.get_running_loop()
        loop.add_reader(connection.fileno(), answer)
        await closed.wait()
        loop.remove_reader(connection.fileno())


def credentials(box: AccountBox, number: int, *, owner: bool = False) -> dict[str, str]:
    """Return an account's address, a modern certificate for it, and the authority.

    Today's servers know the certificate of the account's owner.
    """
    account = list(box.accounts.values())[number]
    name = str(account.owner_id) if owner else account.sip_address
    return {
        "account": account.sip_address,
        "certificate": box.platform.modern_certificate(name, key="p256").pem().decode(),
        "authority": box.authority_pem.decode(),
    }


def delay(box: AccountBox, seconds: float) -> None:
    """Add so much time to every answer; 0 ends it."""
    if seconds:
        box.faults.set("*", "*", slow(seconds))
    else:
        box.faults.clear()


def requests(box: AccountBox) -> int:
    """Return how many requests came since this was last asked."""
    count = len(box.requests)
    box.requests.clear()
    return count


def handshakes(box: AccountBox) -> list[bool]:
    """Return for each handshake since this was last asked whether it was resumed."""
    noted = box.handshakes.copy()
    box.handshakes.clear()
    return noted


def password(box: AccountBox, number: int) -> str:
    """Return an account's password."""
    return list(box.accounts.values())[number].password


def be_public(box: AccountBox) -> str:
    """Show a certificate as public authorities issue them; return the authority."""
    issued, authority = public_certificate()
    box.replace_server_certificate(issued)
    return authority.decode()


def _port(box: AccountBox) -> int:
    return box.port


def speak_tls_1_2(box: AccountBox) -> None:
    """Let nobody agree on a newer TLS, on connections from now on."""
    box.served.maximum_version = ssl.TLSVersion.TLSv1_2


def hang_up(box: AccountBox) -> None:
    """End all connections, as happens to idle ones between two polls."""
    box.hang_up()


def something_new(box: AccountBox) -> None:
    """Change both long lists of the first account."""
    account = next(iter(box.accounts.values()))
    account.calls[0].duration += 1
    account.balance_history[0].value -= 1


def now(box: AccountBox, moment: datetime) -> None:
    """Set the server's clock, which then stands still."""
    box.now = lambda: moment
