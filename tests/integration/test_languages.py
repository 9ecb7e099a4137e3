"""In every language: what things are called, and what is said when something fails."""

from collections.abc import Callable
import logging
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.translation import async_get_translations
import pytest

from custom_components.sip_account.const import DOMAIN

from .support import ALICE

# Language: the switch's name and the end of its entity id, what is said of daily rules.
SAID = {
    "en": (
        "Do not disturb",
        "do_not_disturb",
        "Nothing was sent, since the server would damage the daily accept rules of",
    ),
    "nl": (
        "Niet storen",
        "niet_storen",
        "Er is niets verzonden, omdat de server de dagelijkse acceptatieregels van",
    ),
    "de": (
        "Nicht stören",
        "nicht_storen",
        "Es wurde nichts gesendet, weil der Server die täglichen Annahmeregeln von",
    ),
    "fr": (
        "Ne pas déranger",
        "ne_pas_deranger",
        "Rien n'a été envoyé, car le serveur endommagerait les règles d'acceptation",
    ),
    "es": (
        "No molestar",
        "no_molestar",
        "No se ha enviado nada porque el servidor dañaría las reglas de aceptación",
    ),
}
CATEGORIES = (
    "config",
    "options",
    "entity",
    "exceptions",
    "selector",
    "issues",
    "services",
)


async def _message(
    hass: HomeAssistant, language: str, error: HomeAssistantError
) -> str:
    """Return what the frontend shows of an error; Python's own text stays English."""
    texts = await async_get_translations(hass, language, "exceptions", {DOMAIN})
    text = texts[f"component.{DOMAIN}.exceptions.{error.translation_key}.message"]
    return text.format(**(error.translation_placeholders or {}))


@pytest.mark.parametrize("language", SAID)
async def test_spoken(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    entity_id: Callable[..., str | None],
    caplog: pytest.LogCaptureFixture,
    language: str,
) -> None:
    """An entity, an error, and a switch that works whatever its id is made from."""
    name, end, sentence = SAID[language]
    hass.config.language = language
    entry = await set_up(ALICE, by="password")
    switch = entity_id(entry, "switch", "do_not_disturb")
    assert switch == f"switch.alice_example_com_{end}"
    state = hass.states.get(switch)
    assert state
    assert state.name == f"{ALICE} {name}"
    with pytest.raises(ServiceValidationError) as caught:
        await hass.services.async_call(
            "switch", "turn_on", {"entity_id": switch}, blocking=True
        )
    placeholders = caught.value.translation_placeholders
    assert placeholders
    message = await _message(hass, language, caught.value)
    assert message.startswith(sentence)
    assert ALICE in message
    assert placeholders["rules"] in message
    assert not re.search(r"[{}]", message)
    assert not [r for r in caplog.records if r.levelno >= logging.ERROR]


@pytest.mark.parametrize("language", sorted(SAID.keys() - {"en"}))
async def test_home_assistant_takes_every_text(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, language: str
) -> None:
    """Home Assistant drops a text whose placeholders are not those of English."""
    for category in CATEGORIES:
        english = await async_get_translations(hass, "en", category, {DOMAIN})
        texts = await async_get_translations(hass, language, category, {DOMAIN})
        assert texts
        assert texts.keys() == english.keys()
        assert texts != english
    assert "placeholders" not in caplog.text


async def test_home_learns_a_language(
    hass: HomeAssistant, set_up: Callable[..., Any]
) -> None:
    """Names follow the language; the entities stay, and so do their ids."""
    entry = await set_up(ALICE, by="password")
    registry = er.async_get(hass)

    def names() -> dict[str, str | None]:
        entities = er.async_entries_for_config_entry(registry, entry.entry_id)
        return {entity.entity_id: entity.original_name for entity in entities}

    before = names()
    hass.config.language = "nl"
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    after = names()
    assert after.keys() == before.keys()
    assert before["switch.alice_example_com_do_not_disturb"] == "Do not disturb"
    assert after["switch.alice_example_com_do_not_disturb"] == "Niet storen"
    same = {name for name in after.values() if name in before.values()}
    assert same == {"Voicemail"}
