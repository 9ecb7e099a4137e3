"""No call is lost or told twice while an account goes; what may be is marked."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.sip_account.kept_store import kept_store
from demo import AccountBox
from demo.accounts import Call

from .support import ALICE, hold

EVENT = "event.alice_example_com_call"
MISSED = "sensor.alice_example_com_missed_calls"


def _call(box: AccountBox, minutes: float, user: str) -> None:
    """Let somebody have called some minutes ago."""
    now = box.now().replace(second=0, microsecond=0)
    started = now - timedelta(minutes=minutes)
    call = Call("received", f"sip:{user}@example.net", started, status=487)
    call.session_id, call.from_tag = f"{user}-{minutes}", "tag"
    box.accounts[ALICE].calls.insert(0, call)


@pytest.fixture
def told(hass: HomeAssistant) -> Callable[[], list[tuple[str, bool]]]:
    """Give who called by what the event told, in order, and whether it was marked."""
    changes = async_capture_events(hass, "state_changed")

    def told() -> list[tuple[str, bool]]:
        states = [
            change.data["new_state"]
            for change in changes
            if change.data["entity_id"] == EVENT and change.data["new_state"]
        ]
        calls = {
            state.state: (
                state.attributes["party"].partition("@")[0],
                state.attributes["perhaps_told"],
            )
            for state in states
            if state.state not in {"unknown", "unavailable"}
        }
        return list(calls.values())

    return told


async def _turns() -> None:
    for _ in range(200):
        await asyncio.sleep(0)


class SlowDisk:
    """Lets what is saved wait."""

    def __init__(
        self, hass: HomeAssistant, entry: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.asked, self.go_on = asyncio.Event(), asyncio.Event()
        store = kept_store(hass, "calls", entry.entry_id)._store
        save = store.async_save

        async def late(data: Any) -> None:
            self.asked.set()
            await self.go_on.wait()
            await save(data)

        monkeypatch.setattr(store, "async_save", late)


async def test_poll_that_ends_while_unloading(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], told: Any
) -> None:
    """What nobody would hear is told by the next set-up, and counted once."""
    entry = await set_up(ALICE)
    _call(box, 1, "erin")
    held = hold(box, "calls")
    poll = asyncio.ensure_future(entry.runtime_data.activity.async_refresh())
    await held.asked.wait()
    reload = asyncio.ensure_future(hass.config_entries.async_reload(entry.entry_id))
    await _turns()
    held.go_on()
    await asyncio.gather(poll, reload)
    await hass.async_block_till_done()
    assert told() == [("erin", False)]
    assert hass.states.is_state(MISSED, "1")


async def test_look_while_platforms_go(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    told: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A poll that was answered before is looked at no more once unloading began."""
    entry = await set_up(ALICE)
    watch = entry.runtime_data.calls
    unload = hass.config_entries.async_unload_platforms

    async def unload_with_a_poll_in_hand(*given: Any) -> bool:
        unloaded = await unload(*given)
        watch._look()
        return unloaded

    monkeypatch.setattr(
        hass.config_entries, "async_unload_platforms", unload_with_a_poll_in_hand
    )
    _call(box, 1, "erin")
    listeners = entry.runtime_data.activity._listeners
    kept = dict(listeners)
    listeners.clear()
    await entry.runtime_data.activity.async_refresh()
    listeners.update(kept)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert told() == [("erin", False)]
    assert hass.states.is_state(MISSED, "1")


async def test_slow_save_during_reload(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    told: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next set-up reads only what the last one has written."""
    entry = await set_up(ALICE)
    disk = SlowDisk(hass, entry, monkeypatch)
    _call(box, 1, "erin")
    await entry.runtime_data.activity.async_refresh()
    await disk.asked.wait()
    reload = asyncio.ensure_future(hass.config_entries.async_reload(entry.entry_id))
    await _turns()
    disk.go_on.set()
    await reload
    await hass.async_block_till_done()
    assert told() == [("erin", False)]
    assert hass.states.is_state(MISSED, "1")


async def test_slow_save_during_removal(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    hass_storage: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No file is left behind, whatever is still to be saved."""
    entry = await set_up(ALICE)
    disk = SlowDisk(hass, entry, monkeypatch)
    watch = entry.runtime_data.calls
    _call(box, 1, "erin")
    await entry.runtime_data.activity.async_refresh()
    await disk.asked.wait()
    removal = asyncio.ensure_future(hass.config_entries.async_remove(entry.entry_id))
    await _turns()
    disk.go_on.set()
    await removal
    await watch.async_mark_seen()
    await hass.async_block_till_done()
    assert f"sip_account.calls.{entry.entry_id}" not in hass_storage


async def test_marks(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], told: Any
) -> None:
    """What may have been told is marked in the event and among the missed calls."""
    _call(box, 180, "alarm")
    first = box.accounts[ALICE].calls[0]
    entry = await set_up(ALICE)
    _call(box, 120, "alarm")
    box.accounts[ALICE].calls[0].started = first.started + timedelta(hours=1)
    _call(box, 100, "erin")
    await entry.runtime_data.activity.async_refresh()
    _call(box, 1, "frank")
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()
    assert told() == [("alarm", True), ("erin", False), ("frank", False)]
    state = hass.states.get(MISSED)
    assert state is not None
    assert state.state == "3"
    marks = [call["perhaps_told"] for call in state.attributes["calls"]]
    assert marks == [False, False, True]


async def test_long_lists(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    told: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A list that is read beside the loop is told of whole, and once."""
    monkeypatch.setattr("custom_components.sip_account.calls.watch._LONG_LIST", 5)
    entry = await set_up(ALICE)
    for number in range(25):
        _call(box, 40 - number, f"caller{number}")
    for _ in range(2):
        await entry.runtime_data.activity.async_refresh()
        await hass.async_block_till_done()
    assert [party for party, _ in told()] == [f"caller{n}" for n in range(25)]
    assert hass.states.is_state(MISSED, "25")
