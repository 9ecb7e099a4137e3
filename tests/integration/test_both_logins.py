"""An account with a password for the page of 2026, and a certificate for the other."""

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.diagnostics import (
    async_get_config_entry_diagnostics,
)
from demo import AccountBox
from demo.dialects import Answer
from demo.exchange import Exchange

from .conftest import SetUp
from .finding import PAGE
from .flow import Flow
from .support import ALICE, url_of

EITHER = "/2012-06-either/settings.phtml"


async def with_both_pages(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp
) -> ConfigEntry:
    """Return alice's entry, opened with her password at both pages."""
    entry: ConfigEntry = await set_up(by="password", path=PAGE)
    data = {**entry.data, "settings_url": url_of(box, EITHER)}
    hass.config_entries.async_update_entry(entry, data=data)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


async def use_certificate(hass: HomeAssistant, flow: Flow, entry: ConfigEntry) -> None:
    """Have the server make a certificate."""
    await flow.reconfigure(entry.entry_id)
    await flow.choose("use_certificate")
    assert flow.step == "use_certificate_beside"
    assert flow.result["description_placeholders"]["host"] in entry.data["url"]
    await flow.submit()
    assert flow.step == "weak_renewal"
    await flow.submit(allow_weak_certificate=True)
    assert flow.result["reason"] == "certificate_in_use_beside"
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_password_is_kept(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, flow: Flow
) -> None:
    """The second page needs it no longer, and the first takes nothing else."""
    entry = await with_both_pages(hass, box, set_up)
    await use_certificate(hass, flow, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["password"] == "alice-secret"
    assert entry.data["certificate"]
    # Who changes the server alone keeps both.
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=entry.data["url"], trust="unchanged")
    await flow.submit(settings_url=entry.data["settings_url"])
    assert flow.result["reason"] == "reconfigure_successful"
    assert entry.data["password"] == "alice-secret"
    # Without the page that needs it, the password goes.
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url_of(box, EITHER), trust="unchanged")
    assert flow.result["reason"] == "reconfigure_successful"
    assert "password" not in entry.data
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.state is ConfigEntryState.LOADED


async def test_certificate_is_used(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, flow: Flow
) -> None:
    """The second page lets in by certificate whose password it would refuse."""
    entry = await with_both_pages(hass, box, set_up)
    await use_certificate(hass, flow, entry)
    logins = [item for item in box.requests if not item.account]
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    refused = [item for item in box.requests if not item.account][len(logins) :]
    assert {item.action for item in refused} == {""}


@pytest.mark.parametrize("second", [True, False])
async def test_offered_where_it_opens_something(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, flow: Flow, second: bool
) -> None:
    """The page of 2026 alone makes no certificate, so none is offered."""
    if second:
        entry = await with_both_pages(hass, box, set_up)
    else:
        entry = await set_up(ALICE, by="password", path=PAGE)
    await flow.reconfigure(entry.entry_id)
    assert ("use_certificate" in flow.result["menu_options"]) is second


async def test_diagnostics(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, flow: Flow
) -> None:
    """Both pages are told of, and no address of theirs."""
    entry = await with_both_pages(hass, box, set_up)
    told = await async_get_config_entry_diagnostics(hass, entry)
    assert told["page"] == "2026"
    assert told["second_page"] == "another"
    assert told["login"] == "password"
    assert {"tls", "second_page_tls"} <= told.keys()
    assert "localhost" not in str(told)
    assert "127.0.0.1" not in str(told)
    await use_certificate(hass, flow, entry)
    told = await async_get_config_entry_diagnostics(hass, entry)
    assert told["login"] == "certificate and password"


async def test_certificate_is_shown_to_its_page_alone(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, flow: Flow
) -> None:
    """A certificate tells an e-mail address, and the first page does not take it."""
    entry = await with_both_pages(hass, box, set_up)
    await use_certificate(hass, flow, entry)
    shown: dict[str, set[bool]] = {}

    async def look(exchange: Exchange) -> Answer:
        assert exchange.request.transport
        connection = exchange.request.transport.get_extra_info("ssl_object")
        who = bool(connection.getpeercert(binary_form=True))
        shown.setdefault(exchange.request.path, set()).add(who)
        return exchange.answer()

    box.faults.set("*", "*", look)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown == {PAGE: {False}, EITHER: {True}}
