"""What brings a person back: another server, another certificate, another account."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
import ssl
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.const import DOMAIN
from demo import AccountBox
from demo.dialects import DIALECTS

from .flow import Flow, open_flows
from .support import ALICE, BOB, certificate_entry_data, url_of

LAST_CALL = "sensor.alice_example_com_last_call"
FORWARDING = "sensor.alice_example_com_call_forwarding"
BY_PASSWORD = ("/2009-11/", "/2010-07/", "/today/", "/2017")


async def _add(flow: Flow, box: AccountBox, path: str, address: str = ALICE) -> None:
    """Add an account, whatever its server asks for."""
    await flow.start()
    if path.startswith(BY_PASSWORD):
        await flow.choose("password")
        password = box.accounts[address].password
        await flow.log_in(url_of(box, path), address, password)
    else:
        await flow.choose("certificate")
        owner = path.startswith("/owner")
        issued = box.owner_certificate if owner else box.certificate_for
        await flow.upload(issued(address).crt())
        named = {"account": address} if owner else {}
        await flow.show_certificate(url_of(box, path), **named)
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")
    assert flow.step == "create_entry", flow.result


def _entry(hass: HomeAssistant, title: str = ALICE) -> Any:
    return next(
        e for e in hass.config_entries.async_entries(DOMAIN) if e.title == title
    )


def _state(hass: HomeAssistant, entity_id: str = FORWARDING) -> str:
    state = hass.states.get(entity_id)
    return state.state if state else "missing"


def _reauth(hass: HomeAssistant) -> str | None:
    flows = hass.config_entries.flow.async_progress()
    found = [f for f in flows if f["context"]["source"] == SOURCE_REAUTH]
    return found[0]["flow_id"] if found else None


@pytest.mark.parametrize("path", DIALECTS)
async def test_every_dialect(
    hass: HomeAssistant, flow: Flow, box: AccountBox, path: str
) -> None:
    """An entry is created on every server, and nobody is asked of what year it is."""
    await _add(flow, box, path)
    assert _entry(hass).state is ConfigEntryState.LOADED
    assert _state(hass) == "conditional"
    assert _state(hass, "sensor.alice_example_com_voicemail") == "in_use"
    assert _state(hass, "sensor.alice_example_com_last_missed_call") != "missing"


async def test_learned_once(hass: HomeAssistant, flow: Flow, box: AccountBox) -> None:
    """After a restart no name is tried in vain, nor a user name."""
    await _add(flow, box, "/2009-11/settings.phtml")
    entry = _entry(hass)
    asked = len(box.requests)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    actions = [request.action for request in box.requests[asked:] if request.account]
    assert len(actions) == len(set(actions)) == 12
    refused = [request for request in box.requests[asked:] if not request.account]
    assert len(refused) <= 4  # challenges, at most one for each request at a time


async def test_owner_certificate_again(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """A second account of an owner needs no second upload."""
    box.accounts[BOB].owner_id = box.accounts[ALICE].owner_id
    await flow.start()
    assert "known_certificate" not in flow.result["menu_options"]
    await flow.abandon()
    await _add(flow, box, "/owner/settings.phtml")
    await flow.start()
    assert flow.result["description_placeholders"]["known"] == ALICE
    await flow.choose("known_certificate")
    known = _entry(hass)
    await flow.submit(certificate_of=known.entry_id, account="no address")
    assert flow.errors == {"account": "invalid_account"}
    await flow.submit(certificate_of=known.entry_id, account="carol@example.com")
    assert flow.errors == {"base": "certificate_refused"}
    await flow.submit(certificate_of=known.entry_id, account=BOB)
    assert flow.step == "create_entry"
    entry = _entry(hass, BOB)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["certificate"] == known.data["certificate"]
    assert entry.unique_id == BOB
    await flow.start()
    await flow.choose("known_certificate")
    await flow.submit(certificate_of=known.entry_id, account=ALICE)
    assert flow.result["reason"] == "already_configured"


async def test_account_certificate_is_not_offered(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """A certificate that names its account opens no other."""
    await _add(flow, box, "/settings.phtml")
    await flow.start()
    assert flow.result["menu_options"] == ["certificate", "password"]


async def _pin(flow: Flow, box: AccountBox) -> None:
    await flow.start()
    await flow.choose("password")
    password = box.accounts[ALICE].password
    url = url_of(box, "/today/settings.phtml")
    await flow.log_in(url, ALICE, password)
    await flow.choose("pin_certificate")
    await flow.submit()
    assert flow.step == "create_entry"


async def test_pinned_certificate_changes(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    poll: Callable[..., Any],
) -> None:
    """It is told once it has lasted, with both fingerprints, and mended by a click."""
    await _pin(flow, box)
    entry = _entry(hass)
    before = entry.data["pinned_certificate"]
    issued = box.replace_server_certificate()
    await poll(5)
    assert _state(hass, LAST_CALL) == "unavailable"
    assert _reauth(hass) is None
    for _ in range(2):
        await poll(5)
    flow_id = _reauth(hass)
    assert flow_id
    asked = len(box.requests)
    await flow.resume(flow_id)
    assert flow.step == "changed_certificate"
    told = flow.result["description_placeholders"]
    assert told["old_fingerprint"] != told["fingerprint"]
    assert told["account"] == ALICE
    assert len(box.requests) == asked  # nothing was sent to a server not trusted
    await flow.submit()
    assert flow.result["reason"] == "reauth_successful"
    await hass.async_block_till_done()
    assert entry.data["pinned_certificate"] != before
    assert entry.data["pinned_certificate"] == ssl.DER_cert_to_PEM_cert(issued.der())
    assert entry.data["password"] == box.accounts[ALICE].password
    assert _state(hass) == "conditional"


async def test_pinned_certificate_is_back(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    poll: Callable[..., Any],
) -> None:
    """A certificate that was another for a while only asks for nothing."""
    await _pin(flow, box)
    served = box.served
    box.replace_server_certificate()
    await poll(5)
    await poll(5)
    assert _state(hass, LAST_CALL) == "unavailable"
    box.served = served
    for _ in range(4):
        await poll(5)
    assert _reauth(hass) is None
    assert _state(hass, LAST_CALL) != "unavailable"


async def test_refused_behind_a_pin(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    poll: Callable[..., Any],
) -> None:
    """Where it is the password, the password is asked for."""
    await _pin(flow, box)
    box.faults.set("*", "*", "unauthorized_401")
    for _ in range(4):
        await poll(5)
    flow_id = _reauth(hass)
    assert flow_id
    await flow.resume(flow_id)
    assert flow.step == "reauth_confirm"


async def test_only_the_server(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """The server and the trust in it change without a new upload."""
    await _add(flow, box, "/settings.phtml")
    entry = _entry(hass)
    before = dict(entry.data)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url="http://x", trust="unchanged")
    assert flow.errors == {"url": "plain_http"}
    for host in ("ex..ample", "a" * 70):
        await flow.submit(url=f"https://{host}/settings.phtml", trust="pinned")
        assert flow.errors == {"url": "invalid_url"}
    url = url_of(box, "/2009-10/settings.phtml")
    await flow.submit(url=url + "x", trust="unchanged")
    assert flow.errors == {"base": "not_a_settings_page"}
    await flow.submit(url=url, trust="system")
    assert flow.step == "untrusted_server"
    await flow.choose("address")
    await flow.submit(url=url, trust="unchanged")
    assert flow.result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert entry.data["url"] == url
    assert entry.data["certificate"] == before["certificate"]
    assert entry.data["allow_weak_certificate"] is True
    assert entry.data["learned_actions"]["account"] == "get_identity"
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url, trust="pinned")
    assert flow.step == "pin_certificate"
    await flow.submit()
    assert flow.result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert "trusted_authority" not in entry.data
    assert entry.data["pinned_certificate"]
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url, trust="authority")
    await flow.upload(box.authority_pem, "authority")
    assert flow.result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert "pinned_certificate" not in entry.data
    assert _state(hass) == "conditional"


async def test_only_the_server_of_a_password(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """A password moves to another server too, and is not asked for."""
    await _pin(flow, box)
    entry = _entry(hass)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url_of(box, "/2010-07/settings.phtml"), trust="unchanged")
    assert flow.result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["password"] == box.accounts[ALICE].password


async def _set_up_expiring(
    hass: HomeAssistant, box: AccountBox, days: float
) -> tuple[Any, str]:
    """Set up an account whose certificate expires in so many days."""
    since = box.now() - timedelta(days=3650 - days)
    box._certificates[ALICE] = box.platform.platform_certificate(ALICE, "", now=since)
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=ALICE,
        unique_id=ALICE,
        data=certificate_entry_data(box, ALICE),
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry, f"certificate_expires_{entry.entry_id}"


@pytest.mark.parametrize(
    ("days", "severity"),
    [(31, None), (29, "warning"), (8, "warning"), (6.9, "error"), (0.1, "error")],
)
async def test_expiry_is_told(
    hass: HomeAssistant, box: AccountBox, days: float, severity: str | None
) -> None:
    """Told 30 days before, urgent 7 days before."""
    _, issue_id = await _set_up_expiring(hass, box, days)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    assert (str(issue.severity) if issue and issue.severity else None) == severity
    assert ALICE not in issue_id


async def test_expiry_is_mended(
    hass: HomeAssistant, box: AccountBox, hass_client: Any, tmp_path: Path
) -> None:
    """The repair opens the upload; the issue goes once the new one is in use."""
    assert await async_setup_component(hass, "repairs", {})
    entry, issue_id = await _set_up_expiring(hass, box, 3)
    flow = await open_flows(hass, hass_client)
    fixing = "/api/repairs/issues/fix"
    reply = await flow.client.post(
        fixing, json={"handler": DOMAIN, "issue_id": issue_id}
    )
    fix = await reply.json()
    assert fix["step_id"] == "confirm"
    assert fix["description_placeholders"]["account"] == ALICE
    reply = await flow.client.post(
        f"{fixing}/{fix['flow_id']}", json={"next_step_id": "upload"}
    )
    done = await reply.json()
    assert (DOMAIN, issue_id) in ir.async_get(hass).issues
    kind, flow_id = done["next_flow"]
    assert kind == "config_flow"
    await flow.resume(flow_id)
    assert flow.step == "certificate"
    box._certificates.clear()
    await flow.upload(box.certificate_for(ALICE).crt())
    await flow.show_certificate(url_of(box))
    assert flow.result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert (DOMAIN, issue_id) not in ir.async_get(hass).issues
    assert entry.state is ConfigEntryState.LOADED


async def test_expiry_of_a_removed_account(
    hass: HomeAssistant, box: AccountBox, hass_client: Any
) -> None:
    """Who removes the account while the repair is open is told so."""
    assert await async_setup_component(hass, "repairs", {})
    entry, issue_id = await _set_up_expiring(hass, box, 3)
    client = await hass_client()
    fixing = "/api/repairs/issues/fix"
    reply = await client.post(fixing, json={"handler": DOMAIN, "issue_id": issue_id})
    fix = await reply.json()
    await hass.config_entries.async_remove(entry.entry_id)
    assert (DOMAIN, issue_id) not in ir.async_get(hass).issues
    reply = await client.post(
        f"{fixing}/{fix['flow_id']}", json={"next_step_id": "renew"}
    )
    assert (await reply.json())["reason"] == "account_removed"


async def test_expired_certificate_is_no_repair(
    hass: HomeAssistant,
    box: AccountBox,
    freezer: FrozenDateTimeFactory,
    poll: Callable[..., Any],
) -> None:
    """After the expiry it is for the server to refuse, which ours does not."""
    _, issue_id = await _set_up_expiring(hass, box, 1)
    assert (DOMAIN, issue_id) in ir.async_get(hass).issues
    await poll(25 * 60)
    assert (DOMAIN, issue_id) not in ir.async_get(hass).issues
    assert _reauth(hass) is None
    assert _state(hass, LAST_CALL) != "unavailable"
