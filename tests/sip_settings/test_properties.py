"""What holds for every answer that anybody can think of."""

from datetime import UTC, datetime
import json
import os
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.sip_account.sip_settings import (
    CATALOGUE,
    SipSettingsError,
    to_shape,
)
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.reply import read_reply
from demo.php import error_text, paragraph_error, row_error

EXAMPLES = 5_000 if os.environ.get("SIP_ACCOUNT_LONG") else 200
MANY = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck)
)

# Every member that some dialect sends, so that examples get past the first look.
MEMBERS = (
    *("email", "first", "lastname", "mobile_number", "timezone", "groups", "prepaid"),
    *("quota", "pstn_access", "sip_address", "no_answer_timeout", "quick_dial"),
    *("placed", "received", "remoteParty", "from", "to", "date", "startTime"),
    *("stopTime", "duration", "status", "price", "sessionId", "fromTag", "media"),
    *("displayName", "balance", "callInProgress", "sessionTime", "maxSessionTime"),
    *("destination", "action", "description", "value", "session", "calls"),
    *("FUNC", "FNOL", "FBUS", "FNOA", "FUNV", "persistent", "temporary", "31", "96"),
    *("start", "stop", "Mailbox", "Password", "Name", "Email", "Options", "delete"),
    *("Account", "contact", "publicContact", "expires", "user_agent", "transport"),
    *("success", "error_message"),
)
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            *("2009-09-24 13:58:20", "0000-00-00 00:00:00", "24:00", "08:00", "12.3"),
            *("sip:bob@example.com", "<voice-mailbox>", "everybody", "nobody", "True"),
            *("Europe/Amsterdam", "../../etc/passwd", "1e999", "-1", "NaN", "\u202e"),
        ]
    ),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-10, 1000),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
)
JSON: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=8),
        st.dictionaries(st.text(max_size=5), inner, max_size=3),
    ),
    max_leaves=25,
)
ERRORS = st.builds(
    lambda form, port, message, code, text: form(error_text(port, message, code, text)),
    st.sampled_from([paragraph_error, row_error, str]),
    st.sampled_from(["SipPort", "EnumPort", "VoicemailPort"]),
    st.text(max_size=30),
    st.sampled_from(["", "1010", "2000", "1031", "7"]),
    st.text(max_size=30),
)
NOTHING = st.sampled_from(["null", "[]", '""', "{}"])


def _read(action: str, body: bytes, status: int = 200) -> object:
    """Read an answer to the end; an error is told by its kind."""
    context = Context(read_at=datetime(2026, 11, 24, 12, tzinfo=UTC))
    try:
        value = CATALOGUE[action].read(read_reply(status, body), context)
    except SipSettingsError as error:
        return error.kind
    if value is not None:
        json.dumps(to_shape(value))
    return value


@pytest.mark.parametrize("action", CATALOGUE)
@MANY
@given(value=JSON)
def test_arbitrary_json(action: str, value: Any) -> None:
    """Any JSON in any member: a model, none, or an error of the tree."""
    _read(action, json.dumps(value).encode())


@pytest.mark.parametrize("action", CATALOGUE)
@MANY
@given(side=st.lists(JSON, max_size=3), members=JSON)
def test_arbitrary_members(action: str, side: list[Any], members: Any) -> None:
    """The same where the outer shape is right."""
    for value in (
        {"placed": side, "received": [members]},
        dict.fromkeys(("FUNC", "FNOL", "FBUS", "FNOA", "FUNV"), members),
        [members, *side],
        {"Mailbox": "1", "Options": members, "balance": members},
    ):
        _read(action, json.dumps(value).encode())


@MANY
@given(
    action=st.sampled_from(sorted(CATALOGUE)),
    body=st.binary(max_size=400),
    status=st.integers(100, 599),
)
def test_arbitrary_octets(action: str, body: bytes, status: int) -> None:
    """Any octets under any status."""
    _read(action, body, status)


@MANY
@given(
    action=st.sampled_from(sorted(CATALOGUE)), prefix=st.text(max_size=200), value=JSON
)
def test_arbitrary_prefix(action: str, prefix: str, value: Any) -> None:
    """Any text before any JSON."""
    _read(action, (prefix + json.dumps(value)).encode("utf-8", "surrogatepass"))


@MANY
@given(
    action=st.sampled_from(sorted(CATALOGUE)),
    before=st.text(max_size=50),
    error=ERRORS,
    after=st.sampled_from(["", "\n", "<br />", "</body>\n"]),
    nothing=NOTHING,
)
def test_error_is_never_none(
    action: str, before: str, error: str, after: str, nothing: str
) -> None:
    """An error before "nothing" is an error, whatever it says and wherever."""
    body = f"{before}{error}{after}{nothing}".encode("utf-8", "surrogatepass")
    assert isinstance(_read(action, body), str)
