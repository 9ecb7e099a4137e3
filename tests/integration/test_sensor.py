"""The sensors show what the account in a box holds."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.sip_account.binary_sensor import SipAccountBinarySensor
from custom_components.sip_account.sensor import SipAccountSensor
from demo import AccountBox

from .support import ALICE, BOB, CAROL

BY = ("certificate", "password")


@pytest.fixture
def state(
    hass: HomeAssistant, entity_id: Callable[..., str | None]
) -> Callable[..., Any]:
    """Give a way to see the state of an entry's sensor."""

    def see(entry: Any, key: str, platform: str = "sensor") -> Any:
        found = entity_id(entry, platform, key)
        return None if found is None else hass.states.get(found)

    return see


@pytest.mark.parametrize("by", BY)
async def test_alice(
    set_up: Callable[..., Any], state: Callable[..., Any], box: AccountBox, by: str
) -> None:
    """An account that has everything, through both dialects."""
    entry = await set_up(ALICE, by=by)
    balance = state(entry, "balance")
    assert balance.state == "12.3456"
    assert balance.attributes["device_class"] == "monetary"
    assert balance.attributes["state_class"] == "total"
    assert balance.attributes["unit_of_measurement"] == "EUR"
    missed = state(entry, "last_missed_call")
    assert missed.attributes["direction"] == "incoming"
    assert missed.attributes["outcome"] in {"missed", "busy"}
    assert missed.attributes["started"].endswith(("+01:00", "+02:00"))
    assert list(state(entry, "last_call").attributes)[:16] == [
        "shown",
        "call_id",
        "direction",
        "outcome",
        "party",
        "number",
        "name",
        "name_source",
        "started",
        "duration",
        "sip_status",
        "price",
        "media",
        "number_shown",
        "country",
        "call_back",
    ]
    voicemail = state(entry, "voicemail")
    assert voicemail.state == "in_use"
    assert voicemail.attributes["mailbox"] == "1000042"
    assert voicemail.attributes["used_for"] == ["not_online", "no_answer"]
    assert voicemail.attributes["deletes_after_mailing"] is True
    forwarding = state(entry, "call_forwarding")
    assert forwarding.state == "conditional"
    assert forwarding.attributes["diversions"] == [
        {"condition": "all_calls", "code": "FUNC", "target": None},
        {"condition": "not_online", "code": "FNOL", "target": "voicemail"},
        {"condition": "busy", "code": "FBUS", "target": "bob@example.com"},
        {"condition": "no_answer", "code": "FNOA", "target": "voicemail"},
        {"condition": "unavailable", "code": "FUNV", "target": None},
    ]
    assert forwarding.attributes["busy"] == "bob@example.com"
    assert forwarding.attributes["all_calls"] is None
    transaction = state(entry, "last_transaction")
    assert transaction.state == "-0.0425"
    assert transaction.attributes["balance_after"] == 12.3456
    assert len(transaction.attributes["transactions"]) == 20
    rules = state(entry, "accept_rules")
    assert rules.state == "2"
    assert rules.attributes["rules"][0] == {
        "days": ["mon", "tue", "wed", "thu", "fri"],
        "start": "08:00",
        "stop": "18:00",
        "groups": ["friends", "family"],
    }
    assert rules.attributes["temporary"] is None
    assert rules.attributes["time_zone"] == "Europe/Amsterdam"
    assert state(entry, "aliases").state == "2"
    assert state(entry, "phone_numbers").attributes["phone_numbers"] == [
        "+31208005169",
        "+442079460123",
    ]
    assert state(entry, "rejected_callers").state == "2"
    assert state(entry, "registered_devices").state == "2"
    assert state(entry, "registered", "binary_sensor").state == "on"
    assert "PIN" not in str(voicemail.attributes)
    assert box.accounts[ALICE].voicemail is not None


async def test_only_on_the_page(
    set_up: Callable[..., Any], state: Callable[..., Any]
) -> None:
    """What the page's dialect tells and today's does not."""
    entry = await set_up(ALICE)
    usage = state(entry, "calls_this_month")
    assert int(usage.state) >= 0
    assert usage.attributes["last_reset"].endswith(
        ("-01T00:00:00+01:00", "-01T00:00:00+02:00")
    )
    assert float(state(entry, "cost_this_month").state) >= 0
    assert float(state(entry, "monthly_quota").state) == 50
    assert state(entry, "blocked", "binary_sensor").state == "off"
    assert state(entry, "caller_id_hidden", "binary_sensor").state == "off"
    assert state(entry, "no_answer_timeout") is None
    expires = state(entry, "certificate_expires")
    assert expires.attributes["key_bits"] == 1024
    assert expires.attributes["signature_algorithm"] == "MD5 with RSA"
    assert "alice@example.com" in expires.attributes["subject"]


async def test_only_today(
    set_up: Callable[..., Any], state: Callable[..., Any], box: AccountBox
) -> None:
    """What today's dialect tells; a broken action makes no entity."""
    entry = await set_up(ALICE, by="password")
    timeout = box.accounts[ALICE].no_answer_timeout
    assert state(entry, "no_answer_timeout").state == str(timeout)
    for key in ("calls_this_month", "cost_this_month", "monthly_quota"):
        assert state(entry, key) is None
    assert state(entry, "blocked", "binary_sensor") is None
    assert state(entry, "certificate_expires") is None


@pytest.mark.parametrize("by", BY)
async def test_bob(
    set_up: Callable[..., Any], state: Callable[..., Any], by: str
) -> None:
    """An account that has nothing: no balance, and zeros and unknowns elsewhere."""
    entry = await set_up(BOB, by=by)
    assert state(entry, "balance") is None
    assert state(entry, "call_in_progress", "binary_sensor") is None
    assert state(entry, "last_call").state == "unknown"
    assert state(entry, "last_missed_call").state == "unknown"
    assert state(entry, "voicemail").state == "not_set_up"
    assert state(entry, "call_forwarding").state == "none_active"
    assert state(entry, "last_transaction").state == "unknown"
    assert state(entry, "last_transaction").attributes["transactions"] == []
    for key in ("aliases", "phone_numbers", "accept_rules", "registered_devices"):
        assert state(entry, key).state == "0"
    assert state(entry, "registered", "binary_sensor").state == "off"


@pytest.mark.parametrize("by", BY)
async def test_carol(
    set_up: Callable[..., Any], state: Callable[..., Any], by: str
) -> None:
    """A prepaid call that is going on, and a balance that is a string."""
    entry = await set_up(CAROL, by=by, options={"currency": "USD"})
    balance = state(entry, "balance")
    assert float(balance.state) == 7.5
    assert balance.attributes["unit_of_measurement"] == "USD"
    call = state(entry, "call_in_progress", "binary_sensor")
    assert call.state == "on"
    assert call.attributes["destination"] == "0031208005161@example.com"
    assert call.attributes["since"] < call.attributes["may_last_until"]
    rules = state(entry, "accept_rules")
    assert rules.attributes["temporary"]["groups"] == ["nobody"]
    assert rules.attributes["temporary"]["until"] is not None


async def test_time_zone_option(
    set_up: Callable[..., Any], state: Callable[..., Any]
) -> None:
    """The person's time zone wins over what the account claims."""
    claimed = await set_up(ALICE)
    overridden = await set_up(CAROL, options={"time_zone": "Asia/Tokyo"})
    assert not state(claimed, "last_call").attributes["started"].endswith("+09:00")
    assert state(overridden, "last_call").attributes["started"].endswith("+09:00")
    assert state(overridden, "accept_rules").attributes["time_zone"] == "Asia/Tokyo"


def test_long_lists_are_not_recorded() -> None:
    """Lists that would fill the recorder are attributes of the moment only."""
    for attribute in ("transactions", "devices", "callers", "aliases", "phone_numbers"):
        for entity in (SipAccountSensor, SipAccountBinarySensor):
            assert attribute in entity._unrecorded_attributes


COUNTS = (
    "aliases",
    "all_calls_this_month",
    "calls_this_month",
    "calls_today",
    "missed_calls",
    "phone_numbers",
    "rejected_callers",
)


async def test_counts_have_no_unit(
    set_up: Callable[..., Any], state: Callable[..., Any]
) -> None:
    """“1 calls” is nowhere: a count has no unit, which would need a plural form."""
    entry = await set_up(ALICE)
    for key in COUNTS:
        assert state(entry, key).state.isdigit(), key
        assert "unit_of_measurement" not in state(entry, key).attributes, key


async def test_unit_of_0_1_0_stays(
    hass: HomeAssistant, set_up: Callable[..., Any], state: Callable[..., Any]
) -> None:
    """A count that a home knows with a unit keeps it, or its statistics would stop."""
    registry = er.async_get(hass)
    known = registry.async_get_or_create(
        "sensor",
        "sip_account",
        f"{CAROL}_missed_calls",
        unit_of_measurement="oproepen",
    )
    entry = await set_up(CAROL, by="password")
    assert state(entry, "missed_calls").attributes["unit_of_measurement"] == "oproepen"
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert state(entry, "missed_calls").attributes["unit_of_measurement"] == "oproepen"
    stored = registry.async_get(known.entity_id)
    assert stored
    assert stored.unit_of_measurement == "oproepen"


async def test_seconds_are_whole(
    hass: HomeAssistant, set_up: Callable[..., Any], entity_id: Callable[..., Any]
) -> None:
    """Whole seconds are shown as such: 35 s, not 35.00 s."""
    entry = await set_up(ALICE, by="password")
    shown = entity_id(entry, "sensor", "no_answer_timeout")
    found = er.async_get(hass).async_get(shown)
    assert found
    assert found.options["sensor"]["suggested_display_precision"] == 0
