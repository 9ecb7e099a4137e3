"""The card in each of its languages, on a phone."""

import json

from playwright.sync_api import expect
import pytest

from tests.test_languages import LANGUAGES
from tests.test_terms import card_texts

from .board import put_up
from .frontend import Frontend
from .household import CAROL, Household


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_language(home: Frontend, house: Household, language: str) -> None:
    """It speaks as the person's profile does, and nothing sticks out."""
    house.add(CAROL, by="password")
    house.miss_calls(CAROL, "Dentist", "Aunt Mary")
    chosen = json.dumps(json.dumps(language))
    home.page.add_init_script(f"localStorage.setItem('selectedLanguage', {chosen})")
    home.open(put_up(house, calls=3), width=390, height=1500)
    card = home.card(CAROL)
    words = card_texts(language)
    for key in ("calls", "controls", "do_not_disturb", "forward_all_calls"):
        expect(card).to_contain_text(words[f"card.{key}"])
    expect(home.page.locator("html")).to_have_attribute("lang", language)
    inner, outer = card.evaluate("card => [card.scrollWidth, card.clientWidth]")
    assert inner <= outer
    home.picture("card", card)
