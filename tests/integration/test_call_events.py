"""Every call becomes one run of an automation, whatever happens in between."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeassistant.components.automation import EVENT_AUTOMATION_TRIGGERED
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.sip_account.calls.watch import EVENT_TYPES
from custom_components.sip_account.kept_store import kept_store
from demo import AccountBox
from demo.accounts import Call

from .support import ALICE

EVENT = "event.alice_example_com_call"
MISSED = "sensor.alice_example_com_missed_calls"
BUTTON = "button.alice_example_com_mark_missed_calls_as_seen"
EVERY_CALL = {
    "trigger": "event.received",
    "target": {"entity_id": EVENT},
    "options": {"event_type": EVENT_TYPES},
}


class Runs:
    """An automation with the trigger of the user interface, and what it ran for."""

    def __init__(
        self, hass: HomeAssistant, trigger: dict[str, Any] | None = None
    ) -> None:
        self.hass = hass
        self.trigger = trigger or EVERY_CALL
        self.calls: list[dict[str, Any]] = []
        self.triggered = async_capture_events(hass, EVENT_AUTOMATION_TRIGGERED)

    async def arm(self) -> None:
        """Set the automation up."""

        async def note(call: Any) -> None:
            self.calls.append(dict(call.data))

        self.hass.services.async_register("test", "note", note)
        automation = {
            "alias": "calls",
            "mode": "queued",
            "max": 50,
            "triggers": self.trigger,
            "actions": {
                "action": "test.note",
                "data": {
                    "party": "{{ trigger.to_state.attributes.party }}",
                    "type": "{{ trigger.to_state.attributes.event_type }}",
                    "id": "{{ trigger.to_state.attributes.call_id }}",
                },
            },
        }
        config = {"automation": [automation]}
        assert await async_setup_component(self.hass, "automation", config)
        await self.hass.async_block_till_done()

    @property
    def parties(self) -> list[str]:
        """Return who called, in the order of the runs."""
        assert len(self.calls) == len(self.triggered)
        return [call["party"] for call in self.calls]


@pytest.fixture
async def runs(hass: HomeAssistant) -> Runs:
    """Give an armed automation."""
    runs = Runs(hass)
    await runs.arm()
    return runs


def _call(box: AccountBox, minutes: float, user: str, **more: Any) -> None:
    """Let somebody have called some minutes ago."""
    started = box.now().replace(microsecond=0) - timedelta(minutes=minutes)
    details: dict[str, Any] = {"status": 487} | more
    call = Call("received", f"sip:{user}@example.net", started, **details)
    call.session_id, call.from_tag = f"{user}-{minutes}", "tag"
    box.accounts[ALICE].calls.insert(0, call)


async def _poll(hass: HomeAssistant, entry: Any) -> None:
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()


@pytest.mark.parametrize("by", ["certificate", "password"])
async def test_ten_calls(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    runs: Runs,
    by: str,
) -> None:
    """Ten calls between two polls are ten runs, in their order; old ones are none."""
    entry = await set_up(ALICE, by=by)
    assert runs.parties == []
    for number in range(10):
        _call(box, 20 - number, f"caller{number}")
    await _poll(hass, entry)
    assert runs.parties == [f"caller{number}@example.net" for number in range(10)]
    assert {call["type"] for call in runs.calls} == {"missed"}
    await _poll(hass, entry)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert len(runs.calls) == 10


async def test_most_missed_calls(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], runs: Runs
) -> None:
    """All are counted and told of, and the newest 20 of them are listed."""
    entry = await set_up(ALICE)
    for number in range(23):
        _call(box, 40 - number, f"caller{number}")
    await _poll(hass, entry)
    assert runs.parties == [f"caller{number}@example.net" for number in range(23)]
    watch = entry.runtime_data.calls
    assert watch.missed_count == 23
    assert [call["party"] for call in watch.missed_calls] == [
        f"caller{number}@example.net" for number in range(22, 2, -1)
    ]


async def test_all_types(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], runs: Runs
) -> None:
    """The type of each event, and what comes with it."""
    entry = await set_up(ALICE)
    _call(box, 9, "a", status=487)
    _call(box, 8, "b", status=486)
    _call(box, 7, "c", status=603)
    _call(box, 6, "d", status=200, duration=5)
    _call(box, 5, "e", status=200, duration=5)
    _call(box, 4, "f", status=404)
    box.accounts[ALICE].calls[0].direction = "placed"
    box.accounts[ALICE].calls[1].direction = "placed"
    await _poll(hass, entry)
    assert [call["type"] for call in runs.calls] == [
        "missed",
        "missed",
        "declined",
        "incoming_answered",
        "outgoing_answered",
        "outgoing_unanswered",
    ]
    state = hass.states.get(EVENT)
    assert state is not None
    assert state.attributes["direction"] == "outgoing"
    assert state.attributes["voicemail_possible"] is False
    assert state.attributes["sip_status"] == 404


async def test_running_call(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], runs: Runs
) -> None:
    """A call is told of once it has ended."""
    entry = await set_up(ALICE)
    _call(box, 3, "erin", status=None, ended=False)
    for _ in range(3):
        await _poll(hass, entry)
    assert runs.parties == []
    call = box.accounts[ALICE].calls[0]
    call.ended, call.status, call.duration = True, 200, 99
    await _poll(hass, entry)
    assert [run["type"] for run in runs.calls] == ["incoming_answered"]


async def test_fault_in_between(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    runs: Runs,
    poll: Callable[..., Any],
) -> None:
    """An hour of faults loses nothing, and the entity stays available."""
    await set_up(ALICE)
    for number, fault in enumerate(["html_502", "html_error_then_null", "empty_200"]):
        box.faults.set("*", "calls", fault)
        await poll(20)
        _call(box, 1, f"during{number}")
        await poll(20)
        state = hass.states.get(EVENT)
        assert state is not None
        assert state.state != "unavailable"
        assert hass.states.is_state(MISSED, "unavailable")
    box.faults.clear()
    await poll(20)
    assert runs.parties == [f"during{number}@example.net" for number in range(3)]
    assert hass.states.is_state(MISSED, "3")


async def test_while_home_is_down(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], runs: Runs
) -> None:
    """Calls of the night are told once Home Assistant has started, not before."""
    entry = await set_up(ALICE)
    await hass.config_entries.async_unload(entry.entry_id)
    for number in range(3):
        _call(box, 5 - number, f"night{number}")
    hass.set_state(CoreState.starting)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert runs.parties == []
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hass.async_block_till_done()
    assert runs.parties == [f"night{number}@example.net" for number in range(3)]


@pytest.mark.parametrize(
    "trigger",
    [EVERY_CALL, {"trigger": "state", "entity_id": EVENT, "to": None}],
    ids=["event", "state"],
)
async def test_told_is_taken_up(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    trigger: dict[str, Any],
) -> None:
    """Automations have taken a call up before anything else of it is done."""
    runs = Runs(hass, trigger)
    entry = await set_up(ALICE)
    await runs.arm()
    taken_up: list[int] = []

    @callback
    def note(_type: str, _attributes: dict[str, Any]) -> None:
        taken_up.append(len(runs.triggered))

    entry.runtime_data.calls.async_listen(note)
    for number in range(3):
        _call(box, 20 - number, f"caller{number}")
    await _poll(hass, entry)
    assert taken_up == [1, 2, 3]


async def test_reload_right_after_a_call(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], runs: Runs
) -> None:
    """What was told is kept before the next set-up reads it."""
    entry = await set_up(ALICE)
    _call(box, 1, "erin")
    await entry.runtime_data.activity.async_refresh()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert runs.parties == ["erin@example.net"]


async def test_missed_calls(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """They are counted until marked as seen, and survive the server's list."""
    entry = await set_up(ALICE)
    assert hass.states.is_state(MISSED, "0")
    for number in range(25):
        _call(box, 60 - number, f"m{number}")
    await _poll(hass, entry)
    state = hass.states.get(MISSED)
    assert state is not None
    assert state.state == "25"
    assert len(state.attributes["calls"]) == 20
    assert state.attributes["calls"][0]["party"] == "m24@example.net"
    box.accounts[ALICE].calls.clear()
    await _poll(hass, entry)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert hass.states.is_state(MISSED, "25")
    press = {"entity_id": BUTTON}
    await hass.services.async_call("button", "press", press, blocking=True)
    assert hass.states.is_state(MISSED, "0")
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert hass.states.is_state(MISSED, "0")


async def test_disabled_event(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], runs: Runs
) -> None:
    """Missed calls are counted also while nobody listens to the event."""
    from homeassistant.helpers import entity_registry as er

    entry = await set_up(ALICE)
    er.async_get(hass).async_update_entity(
        EVENT, disabled_by=er.RegistryEntryDisabler.USER
    )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    _call(box, 1, "erin")
    await _poll(hass, entry)
    assert hass.states.is_state(MISSED, "1")
    er.async_get(hass).async_update_entity(EVENT, disabled_by=None)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert runs.parties == []


async def test_other_dialect(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], runs: Runs
) -> None:
    """A server that is replaced by a newer one tells no old calls anew."""
    entry = await set_up(ALICE)
    url = entry.data["url"].replace("/settings", "/2012-05/settings")
    data = {**entry.data, "url": url, "learned_actions": {}}
    hass.config_entries.async_update_entry(entry, data=data)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    box.accounts[ALICE].server_timezone = "America/New_York"
    await _poll(hass, entry)
    assert runs.parties == []
    _call(box, 1, "erin")
    await _poll(hass, entry)
    assert runs.parties == ["erin@example.net"]


async def test_server_changes_its_zone(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], runs: Runs
) -> None:
    """Lists without session ids that are all shifted are the same lists."""
    entry = await set_up(ALICE)
    box.accounts[ALICE].server_timezone = "UTC"
    await _poll(hass, entry)
    assert runs.parties == []
    _call(box, 1, "erin")
    await _poll(hass, entry)
    assert runs.parties == ["erin@example.net"]


async def test_nothing_is_left(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    hass_storage: dict[str, Any],
) -> None:
    """What was stored goes with the entry, and holds no address in the clear."""
    entry = await set_up(ALICE)
    key = f"sip_account.calls.{entry.entry_id}"
    assert len(hass_storage[key]["data"]["rows"]) > 10
    assert "example.com" not in str(hass_storage[key]["data"]["rows"])
    await hass.config_entries.async_remove(entry.entry_id)
    assert key not in hass_storage
    assert await kept_store(hass, "calls", entry.entry_id).async_load() is None
