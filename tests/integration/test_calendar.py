"""The calendar of calls, in a real Home Assistant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import RELOAD_AFTER_UPDATE_DELAY
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    async_capture_events,
    async_fire_time_changed,
)

from demo import AccountBox

from .calling import events, ring, said
from .support import ALICE, CALENDAR
from .test_usage import _begin, _poll

type Enable = Callable[..., Any]


def without_time(hass: HomeAssistant) -> int:
    """Return how many calls the calendar leaves out."""
    state = hass.states.get(CALENDAR)
    assert state is not None
    return int(state.attributes["calls_without_time"])


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
    day = timedelta(days=1)
    for begin in (dt_util.utcnow() - 3 * day, dt_util.utcnow() + 3 * day):
        assert not await events(hass, begin, begin + day)
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
    see: Callable[..., State],
    freezer: FrozenDateTimeFactory,
) -> None:
    """They are left out, and an attribute tells how many; figures have them all."""
    _begin(box, freezer)
    # The server writes times, and names a zone that nobody knows.
    account = box.accounts[ALICE]
    account.server_timezone, account.timezone = "Europe/Amsterdam", "Elsewhere"
    ring(box, "received", "Before", 30)
    entry = await set_up(ALICE, by="password")
    await enable()
    assert without_time(hass) == 1
    ring(box, "received", "Bob", 30)
    ring(box, "received", "Dave")
    await _poll(hass, entry)
    assert without_time(hass) == 3
    assert await said(hass) == []
    assert see(entry, "calls_today").state == "2"
    account.timezone = "Europe/Amsterdam"
    await entry.runtime_data.settings.async_refresh()
    freezer.tick(60)
    ring(box, "received", "Carol", 20)
    await _poll(hass, entry)
    assert await said(hass) == ["Incoming call from Carol, 20 s"]
    assert without_time(hass) == 3
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize(
    ("language", "sentence", "outcome"),
    [
        ("nl", "Gemiste oproep van Bob", "Gemist"),
        ("de", "Verpasster Anruf von Bob", "Verpasst"),
        ("fr", "Appel manqué de Bob", "Manqué"),
        ("es", "Llamada perdida de Bob", "Perdida"),
    ],
)
async def test_languages(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    language: str,
    sentence: str,
    outcome: str,
) -> None:
    """Calls are told of in the home's language, whatever the calendar is called."""
    hass.config.language = language
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    registry = er.async_get(hass)
    name = registry.async_get_entity_id("calendar", "sip_account", f"{ALICE}_calls")
    assert name
    registry.async_update_entity(name, new_entity_id=CALENDAR, disabled_by=None)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    ring(box, "received", "Bob")
    await _poll(hass, entry)
    (told,) = await events(hass)
    assert told["summary"] == sentence
    assert told["description"] == outcome
    # What waits for half a minute to reload the account.
    await hass.config_entries.async_remove(entry.entry_id)
    freezer.tick(RELOAD_AFTER_UPDATE_DELAY + 1)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
