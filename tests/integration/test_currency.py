"""Another currency than until now: asked once, changed on a word, never in silence."""

from collections.abc import Awaitable, Callable
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from demo import AccountBox

from .conftest import SetUp
from .finding import PAGE
from .support import ALICE, url_of

MONEY = ("balance", "spent_today", "spent_this_month", "last_transaction")


def issue_of(hass: HomeAssistant, entry: ConfigEntry) -> ir.IssueEntry | None:
    """Return what asks for the unit."""
    return ir.async_get(hass).async_get_issue(
        "sip_account", f"currency_differs_{entry.entry_id}"
    )


def units(hass: HomeAssistant) -> set[str]:
    """Return the units of all money that is shown."""
    registry = er.async_get(hass)
    found = (
        registry.async_get_entity_id("sensor", "sip_account", f"{ALICE}_{key}")
        for key in MONEY
    )
    states = [hass.states.get(entity_id) for entity_id in found if entity_id]
    return {state.attributes["unit_of_measurement"] for state in states if state}


async def reload(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Load the account anew, and wait."""
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def begin_to_fix(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, entry: ConfigEntry
) -> Callable[[], Awaitable[Any]]:
    """Open the repair; return what confirms it, and what then comes back."""
    assert await async_setup_component(hass, "repairs", {})
    client = await hass_client()
    issue = issue_of(hass, entry)
    assert issue
    fixing = "/api/repairs/issues/fix"
    asked = {"handler": "sip_account", "issue_id": issue.issue_id}
    flow = await (await client.post(fixing, json=asked)).json()
    assert flow["step_id"] == "confirm"

    async def confirm() -> Any:
        answer = await client.post(f"{fixing}/{flow['flow_id']}", json={})
        return await answer.json()

    return confirm


@pytest.fixture
async def in_dollars(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp
) -> ConfigEntry:
    """Give an account of 0.1.0 that counted in euros, and moves to the page of 2026."""
    hass.config.currency = "EUR"
    entry: ConfigEntry = await set_up(by="password", options={"currency": "EUR"})
    assert units(hass) == {"EUR"}
    box.accounts[ALICE].currency = "USD"
    data = {
        **entry.data,
        "url": url_of(box, PAGE),
        "settings_url": url_of(box, "/today/settings.phtml"),
    }
    hass.config_entries.async_update_entry(entry, data=data)
    await reload(hass, entry)
    return entry


async def test_asked_before_it_changes(
    hass: HomeAssistant, in_dollars: ConfigEntry
) -> None:
    """Until a person says so, the unit stays as it was, and the repair tells why."""
    assert units(hass) == {"EUR"}
    issue = issue_of(hass, in_dollars)
    assert issue
    assert issue.is_fixable
    assert issue.translation_placeholders == {
        "account": ALICE,
        "known": "EUR",
        "told": "USD",
    }
    ir.async_ignore_issue(hass, "sip_account", issue.issue_id, True)
    await reload(hass, in_dollars)
    issue = issue_of(hass, in_dollars)
    assert issue
    assert issue.dismissed_version
    assert units(hass) == {"EUR"}


async def test_changed_on_a_word(
    hass: HomeAssistant,
    in_dollars: ConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """All money changes together, and nobody is asked again."""
    confirm = await begin_to_fix(hass, hass_client, in_dollars)
    assert (await confirm())["type"] == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert units(hass) == {"USD"}
    assert issue_of(hass, in_dollars) is None
    await reload(hass, in_dollars)
    assert units(hass) == {"USD"}
    assert issue_of(hass, in_dollars) is None


def choose(hass: HomeAssistant, _box: AccountBox, entry: ConfigEntry) -> None:
    """Choose another currency than the home's."""
    hass.config_entries.async_update_entry(entry, options={"currency": "GBP"})


def say_euros(_hass: HomeAssistant, box: AccountBox, _entry: ConfigEntry) -> None:
    """Let the server say the old currency again."""
    box.accounts[ALICE].currency = "EUR"


def leave_page(hass: HomeAssistant, box: AccountBox, entry: ConfigEntry) -> None:
    """Go back to a page that tells no currency."""
    url = url_of(box, "/today/settings.phtml")
    hass.config_entries.async_update_entry(entry, data={**entry.data, "url": url})


@pytest.mark.parametrize("act", [choose, say_euros, leave_page])
async def test_goes_with_its_cause(
    hass: HomeAssistant,
    box: AccountBox,
    in_dollars: ConfigEntry,
    act: Callable[[HomeAssistant, AccountBox, ConfigEntry], Any],
) -> None:
    """A person chooses, the server changes its mind, or tells nothing any more."""
    assert issue_of(hass, in_dollars)
    act(hass, box, in_dollars)
    await reload(hass, in_dollars)
    assert issue_of(hass, in_dollars) is None
    assert len(units(hass)) == 1


@pytest.mark.parametrize("disabled", [True, False])
async def test_goes_with_the_account(
    hass: HomeAssistant, in_dollars: ConfigEntry, disabled: bool
) -> None:
    """Who removes or disables the account is asked nothing about it."""
    if disabled:
        await hass.config_entries.async_set_disabled_by(
            in_dollars.entry_id, ConfigEntryDisabler.USER
        )
    else:
        await hass.config_entries.async_remove(in_dollars.entry_id)
    await hass.async_block_till_done()
    assert issue_of(hass, in_dollars) is None


async def test_changed_meanwhile(
    hass: HomeAssistant,
    box: AccountBox,
    in_dollars: ConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    """What is confirmed is what was asked, or nothing is done."""
    confirm = await begin_to_fix(hass, hass_client, in_dollars)
    box.accounts[ALICE].currency = "GBP"
    await in_dollars.runtime_data.activity.async_refresh()
    assert (await confirm())["reason"] == "changed_meanwhile"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert units(hass) == {"EUR"}
