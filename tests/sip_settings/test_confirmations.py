"""Whether a change was made, as far as its answer tells."""

import json

import pytest

from custom_components.sip_account.sip_settings import (
    AuthenticationError,
    BackendError,
    ElsewhereError,
    OutcomeUnknownError,
    SipSettingsError,
    UnsupportedActionError,
)
from custom_components.sip_account.sip_settings.errors import UnconfirmedError
from custom_components.sip_account.sip_settings.reply import (
    read_confirmation,
    read_reply,
)

DONE = b'{"success":true}'


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (199, ElsewhereError),
        (201, ElsewhereError),
        (302, ElsewhereError),
        (401, AuthenticationError),
        (403, AuthenticationError),
        (404, ElsewhereError),
        (408, OutcomeUnknownError),
        (429, OutcomeUnknownError),
        (500, OutcomeUnknownError),
        (502, OutcomeUnknownError),
    ],
)
def test_statuses(status: int, kind: type[SipSettingsError]) -> None:
    """Only 200 confirms; a server that fails may have done it before."""
    with pytest.raises(kind):
        read_confirmation(status, DONE)
    read_confirmation(200, DONE)


@pytest.mark.parametrize("said", [True, 1, "1", "true", "yes", 2, [0], {"a": 0}, " "])
def test_done(said: object) -> None:
    """All that PHP takes for true, and a message besides does not matter."""
    body = json.dumps({"success": said, "error_message": "nothing"}).encode()
    read_confirmation(200, body)
    assert read_reply(200, body) == {"success": said, "error_message": "nothing"}


@pytest.mark.parametrize("said", [False, 0, 0.0, None, "", "0", "false", "FALSE"])
def test_not_done(said: object) -> None:
    """All that is false says no, with its reason or without."""
    told = {"success": said}
    with pytest.raises(BackendError, match="no reason"):
        read_confirmation(200, json.dumps(told).encode())
    assert read_reply(200, json.dumps(told).encode()) == told
    told["error_message"] = "So it is"
    for read in (read_confirmation, read_reply):
        with pytest.raises(BackendError, match="So it is") as caught:
            read(200, json.dumps(told).encode())
        assert caught.value.words == "So it is"


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b'{"done":true}', b"true", b"<html>", b"done"]
)
def test_nothing_said(body: bytes) -> None:
    """An answer without the word leaves open whether it was done."""
    with pytest.raises(OutcomeUnknownError) as caught:
        read_confirmation(200, body)
    assert not isinstance(caught.value, UnconfirmedError)


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (b"", None),
        (b"Key FBUS changed nobody", None),
        (b"Error (SipPort): SOAP fault (1010): no account", UnconfirmedError),
        (b"Error (CustomerPort): SOAP fault (5000): x", None),
        (b"Fatal error", UnconfirmedError),
        (b"An Error of some kind", UnconfirmedError),
        (b"Hello", None),
    ],
)
def test_words_before(before: bytes, kind: type[SipSettingsError] | None) -> None:
    """An error before "done" leaves it open, but for a look-up of the owner."""
    if kind is None:
        read_confirmation(200, before + DONE)
        return
    with pytest.raises(kind):
        read_confirmation(200, before + DONE)


@pytest.mark.parametrize("secret", [None, False, True])
def test_secrets(secret: bool | None) -> None:
    """What the server says of a secret is not repeated; what it means is."""
    said = json.dumps({"success": False, "error_message": "card is bad"}).encode()
    more = {} if secret is None else {"secret": secret}
    with pytest.raises(BackendError) as caught:
        read_confirmation(200, said, **more)
    assert ("card is bad" in str(caught.value)) is not bool(secret)
    assert (caught.value.words == "") is bool(secret)
    assert caught.value.status == 200
    for status, body in ((500, b"card"), (200, b"[]")):
        with pytest.raises(OutcomeUnknownError) as unknown:
            read_confirmation(status, body, **more)
        assert ("HTTP 500" in str(unknown.value)) is (status == 500 and not secret)
    with pytest.raises(UnconfirmedError):
        read_confirmation(200, b"Fatal error: card" + DONE, **more)
    with pytest.raises(UnsupportedActionError):
        read_confirmation(200, b"Error: invalid action", **more)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Error (SipPort): SOAP fault (1010): no account", BackendError),
        ("Error (SipPort): SOAP fault: timed out", OutcomeUnknownError),
        ("Error (SipPort): Connect Error", BackendError),
        ("no account", BackendError),
    ],
)
def test_who_said_no(message: str, kind: type[SipSettingsError]) -> None:
    """A back end that answers, or was never reached, has done nothing."""
    body = json.dumps({"success": False, "error_message": message}).encode()
    with pytest.raises(kind):
        read_confirmation(200, body)
