"""A server that writes times in a zone of its own: they become right by themselves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers.event import async_track_state_change_event
import pytest

from custom_components.sip_account.diagnostics import (
    async_get_config_entry_diagnostics,
)
from demo import AccountBox
from demo.accounts import Call

from .support import ALICE

LAST = "sensor.alice_example_com_last_call"
MISSED = "sensor.alice_example_com_last_missed_call"
NOTHING = {"zone": None, "calls": 0}
# London is not UTC then.
FIRST = datetime(2026, 6, 1, 12, tzinfo=UTC)


class Server:
    """A home beside a server that writes in `zone`; it is polled each minute."""

    def __init__(
        self,
        hass: HomeAssistant,
        box: AccountBox,
        freezer: FrozenDateTimeFactory,
        zone: str,
    ) -> None:
        self.hass = hass
        self.box = box
        self.freezer = freezer
        self.entry: Any = None
        freezer.move_to(FIRST)
        box.accounts[ALICE].calls.clear()
        box.accounts[ALICE].server_timezone = zone

    async def poll(self) -> None:
        """Poll, and let what was told be learned from."""
        await self.entry.runtime_data.activity.async_refresh()
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def call(
        self,
        moment: datetime,
        *,
        late: float = 0,
        together: int = 1,
        side: Any = "received",
    ) -> None:
        """Let calls end at a time, and be listed some minutes late."""
        self.freezer.move_to(moment + timedelta(minutes=late, seconds=-20))
        await self.poll()
        self.freezer.move_to(moment + timedelta(minutes=late, seconds=20))
        for number in range(together):
            call = Call(side, f"sip:x{number}@example.net", moment)
            call.status, call.session_id = 487, f"{number}{moment}"
            self.box.accounts[ALICE].calls.insert(0, call)
        await self.poll()

    async def told(self) -> dict[str, Any]:
        """Return what diagnostics tell of the zone."""
        told = await async_get_config_entry_diagnostics(self.hass, self.entry)
        return dict(told.get("server_zone", NOTHING))

    def at(self, entity_id: str) -> datetime:
        """Return the time that a sensor shows."""
        state = self.hass.states.get(entity_id)
        assert isinstance(state, State)
        return datetime.fromisoformat(state.state)


@pytest.fixture
async def start(
    hass: HomeAssistant,
    box: AccountBox,
    freezer: FrozenDateTimeFactory,
    set_up: Callable[..., Any],
) -> Callable[..., Any]:
    """Give a way to begin beside a server."""

    async def start(zone: str, **more: Any) -> Server:
        server = Server(hass, box, freezer, zone)
        more = {"by": "password"} | more
        server.entry = await set_up(ALICE, **more)
        return server

    return start


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Kathmandu"])
async def test_learned(start: Callable[..., Any], zone: str) -> None:
    """After three calls on two days, from the next call on, also after a restart."""
    server = await start(zone)
    days = [FIRST + timedelta(hours=hours) for hours in (1, 3, 25, 27, 29)]
    await server.call(days[0])
    await server.call(days[1])
    wrong = server.at(LAST)
    assert wrong != days[1]
    await server.call(days[2])
    changes: list[Any] = []

    @callback
    def note(event: Any) -> None:
        changes.append(event)

    async_track_state_change_event(server.hass, [LAST, MISSED], note)
    assert (await server.told())["used_for_new_calls"] == zone
    await server.poll()
    assert not changes
    shown = server.at(LAST)
    assert shown != days[2]
    await server.call(days[3], side="placed")
    assert (server.at(LAST), server.at(MISSED)) == (days[3], shown)
    await server.hass.config_entries.async_reload(server.entry.entry_id)
    await server.hass.async_block_till_done(wait_background_tasks=True)
    assert server.at(LAST) == days[3]
    assert (await server.told())["calls"] == 4
    response = await server.hass.services.async_call(
        "sip_account",
        "get_calls",
        {"config_entry_id": server.entry.entry_id},
        blocking=True,
        return_response=True,
    )
    calls: Any = response and response["calls"]
    starts = [datetime.fromisoformat(str(call["started"])) for call in calls]
    assert starts[:2] == [days[3], shown]
    server.box.accounts[ALICE].server_timezone = "Europe/Amsterdam"
    await server.call(days[4])
    told = await server.told()
    assert (told["zone"], told["used_for_new_calls"]) == (None, None)


async def test_account_in_its_zone(start: Callable[..., Any]) -> None:
    """Where the server is right nothing is changed."""
    server = await start("Europe/Amsterdam")
    for hours in (1, 3, 25):
        await server.call(FIRST + timedelta(hours=hours))
        assert server.at(LAST) == FIRST + timedelta(hours=hours)
    told = await server.told()
    assert (told["zone"], told["used_for_new_calls"]) == ("Europe/Amsterdam", None)


async def test_option_overrides(start: Callable[..., Any]) -> None:
    """The person's word wins over what was learned."""
    server = await start("UTC", options={"time_zone": "America/New_York"})
    for hours in (1, 3, 25, 27):
        await server.call(FIRST + timedelta(hours=hours))
        assert server.at(LAST) == FIRST + timedelta(hours=hours + 4)


@pytest.mark.parametrize("late", [5, 10, 70])
async def test_lag(start: Callable[..., Any], late: float) -> None:
    """A back end that lags teaches nothing, and each call is told of."""
    server = await start("UTC")
    for hours in (1, 3, 25, 27):
        await server.call(FIRST + timedelta(hours=hours), late=late)
    assert (await server.told())["calls"] == 0
    assert server.hass.states.is_state("sensor.alice_example_com_missed_calls", "4")


async def test_no_evidence(
    start: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither are several at once, polls far apart, or a server of another clock."""
    server = await start("UTC")
    await server.call(FIRST + timedelta(hours=1), together=2)
    server.freezer.tick(timedelta(minutes=5))
    call = Call("received", "sip:far@example.net", FIRST + timedelta(hours=1.05))
    server.box.accounts[ALICE].calls.insert(0, call)
    call.status = 487
    await server.poll()
    assert (await server.told())["calls"] == 0
    ahead = FIRST + timedelta(hours=2, minutes=8)
    monkeypatch.setattr(
        "aiohttp.web_response.rfc822_formatted_time", lambda: _http(ahead)
    )
    await server.call(FIRST + timedelta(hours=2))
    assert (await server.told())["calls"] == 0
    monkeypatch.undo()
    await server.call(FIRST + timedelta(hours=3))
    assert (await server.told())["calls"] == 1


def _http(moment: datetime) -> str:
    return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")


async def test_since_keeps_what_it_cannot_place(
    start: Callable[..., Any], box: AccountBox
) -> None:
    """A call whose zone nobody knows is not left out by a time."""
    box.accounts[ALICE].timezone = "Nowhere/Else"
    server = await start("UTC")
    await server.call(FIRST + timedelta(hours=1))
    for action, key in (
        ("get_calls", "calls"),
        ("get_balance_history", "transactions"),
    ):
        response: Any = await server.hass.services.async_call(
            "sip_account",
            action,
            {
                "config_entry_id": server.entry.entry_id,
                "since": (FIRST + timedelta(days=9)).isoformat(),
            },
            blocking=True,
            return_response=True,
        )
        assert response[key]
