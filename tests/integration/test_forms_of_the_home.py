"""Forms speak as the home does: days in its zone, money in its currency."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest

from demo import AccountBox, IssuedCertificate
from tests.faults.server_table import expired

from .finding import PAGE, TODAY
from .flow import Flow
from .passing import reauths
from .renewing import about_to_expire
from .support import ALICE, url_of
from .test_trust import pin

ZONES = ["Pacific/Kiritimati", "Pacific/Niue"]  # 25 hours from each other


@pytest.mark.parametrize("currency", ["EUR", "CHF"])
async def test_low_balance(
    set_up: Callable[..., Any], flow: Flow, currency: str
) -> None:
    """The threshold is money of the account, while it is loaded and while it is not."""
    entry = await set_up(ALICE, options={"currency": currency})
    for _ in range(2):
        await flow.options(entry.entry_id)
        await flow.choose("settings")
        told = {one["name"]: one for one in flow.result["data_schema"]}
        number = told["low_balance"]["selector"]["number"]
        assert number["unit_of_measurement"] == currency
        await flow.hass.config_entries.async_unload(entry.entry_id)


async def test_low_balance_in_what_the_server_tells(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Where the server says in which currency it counts, that is shown."""
    box.accounts[ALICE].currency = "USD"
    entry = await set_up(ALICE, by="password", path=PAGE)
    await flow.options(entry.entry_id)
    await flow.choose("settings")
    told = {one["name"]: one for one in flow.result["data_schema"]}
    assert told["low_balance"]["selector"]["number"]["unit_of_measurement"] == "USD"


def _day(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).date().isoformat()


def _days(issued: IssuedCertificate, zone: str) -> dict[str, str]:
    certificate = issued.certificate
    return {
        "not_before": _day(certificate.not_valid_before_utc, zone),
        "expires": _day(certificate.not_valid_after_utc, zone),
    }


@pytest.mark.parametrize("zone", ZONES)
async def test_days_of_a_server(
    hass: HomeAssistant, box: AccountBox, flow: Flow, zone: str
) -> None:
    """Of its certificate, be it valid or out of date."""
    await hass.config.async_set_time_zone(zone)
    await flow.start()
    await flow.choose("password")
    await flow.log_in(url_of(box, TODAY), ALICE, "wrong")
    await flow.choose("authority")
    old = expired(box)
    box.replace_server_certificate(old)
    await flow.upload(box.authority_pem, "authority")
    assert flow.step == "outdated_server"
    days = _days(old, zone)
    assert days.items() <= flow.result["description_placeholders"].items()
    await flow.choose("pin_certificate")
    assert days.items() <= flow.result["description_placeholders"].items()


@pytest.mark.parametrize("zone", ZONES)
async def test_days_of_a_changed_server(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    zone: str,
) -> None:
    """Of the certificate before and the one now."""
    await hass.config.async_set_time_zone(zone)
    entry = await set_up(ALICE)
    await pin(hass, entry, box.platform.certificate_pem.decode())
    entry.async_start_reauth(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    await flow.resume(reauths(hass)[0])
    old = box.platform.certificate.not_valid_after_utc
    told = flow.result["description_placeholders"]
    assert told["old_expires"] == _day(old, zone)


@pytest.mark.parametrize("zone", ZONES)
async def test_days_of_a_certificate(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    zone: str,
) -> None:
    """Of one that is uploaded, and of one that is about to expire."""
    await hass.config.async_set_time_zone(zone)
    about_to_expire(box, 20)
    entry = await set_up(ALICE)
    issued = box.certificate_for(ALICE)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("certificate")
    await flow.upload(issued.crt())
    day = _days(issued, zone)["expires"]
    assert flow.result["description_placeholders"]["expires"] == day
    (issue,) = (
        one
        for one in ir.async_get(hass).issues.values()
        if one.domain == "sip_account" and "certificate" in one.issue_id
    )
    assert issue.translation_placeholders
    assert issue.translation_placeholders["expires"] == day
