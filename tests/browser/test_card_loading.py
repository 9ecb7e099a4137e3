"""The card is there however late Home Assistant's app comes, and however early it is.

Until 2026.10 the card is loaded beside the app, which replaces the page's registry of
elements; `scripts/test --browser --floor` runs this where that is so.
"""

import re
from time import sleep

from playwright.sync_api import Locator, Route, expect
import pytest

from .board import put_up
from .frontend import Frontend
from .household import CAROL, Household

LATE = 0.4
LOADS = 6
APP = re.compile(r"/frontend_(latest|es5)/app\.[^/]+\.js$")
FROM_CACHE = """() => performance.getEntriesByType("resource")
  .filter(({ name }) => name.endsWith("/sip-account-card.js"))
  .map(({ transferSize }) => transferSize)"""


@pytest.fixture
def path(house: Household) -> str:
    """A dashboard with carol's card."""
    house.add(CAROL, by="password")
    return put_up(house)


def _is_there(home: Frontend) -> Locator:
    card = home.card(CAROL)
    expect(card.get_by_text("Alice", exact=True).first).to_be_visible()
    expect(home.page.locator("hui-error-card")).to_have_count(0)
    return card


def test_cached(home: Frontend, path: str) -> None:
    """The card comes from the browser's cache, long before the app has begun."""
    home.open(path)
    _is_there(home)
    for _ in range(LOADS):
        home.page.reload()
        _is_there(home)
        assert home.page.evaluate(FROM_CACHE) == [0]


def test_late_app(home: Frontend, path: str) -> None:
    """The app comes late; the card, its editor and the picker know each other."""

    def later(route: Route) -> None:
        sleep(LATE)
        route.continue_()

    home.page.route(APP, later)
    for _ in range(LOADS):
        home.open(path)
        _is_there(home)
    home.open(f"{path}?edit=1")
    home.page.locator("hui-card-options").get_by_text("Edit").click()
    editor = home.page.locator("hui-dialog-edit-card")
    editor.get_by_text("Do not disturb and forwarding").first.wait_for()
    editor.get_by_text("May be left empty").wait_for()
    home.picture("editor")
