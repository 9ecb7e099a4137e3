"""The blueprints that tell of something, imported and run in real Home Assistant."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import (
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
    await automate(
        hass,
        hass_ws_client,
        "missed_calls_on_arrival",
        missed_calls="sensor.alice_example_com_missed_calls",
        person="person.alice",
        notifier="notify.phone",
        mark_seen=[button],
    )
    hass.states.async_set("person.alice", "home")
    miss_call(box, "sip:early@example.net", "Early")
    await poll_now(hass, entry)
    freezer.tick(timedelta(minutes=1))
    hass.states.async_set("person.alice", "not_home")
    freezer.tick(timedelta(minutes=1))
    miss_call(box, "sip:erin@example.net", HOSTILE)
    freezer.tick(timedelta(minutes=1))
    miss_call(box, "sip:0031208005161@example.com")
    await poll_now(hass, entry)
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
