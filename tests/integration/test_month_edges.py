"""The last day of a month and the first of the next, and with whom most calls were."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant

from demo import AccountBox

from .calling import ring
from .support import ALICE
from .test_get_usage import _ask
from .test_monthly_summary import ask
from .test_usage import AMSTERDAM, _begin, _go_to, _poll


async def test_months_that_meet(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Each day is of one month: the last of October, and the first of November."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    for day, times in (((10, 30), 1), ((10, 31), 2), ((11, 1), 4), ((11, 2), 8)):
        for second in range(times):
            freezer.move_to(datetime(2026, *day, 12, 0, second, tzinfo=AMSTERDAM))
            ring(box, "received", "Erin")
            await _poll(hass, entry)
    (told,) = await _ask(hass, days=4)
    assert [(day["date"], day["calls"]) for day in told["days"]] == [
        ("2026-10-30", 1),
        ("2026-10-31", 2),
        ("2026-11-01", 4),
        ("2026-11-02", 8),
    ]
    assert [told[month]["calls"] for month in ("last_month", "this_month")] == [3, 12]
    counts = []
    for ago in (0, 1, 2):
        (month,) = await ask(hass, months_ago=ago)
        counts.append((month["month"], month["calls"]))
    assert counts == [("2026-11", 12), ("2026-10", 3), ("2026-09", 0)]
    assert month["counted_since"] is not None
    await _go_to(hass, freezer, 2026, 12, 1, 0, 0, 0)
    (told,) = await _ask(hass, days=1)
    assert [told[month]["calls"] for month in ("last_month", "this_month")] == [12, 0]
    await hass.config_entries.async_unload(entry.entry_id)


async def test_with_whom_most_calls_were(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """By calls, then by talk time, then by name: five, and nobody who hides."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    await enable()
    hidden = "sip:anonymous@anonymous.invalid"
    told = [("F", 5), ("B", 60), ("A", 60), ("C", 90), ("D", 0), ("D", 0), ("E", 10)]
    for name, seconds in told:
        freezer.tick(120)
        ring(box, "received", name, seconds)
        await _poll(hass, entry)
    for _ in range(3):
        freezer.tick(120)
        ring(box, "received", "", party=hidden)
        await _poll(hass, entry)
    (month,) = await ask(hass, months_ago=0)
    assert month["calls"] == 10
    assert [tuple(one.values()) for one in month["parties"]] == [
        ("D", 2, 0),
        ("C", 1, 90),
        ("A", 1, 60),
        ("B", 1, 60),
        ("E", 1, 10),
    ]
    await hass.config_entries.async_unload(entry.entry_id)


async def test_before_there_is_a_month(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """An account whose calls were never read says that nothing is counted yet."""
    _begin(box, freezer)
    box.faults.set("*", "get_history", "html_502")
    entry = await set_up(ALICE, by="password")
    (month,) = await ask(hass, months_ago=0)
    assert month["counted_since"] is None
    assert (month["calls"], month["parties"]) == (0, [])
    await hass.config_entries.async_unload(entry.entry_id)
