"""Refusals are believed once they last, are not hammered at, and heal by themselves."""

from collections.abc import Callable
from datetime import timedelta
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.const import DOMAIN
from demo import AccountBox
from tests.faults.server_table import _trust_others

from .passing import pass_time, reauths
from .support import ALICE, BOB, in_box, password_entry_data

LOGGER = "custom_components.sip_account.health"
BALANCE = "sensor.alice_example_com_balance"
FORWARDING = "sensor.alice_example_com_call_forwarding"
DO_NOT_DISTURB = "switch.alice_example_com_do_not_disturb"


def _is(entry: MockConfigEntry, state: ConfigEntryState) -> bool:
    return entry.state is state


def _state(hass: HomeAssistant, entity_id: str) -> str:
    state = hass.states.get(entity_id)
    return state.state if state else "missing"


def _change_password(box: AccountBox) -> Callable[[], None]:
    """Let the account have another password; return what takes that back."""
    account = box.accounts[ALICE]
    kept, account.password = account.password, "another one"

    def restore() -> None:
        account.password = kept

    return restore


async def test_refused_login_is_not_hammered(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """One poll, then one request after a minute and every five; later every hour."""
    await set_up(ALICE, by="password")
    await pass_time(hass, freezer, minutes=2)
    _change_password(box)
    asked = len(box.requests)
    while not box.wrong_answers:
        await pass_time(hass, freezer, seconds=10)
    at_first = len(box.wrong_answers)
    # Two requests, the first also with the challenge that was kept.
    assert at_first == 3
    counted = []
    for _ in range(11):
        await pass_time(hass, freezer, minutes=1)
        counted.append(len(box.wrong_answers) - at_first)
    assert counted == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3]
    assert set(box.wrong_answers) == {"alice"}
    # A challenge and an answer for each attempt, and nothing else at all.
    assert len(box.requests) - asked <= 2 * (at_first + counted[-1])
    assert len(reauths(hass)) == 1
    before = len(box.wrong_answers)
    await pass_time(hass, freezer, minutes=59, step=30)
    assert len(box.wrong_answers) == before
    await pass_time(hass, freezer, minutes=2, step=30)
    assert len(box.wrong_answers) == before + 1
    await pass_time(hass, freezer, minutes=180, step=60)
    assert len(box.wrong_answers) == before + 4


async def test_hiccup_costs_a_minute(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """The first attempt that is answered brings the whole poll at once."""
    await set_up(ALICE, by="password")
    await pass_time(hass, freezer, minutes=2)
    restore = _change_password(box)
    while not box.wrong_answers:
        await pass_time(hass, freezer, seconds=10)
    restore()
    assert _state(hass, BALANCE) == "unavailable"
    await pass_time(hass, freezer, seconds=70)
    assert _state(hass, BALANCE) == "12.3456"
    assert _state(hass, FORWARDING) == "conditional"
    assert not reauths(hass)


@pytest.mark.parametrize("group", ["settings", "activity"])
async def test_either_group_finds_out_for_both(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    group: str,
) -> None:
    """Whichever group is refused, the other one waits with it and comes back too."""
    entry = await set_up(
        ALICE,
        by="password",
        options={"activity_interval": 3600, "settings_interval": 60},
    )
    restore = _change_password(box)
    await getattr(entry.runtime_data, group).async_refresh()
    asked = len(box.requests)
    await pass_time(hass, freezer, seconds=50)
    assert len(box.requests) == asked
    await pass_time(hass, freezer, seconds=20)
    assert len(box.requests) == asked + 2
    assert {_state(hass, BALANCE), _state(hass, FORWARDING)} == {"unavailable"}
    restore()
    await pass_time(hass, freezer, minutes=5, seconds=10)
    assert _state(hass, BALANCE) == "12.3456"
    assert _state(hass, FORWARDING) == "conditional"


async def test_one_alert_is_no_end(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    poll: Callable[..., Any],
) -> None:
    """A balancer in mid-update refuses the certificate once: all is well after it."""
    await set_up(ALICE)
    serving = box._served
    await in_box(box, _trust_others(box))
    box.hang_up()
    await poll()
    assert _state(hass, FORWARDING) == "unavailable"
    assert not reauths(hass)
    box._served = serving
    await pass_time(hass, freezer, seconds=70)
    assert _state(hass, FORWARDING) == "conditional"
    assert not reauths(hass)
    await pass_time(hass, freezer, minutes=20, step=60)
    assert not reauths(hass)


async def test_wall_clock_decides_nothing(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two minutes of refusals stay two minutes when the clock is set."""
    await set_up(ALICE, by="password")
    _change_password(box)
    await pass_time(hass, freezer, minutes=2)
    assert box.wrong_answers
    now = dt_util.utcnow
    monkeypatch.setattr(dt_util, "utcnow", lambda: now() + timedelta(days=1))
    await pass_time(hass, freezer, minutes=7)
    assert not reauths(hass)


async def test_resets_in_between(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """One refusal, three days of resets, one more refusal: that is not ten minutes."""
    await set_up(ALICE, by="password")
    restore = _change_password(box)
    await pass_time(hass, freezer, seconds=70)
    assert box.wrong_answers
    box.faults.set("*", "*", "reset")
    await pass_time(hass, freezer, minutes=3 * 24 * 60, step=600)
    box.faults.clear()
    await pass_time(hass, freezer, minutes=9, step=30)
    assert not reauths(hass)
    await pass_time(hass, freezer, minutes=6, step=30)
    assert len(reauths(hass)) == 1
    restore()


@pytest.mark.parametrize("action", ["calls", "account", "diversions", "prepaid"])
@pytest.mark.parametrize("fault", ["unauthorized_401", "reset"])
async def test_one_action_is_not_the_account(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    action: str,
    fault: str,
) -> None:
    """One action that is always refused costs itself, and nothing else ever."""
    await set_up(ALICE)
    box.faults.set(ALICE, action, fault)
    await pass_time(hass, freezer, minutes=35, step=30)
    assert not reauths(hass)
    others = {
        "calls": [BALANCE, FORWARDING],
        "account": [BALANCE, FORWARDING],
        "diversions": [BALANCE],
        "prepaid": [FORWARDING],
    }[action]
    assert "unavailable" not in {_state(hass, entity) for entity in others}
    asked = len(box.requests)
    await hass.services.async_call(
        "switch", "turn_on", {"entity_id": DO_NOT_DISTURB}, blocking=True
    ) if _state(hass, DO_NOT_DISTURB) != "missing" else None
    assert len(box.requests) >= asked


async def test_one_of_one_is_not_the_account(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Where a group knows one action alone, the other group bears witness."""
    for name in ("prepaid", "get_prepaid"):
        box.faults.set("*", name, "invalid_action")
    await set_up(ALICE)
    box.faults.set(ALICE, "calls", "unauthorized_401")
    asked = len(box.requests)
    await pass_time(hass, freezer, minutes=14, step=20)
    assert not reauths(hass)
    assert _state(hass, FORWARDING) == "conditional"
    # Each poll asks for the calls and for one witness; one of settings comes along.
    assert len(box.requests) - asked <= 2 * 15 + 12


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
    restore = _change_password(box)
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
    assert _state(hass, FORWARDING) == "conditional"
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
    restore = _change_password(box)
    await pass_time(hass, freezer, minutes=14, step=30)
    (flow_id,) = reauths(hass)
    await pass_time(hass, freezer, minutes=50, step=60)
    await hass.config_entries.flow.async_configure(flow_id, None)
    restore()
    await pass_time(hass, freezer, minutes=20, step=60)
    assert _state(hass, FORWARDING) == "conditional"
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
    restore = _change_password(box)
    entry = MockConfigEntry(domain=DOMAIN, title=ALICE, unique_id=ALICE, data=data)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    # Two requests; the user name is not learned yet, so each under both.
    assert box.wrong_answers == ["alice", "alice@example.com"] * 2
    for _ in range(5):
        await pass_time(hass, freezer, seconds=10)
    assert len(box.wrong_answers) == 4
    await pass_time(hass, freezer, minutes=13, step=10)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    assert len(box.wrong_answers) <= 4 + 4
    await pass_time(hass, freezer, minutes=20, step=30)
    assert len(reauths(hass)) == 1
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    restore()
    await pass_time(hass, freezer, minutes=80, step=60)
    assert _is(entry, ConfigEntryState.LOADED)
    assert _state(hass, FORWARDING) == "conditional"
    assert not reauths(hass)


async def test_reload_by_home_assistant_forgets_nothing(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """A reload aborts what asks for credentials; it comes back unhammered."""
    entry = await set_up(ALICE, by="password")
    _change_password(box)
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
    restore = _change_password(box)
    await pass_time(hass, freezer, minutes=14, step=30)
    restore()
    url = f"/api/config/config_entries/entry/{entry.entry_id}/reload"
    answer = await client.post(url)
    assert answer.status == 200
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _is(entry, ConfigEntryState.LOADED)
    # The next tries come of the same request, and are none of a person.
    _change_password(box)
    await client.post(url)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _is(entry, ConfigEntryState.SETUP_RETRY)
    before = len(box.wrong_answers)
    await pass_time(hass, freezer, seconds=50)
    assert len(box.wrong_answers) == before


async def test_new_credentials_begin_anew(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Other credentials are tried at once, whatever became of the old ones."""
    entry = await set_up(ALICE, by="password")
    _change_password(box)
    await pass_time(hass, freezer, minutes=14, step=30)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "password": "another one"}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    assert _is(entry, ConfigEntryState.LOADED)


async def test_writes_fail_at_once(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """While the account is refused, a change is refused with the reason, unsent."""
    entry = await set_up(BOB, by="password")
    box.accounts[BOB].password = "another one"
    await entry.runtime_data.settings.async_refresh()
    asked = len(box.requests)
    with pytest.raises(HomeAssistantError) as caught:
        await entry.runtime_data.control.async_set_do_not_disturb(on=True)
    assert caught.value.translation_key == "authentication_refused"
    assert len(box.requests) == asked


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
    result = await hass.config_entries.flow.async_configure(flow_id, {})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert result["reason"] == "reauth_successful"
    assert _state(hass, FORWARDING) == "conditional"


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
