"""An account on the page of 2026, in a home."""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
import pytest

from demo import AccountBox

from .conftest import SetUp
from .flow import Flow
from .support import ALICE, BOB, url_of

PAGE = "/sylk_settings.phtml"
SHOWN = {
    "sensor.balance": "12.3456",
    "binary_sensor.blocked": "off",
    "binary_sensor.caller_id_hidden": "off",
    "binary_sensor.calls_to_telephones": "on",
    "text.caller_id_number": "+31208005169",
    "sensor.missed_calls": "0",
}

type Find = Callable[[ConfigEntry, str, str], str | None]


async def set_number(hass: HomeAssistant, entity_id: str | None, value: str) -> None:
    """Write into the text."""
    await hass.services.async_call(
        "text", "set_value", {"entity_id": entity_id, "value": value}, blocking=True
    )


async def test_shown(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, entity_id: Find
) -> None:
    """What the page tells is shown, and nothing that it does not tell; asked once."""
    entry = await set_up(by="password", path=PAGE)
    for name, state in SHOWN.items():
        found = entity_id(entry, *name.split("."))
        assert found, name
        shown = hass.states.get(found)
        assert shown
        assert shown.state == state, name
    spent = hass.states.get(entity_id(entry, "sensor", "spent_today") or "")
    assert spent
    assert float(spent.state) >= 0
    for platform, key in (
        ("sensor", "call_forwarding"),
        ("sensor", "aliases"),
        ("switch", "do_not_disturb"),
        ("switch", "hide_caller_id"),
        ("select", "forward_busy"),
        ("sensor", "last_transaction"),
    ):
        assert entity_id(entry, platform, key) is None, key
    assert len([it for it in box.requests if it.account]) == 1


async def test_others_show_none_of_it(set_up: SetUp, entity_id: Find) -> None:
    """Who has another page has no entity more than before."""
    entry = await set_up()
    for platform, key in (
        ("text", "caller_id_number"),
        ("sensor", "spent_today"),
        ("binary_sensor", "calls_to_telephones"),
    ):
        assert entity_id(entry, platform, key) is None


async def test_postpaid(hass: HomeAssistant, set_up: SetUp, entity_id: Find) -> None:
    """An account without a balance tells what it spent all the same."""
    entry = await set_up(BOB, by="password", path=PAGE, options={"low_balance": 5})
    assert entity_id(entry, "sensor", "balance") is None
    assert entity_id(entry, "binary_sensor", "low_balance") is None
    spent = hass.states.get(entity_id(entry, "sensor", "spent_today") or "")
    assert spent
    assert spent.state == "0"


async def test_set_number(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, entity_id: Find
) -> None:
    """A number is sent once and read back; what is none is not sent."""
    entry = await set_up(by="password", path=PAGE)
    text = entity_id(entry, "text", "caller_id_number")
    for written, shown in (("00 44 20 7946 0123", "+442079460123"), ("", "")):
        await set_number(hass, text, written)
        state = hass.states.get(str(text))
        assert state
        assert state.state == shown
    sent = [received.action for received in box.requests].count("set_caller_id")
    with pytest.raises(ServiceValidationError, match="no international number"):
        await set_number(hass, text, "0208005169")
    after = [received.action for received in box.requests].count("set_caller_id")
    assert after == sent
    box.faults.set(ALICE, "set_caller_id", "reset")
    with pytest.raises(HomeAssistantError, match="no answer tells"):
        await set_number(hass, text, "+442079460123")


@pytest.mark.parametrize(
    ("told", "chosen", "known", "unit"),
    [
        ("USD", None, None, "USD"),
        ("USD", "EUR", None, "USD"),  # as the form of 0.1.0 stored it
        ("USD", "GBP", None, "GBP"),
        ("USD", None, "EUR", "EUR"),
        ("$", None, None, "EUR"),
    ],
)
async def test_currency(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: SetUp,
    told: str,
    chosen: str | None,
    known: str | None,
    unit: str,
) -> None:
    """The server's currency counts, unless a person or a known unit says otherwise."""
    hass.config.currency = "EUR"
    box.accounts[ALICE].currency = told
    registry = er.async_get(hass)
    if known:
        registry.async_get_or_create(
            "sensor", "sip_account", f"{ALICE}_balance", unit_of_measurement=known
        )
    options: dict[str, Any] = {"currency": chosen} if chosen else {}
    await set_up(by="password", path=PAGE, options=options)
    found = registry.async_get_entity_id("sensor", "sip_account", f"{ALICE}_balance")
    state = hass.states.get(str(found))
    assert state
    assert state.attributes["unit_of_measurement"] == unit


async def begin(box: AccountBox, flow: Flow) -> None:
    """Add alice with the address of the page, up to the second one."""
    await flow.start()
    await flow.choose("password")
    await flow.submit(account=ALICE, password="alice-secret")
    await flow.choose("other_address")
    await flow.submit(url=url_of(box, PAGE))
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")
    assert flow.step == "second_page"


async def test_added_alone(hass: HomeAssistant, box: AccountBox, flow: Flow) -> None:
    """The second page is named; left out, it is never asked."""
    await begin(box, flow)
    (field,) = flow.result["data_schema"]
    usual = url_of(box)
    assert field["description"]["suggested_value"] == usual
    assert not any(received.action for received in box.requests if received.account)
    await flow.submit()
    assert flow.step == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
    (entry,) = hass.config_entries.async_entries("sip_account")
    assert "settings_url" not in entry.data
    assert not any(received.action for received in box.requests if received.account)


async def test_added_with_both(
    hass: HomeAssistant, box: AccountBox, flow: Flow, entity_id: Find
) -> None:
    """What is wrong with the second page is said there; then both tell of alice."""
    await begin(box, flow)
    for typed, error in (
        ("http://localhost", "plain_http"),
        ("ex..ample", "invalid_url"),
        (url_of(box, PAGE), "not_a_settings_page"),
        (url_of(box, "/nothing.phtml"), "not_a_settings_page"),
    ):
        await flow.submit(settings_url=typed)
        assert flow.errors == {"settings_url": error}
    second = url_of(box, "/today/settings.phtml")
    await flow.submit(settings_url=second)
    assert flow.step == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
    (entry,) = hass.config_entries.async_entries("sip_account")
    assert entry.data["settings_url"] == second
    for platform, key in (
        ("text", "caller_id_number"),
        ("sensor", "spent_today"),
        ("sensor", "call_forwarding"),
        ("switch", "do_not_disturb"),
    ):
        state = hass.states.get(entity_id(entry, platform, key) or "")
        assert state, key
        assert state.state != "unavailable", key


async def test_reconfigured(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, flow: Flow
) -> None:
    """The second page is kept, left out, and dropped with the first."""
    entry = await set_up(by="password", path=PAGE)
    second = url_of(box, "/today/settings.phtml")
    for url, typed, kept in (
        (url_of(box, PAGE), {"settings_url": second}, second),
        (url_of(box, PAGE), {}, None),
        (url_of(box, PAGE), {"settings_url": second}, second),
        (second, None, None),
    ):
        await flow.reconfigure(entry.entry_id)
        await flow.choose("address")
        await flow.submit(url=url, trust="unchanged")
        if typed is not None:
            assert flow.step == "second_page"
            await flow.submit(**typed)
        assert flow.result["reason"] == "reconfigure_successful"
        await hass.async_block_till_done(wait_background_tasks=True)
        assert entry.data.get("settings_url") == kept
