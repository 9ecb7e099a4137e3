"""From the bytes of an answer to its JSON value, or to the error that was meant.

The status and the content type of this server tell next to nothing, and text may
stand before the JSON (wire contract §0, §3). An error is never taken for "none".
"""

from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
import json
import re
from typing import NoReturn, cast

from .errors import (
    AuthenticationError,
    BackendError,
    CertificateError,
    OutcomeUnknownError,
    ReplyError,
    TlsError,
    UnsupportedActionError,
)
from .text import clean_message

type JsonValue = (
    bool | int | Decimal | str | list[JsonValue] | dict[str, JsonValue] | None
)

_MISSING = object()
_NOTHING: tuple[object, ...] = (None, "", [], {})
_INVALID_ACTION = "Error: invalid action"
_NOT_CONNECTED = "Connect Error"
# Not-found codes of the back end (wire contract §3 item 6).
_NOT_FOUND = frozenset({"1010", "2000"})
# A page header or PHP's warnings may fill some 50 kB before the JSON; a hostile
# answer must not make us parse it over and over.
_WORK_LIMIT = 8 * 1024 * 1024

_PORT_ERROR = re.compile(r"Error \((\w{1,40}Port)\):")
_ERROR_FROM = re.compile(r"Error from [^<]{0,500}?\((\w{1,40}Port)\):([^<]*)")
_CODE = re.compile(r"\((\w{0,20})\):")
_CANDIDATE = re.compile(r'[\[{]|null|""')
_TAG = re.compile(r"<[^>]*>")
_FORWARDING_CHANGED = re.compile(r"(?:\s*Key \w+ changed [^{]*)+")
_PHP_WARNINGS = re.compile(
    r"(?:<b>)?(?:Warning|Notice|Deprecated|Strict Standards)(?:</b>)?:"
    r"[^\n]{0,2000}? on line (?:<b>)?\d+"
)
_BACKEND_TEXTS = (
    "Session halted.",
    "MySQL error",
    "Fatal error",
    "Error: missing sip_engine",
    "Error: no domainFilter",
    "Error: Missing nonce",
    "Error: missing enrollment settings",
)
_CERTIFICATE_TEXTS = (
    "X.509 Credentials error",
    "No X.509 client certificate",
    "No X.509 Client Certificate",
    "Failed to Parse Client Certificate",
    "Failed to parse X.509 client certificate",
)
_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})
_LOGIN_TEXTS = ('name="challenge"', "Login now", "You have canceled login")
_ACCOUNT_TEXTS = ("Error, please specify an account", "Invalid account provided")
_CREDENTIAL_TEXTS = ("Invalid credentials from", "Wrong Credentials!")


def read_reply(status: int, body: bytes) -> JsonValue:
    """Return the JSON value of an answer; money and other fractions are Decimal.

    Raises the error that the server meant: AuthenticationError, CertificateError,
    TlsError, BackendError, UnsupportedActionError, or ReplyError where the answer
    is none of a SIP settings page.
    """
    text = body.decode("utf-8", "replace").lstrip("\ufeff").strip()
    if status != HTTPStatus.OK:
        _raise_for_status(status, text)
    if not text:
        msg = "The server's answer is empty"
        raise BackendError(msg)
    try:
        value: JsonValue = _DECODER.decode(text)
    except RecursionError, ValueError:
        return _read_mixed(text)
    _raise_for_error_object(value)
    _raise_for_octets(text)
    return value


def read_confirmation(status: int, body: bytes) -> None:
    """Return where the server says that a write was done.

    Its `success` decides, whatever stands before it: the server prints what it has
    changed, and an error where only its own look before the write has failed (wire
    contract §5). Raises BackendError where it says no, OutcomeUnknownError where it
    says neither, and the other errors as `read_reply`.
    """
    text = body.decode("utf-8", "replace").strip()
    try:
        if status != HTTPStatus.OK:
            _raise_for_status(status, text)
        try:
            value: object = _DECODER.decode(text)
        except RecursionError, ValueError:
            _, value = _split(text)
        if not isinstance(value, dict) or "success" not in value:
            _raise_for_text(text)
            msg = "The server's answer does not say whether it was done"
            raise OutcomeUnknownError(msg)
    except BackendError as error:
        msg = f"No answer tells whether it was done: {error}"
        raise OutcomeUnknownError(msg) from None
    try:
        _raise_for_error_object({"error_message": ""} | value)
    except BackendError as error:
        if not error.port or error.code or _NOT_CONNECTED in error.words:
            raise
        # The transport behind the server has failed, maybe after it was done (§3.5).
        msg = f"No answer tells whether it was done: {error}"
        raise OutcomeUnknownError(msg) from None


def _raise_for_status(status: int, text: str) -> NoReturn:
    if status == HTTPStatus.UNAUTHORIZED:
        msg = "The server refuses the SIP address or the password"
        raise AuthenticationError(msg, certain=False)
    if status == HTTPStatus.FORBIDDEN:
        if "Post-Handshake" in text:
            msg = "The server cannot ask for the client certificate"
            raise TlsError(msg)
        msg = "The server forbids access to the settings page"
        raise AuthenticationError(msg, certain=False)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _BUSY:
        msg = f"The server failed (HTTP {status})"
        raise BackendError(msg, status=status)
    if status < HTTPStatus.BAD_REQUEST:
        msg = f"The server wants to go elsewhere (HTTP {status})"
    else:
        msg = f"There is no settings page at this address (HTTP {status})"
    raise ReplyError(msg)


def _read_mixed(text: str) -> JsonValue:
    """Read an answer that is not JSON as a whole."""
    if text[0] in '[{"':
        msg = "The server's answer is cut off"
        raise ReplyError(msg)
    prefix, value = _split(text)
    _raise_for_text(prefix)
    error = _port_errors(prefix)
    if error and (value in (_MISSING, *_NOTHING) or error.ports != {"CustomerPort"}):
        raise error.first
    if value is _MISSING:
        msg = "The answer is none of a SIP settings page"
        raise ReplyError(msg)
    _raise_for_error_object(value)
    if not error:
        _raise_for_doubt(prefix, value)
    _raise_for_octets(text[len(prefix) :])
    return cast("JsonValue", value)


def _split(text: str) -> tuple[str, object]:
    """Return what precedes the last JSON value, and the value, or _MISSING."""
    work = 0
    for match in _CANDIDATE.finditer(text):
        start = match.start()
        try:
            value, end = _DECODER.raw_decode(text, start)
        except json.JSONDecodeError as error:
            end = error.pos
            if end == len(text) or error.msg.startswith("Unterminated string"):
                break  # this value runs to the end, but is cut off
        except RecursionError, ValueError:
            break
        else:
            if end == len(text):
                prefix = text[:start].rstrip()
                # Only the tail of a value that was cut off stands behind these.
                cut = prefix.endswith((",", "{", "[", '"', '":'))
                return (text, _MISSING) if cut else (prefix, value)
        work += end - start
        if work > _WORK_LIMIT:
            break
    return text, _MISSING


def _raise_for_text(text: str) -> None:
    """Raise for the texts that mean an error wherever they stand."""
    if any(mark in text for mark in _ACCOUNT_TEXTS):
        msg = "The certificate is an owner's, and this account is none for it"
        raise CertificateError(msg, certain=True)
    if any(mark in text for mark in _CERTIFICATE_TEXTS):
        raise _certificate_error(text)
    if any(mark in text for mark in _CREDENTIAL_TEXTS):
        msg = "The server refuses the credentials"
        raise AuthenticationError(msg, certain=False)
    if any(mark in text for mark in _LOGIN_TEXTS):
        msg = "This is a login page for people, not the settings page for programs"
        raise ReplyError(msg)
    if any(mark in text for mark in _BACKEND_TEXTS):
        msg = "The server reports a failure of its own"
        raise BackendError(msg)
    if text.endswith(_INVALID_ACTION):
        msg = "The server does not know this action"
        raise UnsupportedActionError(msg)


def _raise_for_doubt(prefix: str, value: object) -> None:
    """Raise where text of no known form precedes a value that may mean nothing."""
    if _FORWARDING_CHANGED.fullmatch(prefix):
        return
    rest = _PHP_WARNINGS.sub(" ", prefix)
    if "Error" in rest:
        msg = "The server reports an error before its answer"
        raise BackendError(msg)
    if _says_nothing(value) and _TAG.sub(" ", rest).strip() and not _is_page(rest):
        msg = "The server says something else before it says nothing"
        raise ReplyError(msg)


def _raise_for_octets(json_text: str) -> None:
    """Raise where octets stood in the JSON that are no UTF-8, so no text either.

    The server's own encoder escapes all but ASCII (wire contract §0 item 8).
    """
    if "\ufffd" in json_text:
        msg = "The server's answer is no UTF-8 text"
        raise ReplyError(msg)


def _says_nothing(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_says_nothing, value.values()))
    return value in _NOTHING


def _is_page(prefix: str) -> bool:
    start = prefix.lstrip()[:200].lower()
    return start.startswith(("<html", "<!doctype"))


def _certificate_error(text: str) -> CertificateError | BackendError:
    """Tell a refused certificate from a back end that could not look it up.

    Both end in the same words (wire contract §4.2); only an error without a code
    is a failure of the transport behind the server (§3 item 5).
    """
    found = _ERROR_FROM.search(text)
    if not found:
        msg = "The server refuses the client certificate"
        return CertificateError(msg, certain=True)
    code = _CODE.search(found.group(2))
    if not code or not code.group(1):
        return _backend_error(found.group(1), found.group(2))
    msg = "The server does not know the account that the certificate names"
    return CertificateError(msg, certain=code.group(1) in _NOT_FOUND)


@dataclass(frozen=True, slots=True)
class _PortErrors:
    """Who failed behind the server, and the failure that matters most."""

    ports: set[str]
    first: BackendError


def _port_errors(text: str) -> _PortErrors | None:
    """Find `Error (XPort): message (code): text`, any number of times."""
    found = [
        (match.group(1), text[match.end() : match.end() + 1000])
        for match in _PORT_ERROR.finditer(text)
    ]
    if not found:
        if "Error from " not in text:
            return None
        msg = "The server reports a failure of its own"
        return _PortErrors({""}, BackendError(msg))
    worst = next((item for item in found if item[0] != "CustomerPort"), found[0])
    return _PortErrors({port for port, _ in found}, _backend_error(*worst))


def _backend_error(port: str, tail: str) -> BackendError:
    """Build the error from what follows the port; the server's words are cleaned."""
    code = _CODE.search(tail)
    message = clean_message(_TAG.sub(" ", tail.split("</", 1)[0]))
    return BackendError(
        f"The server reports ({port}): {message}",
        port=port,
        code=code.group(1) if code else "",
        words=message,
    )


def _raise_for_error_object(value: object) -> None:
    """Raise for `{"success":false,"error_message":"…"}` (wire contract §3 item 4)."""
    if not isinstance(value, dict) or "error_message" not in value:
        return
    if value.get("success") not in (False, None, "", "0", "false"):
        return
    message = str(value["error_message"] or "")
    if message.strip() == _INVALID_ACTION:
        msg = "The server does not know this action"
        raise UnsupportedActionError(msg)
    error = _port_errors(message)
    if error:
        raise error.first
    words = clean_message(_TAG.sub(" ", message))
    msg = f"The server reports: {words or 'no reason'}"
    raise BackendError(msg, words=words)


def _refuse_constant(name: str) -> NoReturn:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse_constant)
