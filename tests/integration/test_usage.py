"""Calls, talk time and cost of today and this month, in a real Home Assistant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    async_fire_time_changed,
)

from custom_components.sip_account.diagnostics import async_get_config_entry_diagnostics
from demo import AccountBox
from demo.accounts import Call, Transaction

from .support import ALICE

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Summer time ends on the 25th.
BEGIN = datetime(2026, 10, 24, 10, tzinfo=AMSTERDAM)
KEYS = (
    "calls_today",
    "talk_time_today",
    "cost_today",
    "all_calls_this_month",
    "talk_time_this_month",
    "total_cost_this_month",
)
type See = Callable[..., State]


def _figures(see: See, entry: Any) -> list[float]:
    """Return the figures, with talk time in seconds, of which minutes are shown."""
    found = {key: float(see(entry, key).state) for key in KEYS}
    return [
        round(of * 60, 6) if key.startswith("talk") else of for key, of in found.items()
    ]


def _begin(box: AccountBox, freezer: FrozenDateTimeFactory) -> None:
    """Let it be the morning before summer time ends, and the account have no past."""
    freezer.move_to(BEGIN)
    account = box.accounts[ALICE]
    account.calls.clear()
    account.balance_history.clear()


def _call(box: AccountBox, side: Any, duration: int, price: str = "0") -> None:
    started = box.now().replace(microsecond=0) - timedelta(seconds=duration + 1)
    call = Call(side, "sip:0031208005161@example.com", started)
    call.status = 200 if duration else 487
    call.duration, call.price = duration, Decimal(price)
    call.session_id = f"s{started:%d%H%M%S}{side}"
    box.accounts[ALICE].calls.insert(0, call)


async def _go_to(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, *local: int
) -> None:
    """Let it be a time where the account is; nothing is polled."""
    freezer.move_to(datetime(*local, tzinfo=AMSTERDAM))  # type: ignore[arg-type, misc]
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


async def _poll(hass: HomeAssistant, entry: Any) -> None:
    await entry.runtime_data.settings.async_refresh()
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()


@pytest.mark.parametrize("home", ["America/New_York", "Europe/Amsterdam"])
@pytest.mark.parametrize("by", ["certificate", "password"])
async def test_days_months_and_restarts(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    see: See,
    by: str,
    home: str,
) -> None:
    """Days and months are the account's, also where a day has 25 hours."""
    await hass.config.async_set_time_zone(home)
    _begin(box, freezer)
    entry = await set_up(ALICE, by=by)
    assert _figures(see, entry) == [0] * 6
    _call(box, "placed", 60, "0.0425")
    _call(box, "received", 0)
    await _poll(hass, entry)
    day = [2, 60, 0.0425]
    assert _figures(see, entry) == day * 2
    assert {
        key: see(entry, "calls_today").attributes[key]
        for key in ("incoming", "outgoing", "missed")
    } == {"incoming": 1, "outgoing": 1, "missed": 1}
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _figures(see, entry) == day * 2
    box.faults.set("*", "*", "html_502")
    await _poll(hass, entry)
    assert {see(entry, key).state for key in KEYS} == {"unavailable"}
    box.faults.clear()
    entry.runtime_data.health.standing._due = 0.0
    await _poll(hass, entry)
    await _go_to(hass, freezer, 2026, 10, 24, 23, 59, 59)
    assert _figures(see, entry) == day * 2
    for key in KEYS[:3]:
        assert _reset(see, entry, key) == datetime(2026, 10, 24, tzinfo=AMSTERDAM)
    await _go_to(hass, freezer, 2026, 10, 25, 0, 0, 0)
    assert _figures(see, entry) == [0, 0, 0, *day]
    for key in KEYS[:3]:
        assert _reset(see, entry, key) == datetime(2026, 10, 25, tzinfo=AMSTERDAM)
    await _go_to(hass, freezer, 2026, 10, 25, 23, 31, 0)
    _call(box, "placed", 60, "0.0425")
    await _poll(hass, entry)
    assert _figures(see, entry) == [1, 60, 0.0425, 3, 120, 0.085]
    await _go_to(hass, freezer, 2026, 10, 26, 0, 0, 0)
    assert _figures(see, entry) == [0, 0, 0, 3, 120, 0.085]
    await _go_to(hass, freezer, 2026, 11, 1, 0, 0, 0)
    assert _figures(see, entry) == [0] * 6
    assert _reset(see, entry, KEYS[3]) == datetime(2026, 11, 1, tzinfo=AMSTERDAM)
    await hass.config_entries.async_unload(entry.entry_id)


def _reset(see: See, entry: Any, key: str) -> datetime:
    return datetime.fromisoformat(see(entry, key).attributes["last_reset"])


async def test_idle_days_write_nothing(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
) -> None:
    """A day on which nothing is changes no state, and nothing is stored."""
    _begin(box, freezer)
    box.accounts[ALICE].devices.clear()
    entry = await set_up(ALICE)
    await _poll(hass, entry)
    key = f"sip_account.calls.{entry.entry_id}"
    stored = hass_storage[key]
    changes = async_capture_events(hass, "state_changed")
    for day in (25, 26, 27):
        await _go_to(hass, freezer, 2026, 10, day, 0, 0, 0)
        await _poll(hass, entry)
    keys = ("today", "this_month", "credit")
    seen = [change.data["entity_id"] for change in changes]
    assert not [one for one in seen if any(key in one for key in keys)]
    assert hass_storage[key] is stored
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize("kept", [False, True])
async def test_crash(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    see: See,
    hass_storage: dict[str, Any],
    *,
    kept: bool,
) -> None:
    """Who dies before or after a poll was kept counts its calls once."""
    _begin(box, freezer)
    entry = await set_up(ALICE)
    key = f"sip_account.calls.{entry.entry_id}"
    before = hass_storage[key]
    _call(box, "placed", 60, "0.0425")
    await _poll(hass, entry)
    assert hass_storage[key] is not before
    await hass.config_entries.async_unload(entry.entry_id)
    if not kept:
        hass_storage[key] = before
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _figures(see, entry) == [1, 60, 0.0425] * 2
    await hass.config_entries.async_remove(entry.entry_id)
    assert key not in hass_storage


async def test_store_of_0_1_0(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    see: See,
    hass_storage: dict[str, Any],
) -> None:
    """Where calls were told of before there was a ledger, the listed count once."""
    _begin(box, freezer)
    _call(box, "placed", 60, "0.0425")
    entry = await set_up(ALICE)
    await hass.config_entries.async_unload(entry.entry_id)
    stored = hass_storage[f"sip_account.calls.{entry.entry_id}"]["data"]
    for later in stored.keys() - {"rows", "missed_count", "missed_calls"}:
        del stored[later]
    freezer.tick(600)
    _call(box, "placed", 30, "0.02")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _figures(see, entry) == [2, 90, 0.0625] * 2
    await hass.config_entries.async_unload(entry.entry_id)


async def test_debits_and_credit(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    see: See,
) -> None:
    """A debit is the true price of its call, a voucher none; credit lasts so long."""
    _begin(box, freezer)
    account = box.accounts[ALICE]
    entry = await set_up(ALICE)
    assert see(entry, "credit_lasts_until").state == "unknown"
    _call(box, "placed", 60)
    ended = account.calls[0].started + timedelta(seconds=60)
    lines = [("Set balance", "Prepaid card 1", "25", "")]
    lines.append(("Debit balance", "Session to x", "-3", account.calls[0].session_id))
    for action, text, value, session in lines:
        account.balance_history.insert(
            0,
            Transaction(ended, action, text, Decimal(value), Decimal(12), session),
        )
    await _poll(hass, entry)
    assert _figures(see, entry) == [1, 60, 3] * 2
    await _go_to(hass, freezer, 2026, 11, 1, 0, 0, 0)
    assert see(entry, "credit_lasts_until").state == "unknown"
    await hass.config_entries.async_unload(entry.entry_id)


async def test_difference(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Where the server counts, diagnostics tell by how much it counts otherwise."""
    entry = await set_up(ALICE)
    told = await async_get_config_entry_diagnostics(hass, entry)
    assert told["difference_to_own_count"] == {
        "calls": 0,
        "cost_differs": True,
        "month_counted_whole": False,
    }


async def test_what_may_have_been_told(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    see: See,
) -> None:
    """A call that may be one that was told of before is told of, and not counted."""
    _begin(box, freezer)
    _call(box, "received", 0)
    entry = await set_up(ALICE)
    freezer.tick(3600)
    _call(box, "received", 0)
    await _poll(hass, entry)
    event = hass.states.get("event.alice_example_com_call")
    assert event is not None
    assert event.attributes["perhaps_told"]
    assert see(entry, "calls_today").state == "1"
    await hass.config_entries.async_unload(entry.entry_id)


async def test_page_of_2026(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    see: See,
) -> None:
    """What the page says was spent today is what today cost, its calls included."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password", path="/sylk_settings.phtml")
    _call(box, "placed", 60, "0.0425")
    ended = box.now() - timedelta(seconds=1)
    lines = [("Debit balance", "Message to x", "-0.5"), ("Set balance", "Card 4", "25")]
    for action, text, value in [*lines, ("Debit balance", "Session to x", "-0.0425")]:
        line = Transaction(ended, action, text, Decimal(value), Decimal(12))
        box.accounts[ALICE].balance_history.insert(0, line)
    await _poll(hass, entry)
    spent = float(see(entry, "spent_today").state)
    assert spent == pytest.approx(0.5425)
    assert _figures(see, entry) == [1, 60, spent] * 2
    await _go_to(hass, freezer, 2026, 10, 25, 0, 0, 0)
    await _poll(hass, entry)
    assert _figures(see, entry) == [0, 0, 0, 1, 60, spent]
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize("key", ["talk_time_today", "talk_time_this_month"])
async def test_talk_time_is_in_minutes(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    see: See,
    freezer: FrozenDateTimeFactory,
    key: str,
) -> None:
    """Whole minutes are displayed, and seconds or hours to who wants them."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    _call(box, "received", 22746)
    await _poll(hass, entry)
    registry = er.async_get(hass)
    known = registry.async_get(see(entry, key).entity_id)
    assert known
    assert known.options["sensor"]["suggested_display_precision"] == 0
    for unit, expected in (("min", 379.1), ("s", 22746), ("h", 22746 / 3600)):
        if unit != "min":
            chosen = {"unit_of_measurement": unit}
            registry.async_update_entity_options(known.entity_id, "sensor", chosen)
            await hass.async_block_till_done()
        state = see(entry, key)
        assert state.attributes["unit_of_measurement"] == unit
        assert float(state.state) == pytest.approx(expected)
    await hass.config_entries.async_unload(entry.entry_id)
