"""Dialogs that repairs open, and those that get a certificate from the server."""

from datetime import timedelta

from demo.issue_faults import ISSUE
from demo.wire_faults import printed
from tests.limits import until

from .flow import Dialog
from .frontend import Frontend
from .household import ALICE, CAROL, Household

YEAR = timedelta(days=365)


def test_repair(home: Frontend, house: Household) -> None:
    box = house.box
    nearly_over = box.now() - timedelta(days=3640)
    email = box.accounts[ALICE].email
    old = box.platform.platform_certificate(ALICE, email, now=nearly_over)
    house.add(ALICE, certificate=old)
    home.open_small("/config/repairs")
    issue = home.page.locator("ha-config-repairs").get_by_text("expires on").first
    assert ALICE in issue.inner_text()
    issue.click()
    dialog = Dialog(home.page)
    dialog.shows("issues.certificate_expires.fix_flow.step.confirm")
    home.picture("explained")
    dialog.choose("Upload a file")
    dialog.shows("config.step.certificate")


def test_renewal_by_the_repair(home: Frontend, house: Household) -> None:
    """What the server does instead of a new certificate is said above the upload."""
    box = house.box
    nearly_over = box.now() - timedelta(days=3640)
    old = box.platform.platform_certificate(ALICE, "alice@example.org", now=nearly_over)
    house.add(ALICE, certificate=old)
    box.faults.set("*", "get_crt", ISSUE["no_owner"])

    def renew() -> Dialog:
        home.open_small("/config/repairs")
        home.page.locator("ha-config-repairs").get_by_text("expires on").first.click()
        dialog = Dialog(home.page)
        dialog.shows("issues.certificate_expires.fix_flow.step.confirm")
        dialog.choose("Renew it")
        return dialog

    dialog = renew()
    dialog.shows("config.step.certificate")
    dialog.wait_for("it knows no owner of the account")
    home.picture("not_renewed")
    box.faults.clear()
    renew()
    in_nine_years = str(box.now().year + 9)
    until(
        lambda: (
            str(house.state_of(ALICE, "sensor", "certificate_expires")) > in_nine_years
        )
    )
    home.picture("renewed")


def test_repair_of_a_refused_renewal(home: Frontend, house: Household) -> None:
    """The certificate before is used again, and the repair says so."""
    entry_id = house.add(ALICE)
    house.act("begin_reauth.take_back", entry_id=entry_id)
    home.open_small("/config/repairs")
    home.page.locator("ha-config-repairs").get_by_text("is refused").first.click()
    dialog = Dialog(home.page)
    dialog.shows("issues.certificate_taken_back.fix_flow.step.confirm")
    home.picture("taken_back")


def test_renewal_under_reconfigure(home: Frontend, house: Household) -> None:
    """An owner's weak certificate takes the place of the account's strong one."""
    box = house.box
    strong = box.platform.modern_certificate(ALICE, not_after=box.now() + YEAR)
    house.add(ALICE, certificate=strong)
    dialog = home.open_reconfigure()
    dialog.choose("Renew the certificate")
    dialog.shows("config.step.renew")
    home.picture("renew")
    owners = box.owner_certificate(ALICE).crt()
    box.faults.set("*", "get_crt", printed(owners))
    dialog.submit()
    dialog.shows("config.step.owner_certificate")
    home.picture("opens_more")
    dialog.submit()
    dialog.shows("config.step.weak_renewal")
    home.picture("weak")


def test_certificate_instead_of_a_password(home: Frontend, house: Household) -> None:
    house.add(CAROL, by="password")
    dialog = home.open_reconfigure()
    dialog.choose("Use a certificate from now on")
    dialog.shows("config.step.use_certificate")
    home.picture("use_certificate")
