"""What actions and assistants take and tell, to the very minute and number."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
import voluptuous as vol

from custom_components.sip_account import services
from custom_components.sip_account.assisting.changing import SetDoNotDisturbTool
from custom_components.sip_account.assisting.reading import (
    GetCallsTool,
    GetForwardingTool,
)
from demo import AccountBox
from demo.accounts import Call

from .changing import writes_of
from .support import ALICE, BOB

DND = "switch.alice_example_com_do_not_disturb"


async def _answer(hass: HomeAssistant, name: str, **data: Any) -> dict[str, Any]:
    answer = await hass.services.async_call(
        "sip_account", name, data, blocking=True, return_response=True
    )
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(
    ("schema", "field", "first", "last"),
    [
        (services.GET_CALLS, "limit", 1, 1000),
        (services.GET_BALANCE_HISTORY, "limit", 1, 1000),
        (services.GET_MONTHLY_SUMMARY, "months_ago", 0, 12),
        (services.GET_USAGE, "days", 1, 400),
        (services.SET_DO_NOT_DISTURB, "minutes", 0, 43_200),
        (GetCallsTool({}).parameters, "since_hours", 1, 744),
        (GetCallsTool({}).parameters, "limit", 1, 50),
        (SetDoNotDisturbTool({}).parameters, "minutes", 0, 43_200),
    ],
)
def test_limits(schema: vol.Schema, field: str, first: int, last: int) -> None:
    """The first and the last number are taken, and none beyond either."""
    for number in (first, last, str(last)):
        assert schema({field: number})[field] == int(number)
    for number in (first - 1, last + 1, "many"):
        with pytest.raises(vol.Invalid):
            schema({field: number})


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        (services.GET_CALLS, {}),
        (services.GET_BALANCE_HISTORY, {}),
        (services.GET_MONTHLY_SUMMARY, {"months_ago": 1}),
        (services.GET_USAGE, {"days": 30}),
        (services.SET_DO_NOT_DISTURB, {}),
        (
            GetCallsTool({}).parameters,
            {"since_hours": 24, "missed_only": False, "limit": 10},
        ),
        (GetForwardingTool({}).parameters, {}),
    ],
)
def test_what_is_meant(schema: vol.Schema, told: dict[str, Any]) -> None:
    """Who says nothing gets last month, the last days, and the last day's calls."""
    assert schema({}) == told


@pytest.mark.parametrize(
    ("until", "minutes"),
    [
        ("2026-11-26T21:00:01+00:00", 1),
        ("2026-11-26T21:01:00+00:00", 1),
        ("2026-11-26T21:01:01+00:00", 2),
        ("2026-12-26T21:00:00+00:00", 43_200),
        ("2026-12-26T21:00:01+00:00", "until_too_late"),
        ("2026-11-26T21:00:00+00:00", "until_is_past"),
        ("2026-11-26T20:59:59+00:00", "until_is_past"),
        ("2026-11-26T09:00:00+00:00", "until_is_past"),
        ("22:00:01", 1),
        ("21:59:59", 1440),
    ],
)
async def test_until(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    until: str,
    minutes: int | str,
) -> None:
    """Until a time that is yet to come, within 30 days, by whole minutes."""
    freezer.move_to("2026-11-26T21:00:00+00:00")
    await hass.config.async_set_time_zone("Europe/Amsterdam")
    box.accounts[ALICE].accept.persistent.clear()
    await set_up(ALICE, by="password")
    data = {"entity_id": DND, "until": until}
    if isinstance(minutes, str):
        with pytest.raises(ServiceValidationError) as caught:
            await hass.services.async_call(
                "sip_account", "set_do_not_disturb", data, True
            )
        assert caught.value.translation_key == minutes
        assert writes_of(box) == []
    else:
        await hass.services.async_call("sip_account", "set_do_not_disturb", data, True)
        assert box.accounts[ALICE].accept.temporary_minutes == minutes


async def test_without_a_time(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Who names no time means until it is switched off."""
    box.accounts[ALICE].accept.persistent.clear()
    await set_up(ALICE, by="password")
    data = {"entity_id": DND}
    await hass.services.async_call("sip_account", "set_do_not_disturb", data, True)
    assert hass.states.is_state(DND, "on")
    assert not box.accounts[ALICE].accept.temporary_minutes


async def test_since_the_very_second(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What began, or was booked, at that time is told, and nothing before it."""
    now = box.now().replace(microsecond=0)
    box.accounts[ALICE].calls = [
        Call("received", f"sip:{at}@example.net", now - timedelta(minutes=at))
        for at in range(1, 4)
    ]
    await set_up(ALICE)
    for name, told, time in (
        ("get_calls", "calls", "started"),
        ("get_balance_history", "transactions", "time"),
    ):
        times = [one[time] for one in (await _answer(hass, name))[told]]
        since = sorted(times)[-2]
        some = (await _answer(hass, name, since=since))[told]
        assert [one[time] for one in some] == [one for one in times if one >= since]
        assert len(some) == 2
    party = (await _answer(hass, "get_calls", party=" SIP:2@Example "))["calls"]
    assert [one["party"] for one in party] == ["2@example.net"]


async def test_of_all_accounts(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """Who names no account is told of each that is loaded."""
    entries = [await set_up(account, by="password") for account in (ALICE, BOB)]
    for count in (2, 1, 0):
        assert len((await _answer(hass, "get_monthly_summary"))["months"]) == count
        assert len((await _answer(hass, "get_usage"))["accounts"]) == count
        for entry in entries[:1]:
            await hass.config_entries.async_unload(entry.entry_id)
        del entries[:1]
