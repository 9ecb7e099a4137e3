"""The calendar of calls, in a real Home Assistant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
)

from demo import AccountBox

from .calling import events, ring, said
from .support import ALICE, CALENDAR
from .test_usage import _begin, _poll

type Enable = Callable[..., Any]


async def test_nothing_is_loaded_before_it_is_wanted(
    hass: HomeAssistant, set_up: Callable[..., Any]
) -> None:
    """It stands in the registry, disabled, as one of the account's entities."""
    entry = await set_up(ALICE)
    known = er.async_get(hass).async_get(CALENDAR)
    assert known is not None
    assert known.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    assert known.config_entry_id == entry.entry_id
    assert known.device_id
    assert (known.original_name, known.has_entity_name) == ("Calls", True)
    assert "calendar" not in hass.config.components
    assert "calendar" not in hass.data.get("frontend_panels", {})


async def test_texts(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Enable,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Each call tells caller, outcome, duration and price, as nothing but text."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password", options={"currency": "EUR"})
    await enable()
    ring(box, "received", "<b>Eve</b> [x](https://evil.example)")
    await _poll(hass, entry)
    ring(box, "received", "Bob", 30)
    await _poll(hass, entry)
    freezer.tick(100)
    ring(box, "placed", "", 90, price=Decimal("0.0425"))
    ring(box, "received", "Sales", status=603)
    freezer.tick(1)
    ring(box, "placed", "", status=486, session_id="busy")
    await _poll(hass, entry)
    told = await events(hass)
    assert [(one["summary"], one["description"]) for one in told] == [
        ("Incoming call from Bob, 30 s", "Answered · 0:00:30"),
        ("Missed call from b Eve b x https evil.example", "Missed"),
        (
            "Outgoing call to +31 208 005 161, 2 min",
            "Answered · 0:01:30 · 0.0425 EUR",
        ),
        ("Declined call from Sales", "Declined"),
        ("Outgoing call to +31 208 005 161, not answered", "Busy"),
    ]
    for one in told:
        start, end = map(datetime.fromisoformat, (one["start"], one["end"]))
        assert end > start
        assert start.utcoffset() == dt_util.as_local(start).utcoffset()
    await hass.config_entries.async_unload(entry.entry_id)


async def test_windows_and_restarts(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Enable,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A window that begins or ends within a call has it, also after a restart."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    await enable()
    ring(box, "received", "Bob", 60)
    await _poll(hass, entry)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    second = timedelta(seconds=1)
    end_of_call = box.now().replace(microsecond=0)
    begin = end_of_call - 60 * second
    for start, end, count in (
        (begin - second, begin, 0),
        (begin - second, begin + second, 1),
        (begin + second, begin + 2 * second, 1),
        (end_of_call - second, end_of_call, 1),
        (end_of_call, end_of_call + second, 0),
    ):
        assert len(await events(hass, start, end)) == count
    await _poll(hass, entry)
    assert len(await events(hass)) == 1
    await hass.config_entries.async_unload(entry.entry_id)


async def test_who_called_only_while_it_is_wanted(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Enable,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
) -> None:
    """Nothing of it is kept before it is enabled, and nothing after."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    key = f"sip_account.calls.{entry.entry_id}"

    def kept() -> str:
        return str(hass_storage[key]["data"]["ledger"]["diary"])

    ring(box, "received", "Erin", 30)
    await _poll(hass, entry)
    assert "Erin" not in kept()
    # What is still listed tells who it was.
    await enable()
    assert await said(hass) == ["Incoming call from Erin, 30 s"]
    assert "Erin" in kept()
    registry = er.async_get(hass)
    registry.async_update_entity(CALENDAR, disabled_by=er.RegistryEntryDisabler.USER)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "Erin" not in kept()
    ring(box, "received", "Dave", 30)
    await _poll(hass, entry)
    assert "Dave" not in kept()
    box.accounts[ALICE].calls.clear()
    await enable()
    assert await said(hass) == ["Incoming call"] * 2
    await hass.config_entries.async_unload(entry.entry_id)


async def test_disabled_while_the_account_was_not_loaded(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Enable,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
) -> None:
    """Who called is forgotten at the next start."""
    _begin(box, freezer)
    ring(box, "received", "Erin", 30)
    entry = await set_up(ALICE, by="password")
    await enable()
    key = f"sip_account.calls.{entry.entry_id}"
    await hass.config_entries.async_unload(entry.entry_id)
    assert "Erin" in str(hass_storage[key]["data"]["ledger"])
    registry = er.async_get(hass)
    registry.async_update_entity(CALENDAR, disabled_by=er.RegistryEntryDisabler.USER)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "Erin" not in str(hass_storage[key]["data"]["ledger"])
    await hass.config_entries.async_unload(entry.entry_id)


async def test_a_call_that_goes_on(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Enable,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The state is on while it lasts, and says so once."""
    _begin(box, freezer)
    entry = await set_up(ALICE)
    await enable()
    changes = async_capture_events(hass, "state_changed")

    def states() -> list[str]:
        return [
            change.data["new_state"].state
            for change in changes
            if change.data["entity_id"] == CALENDAR
        ]

    running = ring(box, "received", "Bob", ended=False, status=200)
    await _poll(hass, entry)
    for _ in range(3):
        freezer.tick(60)
        await _poll(hass, entry)
    assert states() == [STATE_ON]
    assert await said(hass) == ["Call from +31 208 005 161, in progress"]
    running.ended, running.duration = True, 180
    await _poll(hass, entry)
    assert states() == [STATE_ON, STATE_OFF]
    assert await said(hass) == ["Incoming call from +31 208 005 161, 3 min"]
    for _ in range(3):
        freezer.tick(86400)
        await _poll(hass, entry)
    assert states() == [STATE_ON, STATE_OFF]
    await hass.config_entries.async_unload(entry.entry_id)


async def test_calls_without_a_known_time(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Enable,
    freezer: FrozenDateTimeFactory,
) -> None:
    """They are left out, and an attribute tells how many."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    await enable()
    entry.runtime_data.usage.ledger.diary.without_time = 2
    await _poll(hass, entry)
    ring(box, "received", "Bob", 30)
    await _poll(hass, entry)
    state = hass.states.get(CALENDAR)
    assert state is not None
    assert state.attributes["calls_without_time"] == 2
    await hass.config_entries.async_unload(entry.entry_id)
