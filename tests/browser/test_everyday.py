"""What a person does with an account every day."""

from collections.abc import Iterator
from contextlib import contextmanager
import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
import re
from threading import Thread

from playwright.sync_api import expect
import pytest

from demo import entries
from demo.dashboard import put_up
from demo.people import CONTACTS
from tests.limits import until

from .frontend import Frontend
from .household import ALICE, CAROL, ROOT, Household

NOTIFIER = "notify.persistent_notification"
BLUEPRINTS = ROOT / "blueprints" / "automation" / "sip_account"


def test_device(home: Frontend, house: Household) -> None:
    """The page of the device shows every entity that is not disabled."""
    entry_id = house.add(ALICE)
    home.open_device(house.device(entry_id))
    shown = home.page.locator("ha-config-device-page")
    for name in house.entity_names(entry_id):
        expect(shown.get_by_text(name, exact=True).first).to_be_visible()
    home.picture("page")
    expect(home.entity("Balance")).to_contain_text("€12.35")
    missed = home.entity("Missed calls")
    expect(missed).to_have_text(re.compile(r"^\s*0\s+Missed calls\s*$"))
    house.miss_calls(ALICE, "Aunt Mary")
    expect(missed).to_have_text(re.compile(r"^\s*1\s+Missed calls\s*$"))
    home.page.locator("ha-logbook").get_by_text("Missed").first.wait_for()
    home.picture("after_a_call")
    home.button("Press").click()
    expect(missed).to_have_text(re.compile(r"^\s*0\s+Missed calls\s*$"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_dashboard(home: Frontend, house: Household, dark: bool) -> None:
    """The demo's dashboard, after some calls."""
    entry_id = house.add(ALICE)
    house.add(CAROL, by="password")
    house.await_(entries.set_phone_book(house.person, entry_id, CONTACTS))
    house.give_past(ALICE, entry_id)
    path = house.await_(put_up(house.person, ALICE, past=True))
    for number in ("0031208005161", "00442079460123", "0031650222444"):
        house.miss_calls(ALICE, "", party=f"sip:{number}@example.com")

    def look(width: int, height: int) -> None:
        home.open(path, width=width, height=height, dark=dark)
        home.card(ALICE).get_by_text("3 missed calls").wait_for()
        home.card(ALICE).get_by_text("Aunt Mary").first.wait_for()
        expect(home.page.get_by_text("Entity not found")).to_have_count(0)
        # Carol's card stands beside them, and they are not hers.
        for title in ("Money", "Where calls go", "Who called", "The last month"):
            home.page.get_by_text(f"{title} · {ALICE}", exact=True).wait_for()
        activity = home.page.locator("hui-logbook-card")
        activity.scroll_into_view_if_needed()
        activity.get_by_text("Missed call from Aunt Mary").first.wait_for()
        home.page.evaluate("scrollTo(0, 0)")

    look(1280, 1680)
    home.picture("wide")
    look(800, 1280)
    home.picture("tablet")
    look(390, 844)
    home.picture("phone")


def test_do_not_disturb(home: Frontend, house: Household) -> None:
    """Carol does not want to be disturbed; then she does; then not again."""
    entry_id = house.add(CAROL, by="password")
    rules = house.box.accounts[CAROL].accept
    assert rules.temporary_groups == ["nobody"]
    home.open_device(house.device(entry_id))
    expect(home.entity("No-answer timeout")).to_contain_text(re.compile(r"\b35\ss"))
    toggle = home.entity("Do not disturb").locator("ha-switch")
    switch = toggle.get_by_role("switch")
    expect(switch).to_be_checked()
    home.picture("on")
    toggle.click()
    until(lambda: rules.temporary_groups == ["everybody"])
    until(lambda: house.state_of(CAROL, "switch", "do_not_disturb") == "off")
    expect(switch).not_to_be_checked()
    home.picture("off")
    toggle.click()
    until(lambda: rules.temporary_groups == ["nobody"])
    expect(switch).to_be_checked()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve files, as GitHub does; yields the address."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    serve = functools.partial(Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_blueprint(home: Frontend, house: Household) -> None:
    """A blueprint is imported, and an automation made of it notifies."""
    house.add(ALICE)
    page = home.page
    home.open("/config/blueprint/dashboard")
    with _served(BLUEPRINTS) as origin:
        home.button("Import blueprint").click()
        dialog = page.locator("ha-dialog-import-blueprint")
        dialog.locator("input").first.fill(f"{origin}/missed_call.yaml")
        home.picture("address")
        dialog.get_by_role("button", name="Preview").click()
        dialog.get_by_text("SIP Account: missed call", exact=True).wait_for()
        home.picture("preview")
        dialog.get_by_role("button", name="Import blueprint").click()
    imported = page.locator("ha-data-table").get_by_text("SIP Account: missed call")
    imported.wait_for()
    home.picture("imported")
    imported.click()

    editor = page.locator("blueprint-automation-editor")
    editor.get_by_text("Select an entity").first.click()
    page.locator("ha-combo-box-item").filter(has_text=ALICE).first.click()
    expect(editor.locator("ha-selector-entity").first).to_contain_text(ALICE)
    row = editor.locator("ha-settings-row").filter(has_text="Notification action")
    notifier = row.locator("ha-selector-text input").first

    def is_typed() -> bool:
        """Type, and see it stay: the form is written anew once it knows the entity."""
        notifier.fill(NOTIFIER)
        page.wait_for_timeout(2000)
        return notifier.input_value() == NOTIFIER

    until(is_typed)
    home.picture("automation")
    home.button("Save").click()
    page.get_by_text("Traces", exact=True).wait_for()
    made = [s for s in house.states() if s["entity_id"].startswith("automation.")]
    assert [state["state"] for state in made] == ["on"]

    house.miss_calls(ALICE, "Aunt Mary")
    page.get_by_text("Notifications", exact=True).first.click()
    page.locator("notification-drawer").get_by_text("Missed call").first.wait_for()
    home.picture("notification")
