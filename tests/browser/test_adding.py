"""An account is added, in each of the ways that there are."""

from cryptography.hazmat.primitives.hashes import SHA256
from playwright.sync_api import expect

from demo.named_files import settings_file

from .flow import Dialog
from .frontend import Frontend
from .household import ALICE, BOB, CAROL, Household


def _finish(home: Frontend, dialog: Dialog) -> None:
    """Submit the last form, and leave the account as it is named."""
    assert dialog.submit()["type"] == "create_entry"
    dialog.wait_for("Name and assign")
    home.picture("created")
    dialog.close("Skip and finish")
    # Home Assistant goes to the new device by itself.
    home.page.wait_for_url("**/config/devices/device/*")
    home.page.get_by_role("heading", name="Sensors").or_(
        home.page.get_by_text("Sensors", exact=True)
    ).first.wait_for()


def test_certificate(home: Frontend, house: Household) -> None:
    """The platform's file: weak, encrypted, from a server with its own authority."""
    box = house.box
    dialog = home.add_integration()
    dialog.wait_for("How is the account opened?")
    home.picture("menu")
    dialog.choose("With a certificate file")
    dialog.wait_for("Upload the file that you downloaded")
    file = box.certificate_for(ALICE).p12_2009(box.accounts[ALICE].password)
    dialog.upload("alice.p12", file)
    home.picture("file")
    dialog.submit()
    dialog.wait_for("Kept: alice.p12")
    expect(dialog.inside).to_contain_text("its password is needed")
    dialog.fill(password="not-her-password")
    assert dialog.submit()["errors"] == {"password": "wrong_password"}
    expect(dialog.inside).to_contain_text("This password does not open the file.")
    home.picture("wrong_password")

    dialog.fill(password=box.accounts[ALICE].password)
    dialog.submit()
    dialog.wait_for("Where is the settings page of the account?")
    expect(dialog.inside).to_contain_text(f"The certificate is of {ALICE}")
    expect(dialog.inside).to_contain_text("1024 bits and is signed with MD5")
    home.picture("weak")
    dialog.fill(url=house.url(box.page_url))
    assert dialog.submit()["errors"] == {"allow_weak_certificate": "not_confirmed"}
    expect(dialog.inside).to_contain_text("Confirm this, or start again")
    home.picture("not_confirmed")
    dialog.switch()
    dialog.submit()

    dialog.wait_for("The server cannot be verified")
    home.picture("untrusted")
    dialog.choose("Upload its authority")
    dialog.wait_for("It is trusted for this account alone.")
    dialog.upload("authority.pem", box.authority_pem)
    home.picture("authority")
    _finish(home, dialog)

    assert [entry["title"] for entry in house.entries()] == [ALICE]
    assert house.entries()[0]["state"] == "loaded"
    home.picture("device")


def test_certificate_whose_server_is_found(home: Frontend, house: Household) -> None:
    """Two forms: the file, then the host with all that is to be known."""
    box = house.box
    house.names.name_server("example.com", f"{box.origin}/config.json")
    box.files["/config.json"] = settings_file(box.page_url)
    dialog = home.add_integration()
    dialog.choose("With a certificate file")
    dialog.upload("alice.crt", box.certificate_for(ALICE).crt())
    dialog.submit()
    dialog.shows("config.step.server_found")
    expect(dialog.inside).to_contain_text(f"It will be shown to localhost:{box.port}")
    home.picture("found")
    dialog.switch()
    dialog.submit()
    dialog.shows("config.step.untrusted_server")


def test_pinned_server(home: Frontend, house: Household) -> None:
    """The fingerprint that is shown is that of the box."""
    box = house.box
    served = box.replace_server_certificate()
    fingerprint = served.certificate.fingerprint(SHA256()).hex(":").upper()
    dialog = home.add_integration()
    dialog.wait_for("How is the account opened?")
    dialog.choose("With a certificate file")
    dialog.wait_for("Upload the file that you downloaded")
    dialog.upload("bob.crt", box.certificate_for(BOB).crt())
    dialog.submit()
    dialog.wait_for("Where is the settings page of the account?")
    dialog.fill(url=house.url(box.page_url))
    dialog.switch()
    dialog.submit()
    dialog.wait_for("The server cannot be verified")
    dialog.choose("Trust just this certificate")
    dialog.wait_for("Compare the fingerprint")
    expect(dialog.inside.locator("code").first).to_have_text(fingerprint)
    home.picture("fingerprint")
    _finish(home, dialog)
    assert [entry["state"] for entry in house.entries()] == ["loaded"]


def test_password(home: Frontend, house: Household) -> None:
    """A server of today takes what a SIP phone knows."""
    box = house.box
    dialog = home.add_integration()
    dialog.wait_for("How is the account opened?")
    dialog.choose("With SIP address and password")
    dialog.wait_for("The same as in your SIP phone.")
    dialog.fill(account=CAROL, password=box.accounts[CAROL].password)
    home.picture("form")
    dialog.submit()
    dialog.wait_for("Most such accounts are kept at")
    home.picture("no_server")
    dialog.choose("Type another address")
    dialog.fill(url=house.url(box.today_url))
    dialog.submit()
    dialog.wait_for("The server cannot be verified")
    dialog.choose("Upload its authority")
    dialog.wait_for("It is trusted for this account alone.")
    dialog.upload("authority.pem", box.authority_pem)
    _finish(home, dialog)
    assert [entry["state"] for entry in house.entries()] == ["loaded"]
