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
from yarl import URL

from .const import (
    CONF_ACCOUNT,
    CONF_ALLOW_WEAK,
    CONF_AUTHORITY,
    CONF_CERTIFICATE,
    CONF_LEARNED,
    CONF_PINNED,
    CONF_PRIVATE_KEY,
    CONF_SECOND_AUTHORITY,
    CONF_SECOND_PINNED,
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
    CONF_SECOND_AUTHORITY,
    CONF_SECOND_PINNED,
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


def trust_in(data: Mapping[str, Any], url: URL) -> Trust:
    """Return how an entry recognizes the server at `url`.

    Trust is in one host: no other is believed for it, also where it is the account's.
    """
    if url.raw_host == page_url(data[CONF_URL]).raw_host:
        return Trust(authority=data.get(CONF_AUTHORITY), pinned=data.get(CONF_PINNED))
    second = data.get(CONF_SETTINGS_URL)
    if second and url.raw_host == page_url(second).raw_host:
        return Trust(
            authority=data.get(CONF_SECOND_AUTHORITY),
            pinned=data.get(CONF_SECOND_PINNED),
        )
    return Trust()


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
    page = page_url(data[CONF_URL])
    second = page_url(data[CONF_SETTINGS_URL]) if CONF_SETTINGS_URL in data else None
    trust = trust_in(data, second or page)

    def prepare() -> tuple[ClientCertificate | None, SSLContext]:
        certificate = stored_certificate(data)
        return certificate, build_context(
            certificate,
            trust,
            allow_weak=data.get(CONF_ALLOW_WEAK, False),
            system_context=create_client_context,
        )

    certificate = None
    if lasting and CONF_CERTIFICATE not in data:
        context = await async_shared_context(hass, trust)
    else:
        certificate, context = await hass.async_add_executor_job(prepare)
    password = data.get(CONF_PASSWORD)
    login = Login(
        address, digest=DigestCredentials(address, password) if password else None
    )
    page_context = None
    page_trust = trust_in(data, page)
    if (certificate and password) or page_trust != trust:
        make = async_shared_context if lasting else _async_context
        page_context = await make(hass, page_trust)
    client = account_client(
        async_get_clientsession(hass),
        page,
        login,
        context,
        settings_url=second,
        by_certificate=certificate is not None,
        page_context=page_context,
        learned=data.get(CONF_LEARNED),
        zone=await _async_zone(options or {}),
        time_limit=TIME_LIMIT,
    )
    return Connection(client, certificate, data)


async def async_shared_context(hass: HomeAssistant, trust: Trust) -> SSLContext:
    """Return the context of all accounts that trust alike and bring no certificate."""
    context = _SHARED.get(trust)
    if context is None:
        made = await _async_context(hass, trust)
        context = _SHARED.setdefault(trust, made)
    return context


async def _async_context(hass: HomeAssistant, trust: Trust) -> SSLContext:
    return await hass.async_add_executor_job(
        partial(build_context, None, trust, system_context=create_client_context)
    )


async def _async_zone(options: Mapping[str, Any]) -> tzinfo | None:
    name = options.get(CONF_TIME_ZONE)
    return await dt_util.async_get_time_zone(name) if name else None
