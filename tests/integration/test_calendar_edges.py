"""When the calendar's events begin and end, and what they cost."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from demo import AccountBox

from .calling import events, ring
from .support import ALICE, CALENDAR
from .test_usage import _begin, _poll

SECOND = timedelta(seconds=1)


@pytest.fixture(name="entry")
async def _entry(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> AsyncIterator[Any]:
    """Give an account that has a calendar, and no past."""
    _begin(box, freezer)
    entry = await set_up(ALICE)
    await enable()
    yield entry
    await hass.config_entries.async_unload(entry.entry_id)


async def test_windows_of_a_call_that_goes_on(
    hass: HomeAssistant,
    box: AccountBox,
    entry: Any,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It is in each that it has been in until now; the state ends it in a day."""
    begin = box.now().replace(microsecond=0)
    ring(box, "received", "Bob", ended=False, status=200)
    freezer.tick(100)
    await _poll(hass, entry)
    state = hass.states.get(CALENDAR)
    assert state is not None
    local = dt_util.as_local(begin).replace(tzinfo=None)
    assert state.attributes["start_time"] == str(local)
    assert state.attributes["end_time"] == str(local + timedelta(days=1))
    now = dt_util.utcnow()
    for start, end, count in (
        (begin - SECOND, begin, 0),
        (begin - SECOND, begin + SECOND, 1),
        (begin, begin + SECOND, 1),
        (now - SECOND, now + SECOND, 1),
        (now, now + SECOND, 0),
    ):
        assert len(await events(hass, start, end)) == count
    (told,) = await events(hass)
    assert datetime.fromisoformat(told["start"]) == begin
    assert datetime.fromisoformat(told["end"]) == now
    assert "description" not in told


async def test_a_call_that_has_just_begun(
    hass: HomeAssistant, box: AccountBox, entry: Any
) -> None:
    """It has lasted a second, as an event needs an end behind its start."""
    begin = box.now().replace(microsecond=0)
    ring(box, "received", "Bob", ended=False, status=200, started=begin)
    await _poll(hass, entry)
    (told,) = await events(hass)
    assert datetime.fromisoformat(told["start"]) == begin
    assert datetime.fromisoformat(told["end"]) == begin + SECOND


async def test_while_the_list_fails(
    hass: HomeAssistant, box: AccountBox, entry: Any
) -> None:
    """Past calls are told of, and of none that goes on."""
    ring(box, "received", "Bob", 30)
    ring(box, "received", "Erin", ended=False, status=200)
    await _poll(hass, entry)
    assert hass.states.is_state(CALENDAR, STATE_ON)
    assert len(await events(hass)) == 2
    box.faults.set("*", "calls", "html_502")
    await _poll(hass, entry)
    assert hass.states.is_state(CALENDAR, STATE_OFF)
    assert [one["summary"] for one in await events(hass)] == [
        "Incoming call from +31 208 005 161, 30 s"
    ]
    box.faults.clear()
    await _poll(hass, entry)
    assert hass.states.is_state(CALENDAR, STATE_ON)


async def test_at_no_time_that_can_be_told(
    hass: HomeAssistant, box: AccountBox, entry: Any
) -> None:
    """A call goes on in no year that a zone could end."""
    call = ring(box, "received", "Bob", ended=False, status=200)
    for year, told in ((1969, False), (9999, False), (2026, True)):
        call.started = datetime(year, 10, 24, 7, tzinfo=UTC)
        await _poll(hass, entry)
        state = hass.states.get(CALENDAR)
        assert state is not None
        assert ("start_time" in state.attributes) is told


async def test_prices_and_ends(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Two to four digits behind the point; an event lasts a second at least."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password", options={"currency": "EUR"})
    await enable()
    prices = ("1", "0.5", "0.125", "0.0425", "12.34567", "100", "0")
    for price in prices:
        freezer.tick(200)
        ring(box, "placed", "", 90, price=Decimal(price))
        await _poll(hass, entry)
    told = await events(hass)
    assert [one["description"] for one in told] == [
        *(
            f"Answered · 0:01:30 · {price} EUR"
            for price in ("1.00", "0.50", "0.125", "0.0425", "12.3457", "100.00")
        ),
        "Answered · 0:01:30",
    ]
    for one in told:
        begin, end = (datetime.fromisoformat(one[key]) for key in ("start", "end"))
        assert end - begin == 90 * SECOND
    ring(box, "received", "Bob")
    ring(box, "received", "Erin", 1)
    await _poll(hass, entry)
    ends = [
        (one["summary"], datetime.fromisoformat(one["end"]))
        for one in (await events(hass))[-2:]
    ]
    now = box.now().replace(microsecond=0)
    assert sorted(ends) == [
        ("Incoming call from Erin, 1 s", now),
        ("Missed call from Bob", now + SECOND),
    ]
    await hass.config_entries.async_unload(entry.entry_id)
