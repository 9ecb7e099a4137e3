"""From what a config entry keeps to a client that is logged in with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import partial
from ssl import SSLContext
from typing import Any
from weakref import WeakValueDictionary

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

# The contexts of accounts that come without a certificate, while they are in use: each
# that trusts the system's authorities takes most of a megabyte.
_SHARED: WeakValueDictionary[Trust, SSLContext] = WeakValueDictionary()


@dataclass(frozen=True, slots=True)
class Connection:
    """A client, and the certificate that it uses, if any.

    `data` is what an entry held when the client was made from it.
    """

    client: SipSettingsClient
    certificate: ClientCertificate | None
    data: Mapping[str, Any] = field(repr=False)


def opened_with(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an entry holds of its server and login."""
    return {key: data[key] for key in LOGIN if key in data}


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
    *,
    lasting: bool = False,
) -> Connection:
    """Return a client for an entry's data; sends nothing yet.

    A `lasting` one shares what it can with others; one that is to find out whether a
    server can be trusted begins with nothing.

    Raises an error of the client's tree where the stored certificate or authority
    cannot be used.
    """
    address = SipAddress.parse(data[CONF_ACCOUNT])
    trust = Trust(authority=data.get(CONF_AUTHORITY), pinned=data.get(CONF_PINNED))

    def prepare() -> tuple[ClientCertificate | None, SSLContext]:
        certificate = stored_certificate(data)
        return certificate, build_context(
            certificate,
            trust,
            allow_weak=data.get(CONF_ALLOW_WEAK, False),
            system_context=create_client_context,
        )

    shares = lasting and CONF_CERTIFICATE not in data
    certificate = None
    context = _SHARED.get(trust) if shares else None
    if context is None:
        certificate, made = await hass.async_add_executor_job(prepare)
        context = _SHARED.setdefault(trust, made) if shares else made
    password = data.get(CONF_PASSWORD)
    login = Login(
        address, digest=DigestCredentials(address, password) if password else None
    )
    second = data.get(CONF_SETTINGS_URL)
    page_context = None
    if certificate and password:
        page_context = await hass.async_add_executor_job(
            partial(build_context, None, trust, system_context=create_client_context)
        )
    client = account_client(
        async_get_clientsession(hass),
        page_url(data[CONF_URL]),
        login,
        context,
        settings_url=page_url(second) if second else None,
        by_certificate=certificate is not None,
        page_context=page_context,
        learned=data.get(CONF_LEARNED),
        zone=await _async_zone(options or {}),
        time_limit=TIME_LIMIT,
    )
    return Connection(client, certificate, data)


async def _async_zone(options: Mapping[str, Any]) -> tzinfo | None:
    name = options.get(CONF_TIME_ZONE)
    return await dt_util.async_get_time_zone(name) if name else None
