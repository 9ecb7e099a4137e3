"""What the pages show that no other story comes by."""

from playwright.sync_api import expect

from demo import entries
from demo.people import CONTACTS

from .board import put_up
from .frontend import Frontend
from .household import ALICE, Household


def test_action(home: Frontend, house: Household) -> None:
    """An action is tried under the tools, and answers."""
    house.add(ALICE)
    home.open("/config/tools/action?service=sip_account.get_monthly_summary")
    home.button("Perform action").click()
    answer = home.page.locator("ha-yaml-editor").last
    expect(answer).to_contain_text("talk_time:")
    answer.scroll_into_view_if_needed()
    home.picture("answer")


def test_lost(home: Frontend, house: Household) -> None:
    """While the server is lost, the card says so, and from when its list is."""
    entry_id = house.add(ALICE)
    house.await_(entries.set_phone_book(house.person, entry_id, CONTACTS))
    house.miss_calls(ALICE, "", party="sip:00442079460123@example.com")
    home.open(put_up(house, calls=4), width=390, height=700)
    card = home.card(ALICE)
    card.get_by_text("Aunt Mary").first.wait_for()
    house.box.faults.set("*", "*", "html_502")
    house.act(
        "homeassistant.update_entity", entity_id="sensor.alice_example_com_last_call"
    )
    expect(card).to_contain_text("The server does not answer")
    home.picture("lost", card)
