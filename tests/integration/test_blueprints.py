"""The blueprints, imported and run in real Home Assistant."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
import os
from pathlib import Path
import shutil
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
    async_mock_service,
)
import yaml

from demo import AccountBox
from demo.accounts import Call

from .support import ALICE, CAROL

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "sip_account"
EVENT = "event.alice_example_com_call"
HOSTILE = "<img src=x onerror=alert(1)> ![x](https://evil.example) [b](c) `d` *e*"


@pytest.fixture
def notified(hass: HomeAssistant) -> list[ServiceCall]:
    """Give what was notified."""
    calls: list[ServiceCall] = async_mock_service(hass, "notify", "phone")
    return calls


async def _automate(
    hass: HomeAssistant, hass_ws_client: Any, name: str, **inputs: Any
) -> None:
    """Import a blueprint as the frontend does, and make an automation of it."""
    # Parallel tests share the folder of their Home Assistants.
    folder = f"sip_account_{os.getpid()}"
    shutil.rmtree(hass.config.path(f"blueprints/automation/{folder}"), True)
    assert await async_setup_component(hass, "blueprint", {})
    assert await async_setup_component(hass, "automation", {})
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": "blueprint/save",
            "path": f"{folder}/{name}",
            "yaml": (FOLDER / f"{name}.yaml").read_text(),
            "domain": "automation",
            "allow_override": True,
        }
    )
    answer = await client.receive_json()
    assert answer["success"], answer
    blueprint = {"path": f"{folder}/{name}.yaml", "input": inputs}
    config = {"automation": [{"alias": name, "use_blueprint": blueprint}]}
    with patch("homeassistant.config.load_yaml_config_file", return_value=config):
        await hass.services.async_call("automation", "reload", blocking=True)
    await hass.async_block_till_done()
    state = hass.states.get(f"automation.{name}")
    assert state is not None
    assert state.state == "on", state


async def _end(hass: HomeAssistant, name: str) -> None:
    """Switch an automation off, which ends its timers."""
    automation = {"entity_id": f"automation.{name}"}
    await hass.services.async_call("automation", "turn_off", automation, blocking=True)


def _missed(box: AccountBox, party: str, name: str = "", **more: Any) -> None:
    now = box.now().replace(microsecond=0)
    details: dict[str, Any] = {"status": 487, "session_id": party} | more
    call = Call("received", party, now, display_name=name, **details)
    box.accounts[ALICE].calls.append(call)


async def _poll(hass: HomeAssistant, entry: Any) -> None:
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda f: f.stem)
def test_selects_only_ours(file: Path) -> None:
    """Entities of the account are chosen among those of this integration."""

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        """Knows `!input`."""

    Loader.add_constructor("!input", lambda loader, node: str(node.value))
    blueprint = yaml.load(file.read_text(), Loader)["blueprint"]  # noqa: S506 - safe
    ours = {"event", "sensor", "binary_sensor", "button", "switch", "select"}
    for each in blueprint["input"].values():
        for chosen in each["selector"].get("entity", {}).get("filter", []):
            assert (chosen.get("integration") == "sip_account") == (
                chosen["domain"] in ours
            )
    assert blueprint["source_url"].endswith(f"/sip_account/{file.name}")


async def test_missed_call(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
) -> None:
    """Each missed call once, with a link to call back and nothing to render."""
    entry = await set_up(ALICE, by="password")
    await _automate(
        hass, hass_ws_client, "missed_call", call=EVENT, notifier="notify.phone"
    )
    _missed(box, "sip:0031208005161@example.com", HOSTILE)
    _missed(box, "sip:erin@example.net", "Erin")
    _missed(box, "anonymous@anonymous.invalid")
    _missed(box, "sip:00442079460123@example.com")
    _missed(box, "sip:dave@example.net", "Dave", duration=10, status=200)
    await _poll(hass, entry)
    assert len(notified) == 4
    shown, erin, anonymous, number = (dict(call.data) for call in notified)
    assert not set(shown["message"]) & set("<>[]()`*!")
    assert "img src" in shown["message"]
    assert shown["data"]["actions"] == [
        {"action": "URI", "title": "Call back", "uri": "tel:+31208005161"}
    ]
    assert erin["message"] == "Erin"
    assert erin["data"]["actions"][0]["uri"] == "sip:erin@example.net"
    assert "actions" not in anonymous["data"]
    assert number["message"] == "+442079460123"
    assert shown["data"]["tag"] != erin["data"]["tag"]


async def test_missed_calls_on_arrival(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    notified: list[ServiceCall],
) -> None:
    """One summary of what was missed while nobody was there."""
    entry = await set_up(ALICE, by="password")
    button = "button.alice_example_com_mark_missed_calls_as_seen"
    await _automate(
        hass,
        hass_ws_client,
        "missed_calls_on_arrival",
        missed_calls="sensor.alice_example_com_missed_calls",
        person="person.alice",
        notifier="notify.phone",
        mark_seen=[button],
    )
    hass.states.async_set("person.alice", "home")
    _missed(box, "sip:early@example.net", "Early")
    await _poll(hass, entry)
    freezer.tick(timedelta(minutes=1))
    hass.states.async_set("person.alice", "not_home")
    freezer.tick(timedelta(minutes=1))
    _missed(box, "sip:erin@example.net", HOSTILE)
    freezer.tick(timedelta(minutes=1))
    _missed(box, "sip:0031208005161@example.com")
    await _poll(hass, entry)
    assert not notified
    hass.states.async_set("person.alice", "home")
    await hass.async_block_till_done()
    assert len(notified) == 1
    lines = notified[0].data["message"].splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("+31208005161 (")
    assert not set(lines[1]) & set("<>[]`*!")
    assert hass.states.is_state("sensor.alice_example_com_missed_calls", "0")
    hass.states.async_set("person.alice", "unavailable")
    hass.states.async_set("person.alice", "home")
    await hass.async_block_till_done()
    assert len(notified) == 1


async def test_low_balance(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    notified: list[ServiceCall],
) -> None:
    """When it falls, and once a day while it stays."""
    entry = await set_up(ALICE, options={"low_balance": 5, "currency": "EUR"})
    await _automate(
        hass,
        hass_ws_client,
        "low_balance",
        low_balance="binary_sensor.alice_example_com_low_balance",
        notifier="notify.phone",
        at="09:00:00",
    )
    plenty = box.accounts[ALICE].balance
    box.accounts[ALICE].balance = Decimal("2.3456")
    await _poll(hass, entry)
    assert [call.data["message"] for call in notified] == ["2.35 EUR"]
    box.faults.set("*", "prepaid", "html_502")
    await _poll(hass, entry)
    box.faults.clear()
    await _poll(hass, entry)
    assert len(notified) == 1  # back from unavailable is no news
    for days in range(1, 3):
        freezer.tick(timedelta(hours=24))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert len(notified) == 1 + days
    box.accounts[ALICE].balance = plenty
    await _poll(hass, entry)
    freezer.tick(timedelta(hours=24))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(notified) == 3
    await _end(hass, "low_balance")


async def test_call_from_person(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
) -> None:
    """Lights flash for those who were chosen, by number or address."""
    flashed = async_mock_service(hass, "light", "turn_on")
    entry = await set_up(ALICE, by="password")
    await _automate(
        hass,
        hass_ws_client,
        "call_from_person",
        call=EVENT,
        callers=["+31208005161", "Erin@example.net", "Boss"],
        lights=["light.hall"],
        more=[{"action": "notify.phone", "data": {"message": "{{ caller }}"}}],
    )
    _missed(box, "sip:0031208005161@example.com", HOSTILE)
    await _poll(hass, entry)
    assert len(flashed) == len(notified) == 1
    assert flashed[0].data["flash"] == "long"
    assert flashed[0].data["entity_id"] == ["light.hall"]
    assert not set(notified[0].data["message"]) & set("<>[]()`*!")
    _missed(box, "sip:erin@example.net")
    await _poll(hass, entry)
    assert len(flashed) == 2
    _missed(box, "sip:mallory@example.net", "Boss")  # who only says so
    _missed(box, "anonymous@anonymous.invalid")
    await _poll(hass, entry)
    assert len(flashed) == 2


async def _become(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, hour: int
) -> None:
    """Let it become some hour, today or tomorrow."""
    now = dt_util.now()
    then = now.replace(hour=hour, minute=0, second=1, microsecond=0)
    freezer.move_to(then if then > now else then + timedelta(days=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_do_not_disturb(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """At night, over midnight, and while a panel is armed; a lost panel is no news."""
    box.accounts[CAROL].accept.temporary_groups = ["everybody"]
    entry = await set_up(CAROL, by="password", options={"settings_interval": 1440})
    switch = "switch.carol_example_com_do_not_disturb"
    panel = "alarm_control_panel.house"
    hass.states.async_set(panel, "disarmed")
    await _automate(
        hass,
        hass_ws_client,
        "do_not_disturb",
        do_not_disturb=switch,
        alarm_panels=[panel],
    )

    async def alarm(state: str) -> bool:
        hass.states.async_set(panel, state)
        await hass.async_block_till_done(wait_background_tasks=True)
        return hass.states.is_state(switch, "on")

    await _become(hass, freezer, 21)
    assert hass.states.is_state(switch, "off")
    assert await alarm("armed_away")
    assert await alarm("pending")
    assert not await alarm("disarmed")
    assert not await alarm("armed_custom_bypass")  # none of the states chosen
    assert not await alarm("disarmed")
    await _become(hass, freezer, 22)
    assert hass.states.is_state(switch, "on")
    assert await alarm("armed_night")
    assert await alarm("disarmed")  # it is still night
    await alarm("unavailable")
    await _become(hass, freezer, 7)
    assert hass.states.is_state(switch, "on")
    assert not await alarm("disarmed")
    writes = [request.action for request in box.requests if request.account]
    writes = [action for action in writes if action.startswith("set_")]
    assert writes == ["set_dnd_on", "set_dnd_off"] * 2
    await _end(hass, "do_not_disturb")
    await hass.config_entries.async_unload(entry.entry_id)


async def test_do_not_disturb_without_nights(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Who wants no nights has none; no panel at all is fine, too."""
    await set_up(CAROL, by="password", options={"settings_interval": 1440})
    await _automate(
        hass,
        hass_ws_client,
        "do_not_disturb",
        do_not_disturb="switch.carol_example_com_do_not_disturb",
        at_night=False,
    )
    for hour in (22, 7):
        await _become(hass, freezer, hour)
    assert not [r for r in box.requests if r.action.startswith("set_")]
    await _end(hass, "do_not_disturb")


async def test_forward_when_away(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Forwarded when the last one has left, and back on return."""
    await set_up(ALICE, by="password", options={"settings_interval": 1440})
    select = "select.alice_example_com_forward_all_calls"
    for person in ("person.alice", "person.bob"):
        hass.states.async_set(person, "home")
    await _automate(
        hass,
        hass_ws_client,
        "forward_when_away",
        forward=select,
        persons=["person.alice", "person.bob"],
    )

    async def after(minutes: int) -> str:
        freezer.tick(timedelta(minutes=minutes, seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        state = hass.states.get(select)
        assert state is not None
        return state.state

    hass.states.async_set("person.alice", "not_home")
    assert await after(6) == "not_forwarded"
    hass.states.async_set("person.bob", "Road")
    assert await after(3) == "not_forwarded"
    hass.states.async_set("person.bob", "Office")
    assert await after(3) == "mobile_number"
    assert box.accounts[ALICE].diversions["FUNC"] == "+31650222333@example.com"
    hass.states.async_set("person.bob", "unavailable")
    assert await after(6) == "mobile_number"
    hass.states.async_set("person.bob", "home")
    assert await after(0) == "not_forwarded"
    hass.states.async_set("person.bob", "unavailable")
    assert await after(6) == "not_forwarded"  # who is lost may be at home
    hass.states.async_set("person.bob", "Office")
    assert await after(6) == "mobile_number"
    data = {"entity_id": select, "option": "voicemail"}
    await hass.services.async_call("select", "select_option", data, blocking=True)
    hass.states.async_set("person.alice", "home")
    assert await after(0) == "voicemail"  # somebody's own choice


@pytest.mark.parametrize("number", ["+31208005162", "1234"])
async def test_forward_to_a_number(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    number: str,
) -> None:
    """A number stays the text that it is; what was not seen is made good."""
    options = {"settings_interval": 1440, "forwarding_targets": [number]}
    entry = await set_up(ALICE, by="password", options=options)
    select = "select.alice_example_com_forward_all_calls"
    hass.states.async_set("person.bob", "not_home")
    await _automate(
        hass,
        hass_ws_client,
        "forward_when_away",
        forward=select,
        persons=["person.bob"],
        away=number,
    )

    async def after(minutes: int) -> None:
        freezer.tick(timedelta(minutes=minutes, seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    async def outage(person: str) -> None:
        box.faults.set("*", "get_call_forwarding", "html_error_then_null")
        await entry.runtime_data.settings.async_refresh()
        hass.states.async_set("person.bob", person)
        await after(6)
        assert hass.states.is_state(select, "unavailable")
        box.faults.clear()
        await entry.runtime_data.settings.async_refresh()

    await outage("not_home")
    await after(3)
    assert hass.states.is_state(select, "not_forwarded")  # trackers may be late
    await after(3)
    assert hass.states.is_state(select, number)
    await outage("home")
    await hass.async_block_till_done()
    assert hass.states.is_state(select, "not_forwarded")
    assert box.accounts[ALICE].diversions["FUNC"] == ""


async def test_nobody_is_not_everybody(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Without a person nothing is ever forwarded."""
    await set_up(ALICE, by="password", options={"settings_interval": 1440})
    await _automate(
        hass,
        hass_ws_client,
        "forward_when_away",
        forward="select.alice_example_com_forward_all_calls",
        persons=[],
    )
    trigger = {"entity_id": "automation.forward_when_away"}
    await hass.services.async_call("automation", "trigger", trigger, blocking=True)
    freezer.tick(timedelta(minutes=6))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not [r for r in box.requests if r.action.startswith("set_")]


async def test_do_not_disturb_is_blocked(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Daily rules: what the person wants is done, and no error is logged."""
    await set_up(ALICE, by="password")
    hass.states.async_set("alarm_control_panel.house", "disarmed")
    message = {"action": "notify.phone", "data": {"message": "Blocked"}}
    await _automate(
        hass,
        hass_ws_client,
        "do_not_disturb",
        do_not_disturb="switch.alice_example_com_do_not_disturb",
        at_night=False,
        alarm_panels=["alarm_control_panel.house", "alarm_control_panel.removed"],
        blocked=[message],
    )
    hass.states.async_set("alarm_control_panel.house", "armed_away")
    await hass.async_block_till_done()
    assert [call.data["message"] for call in notified] == ["Blocked"]
    assert "Error while executing" not in caplog.text
    assert not [r for r in box.requests if r.action.startswith("set_")]
    await _end(hass, "do_not_disturb")


async def test_do_not_disturb_after_an_outage(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
) -> None:
    """What could not be switched is switched once it can; a removed panel is none."""
    box.accounts[CAROL].accept.temporary_groups = ["everybody"]
    entry = await set_up(CAROL, by="password")
    switch = "switch.carol_example_com_do_not_disturb"
    panel = "alarm_control_panel.house"
    hass.states.async_set(panel, "disarmed")
    await _automate(
        hass,
        hass_ws_client,
        "do_not_disturb",
        do_not_disturb=switch,
        at_night=False,
        alarm_panels=[panel, "alarm_control_panel.removed"],
    )
    box.faults.set("*", "get_accept_rules", "html_error_then_null")
    await entry.runtime_data.settings.async_refresh()
    hass.states.async_set(panel, "armed_away")
    await hass.async_block_till_done()
    assert hass.states.is_state(switch, "unavailable")
    box.faults.clear()
    await entry.runtime_data.settings.async_refresh()
    await hass.async_block_till_done()
    assert hass.states.is_state(switch, "on")
    hass.states.async_set(panel, "disarmed")
    await hass.async_block_till_done()
    assert hass.states.is_state(switch, "off")
    await _end(hass, "do_not_disturb")
