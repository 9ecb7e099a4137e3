"""Options that are finished after their account was removed, or while it retries."""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.calls.kept_phone_book import async_save_phone_book
from custom_components.sip_account.flows import phone_book
from demo import AccountBox

from .flow import Flow, is_gone
from .support import ALICE

VCARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Erin\r\nTEL:+31208005162\r\nEND:VCARD\r\n"
OPTIONS: dict[str, dict[str, Any]] = {
    "settings": {"activity_interval": 90, "settings_interval": 20, "currency": "EUR"},
    "control": {"forwarding_targets": ["erin@example.net"]},
    "contact": {"number": "+31208005162", "name": "Erin"},
    "clear_phone_book": {},
    "phone_book": {},
}


@pytest.fixture
async def entry(hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow) -> Any:
    """Give an account with a phone book, whose server can be written to."""
    entry = await set_up(ALICE, by="password")
    await flow.options(entry.entry_id)
    await flow.choose("contact")
    await flow.submit(**OPTIONS["contact"])
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


async def _submit_options(flow: Flow, step: str) -> None:
    if step == "phone_book":
        await flow.upload(VCARD, "file")
    else:
        await flow.submit(**OPTIONS[step])
    if flow.step == "targets":
        await flow.choose("keep_targets")


@pytest.mark.parametrize("step", OPTIONS)
@pytest.mark.parametrize("opened", [True, False])
async def test_options(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    flow: Flow,
    entry: Any,
    step: str,
    opened: bool,
) -> None:
    """Every form of the options, and the menu before it."""
    await flow.options(entry.entry_id)
    if opened:
        await flow.choose(step)
    await hass.config_entries.async_remove(entry.entry_id)
    if opened:
        await _submit_options(flow, step)
    else:
        await flow.choose(step)
    is_gone(flow)
    assert not [key for key in hass_storage if entry.entry_id in key]


@pytest.mark.parametrize("wrong", [b"no contacts", VCARD[:20]])
async def test_options_with_errors(
    hass: HomeAssistant, flow: Flow, entry: Any, wrong: bytes
) -> None:
    """There is nothing to mend in a form whose account is gone."""
    await flow.options(entry.entry_id)
    await flow.choose("phone_book")
    await hass.config_entries.async_remove(entry.entry_id)
    await flow.upload(wrong, "file")
    is_gone(flow)


async def test_phone_book_while_it_is_removed(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    flow: Flow,
    entry: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A phone book that is written by a slow disk after the removal is not left."""

    async def slow(*arguments: Any) -> bool:
        await hass.config_entries.async_remove(entry.entry_id)
        return await async_save_phone_book(*arguments)

    monkeypatch.setattr(phone_book, "async_save_phone_book", slow)
    await flow.options(entry.entry_id)
    await flow.choose("phone_book")
    await flow.upload(VCARD, "file")
    is_gone(flow)
    assert not [key for key in hass_storage if entry.entry_id in key]


@pytest.mark.parametrize("step", OPTIONS)
async def test_options_while_it_retries(
    hass: HomeAssistant, box: AccountBox, flow: Flow, entry: Any, step: str
) -> None:
    """What is set while the server is lost is kept; what can be checked is checked."""
    await flow.options(entry.entry_id)
    await flow.choose(step)
    box.faults.set("*", "*", "reset")
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state.value == "setup_retry"
    if step == "control":
        await flow.submit(forwarding_targets=["javascript:alert(1)"])
        assert flow.errors == {"forwarding_targets": "target_not_a_target"}
    await _submit_options(flow, step)
    assert flow.step == "create_entry" or flow.result["reason"] == "contacts_read"
    if step in {"settings", "control"}:
        assert OPTIONS[step].items() <= entry.options.items()
    box.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("state", ["unloaded", "retrying"])
async def test_options_are_opened(
    hass: HomeAssistant, box: AccountBox, flow: Flow, entry: Any, state: str
) -> None:
    """They can be opened in any state, but for what only a server can tell."""
    if state == "retrying":
        box.faults.set("*", "*", "reset")
        await hass.config_entries.async_reload(entry.entry_id)
    else:
        await hass.config_entries.async_unload(entry.entry_id)
    for step in OPTIONS.keys() - {"control"}:
        await flow.options(entry.entry_id)
        assert "control" not in flow.result["menu_options"]
        await flow.choose(step)
        assert flow.step == step


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
@pytest.mark.parametrize("field", ["activity_interval", "low_balance"])
async def test_no_number(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    field: str,
    number: str,
) -> None:
    """What is not finite is refused like any other nonsense, and nothing is kept."""
    entry = await set_up(ALICE)
    await flow.options(entry.entry_id)
    await flow.choose("settings")
    form = flow.result
    given = {"activity_interval": 60, "settings_interval": 15, "currency": "EUR"}
    answer = await flow.client.post(
        f"/api/config/config_entries/options/flow/{form['flow_id']}",
        json=given | {field: number},
    )
    assert answer.status == 400
    assert not entry.options
