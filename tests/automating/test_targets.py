"""Which entities of a target are meant."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.sip_account.automating.targets import entities_of_kind


@pytest.mark.parametrize(
    ("domain", "platform", "key"),
    [
        ("text", "sip_account", "call"),
        ("binary_sensor", "sip_account", "call"),
        ("event", "another", "call"),
        ("event", "sip_account", "missed"),
    ],
)
async def test_one_kind(
    hass: HomeAssistant, domain: str, platform: str, key: str
) -> None:
    """Those of this integration, of one platform and one key; nothing unknown."""
    registry = er.async_get(hass)

    def add(*what: str, key: str) -> str:
        return registry.async_get_or_create(*what, translation_key=key).entity_id

    wanted = add("event", "sip_account", "1", key="call")
    other = add(domain, platform, "2", key=key)
    asked = {wanted, other, "event.unknown"}
    assert entities_of_kind(hass, asked, "event", "call") == {wanted}
