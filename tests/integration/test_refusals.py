"""Refusals are believed once they last, are not hammered at, and heal by themselves."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest

from custom_components.sip_account.coordinator import ACTIVITY, SETTINGS
from custom_components.sip_account.sip_settings import CATALOGUE, Action
from demo import AccountBox
from demo.exchange import Exchange, healthy
from demo.faults import READY
from tests.faults.server_table import _trust_others

from .passing import change_password, pass_time, reauths, state_of
from .support import ALICE, BOB, CAROL, in_box

BALANCE = "sensor.alice_example_com_balance"
DO_NOT_DISTURB = "switch.alice_example_com_do_not_disturb"
FORWARDING = "sensor.alice_example_com_call_forwarding"


async def test_refused_login_is_not_hammered(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """One poll, then one request after a minute and every five; later every hour."""
    await set_up(ALICE, by="password")
    await pass_time(hass, freezer, minutes=2)
    change_password(box)
    asked = len(box.requests)
    while not box.wrong_answers:
        # Settings have their turn two to four seconds after the calls.
        await pass_time(hass, freezer, seconds=1)
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
    restore = change_password(box)
    while not box.wrong_answers:
        # Settings have their turn two to four seconds after the calls.
        await pass_time(hass, freezer, seconds=1)
    restore()
    # Either group may have been refused; the other is shown with its own next poll.
    assert "unavailable" in {state_of(hass, BALANCE), state_of(hass, FORWARDING)}
    await pass_time(hass, freezer, seconds=70)
    assert state_of(hass, BALANCE) == "12.3456"
    assert state_of(hass, FORWARDING) == "conditional"
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
    restore = change_password(box)
    await getattr(entry.runtime_data, group).async_refresh()
    asked = len(box.requests)
    await pass_time(hass, freezer, seconds=50)
    assert len(box.requests) == asked
    await pass_time(hass, freezer, seconds=20)
    assert len(box.requests) == asked + 2
    assert {state_of(hass, BALANCE), state_of(hass, FORWARDING)} == {"unavailable"}
    restore()
    await pass_time(hass, freezer, minutes=5, seconds=10)
    assert state_of(hass, BALANCE) == "12.3456"
    assert state_of(hass, FORWARDING) == "conditional"


async def test_one_alert_is_no_end(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    poll: Callable[..., Any],
) -> None:
    """A balancer in mid-update refuses the certificate once: all is well after it."""
    await set_up(ALICE)
    serving = box.served
    await in_box(box, _trust_others(box))
    box.hang_up()
    await poll()
    assert state_of(hass, FORWARDING) == "unavailable"
    assert not reauths(hass)
    box.served = serving
    await pass_time(hass, freezer, seconds=70)
    assert state_of(hass, FORWARDING) == "conditional"
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
    change_password(box)
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
    restore = change_password(box)
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
    assert "unavailable" not in {state_of(hass, entity) for entity in others}


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
    assert state_of(hass, FORWARDING) == "conditional"
    # Each poll asks for the calls and for one witness; one of settings comes along.
    assert len(box.requests) - asked <= 2 * 15 + 12


@pytest.mark.parametrize("by", ["certificate", "password"])
@pytest.mark.parametrize(
    ("broken", "alive"),
    [
        (ACTIVITY, (FORWARDING, DO_NOT_DISTURB)),
        (SETTINGS, ("sensor.alice_example_com_last_call",)),
    ],
    ids=["activity", "settings"],
)
async def test_a_group_is_not_the_account(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    by: str,
    broken: tuple[Action[Any], ...],
    alive: tuple[str, ...],
) -> None:
    """All actions of a group that are refused cost themselves, and no more requests."""
    await set_up(CAROL, by=by)
    for action in broken:
        for name in action.names:
            box.faults.set(CAROL, name, "plain_403")
    asked = len(box.requests)
    wanted = [entity.replace("alice", "carol") for entity in alive]
    for _ in range(56 * 3):
        await pass_time(hass, freezer, seconds=20, step=20)
        shown = {state_of(hass, entity) for entity in wanted} - {"missing"}
        assert shown
        assert "unavailable" not in shown
    assert not reauths(hass)
    # Some 4 polls of settings and 57 of activity, and witnesses.
    assert len(box.requests) - asked < 57 * 3 + 4 * 20


@pytest.mark.parametrize("awaited", [True, False])
@pytest.mark.parametrize(
    ("group", "broken", "alive"),
    [
        ("activity", ACTIVITY, FORWARDING),
        ("settings", SETTINGS, "sensor.alice_example_com_last_call"),
    ],
)
async def test_a_group_is_refused_at_once(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    group: str,
    broken: tuple[Action[Any], ...],
    alive: str,
    awaited: bool,
) -> None:
    """Whoever waits for it or not, and whichever was answered last: the other stays."""
    entry = await set_up(ALICE)
    for action in broken:
        for name in action.names:
            box.faults.set(ALICE, name, "plain_403")
    refused = getattr(entry.runtime_data, group)
    refused.awaited = awaited
    # Some are found to fail in the first poll, and the others in later ones.
    for coordinator in (refused, refused.other) * len(SETTINGS):
        await coordinator.async_refresh()
        await hass.async_block_till_done(wait_background_tasks=True)
        assert state_of(hass, alive) not in {"unavailable", "missing"}


@pytest.mark.parametrize(
    "elsewhere", ["too_many_429", "html_502", "redirect_301", "not_found_404"]
)
async def test_proxies_let_nobody_in(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    elsewhere: str,
) -> None:
    """What a proxy says between refusals clears nothing, and hammers at nobody."""
    entry = await set_up(ALICE, by="password")
    await pass_time(hass, freezer, minutes=2)
    change_password(box)
    told = count(1)

    async def now_and_then(exchange: Exchange) -> Any:
        return await (healthy if next(told) % 4 else READY[elsewhere])(exchange)

    box.faults.set("*", "*", now_and_then)
    await pass_time(hass, freezer, minutes=60, step=20)
    assert len(box.wrong_answers) < 25
    # Believed; then nothing but the proxy, which lets nobody in: it is asked on.
    box.faults.clear()
    await pass_time(hass, freezer, minutes=80, step=30)
    assert len(reauths(hass)) == 1
    box.faults.set("*", "*", elsewhere)
    await pass_time(hass, freezer, minutes=150, step=60)
    assert len(reauths(hass)) == 1
    assert entry.runtime_data.health.standing.refusal


async def test_nothing_left_to_ask(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A server that knows one action alone, which fails, is not ready, and no bug."""
    entry = await set_up(ALICE)
    learned = dict.fromkeys(CATALOGUE, None) | {"account": "account"}
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "learned_actions": learned}
    )
    box.faults.set("*", "*", "reset")
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert "cannot be reached" in (entry.reason or "")


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
