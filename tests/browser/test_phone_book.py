"""Callers get names, and the phone book is looked at: in a real browser."""

from playwright.sync_api import expect

from .flow import Dialog
from .frontend import Frontend
from .household import ALICE, CAROL, Household

VCARDS = b"".join(
    b"BEGIN:VCARD\r\nFN:%s\r\nTEL:%s\r\nEND:VCARD\r\n" % each
    for each in (
        ("Zoë Müller".encode(), b"+31208005199"),
        (b"Dentist", b"+31208005161"),
    )
)


def _open(home: Frontend, option: str) -> Dialog:
    home.open_accounts()
    home.button("Configure").click()
    dialog = Dialog(home.page)
    dialog.choose(option)
    return dialog


def _choose(dialog: Dialog, field: str, option: str) -> None:
    """Choose in a list that opens."""
    dialog.inside.locator(f"ha-selector-select:has-text('{field}')").click()
    dialog.page.get_by_text(option).last.click()


def _upload(home: Frontend) -> None:
    dialog = _open(home, "Upload a phone book")
    dialog.upload("contacts.vcf", VCARDS)
    assert dialog.submit()["reason"] == "contacts_read"
    dialog.close()


def test_name_a_caller(home: Frontend, house: Household) -> None:
    """Two clicks and a name."""
    house.add(ALICE, by="password")
    _upload(home)
    dialog = _open(home, "Name a caller")
    dialog.shows("options.step.callers")
    expect(dialog.inside).to_contain_text("Bob Example")
    home.picture("callers")
    dialog.fill(name="Bob from work")
    assert dialog.submit()["type"] == "create_entry"
    dialog.close("Finish")
    dialog = _open(home, "Look at the phone book")
    dialog.fill(search="WORK bob")
    dialog.submit()
    dialog.wait_for("Found: 1.")
    dialog.close()


def test_look_at_the_phone_book(home: Frontend, house: Household) -> None:
    """Search, open, correct, forget, and name who is not in it."""
    house.add(ALICE, by="password")
    _upload(home)
    dialog = _open(home, "Look at the phone book")
    dialog.shows("options.step.contacts")
    dialog.fill(search="muller")
    dialog.submit()
    dialog.wait_for("Found: 1.")
    _choose(dialog, "Contact", "Zoë Müller")
    home.picture("found")
    dialog.submit()
    dialog.shows("options.step.opened_contact")
    home.picture("opened")
    dialog.choose("Back")
    dialog.shows("options.step.contacts")
    _choose(dialog, "Contact", "Zoë Müller")
    dialog.submit()
    dialog.choose("Correct it")
    dialog.shows("options.step.correct_contact")
    home.picture("correct")
    dialog.fill(name="Zoë")
    assert dialog.submit()["type"] == "create_entry"
    dialog.close("Finish")

    dialog = _open(home, "Look at the phone book")
    _choose(dialog, "Contact", "Zoë")
    dialog.submit()
    dialog.wait_for("given by hand")
    dialog.choose("Forget it")
    dialog.shows("options.step.forget_contact")
    home.picture("forget")
    assert dialog.submit()["type"] == "create_entry"
    dialog.close("Finish")

    dialog = _open(home, "Look at the phone book")
    dialog.fill(search="Zoë")
    dialog.submit()
    dialog.shows("options.step.not_found")
    home.picture("not_found")
    dialog.choose("Name one number")
    dialog.shows("options.step.contact")
    expect(dialog.inside.locator("input[name=name]")).to_have_value("Zoë")


def test_second_account(home: Frontend, house: Household) -> None:
    """By default it uses the phone book of the first."""
    house.add(ALICE, by="password")
    _upload(home)
    box = house.box
    dialog = home.add_integration()
    dialog.choose("With SIP address and password")
    dialog.log_in(CAROL, box.accounts[CAROL].password, house.url(box.today_url))
    dialog.choose("Upload its authority")
    dialog.upload("authority.pem", box.authority_pem)
    dialog.submit()
    dialog.shows("config.step.shared_book")
    expect(dialog.inside).to_contain_text("None: begin one of its own")
    home.picture("first_book")
    assert dialog.submit()["type"] == "create_entry"
    dialog.wait_for("Name and assign")
    dialog.close("Skip and finish")
    ours = {one["title"]: one for one in house.entries()}
    assert ours.keys() == {ALICE, CAROL}
