"""The page of 2026: one answer that tells everything at once (wire contract §7).

Its server is known by what its own client does, so every member may be missing, and
what is missing is not told. What is there is brought into the shapes of the older
actions, whose parsers then read it.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import NoReturn

from yarl import URL

from . import members
from .actions import ACCOUNT, CALLS, PREPAID
from .caller_id import told_caller_id
from .credentials import SipAddress
from .errors import (
    BackendError,
    ElsewhereError,
    OutcomeUnknownError,
    ReplyError,
    UnsupportedActionError,
)
from .json_text import MISSING, JsonValue, Missing, text_of, whole_value
from .members import JsonObject
from .reply import read_reply
from .text import clean, clean_message

_PAGES = ("sylk_settings.phtml", "account_info.phtml", "sylk_account_settings.phtml")
_KNOWN = frozenset({"account", "groups", "pstn", "balance", "call_history"})
_CALLS_TO_TELEPHONES = "free-pstn"
# Chat rooms of the platform, which its own client shows elsewhere.
_ROOM = "@conference."
_CODE_LIMIT = 40
_UNKNOWN_ACTIONS = frozenset({"invalid_action", "unknown_action"})


def is_snapshot_page(url: URL) -> bool:
    """Whether an address is one of the page of 2026, by its name."""
    return url.name in _PAGES


def read_snapshot(status: int, body: bytes, address: SipAddress) -> JsonObject:
    """Return all that an account tells.

    Raises as `read_reply`; ReplyError too where it is another account's.
    """
    whole = whole_value(text_of(body))
    _raise_for_said(status, whole)
    try:
        told = read_reply(status, body)
    except BackendError as error:
        if error.status != HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        # All of it fails, which is not how one action fails that is broken for good.
        raise BackendError(str(error), words=error.words) from None
    if not isinstance(told, dict) or not told.keys() & _KNOWN:
        msg = "The answer is none of the page that tells everything at once"
        raise ElsewhereError(msg)
    account = members.text(told, "account").removeprefix("sip:")
    if account and account.lower() != str(address).lower():
        msg = "The server's answer is another account's"
        raise ReplyError(msg)
    return told


def confirm_change(status: int, body: bytes) -> None:
    """Return where the page says that a change was made.

    Raises BackendError where it says no, UnsupportedActionError where it does not
    know the change, AuthenticationError where it lets nobody in, and
    OutcomeUnknownError where no answer tells.
    """
    said = whole_value(text_of(body))
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        _raise_for_said(status, said)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        read_reply(status, body)
    if not isinstance(said, dict) or status != HTTPStatus.OK or "ok" not in said:
        msg = "No answer tells whether it was done"
        raise OutcomeUnknownError(msg)
    if said["ok"] is not True:
        _raise_error("", said)


def tells_caller_id(whole: JsonObject) -> bool:
    """Whether an account has a caller ID that can be set."""
    return _stored_caller_id(whole) is not None


def _raise_for_said(status: int, whole: JsonValue | Missing) -> None:
    """Raise for `{"error":"code","message":"text"}`, of which 401 is a refusal."""
    if status == HTTPStatus.UNAUTHORIZED or not isinstance(whole, dict):
        return
    if code := whole.get("error"):
        _raise_error(code if isinstance(code, str) else "", whole)


def _raise_error(code: str, said: JsonObject) -> NoReturn:
    code = clean(code, _CODE_LIMIT)
    if code in _UNKNOWN_ACTIONS:
        msg = "The server does not know this action"
        raise UnsupportedActionError(msg)
    message = said.get("message")
    words = clean_message(message if isinstance(message, str) else code)
    msg = f"The server reports: {words or 'no reason'}"
    raise BackendError(msg, code=code, words=words)


def _pstn(whole: JsonObject) -> JsonObject:
    """Return what is told of money and telephones: the older form has it at the top."""
    if "pstn" not in whole:
        return whole
    pstn = members.filled(whole, "pstn")
    return {} if pstn is None else members.an_object(pstn, "pstn")


def _stored_caller_id(whole: JsonObject) -> str | None:
    name = "caller_id" if "pstn" in whole else "mobile_number"
    pstn = _pstn(whole)
    return members.text(pstn, name) if name in pstn else None


def _account(whole: JsonObject) -> JsonValue | Missing:
    pstn = _pstn(whole)
    groups = whole.get("groups")
    enabled = pstn.get("enabled")
    if enabled is None and isinstance(groups, list):
        enabled = _CALLS_TO_TELEPHONES in groups
    stored = _stored_caller_id(whole)
    told: dict[str, JsonValue] = {
        "sip_address": members.text(whole, "account").removeprefix("sip:") or None,
        "email": members.text(whole, "email"),
        "pstn_caller_id": None if stored is None else told_caller_id(stored),
        "prepaid": pstn.get("prepaid"),
        "pstn_access": enabled,
        "groups": groups if "groups" in whole else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _prepaid(whole: JsonObject) -> JsonValue | Missing:
    pstn = _pstn(whole)
    if not pstn.keys() & {"balance", "today"}:
        return MISSING
    today = members.filled(pstn, "today")
    return {
        "balance": pstn.get("balance"),
        "currency": pstn.get("currency"),
        "today": {} if today is None else today,
    }


def _calls(whole: JsonObject) -> JsonValue | Missing:
    if "call_history" not in whole:
        return MISSING
    history = members.filled(whole, "call_history")
    if not isinstance(history, dict):
        return history
    return {side: _without_rooms(items) for side, items in history.items()}


def _without_rooms(items: JsonValue) -> JsonValue:
    if not isinstance(items, list):
        return items
    return [item for item in items if not _is_room(item)]


def _is_room(item: JsonValue) -> bool:
    party = item.get("remoteParty") if isinstance(item, dict) else None
    return isinstance(party, str) and _ROOM in party.lower()


# What of an answer each action tells, in the shape that its parser reads; MISSING where
# it is not told.
PARTS: Mapping[str, Callable[[JsonObject], JsonValue | Missing]] = {
    ACCOUNT.key: _account,
    PREPAID.key: _prepaid,
    CALLS.key: _calls,
}
