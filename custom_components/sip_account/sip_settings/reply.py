"""From the bytes of an answer to its JSON value, or to the error that was meant.

The status and the content type of this server tell next to nothing, and text may
stand before the JSON (wire contract §0, §3). An error is never taken for "none".
"""

from http import HTTPStatus
from typing import NoReturn

from .errors import (
    AuthenticationError,
    BackendError,
    ElsewhereError,
    OutcomeUnknownError,
    ReplyError,
    SipSettingsError,
    TlsError,
    UnconfirmedError,
)
from .json_text import (
    MISSING,
    JsonValue,
    last_value,
    text_of,
    whole_value,
)
from .server_words import (
    error_of,
    in_reach,
    port_errors,
    raise_for_doubt,
    raise_for_words,
    says,
)

_NOTHING: tuple[JsonValue, ...] = (None, "", [], {})
_NOT_CONNECTED = "Connect Error"
_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


def read_reply(status: int, body: bytes) -> JsonValue:
    """Return the JSON value of an answer; fractions are the doubles that PHP meant.

    Raises the error that the server meant: AuthenticationError, CertificateError,
    TlsError, BackendError, UnsupportedActionError, or ReplyError where the answer
    is none of a SIP settings page. Takes time in proportion to the answer's length.
    """
    text = text_of(body)
    if status != HTTPStatus.OK:
        _raise_for_status(status, text)
    if not text:
        msg = "The server's answer is empty"
        raise BackendError(msg)
    value = whole_value(text)
    if value is MISSING:
        return _read_mixed(text)
    _raise_for_error_object(value)
    _raise_for_octets(text)
    return value


def read_confirmation(status: int, body: bytes, *, secret: bool = False) -> None:
    """Return where the server says that a write was done.

    Its `success` decides, but for one that follows an error: then what it looked up
    before has failed, and it may have written to no account at all (wire contract §5).
    Raises UnconfirmedError there, BackendError where the server says no,
    OutcomeUnknownError where it says neither, and the other errors as `read_reply`.
    Nothing that the server says of a `secret` write is in the error.
    """
    try:
        _read_confirmation(status, body)
    except (BackendError, OutcomeUnknownError) as error:
        if not secret:
            raise
        told = _without_words(error)
    else:
        return
    raise told


def _without_words(error: SipSettingsError) -> SipSettingsError:
    if isinstance(error, BackendError):
        return BackendError("The server does not take it", status=error.status)
    return type(error)("No answer tells whether it was done")


def _read_confirmation(status: int, body: bytes) -> None:
    text = text_of(body)
    before = ""
    try:
        if status != HTTPStatus.OK:
            _raise_for_status(status, text)
        value = whole_value(text)
        if value is MISSING:
            before, value = last_value(text)
        if not isinstance(value, dict) or "success" not in value:
            raise_for_words(in_reach(text))
            msg = "The server's answer does not say whether it was done"
            raise OutcomeUnknownError(msg)
    except BackendError as error:
        msg = f"No answer tells whether it was done: {error}"
        raise OutcomeUnknownError(msg) from None
    try:
        _raise_for_error_object({"error_message": "", **value})
    except BackendError as error:
        if not error.port or error.code or says(error.words, _NOT_CONNECTED):
            raise
        # The transport behind the server has failed, maybe after it was done (§3.5).
        msg = f"No answer tells whether it was done: {error}"
        raise OutcomeUnknownError(msg) from None
    _raise_for_doubtful_success(in_reach(before))


def _raise_for_doubtful_success(words: str) -> None:
    """Raise where words before a success tell of a failure, but for the owner's."""
    error = port_errors(words)
    failure: SipSettingsError | None = None
    if error and not error.of_owner_only:
        failure = error.first
    else:
        try:
            raise_for_words(words)
            if not error:
                raise_for_doubt(words, says_nothing=False)
        except SipSettingsError as said:
            failure = said
    if failure:
        msg = f"The server says that it was done, after an error: {failure}"
        raise UnconfirmedError(msg)


def _raise_for_status(status: int, text: str) -> NoReturn:
    if status == HTTPStatus.UNAUTHORIZED:
        msg = "The server refuses the SIP address or the password"
        raise AuthenticationError(msg, certain=False)
    if status == HTTPStatus.FORBIDDEN:
        if says(in_reach(text), "Post-Handshake"):
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
    raise ElsewhereError(msg)


def _read_mixed(text: str) -> JsonValue:
    """Read an answer that is not JSON as a whole."""
    if text[0] in '[{"':
        msg = "The server's answer is cut off, or holds more than any account has"
        raise ReplyError(msg)
    before, value = last_value(text)
    words = in_reach(before)
    raise_for_words(words)
    error = port_errors(words)
    if error and (value is MISSING or value in _NOTHING or not error.of_owner_only):
        raise error.first
    if value is MISSING:
        msg = "The answer is none of a SIP settings page"
        raise ElsewhereError(msg)
    _raise_for_error_object(value)
    if not error:
        raise_for_doubt(words, says_nothing=_says_nothing(value))
    _raise_for_octets(text[len(before) :])
    return value


def _raise_for_octets(json_text: str) -> None:
    """Raise where octets stood in the JSON that are no UTF-8, so no text either.

    The server's own encoder escapes all but ASCII (wire contract §0 item 8).
    """
    if "\ufffd" in json_text:
        msg = "The server's answer is no UTF-8 text"
        raise ReplyError(msg)


def _says_nothing(value: JsonValue) -> bool:
    """Whether there is nothing in a value, however deep; it may be very deep."""
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, dict):
            left += item.values()
        elif item not in _NOTHING:
            return False
    return True


def _raise_for_error_object(value: JsonValue) -> None:
    """Raise for `{"success":false,"error_message":"…"}` (wire contract §3 item 4)."""
    if not isinstance(value, dict) or "error_message" not in value:
        return
    success = value.get("success")
    said = success.lower() if isinstance(success, str) else success
    if said not in (False, None, "", "0", "false"):
        return
    message = value["error_message"]
    raise error_of(message if isinstance(message, str) else "")
