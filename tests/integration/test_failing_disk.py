"""What was to be kept is kept once the disk takes it."""

from collections.abc import Callable, Iterator
from typing import Any

from homeassistant.core import Event, EventStateChangedData, HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.file import WriteError
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from demo import AccountBox

from .automating import EVENT, miss_call, poll_now

MISSED = "sensor.alice_example_com_missed_calls"


@pytest.fixture
def disk(hass: HomeAssistant) -> Iterator[Callable[[bool], None]]:
    """Give a way to fill the disk, and to make room on it."""
    write = Store._async_write_data
    full = False

    async def write_or_fail(store: Store[Any], data: dict[str, Any]) -> None:
        if full:
            msg = "No space left on device"
            raise WriteError(msg)
        await write(store, data)

    def fill(is_full: bool) -> None:
        nonlocal full
        full = is_full

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "_async_write_data", write_or_fail)
        yield fill


@pytest.fixture
def told(hass: HomeAssistant) -> list[Any]:
    """Give the callers that are told of from now on."""
    found: list[Any] = []

    def note(event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        if event.data["entity_id"] != EVENT or old is None or new is None:
            return
        if new.state not in {old.state, "unavailable"} and old.state != "unavailable":
            found.append(new.attributes["party"])

    hass.bus.async_listen("state_changed", note)
    return found


@pytest.mark.parametrize("by", ["time", "stopping"])
async def test_calls(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    disk: Callable[[bool], None],
    told: list[Any],
    freezer: Any,
    by: str,
) -> None:
    """A call that could not be noted is noted a minute later, or when it ends."""
    entry = await set_up()
    disk(True)
    miss_call(box, "sip:erin@example.com")
    await poll_now(hass, entry)
    assert told == ["erin@example.com"]
    if by == "time":
        freezer.tick(61)
        async_fire_time_changed(hass, dt_util.utcnow())
        await hass.async_block_till_done(wait_background_tasks=True)
    disk(False)
    if by == "time":
        freezer.tick(61)
        async_fire_time_changed(hass, dt_util.utcnow())
        await hass.async_block_till_done(wait_background_tasks=True)
        disk(True)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert told == ["erin@example.com"]
    missed = hass.states.get(MISSED)
    assert missed is not None
    assert missed.state == "1"
