"""The card in a real home: as it looks, and as it is used."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect
import pytest

from tests.limits import until

from .board import put_empty_section, put_into_section, put_up
from .frontend import Frontend
from .household import CAROL, ROOT, Household

AXE = ROOT / "card" / "node_modules" / "axe-core" / "axe.min.js"
HEIGHTS = {390: 1380, 800: 1000, 1280: 620}
SERIOUS = """async (card) => {
  const { violations, passes } = await axe.run(card);
  const grave = violations.filter(
    ({ impact }) => ["serious", "critical"].includes(impact),
  );
  return [passes.length, grave.map(({ id, nodes }) => id + nodes.map((n) => n.html))];
}"""


@pytest.fixture
def carol(house: Household) -> str:
    """Carol's account, which can be controlled and has a past; some have missed her."""
    entry_id = house.add(CAROL, by="password")
    house.give_past(CAROL, entry_id)
    house.miss_calls(CAROL, "Dentist", "Aunt Mary", "The museum", "Dave")
    return entry_id


def _shown(home: Frontend, path: str, **how: Any) -> Locator:
    home.open(path, **how)
    card = home.card(CAROL)
    card.get_by_text("4 missed calls").wait_for()
    card.get_by_text("The museum").wait_for()
    card.get_by_role("slider", name="Cost and talk time by day").wait_for()
    return card


@pytest.mark.parametrize("width", HEIGHTS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_looks(
    home: Frontend, house: Household, carol: str, width: int, dark: bool
) -> None:
    """Nothing sticks out, and nothing serious is wrong."""
    path = put_up(house)
    card = _shown(home, path, width=width, height=HEIGHTS[width], dark=dark)
    home.picture("card", card)
    inner, outer = card.evaluate("card => [card.scrollWidth, card.clientWidth]")
    assert inner <= outer <= width
    home.page.add_script_tag(path=AXE)
    passes, grave = card.evaluate(SERIOUS)
    assert passes > 10
    assert grave == []


def test_missed_calls(home: Frontend, house: Household, carol: str) -> None:
    """More calls and the missed ones, with the keyboard; then they are seen."""
    card = _shown(home, put_up(house, calls=2), width=360)
    rows = card.locator("li")
    expect(rows).to_have_count(2)
    card.get_by_role("button", name="Show more").press("Enter")
    expect(rows.nth(2)).to_be_focused()
    expect(card.get_by_text("Alice", exact=True)).to_be_visible()
    card.get_by_role("button", name="Missed").press(" ")
    expect(card.get_by_text("Alice", exact=True)).to_have_count(0)
    home.picture("missed")
    card.get_by_role("button", name="Mark as seen").focus()
    home.page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="All", exact=True)).to_be_focused()
    home.page.keyboard.press("Shift+Tab")
    home.page.keyboard.press("Enter")
    expect(card.get_by_text("missed calls")).to_have_count(0)
    until(lambda: house.state_of(CAROL, "sensor", "missed_calls") == "0")
    home.picture("seen")


def test_repeated_calls(home: Frontend, house: Household) -> None:
    """Who called three times is one row, which opens."""
    house.add(CAROL, by="password")
    house.miss_calls(CAROL, "Aunt Mary", "Aunt Mary", "Aunt Mary")
    home.open(put_up(house), width=390)
    card = home.card(CAROL)
    opener = card.get_by_role("button", name="Aunt Mary (3)")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.press("Enter")
    members = card.get_by_role("listitem").get_by_role("listitem")
    expect(members).to_have_count(3)
    home.picture("open")
    opener.press("Enter")
    expect(members).to_have_count(0)


def test_controls(home: Frontend, house: Household, carol: str) -> None:
    """What is chosen in the card reaches the server, and comes back."""
    account = house.box.accounts[CAROL]
    card = _shown(home, put_up(house), width=800)
    disturb = card.get_by_role("switch", name="Do not disturb")
    expect(disturb).to_be_checked()
    disturb.press(" ")
    until(lambda: account.accept.temporary_groups == ["everybody"])
    expect(disturb).not_to_be_checked()
    busy = card.get_by_label("Forward when busy")
    busy.select_option("mobile_number")
    until(lambda: "2025550123" in (account.diversions.get("FBUS") or ""))
    expect(busy).to_have_value("mobile_number")
    expect(busy).to_be_enabled()
    home.picture("changed")


def test_disturb_for_a_time(home: Frontend, house: Household, carol: str) -> None:
    """Nobody may call for an hour, or until tomorrow morning by the home's clock."""
    account = house.box.accounts[CAROL]
    card = _shown(home, put_up(house), width=390)
    disturb = card.get_by_role("switch", name="Do not disturb")
    disturb.press(" ")
    until(lambda: account.accept.temporary_groups == ["everybody"])
    card.get_by_role("button", name="For an hour").press("Enter")
    until(lambda: account.accept.temporary_groups == ["nobody"])
    assert account.accept.temporary_minutes == 60
    expect(disturb).to_be_checked()
    expect(disturb).to_be_focused()
    expect(card.get_by_role("button", name="For an hour")).to_have_count(0)
    home.picture("hour")
    disturb.press(" ")
    until(lambda: account.accept.temporary_groups == ["everybody"])
    zone = ZoneInfo(house.command("get_config")["time_zone"])
    pressed = datetime.now(zone)
    card.get_by_role("button", name="Until tomorrow morning").click()
    until(lambda: account.accept.temporary_groups == ["nobody"])
    end = pressed + timedelta(minutes=account.accept.temporary_minutes)
    assert 6 <= end.hour <= 7
    assert end - pressed > timedelta(hours=1)


def test_usage(home: Frontend, house: Household, carol: str) -> None:
    """A day is chosen with the keyboard, and said below the bars."""
    card = _shown(home, put_up(house, show_controls=False), width=390, height=1080)
    slider = card.get_by_role("slider", name="Cost and talk time by day")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "1")
    slider.press("ArrowRight")
    said = slider.get_attribute("aria-valuetext") or ""
    day, _, figures = said.partition(": ")
    expect(card.locator(".day")).to_have_text(day)
    for figure in figures.split(", "):
        expect(card.locator(".day + .facts")).to_contain_text(figure)
    home.picture("usage", card.locator(".usage"))


def _edit(home: Frontend, house: Household) -> Locator:
    """Open the editor of a card that is there."""
    path = put_up(house)
    section = {"type": "grid", "cards": [{"type": "custom:sip-account-card"}]}
    view = {"path": "card", "type": "sections", "sections": [section]}
    house.command(
        "lovelace/config/save", url_path="sip-account", config={"views": [view]}
    )
    home.open(f"{path}?edit=1")
    home.page.locator("hui-card-edit-mode").first.hover()
    home.page.locator("hui-card-edit-mode .control").first.click()
    editor = home.page.locator("hui-dialog-edit-card")
    editor.get_by_text("Do not disturb and forwarding").first.wait_for()
    return editor


@pytest.mark.parametrize("counts", [True, False])
def test_usage_in_the_editor(home: Frontend, house: Household, counts: bool) -> None:
    """It can be switched off, and is off where the server tells no calls."""
    if not counts:
        for name in ("get_history", "get_calls", "calls"):
            house.box.faults.set("*", name, "invalid_action")
    house.add(CAROL, by="password")
    editor = _edit(home, house)
    choice = editor.locator("ha-selector-boolean").filter(has_text="Usage")
    toggle = choice.get_by_role("switch")
    usage = editor.get_by_role("heading", name="Usage")
    if counts:
        expect(toggle).to_be_checked()
        expect(usage).to_have_count(1)
        toggle.press(" ")
        expect(usage).to_have_count(0)
    else:
        expect(toggle).to_be_disabled()
        expect(toggle).not_to_be_checked()
        editor.get_by_text("Nothing is counted for this account.").wait_for()
        expect(usage).to_have_count(0)
    home.picture("usage")


def test_picker(home: Frontend, house: Household, carol: str) -> None:
    """It is found among the cards, shows itself, and has a form."""
    path = put_empty_section(house)
    home.open(f"{path}?edit=1")
    home.page.locator("hui-grid-section .add").first.click()
    dialog = home.page.locator("hui-dialog-create-card")
    dialog.get_by_text("By card", exact=True).click()
    search = dialog.locator("hui-card-picker input").first
    found = dialog.locator("sip-account-card")
    for word in ("phone", "telephone", "calls", "SIP Account"):
        search.fill("no card is called so")
        expect(found).to_have_count(0)
        search.fill(word)
        found.get_by_role("heading", name=CAROL).wait_for()
    home.picture("picker")
    dialog.locator(".card").filter(has=home.page.locator("sip-account-card")).locator(
        ".overlay"
    ).click()
    editor = home.page.locator("hui-dialog-edit-card")
    editor.get_by_text("Do not disturb and forwarding").first.wait_for()
    editor.get_by_text("May be left empty").wait_for()
    home.picture("editor")


def test_fixed_rows(home: Frontend, house: Household, carol: str) -> None:
    """In a section with four rows the keyboard scrolls to what does not fit."""
    home.open(put_into_section(house, 4))
    card = home.card(CAROL)
    card.get_by_text("The museum").first.wait_for()
    outer = card.bounding_box()
    assert outer is not None
    assert outer["height"] == 4 * 56 + 3 * 8
    card.get_by_role("region", name=CAROL).focus()
    home.page.keyboard.press("End")
    last = card.locator(".usage .facts")
    expect(last).to_be_in_viewport()
    home.picture("rows")

    def is_inside() -> bool:
        inner = last.bounding_box()
        assert inner is not None
        return (
            outer["y"] <= inner["y"]
            and inner["y"] + inner["height"] <= outer["y"] + outer["height"]
        )

    until(is_inside)
