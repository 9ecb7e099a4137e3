"""What calls came to, as one looks back on it: on the documented dashboard."""

from playwright.sync_api import expect
import pytest

from demo import entries
from demo.people import CONTACTS
from tests.docs.pages import DOCS, examples

from .frontend import Frontend
from .household import ALICE, Household

PATH = "sip-account"
GRAPHS = ("Calls", "Talk time", "Cost")


@pytest.fixture
def past(house: Household) -> None:
    """Alice's account with a year behind it, and the dashboard of the docs."""
    entry_id = house.add(ALICE)
    house.await_(entries.set_phone_book(house.person, entry_id, CONTACTS))
    house.give_past(ALICE, entry_id)
    house.miss_calls(ALICE, "")
    board, calendar = examples(DOCS / "dashboard.md")
    board["views"][0]["sections"][-1]["cards"].append(calendar)
    house.command(
        "lovelace/dashboards/create", url_path=PATH, title="Telephone", mode="storage"
    )
    house.command("lovelace/config/save", url_path=PATH, config=board)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_dashboard(
    home: Frontend, house: Household, past: None, width: int, dark: bool
) -> None:
    """Nothing is missing, each graph has its bars, and the calendar its calls."""
    home.open(f"/{PATH}/telephone", width=width, height=1400, dark=dark)
    section = home.page.locator("hui-grid-section").filter(has_text="The last month")
    section.scroll_into_view_if_needed()
    for title in GRAPHS:
        graph = section.locator("hui-statistics-graph-card").filter(has_text=title)
        graph.locator("canvas").first.wait_for()
    expect(section.get_by_text("No statistics")).to_have_count(0)
    expect(home.page.get_by_text("Entity not found")).to_have_count(0)
    calendar = section.locator("hui-calendar-card")
    calendar.get_by_text("Missed call from Dentist").first.wait_for()
    home.picture("looking_back", section)
