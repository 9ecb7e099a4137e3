"""When what was last known is taken, and kept: to the second."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from demo import AccountBox

from .support import ALICE

KNOWN = {"balance": 12.0, "registered": 1.0}


@pytest.fixture(autouse=True)
def _prepaid(box: AccountBox) -> None:
    """Let the account be prepaid, with 12 to spend, and have a phone."""
    box.accounts[ALICE].prepaid, box.accounts[ALICE].balance = True, Decimal(12)


@pytest.fixture(name="wait")
def _wait(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Callable[..., Any]:
    """Give a way to let seconds pass."""

    async def wait(seconds: float) -> None:
        freezer.tick(timedelta(seconds=seconds))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return wait


async def test_taken_and_kept(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_up: Callable[..., Any],
    wait: Callable[..., Any],
) -> None:
    """It is taken a minute after the start, and kept ten seconds later."""
    entry = await set_up(ALICE)
    key = f"sip_account.last_known.{entry.entry_id}"
    known = entry.runtime_data.last_known
    await wait(58.9)
    assert known.values == {}
    await wait(1.1)
    assert known.values == KNOWN
    await wait(8.9)
    assert key not in hass_storage
    await wait(1.1)
    assert hass_storage[key]["data"] == KNOWN


async def test_kept_at_the_end(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_up: Callable[..., Any],
    wait: Callable[..., Any],
) -> None:
    """What was taken is kept at once when the account is unloaded, and known again."""
    entry = await set_up(ALICE)
    await wait(60)
    await hass.config_entries.async_unload(entry.entry_id)
    key = f"sip_account.last_known.{entry.entry_id}"
    assert hass_storage[key]["data"] == KNOWN
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.runtime_data.last_known.values == KNOWN


@pytest.mark.parametrize(("failing", "kept"), [("prepaid", 12.0), ("devices", 7.0)])
async def test_what_fails_stays(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    failing: str,
    kept: float,
) -> None:
    """What cannot be read is as it was last, and what can is taken."""
    entry = await set_up(ALICE)
    await poll()
    account = box.accounts[ALICE]
    account.balance, account.devices = Decimal(7), []
    box.faults.set("*", failing, "html_502")
    await poll()
    assert entry.runtime_data.last_known.values == {
        "balance": kept,
        "registered": float(failing == "devices"),
    }


async def test_account_without_a_balance(
    box: AccountBox, set_up: Callable[..., Any], poll: Callable[..., Any]
) -> None:
    """Of an account that is not prepaid only its phones are known."""
    box.accounts[ALICE].prepaid = False
    box.accounts[ALICE].devices = []
    entry = await set_up(ALICE)
    await poll()
    assert entry.runtime_data.last_known.values.get("registered") == 0.0
