"""Which entities of a target are meant."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.automating.targets import (
    entities_of_kind,
    runtime_of,
)


@pytest.mark.parametrize(
    ("domain", "platform", "key"),
    [
        ("text", "sip_account", "call"),
        ("binary_sensor", "sip_account", "call"),
        ("event", "another", "call"),
        ("event", "zoo", "call"),
        ("event", "sip_account", "missed"),
        ("event", "sip_account", "a"),
    ],
)
async def test_one_kind(
    hass: HomeAssistant, domain: str, platform: str, key: str
) -> None:
    """Those of this integration, of one platform and one key; nothing unknown."""
    registry = er.async_get(hass)

    def add(*what: str, key: str) -> str:
        # As other texts, which a registry that was read from a file has.
        domain, platform, unique_id, key = ("".join(list(one)) for one in (*what, key))
        return registry.async_get_or_create(
            domain, platform, unique_id, translation_key=key
        ).entity_id

    wanted = add("event", "sip_account", "1", key="call")
    other = add(domain, platform, "2", key=key)
    asked = {wanted, other, "event.unknown"}
    assert entities_of_kind(hass, asked, "event", "call") == {wanted}


async def test_no_account_behind_it(hass: HomeAssistant) -> None:
    """What is unknown, of no account, or of one that is not loaded has nothing."""
    entry = MockConfigEntry(domain="sip_account")
    entry.add_to_hass(hass)
    registry = er.async_get(hass)
    bare = registry.async_get_or_create("event", "sip_account", "1").entity_id
    unloaded = registry.async_get_or_create(
        "event", "sip_account", "2", config_entry=entry
    ).entity_id
    for entity_id in ("event.unknown", bare, unloaded):
        assert runtime_of(hass, entity_id) is None
