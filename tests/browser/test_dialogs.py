"""Every dialog of every flow is opened once, and everything in it is said.

The frontend has rules of its own for what it fills in where: what is missing shows
only here.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
import re

from playwright.sync_api import expect
import pytest

from demo.named_files import settings_file
from demo.names import Outcome
from tests.faults.server_table import expired
from tests.limits import until

from .flow import TEXTS, Dialog
from .frontend import Frontend
from .household import ALICE, CAROL, Household

YEAR = timedelta(days=365)
VCARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dentist\r\nTEL:+31208005161\r\nEND:VCARD\r\n"


def _steps() -> Iterator[str]:
    """Name each step that a flow can show."""
    for flow in ("config", "options"):
        yield from (f"{flow}.step.{step}" for step in TEXTS[flow]["step"])
    for issue, texts in TEXTS["issues"].items():
        steps = texts.get("fix_flow", {}).get("step", {})
        yield from (f"issues.{issue}.fix_flow.step.{step}" for step in steps)


def test_every_step_is_opened_here() -> None:
    """Whoever adds a step opens it in a browser."""
    tests = (it.read_text() for it in Path(__file__).parent.glob("test_*.py"))
    assert set(re.findall(r'shows\("([\w.]+)"\)', "".join(tests))) == set(_steps())


def test_user_with_a_certificate(home: Frontend, house: Household) -> None:
    box = house.box
    long_ago = box.now() - timedelta(days=4000)
    old = box.platform.platform_certificate(ALICE, "alice@example.org", now=long_ago)
    dialog = home.add_integration()
    dialog.shows("config.step.user")
    dialog.choose("With a certificate file")
    dialog.shows("config.step.certificate")
    dialog.upload("empty.crt", b"nothing")
    assert dialog.submit()["errors"]
    dialog.shows("config.step.certificate")
    certificate, key = old.der(), old.key_der()
    dialog.upload("old.crt", certificate)
    dialog.submit()
    dialog.shows("config.step.certificate_kept")
    dialog.wait_for(f"Kept: old.crt, {ALICE}")
    home.picture("kept")
    dialog.upload("old.key", key)
    dialog.submit()
    dialog.shows("config.step.server")
    dialog.fill(url=house.url(box.page_url))
    home.picture("expired_and_weak")
    dialog.switch()
    dialog.submit()
    dialog.shows("config.step.untrusted_server")
    home.picture("untrusted")
    dialog.choose("Upload its authority")
    dialog.shows("config.step.authority")


def test_user_with_a_password_and_another_server(
    home: Frontend, house: Household
) -> None:
    """A server is pinned; then it shows another certificate."""
    box = house.box
    dialog = home.add_integration()
    dialog.choose("With SIP address and password")
    dialog.shows("config.step.password")
    dialog.fill(account="carol", password=box.accounts[CAROL].password)
    dialog.submit()
    dialog.shows("config.step.password_kept")
    dialog.fill(account=CAROL)
    dialog.submit()
    dialog.shows("config.step.no_server")
    expect(dialog.inside).to_contain_text("Most such accounts are kept at")
    home.picture("no_server")
    dialog.choose("Type another address")
    dialog.shows("config.step.other_address")
    home.picture("other_address")
    dialog.fill(url=house.url(box.today_url))
    dialog.submit()
    dialog.shows("config.step.untrusted_server")
    dialog.choose("Trust just this certificate")
    dialog.shows("config.step.pin_certificate")
    home.picture("fingerprint")
    assert dialog.submit()["type"] == "create_entry"
    dialog.wait_for("Name and assign")
    dialog.close("Skip and finish")

    (entry,) = house.entries()
    box.replace_server_certificate()
    house.begin_reauth(entry["entry_id"])
    dialog = home.open_reauth()
    dialog.shows("config.step.changed_certificate")
    home.picture("changed")
    assert dialog.submit()["reason"] == "reauth_successful"
    dialog.ends("reauth_successful")
    dialog.close()


def test_second_page(home: Frontend, house: Household) -> None:
    """The page of 2026 leaves some things to another page, or to none."""
    box = house.box
    dialog = home.add_integration()
    dialog.choose("With SIP address and password")
    dialog.log_in(CAROL, box.accounts[CAROL].password, house.url(box.page_2026_url))
    dialog.choose("Upload its authority")
    dialog.upload("authority.pem", box.authority_pem)
    dialog.submit()
    dialog.shows("config.step.second_page")
    dialog.fill(settings_url=house.url(box.today_url))
    assert dialog.submit()["type"] == "create_entry"
    dialog.wait_for("Name and assign")
    dialog.close("Skip and finish")
    dialog = home.open_reconfigure()
    dialog.choose("Use a certificate from now on")
    dialog.shows("config.step.use_certificate_beside")
    dialog.close()

    # The server says another currency than the amounts have been shown in.
    (entry,) = house.entries()
    box.accounts[CAROL].currency = "USD"
    house.reload(entry["entry_id"])
    home.open_small("/config/repairs")
    home.page.locator("ha-config-repairs").get_by_text("counts in USD").first.click()
    dialog = Dialog(home.page)
    dialog.shows("issues.currency_differs.fix_flow.step.confirm")
    home.picture("currency")
    dialog.submit()
    until(lambda: house.unit_of(CAROL, "balance") == "USD")


def test_server_out_of_date_or_of_another_name(
    home: Frontend, house: Household
) -> None:
    """Its authority is known, and is no help."""
    box = house.box
    box.replace_server_certificate(expired(box))
    dialog = home.add_integration()
    dialog.choose("With SIP address and password")
    dialog.log_in(CAROL, box.accounts[CAROL].password, house.url(box.today_url))
    dialog.shows("config.step.untrusted_server")
    dialog.choose("Upload its authority")
    dialog.upload("authority.pem", box.authority_pem)
    dialog.submit()
    dialog.shows("config.step.outdated_server")
    home.picture("out_of_date")
    dialog.choose("Change the address")
    box.replace_server_certificate(
        box.server_authority.server_certificate(["other.example"])
    )
    dialog.submit()
    dialog.shows("config.step.misnamed_server")
    home.picture("another_name")


def test_server_that_is_found(home: Frontend, house: Household) -> None:
    """The domain names its server, or a resolver fails; words of its own are shown."""
    box = house.box
    house.names.name_server("example.com", f"{box.origin}/config.json")
    box.files["/config.json"] = settings_file(box.today_url)
    dialog = home.add_integration()
    dialog.choose("With SIP address and password")
    dialog.fill(account=CAROL, password=box.accounts[CAROL].password)
    dialog.submit()
    dialog.shows("config.step.named_server")
    expect(dialog.inside.locator("code").last).to_have_text(f"localhost:{box.port}")
    home.picture("named_server")
    dialog.choose("Log in there")
    dialog.shows("config.step.untrusted_server")
    dialog.close()

    house.names.outcome = Outcome.REFUSES
    dialog = home.add_integration()
    dialog.choose("With SIP address and password")
    dialog.fill(account=CAROL, password=box.accounts[CAROL].password)
    assert dialog.submit()["errors"] == {"base": "resolver_failed"}
    dialog.shows("config.step.other_address")
    expect(dialog.inside).to_contain_text("could not be found out")
    home.picture("resolver_failed")


def test_user_with_a_known_certificate(home: Frontend, house: Household) -> None:
    """The certificate of an owner opens all of the owner's accounts."""
    box = house.box
    owner = box.owner_certificate(ALICE).crt(traditional=False)
    dialog = home.add_integration()
    dialog.choose("With a certificate file")
    dialog.shows("config.step.certificate")
    dialog.upload("owner.crt", owner)
    dialog.submit()
    dialog.shows("config.step.server")
    dialog.fill(url=house.url(f"{box.origin}/owner/settings.phtml"), account=ALICE)
    dialog.switch()
    dialog.submit()
    dialog.shows("config.step.untrusted_server")
    dialog.choose("Upload its authority")
    dialog.shows("config.step.authority")
    dialog.upload("authority.pem", box.authority_pem)
    assert dialog.submit()["type"] == "create_entry"
    dialog.wait_for("Name and assign")
    dialog.close("Skip and finish")
    home.page.wait_for_url("**/config/devices/device/*")

    dialog = home.add_integration()
    dialog.shows("config.step.user")
    home.picture("known")
    dialog.choose(f"With the certificate of {ALICE}")
    dialog.shows("config.step.known_certificate")
    dialog.fill(account=ALICE)
    assert dialog.submit()["reason"] == "already_configured"
    dialog.wait_for("This account is already set up.")
    dialog.close()


@pytest.mark.parametrize("by", ["certificate", "password"])
def test_reauth(home: Frontend, house: Household, by: str) -> None:
    house.begin_reauth(house.add(CAROL, by=by))
    dialog = home.open_reauth()
    dialog.shows("config.step.reauth_confirm")
    home.picture("refused")
    if by == "certificate":
        dialog.choose("With a certificate file")
        dialog.shows("config.step.certificate")
        return
    dialog.choose("With SIP address and password")
    dialog.shows("config.step.password")
    dialog.fill(password="wrong")
    assert dialog.submit()["errors"] == {"base": "invalid_auth"}
    dialog.wait_for("The server refuses the SIP address or the password.")


def test_reconfigure(home: Frontend, house: Household) -> None:
    house.add(CAROL, by="password")
    dialog = home.open_reconfigure()
    dialog.shows("config.step.reconfigure")
    home.picture("menu")
    dialog.choose("Only server and trust")
    dialog.shows("config.step.address")
    home.picture("address")
    assert dialog.submit()["reason"] == "reconfigure_successful"
    dialog.ends("reconfigure_successful")
    dialog.close()


def test_options(home: Frontend, house: Household) -> None:
    house.add(CAROL, by="password")
    home.open_accounts()

    def options(choice: str) -> Dialog:
        home.button("Configure").click()
        (dialog := Dialog(home.page)).shows("options.step.init")
        dialog.choose(choice)
        return dialog

    def finish(dialog: Dialog) -> None:
        assert dialog.submit()["type"] == "create_entry"
        dialog.close("Finish")
        # Until the account is loaded anew, the menu has nothing that its server tells.
        until(lambda: [entry["state"] for entry in house.entries()] == ["loaded"])

    dialog = options("Polling, currency, low balance")
    dialog.shows("options.step.settings")
    finish(dialog)
    dialog = options("Do not disturb and forwarding")
    dialog.shows("options.step.control")
    finish(dialog)
    dialog = options("Top up with a voucher")
    dialog.shows("options.step.top_up")
    dialog.fill(card_id="4711", card_number="KX93-5518")
    assert dialog.submit()["reason"] == "top_up_done"
    dialog.close()
    dialog = options("Add an alias")
    dialog.shows("options.step.add_alias")
    dialog.fill(alias="carol.work")
    assert dialog.submit()["reason"] == "alias_added"
    dialog.close()
    dialog = options("Upload a phone book")
    dialog.shows("options.step.phone_book")
    dialog.upload("contacts.vcf", b"no contacts")
    assert dialog.submit()["errors"] == {"file": "no_contacts"}
    dialog.shows("options.step.phone_book")
    dialog.upload("contacts.vcf", VCARD)
    assert dialog.submit()["reason"] == "contacts_read"
    dialog.close()
    dialog = options("Name one number")
    dialog.shows("options.step.contact")
    dialog.fill(number="+31208005161", name="Dentist")
    finish(dialog)
    dialog = options("Countries of numbers")
    dialog.shows("options.step.numbers")
    finish(dialog)
    dialog = options("Empty the phone book")
    dialog.shows("options.step.clear_phone_book")
    finish(dialog)
