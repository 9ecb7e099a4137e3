"""What the server says in words, before its JSON or instead of it (wire contract §3).

No more is looked at than the server really prints there, and that once from one end
to the other. Its words came in other letters with every revision, so none is compared
but by `says` and by patterns without regard to case.
"""

from collections import deque
from dataclasses import dataclass
import re

from .errors import (
    AuthenticationError,
    BackendError,
    CertificateError,
    ElsewhereError,
    ReplyError,
    UnsupportedActionError,
)
from .json_text import BEFORE_LIMIT
from .text import clean_message

_INVALID_ACTION = "Error: invalid action"
# Not-found codes of the back end (wire contract §3 item 6).
_NOT_FOUND = frozenset({"1010", "2000"})

_PORT_ERROR = re.compile(r"Error \((\w{1,40}Port)\):", re.IGNORECASE)
_ERROR_FROM = re.compile(r"Error from ", re.IGNORECASE)
_PORT = re.compile(r"\((\w{1,40}Port)\):", re.IGNORECASE)
_CODE = re.compile(r"\((\w{0,20})\):")
_FORWARDING_CHANGED = re.compile(r"Key \w+ changed [^{]*", re.IGNORECASE)
# An error of any form; not the name of a class, or a handler, in the header of a page.
_ERROR = re.compile(
    r"(?<![.#-])(?:Error|ERROR|(?i:(?<!\w)error(?=[:!]| \())|(?i:soap[ -]?fault))"
)
# The only failure after which the data are good (wire contract §3 item 3).
_OWNER = "customerport"
_WARNING = re.compile(
    r"(?P<begin>(?:<b>)?(?:Warning|Notice|Deprecated|Strict Standards)(?:</b>)?:)"
    r"|(?P<end> on line (?:<b>)?\d+)|\n",
    re.IGNORECASE,
)
# Characters of a warning between its kind and its line.
_WARNING_LIMIT = 2000
# Characters of an error that are looked at for its code and its words.
_ERROR_LIMIT = 1000
# Characters of a message, which may be a whole page of what stands behind the server.
_MESSAGE_LIMIT = 8 * 1024

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
    "Failed to Parse Client Certificate",
    "Failed to parse X.509 client certificate",
    "No SIP address available",
)
_LOGIN_TEXTS = ('name="challenge"', "Login now", "You have canceled login")
_ACCOUNT_TEXTS = ("Error, please specify an account", "Invalid account provided")
_CREDENTIAL_TEXTS = ("Invalid credentials from", "Wrong Credentials!")


def in_reach(words: str, limit: int = BEFORE_LIMIT) -> str:
    """Return the words, or both ends of them where they are more than any server's."""
    if len(words) <= limit:
        return words
    half = limit // 2
    return f"{words[:half]}\n{words[-half:]}"


def raise_for_words(words: str) -> None:
    """Raise for the texts that mean an error wherever they stand."""
    if says(words, *_ACCOUNT_TEXTS):
        msg = "The certificate is an owner's, and this account is none for it"
        raise CertificateError(msg, certain=True)
    if says(words, *_CERTIFICATE_TEXTS):
        raise _certificate_error(words)
    if says(words, *_CREDENTIAL_TEXTS):
        msg = "The server refuses the credentials"
        raise AuthenticationError(msg, certain=False)
    if says(words, *_LOGIN_TEXTS):
        msg = "This is a login page for people, not the settings page for programs"
        raise ElsewhereError(msg)
    if says(words, *_BACKEND_TEXTS):
        msg = "The server reports a failure of its own"
        raise BackendError(msg)
    if words.lower().endswith(_INVALID_ACTION.lower()):
        raise unknown_action()


def says(words: str, *marks: str) -> bool:
    """Whether one of the texts is there, in capitals or not (wire contract §4.2)."""
    lowered = words.lower()
    return any(mark.lower() in lowered for mark in marks)


def raise_for_doubt(words: str, *, says_nothing: bool) -> None:
    """Raise where text of no known form precedes a value that may mean nothing."""
    if _FORWARDING_CHANGED.fullmatch(words.strip()):
        return
    rest = _without_warnings(words)
    if _ERROR.search(rest):
        msg = "The server reports an error before its answer"
        raise BackendError(msg)
    if says_nothing and _without_tags(rest).strip() and not _is_page(rest):
        msg = "The server says something else before it says nothing"
        raise ReplyError(msg)


def error_of(message: str) -> BackendError | UnsupportedActionError:
    """Return what the message of an error object means (wire contract §3 item 4)."""
    message = in_reach(message, _MESSAGE_LIMIT)
    if message.strip().lower() == _INVALID_ACTION.lower():
        return unknown_action()
    error = port_errors(message)
    if error:
        return error.first
    words = clean_message(_without_tags(message))
    msg = f"The server reports: {words or 'no reason'}"
    return BackendError(msg, words=words)


def unknown_action() -> UnsupportedActionError:
    """Return the error that says so."""
    return UnsupportedActionError("The server does not know this action")


@dataclass(frozen=True, slots=True)
class PortErrors:
    """The failure that matters most, and whether only the owner was looked up in vain.

    In that case the data that follow are good.
    """

    first: BackendError
    of_owner_only: bool


def port_errors(words: str) -> PortErrors | None:
    """Find `Error (XPort): message (code): text`, any number of times."""
    found = [(match[1], match.end()) for match in _PORT_ERROR.finditer(words)]
    if not found:
        if not _ERROR_FROM.search(words):
            return None
        msg = "The server reports a failure of its own"
        return PortErrors(BackendError(msg), of_owner_only=False)
    others = [item for item in found if item[0].lower() != _OWNER]
    port, end = (others or found)[0]
    worst = _backend_error(port, words[end : end + _ERROR_LIMIT])
    return PortErrors(worst, of_owner_only=not others)


def _certificate_error(words: str) -> CertificateError | BackendError:
    """Tell a refused certificate from a back end that could not look it up.

    Both end in the same words (wire contract §4.2); only two codes say that the
    account is not known, all else is a failure behind the server (§3 item 5).
    """
    for part in _ERROR_FROM.split(words)[1:]:
        said = part.partition("<")[0]
        found = _PORT.search(said)
        if not found:
            continue
        rest = said[found.end() :]
        code = _CODE.search(rest)
        if not code or code[1] not in _NOT_FOUND:
            return _backend_error(found[1], rest)
        msg = "The server does not know the account that the certificate names"
        return CertificateError(msg, certain=True)
    msg = "The server refuses the client certificate"
    return CertificateError(msg, certain=True)


def _backend_error(port: str, tail: str) -> BackendError:
    """Build the error from what follows the port; the server's words are cleaned."""
    code = _CODE.search(tail)
    message = clean_message(_without_tags(tail.split("</", 1)[0]))
    return BackendError(
        f"The server reports ({port}): {message}",
        port=port,
        code=code[1] if code else "",
        words=message,
    )


def _without_tags(words: str) -> str:
    """Return the words with a blank in place of each `<…>`."""
    *ended, rest = words.split(">")
    kept = []
    for part in ended:
        before, tag, _ = part.partition("<")
        kept.append(f"{before} " if tag else f"{before}>")
    return "".join((*kept, rest))


def _without_warnings(words: str) -> str:
    """Return the words with a blank in place of each warning that PHP printed."""
    kept = []
    kept_to = 0
    begun: deque[re.Match[str]] = deque()
    for mark in _WARNING.finditer(words):
        if mark["begin"]:
            begun.append(mark)
            continue
        if mark["end"]:
            while begun and mark.start() - begun[0].end() > _WARNING_LIMIT:
                begun.popleft()
            if begun:
                kept.append(words[kept_to : begun[0].start()])
                kept_to = mark.end()
        begun.clear()
    return " ".join((*kept, words[kept_to:]))


def _is_page(words: str) -> bool:
    start = words.lstrip()[:200].lower()
    return start.startswith(("<html", "<!doctype"))
