"""Words that Home Assistant's frontend has, too, are its words, in each language.

No browser is needed for it, but the frontend's package, which the home here has.
"""

from functools import cache
import json
from pathlib import Path
import re

import pytest

from tests.test_terms import LANGUAGES, texts_of
from tests.translated import flat

from .household import HOME_PYTHON

BACK = "config.step.untrusted_server.menu_options.back"
ISSUE = "issues.controls_in_area"
# Ours, and the frontend's key of the very same.
SAME = [
    ("card.today", "ui.components.calendar.today"),
    ("card.yesterday", "ui.components.date-range-picker.ranges.yesterday"),
    ("card.more", "ui.dialogs.more_info_control.show_more"),
    ("options.step.init.title", "ui.dialogs.options_flow.form.header"),
    (BACK, "ui.common.back"),
    ("config.step.password.data.password", "ui.login-form.password"),
]
# Ours, and the frontend's key of a word whose beginning is in it.
WITHIN = [
    ("card.unavailable", "state.default.unavailable"),
    (f"{ISSUE}.fix_flow.step.confirm.description", "ui.components.area-picker.area"),
    (
        f"{ISSUE}.fix_flow.step.confirm.description",
        "ui.panel.config.blueprint.overview.types.automation",
    ),
    ("entity.sensor.registered_devices.name", "ui.components.related-items.device"),
]
# Other forms of the same word.
FORMS = {
    ("nl", "options.step.init.title"): "Opties",
    ("ro", "config.step.password.data.password"): "Parola",
}
_LETTERS = 4  # of a word that stays in all its forms


@cache
def _words_of_the_frontend(language: str) -> dict[str, str]:
    (folder,) = (HOME_PYTHON.parents[1] / "lib").glob(
        "python3*/site-packages/hass_frontend/static/translations"
    )
    name = re.compile(rf"{re.escape(language)}-[0-9a-f]{{32}}\.json")
    words: dict[str, str] = {}
    for part in ("", "config", "lovelace"):
        for file in Path(folder, part).glob(f"{language}-*.json"):
            if name.fullmatch(file.name):
                words |= flat(json.loads(file.read_text()))
    return words


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_words(language: str) -> None:
    """Who knows Home Assistant knows these."""
    texts, words = texts_of(language), _words_of_the_frontend(language)
    for ours, key in SAME:
        assert texts[ours] == FORMS.get((language, ours), words[key]), (ours, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_within(language: str) -> None:
    """In a sentence they may have another ending."""
    texts, words = texts_of(language), _words_of_the_frontend(language)
    for ours, key in WITHIN:
        begins = words[key][:_LETTERS].casefold()
        assert begins in texts[ours].casefold(), (ours, key, words[key])
