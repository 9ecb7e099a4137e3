"""What was listed last is told while an account waits for its server, and no longer."""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from demo import AccountBox

from .support import ALICE, BOB


async def _answer(hass: HomeAssistant, name: str, **data: Any) -> dict[str, Any]:
    answer = await hass.services.async_call(
        "sip_account", name, data, blocking=True, return_response=True
    )
    assert isinstance(answer, dict)
    return answer


async def _reload_lost(hass: HomeAssistant, box: AccountBox, entry: Any) -> None:
    """Load an account anew while its server answers nothing."""
    box.faults.set("*", "*", "html_502")
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.SETUP_RETRY


@pytest.mark.parametrize("name", ["get_calls", "get_balance_history"])
async def test_reloaded(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], name: str
) -> None:
    """The list of before, and from when it is; then the server's own again."""
    entry = await set_up(ALICE)
    before = await _answer(hass, name)
    assert before["as_of"]
    await _reload_lost(hass, box, entry)
    for named in ({}, {"config_entry_id": entry.entry_id}):
        assert await _answer(hass, name, **named) == {**before, "stale": True}
    with pytest.raises(ServiceValidationError):
        await _answer(hass, "get_monthly_summary", config_entry_id=entry.entry_id)
    # A set-up that fails again keeps what is kept.
    await _reload_lost(hass, box, entry)
    assert await _answer(hass, name) == {**before, "stale": True}
    box.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    again = await _answer(hass, name)
    assert again["stale"] is False
    assert again["as_of"] > before["as_of"]


async def test_one_list_fails(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An account that is loaded without its calls tells those of before."""
    entry = await set_up(ALICE)
    before = await _answer(hass, "get_calls")
    box.faults.set("*", "calls", "html_502")
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED
    assert await _answer(hass, "get_calls") == {**before, "stale": True}


@pytest.mark.parametrize("what", ["parties", "everything"])
async def test_forgotten(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], what: str
) -> None:
    """What a person had forgotten is told no more."""
    entry = await set_up(ALICE)
    box.faults.set("*", "calls", "html_502")
    await hass.config_entries.async_reload(entry.entry_id)
    data = {"what": what, "config_entry_id": entry.entry_id}
    await hass.services.async_call("sip_account", "forget_calls", data, blocking=True)
    with pytest.raises(HomeAssistantError) as caught:
        await _answer(hass, "get_calls")
    assert caught.value.translation_key == "not_readable"


async def test_others_are_not_told_of(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An account that is disabled or removed lists nothing."""
    alice, bob = await set_up(ALICE), await set_up(BOB)
    await hass.config_entries.async_unload(alice.entry_id)
    told = await _answer(hass, "get_calls")
    assert ALICE not in {call["account"] for call in told["calls"]}
    with pytest.raises(ServiceValidationError):
        await _answer(hass, "get_calls", config_entry_id=alice.entry_id)
    assert "sip_account_listed" in hass.data
    for entry in (alice, bob):
        await hass.config_entries.async_remove(entry.entry_id)
    assert "sip_account_listed" not in hass.data
