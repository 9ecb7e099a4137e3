"""Canaries: nothing private leaves, by whichever door."""

from collections.abc import Callable
import json
import logging
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest

from custom_components.sip_account.control import _Batch
from custom_components.sip_account.sip_settings import Condition
from demo import Account, AccountBox
from tests.faults.table import FAULTS

from .support import ALICE, BOB, CAROL, url_of

LOGGERS = ("custom_components.sip_account", "aiohttp")
LEAKY = [
    "html_error_then_null",
    "certificate_of_no_account",
    "truncated_json",
    "back_end_page",
    "unauthorized_401",
    "cut_in_body",
    "no_http",
    "redirect_301",
]


def _canaries(box: AccountBox, own: Account) -> set[str]:
    """Return what must not be found anywhere: secrets, and everybody but the owner."""
    found = {"PRIVATE KEY", "BEGIN CERTIFICATE"}
    for account in box.accounts.values():
        found |= {account.password, account.mobile_number, account.email}
        found |= {*account.enum, *account.reject, *account.aliases}
        found |= {call.party.removeprefix("sip:") for call in account.calls}
        found |= {call.display_name for call in account.calls}
        found |= {line.description for line in account.balance_history}
        found |= {device.contact for device in account.devices}
        found |= {device.public_contact for device in account.devices}
        if account.voicemail:
            found |= {account.voicemail.pin, account.voicemail.mailbox}
        if account is not own:
            found.add(account.sip_address)
    found.discard(own.sip_address)  # which may be logged
    numbers = {text.lstrip("+0") for text in found if re.fullmatch(r"\+?\d{9,}", text)}
    found |= {re.sub(r"@.*", "", text) for text in found if text.startswith("00")}
    return {text for text in found | numbers if len(text) > 3}


def _find(canaries: set[str], text: str) -> set[str]:
    """Return the canaries in a text; a PIN must stand alone to be one."""
    return {
        canary
        for canary in canaries
        if re.search(rf"(?<![\w.:-]){re.escape(canary)}(?![\w.:-])", text)
    }


def _is_model(reading: Any) -> bool:
    """Whether a value has a representation of its own, unlike a list of texts."""
    value = reading.value
    return not (isinstance(value, tuple) and value and isinstance(value[0], str))


@pytest.mark.parametrize("by", ["certificate", "password"])
@pytest.mark.parametrize("address", [ALICE, BOB, CAROL])
async def test_nothing_private(
    hass: HomeAssistant,
    hass_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    by: str,
    address: str,
) -> None:
    """Diagnostics, their file name, logs at DEBUG, and the texts of errors."""
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, name)
    entry = await set_up(address, by=by)
    runtime = entry.runtime_data
    told: list[str] = []
    for fault in LEAKY:
        box.faults.set("*", "*", fault)
        for coordinator in (runtime.settings, runtime.activity):
            # Or nothing would be sent for a while.
            runtime.health.standing.take_answer(hass.loop.time())
            await coordinator.async_refresh()
            told += [
                repr(error) + str(error) for error in coordinator.last_errors.values()
            ]
    box.faults.clear()
    assert await async_setup_component(hass, "diagnostics", {})
    client = await hass_client()
    reply = await client.get(f"/api/diagnostics/config_entry/{entry.entry_id}")
    assert reply.status == 200
    data = (await reply.json())["data"]
    content = json.dumps(data) + str(reply.headers)
    log = "\n".join(
        record.getMessage() + str(record.exc_info or "")
        for record in caplog.records
        if record.name.startswith(LOGGERS)
    )
    canaries = _canaries(box, box.accounts[address])
    assert len(canaries) > 50
    texts = [content, log, *told, repr(runtime)]
    for coordinator in (runtime.settings, runtime.activity):
        readings = coordinator.data.by_action.values()
        texts += [repr(coordinator.data)]
        texts += [repr(reading.value) for reading in readings if _is_model(reading)]
    for text in texts:
        assert not _find(canaries, text)
    own = box.accounts[address]
    assert not _find({address, own.last, own.email}, json.dumps(data))
    assert address not in str(reply.headers)
    for _, issue_id in ir.async_get(hass).issues:
        assert address not in issue_id
    account = data["settings"]["polls"]["account"]
    assert account["failed"] == len(LEAKY)
    assert account["answered"] == 1
    assert account["last_error"] == "ElsewhereError"
    assert data["tls"]["version"] == "TLSv1.3"
    assert data["learned_actions"]["calls"] in {"calls", "get_history"}


@pytest.mark.parametrize("fault", ["reset", "json_error", "html_502", None])
async def test_changes_tell_nothing(
    hass: HomeAssistant,
    hass_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    fault: str | None,
) -> None:
    """Where calls are forwarded to is in no log, exception or diagnostics."""
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, name)
    targets = ["+31208005177", "erin@example.net"]
    options = {"forwarding_targets": targets}
    entry = await set_up(ALICE, by="password", options=options)
    control = entry.runtime_data.control
    if fault:
        box.faults.set("*", "set_call_forwarding", fault)
    told = []
    for target in (*targets, "erin@example.net@example.net", "+31208005177@x.example"):
        try:
            await control.async_forward({Condition.BUSY: target})
        except HomeAssistantError as error:
            told.append(repr(error) + str(error) + repr(error.__cause__))
    assert len(told) == (4 if fault else 2)
    assert await async_setup_component(hass, "diagnostics", {})
    client = await hass_client()
    reply = await client.get(f"/api/diagnostics/config_entry/{entry.entry_id}")
    data = (await reply.json())["data"]
    assert data["options"] == {"forwarding_targets": 2}
    log = "\n".join(
        r.getMessage() for r in caplog.records if r.name.startswith(LOGGERS)
    )
    told.append(repr(_Batch({Condition.BUSY: "+31208005177"})))
    canaries = {"31208005177", "+31208005177", "erin@example.net"}
    for text in (log, json.dumps(data), *told, repr(entry.runtime_data)):
        assert not _find(canaries, text)


def test_canaries_sing(box: AccountBox) -> None:
    """What would be found if it were there."""
    canaries = _canaries(box, box.accounts[ALICE])
    for leak in ("pin=4321;", '"+31208005169"', "by 0031208005161 (5)", "bob-secret"):
        assert _find(canaries, leak), leak
    assert not _find(canaries, "took 4321.5 s, 4 of 11")


async def test_flow_tells_nothing(
    hass: HomeAssistant, flow: Any, box: AccountBox, caplog: pytest.LogCaptureFixture
) -> None:
    """A flow that goes wrong in every way logs no secret."""
    for name in LOGGERS:
        caplog.set_level(logging.DEBUG, name)
    await flow.start()
    await flow.choose("password")
    for fault in (*LEAKY, None):
        box.faults.clear()
        if fault:
            box.faults.set("*", "*", fault)
        url = url_of(box, "/today/settings.phtml")
        await flow.log_in(url, ALICE, "alice-secret")
        if flow.step == "untrusted_server":
            await flow.choose("authority")
            await flow.upload(box.authority_pem, "authority")
    assert flow.step == "create_entry", flow.result
    log = "\n".join(
        r.getMessage() for r in caplog.records if r.name.startswith(LOGGERS)
    )
    assert log
    assert not _find(_canaries(box, box.accounts[ALICE]), log)


def test_leaky_faults_are_faults() -> None:
    """The names above are still those of the table."""
    assert set(LEAKY) <= {fault.name for fault in FAULTS}
