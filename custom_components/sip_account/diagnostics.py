"""Diagnostics that help to find a fault and give nothing away.

No address, number, name, key or amount: only kinds, counts and facts of TLS.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from homeassistant.const import CONF_URL
from homeassistant.core import HomeAssistant

from .const import (
    CONF_ALLOW_WEAK,
    CONF_AUTHORITY,
    CONF_FORWARDING_TARGETS,
    CONF_PINNED,
    DEFAULT_CERTIFICATE_URL,
    DEFAULT_DIGEST_URL,
)
from .coordinator import SipAccountCoordinator
from .readings import Reading, Tally
from .runtime import SipAccountConfigEntry
from .sip_settings import ClientCertificate, Devices

_PUBLIC_SERVERS = (DEFAULT_CERTIFICATE_URL, DEFAULT_DIGEST_URL)


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: SipAccountConfigEntry
) -> dict[str, Any]:
    """Return what may be shown to anybody."""
    runtime = entry.runtime_data
    url = entry.data[CONF_URL]
    return {
        "server": url if url in _PUBLIC_SERVERS else "another",
        "trust": "pinned"
        if CONF_PINNED in entry.data
        else "authority"
        if CONF_AUTHORITY in entry.data
        else "system",
        "weak_certificate_allowed": entry.data.get(CONF_ALLOW_WEAK, False),
        "tls": asdict(runtime.connection.handshake),
        "certificate": _certificate(runtime.connection.certificate),
        "options": _options(entry.options),
        "learned_actions": dict(runtime.connection.client.learned),
        "settings": _coordinator(runtime.settings),
        "activity": _coordinator(runtime.activity),
    }


def _options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options; of targets only how many there are."""
    counted = {
        key: len(options[key]) for key in (CONF_FORWARDING_TARGETS,) if key in options
    }
    return {**options, **counted}


def _certificate(certificate: ClientCertificate | None) -> dict[str, Any] | None:
    if certificate is None:
        return None
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
    }
