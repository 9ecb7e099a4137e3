"""A server that hangs holds nobody up: two requests tell of all others."""

from collections.abc import Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components import sip_account
from custom_components.sip_account.coordinator import ACTIVITY, SETTINGS
from custom_components.sip_account.sip_settings import CATALOGUE
from demo import AccountBox

from .impatience import HANGING, give_up_soon
from .passing import pass_time, reauths
from .support import ALICE

BALANCE = "sensor.alice_example_com_balance"
CALL = "sensor.alice_example_com_last_call"
FORWARDING = "sensor.alice_example_com_call_forwarding"
VOICEMAIL = "sensor.alice_example_com_voicemail"
# Faults that say nothing about the action that was asked for.
OF_ACCOUNT = ["reset", "unauthorized_401", "hangs_unanswered", "forbidden_403"]


@pytest.fixture
def impatient(box: AccountBox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what never comes be waited for only shortly."""
    give_up_soon(box, monkeypatch)


def _state(hass: HomeAssistant, entity_id: str) -> str:
    state = hass.states.get(entity_id)
    return state.state if state else "missing"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", HANGING)
async def test_set_up(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], fault: str
) -> None:
    """Set-up ends after two requests that were sent one after the other."""
    box.faults.set("*", "*", fault)
    entry = await set_up(ALICE)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert len(box.requests) == 2
    assert not reauths(hass)
    assert not entry.data.get("learned_actions")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", [*HANGING, "reset"])
async def test_polls(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], fault: str
) -> None:
    """A poll of either group ends after two requests; the rest fails with them."""
    entry = await set_up(ALICE)
    learned = dict(entry.data["learned_actions"])
    box.faults.set("*", "*", fault)
    for group, actions in (("settings", SETTINGS), ("activity", ACTIVITY)):
        coordinator = getattr(entry.runtime_data, group)
        asked = len(box.requests)
        await coordinator.async_refresh()
        names = {request.action for request in box.requests[asked:]}
        assert len(names) == 2
        known = coordinator.data.by_action
        assert {reading.failed for reading in known.values()} == {
            "connection" if fault == "reset" else "timeout"
        }
        assert set(known) <= {action.key for action in actions}
    assert {_state(hass, e) for e in (BALANCE, CALL, FORWARDING)} == {"unavailable"}
    assert entry.data["learned_actions"] == learned
    box.faults.clear()
    await entry.runtime_data.settings.async_refresh()
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()
    assert _state(hass, FORWARDING) == "conditional"
    assert _state(hass, BALANCE) == "12.3456"


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("fault", OF_ACCOUNT)
@pytest.mark.parametrize("action", CATALOGUE)
async def test_one_action_from_the_start(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    action: str,
    fault: str,
) -> None:
    """One action that always fails as an account does costs itself alone."""
    for name in CATALOGUE[action].names:
        box.faults.set(ALICE, name, fault)
    entry = await set_up(ALICE)
    assert entry.state is ConfigEntryState.LOADED
    await entry.runtime_data.settings.async_refresh()
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()
    failed = {
        key: reading.failed
        for coordinator in (entry.runtime_data.settings, entry.runtime_data.activity)
        for key, reading in coordinator.data.by_action.items()
        if reading.failed
    }
    assert set(failed) == {action}
    assert not reauths(hass)


# Nothing that hangs: a clock that stands still waits for ever.
@pytest.mark.parametrize("fault", ["reset", "unauthorized_401", "forbidden_403"])
async def test_two_actions(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    fault: str,
) -> None:
    """Two that stand beside each other cost themselves: others bear witness."""
    entry = await set_up(ALICE)
    box.faults.set(ALICE, "account", fault)
    box.faults.set(ALICE, "aliases", fault)
    for _ in range(2):
        await entry.runtime_data.settings.async_refresh()
    failed = {
        key
        for key, reading in entry.runtime_data.settings.data.by_action.items()
        if reading.failed
    }
    assert failed == {"account", "aliases"}
    # Not so at the very first look, when nobody was answered yet: it is tried again,
    # and then others are asked.
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.config_entries.async_setup(entry.entry_id)
    await pass_time(hass, freezer, minutes=16, step=20)
    assert entry.state is ConfigEntryState.LOADED


async def test_set_up_with_three_that_hang(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However they are spread, set-up ends after two time limits, and polls go on."""
    # Long enough for all others to be answered in on a busy machine.
    limit = 3.0
    give_up_soon(box, monkeypatch, limit)
    monkeypatch.setattr(sip_account, "TIME_LIMIT", limit)
    for action in ("account", "enum", "calls"):
        for name in CATALOGUE[action].names:
            box.faults.set(ALICE, name, "hangs_unanswered")
    entry = await set_up(ALICE)
    assert entry.state is ConfigEntryState.LOADED
    activity = entry.runtime_data.activity
    assert activity.data.by_action["calls"].failed == "timeout"
    # Its time was over before ours: it was given up before it had hung for long.
    assert hass.loop.time() >= (entry.runtime_data.health.ready_by or 0)
    box.faults.clear()
    await activity.async_refresh()
    assert activity.data.by_action["calls"].failed is None


async def test_zone_is_not_waited_for_again(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    impatient: None,
) -> None:
    """An account that hangs is waited for by its own poll, not by every other one."""
    box.faults.set(ALICE, "account", "hangs_unanswered")
    entry = await set_up(ALICE)
    assert entry.state is ConfigEntryState.LOADED
    asked = [r.action for r in box.requests if r.action in {"account", "get_identity"}]
    await entry.runtime_data.activity.async_refresh()
    again = [r.action for r in box.requests if r.action in {"account", "get_identity"}]
    assert len(again) == len(asked) == 1 + asked.count("get_identity")
