"""A certificate that the server renews: by a person's button, or not at all."""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest

from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.login import stored_certificate
from demo import AccountBox
from demo.dialects import Answer
from demo.exchange import Exchange
from tests.faults.issue_table import ISSUE_FAULTS, IssueFault

from .flow import Flow, open_flows
from .renewing import (
    NOTES,
    about_to_expire,
    asked_for,
    hand_out,
    login_of,
    named,
    only,
    strong,
)
from .support import ALICE, hold

FIXING = "/api/repairs/issues/fix"
BY_ITSELF = {"renew_certificate": True}


@pytest.fixture(autouse=True)
async def _repairs(hass: HomeAssistant, _ready: None) -> None:
    """Let issues be mended; it must be ready before there is a frontend."""
    assert await async_setup_component(hass, "repairs", {})


async def _repair(flow: Flow, entry: Any, choice: str) -> dict[str, Any]:
    """Open the repair of an expiring certificate, and choose."""
    issue = {"handler": DOMAIN, "issue_id": f"certificate_expires_{entry.entry_id}"}
    fix = await (await flow.client.post(FIXING, json=issue)).json()
    assert fix["menu_options"] == ["renew", "upload"]
    reply = await flow.client.post(
        f"{FIXING}/{fix['flow_id']}", json={"next_step_id": choice}
    )
    assert reply.status == 200
    await flow.hass.async_block_till_done(wait_background_tasks=True)
    done: dict[str, Any] = await reply.json()
    return done


def _issue(hass: HomeAssistant, entry: Any) -> ir.IssueEntry | None:
    issue_id = f"certificate_expires_{entry.entry_id}"
    return ir.async_get(hass).async_get_issue(DOMAIN, issue_id)


async def test_by_the_button(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    hass_client: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """One choice renews: the issue goes, the old pair is kept, no secret is told."""
    about_to_expire(box)
    entry = await set_up(ALICE)
    before = dict(entry.data)
    assert _issue(hass, entry)
    flow = await open_flows(hass, hass_client)
    done = await _repair(flow, entry, "renew")
    assert done["type"] == "create_entry"
    assert entry.state is ConfigEntryState.LOADED
    assert _issue(hass, entry) is None
    old, new = stored_certificate(before), stored_certificate(entry.data)
    assert old
    assert new
    assert new.expires > old.expires
    assert new.key_pem != old.key_pem
    kept = entry.data["certificate_before"]
    assert kept["certificate"] == before["certificate"]
    assert kept["private_key"] == before["private_key"]
    assert kept["expires"] == old.expires.isoformat()
    for secret in (old.key_pem, new.key_pem):
        assert secret.splitlines()[1] not in caplog.text


async def test_two_connections(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """A new certificate that only one node of a balancer takes replaces nothing."""
    entry = await set_up(ALICE)
    before = login_of(entry)
    old = only(entry.data["certificate"])
    connections: list[Any] = []

    async def second_refused(exchange: Exchange) -> Any:
        transport = exchange.request.transport
        answer = await old(exchange)
        if isinstance(answer, Answer) and b"X.509" not in answer.body:
            return answer  # the one in use
        connections.append(transport)
        return exchange.answer() if len(set(connections)) == 1 else answer

    box.faults.set("*", "*", second_refused)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("renew")
    await flow.submit()
    assert flow.step == "certificate"
    assert flow.errors == {"base": "renewal_not_accepted"}
    assert len(set(connections)) == 2
    assert login_of(entry) == before


@pytest.mark.parametrize("fault", ISSUE_FAULTS, ids=lambda fault: fault.name)
async def test_nothing_is_changed(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    fault: IssueFault,
) -> None:
    """By no way: not by the repair, under Reconfigure, nor by itself."""
    about_to_expire(box)
    hand_out(box, fault.name)
    entry = await set_up(ALICE, options=BY_ITSELF)
    assert asked_for(box) == 1
    before = login_of(entry)
    done = await _repair(flow, entry, "renew")
    assert done["reason"] == "not_renewed_yet"
    await flow.resume(done["next_flow"][1])
    assert flow.step == "certificate"
    assert flow.errors == {"base": fault.reason}
    await flow.abandon()
    await flow.reconfigure(entry.entry_id)
    await flow.choose("renew")
    assert flow.step == "renew"
    await flow.submit()
    assert flow.errors == {"base": fault.reason}
    assert asked_for(box) == 3
    assert login_of(entry) == before
    assert "certificate_before" not in before
    assert _issue(hass, entry)
    # The upload goes on to work.
    box.faults.clear()
    box._certificates.clear()
    await flow.upload(box.certificate_for(ALICE).crt())
    assert flow.step == "server"


@pytest.mark.parametrize("change", ["no_owner", "no_email", "accented_email"])
async def test_accounts_that_get_none(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow, change: str
) -> None:
    """What the server itself says of such accounts is what the faults say."""
    account = box.accounts[ALICE]
    entry = await set_up(ALICE, by="password", path="/owner-either/settings.phtml")
    account.owner_id = 0 if change == "no_owner" else account.owner_id
    account.email = "" if change == "no_email" else "zoë@example.com"
    before = login_of(entry)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("use_certificate")
    await flow.submit()
    (reason,) = {it.reason for it in ISSUE_FAULTS if it.name == change}
    assert flow.errors == {"base": reason}
    assert login_of(entry) == before


@pytest.mark.parametrize(
    ("path", "owner"),
    [("/2012-06-either/settings.phtml", False), ("/owner-either/settings.phtml", True)],
)
async def test_instead_of_a_password(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    path: str,
    owner: bool,
) -> None:
    """Tried, confirmed where it is weak or opens more; then the password is gone."""
    entry = await set_up(ALICE, by="password", path=path)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("use_certificate")
    assert flow.step == "use_certificate"
    await flow.submit()
    if owner:
        assert flow.step == "owner_certificate"
        await flow.submit()
    assert flow.step == "weak_renewal"
    assert flow.result["description_placeholders"]["key_bits"] == "1024"
    await flow.submit(allow_weak_certificate=False)
    assert flow.errors == {"allow_weak_certificate": "not_confirmed"}
    assert "password" in entry.data
    await flow.submit(allow_weak_certificate=True)
    assert flow.result["reason"] == "certificate_in_use"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED
    assert "password" not in entry.data
    assert "certificate_before" not in entry.data
    assert entry.data["allow_weak_certificate"] is True


async def test_kept_over_another_trust(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Who changes only the server, or how it is trusted, keeps the old pair, too."""
    about_to_expire(box)
    entry = await set_up(ALICE, options=BY_ITSELF)
    before = entry.data["certificate_before"]
    # What became of renewals is remembered as well, or they would go in a circle.
    notes = {
        "certificate_taken_back_at": "2026-11-01T00:00:00+00:00",
        "renewal_try": {"at": "2026-11-01T00:00:00+00:00", "problem": "weaker"},
    }
    flow.hass.config_entries.async_update_entry(entry, data={**entry.data, **notes})
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=entry.data["url"], trust="unchanged")
    assert flow.result["reason"] == "reconfigure_successful"
    assert entry.data["certificate_before"] == before
    assert notes.items() <= entry.data.items()
    # Another certificate altogether has nothing before it.
    await flow.reconfigure(entry.entry_id)
    await flow.choose("certificate")
    await flow.upload(box.certificate_for(ALICE).crt())
    await flow.show_certificate(entry.data["url"])
    assert "certificate_before" not in entry.data
    assert "certificate_taken_back_at" not in entry.data


async def test_page_that_takes_passwords_only(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Its certificate opens nothing there, so the password stays."""
    entry = await set_up(ALICE, by="password")
    before = login_of(entry)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("use_certificate")
    await flow.submit()
    await flow.submit()
    await flow.submit(allow_weak_certificate=True)
    assert flow.errors == {"base": "renewal_not_accepted"}
    assert login_of(entry) == before


async def test_weaker_is_asked(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Who had a strong certificate is asked before a weak one takes its place."""
    entry = await set_up(ALICE)
    data = {**entry.data, **strong(box)}
    hass.config_entries.async_update_entry(entry, data=data)
    await hass.config_entries.async_reload(entry.entry_id)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("renew")
    await flow.submit()
    assert flow.step == "weak_renewal"
    assert login_of(entry) == {k: v for k, v in data.items() if k not in NOTES}
    await flow.submit(allow_weak_certificate=True)
    assert flow.result["reason"] == "certificate_renewed"
    assert entry.data["certificate_before"]["allow_weak_certificate"] is False


@pytest.mark.parametrize("common_name", ["4711", "0", "bob@example.com"])
async def test_another_name(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow, common_name: str
) -> None:
    """An owner's certificate is asked about; anybody else's is none."""
    entry = await set_up(ALICE)
    hand_out(box, named(common_name))
    await flow.reconfigure(entry.entry_id)
    await flow.choose("renew")
    await flow.submit()
    if common_name == "4711":
        assert flow.step == "owner_certificate"
    else:
        assert flow.errors == {"base": "renewal_other_account"}


@pytest.mark.parametrize("what", ["another login", "removed"])
async def test_changed_meanwhile(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    what: str,
) -> None:
    """What another dialog has done while a certificate was on its way stays."""
    entry = await set_up(ALICE)
    held = hold(box, "crt")
    await flow.reconfigure(entry.entry_id)
    await flow.choose("renew")
    renewal = hass.async_create_task(flow.submit())
    await held.asked.wait()
    other = {**entry.data, **strong(box)}
    if what == "removed":
        await hass.config_entries.async_remove(entry.entry_id)
    else:
        hass.config_entries.async_update_entry(entry, data=other)
    held.go_on()
    await renewal
    if what == "removed":
        assert flow.result["reason"] == "account_removed"
        assert not hass.config_entries.async_entries(DOMAIN)
    else:
        assert flow.result["reason"] == "changed_meanwhile"
        assert entry.data == other
