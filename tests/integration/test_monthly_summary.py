"""What a month's calls came to, and the blueprint that tells of it."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from demo import AccountBox

from .automating import EVENT, HOSTILE, automate, end_automation
from .calling import ring
from .support import ALICE, BOB
from .test_usage import AMSTERDAM, _begin, _go_to, _poll


async def ask(hass: HomeAssistant, **data: Any) -> list[dict[str, Any]]:
    """Return what the action answers."""
    answer = await hass.services.async_call(
        "sip_account", "get_monthly_summary", data, blocking=True, return_response=True
    )
    months: Any = (answer or {})["months"]
    return list(months)


@pytest.fixture
async def entry(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    enable: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> Any:
    """Give an account with calls in October, the first of which began in September."""
    await hass.config.async_set_time_zone("Europe/Amsterdam")
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password", options={"currency": "EUR"})
    await enable()
    freezer.move_to(datetime(2026, 10, 1, 0, 10, tzinfo=AMSTERDAM))
    ring(box, "received", "Early", 1200)
    await _poll(hass, entry)
    freezer.move_to(datetime(2026, 10, 31, 23, 50, tzinfo=AMSTERDAM))
    for number, name in enumerate(["Erin", HOSTILE, "Erin", "C", "D", "E", "F"]):
        ring(box, "received", name, number * 10)
        await _poll(hass, entry)
        freezer.tick(30)
    ring(box, "placed", "", 600, price=Decimal("1.0425"))
    ring(box, "received", "", party="sip:anonymous@anonymous.invalid")
    await _poll(hass, entry)
    await _go_to(hass, freezer, 2026, 11, 1, 8, 0, 0)
    return entry


async def test_answer(hass: HomeAssistant, entry: Any) -> None:
    """The figures of the month, and the five with whom most calls were."""
    (month,) = await ask(hass, config_entry_id=entry.entry_id)
    parties = month.pop("parties")
    assert month.pop("counted_since")
    assert month == {
        "account": ALICE,
        "month": "2026-10",
        "calls": 9,
        "incoming": 8,
        "outgoing": 1,
        "missed": 2,
        "talk_time": 810,
        "cost": 1.0425,
        "currency": "EUR",
    }
    assert len(parties) == 5
    assert parties[0] == {"shown": "Erin", "calls": 2, "talk_time": 20}
    assert parties[1] == {"shown": "+31 208 005 161", "calls": 1, "talk_time": 600}
    assert "Early" not in str(parties)
    (before,) = await ask(hass, config_entry_id=entry.entry_id, months_ago=2)
    assert (before["month"], before["calls"]) == ("2026-09", 1)
    assert before["parties"] == [{"shown": "Early", "calls": 1, "talk_time": 1200}]
    (now,) = await ask(hass, config_entry_id=entry.entry_id, months_ago=0)
    assert (now["month"], now["calls"], now["parties"]) == ("2026-11", 0, [])
    await hass.config_entries.async_unload(entry.entry_id)


async def test_all_accounts(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """Without a target all answer, and nobody is named while that is not kept."""
    entries = [await set_up(one, by="password") for one in (ALICE, BOB)]
    months = await ask(hass, months_ago=0)
    assert sorted(month["account"] for month in months) == [ALICE, BOB]
    assert [month["parties"] for month in months] == [[], []]
    for entry in entries:
        await hass.config_entries.async_unload(entry.entry_id)


async def test_blueprint(
    hass: HomeAssistant,
    entry: Any,
    hass_ws_client: Any,
    notified: list[ServiceCall],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Once, on the first of the month, with nothing to render."""
    await automate(
        hass, hass_ws_client, "monthly_summary", call=EVENT, notifier="notify.phone"
    )
    for day in (1, 2, 3):
        await _go_to(hass, freezer, 2026, 11, day, 9, 0, 0)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert len(notified) == 1
    lines = notified[0].data["message"].splitlines()
    assert lines[:6] == [
        "2026-10",
        "Calls 9",
        "Missed 2",
        "Talk time 0 h 14 min",
        "Cost 1.04 EUR",
        "Erin, 2",
    ]
    assert len(lines) == 10
    assert not set(notified[0].data["message"]) & set("<>[]()`*!")
    assert notified[0].data["title"] == "Calls of the month"
    await end_automation(hass, "monthly_summary")
    await hass.config_entries.async_unload(entry.entry_id)
