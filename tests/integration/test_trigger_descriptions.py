"""What the automation editor shows of triggers and conditions."""

import json
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import condition, trigger
from homeassistant.setup import async_setup_component
import pytest

from custom_components.sip_account import condition as conditions, trigger as triggers

PACKAGE = Path(triggers.__file__).parent
LANGUAGES = sorted((PACKAGE / "translations").glob("*.json"))


async def _described(hass: HomeAssistant, kind: str) -> dict[str, Any]:
    assert await async_setup_component(hass, "sip_account", {})
    await hass.async_block_till_done()
    helper: Any = {"triggers": trigger, "conditions": condition}[kind]
    found = await helper.async_get_all_descriptions(hass)
    return {
        name.removeprefix("sip_account."): described
        for name, described in found.items()
        if name.startswith("sip_account.")
    }


@pytest.mark.parametrize("kind", ["triggers", "conditions"])
async def test_each_is_described(hass: HomeAssistant, kind: str) -> None:
    """Home Assistant reads the description of each; every word is in every language."""
    described = await _described(hass, kind)
    offered = triggers.TRIGGERS if kind == "triggers" else conditions.CONDITIONS
    assert set(described) == set(offered)
    icons = json.loads((PACKAGE / "icons.json").read_text())[kind]
    assert set(icons) == set(offered)
    for language in LANGUAGES:
        words = json.loads(language.read_text())
        for name, one in described.items():
            told = words[kind][name]
            assert told["name"]
            assert told["description"]
            assert set(told.get("fields", {})) == set(one.get("fields", {}))
            for field in one.get("fields", {}).values():
                for chosen in field["selector"].values():
                    if key := (chosen or {}).get("translation_key"):
                        assert set(words["selector"][key]["options"]) == set(
                            chosen["options"]
                        )
