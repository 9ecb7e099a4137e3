"""The action that forgets calls, in a real Home Assistant."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
import pytest
from pytest_homeassistant_custom_component.common import (
    MockUser,
    async_capture_events,
)
import voluptuous as vol

from custom_components.sip_account.const import EVENT_CALL
from demo import AccountBox

from .calling import ring, said
from .support import ALICE
from .test_usage import _begin, _figures, _poll


async def forget(hass: HomeAssistant, what: str, **more: Any) -> None:
    """Have calls of the account forgotten."""
    target = {"entity_id": "sensor.alice_example_com_last_call"}
    await hass.services.async_call(
        "sip_account",
        "forget_calls",
        {"what": what},
        blocking=True,
        target=target,
        **more,
    )
    await hass.async_block_till_done()


async def restart(hass: HomeAssistant, entry: Any) -> None:
    """Let the account be loaded anew, and everything be polled."""
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    await _poll(hass, entry)


def state_of(hass: HomeAssistant, key: str) -> str:
    """Return the state of a sensor of the account."""
    state = hass.states.get(f"sensor.alice_example_com_{key}")
    assert state is not None
    return state.state


async def listed(hass: HomeAssistant) -> list[Any]:
    """Return the names that the action lists."""
    answer = await hass.services.async_call(
        "sip_account", "get_calls", {}, blocking=True, return_response=True
    )
    calls: Any = (answer or {})["calls"]
    return [call["name"] for call in calls]


@pytest.mark.parametrize("what", ["everything", "parties"])
async def test_forgotten_for_good(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Callable[..., Any],
    see: Any,
    freezer: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
    what: str,
) -> None:
    """The server goes on listing what was, and nothing of it comes back."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    await enable()
    told = async_capture_events(hass, EVENT_CALL)
    ring(box, "received", "Erin")
    ring(box, "received", "Frank", 60)
    await _poll(hass, entry)
    ring(box, "placed", "", 60, price=1)
    await _poll(hass, entry)
    assert len(told) == 3
    assert _figures(see, entry) == [3, 120, 1] * 2
    assert state_of(hass, "missed_calls") == "1"
    await forget(hass, what)
    everything = what == "everything"
    for _ in range(2):
        left = [0] * 6 if everything else [3, 120, 1] * 2
        assert _figures(see, entry) == left
        assert state_of(hass, "last_call") == "unknown"
        assert state_of(hass, "last_missed_call") == "unknown"
        assert state_of(hass, "missed_calls") == ("0" if everything else "1")
        assert await listed(hass) == []
        nameless = ["Incoming call", "Missed call", "Outgoing call"]
        assert sorted(await said(hass)) == ([] if everything else nameless)
        kept = str(hass_storage[f"sip_account.calls.{entry.entry_id}"])
        assert "Erin" not in kept
        assert "Frank" not in kept
        assert len(told) == 3
        await restart(hass, entry)
        freezer.tick(60)
        await _poll(hass, entry)
    ring(box, "received", "Dave", 30)
    ring(box, "received", "Carol")
    await _poll(hass, entry)
    await restart(hass, entry)
    assert [event.data["name"] for event in told[3:]] == ["Dave", "Carol"]
    assert await listed(hass) == ["Carol", "Dave"]
    assert state_of(hass, "last_call") != "unknown"
    assert state_of(hass, "missed_calls") == ("1" if everything else "2")
    assert _figures(see, entry)[:2] == ([2, 30] if everything else [5, 150])
    new = ["Incoming call from Dave, 30 s", "Missed call from Carol"]
    assert (await said(hass))[-2:] == new
    await hass.config_entries.async_remove(entry.entry_id)
    assert f"sip_account.calls.{entry.entry_id}" not in hass_storage


async def test_forgotten_costs(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    see: Any,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Debits that were told, and one that comes late, are no costs of today."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password", path="/sylk_settings.phtml")
    placed = ring(box, "placed", "", 60, price=1)
    await _poll(hass, entry)
    assert _figures(see, entry)[2] == 1
    await forget(hass, "everything")
    assert _figures(see, entry) == [0] * 6
    placed.price = Decimal(2)
    await _poll(hass, entry)
    await restart(hass, entry)
    assert _figures(see, entry) == [0] * 6
    freezer.tick(60)
    ring(box, "placed", "", 30, price=3)
    await _poll(hass, entry)
    assert _figures(see, entry)[:3] == [1, 30, 3]
    await hass.config_entries.async_unload(entry.entry_id)


async def test_who_may_and_what(
    hass: HomeAssistant, set_up: Callable[..., Any], hass_read_only_user: MockUser
) -> None:
    """Administrators, and it must be said what."""
    entry = await set_up(ALICE)
    with pytest.raises(Unauthorized):
        await forget(hass, "parties", context=Context(user_id=hass_read_only_user.id))
    with pytest.raises(vol.Invalid):
        await forget(hass, "nothing")
    assert state_of(hass, "last_call") != "unknown"
    await hass.config_entries.async_unload(entry.entry_id)


async def test_calls_that_are_listed_again(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    see: Any,
    freezer: FrozenDateTimeFactory,
) -> None:
    """An older call that the server lists later is taken no more."""
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password")
    late = ring(box, "received", "Late")
    box.accounts[ALICE].calls.clear()
    freezer.tick(60)
    ring(box, "received", "Erin")
    await _poll(hass, entry)
    await forget(hass, "everything")
    box.accounts[ALICE].calls.append(late)
    ring(box, "received", "New", session_id="new")
    await _poll(hass, entry)
    assert await listed(hass) == ["New"]
    assert _figures(see, entry)[0] == 1
    assert state_of(hass, "missed_calls") == "1"
    await hass.config_entries.async_unload(entry.entry_id)
