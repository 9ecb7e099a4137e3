"""One name for one thing, in each language: in dialogs, entities, actions and the card.

`terms/LANGUAGE.toml` says which word a language has for a term: the beginnings of its
forms, any of which may stand in a text that is about the thing. `never` lists words
that some would take for one of these; `formal` the forms of address that Home
Assistant does not use there: in small letters however they are written, with a capital
only inside a sentence, where it makes the difference; `same_as_english` texts that are
no oversight (`test_languages.py`). The words of Home Assistant's own frontend are
compared with it where that is installed: `browser/test_shared_terms.py`.
"""

import json
from pathlib import Path
import re
import tomllib

import homeassistant.components
import pytest

from .translated import flat

ROOT = Path(__file__).parents[1]
TRANSLATIONS = ROOT / "custom_components" / "sip_account" / "translations"
TERMS = Path(__file__).parent / "terms"
LANGUAGES = sorted(file.stem for file in TRANSLATIONS.glob("*.json"))

FORWARDING = ("all_calls", "busy", "no_answer", "not_online", "unavailable")
TARGETS = ("not_forwarded", "voicemail", "mobile_number")
STATE = "entity.select.forward_{condition}.state.{target}"
EVENT = "entity.event.call.state_attributes.event_type.state"
FIELDS = "services.set_call_forwarding.fields"

# What is called the very same wherever a person meets it.
SAME = [
    ("entity.sensor.balance.name", "card.balance"),
    (
        "entity.binary_sensor.low_balance.name",
        "card.low_balance",
        "options.step.settings.data.low_balance",
    ),
    (
        "entity.switch.do_not_disturb.name",
        "card.do_not_disturb",
        "card.status_do_not_disturb",
    ),
    ("common.unknown_caller", "card.unknown_party"),
    ("entity.calendar.calls.name", "card.calls"),
    ("options.step.control.title", "card.editor_show_controls"),
    ("entity.sensor.voicemail.name", "card.voicemail"),
    ("entity.sensor.missed_calls.name", "triggers.call_missed.fields.count.name"),
    ("selector.outcome.options.missed", "selector.call_type.options.missed"),
    ("selector.outcome.options.declined", "selector.call_type.options.declined"),
    *(
        (f"entity.select.forward_{condition}.name", f"card.forward_{condition}")
        for condition in FORWARDING
    ),
    *(
        (
            f"selector.target.options.{target}",
            f"card.{target}",
            *(STATE.format(condition=on, target=target) for on in FORWARDING),
        )
        for target in TARGETS
    ),
    *(
        (f"selector.diversion.options.{condition}", f"{FIELDS}.{condition}.name")
        for condition in FORWARDING
    ),
    *(
        (f"selector.call_type.options.{kind}", f"{EVENT}.{kind}")
        for kind in (
            "missed",
            "declined",
            "incoming_answered",
            "outgoing_answered",
            "outgoing_unanswered",
        )
    ),
]

# Where the word of a term stands.
PLACES = {
    "call": [
        "triggers.call_missed.name",
        "entity.sensor.last_call.name",
        "entity.sensor.missed_calls.name",
        "services.get_calls.name",
        "card.editor_show_calls",
        "card.no_calls",
    ],
    "forward": [
        *(f"entity.select.forward_{condition}.name" for condition in FORWARDING),
        "selector.target.options.not_forwarded",
        "entity.sensor.call_forwarding.name",
        "options.step.control.title",
        "options.step.control.data.forwarding_targets",
        "services.set_call_forwarding.name",
        "conditions.calls_are_forwarded.name",
        "conditions.calls_are_forwarded.fields.diversion.name",
        "card.status_forwarded",
        "card.editor_show_controls",
    ],
    "do_not_disturb": [
        "entity.switch.do_not_disturb.name",
        "options.step.control.title",
        "services.set_do_not_disturb.name",
        "services.clear_do_not_disturb.name",
        "conditions.do_not_disturb_is_on.name",
        "card.do_not_disturb_blocked",
    ],
    "missed": [
        "entity.sensor.missed_calls.name",
        "entity.sensor.last_missed_call.name",
        "entity.button.mark_missed_calls_seen.name",
        "selector.outcome.options.missed",
        "triggers.call_missed.name",
        "conditions.has_missed_calls.name",
        "common.activity_missed",
        "card.missed_calls_other",
        "card.filter_missed",
        "card.incoming_missed",
        "card.incoming_busy",
    ],
    "balance": [
        "entity.sensor.balance.name",
        "entity.binary_sensor.low_balance.name",
        "options.step.settings.title",
        "triggers.balance_fell_below.name",
        "card.balance",
        "card.editor_show_balance",
    ],
    "phone_book": [
        "options.step.init.menu_options.phone_book",
        "options.step.init.menu_options.address_book",
        "options.step.init.menu_options.clear_phone_book",
        "selector.from.options.phone_book",
        "selector.from.options.not_in_phone_book",
        "services.read_phone_book.name",
    ],
    "certificate": [
        "config.step.certificate.title",
        "entity.sensor.certificate_expires.name",
        "issues.certificate_expires.title",
        "options.step.settings.data.renew_certificate",
    ],
    "registered": [
        "entity.binary_sensor.registered.name",
        "entity.sensor.registered_devices.name",
        "triggers.no_phone_registered.name",
        "card.status_not_registered",
    ],
    "voucher": ["options.step.init.menu_options.top_up"],
    "alias": [
        "options.step.init.menu_options.add_alias",
        "entity.sensor.aliases.name",
        "services.add_alias.name",
    ],
    "incoming": [
        "selector.direction.options.incoming",
        f"{EVENT}.incoming_answered",
        "card.incoming_answered",
        "card.incoming_in_progress",
    ],
    "outgoing": [
        "selector.direction.options.outgoing",
        f"{EVENT}.outgoing_answered",
        f"{EVENT}.outgoing_unanswered",
        "card.outgoing_answered",
        "card.outgoing_cancelled",
    ],
}

# Words that Home Assistant itself has, and the same of ours: (integration, key).
SHARED = {
    "config.step.password.data.password": (
        "fritzbox",
        "config.step.user.data.password",
    ),
}


def card_texts(language: str) -> dict[str, str]:
    """Return the card's texts in a language, by their keys behind `card.`."""
    written = (ROOT / "card" / "src" / "languages" / f"{language}.js").read_text()
    lines = re.findall(r'^  (\w+):\s*("(?:[^"\\\n]|\\.)*"),$', written, re.MULTILINE)
    return {f"card.{key}": json.loads(text) for key, text in lines}


def texts_of(language: str) -> dict[str, str]:
    """Return all texts of a language, by their places."""
    file = TRANSLATIONS / f"{language}.json"
    return dict(flat(json.loads(file.read_text()))) | card_texts(language)


def _terms_of(language: str) -> dict[str, list[str]]:
    return tomllib.loads((TERMS / f"{language}.toml").read_text())


def test_every_language_has_its_terms() -> None:
    """No language is left out, neither here nor in the card."""
    assert sorted(file.stem for file in TERMS.glob("*.toml")) == LANGUAGES
    english = card_texts("en").keys()
    plural = re.compile(r"_(zero|one|two|few|many|other)$")
    for language in LANGUAGES:
        told = {plural.sub("", key) for key in card_texts(language)}
        assert told == {plural.sub("", key) for key in english}, language


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_thing_has_one_name(language: str) -> None:
    """The same words between entities, options, actions and card."""
    texts = texts_of(language)
    for places in SAME:
        assert len({texts[place] for place in places}) == 1, {
            place: texts[place] for place in places
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_menus_name_what_they_open(language: str) -> None:
    """What is chosen in the menu of options is what the dialog then is called."""
    texts = texts_of(language)
    menu = "options.step.init.menu_options."
    chosen = [place for place in texts if place.startswith(menu)]
    assert chosen
    for place in chosen:
        title = texts.get(f"options.step.{place.removeprefix(menu)}.title")
        assert title in (None, texts[place]), place


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms(language: str) -> None:
    """Each term has its word wherever it stands."""
    texts, terms = texts_of(language), _terms_of(language)
    assert terms.keys() - {"same_as_english", "formal"} == {*PLACES, "never"}
    for term, places in PLACES.items():
        for place in places:
            said = texts[place].lower()
            assert any(form in said for form in terms[term]), (term, place, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_word_for_it(language: str) -> None:
    """A word that was given up comes back nowhere."""
    for place, text in texts_of(language).items():
        for word in _terms_of(language)["never"]:
            assert word not in text.lower(), (place, text)


def _says(form: str, text: str) -> bool:
    if form != form.lower():
        return re.search(rf"(?<=[\w,;`}}] ){form}(?!\w)", text) is not None
    if form > "\u2e80":  # no blanks between words there
        return form in text
    return re.search(rf"(?<!\w){form}(?!\w)", text.lower()) is not None


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("uw", "Kies uw account", True),
        ("uw", "Uw account", True),
        ("uw", "Het huwelijk", False),
        ("Sie", "Wenn Sie wollen", True),
        ("Sie", "`{host}` Sie", True),
        ("Sie", "Sie ist leer. Sie fehlt: Sie", False),
        ("Sie", "wenn sie fehlt", False),
        ("你", "请你上传", True),
        ("你", "请您上传", False),
    ],
)
def test_forms_of_address(form: str, text: str, said: bool) -> None:
    """A form is found as a word, and only where it is one of address."""
    assert _says(form, text) is said


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"en"}))
def test_tone(language: str) -> None:
    """A person is addressed as Home Assistant does in that language."""
    forms = _terms_of(language)["formal"]
    assert forms
    found = [
        (form, place, text)
        for place, text in texts_of(language).items()
        for form in forms
        if _says(form, text)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_home_assistant(language: str) -> None:
    """What Home Assistant has a word for is called so here, too."""
    texts = texts_of(language)
    for place, (integration, key) in SHARED.items():
        file = (
            Path(homeassistant.components.__path__[0])
            / integration
            / "translations"
            / f"{language}.json"
        )
        assert texts[place] == dict(flat(json.loads(file.read_text())))[key], place
