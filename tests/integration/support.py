"""What several tests need to say."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import restore_state
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    async_mock_load_restore_state_from_storage,
)

from custom_components.sip_account.login import certificate_data
from custom_components.sip_account.sip_settings import ClientCertificate
from demo import AccountBox
from demo.exchange import Exchange
from demo.faults import READY

from .beside import running

ALICE = "alice@example.com"
BOB = "bob@example.com"
CAROL = "carol@example.com"
CALENDAR = "calendar.alice_example_com_calls"


_LOOPS: WeakKeyDictionary[AccountBox, asyncio.AbstractEventLoop] = WeakKeyDictionary()


async def in_box(box: AccountBox, work: Coroutine[Any, Any, None]) -> None:
    """Let something happen in the server's own loop."""
    future = asyncio.run_coroutine_threadsafe(work, _LOOPS[box])
    await asyncio.wrap_future(future)


@contextmanager
def box_in_thread() -> Iterator[AccountBox]:
    """Run a box beside Home Assistant, as a server is: not in its event loop."""
    box = AccountBox(now=lambda: datetime.now(UTC))
    with running(box) as _LOOPS[box]:
        yield box


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


class Held:
    """An answer that a box holds back."""

    def __init__(self, box: AccountBox) -> None:
        self.asked = asyncio.Event()
        self._may_go = asyncio.Event()
        self._box_loop = _LOOPS[box]

    async def wait(self) -> None:
        """Wait in the box, until a test lets it go on."""
        await self._may_go.wait()

    def go_on(self) -> None:
        """Let the box answer."""
        self._box_loop.call_soon_threadsafe(self._may_go.set)


def hold(box: AccountBox, action: str, then: str | None = None) -> Held:
    """Hold back the next answer to an action, which is as true as when it was asked.

    With `then` it ends in that fault; what was to be done is done by then.
    """
    held = Held(box)
    loop = asyncio.get_running_loop()

    async def late(exchange: Exchange) -> Any:
        answer = exchange.answer()
        if exchange.account:
            box.faults.remove("*", action)
            loop.call_soon_threadsafe(held.asked.set)
            await held.wait()
            if then:
                return await READY[then](exchange)
        return answer

    box.faults.set("*", action, late)
    return held


async def remember(
    hass: HomeAssistant, storage: dict[str, Any], state: State, extra: dict[str, Any]
) -> None:
    """Let Home Assistant have stored this before it was restarted.

    `storage` is the fixture `hass_storage`. The plugin's own
    `mock_restore_cache_with_extra_data` fills a dictionary that Home Assistant 2026.11
    no longer reads: it keeps states by the id in the registry. What is in the store is
    read by every version.
    """
    stored = {
        "state": state.as_dict(),
        "extra_data": extra,
        "last_seen": dt_util.utcnow().isoformat(),
    }
    storage[restore_state.STORAGE_KEY] = {
        "version": restore_state.STORAGE_VERSION,
        "key": restore_state.STORAGE_KEY,
        "data": [stored],
    }
    await async_mock_load_restore_state_from_storage(hass)
