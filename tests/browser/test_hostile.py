"""Callers name themselves: whatever they say is shown as text, and nothing more."""

import re

from playwright.sync_api import expect
import pytest

from demo.dashboard import put_up

from .frontend import Frontend
from .household import ALICE, ROOT, Household

IMAGE = "<img src=x onerror=window.hacked=1>"
MARKDOWN = "![](https://evil.example/x.png)"
REVERSED = "invoice\u202egnp\u2066.\u200bexe\u2069"
NAMES = (REVERSED, IMAGE, MARKDOWN)
HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SHOWN = ("invoicegnp.exe", IMAGE, MARKDOWN)

EVENT = "event.alice_example_com_call"
LAST = "sensor.alice_example_com_last_missed_call"
MISSED = "sensor.alice_example_com_missed_calls"
BLUEPRINT = ROOT / "blueprints" / "automation" / "sip_account" / "missed_call.yaml"


@pytest.fixture
def entry_id(house: Household) -> str:
    """Let all of them call; a blueprint's automation notifies of each."""
    # The servers of today tell names, those of 2009 do not.
    entry_id = house.add(ALICE, by="password")
    house.command(
        "blueprint/save",
        domain="automation",
        path="hostile/missed_call",
        yaml=BLUEPRINT.read_text(),
        allow_override=True,
    )
    house.add_automation(
        "hostile",
        path="hostile/missed_call.yaml",
        input={"call": EVENT, "notifier": "notify.persistent_notification"},
    )
    house.miss_calls(ALICE, *NAMES, party=f"sip:{MARKDOWN}@evil.example")
    return entry_id


def _is_harmless(home: Frontend) -> bool:
    """See that nothing was made of what the callers said; locators see all roots."""
    images = home.page.locator("img[src='x'], img[src*='evil.example'], img[onerror]")
    assert images.count() == 0
    assert home.page.evaluate("window.hacked") is None
    assert [url for url in home.foreign if "evil" in url] == []
    return True


def test_it_would_be_seen(home: Frontend) -> None:
    """The browser tells when a picture of somebody else's is asked for."""
    home.open("/config/dashboard")
    home.page.evaluate("text => { document.body.innerHTML += text }", IMAGE)
    home.page.wait_for_function("window.hacked === 1")
    with pytest.raises(AssertionError):
        _is_harmless(home)
    address = "https://evil.example/x.png"
    home.page.evaluate("url => fetch(url).catch(() => null)", address)
    assert address in home.foreign


def test_device_page(home: Frontend, house: Household, entry_id: str) -> None:
    home.open_device(house.device(entry_id))
    home.page.locator("ha-logbook").get_by_text("Missed").first.wait_for()
    home.picture("device")
    assert _is_harmless(home)


@pytest.mark.parametrize("entity_id", [LAST, MISSED, EVENT])
def test_details(
    home: Frontend, house: Household, entry_id: str, entity_id: str
) -> None:
    device = f"/config/devices/device/{house.device(entry_id)}"
    home.open(f"{device}?more-info-entity-id={entity_id}&more-info-view=details")
    details = home.page.locator("ha-more-info-details")
    expect(details).to_contain_text(SHOWN[-1])
    if entity_id == MISSED:
        for shown in SHOWN:
            expect(details).to_contain_text(shown)
    home.picture("details")
    assert _is_harmless(home)


def test_activity(home: Frontend, entry_id: str) -> None:
    home.open(f"/logbook?entity_id={EVENT},{LAST}")
    home.page.locator("ha-logbook").get_by_text("Missed").first.wait_for()
    home.picture("activity")
    assert _is_harmless(home)


@pytest.mark.parametrize("width", [1280, 360])
def test_card(home: Frontend, house: Household, entry_id: str, width: int) -> None:
    """The card, in the middle of the demo's dashboard."""
    path = house.await_(put_up(house.person, ALICE))
    home.open(path, width=width, height=1100)
    names = home.card(ALICE).locator(".who bdi")
    for shown in SHOWN:
        expect(names.filter(has_text=shown)).to_have_text(shown)
    assert HIDDEN.search(home.card(ALICE).inner_text()) is None
    home.picture("card")
    assert _is_harmless(home)


def test_notifications(home: Frontend, entry_id: str) -> None:
    home.open("/config/dashboard")
    home.page.get_by_text("Notifications", exact=True).first.click()
    drawer = home.page.locator("notification-drawer")
    for shown in (
        "invoicegnp.exe",
        "img src x onerror window.hacked 1",
        "https evil.example x.png",
    ):
        expect(drawer).to_contain_text(shown)
    home.picture("notifications")
    assert _is_harmless(home)


def test_notified_words(home: Frontend, house: Household, entry_id: str) -> None:
    """No link, no list and no heading is made of what callers say."""
    words = ("www.evil.example", "bank@evil.example", "- _Paid_", "1. Paid", "---")
    house.miss_calls(ALICE, *words, party="sip:mallory@evil.example")
    home.open("/config/dashboard")
    home.page.get_by_text("Notifications", exact=True).first.click()
    said = home.page.locator("notification-drawer ha-markdown-element")
    for shown in ("www evil.example", "bank @evil.example", "Paid", "1 Paid"):
        expect(said.get_by_text(shown, exact=True).first).to_be_visible()
    home.picture("notifications")
    assert said.locator("a, em, h1, h2, hr, li, strong").count() == 0
    assert _is_harmless(home)
