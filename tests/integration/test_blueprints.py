"""The blueprints that tell of something, imported and run in real Home Assistant."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)
import yaml

from demo import AccountBox

from .automating import (
    EVENT,
    FOLDER,
    HOSTILE,
    automate,
    end_automation,
    miss_call,
    poll_now,
)
from .support import ALICE


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
    await automate(
        hass, hass_ws_client, "missed_call", call=EVENT, notifier="notify.phone"
    )
    miss_call(box, "sip:0031208005161@example.com", HOSTILE)
    miss_call(box, "sip:erin@example.net", "Erin")
    miss_call(box, "anonymous@anonymous.invalid")
    miss_call(box, "sip:00442079460123@example.com")
    miss_call(box, "sip:dave@example.net", "Dave", duration=10, status=200)
    await poll_now(hass, entry)
    assert len(notified) == 4
    shown, erin, anonymous, number = (dict(call.data) for call in notified)
    assert not set(shown["message"]) & set("<>[]()`*!")
    assert "img src" in shown["message"]
    assert shown["data"]["actions"] == [
        {"action": "URI", "title": "Call back", "uri": "tel:+31208005161"},
        {
            "action": "URI",
            "title": "Call back (Android)",
            "uri": "deep-link://tel:+31208005161",
        },
    ]
    assert erin["message"] == "Erin"
    assert erin["data"]["actions"][0]["uri"] == "sip:erin@example.net"
    assert "actions" not in anonymous["data"]
    assert number["message"] == "+442 079 460 123"
    assert shown["data"]["tag"] != erin["data"]["tag"]


@pytest.mark.parametrize(
    ("dialler", "links"),
    [
        ("iphone", ["tel:+31208005161"]),
        ("android", ["deep-link://tel:+31208005161"]),
    ],
)
async def test_kind_of_phone(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
    dialler: str,
    links: list[str],
) -> None:
    """Each kind opens its dialler by a link of its own; nobody is called back."""
    entry = await set_up(ALICE, by="password")
    inputs = {"call": EVENT, "notifier": "notify.phone", "dialler": dialler}
    await automate(hass, hass_ws_client, "missed_call", **inputs)
    miss_call(box, "sip:0031208005161@example.com")
    for party in ("restricted@example.com", "000@example.com", "unavailable@a.invalid"):
        miss_call(box, party)
    await poll_now(hass, entry)
    told = [call.data["data"].get("actions", []) for call in notified]
    uris = sorted(action["uri"] for actions in told for action in actions)
    assert len(notified) == 4
    assert uris == links


async def test_whom_to_tell(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
) -> None:
    """Phones and notify entities are picked, and the action is then not used."""
    app = MockConfigEntry(domain="mobile_app")
    app.add_to_hass(hass)
    phone = dr.async_get(hass).async_get_or_create(
        config_entry_id=app.entry_id,
        identifiers={("mobile_app", "1")},
        name="Alice's phone",
    )
    by_app = async_mock_service(hass, "notify", "mobile_app_alice_s_phone")
    by_entity = async_mock_service(hass, "notify", "send_message")
    entry = await set_up(ALICE, by="password")
    await automate(
        hass,
        hass_ws_client,
        "missed_call",
        call=EVENT,
        notifier="notify.phone",
        phones=[phone.id],
        notify_entities=["notify.chat"],
    )
    miss_call(box, "sip:erin@example.net", "Erin")
    await poll_now(hass, entry)
    assert notified == []
    (told,), (message,) = by_app, by_entity
    assert told.data["message"] == message.data["message"] == "Erin"
    assert told.data["data"]["actions"]
    assert message.data["entity_id"] == ["notify.chat"]


async def _arrive(hass: HomeAssistant, *states: str) -> None:
    """Let alice go through some states of her tracker."""
    for state in states:
        hass.states.async_set("person.alice", state)
        await hass.async_block_till_done()


async def _automate_arrival(
    hass: HomeAssistant, hass_ws_client: Any, **inputs: Any
) -> None:
    await automate(
        hass,
        hass_ws_client,
        "missed_calls_on_arrival",
        missed_calls="sensor.alice_example_com_missed_calls",
        person="person.alice",
        notifier="notify.phone",
        **inputs,
    )


@pytest.mark.parametrize("marks", [True, False])
async def test_missed_calls_on_arrival(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    notified: list[ServiceCall],
    *,
    marks: bool,
) -> None:
    """Once, of all since she left, through whatever zones; or all that are not seen."""
    entry = await set_up(ALICE, by="password")
    button = "button.alice_example_com_mark_missed_calls_as_seen"
    await _automate_arrival(hass, hass_ws_client, mark_seen=[button] if marks else [])
    await _arrive(hass, "home")
    miss_call(box, "sip:early@example.net", "Early")
    await poll_now(hass, entry)
    freezer.tick(timedelta(minutes=10))
    await _arrive(hass, "not_home")
    freezer.tick(timedelta(minutes=1))
    miss_call(box, "sip:erin@example.net", HOSTILE)
    await poll_now(hass, entry)
    freezer.tick(timedelta(minutes=10))
    await _arrive(hass, "Work", "not_home", "unavailable")
    miss_call(box, "sip:0049301234567@example.com")
    await poll_now(hass, entry)
    assert not notified
    freezer.tick(timedelta(minutes=10))
    await _arrive(hass, "unknown", "home")
    assert len(notified) == 1
    lines = notified[0].data["message"].splitlines()
    assert len(lines) == (3 if marks else 2)
    assert lines[0].startswith("+49 301 234 567 (")
    assert not set(lines[1]) & set("<>[]`*!")
    left = "0" if marks else "3"
    assert hass.states.is_state("sensor.alice_example_com_missed_calls", left)
    freezer.tick(timedelta(minutes=10))
    await _arrive(hass, "unavailable", "home", "not_home", "home")
    assert len(notified) == 1


async def test_more_than_are_listed(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
) -> None:
    """The newest twenty are named, and how many more there were."""
    entry = await set_up(ALICE, by="password")
    await _automate_arrival(hass, hass_ws_client)
    await _arrive(hass, "not_home")
    for number in range(23):
        miss_call(box, f"sip:caller{number}@example.net")
    await poll_now(hass, entry)
    await _arrive(hass, "home")
    lines = notified[0].data["message"].splitlines()
    assert len(lines) == 21
    assert lines[-1] == "+3"


async def test_falls_twice_on_a_day(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
) -> None:
    """After topping up the next fall is told of as well."""
    entry = await set_up(ALICE, options={"low_balance": 5, "currency": "EUR"})
    await automate(
        hass,
        hass_ws_client,
        "low_balance",
        low_balance="binary_sensor.alice_example_com_low_balance",
        notifier="notify.phone",
    )
    for balance in ("2.30", "9", "1.20"):
        box.accounts[ALICE].balance = Decimal(balance)
        await poll_now(hass, entry)
    messages = [call.data["message"] for call in notified]
    assert messages == ["2.30 EUR", "1.20 EUR"]
    await end_automation(hass, "low_balance")


INPUTS: dict[str, dict[str, Any]] = {
    "missed_call": {"call": EVENT},
    "missed_calls_on_arrival": {
        "missed_calls": "sensor.alice_example_com_missed_calls",
        "person": "person.alice",
    },
    "call_from_person": {
        "call": EVENT,
        "callers": ["+31208005161"],
        "more": [{"action": "notify.phone", "data": {"message": "{{ caller }}"}}],
    },
    "low_balance": {"low_balance": "binary_sensor.alice_example_com_low_balance"},
    "do_not_disturb": {"do_not_disturb": "switch.alice_example_com_do_not_disturb"},
    "ask_about_calls": {},
    "monthly_summary": {"call": EVENT},
    "forward_when_away": {
        "forward": "select.alice_example_com_forward_all_calls",
        "persons": ["person.alice"],
    },
}


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda f: f.stem)
async def test_run_by_hand(
    hass: HomeAssistant,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    notified: list[ServiceCall],
    caplog: pytest.LogCaptureFixture,
    file: Path,
) -> None:
    """*Run actions* in the editor ends quietly, or tells what it can."""
    for name in ("homeassistant", "conversation"):
        assert await async_setup_component(hass, name, {})
    box.accounts[ALICE].accept.persistent.clear()
    entry = await set_up(ALICE, by="password", options={"low_balance": 20})
    hass.states.async_set("person.alice", "not_home")
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    inputs = INPUTS[file.stem] or {"account": device.id}
    if "notifier" in file.read_text():
        inputs = inputs | {"notifier": "notify.phone"}
    await automate(hass, hass_ws_client, file.stem, **inputs)
    caplog.clear()
    for skip in (True, False):
        await hass.services.async_call(
            "automation",
            "trigger",
            {"entity_id": f"automation.{file.stem}", "skip_condition": skip},
            blocking=True,
        )
        await hass.async_block_till_done()
    assert [r for r in caplog.records if r.levelname in {"ERROR", "WARNING"}] == []
    await end_automation(hass, file.stem)


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
    await automate(
        hass,
        hass_ws_client,
        "low_balance",
        low_balance="binary_sensor.alice_example_com_low_balance",
        notifier="notify.phone",
        at="09:00:00",
    )
    plenty = box.accounts[ALICE].balance
    box.accounts[ALICE].balance = Decimal("2.3456")
    await poll_now(hass, entry)
    assert [call.data["message"] for call in notified] == ["2.35 EUR"]
    box.faults.set("*", "prepaid", "html_502")
    await poll_now(hass, entry)
    box.faults.clear()
    await poll_now(hass, entry)
    assert len(notified) == 1  # back from unavailable is no news
    for days in range(1, 3):
        freezer.tick(timedelta(hours=24))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert len(notified) == 1 + days
    box.accounts[ALICE].balance = plenty
    await poll_now(hass, entry)
    freezer.tick(timedelta(hours=24))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(notified) == 3
    await end_automation(hass, "low_balance")


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
    await automate(
        hass,
        hass_ws_client,
        "call_from_person",
        call=EVENT,
        callers=["+31208005161", "Erin@example.net", "Boss"],
        lights=["light.hall"],
        more=[{"action": "notify.phone", "data": {"message": "{{ caller }}"}}],
    )
    miss_call(box, "sip:0031208005161@example.com", HOSTILE)
    await poll_now(hass, entry)
    assert len(flashed) == len(notified) == 1
    assert flashed[0].data["flash"] == "long"
    assert flashed[0].data["entity_id"] == ["light.hall"]
    assert not set(notified[0].data["message"]) & set("<>[]()`*!")
    miss_call(box, "sip:erin@example.net")
    await poll_now(hass, entry)
    assert len(flashed) == 2
    miss_call(box, "sip:mallory@example.net", "Boss")  # who only says so
    miss_call(box, "anonymous@anonymous.invalid")
    await poll_now(hass, entry)
    assert len(flashed) == 2
