"""Do not disturb and forwarding are controls, and nobody sets them off by accident."""

from collections.abc import Callable
from typing import Any

from homeassistant.components.homeassistant.exposed_entities import (
    KNOWN_ASSISTANTS,
    async_expose_entity,
    async_should_expose,
)
from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.exposure import (
    async_tell_of_controls,
    forget_controls,
)
from demo import AccountBox

from .support import ALICE, password_entry_data

DND = "switch.alice_example_com_do_not_disturb"
FORWARD = "select.alice_example_com_forward_all_calls"
BUSY = "select.alice_example_com_forward_when_busy"


@pytest.fixture(autouse=True)
async def _assistants(hass: HomeAssistant) -> None:
    """Have Home Assistant know what is exposed."""
    assert await async_setup_component(hass, "homeassistant", {})


def _exposed(hass: HomeAssistant, entity_id: str) -> set[str]:
    return {
        assistant
        for assistant in KNOWN_ASSISTANTS
        if async_should_expose(hass, assistant, entity_id)
    }


def _place(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Put the device into an area, as people do."""
    registry = dr.async_get(hass)
    (device,) = dr.async_entries_for_config_entry(registry, entry.entry_id)
    area = ar.async_get(hass).async_get_or_create("Office")
    registry.async_update_device(device.id, area_id=area.id)


def _as_in_0_1_0(hass: HomeAssistant, entry: MockConfigEntry, *, area: bool) -> None:
    """Leave what 0.1.0 left in the registries."""
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, ALICE)}
    )
    for domain, key in (("switch", "do_not_disturb"), ("select", "forward_all_calls")):
        er.async_get(hass).async_get_or_create(
            domain,
            DOMAIN,
            f"{ALICE}_{key}",
            config_entry=entry,
            device_id=device.id,
            entity_category=EntityCategory.CONFIG,
        )
    if area:
        _place(hass, entry)


def _entry(hass: HomeAssistant, box: AccountBox) -> MockConfigEntry:
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=ALICE,
        unique_id=ALICE,
        data=password_entry_data(box, ALICE),
    )
    entry.add_to_hass(hass)
    return entry


async def test_controls(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """They have no category; the selects that few people need are configuration."""
    await set_up(ALICE, by="password")
    registry = er.async_get(hass)
    found = {
        entity_id: known.entity_category
        for entity_id in (DND, FORWARD, BUSY)
        if (known := registry.async_get(entity_id))
    }
    assert found == {DND: None, FORWARD: None, BUSY: EntityCategory.CONFIG}


async def test_exposed_to_nobody(
    hass: HomeAssistant, set_up: Callable[..., Any]
) -> None:
    """No assistant gets them, unless a person says so; a reload changes nothing."""
    entry = await set_up(ALICE, by="password")
    assert _exposed(hass, DND) == _exposed(hass, FORWARD) == set()
    async_expose_entity(hass, "conversation", DND, should_expose=True)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert _exposed(hass, DND) == {"conversation"}
    assert _exposed(hass, FORWARD) == set()


async def test_an_area_reaches_them(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Docs tell this: what turns on an area turns it on, whoever put it there."""
    box.accounts[ALICE].accept.persistent.clear()
    entry = await set_up(ALICE, by="password")
    _place(hass, entry)
    target = {"area_id": "office"}
    await hass.services.async_call("switch", "turn_on", target=target, blocking=True)
    await hass.async_block_till_done()
    assert hass.states.is_state(DND, "on")


@pytest.mark.parametrize("area", [True, False])
async def test_told_once(
    hass: HomeAssistant, box: AccountBox, hass_client: Any, *, area: bool
) -> None:
    """Who had put the account of 0.1.0 into an area is told, until it was read."""
    entry = _entry(hass, box)
    _as_in_0_1_0(hass, entry, area=area)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    issue_id = f"controls_in_area_{entry.entry_id}"
    issues = ir.async_get(hass)
    assert (issues.async_get_issue(DOMAIN, issue_id) is not None) is area
    if not area:
        return
    assert await async_setup_component(hass, REPAIRS, {})
    assert await async_setup_component(hass, "http", {})
    client = await hass_client()
    body = {"handler": DOMAIN, "issue_id": issue_id}
    flow = await (await client.post("/api/repairs/issues/fix", json=body)).json()
    assert flow["description_placeholders"] == {"account": ALICE}
    path = f"/api/repairs/issues/fix/{flow['flow_id']}"
    done = await (await client.post(path, json={})).json()
    assert done["type"] == "create_entry"
    assert issues.async_get_issue(DOMAIN, issue_id) is None
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert issues.async_get_issue(DOMAIN, issue_id) is None


async def test_gone_with_the_account(hass: HomeAssistant, box: AccountBox) -> None:
    """What is told goes with the account."""
    entry = _entry(hass, box)
    _as_in_0_1_0(hass, entry, area=True)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert not ir.async_get(hass).issues


@pytest.mark.parametrize(
    ("key", "of_device", "of_entity", "changed", "is_told"),
    [
        ("do_not_disturb", {"area_id": "office"}, {}, {}, True),
        ("do_not_disturb", {"labels": {"phones"}}, {}, {}, True),
        ("do_not_disturb", {}, {"area_id": "office"}, {}, True),
        ("forward_all_calls", {}, {"labels": {"phones"}}, {}, True),
        ("forward_all_calls", {}, {}, {}, False),
        ("forward_busy", {"area_id": "office"}, {"area_id": "office"}, {}, False),
        (
            "do_not_disturb",
            {"area_id": "office"},
            {"area_id": "office"},
            {"entity_category": None},
            False,
        ),
        (
            "do_not_disturb",
            {"area_id": "office"},
            {"area_id": "office"},
            {"entity_category": EntityCategory.DIAGNOSTIC},
            False,
        ),
        (
            "do_not_disturb",
            {"area_id": "office"},
            {"area_id": "office"},
            {"disabled_by": er.RegistryEntryDisabler.USER},
            False,
        ),
    ],
)
async def test_who_is_told(
    hass: HomeAssistant,
    key: str,
    of_device: dict[str, Any],
    of_entity: dict[str, Any],
    changed: dict[str, Any],
    is_told: bool,
) -> None:
    """Who has put what was configuration, or its device, somewhere, and nobody else."""
    ar.async_get(hass).async_get_or_create("Office")
    entry = MockConfigEntry(domain=DOMAIN, title=ALICE, unique_id=ALICE)
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, ALICE)}
    )
    dr.async_get(hass).async_update_device(device.id, **of_device)
    registry = er.async_get(hass)
    entity_id = registry.async_get_or_create(
        "switch",
        DOMAIN,
        f"{ALICE}_{key}",
        config_entry=entry,
        device_id=device.id,
        entity_category=EntityCategory.CONFIG,
        original_name=key,
    ).entity_id
    registry.async_update_entity(entity_id, **of_entity, **changed)
    async_tell_of_controls(hass, entry)
    issue = ir.async_get(hass).async_get_issue(
        DOMAIN, f"controls_in_area_{entry.entry_id}"
    )
    assert (issue is not None) is is_told
    if issue:
        assert issue.is_fixable
        assert issue.is_persistent
        assert issue.data == {"entry_id": entry.entry_id, "controls_in_area": True}
    forget_controls(hass, entry.entry_id)
    assert not ir.async_get(hass).issues
