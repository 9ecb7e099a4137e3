"""What a server shows that nobody trusts yet: its certificate, and if it is a page."""

import asyncio
from functools import partial
import ssl

import aiohttp
from yarl import URL

from .aside import read_aside
from .credentials import ClientCertificate
from .errors import ReplyError, SipSettingsError, TlsError
from .reply import read_reply
from .tls import ServerCertificate, unverified_context
from .transport import CONNECT_LIMIT, Transport, meaning_of


async def is_settings_page(session: aiohttp.ClientSession, url: URL) -> bool:
    """Return whether a server may have a settings page at `url`, before it is trusted.

    One request without login, account, realm or client certificate, whose answer is
    used for nothing else. Where TLS allows none, or no answer comes, it may be one.
    """
    context = await asyncio.to_thread(unverified_context, None)
    transport = Transport(session, url, context, time_limit=CONNECT_LIMIT)
    try:
        answer = await transport.get({"export": "1", "action": "account"})
        read = partial(read_reply, answer.status, answer.body)
        await read_aside(answer.body, read)
    except ReplyError:
        return False
    except SipSettingsError:
        return True
    return True


async def fetch_server_certificate(
    url: URL, certificate: ClientCertificate | None
) -> ServerCertificate:
    """Return the certificate that a server shows, unverified.

    The client certificate comes along since some servers end the handshake
    without it. Raises TlsError, ServerConnectionError or ServerTimeoutError, and
    ReplyError for a host that cannot be looked up.
    """
    context = await asyncio.to_thread(unverified_context, certificate)
    try:
        async with asyncio.timeout(CONNECT_LIMIT):
            _, writer = await asyncio.open_connection(
                url.raw_host, url.port, ssl=context, server_hostname=url.raw_host
            )
    except (ssl.SSLError, OSError, ValueError) as error:
        raise meaning_of(error) from None
    try:
        connection: ssl.SSLObject = writer.get_extra_info("ssl_object")
        der = connection.getpeercert(binary_form=True)
    finally:
        writer.transport.abort()
    if not der:
        msg = "The server shows no certificate"
        raise TlsError(msg)
    return await asyncio.to_thread(ServerCertificate.load, der)
