"""What a person does about an account later: change it, or mend it."""

from datetime import timedelta

from playwright.sync_api import expect

from demo import IssuedCertificate
from tests.limits import until

from .flow import Dialog
from .frontend import Frontend
from .household import ALICE, CAROL, Household


def test_options(home: Frontend, house: Household) -> None:
    """What was set is there when the options are opened again."""
    entry_id = house.add(ALICE)
    home.open_accounts()
    home.button("Configure").click()
    dialog = Dialog(home.page)
    dialog.wait_for("Contacts in the phone book: 0.")
    home.picture("menu")
    dialog.choose("Polling, currency, low balance")
    dialog.wait_for("Poll calls and balance every")
    dialog.number("Poll calls and balance every").fill("45")
    dialog.number("Low balance").fill("20")
    home.picture("settings")
    assert dialog.submit()["type"] == "create_entry"
    dialog.close("Finish")

    home.button("Configure").click()
    dialog.wait_for("Contacts in the phone book: 0.")
    dialog.choose("Polling, currency, low balance")
    expect(dialog.number("Poll calls and balance every")).to_have_value("45")
    expect(dialog.number("Poll everything else every")).to_have_value("15")
    expect(dialog.number("Low balance")).to_have_value("20")
    home.page.keyboard.press("Escape")

    home.open_device(house.device(entry_id))
    row = home.entity("Low balance")
    expect(row).to_contain_text("Problem")
    home.picture("low_balance")


def test_targets(home: Frontend, house: Household) -> None:
    """Where to forward to is written once, and can be chosen from then on."""
    house.add(CAROL, by="password")
    home.open_accounts()
    home.button("Configure").click()
    dialog = Dialog(home.page)
    dialog.choose("Do not disturb and forwarding")
    dialog.wait_for("Forwarding target")
    home.picture("control")
    written = dialog.inside.locator("ha-input-multi, ha-multi-textfield")
    written.get_by_role("button").last.click()
    written.locator("input").last.fill(CAROL)
    assert dialog.submit()["errors"] == {"forwarding_targets": "target_own_address"}
    home.picture("own_address")
    written.locator("input").last.fill("dave@example.net")
    written.get_by_role("button").last.click()
    written.locator("input").last.fill("020 800 5199")
    home.picture("targets")
    dialog.submit()
    dialog.shows("options.step.targets_as_typed")
    dialog.wait_for("dave@example.net, 0208005199")
    home.picture("targets_as_read")
    dialog.choose("Change them")
    dialog.wait_for("Forwarding target")
    expect(written.locator("input").last).to_have_value("020 800 5199")
    written.locator("input").last.fill("+31 20 800 5199")
    dialog.submit()
    dialog.shows("options.step.targets")
    dialog.choose("Use them")
    dialog.close("Finish")
    select = "select.carol_example_com_forward_when_busy"

    def is_offered() -> bool:
        found = (s for s in house.states() if s["entity_id"] == select)
        options = next(found)["attributes"].get("options", [])
        return "dave@example.net" in options

    until(is_offered)


def test_reauth(home: Frontend, house: Household) -> None:
    """The server refuses the certificate; a new one opens the account again."""
    entry_id = house.add(ALICE)
    account = house.box.accounts.pop(ALICE)
    house.reload(entry_id)
    house.begin_reauth(entry_id)
    home.open_small("/config/integrations/dashboard")
    home.button("Reconfigure").wait_for()
    home.picture("attention")
    house.box.add(account)
    home.button("Reconfigure").click()
    dialog = Dialog(home.page)
    dialog.wait_for("no longer accepts")
    home.picture("refused")
    issued = house.box.platform.platform_certificate(
        ALICE, account.email, now=house.box.now()
    )
    dialog.choose("With a certificate file")
    _upload(dialog, issued)
    assert dialog.submit()["reason"] == "reauth_successful"
    dialog.ends("reauth_successful")
    home.picture("open_again")
    dialog.close()
    home.button("Reconfigure").wait_for(state="detached")
    assert [entry["state"] for entry in house.entries()] == ["loaded"]


def test_expiry(home: Frontend, house: Household) -> None:
    """A repair tells of the certificate that expires: a renewal, or the upload."""
    box = house.box
    email = box.accounts[ALICE].email
    nearly_over = box.now() - timedelta(days=3640)
    old = box.platform.platform_certificate(ALICE, email, now=nearly_over)
    house.add(ALICE, certificate=old)
    home.open_small("/config/repairs")
    issue = home.page.locator("ha-config-repairs").get_by_text("expires on")
    issue.first.wait_for()
    home.picture("repairs")
    issue.first.click()
    dialog = Dialog(home.page)
    expires = old.certificate.not_valid_after_utc.date().isoformat()
    expect(dialog.inside).to_contain_text(expires)
    home.picture("explained")
    dialog.choose("Upload a file")
    dialog.wait_for("Upload the file that you downloaded")
    home.picture("upload")
    new = box.platform.platform_certificate(ALICE, email, now=box.now())
    _upload(dialog, new)
    assert dialog.submit()["reason"] == "reconfigure_successful"
    dialog.ends("reconfigure_successful")
    home.picture("changed")
    dialog.close()
    home.page.get_by_text("There are currently no repairs pending").wait_for()
    home.picture("mended")


def _upload(dialog: Dialog, issued: IssuedCertificate) -> None:
    """Upload a new certificate, and go on to the last form with the server as it is."""
    dialog.wait_for("Upload the file that you downloaded")
    dialog.upload("alice.crt", issued.crt())
    dialog.submit()
    dialog.wait_for("The certificate is of")
    dialog.switch()
