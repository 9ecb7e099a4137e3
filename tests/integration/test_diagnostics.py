"""Diagnostics give nothing away."""

from collections.abc import Callable
import json
import logging
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from demo import AccountBox

from .support import ALICE


@pytest.mark.parametrize("by", ["certificate", "password"])
async def test_nothing_private(
    hass: HomeAssistant,
    hass_client: Any,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    by: str,
) -> None:
    """Neither the download nor the log at DEBUG holds a secret or a stranger."""
    caplog.set_level(logging.DEBUG, "custom_components.sip_account")
    caplog.set_level(logging.DEBUG, "aiohttp.client")
    entry = await set_up(ALICE, by=by)
    box.faults.set(ALICE, "*", "html_error_then_null")
    await poll()
    assert await async_setup_component(hass, "diagnostics", {})
    client = await hass_client()
    reply = await client.get(f"/api/diagnostics/config_entry/{entry.entry_id}")
    assert reply.status == 200
    content = json.dumps((await reply.json())["data"])
    assert '"calls": "calls"' in content or '"calls": "get_history"' in content
    account = box.accounts[ALICE]
    assert account.voicemail is not None
    secrets = [
        account.password,
        account.voicemail.pin,
        account.mobile_number,
        "PRIVATE KEY",
        "BEGIN CERTIFICATE",
        *account.enum,
        *account.reject,
        *(call.party.removeprefix("sip:") for call in account.calls),
    ]
    log = "\n".join(
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("custom_components.sip_account", "aiohttp"))
    )
    for secret in secrets:
        assert secret not in content
        assert secret not in log
    for private in (ALICE, account.email, account.last, account.voicemail.mailbox):
        assert private not in content
