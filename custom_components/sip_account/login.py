"""From what a config entry keeps to a client that is logged in with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util import dt as dt_util
from homeassistant.util.ssl import create_client_context

from .const import (
    CONF_ACCOUNT,
    CONF_ALLOW_WEAK,
    CONF_AUTHORITY,
    CONF_CERTIFICATE,
    CONF_LEARNED,
    CONF_PINNED,
    CONF_PRIVATE_KEY,
    CONF_SETTINGS_URL,
    CONF_TIME_ZONE,
)
from .sip_settings import (
    TIME_LIMIT,
    ClientCertificate,
    DigestCredentials,
    Handshake,
    Login,
    SipAddress,
    SipSettingsClient,
    Trust,
    account_client,
    build_context,
    page_url,
)

# What an entry's login is: the server, who we are, and what we trust.
LOGIN = (
    CONF_URL,
    CONF_SETTINGS_URL,
    CONF_ACCOUNT,
    CONF_PASSWORD,
    CONF_CERTIFICATE,
    CONF_PRIVATE_KEY,
    CONF_ALLOW_WEAK,
    CONF_AUTHORITY,
    CONF_PINNED,
)


@dataclass(frozen=True, slots=True)
class Connection:
    """A client, the certificate that it uses, if any, and how TLS was agreed on.

    `data` is what an entry held when the client was made from it.
    """

    client: SipSettingsClient
    certificate: ClientCertificate | None
    handshake: Handshake
    data: Mapping[str, Any] = field(repr=False)


def certificate_data(certificate: ClientCertificate) -> dict[str, str]:
    """Return how an entry keeps a certificate."""
    return {
        CONF_CERTIFICATE: certificate.certificate_pem + certificate.chain_pem,
        CONF_PRIVATE_KEY: certificate.key_pem,
    }


def stored_certificate(data: Mapping[str, Any]) -> ClientCertificate | None:
    """Read the certificate that an entry keeps, if any; not for an event loop."""
    if CONF_CERTIFICATE not in data:
        return None
    return ClientCertificate.load(
        (data[CONF_CERTIFICATE] + data[CONF_PRIVATE_KEY]).encode()
    )


async def async_connect(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    options: Mapping[str, Any] | None = None,
) -> Connection:
    """Return a client for an entry's data; sends nothing yet.

    Raises an error of the client's tree where the stored certificate or authority
    cannot be used.
    """
    address = SipAddress.parse(data[CONF_ACCOUNT])
    trust = Trust(authority=data.get(CONF_AUTHORITY), pinned=data.get(CONF_PINNED))

    handshake = Handshake()

    def prepare() -> tuple[ClientCertificate | None, Any]:
        certificate = stored_certificate(data)
        return certificate, build_context(
            certificate,
            trust,
            allow_weak=data.get(CONF_ALLOW_WEAK, False),
            handshake=handshake,
            system_context=create_client_context,
        )

    certificate, context = await hass.async_add_executor_job(prepare)
    login = Login(
        address,
        digest=DigestCredentials(address, data[CONF_PASSWORD])
        if certificate is None
        else None,
    )
    second = data.get(CONF_SETTINGS_URL)
    client = account_client(
        async_get_clientsession(hass),
        page_url(data[CONF_URL]),
        login,
        context,
        settings_url=page_url(second) if second else None,
        learned=data.get(CONF_LEARNED),
        zone=await _async_zone(options or {}),
        time_limit=TIME_LIMIT,
    )
    return Connection(client, certificate, handshake, data)


async def _async_zone(options: Mapping[str, Any]) -> tzinfo | None:
    name = options.get(CONF_TIME_ZONE)
    return await dt_util.async_get_time_zone(name) if name else None
