"""The very midnights and months of what calls came to, at a real account's side."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.calls.totals import Totals
from custom_components.sip_account.calls.usage import Usage
from custom_components.sip_account.sip_settings import MONTHLY_USAGE
from demo import AccountBox

from ..calls.test_ledger import call
from .support import ALICE
from .test_usage import AMSTERDAM

PLACED = call("2026-11-10 10:00:00", price=1)
RECEIVED = call("2026-11-10 10:00:00", side="received")


def at(*local: int) -> datetime:
    """Return a time where the account is."""
    return datetime(*local, tzinfo=AMSTERDAM)  # type: ignore[arg-type, misc]


# Home Assistant's tests let no time be a whole second.
NOON = at(2026, 11, 10, 12, 0, 0, 600000)


@pytest.fixture
async def usage(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> Any:
    """Give what has counted nothing so far: it is noon, at a home far away."""
    await hass.config.async_set_time_zone("America/New_York")
    freezer.move_to(NOON)
    box.accounts[ALICE].balance_history.clear()
    entry = await set_up(ALICE)
    runtime = entry.runtime_data
    usage = Usage(hass, runtime.settings, runtime.activity, lambda: "Europe/Amsterdam")
    await usage.async_load(None)
    yield usage
    await hass.config_entries.async_unload(entry.entry_id)


def _calls(day: Totals) -> int:
    return day.count


async def test_since_when_a_figure_counts(
    usage: Usage, freezer: FrozenDateTimeFactory
) -> None:
    """Since midnight, or the first; while it is zero, since it has been so."""

    def resets() -> list[datetime | None]:
        return [usage.last_reset(_calls, month=month) for month in (False, True)]

    assert resets() == [None, None]
    usage.begin([], [], whole=True)
    today, this_month = at(2026, 11, 10), at(2026, 11, 1)
    assert resets() == [today, this_month]
    freezer.move_to(at(2026, 11, 12, 12))
    assert resets() == [today, this_month]
    freezer.move_to(at(2027, 1, 2, 12))
    assert resets() == [today, this_month]
    usage.count(replace(PLACED, started=at(2027, 1, 2, 12)))
    assert resets() == [at(2027, 1, 2), at(2027, 1, 1)]
    freezer.move_to(at(2027, 1, 3, 0))
    assert resets() == [at(2027, 1, 3), at(2027, 1, 1)]
    freezer.move_to(at(2027, 1, 31, 23, 59, 59))
    assert resets() == [at(2027, 1, 3), at(2027, 1, 1)]
    freezer.move_to(at(2027, 2, 1, 0))
    assert resets() == [at(2027, 1, 3), at(2027, 2, 1)]
    freezer.move_to(at(2027, 4, 30, 0))
    assert resets() == [at(2027, 1, 3), at(2027, 2, 1)]
    assert usage.last_reset(lambda day: day.missed, month=False) == today
    assert usage.last_reset(lambda day: day.missed, month=True) == this_month


async def test_today_and_this_month(
    usage: Usage, freezer: FrozenDateTimeFactory
) -> None:
    """Both by the account's day: the month from its first day, today included."""
    usage.begin([], [], whole=True)
    for moment in ((10, 31, 23, 59), (11, 1, 0, 0), (11, 9, 23, 59), (11, 10, 0, 0)):
        usage.count(replace(PLACED, started=at(2026, *moment)))
    assert (usage.totals(month=False).count, usage.totals(month=True).count) == (1, 3)
    freezer.move_to(at(2026, 11, 11, 0, 0))
    assert (usage.totals(month=False).count, usage.totals(month=True).count) == (0, 3)
    freezer.move_to(at(2026, 12, 1, 0, 0))
    assert usage.totals(month=True).count == 0


@pytest.mark.parametrize(
    ("now", "ago", "first", "end"),
    [
        ((2026, 11, 10, 12), 0, (2026, 11, 1), (2026, 12, 1)),
        ((2026, 11, 10, 12), 1, (2026, 10, 1), (2026, 11, 1)),
        ((2026, 11, 10, 12), 11, (2025, 12, 1), (2026, 1, 1)),
        ((2026, 3, 31, 12), 1, (2026, 2, 1), (2026, 3, 1)),
        ((2028, 3, 1, 0), 1, (2028, 2, 1), (2028, 3, 1)),
        ((2026, 12, 31, 23), 0, (2026, 12, 1), (2027, 1, 1)),
        ((2027, 1, 1, 0), 0, (2027, 1, 1), (2027, 2, 1)),
    ],
)
async def test_months(
    usage: Usage,
    freezer: FrozenDateTimeFactory,
    now: tuple[int, ...],
    ago: int,
    first: tuple[int, ...],
    end: tuple[int, ...],
) -> None:
    """From the first to the first of the next, at midnight where the account is."""
    freezer.move_to(at(*now))
    assert usage.month(ago) == (at(*first).date(), at(*first), at(*end))


@pytest.mark.parametrize("alone", [True, False])
async def test_the_first_look(usage: Usage, *, alone: bool) -> None:
    """It counts what is not to be told as new, once, however long the list is."""
    new = replace(PLACED, call_id="new")

    async def look(*listed: Any, whole: bool) -> None:
        if alone:
            await usage.async_begin(listed, [new], whole=whole)
        else:
            usage.begin(listed, [new], whole=whole)

    for wanted in (True, False):
        usage.ledger.diary.keeps_parties = wanted
        await look(new, PLACED, RECEIVED, whole=True)
        assert usage.ledger.begun
        assert usage.ledger.counted_since == PLACED.started
        assert usage.totals(month=False).count == 2
    assert not usage.ledger.diary.keeps_parties
    usage.ledger = type(usage.ledger)()
    usage.ledger.diary.keeps_parties = True
    await look(new, whole=False)
    assert usage.ledger.diary.keeps_parties
    assert usage.ledger.counted_since == NOON
    assert usage.totals(month=False).count == 0


async def test_what_the_server_counts(
    usage: Usage, freezer: FrozenDateTimeFactory, hass: HomeAssistant
) -> None:
    """Placed calls and their cost, more or less than ours; and since when ours are."""
    (entry,) = hass.config_entries.async_entries("sip_account")
    server: Any = entry.runtime_data.settings.data.value(MONTHLY_USAGE)
    told = usage.difference()
    assert told == {
        "calls": server.calls,
        "cost_differs": True,
        "month_counted_whole": False,
    }
    usage.begin([], [], whole=True)
    assert usage.difference() == told
    usage.count(RECEIVED)
    assert usage.difference() == told
    half = server.cost / 2
    for number, differs in enumerate((True, False, True)):
        usage.count(replace(PLACED, call_id=str(number), price=half))
        told = usage.difference()
        assert told is not None
        assert told["cost_differs"] is differs
    assert told["calls"] == server.calls - 3
    for moment, whole in (((11, 30, 23), False), ((12, 1, 0), True)):
        freezer.move_to(at(2026, *moment))
        told = usage.difference()
        assert told is not None
        assert told["month_counted_whole"] is whole
    # A month is not whole if counting began in the midst of its first day.
    await usage.async_forget(everything=True)
    told = usage.difference()
    assert told is not None
    assert not told["month_counted_whole"]


async def test_who_watches(usage: Usage, freezer: FrozenDateTimeFactory) -> None:
    """They are told of each look, until they watch no more."""
    told: list[str] = []
    first = usage.async_watch(lambda: told.append("first"))
    second = usage.async_watch(lambda: told.append("second"))
    usage.look([])
    assert told == []
    usage.begin([], [], whole=True)
    usage.look([])
    assert told == ["first", "second"]
    first()
    usage.look([])
    assert told[2:] == ["second"]
    second()
    await usage.async_forget(everything=True)
    assert len(told) == 3
    assert usage.ledger.counted_since == NOON
    freezer.tick(timedelta(days=1))
    assert usage.today == at(2026, 11, 11).date()
    assert usage.zone_name == "Europe/Amsterdam"
