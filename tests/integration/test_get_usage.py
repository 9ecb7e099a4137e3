"""What calls came to day by day, as an action answers it and the card draws it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
import pytest
import voluptuous as vol

from custom_components.sip_account.automating.days import counted
from demo import AccountBox

from .calling import ring
from .support import ALICE, BOB
from .test_usage import AMSTERDAM, BEGIN, _begin, _go_to, _poll

NOTHING: dict[str, Any] = {
    "calls": 0,
    "incoming": 0,
    "outgoing": 0,
    "missed": 0,
    "outcomes": {},
    "talk_time": 0,
    "cost": 0,
}
UNKNOWN = dict.fromkeys(NOTHING)


async def _ask(hass: HomeAssistant, **data: Any) -> list[dict[str, Any]]:
    answer = await hass.services.async_call(
        "sip_account", "get_usage", data, blocking=True, return_response=True
    )
    accounts: Any = (answer or {})["accounts"]
    return list(accounts)


async def test_days(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Each day by itself, the oldest first; before it was counted nothing is said."""
    await hass.config.async_set_time_zone("America/New_York")
    _begin(box, freezer)
    entry = await set_up(ALICE, by="password", options={"currency": "EUR"})
    ring(box, "placed", "", 60, price=Decimal("0.0425"))
    await _poll(hass, entry)
    await _go_to(hass, freezer, 2026, 10, 25, 23, 31, 0)
    ring(box, "received", "Erin", 90)
    ring(box, "received", "Erin")
    ring(box, "received", "Erin", status=486)
    await _poll(hass, entry)
    await _go_to(hass, freezer, 2026, 11, 2, 0, 0, 0)
    (told,) = await _ask(hass, config_entry_id=entry.entry_id)
    days = {day.pop("date"): day for day in told.pop("days")}
    assert next(iter(days)) == "2026-10-04"
    assert list(days)[-1] == "2026-11-02"
    assert len(days) == 30
    placed: dict[str, Any] = {
        "calls": 1,
        "incoming": 0,
        "outgoing": 1,
        "missed": 0,
        "outcomes": {"outgoing_answered": 1},
        "talk_time": 60,
        "cost": 0.0425,
    }
    received: dict[str, Any] = {
        "calls": 3,
        "incoming": 3,
        "outgoing": 0,
        "missed": 2,
        "outcomes": {
            "incoming_answered": 1,
            "incoming_missed": 1,
            "incoming_busy": 1,
        },
        "talk_time": 90,
        "cost": 0,
    }
    assert days["2026-10-23"] == {"counted": "none", **UNKNOWN}
    assert days["2026-10-24"] == {"counted": "partly", **placed}
    assert days["2026-10-25"] == {"counted": "whole", **received}
    assert days["2026-10-26"] == {"counted": "whole", **NOTHING}
    assert days["2026-11-02"] == {"counted": "whole", **NOTHING}
    both = {key: placed[key] + received[key] for key in NOTHING if key != "outcomes"}
    outcomes = {**placed["outcomes"], **received["outcomes"]}
    since = datetime.fromisoformat(told.pop("counted_since"))
    assert since.replace(microsecond=0) == BEGIN
    assert told == {
        "account": ALICE,
        "currency": "EUR",
        "time_zone": "Europe/Amsterdam",
        "this_month": {"month": "2026-11", "counted": "whole", **NOTHING},
        "last_month": {
            "month": "2026-10",
            "counted": "partly",
            **both,
            "outcomes": outcomes,
        },
    }
    await hass.config_entries.async_unload(entry.entry_id)


async def test_before_anything_is_counted(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """An account whose calls were never read tells no zeros."""
    _begin(box, freezer)
    box.faults.set("*", "get_history", "html_502")
    entry = await set_up(ALICE, by="password")
    (told,) = await _ask(hass, config_entry_id=entry.entry_id, days=2)
    assert told["counted_since"] is None
    for part in (*told["days"], told["this_month"], told["last_month"]):
        assert {key: part[key] for key in UNKNOWN} == UNKNOWN
        assert part["counted"] == "none"
    assert [day["date"] for day in told["days"]] == ["2026-10-23", "2026-10-24"]
    await hass.config_entries.async_unload(entry.entry_id)


async def test_all_accounts(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """Without a target all answer, of as many days as are asked for."""
    entries = [await set_up(one, by="password") for one in (ALICE, BOB)]
    told = await _ask(hass, days=400)
    assert sorted(one["account"] for one in told) == [ALICE, BOB]
    assert [len(one["days"]) for one in told] == [400, 400]
    assert len((await _ask(hass, days=1))[0]["days"]) == 1
    for wrong in (0, 401):
        with pytest.raises(vol.Invalid):
            await _ask(hass, days=wrong)
    for entry in entries:
        await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (None, "none"),
        (datetime(2026, 11, 4, tzinfo=AMSTERDAM), "none"),
        (datetime(2026, 11, 3, 23, 59, 59, tzinfo=AMSTERDAM), "partly"),
        (datetime(2026, 11, 2, tzinfo=AMSTERDAM), "partly"),
        (datetime(2026, 11, 1, 0, 0, 1, tzinfo=AMSTERDAM), "partly"),
        (datetime(2026, 11, 1, tzinfo=AMSTERDAM), "whole"),
        (datetime(2026, 10, 31, 23, 59, 59, tzinfo=AMSTERDAM), "whole"),
    ],
)
def test_how_much_is_counted(since: datetime | None, expected: str) -> None:
    """A span that was begun before counting began is not whole."""
    assert counted(since, date(2026, 11, 1), date(2026, 11, 3)) == expected


@pytest.mark.parametrize("action", ["get_usage", "get_monthly_summary"])
@pytest.mark.parametrize("named", [True, False])
async def test_asked_as_soon_as_entities_tell(
    hass: HomeAssistant, set_up: Callable[..., Any], action: str, named: bool
) -> None:
    """A card that sees them come back asks at once, while others are still set up."""
    entry = await set_up(ALICE, by="password")
    answers: list[Any] = []
    states: set[ConfigEntryState] = set()

    async def ask() -> None:
        answer: Any = await hass.services.async_call(
            "sip_account",
            action,
            {"config_entry_id": entry.entry_id} if named else {},
            blocking=True,
            return_response=True,
        )
        answers.extend(*answer.values())

    @callback
    def see(event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        if new and "calls_today" in new.entity_id and new.state != STATE_UNAVAILABLE:
            states.add(entry.state)
            entry.async_create_task(hass, ask())

    hass.bus.async_listen(EVENT_STATE_CHANGED, see)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert states == {ConfigEntryState.SETUP_IN_PROGRESS}
    assert [answer["account"] for answer in answers] == [ALICE]


async def test_not_before_there_is_anything_to_tell(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An account whose server has not answered from the beginning is not loaded."""
    entry = await set_up(ALICE, by="password")
    box.faults.set("*", "*", "html_502")
    await hass.config_entries.async_reload(entry.entry_id)
    waits = entry.state
    assert waits is ConfigEntryState.SETUP_RETRY
    for state in (ConfigEntryState.SETUP_IN_PROGRESS, waits):
        entry.mock_state(hass, state)
        assert await _ask(hass) == []
        with pytest.raises(ServiceValidationError):
            await _ask(hass, config_entry_id=entry.entry_id)
