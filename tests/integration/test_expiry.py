"""A certificate that expires soon: told until its cause is gone, or it is ignored."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.login import certificate_data, stored_certificate
from custom_components.sip_account.sip_settings import ClientCertificate
from demo import AccountBox

from .support import ALICE, password_entry_data


@pytest.fixture
async def expiring(set_up: Callable[..., Any], freezer: FrozenDateTimeFactory) -> Any:
    """Give an entry whose certificate expires in twenty days."""
    entry = await set_up(ALICE)
    certificate = stored_certificate(entry.data)
    assert certificate
    freezer.move_to(certificate.expires - timedelta(days=20))
    return entry


def _issue(hass: HomeAssistant, entry: Any) -> ir.IssueEntry | None:
    issue_id = f"certificate_expires_{entry.entry_id}"
    return ir.async_get(hass).async_get_issue(DOMAIN, issue_id)


async def _tell(hass: HomeAssistant, entry: Any, *, ignored: bool = True) -> None:
    """Let the expiry be told, and ignored."""
    await hass.config_entries.async_reload(entry.entry_id)
    issue = _issue(hass, entry)
    assert issue
    assert issue.dismissed_version is None
    if ignored:
        ir.async_ignore_issue(hass, DOMAIN, issue.issue_id, True)


async def test_ignored(
    hass: HomeAssistant, box: AccountBox, expiring: Any, freezer: FrozenDateTimeFactory
) -> None:
    """Who ignores it sees it no more: not after a reload, nor when it is unloaded."""
    await _tell(hass, expiring)
    await hass.config_entries.async_reload(expiring.entry_id)
    await hass.config_entries.async_unload(expiring.entry_id)
    box.faults.set("*", "*", "reset")
    await hass.config_entries.async_setup(expiring.entry_id)
    assert expiring.state is ConfigEntryState.SETUP_RETRY
    box.faults.clear()
    await hass.config_entries.async_reload(expiring.entry_id)
    freezer.tick(timedelta(days=15))  # it is urgent by now
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    issue = _issue(hass, expiring)
    assert issue
    assert issue.severity is ir.IssueSeverity.ERROR
    assert issue.dismissed_version is not None


async def test_told_while_the_server_is_lost(
    hass: HomeAssistant, box: AccountBox, expiring: Any
) -> None:
    """A server that is down keeps nobody from being told."""
    box.faults.set("*", "*", "reset")
    await _tell(hass, expiring, ignored=False)
    assert expiring.state is ConfigEntryState.SETUP_RETRY


async def test_removed(hass: HomeAssistant, expiring: Any) -> None:
    """It goes with the account, loaded or not."""
    await _tell(hass, expiring)
    await hass.config_entries.async_unload(expiring.entry_id)
    assert _issue(hass, expiring)
    await hass.config_entries.async_remove(expiring.entry_id)
    assert _issue(hass, expiring) is None


async def test_expired(
    hass: HomeAssistant, expiring: Any, freezer: FrozenDateTimeFactory
) -> None:
    """After the expiry it is for the server to refuse the certificate."""
    await _tell(hass, expiring)
    freezer.tick(timedelta(days=21))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _issue(hass, expiring) is None


async def test_password_instead(
    hass: HomeAssistant, box: AccountBox, expiring: Any
) -> None:
    """Who logs in by password has no certificate that could expire."""
    await _tell(hass, expiring)
    data = password_entry_data(box, ALICE)
    hass.config_entries.async_update_entry(expiring, data=data)
    await hass.config_entries.async_reload(expiring.entry_id)
    assert _issue(hass, expiring) is None


@pytest.mark.parametrize(("days", "told"), [(10, True), (300, False)])
async def test_another_certificate(
    hass: HomeAssistant, box: AccountBox, expiring: Any, days: int, told: bool
) -> None:
    """Ignoring is about one certificate: another that expires soon is told of."""
    await _tell(hass, expiring)
    before = stored_certificate(expiring.data)
    assert before
    issued = box.platform.platform_certificate(
        ALICE,
        box.accounts[ALICE].email,
        now=before.not_before + timedelta(days=days),
    )
    certificate = ClientCertificate.load(issued.crt())
    data = {**expiring.data, **certificate_data(certificate)}
    hass.config_entries.async_update_entry(expiring, data=data)
    await hass.config_entries.async_reload(expiring.entry_id)
    issue = _issue(hass, expiring)
    assert bool(issue) is told
    assert issue is None or issue.dismissed_version is None
