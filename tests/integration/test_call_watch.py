"""When a list of calls is looked at, and what is told of each call."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
import threading
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.calls.log import CallLog
from demo import AccountBox
from tests.limits import LIMIT

from .calling import ring
from .support import ALICE

MINUTE = timedelta(minutes=1)
MISSED = "sensor.alice_example_com_missed_calls"


@pytest.fixture
def gaps(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """Give the seconds since the poll before at each look at a list of calls."""
    gaps: list[float | None] = []
    look = CallLog.look

    def spy(log: CallLog, calls: Any, elapsed: float | None, *more: Any) -> Any:
        gaps.append(more[0])
        return look(log, calls, elapsed, *more)

    monkeypatch.setattr(CallLog, "look", spy)
    return gaps


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[float | None]:
    """Give the seconds that had passed at each look at a list of calls."""
    looks: list[float | None] = []
    look = CallLog.look

    def spy(log: CallLog, calls: Any, elapsed: float | None, *more: Any) -> Any:
        looks.append(elapsed)
        return look(log, calls, elapsed, *more)

    monkeypatch.setattr(CallLog, "look", spy)
    return looks


async def test_what_was_read_before_is_not_looked_at(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    looks: list[float | None],
) -> None:
    """While the list fails, the last one says nothing of what is there by now."""
    await set_up(ALICE)
    looks.clear()
    box.faults.set("*", "calls", "html_502")
    await poll(20)
    assert hass.states.is_state(MISSED, "unavailable")
    assert not looks
    box.faults.clear()
    await poll(20)
    assert looks


async def test_voicemail_is_possible(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Of calls that come in, where calls may go to voicemail."""
    entry = await set_up(ALICE)
    told: list[tuple[str, bool]] = []
    entry.runtime_data.calls.async_listen(
        lambda kind, call: told.append((kind, call["voicemail_possible"]))
    )
    for side in ("received", "placed"):
        ring(box, side, "Erin", 9)
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()
    assert sorted(told) == [("incoming_answered", True), ("outgoing_answered", False)]


@pytest.mark.parametrize(
    ("monotonic", "wall", "passed"), [(60, 60, 60), (60, 5000, 5000), (60, -9000, 60)]
)
async def test_clock_that_tells_of_more(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    looks: list[float | None],
    monotonic: int,
    wall: int,
    passed: int,
) -> None:
    """One stands still while the machine sleeps, the other may be set."""
    watch = (await set_up(ALICE)).runtime_data.calls
    looks.clear()
    with monkeypatch.context() as counting:
        counting.setattr(hass.loop, "time", lambda: 1000)
        watch._look()
        freezer.tick(wall)
        counting.setattr(hass.loop, "time", lambda: 1000 + monotonic)
        watch._look()
    assert looks[1] == pytest.approx(passed, abs=1)


@pytest.mark.parametrize("failed", [False, True])
@pytest.mark.parametrize(
    ("passed", "least"), [(30, 30), (120, 120), (121, 120), (5000, 120)]
)
async def test_since_the_server_told_the_last_list(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    gaps: list[float | None],
    passed: int,
    least: int,
    *,
    failed: bool,
) -> None:
    """Two intervals at most, unless polls have failed; nobody knows at the first."""
    entry = await set_up(ALICE)
    watch, activity = entry.runtime_data.calls, entry.runtime_data.activity
    assert gaps == [None]
    activity.interval = timedelta(seconds=60)
    with monkeypatch.context() as standing:
        standing.setattr(hass.loop, "time", lambda: 1000)
        watch._look()
        freezer.tick(passed)
        activity.tallies["calls"].failed += failed
        watch._look()
        watch._look()
    assert gaps[-2] == pytest.approx(passed if failed else least, abs=0.01)
    assert gaps[-1] == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize("target", ["0031208005161", ""])
async def test_voicemail_is_not_possible(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], target: str
) -> None:
    """Where calls go to somebody else, or nowhere."""
    diversions = box.accounts[ALICE].diversions
    diversions.update(dict.fromkeys(diversions, target))
    entry = await set_up(ALICE)
    told: list[bool] = []
    entry.runtime_data.calls.async_listen(
        lambda _, call: told.append(call["voicemail_possible"])
    )
    ring(box, "received", "Erin", 9)
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()
    assert told == [False]


async def test_who_listens_no_more(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Is told of nothing; others are, of each call, and once of each change."""
    entry = await set_up(ALICE)
    watch = entry.runtime_data.calls
    assert (watch.missed_count, watch.missed_calls) == (0, [])
    told: list[str] = []
    ends = [
        watch.async_listen(lambda kind, _: told.append(f"{kind} 1")),
        watch.async_listen(lambda kind, _: told.append(f"{kind} 2")),
        watch.async_watch_missed(lambda: told.append("3")),
        watch.async_watch_missed(lambda: told.append("4")),
    ]

    async def poll() -> list[str]:
        told.clear()
        await entry.runtime_data.activity.async_refresh()
        await hass.async_block_till_done()
        return told

    ring(box, "received", "Erin")
    assert await poll() == ["missed 1", "missed 2", "3", "4"]
    ring(box, "received", "Erin", 9)
    assert await poll() == ["incoming_answered 1", "incoming_answered 2"]
    ends.pop()()
    ends.pop(0)()
    ring(box, "received", "Erin", status=603)
    ring(box, "received", "Erin", status=404)
    ring(box, "placed", "Erin")
    kinds = sorted(await poll())
    assert kinds == ["3", "declined 2", "missed 2", "outgoing_unanswered 2"]
    assert watch.missed_count == len(watch.missed_calls) == 2
    assert await poll() == []
    await watch.async_mark_seen()
    assert told == ["3"]
    assert (watch.missed_count, watch.missed_calls) == (0, [])


async def test_a_list_that_comes_while_one_is_looked_at(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is looked at right after, and not for a second time."""
    monkeypatch.setattr("custom_components.sip_account.calls.watch._LONG_LIST", 0)
    box.accounts[ALICE].calls.clear()
    entry = await set_up(ALICE)
    asked, go_on = asyncio.Event(), threading.Event()
    study = CallLog.study
    studied: list[int] = []

    def slow(log: CallLog, calls: Any, *more: Any) -> Any:
        studied.append(len(calls))
        hass.loop.call_soon_threadsafe(asked.set)
        assert go_on.wait(LIMIT)
        return study(log, calls, *more)

    monkeypatch.setattr(CallLog, "study", slow)
    told: list[str] = []
    entry.runtime_data.calls.async_listen(lambda _, call: told.append(call["call_id"]))
    try:
        for number in range(3):
            ring(box, "received", "", started=box.now() - number * MINUTE)
            await entry.runtime_data.activity.async_refresh()
            await asyncio.wait_for(asked.wait(), LIMIT)
        first = (list(studied), list(told))
    finally:
        go_on.set()
    assert first == ([1], [])
    await hass.async_block_till_done(wait_background_tasks=True)
    assert studied == [1, 3]
    assert len(told) == len(set(told)) == 3
