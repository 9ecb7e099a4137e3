"""What several tests need to say."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread
from typing import Any
from weakref import WeakKeyDictionary

from custom_components.sip_account.login import certificate_data
from custom_components.sip_account.sip_settings import ClientCertificate
from demo import AccountBox
from tests.limits import LIMIT

ALICE = "alice@example.com"
BOB = "bob@example.com"
CAROL = "carol@example.com"


async def _close(box: AccountBox) -> None:
    """Stop a box, and whatever still waits for a client."""
    await box.stop()
    waiting = asyncio.all_tasks() - {asyncio.current_task()}
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


_LOOPS: WeakKeyDictionary[AccountBox, asyncio.AbstractEventLoop] = WeakKeyDictionary()


async def in_box(box: AccountBox, work: Coroutine[Any, Any, None]) -> None:
    """Let something happen in the server's own loop."""
    future = asyncio.run_coroutine_threadsafe(work, _LOOPS[box])
    await asyncio.wrap_future(future)


@contextmanager
def box_in_thread() -> Iterator[AccountBox]:
    """Run a box beside Home Assistant, as a server is: not in its event loop."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="account in a box")
    thread.start()
    box = AccountBox(now=lambda: datetime.now(UTC))
    _LOOPS[box] = loop
    try:
        asyncio.run_coroutine_threadsafe(box.start(), loop).result(LIMIT)
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_close(box), loop).result(LIMIT)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def url_of(box: AccountBox, path: str = "/settings.phtml") -> str:
    """Return a page's address by number: tests must not resolve names."""
    return f"https://127.0.0.1:{box.port}{path}"


def certificate_entry_data(box: AccountBox, address: str) -> dict[str, Any]:
    """Return what an entry holds that was made with the platform's certificate."""
    certificate = ClientCertificate.load(box.certificate_for(address).crt())
    return {
        "url": url_of(box),
        "account": address,
        "allow_weak_certificate": True,
        "trusted_authority": box.authority_pem.decode(),
        **certificate_data(certificate),
    }


def password_entry_data(box: AccountBox, address: str) -> dict[str, Any]:
    """Return what an entry holds that was made with a password."""
    return {
        "url": url_of(box, "/today/settings.phtml"),
        "account": address,
        "password": box.accounts[address].password,
        "trusted_authority": box.authority_pem.decode(),
    }
