"""A certificate that is about to expire is told in time, and one that came back.

The issue outlives the entry's being unloaded: a person who ignores it means it.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from .const import CONF_TAKEN_BACK_AT, DOMAIN, EXPIRES_SOON
from .in_home import InHome
from .sip_settings import ClientCertificate
from .wording.inert import placeholders
from .wording.words import day

_URGENT_BEFORE = timedelta(days=7)
_LOOK_EVERY = timedelta(hours=6)


@callback
def async_watch_certificate(
    hass: HomeAssistant, entry: ConfigEntry, certificate: ClientCertificate | None
) -> CALLBACK_TYPE:
    """Keep an issue about a certificate's expiry; returns what ends the watch.

    The issue is there from 30 days before until the expiry, after which it is for
    the server to refuse the certificate; and from the day on that it came back, since
    the server refused the one after it. Another certificate is another cause.
    """
    if certificate is None:
        forget_certificate(hass, entry.entry_id)
        return lambda: None
    issue_id = _issue_id(entry.entry_id)
    cause = {
        "expires": certificate.expires.isoformat(),
        "taken_back": entry.data.get(CONF_TAKEN_BACK_AT),
    }

    @callback
    def look(now: datetime) -> None:
        left = certificate.expires - now
        told = left <= EXPIRES_SOON or bool(cause["taken_back"])
        if left <= timedelta() or not told:
            forget_certificate(hass, entry.entry_id)
            return
        issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
        data = {"entry_id": entry.entry_id, **cause}
        if issue and issue.data and issue.data != data:
            forget_certificate(hass, entry.entry_id)
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            data=data,
            is_fixable=True,
            severity=ir.IssueSeverity.ERROR
            if left <= _URGENT_BEFORE
            else ir.IssueSeverity.WARNING,
            translation_key="certificate_taken_back"
            if cause["taken_back"]
            else "certificate_expires",
            translation_placeholders=placeholders(
                account=entry.title, expires=day(certificate.expires)
            ),
        )

    look(dt_util.utcnow())
    stop = async_track_time_interval(hass, look, _LOOK_EVERY)

    @callback
    def end() -> None:
        stop()
        if entry.disabled_by:
            # Nobody uses the certificate, and nobody looks whether it has expired.
            forget_certificate(hass, entry.entry_id)

    return end


@callback
def forget_certificate(hass: HomeAssistant, entry_id: str) -> None:
    """Tell of no expiry any more: its cause is gone, or the account is."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry_id))


@dataclass(slots=True)
class RepairDialog:
    """The dialog that the repair of one account has opened last, one at a time."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    flow_id: str = ""


_DIALOGS = InHome[RepairDialog]("repair_dialogs")


def repair_dialog(hass: HomeAssistant, entry_id: str) -> RepairDialog:
    """Return the dialog of an account; one that is removed has none of its own."""
    if hass.config_entries.async_get_entry(entry_id) is None:
        return RepairDialog()
    return _DIALOGS.obtain(hass, entry_id, RepairDialog)


def forget_repair_dialog(hass: HomeAssistant, entry_id: str) -> None:
    """Forget what was opened for an account that is removed."""
    _DIALOGS.forget(hass, entry_id)


def _issue_id(entry_id: str) -> str:
    return f"certificate_expires_{entry_id}"
