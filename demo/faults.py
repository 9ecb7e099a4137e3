"""What goes wrong on real servers, ready to be switched on (wire contract §3, §6)."""

import asyncio
from collections.abc import Mapping
import functools

from aiohttp import web

from .dialects import Answer
from .exchange import Exchange, Fault, healthy
from .php import error_text, page, page_header, paragraph_error, warnings
from .said_faults import SAID
from .wire_faults import WIRE

EVERY = "*"

_FAULT = error_text("SipPort", "SOAP Fault", "1234", "The back end is in pieces")
_CHUNK = b" " * 65536


class Faults:
    """Which action of which account goes wrong, and how.

    The most exact match wins; "*" stands for every account or every action.
    """

    def __init__(self) -> None:
        """Begin healthy."""
        self._faults: dict[tuple[str, str], Fault] = {}

    def __bool__(self) -> bool:
        """Whether anything goes wrong."""
        return bool(self._faults)

    def set(self, account: str, action: str, fault: Fault | str) -> None:
        """Make an action go wrong; `fault` is one of your own, or a name in `READY`."""
        ready = READY[fault] if isinstance(fault, str) else fault
        self._faults[account, action] = ready

    def remove(self, account: str, action: str) -> None:
        """Mend what `set` broke."""
        self._faults.pop((account, action), None)

    def clear(self) -> None:
        """Mend everything."""
        self._faults.clear()

    def find(self, exchange: Exchange) -> Fault:
        """Choose what happens to a request."""
        account, action, _method = exchange.received
        for key in (
            (account, action),
            (account, EVERY),
            (EVERY, action),
            (EVERY, EVERY),
        ):
            if fault := self._faults.get(key):
                return fault
        return healthy


def after_login(fault: Fault) -> Fault:
    """Leave requests alone that do not get past the login."""

    @functools.wraps(fault)
    async def wrapped(exchange: Exchange) -> Answer | web.StreamResponse:
        if exchange.account is None:
            return exchange.answer()
        return await fault(exchange)

    return wrapped


@after_login
async def html_error_then_null(exchange: Exchange) -> Answer:
    """Fail in the back end: HTML and `null` (§2.0)."""
    return Answer.json(None, before=exchange.dialect.error_block(_FAULT))


@after_login
async def html_error_then_empty_list(exchange: Exchange) -> Answer:
    """Fail in the back end, where the action answers a list: HTML and `[]` (§2.0)."""
    return Answer.json([], before=exchange.dialect.error_block(_FAULT))


@after_login
async def json_error(_exchange: Exchange) -> Answer:
    """Fail in the back end, as devices and writes say it (§3 item 4)."""
    return Answer.json({"success": False, "error_message": _FAULT})


@after_login
async def back_end_timeout(exchange: Exchange) -> Answer:
    """Fail to reach the back end: an error without code and text (§3 item 5)."""
    error = error_text("SipPort", "Timed out read from 127.0.0.1")
    return Answer.json(None, before=exchange.dialect.error_block(error))


@after_login
async def customer_port_only(exchange: Exchange) -> Answer:
    """Fail to look up the owner only: the data that follow are good (§3 item 3)."""
    error = error_text("CustomerPort", "SOAP Fault", "5000", "Customer not found")
    return _prefixed(exchange, paragraph_error(error))


@after_login
async def php_warnings_first(exchange: Exchange) -> Answer:
    """Print 50 kB of warnings before the data (§3 item 8)."""
    return _prefixed(exchange, warnings(500))


@after_login
async def page_header_first(exchange: Exchange) -> Answer:
    """Begin a page before the data (§1)."""
    return _prefixed(exchange, page_header())


@after_login
async def invalid_action(_exchange: Exchange) -> Answer:
    """Know the action no more (§1.1)."""
    error: Mapping[str, bool | str] = {
        "success": False,
        "error_message": "Error: invalid action",
    }
    return Answer.json(error, before=page_header())


@after_login
async def data_base_error(_exchange: Exchange) -> Answer:
    """Lose the data base (§3 item 7)."""
    return Answer.of(
        "</td></tr></table><b>Database error:</b> Invalid SQL<br>\n"
        "<b>MySQL error</b>: 1064 (You have an error in your SQL syntax)<br>\n"
        "Session halted."
    )


@after_login
async def empty_200(_exchange: Exchange) -> Answer:
    """Print nothing, as for text that is not UTF-8 (§2.0)."""
    return Answer()


@after_login
async def empty_500(_exchange: Exchange) -> Answer:
    """Die silently, as PHP with `display_errors` off (§2.9)."""
    return Answer(status=500)


@after_login
async def truncated_json(exchange: Exchange) -> Answer:
    """Lose the second half of the answer."""
    body = exchange.answer().body
    return Answer(body[: len(body) // 2])


@after_login
async def garbage(_exchange: Exchange) -> Answer:
    """Print what is neither text nor JSON."""
    return Answer(bytes(range(256)) * 4)


async def html_502(_exchange: Exchange) -> Answer:
    """Fail in a proxy in front of the server."""
    text = "<html><head><title>502 Bad Gateway</title></head><body>" * 2
    return Answer(text.encode(), status=502)


async def redirect_302(exchange: Exchange) -> Answer:
    """Send to itself with a cookie, as the page of the web session does (§4.6)."""
    headers = {
        "Location": exchange.request.path,
        "Set-Cookie": "SIPCookie2=0123456789abcdef0123456789abcdef; path=/",
    }
    return Answer(status=302, headers=headers)


async def forbidden_403(_exchange: Exchange) -> Answer:
    """Want a certificate that the client cannot give any more (§4.1)."""
    return Answer(
        b'<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n'
        b"<title>403 Forbidden</title>\n</head><body>\n<h1>Forbidden</h1>\n"
        b"<p>You don't have permission to access this resource."
        b"Reason: Cannot perform Post-Handshake Authentication.<br />\n</p>\n"
        b"</body></html>\n",
        status=403,
    )


async def login_page(_exchange: Exchange) -> Answer:
    """Ask for a login, as the page of the web session does (§4.6)."""
    return Answer.of(
        page(
            "SIP Settings",
            '<form method=post action="">\n'
            '<input type=hidden name="challenge" value="0123456789abcdef">\n'
            '<input type=text name="username"><input type=password name="password">\n'
            '<input type=submit name="login" value="Login now">\n</form>\n',
        )
    )


async def unauthorized_401(exchange: Exchange) -> Answer:
    """Refuse everybody, as when the back end is down (§4.5)."""
    realm = exchange.query.parameters.get("realm", "SIP_settings")
    challenge = (
        f'Digest realm="{realm}",qop="auth",nonce="bm90aGluZw==",'
        'opaque="0123456789abcdef0123456789abcdef"'
    )
    return Answer(status=401, headers={"WWW-Authenticate": challenge})


async def reset(exchange: Exchange) -> Answer:
    """Drop the connection without an answer."""
    if (transport := exchange.request.transport) is not None:
        transport.abort()
    return Answer()


def slow(seconds: float) -> Fault:
    """Make a fault: the right answer after a while."""

    async def fault(exchange: Exchange) -> Answer:
        await asyncio.sleep(seconds)
        return exchange.answer()

    return fault


def huge_body(size: int) -> Fault:
    """Make a fault: a JSON list, after `size` octets of nothing, in chunks."""

    async def fault(exchange: Exchange) -> web.StreamResponse:
        content_type = exchange.dialect.content_type
        response = web.StreamResponse(headers={"Content-Type": content_type})
        await response.prepare(exchange.request)
        for _ in range(0, size, len(_CHUNK)):
            await response.write(_CHUNK)
        await response.write(b"[]")
        await response.write_eof()
        return response

    return fault


def _prefixed(exchange: Exchange, text: str) -> Answer:
    answer = exchange.answer()
    return Answer(text.encode() + answer.body, answer.status, answer.headers)


READY: Mapping[str, Fault] = {
    "html_error_then_null": html_error_then_null,
    "html_error_then_empty_list": html_error_then_empty_list,
    "json_error": json_error,
    "back_end_timeout": back_end_timeout,
    "customer_port_only": customer_port_only,
    "php_warnings_first": php_warnings_first,
    "page_header_first": page_header_first,
    "invalid_action": invalid_action,
    "data_base_error": data_base_error,
    "empty_200": empty_200,
    "empty_500": empty_500,
    "truncated_json": truncated_json,
    "garbage": garbage,
    "html_502": html_502,
    "redirect_302": redirect_302,
    "forbidden_403": forbidden_403,
    "login_page": login_page,
    "unauthorized_401": unauthorized_401,
    "reset": reset,
    "slow": slow(10),
    "huge_body": huge_body(100 * 1024 * 1024),
    **SAID,
    **WIRE,
}
