"""One exchange with a server of address books: login, TLS, limits, redirects.

The password goes to the origins that a person has confirmed and to no other, whether a
redirect leads there or an address inside an answer does: there is one door, here.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
import ssl
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import hdrs
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_create_clientsession
from yarl import URL

from ..login import async_shared_context
from ..sip_settings import ServerCertificateError, TlsError, Trust, meaning_of
from .problems import BookError, Problem
from .source import Source, origin_of, safe_url

SIZE_LIMIT = 64 * 1024 * 1024  # octets of one answer, unpacked
_TOTAL_LIMIT = 256 * 1024 * 1024  # of all answers of one reading
_TIMEOUT = aiohttp.ClientTimeout(total=120, sock_connect=15, sock_read=45)
_CHUNK = 64 * 1024
_REDIRECTS = 5
_REDIRECTING = frozenset({301, 302, 303, 307, 308})
_REFUSED = frozenset({401, 403, 407})
_GONE = frozenset({404, 405, 410, 501})
_FAILURES = (aiohttp.ClientError, ssl.SSLError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and from where in the end."""

    url: URL
    status: int
    etag: str
    body: bytes = field(repr=False)


class Web:
    """Asks the servers of one address book; one reading long."""

    def __init__(self, hass: HomeAssistant, source: Source) -> None:
        """Ask with the login of a source, whom it trusts, where it may."""
        self._hass = hass
        self._source = source
        # Cookies of one person's login must not open another's book.
        self._session = async_create_clientsession(
            hass, auto_cleanup=False, cookie_jar=aiohttp.DummyCookieJar()
        )
        self._left = _TOTAL_LIMIT

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """End; the connections belong to Home Assistant."""
        self._session.detach()

    @property
    def is_spent(self) -> bool:
        """Whether as much was read as is read at most."""
        return self._left <= 0

    async def ask(
        self,
        method: str,
        url: URL,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        limit: int = SIZE_LIMIT,
    ) -> Answer:
        """Return the answer, which is at most `limit` octets; raises BookError.

        Redirects are followed within the confirmed origins.
        """
        for _ in range(_REDIRECTS + 1):
            if origin_of(url) not in self._source.origins:
                raise BookError(Problem.OTHER_HOST, origin_of(url))
            try:
                found = await self._exchange(method, url, body, headers or {}, limit)
            except _FAILURES as error:
                raise BookError(_problem_of(error), origin_of(url)) from None
            if isinstance(found, Answer):
                _ensure_success(found.status)
                return found
            url = found
        raise BookError(Problem.UNREADABLE)

    async def _exchange(
        self,
        method: str,
        url: URL,
        body: bytes | None,
        headers: Mapping[str, str],
        limit: int,
    ) -> Answer | URL:
        """Return what is answered, or where it leads to."""
        trust = self._source.trusts.get(url.raw_host or "", Trust())
        async with self._session.request(
            method,
            url,
            data=body,
            headers={**self._login(), **headers},
            ssl=await async_shared_context(self._hass, trust),
            allow_redirects=False,
            timeout=_TIMEOUT,
        ) as response:
            if response.status in _REDIRECTING:
                return safe_url(url, response.headers.get(hdrs.LOCATION, ""))
            is_told = response.status < HTTPStatus.BAD_REQUEST
            body = await self._read(response, limit) if is_told else b""
            etag = response.headers.get(hdrs.ETAG, "")
            return Answer(url, response.status, etag, body)

    async def _read(self, response: aiohttp.ClientResponse, limit: int) -> bytes:
        """Read an answer, and leave the rest of one that is too large unread."""
        limit = min(limit, self._left)
        is_small = (response.content_length or 0) <= limit
        body = BytesIO()
        if is_small:
            async for chunk in response.content.iter_chunked(_CHUNK):
                self._left -= len(chunk)
                body.write(chunk)
                if body.tell() > limit:
                    is_small = False
                    break
        if not is_small:
            response.close()
            raise BookError(Problem.TOO_LARGE)
        # Of what was written nothing is copied here, however much it is.
        return body.getvalue()

    def _login(self) -> dict[str, str]:
        source = self._source
        if not source.username and not source.password:
            return {}
        told = f"{source.username}:{source.password}".encode()
        return {hdrs.AUTHORIZATION: f"Basic {b64encode(told).decode()}"}


def _ensure_success(status: int) -> None:
    if status in _REFUSED:
        raise BookError(Problem.REFUSED)
    if status in _GONE:
        raise BookError(Problem.NOT_FOUND)
    if status >= HTTPStatus.BAD_REQUEST:
        raise BookError(Problem.FAILED)


def _problem_of(error: BaseException) -> Problem:
    meaning = meaning_of(error)
    if isinstance(meaning, (ServerCertificateError, TlsError)):
        return Problem.UNTRUSTED
    return Problem.UNREACHABLE
