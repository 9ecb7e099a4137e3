"""One HTTP exchange with the settings page: login, TLS, time and size limits."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
import ssl

import aiohttp
from aiohttp import hdrs
from yarl import URL

from .context import Asked
from .errors import (
    AuthenticationError,
    CertificateError,
    ClosedError,
    Doubt,
    OutcomeUnknownError,
    ReplyError,
    ServerCertificateError,
    ServerConnectionError,
    ServerTimeoutError,
    SipSettingsError,
    TlsError,
    WeakServerCertificateError,
)
from .logins import LogIn
from .resumption import TlsMemory
from .tls import WEAK_SERVER_CERTIFICATE

# A hung back end costs the server 5 s for each of up to 7 calls (wire contract §1).
TIME_LIMIT = 45.0
CONNECT_LIMIT = 15.0
SIZE_LIMIT = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_DATE_LENGTH = 64
_FAILURES = (aiohttp.ClientError, ssl.SSLError, OSError, ValueError)
# How it fails while there is no connection yet.
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)

# Alerts that name the client's certificate (wire contract §4.1).
_CERTIFICATE_ALERTS = (
    "BAD_CERTIFICATE",
    "UNSUPPORTED_CERTIFICATE",
    "CERTIFICATE_REVOKED",
    "CERTIFICATE_EXPIRED",
    "CERTIFICATE_UNKNOWN",
    "CERTIFICATE_REQUIRED",
    "NO_CERTIFICATE",
    "UNKNOWN_CA",
    "ACCESS_DENIED",
)
# An alert that says so in other words: the server verified our signature, or that of
# our certificate, with the wrong key, as where two authorities bear one name.
_DOUBTFUL_ALERTS = ("DECRYPT_ERROR",)
# X509_V_ERR_EE_KEY_TOO_SMALL, CA_KEY_TOO_SMALL, CA_MD_TOO_WEAK
_WEAK_SERVER_CODES = frozenset({66, 67, 68})
_DOUBTS = {
    9: Doubt.OUT_OF_DATE,  # X509_V_ERR_CERT_NOT_YET_VALID
    10: Doubt.OUT_OF_DATE,  # X509_V_ERR_CERT_HAS_EXPIRED
    62: Doubt.OTHER_NAME,  # X509_V_ERR_HOSTNAME_MISMATCH
    64: Doubt.OTHER_NAME,  # X509_V_ERR_IP_ADDRESS_MISMATCH
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: HTTP status, the whole body, and when it was asked for."""

    status: int
    body: bytes = field(repr=False)
    asked: Asked


class Transport:
    """Fetches the settings page, one request at a time or several."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: URL,
        context: ssl.SSLContext,
        log_in: LogIn | None = None,
        *,
        time_limit: float = TIME_LIMIT,
        size_limit: int = SIZE_LIMIT,
        memory: TlsMemory | None = None,
    ) -> None:
        """Use `session` without closing it.

        `time_limit` is in seconds, `size_limit` in octets of an answer; `log_in`
        makes what answers the server's challenges. `memory` is of all the client's
        connections, which are whole handshakes without it.
        """
        self._memory = memory
        self._session = session
        self._url = url
        self._context = context
        self._log_in = log_in
        self._size_limit = size_limit
        self._closed = False
        self.forget_challenge()
        self._timeout = aiohttp.ClientTimeout(
            total=time_limit, sock_connect=min(CONNECT_LIMIT, time_limit)
        )

    def forget_challenge(self) -> None:
        """Let the server give a new challenge before anything answers one."""
        self._middlewares = () if self._log_in is None else (self._log_in(),)

    def close(self) -> None:
        """Send nothing new from now on.

        A write under way may still answer the challenge that it was met with.
        """
        self._closed = True

    async def get(self, parameters: Mapping[str, str]) -> Answer:
        """Send one read; raises an error of errors.py, never one of aiohttp's.

        Where the connection was reset, aiohttp sends a GET once more by itself.
        """
        try:
            return await self._exchange("GET", parameters)
        except _FAILURES as error:
            raise meaning_of(error) from None

    async def post(
        self,
        parameters: Mapping[str, str],
        form: Mapping[str, str],
        *,
        once: bool,
    ) -> Answer:
        """Send one write, `form` in its body; nobody ever sends it once more.

        Only a challenge is answered, and with `once` none after an answer that was
        refused, unless it was merely too old. Raises OutcomeUnknownError where it may
        have arrived without an answer.
        """
        try:
            return await self._exchange("POST", parameters, form, once=once)
        except (*_FAILURES, ReplyError) as error:
            meaning = meaning_of(error)
            if isinstance(error, _NOT_SENT) or isinstance(meaning, CertificateError):
                raise meaning from None
            msg = f"No answer tells whether it was done: {meaning}"
            raise OutcomeUnknownError(msg) from None

    async def _exchange(
        self,
        method: str,
        parameters: Mapping[str, str],
        form: Mapping[str, str] | None = None,
        *,
        once: bool = False,
    ) -> Answer:
        if self._closed:
            raise ClosedError
        sent = datetime.now(UTC)
        last: tuple[aiohttp.ClientMiddlewareType, ...] = ()
        if once:
            last = (_at_most_once(),)
        elif method != "POST":
            last = (self._unless_closed,)
        with self._memory.at_work() if self._memory else nullcontext():
            async with self._session.request(
                method,
                self._url,
                params=parameters,
                data=form,
                ssl=self._context,
                allow_redirects=False,
                timeout=self._timeout,
                middlewares=(*self._middlewares, *last),
            ) as response:
                date = _date(response.headers.get("Date", ""))
                body = await self._read_body(response)
                asked = Asked(sent, datetime.now(UTC), date)
                return Answer(response.status, body, asked)

    async def _read_body(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > self._size_limit:
                response.close()
                msg = f"The server's answer is larger than {self._size_limit} octets"
                raise ReplyError(msg)
        return bytes(body)

    async def _unless_closed(
        self, request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Repeat no read once closed, for a challenge or a lost connection."""
        if self._closed:
            raise ClosedError
        return await send(request)


def _at_most_once() -> aiohttp.ClientMiddlewareType:
    """Make what lets a request through with a login once, and once more where stale.

    aiohttp answers a challenge that comes after its answer to an older one.
    """
    refused = False

    async def send_once(
        request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        nonlocal refused
        if refused:
            msg = "The server refuses the SIP address or the password"
            raise AuthenticationError(msg, certain=False)
        response = await send(request)
        if response.status == HTTPStatus.UNAUTHORIZED:
            challenge = response.headers.get(hdrs.WWW_AUTHENTICATE, "").lower()
            refused = (
                hdrs.AUTHORIZATION in request.headers and "stale=true" not in challenge
            )
        return response

    return send_once


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text[:_DATE_LENGTH])
    except ValueError, OverflowError:
        return None
    return date if date.tzinfo else None


def meaning_of(error: BaseException) -> SipSettingsError:
    """Return what a failed exchange means, without addresses or contents in it."""
    if isinstance(error, SipSettingsError):
        return error
    causes = list(_causes(error))
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return ServerTimeoutError("The server does not answer in time")
    for cause in causes:
        # aiohttp's own errors are SSL errors too, but the cause tells more.
        if isinstance(cause, ssl.SSLError) and not isinstance(
            cause, aiohttp.ClientError
        ):
            return _meaning_of_tls(cause)
    if isinstance(error, (aiohttp.ClientConnectionError, OSError)):
        return ServerConnectionError(
            "The server cannot be reached, or ended the connection"
        )
    if isinstance(error, aiohttp.ClientPayloadError):
        return ServerConnectionError("The server ended the connection in mid-answer")
    return ReplyError("The server does not speak HTTP as it should")


def _meaning_of_tls(error: ssl.SSLError) -> SipSettingsError:
    if isinstance(error, ssl.SSLCertVerificationError):
        code = getattr(error, "verify_code", 0)
        if code in _WEAK_SERVER_CODES or WEAK_SERVER_CERTIFICATE in str(error):
            return WeakServerCertificateError(
                "The server's own certificate is too weak"
            )
        reason = getattr(error, "verify_message", "") or "it is another one"
        return ServerCertificateError(
            f"The server's certificate does not verify: {reason}",
            _DOUBTS.get(code, Doubt.UNKNOWN),
        )
    reason = getattr(error, "reason", None) or str(error)
    reason = reason.upper().replace(" ", "_")
    certain = any(name in reason for name in _CERTIFICATE_ALERTS)
    if "ALERT" in reason and (certain or any(n in reason for n in _DOUBTFUL_ALERTS)):
        return CertificateError(
            f"The server refuses the client certificate ({reason})", certain=certain
        )
    return TlsError(f"No secure connection with the server ({reason[:80]})")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and everything that it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        inner = getattr(error, "os_error", None) or getattr(
            error, "certificate_error", None
        )
        error = inner or error.__cause__ or error.__context__
