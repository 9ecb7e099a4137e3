"""A certificate that is about to expire is told in time."""

from datetime import datetime, timedelta

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .inert import placeholders
from .sip_settings import ClientCertificate

_TOLD_BEFORE = timedelta(days=30)
_URGENT_BEFORE = timedelta(days=7)
_LOOK_EVERY = timedelta(hours=6)


@callback
def async_watch_certificate(
    hass: HomeAssistant, entry_id: str, account: str, certificate: ClientCertificate
) -> CALLBACK_TYPE:
    """Keep an issue about a certificate's expiry; returns what ends that.

    The issue is there from 30 days before until the expiry, after which it is for
    the server to refuse the certificate.
    """
    issue_id = f"certificate_expires_{entry_id}"

    @callback
    def look(now: datetime) -> None:
        left = certificate.expires - now
        if not timedelta() < left <= _TOLD_BEFORE:
            ir.async_delete_issue(hass, DOMAIN, issue_id)
            return
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            data={"entry_id": entry_id},
            is_fixable=True,
            severity=ir.IssueSeverity.ERROR
            if left <= _URGENT_BEFORE
            else ir.IssueSeverity.WARNING,
            translation_key="certificate_expires",
            translation_placeholders=placeholders(
                account=account, expires=certificate.expires.date().isoformat()
            ),
        )

    look(dt_util.utcnow())
    stop = async_track_time_interval(hass, look, _LOOK_EVERY)

    @callback
    def end() -> None:
        stop()
        ir.async_delete_issue(hass, DOMAIN, issue_id)

    return end
