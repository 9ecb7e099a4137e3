"""When a list of calls is looked at, and what is told of each call."""

from collections.abc import Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.calls.log import CallLog
from demo import AccountBox

from .calling import ring
from .support import ALICE

MISSED = "sensor.alice_example_com_missed_calls"


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
