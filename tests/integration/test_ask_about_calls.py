"""What Assist answers of an account without a language model, in five languages."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest

from demo import AccountBox

from .automating import automate, end_automation, miss_call, poll_now
from .support import ALICE

DND = "switch.alice_example_com_do_not_disturb"

# Who called, a missed call, credit, forwarding, do not disturb, and its end: a sentence
# and how its answer begins.
ASKED = {
    "en": [
        ("Who called me today?", "Calls: Erin at "),
        ("Did I miss a call?", "Missed: Erin at "),
        ("How much credit is left?", "12.35 EUR are left."),
        ("Are my calls forwarded?", "Yes: "),
        ("Do not disturb for an hour", "Nobody can call for an hour."),
        ("Let everybody call again", "Everybody can call again."),
    ],
    "de": [
        ("Wer hat angerufen?", "Anrufe: Erin um "),
        ("Habe ich einen Anruf verpasst?", "Verpasst: Erin um "),
        ("Wie viel Guthaben habe ich noch?", "Noch 12.35 EUR."),
        ("Werden meine Anrufe umgeleitet?", "Ja: "),
        ("Nicht stören für eine Stunde", "Eine Stunde lang kann niemand anrufen."),
        ("Alle dürfen wieder anrufen", "Alle können wieder anrufen."),
    ],
    "nl": [
        ("Wie heeft er gebeld?", "Oproepen: Erin om "),
        ("Heb ik een oproep gemist?", "Gemist: Erin om "),
        ("Hoeveel tegoed heb ik nog?", "Nog 12.35 EUR."),
        ("Worden mijn oproepen doorgeschakeld?", "Ja: "),
        ("Een uur niet storen", "Een uur lang kan niemand bellen."),
        ("Iedereen mag weer bellen", "Iedereen kan weer bellen."),
    ],
    "fr": [
        ("Qui m'a appelé ?", "Appels : Erin à "),
        ("Ai-je manqué un appel ?", "Manqués : Erin à "),
        ("Combien de crédit me reste-t-il ?", "Il reste 12.35 EUR."),
        ("Mes appels sont-ils renvoyés ?", "Oui : "),
        (
            "Ne pas déranger pendant une heure",
            "Personne ne peut appeler pendant une heure.",
        ),
        (
            "Tout le monde peut de nouveau appeler",
            "Tout le monde peut de nouveau appeler.",
        ),
    ],
    "es": [
        ("¿Quién me ha llamado?", "Llamadas: Erin a las "),
        ("¿He perdido alguna llamada?", "Perdidas: Erin a las "),
        ("¿Cuánto saldo queda?", "Quedan 12.35 EUR."),
        ("¿Están desviadas mis llamadas?", "Sí: "),
        ("No molestar durante una hora", "Nadie puede llamar durante una hora."),
        ("Todos pueden llamar de nuevo", "Todos pueden llamar de nuevo."),
    ],
}


@pytest.mark.parametrize("language", ASKED)
async def test_answers(
    hass: HomeAssistant,
    hass_client: Any,
    hass_ws_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    language: str,
) -> None:
    """Each question is answered, and what is to be done is done."""
    box.accounts[ALICE].calls.clear()
    box.accounts[ALICE].accept.persistent.clear()
    for name in ("homeassistant", "conversation"):
        assert await async_setup_component(hass, name, {})
    entry = await set_up(ALICE, by="password", options={"currency": "EUR"})
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    await automate(
        hass,
        hass_ws_client,
        "ask_about_calls",
        account=device.id,
        language=language,
        balance="sensor.alice_example_com_balance",
        forwarding="sensor.alice_example_com_call_forwarding",
    )
    miss_call(box, "sip:erin@example.net", "Erin")
    await poll_now(hass, entry)
    client = await hass_client()

    async def ask(text: str) -> str:
        body = {"text": text, "language": language}
        answered = await client.post("/api/conversation/process", json=body)
        assert answered.status == HTTPStatus.OK
        told = await answered.json()
        return str(told["response"]["speech"]["plain"]["speech"])

    found = [await ask(text) for text, _ in ASKED[language][:4]]
    for said, (_, begins) in zip(found, ASKED[language], strict=False):
        assert said.startswith(begins), found
    text, says = ASKED[language][4]
    assert await ask(text) == says
    assert hass.states.is_state(DND, "on")
    text, says = ASKED[language][5]
    assert await ask(text) == says
    assert hass.states.is_state(DND, "off")
    await end_automation(hass, "ask_about_calls")
