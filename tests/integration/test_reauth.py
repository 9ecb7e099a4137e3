"""What asks for credentials comes once a refusal has lasted, and goes by itself."""

from collections.abc import Callable
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.const import DOMAIN
from demo import AccountBox

from .passing import change_password, pass_time, reauths, state_of
from .support import ALICE, password_entry_data

LOGGER = "custom_components.sip_account.health"
FORWARDING = "sensor.alice_example_com_call_forwarding"


def _is(entry: MockConfigEntry, state: ConfigEntryState) -> bool:
    return entry.state is state


async def test_believed_heals_by_itself(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What asks for credentials goes away with its notice once they are good again."""
    caplog.set_level(logging.INFO, LOGGER)
    entry = await set_up(ALICE, by="password")
    restore = change_password(box)
    await pass_time(hass, freezer, minutes=14, step=30)
    assert len(reauths(hass)) == 1
    issue = f"config_entry_reauth_{DOMAIN}_{entry.entry_id}"
    issues = ir.async_get(hass)
    assert issues.async_get_issue("homeassistant", issue)
    assert _is(entry, ConfigEntryState.LOADED)
    restore()
    await pass_time(hass, freezer, minutes=61, step=60)
    assert not reauths(hass)
    assert not issues.async_get_issue("homeassistant", issue)
    assert state_of(hass, FORWARDING) == "conditional"
    lines = [r.getMessage() for r in caplog.records if r.name == LOGGER]
    assert sum("no longer asked for" in line for line in lines) == 1
    assert sum("cannot be reached" in line for line in lines) == 1
    assert sum("can be reached again" in line for line in lines) == 1
    (lost,) = [line for line in lines if "cannot be reached" in line]
    assert f"/api/diagnostics/config_entry/{entry.entry_id}" in lost


async def test_touched_dialog_stays(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """A dialog that somebody has opened within half an hour is not taken away."""
    await set_up(ALICE, by="password")
    restore = change_password(box)
    await pass_time(hass, freezer, minutes=14, step=30)
    (flow_id,) = reauths(hass)
    await pass_time(hass, freezer, minutes=50, step=60)
    await hass.config_entries.flow.async_configure(flow_id, None)
    restore()
    await pass_time(hass, freezer, minutes=20, step=60)
    assert state_of(hass, FORWARDING) == "conditional"
    assert reauths(hass) == [flow_id]
    result = await hass.config_entries.flow.async_configure(
        flow_id, {"next_step_id": "password"}
    )
    assert result["step_id"] == "password"
    await pass_time(hass, freezer, minutes=25, step=60)
    assert reauths(hass) == [flow_id]
    await pass_time(hass, freezer, minutes=8, step=60)
    assert not reauths(hass)


async def test_set_up_waits_too(
    hass: HomeAssistant,
    box: AccountBox,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A home that starts while it is refused goes by the same schedule, for ever."""
    data = password_entry_data(box, ALICE)
    restore = change_password(box)
    entry = MockConfigEntry(domain=DOMAIN, title=ALICE, unique_id=ALICE, data=data)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    # Two requests; the user name is not learned yet, so the first goes under both.
    assert box.wrong_answers == ["alice", "alice@example.com", "alice"]
    for _ in range(5):
        await pass_time(hass, freezer, seconds=10)
    assert len(box.wrong_answers) == 3
    await pass_time(hass, freezer, minutes=13, step=10)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    assert len(box.wrong_answers) <= 3 + 4
    await pass_time(hass, freezer, minutes=20, step=30)
    assert len(reauths(hass)) == 1
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    restore()
    await pass_time(hass, freezer, minutes=80, step=60)
    assert _is(entry, ConfigEntryState.LOADED)
    assert state_of(hass, FORWARDING) == "conditional"
    assert not reauths(hass)


async def test_reload_by_home_assistant_forgets_nothing(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """A reload aborts what asks for credentials; it comes back unhammered."""
    entry = await set_up(ALICE, by="password")
    change_password(box)
    await pass_time(hass, freezer, minutes=14, step=30)
    assert len(reauths(hass)) == 1
    before = len(box.wrong_answers)
    for _ in range(5):
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    assert len(box.wrong_answers) == before
    await pass_time(hass, freezer, minutes=75, step=60)
    assert len(reauths(hass)) == 1
    assert len(box.wrong_answers) - before <= 2


async def test_reload_by_a_person_begins_anew(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    hass_client: Any,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Who presses Reload wants to see at once whether it works."""
    assert await async_setup_component(hass, "file_upload", {})
    assert await async_setup_component(hass, "config", {})
    client = await hass_client()
    entry = await set_up(ALICE, by="password")
    restore = change_password(box)
    await pass_time(hass, freezer, minutes=14, step=30)
    restore()
    url = f"/api/config/config_entries/entry/{entry.entry_id}/reload"
    answer = await client.post(url)
    assert answer.status == 200
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _is(entry, ConfigEntryState.LOADED)
    # The next tries come of the same request, and are none of a person.
    change_password(box)
    await client.post(url)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    before = len(box.wrong_answers)
    await pass_time(hass, freezer, seconds=50)
    assert len(box.wrong_answers) == before


async def test_every_reload_by_a_person(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    hass_ws_client: Any,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A browser asks for all of them over one WebSocket; later tries are none."""
    assert await async_setup_component(hass, "config", {})
    entry = await set_up(ALICE, by="password")
    change_password(box)
    await pass_time(hass, freezer, minutes=7)
    browser = await hass_ws_client(hass)
    for _ in range(3):
        before = len(box.wrong_answers)
        for disabled_by in ("user", None):
            await browser.send_json_auto_id(
                {
                    "type": "config_entries/disable",
                    "entry_id": entry.entry_id,
                    "disabled_by": disabled_by,
                }
            )
            assert (await browser.receive_json())["success"]
        await hass.async_block_till_done(wait_background_tasks=True)
        assert _is(entry, ConfigEntryState.SETUP_RETRY)
        tried = len(box.wrong_answers)
        assert tried > before
        await pass_time(hass, freezer, seconds=50)
        assert len(box.wrong_answers) == tried


async def test_new_credentials_begin_anew(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Other credentials are tried at once, whatever became of the old ones."""
    entry = await set_up(ALICE, by="password")
    change_password(box)
    await pass_time(hass, freezer, minutes=14, step=30)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "password": "another one"}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    assert _is(entry, ConfigEntryState.LOADED)


async def test_other_authority(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """A server whose certificate is of another authority asks whether to trust it."""
    await set_up(ALICE)
    box.replace_server_certificate(box.foreign.server_certificate())
    box.hang_up()
    asked = len(box.requests)
    await pass_time(hass, freezer, minutes=14, step=30)
    assert len(box.requests) == asked
    (flow_id,) = reauths(hass)
    result = await hass.config_entries.flow.async_configure(flow_id, None)
    assert result["step_id"] == "untrusted_server"
    assert result["menu_options"] == ["authority", "pin_certificate", "server"]
    result = await hass.config_entries.flow.async_configure(
        flow_id, {"next_step_id": "pin_certificate"}
    )
    assert result["step_id"] == "pin_certificate"
    # Closed, and opened again: nobody is held at a form that they cannot fill in.
    result = await hass.config_entries.flow.async_configure(flow_id, None)
    assert result["step_id"] == "untrusted_server"
    result = await hass.config_entries.flow.async_configure(
        flow_id, {"next_step_id": "authority"}
    )
    assert result["step_id"] == "authority"
    result = await hass.config_entries.flow.async_configure(flow_id, None)
    assert result["step_id"] == "untrusted_server"
    result = await hass.config_entries.flow.async_configure(
        flow_id, {"next_step_id": "pin_certificate"}
    )
    result = await hass.config_entries.flow.async_configure(flow_id, {})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert result["reason"] == "reauth_successful"
    assert state_of(hass, FORWARDING) == "conditional"


async def test_unusable_certificate_is_no_end(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """A stored certificate that cannot be used is tried again, and asked for later."""
    entry = await set_up(ALICE)
    asked = len(box.requests)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "allow_weak_certificate": False}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    assert entry.error_reason_translation_key == "certificate_unusable"
    assert not reauths(hass)
    await pass_time(hass, freezer, minutes=25, step=30)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    assert len(reauths(hass)) == 1
    assert len(box.requests) == asked
