"""Diagnostics that help to find a fault and give nothing away.

No address, number, name, key or amount: only kinds, counts and facts of TLS.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.core import HomeAssistant

from .const import (
    CONF_ACCOUNT_REGION,
    CONF_ACTIVITY_INTERVAL,
    CONF_ALLOW_DAMAGED_RULES,
    CONF_ALLOW_WEAK,
    CONF_ASSISTANTS_MAY_CHANGE,
    CONF_AUTHORITY,
    CONF_BOOK_REGION,
    CONF_CERTIFICATE,
    CONF_CURRENCY,
    CONF_FORWARDING_TARGETS,
    CONF_LEARNED,
    CONF_LOW_BALANCE,
    CONF_PINNED,
    CONF_RENEW,
    CONF_SETTINGS_INTERVAL,
    CONF_SETTINGS_URL,
    CONF_TIME_ZONE,
)
from .coordinator import SipAccountCoordinator
from .login import stored_certificate
from .polling.learned import asked_at_of
from .polling.readings import Reading, Tally
from .renewal import renewals_of
from .runtime import SipAccountConfigEntry, SipAccountRuntime
from .server_times import kept_zone
from .sip_settings import (
    CATALOGUE,
    DO_NOT_DISTURB_OFF,
    DO_NOT_DISTURB_ON,
    HIDE_CALLER_ID,
    PLATFORM_PAGES,
    SET_CALL_FORWARDING,
    SET_CALLER_ID,
    SHOW_CALLER_ID,
    ClientCertificate,
    Devices,
    SipSettingsError,
    is_snapshot_page,
    page_url,
)

_PUBLIC_SERVERS = frozenset(map(str, PLATFORM_PAGES))
# An option is shown only once somebody has allowed it here.
_OPTIONS = (
    CONF_ACTIVITY_INTERVAL,
    CONF_ACCOUNT_REGION,
    CONF_ALLOW_DAMAGED_RULES,
    CONF_ASSISTANTS_MAY_CHANGE,
    CONF_BOOK_REGION,
    CONF_CURRENCY,
    CONF_RENEW,
    CONF_SETTINGS_INTERVAL,
    CONF_TIME_ZONE,
)
_WRITES = (
    DO_NOT_DISTURB_OFF,
    DO_NOT_DISTURB_ON,
    HIDE_CALLER_ID,
    SET_CALLER_ID,
    SET_CALL_FORWARDING,
    SHOW_CALLER_ID,
)
_NAMES: Mapping[str, tuple[str, ...]] = {
    **{action.key: action.names for action in CATALOGUE.values()},
    **{write.key: write.names for write in _WRITES},
    "username": ("user", "address"),
}


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: SipAccountConfigEntry
) -> dict[str, Any]:
    """Return what may be shown to anybody, in every state of an entry.

    What is not known in that state is absent.
    """
    runtime: SipAccountRuntime | None = getattr(entry, "runtime_data", None)
    asked_at = asked_at_of(entry.data)
    told: dict[str, Any] = {
        "state": entry.state.value,
        "reason": entry.error_reason_translation_key,
        **_server(entry.data),
        "options": _options(entry.options),
        "server_zone": _zone(entry.data),
        "renewal": renewals_of(entry.data),
        "unsupported_asked_at": asked_at.isoformat() if asked_at else None,
    }
    if runtime is None:
        learned = entry.data.get(CONF_LEARNED)
        certificate = await hass.async_add_executor_job(_stored, entry.data)
    else:
        learned = runtime.connection.client.learned
        certificate = runtime.connection.certificate
        client = runtime.connection.client
        told["tls"] = asdict(client.handshake)
        if client.second_handshake:
            told["second_page_tls"] = asdict(client.second_handshake)
        told["settings"] = _coordinator(runtime.settings)
        told["activity"] = _coordinator(runtime.activity)
        told["difference_to_own_count"] = runtime.usage.difference()
    told["certificate"] = _certificate(certificate) if certificate else None
    told["learned_actions"] = _learned(learned) if learned else None
    return {key: value for key, value in told.items() if value is not None}


def _server(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the server is spoken to."""
    url, second = data.get(CONF_URL), data.get(CONF_SETTINGS_URL)
    logins = [key for key in (CONF_CERTIFICATE, CONF_PASSWORD) if key in data]
    return {
        "server": url if url in _PUBLIC_SERVERS else "another",
        "page": "2026" if url and is_snapshot_page(page_url(url)) else "settings",
        "second_page": None
        if second is None
        else second
        if second in _PUBLIC_SERVERS
        else "another",
        "trust": "pinned"
        if CONF_PINNED in data
        else "authority"
        if CONF_AUTHORITY in data
        else "system",
        "login": " and ".join(logins) or "password",
        "weak_certificate_allowed": data.get(CONF_ALLOW_WEAK) is True,
    }


def _zone(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return in which zone the server's times were found to be, and by how many calls.

    `used_for_new_calls` is None while the server's own word is taken.
    """
    known = kept_zone(data)
    if not known.calls and not known.steps:
        return None
    return {
        "zone": known.zone,
        "calls": len(known.calls),
        "days": known.days,
        "used_for_new_calls": known.steps[-1].zone if known.steps else None,
    }


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options; how many targets, and that an amount is set."""
    told = {key: options[key] for key in _OPTIONS if key in options}
    if CONF_FORWARDING_TARGETS in options:
        told[CONF_FORWARDING_TARGETS] = len(options[CONF_FORWARDING_TARGETS])
    if CONF_LOW_BALANCE in options:
        told[CONF_LOW_BALANCE] = "set"
    return told


def _learned(learned: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the names that the server answers, of those that there are."""
    return {
        key: learned[key]
        for key, names in _NAMES.items()
        if key in learned and learned[key] in (None, *names)
    }


def _stored(data: Mapping[str, Any]) -> ClientCertificate | None:
    """Return the certificate that an entry keeps, None where it cannot be read."""
    try:
        return stored_certificate(data)
    except SipSettingsError, KeyError:
        return None


def _certificate(certificate: ClientCertificate) -> dict[str, Any]:
    return {
        "key_type": certificate.key_type,
        "key_bits": certificate.key_bits,
        "signature_hash": certificate.signature_hash,
        "security_level": certificate.security_level,
        "names_account": certificate.address is not None,
        "not_before": certificate.not_before.isoformat(),
        "expires": certificate.expires.isoformat(),
    }


def _coordinator(coordinator: SipAccountCoordinator) -> dict[str, Any]:
    return {
        "interval": coordinator.interval.total_seconds(),
        "last_update_success": coordinator.last_update_success,
        "actions": {
            key: _reading(reading)
            for key, reading in coordinator.data.by_action.items()
        },
        "polls": {key: _tally(tally) for key, tally in coordinator.tallies.items()},
    }


def _tally(tally: Tally) -> dict[str, Any]:
    error, failed_at = tally.last_error, tally.last_failed_at
    return {
        "answered": tally.answered,
        "failed": tally.failed,
        # Not the text, which may quote the server.
        "last_error": type(error).__name__ if error else None,
        "last_status": getattr(error, "status", None),
        "last_failed_at": failed_at.isoformat() if failed_at else None,
    }


def _reading(reading: Reading) -> dict[str, Any]:
    value = (
        reading.value.devices if isinstance(reading.value, Devices) else reading.value
    )
    return {
        "known": reading.known,
        "failed": reading.failed,
        "none": reading.value is None,
        "count": len(value) if isinstance(value, tuple) else None,
        "not_understood": sum(reading.odd.values()),
    }
