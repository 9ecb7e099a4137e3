"""Calls and cost by day, as the statistics cards of Home Assistant show them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from demo import AccountBox
from demo.accounts import Call

from .support import ALICE

ZONE = ZoneInfo("Europe/Amsterdam")
# How many calls there are on a day: over the end of summer time, a month, and a year.
DAYS = {
    (2026, 10, 23): 1,
    (2026, 10, 24): 2,
    (2026, 10, 25): 3,
    (2026, 10, 26): 0,
    (2026, 10, 31): 1,
    (2026, 11, 1): 4,
    (2026, 12, 31): 2,
    (2027, 1, 1): 1,
}
# What each call adds.
SENSORS = {
    "calls_today": 1,
    "all_calls_this_month": 1,
    "talk_time_today": 1,
    "talk_time_this_month": 1,
    "cost_today": 0.25,
    "total_cost_this_month": 0.25,
}


@pytest.fixture
async def hass(recorder_mock: Any, hass: HomeAssistant) -> HomeAssistant:
    """Give a home that records."""
    await hass.config.async_set_time_zone("Europe/Amsterdam")
    return hass


async def test_days_and_months(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    entity_id: Callable[..., str | None],
) -> None:
    """The sums of each day and month are those of its calls, and none is below zero."""
    freezer.move_to(datetime(2026, 10, 23, 9, tzinfo=ZONE))
    account = box.accounts[ALICE]
    account.calls.clear()
    account.balance_history.clear()
    entry = await set_up(ALICE, by="password")
    for day, calls in DAYS.items():
        midnight = datetime(*day, tzinfo=ZONE)
        if midnight > datetime.now(ZONE):
            await _go_to(hass, freezer, midnight)
            await async_wait_recording_done(hass)
            _compile(hass, midnight + timedelta(minutes=55))
        noon = midnight.replace(hour=12)
        for number in range(calls):
            call = Call("placed", "sip:0031208005161@example.com", noon)
            call.started += timedelta(minutes=number)
            call.duration, call.price = 60, Decimal("0.25")
            call.session_id = f"{noon}{number}"
            account.calls.insert(0, call)
        await _go_to(hass, freezer, noon.replace(minute=57))
        await entry.runtime_data.activity.async_refresh()
        await hass.async_block_till_done()
        await async_wait_recording_done(hass)
        _compile(hass, noon.replace(minute=55))
        await async_wait_recording_done(hass)
    ids = {str(entity_id(entry, "sensor", key)): of for key, of in SENSORS.items()}
    by_day = await _changes(hass, set(ids), "day")
    by_month = await _changes(hass, set(ids), "month")
    for one, of in ids.items():
        assert by_day[one] == {
            datetime(*day, tzinfo=ZONE): pytest.approx(calls * of)
            for day, calls in DAYS.items()
        }
        assert by_month[one] == {
            datetime(2026, 10, 1, tzinfo=ZONE): pytest.approx(7 * of),
            datetime(2026, 11, 1, tzinfo=ZONE): pytest.approx(4 * of),
            datetime(2026, 12, 1, tzinfo=ZONE): pytest.approx(2 * of),
            datetime(2027, 1, 1, tzinfo=ZONE): pytest.approx(1 * of),
        }
    await hass.config_entries.async_unload(entry.entry_id)


async def _changes(
    hass: HomeAssistant, ids: set[str], period: Any
) -> dict[str, dict[datetime, float]]:
    """Return what a statistics card shows of each day or month."""
    found = await get_instance(hass).async_add_executor_job(
        lambda: statistics_during_period(
            hass,
            datetime(2026, 10, 1, tzinfo=ZONE),
            None,
            ids,
            period,
            None,
            {"change"},
        )
    )
    return {
        one: {
            datetime.fromtimestamp(row["start"], ZONE): row.get("change") or 0
            for row in rows
        }
        for one, rows in found.items()
    }


async def _go_to(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, moment: datetime
) -> None:
    freezer.move_to(moment)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


def _compile(hass: HomeAssistant, start: datetime) -> None:
    """Let statistics be made of the five minutes, and of the hour that ends."""
    do_adhoc_statistics(hass, start=dt_util.as_utc(start))
