"""What a server shows that nobody trusts yet: its certificate, and if it is a page."""

import asyncio
from functools import partial
import ssl
from typing import override

import aiohttp
from yarl import URL

from .aside import read_aside
from .errors import ReplyError, SipSettingsError, TlsError
from .reply import read_reply
from .tls import ServerCertificate, unverified_context
from .transport import CONNECT_LIMIT, Transport, meaning_of


async def is_settings_page(session: aiohttp.ClientSession, url: URL) -> bool:
    """Return whether a server may have a settings page at `url`, before it is trusted.

    One request without login, account, realm or client certificate, whose answer is
    used for nothing else. Where TLS allows none, or no answer comes, it may be one.
    """
    context = await asyncio.to_thread(unverified_context)
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


async def fetch_server_certificate(url: URL) -> ServerCertificate:
    """Return the certificate that a server shows to anybody, unverified.

    Some servers end the handshake where no client certificate comes, but not before
    they have shown theirs. Raises TlsError, ServerConnectionError or
    ServerTimeoutError, and ReplyError for a host that cannot be looked up.
    """
    context = await asyncio.to_thread(unverified_context)
    shown = _noting_what_is_shown(context)
    try:
        async with asyncio.timeout(CONNECT_LIMIT):
            _, writer = await asyncio.open_connection(
                url.raw_host, url.port, ssl=context, server_hostname=url.raw_host
            )
    except (ssl.SSLError, OSError, ValueError) as error:
        if not shown:
            raise meaning_of(error) from None
    else:
        writer.transport.abort()
    if not shown:
        msg = "The server shows no certificate"
        raise TlsError(msg)
    return await asyncio.to_thread(ServerCertificate.load, shown[0])


def _noting_what_is_shown(context: ssl.SSLContext) -> list[bytes]:
    """Return what will hold the server's certificate (DER) once it was shown."""
    shown: list[bytes] = []

    class NotingSSLObject(ssl.SSLObject):
        """Notes the certificate, also of a handshake that then fails."""

        @override
        def do_handshake(self) -> None:
            try:
                super().do_handshake()
            finally:
                shown[:] = self.get_unverified_chain()[:1] or shown

    context.sslobject_class = NotingSSLObject
    return shown
