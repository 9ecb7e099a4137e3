"""Every spelling of an answer, of nothing and of an error (wire contract §0, §3)."""

from collections.abc import Callable
from contextlib import suppress
import json

from hypothesis import given, strategies as st
import pytest

from custom_components.sip_account.sip_settings import (
    AuthenticationError,
    BackendError,
    CertificateError,
    ReplyError,
    SipSettingsError,
    TlsError,
    UnsupportedActionError,
)
from custom_components.sip_account.sip_settings.reply import read_reply

LEGACY = "<p><font color=red>Error ({}): SOAP fault ({}): {}</font>"
HEAD = (
    "<div class=row-fluid><div class=span12><span class='alert alert-error'>"
    "Error ({}): SOAP fault ({}): {}</span></div></div>"
)
WARNINGS = (
    "<br />\n<b>Warning</b>:  Undefined array key 3 in <b>/var/www/x.php</b> on line"
    " <b>12</b><br />\n"
) * 50
PAGE = "<!DOCTYPE html><html><head><title>Page</title></head><body>"
HISTORY = (
    '{"placed":[{"to":"sip:0031208005161@example.com","duration":60,"price":0.0425,'
    '"rate":"<b>{}</b> []","status":200,"date":"2009-09-24 13:58:20"}],'
    '"received":[{"from":"sip:bob@example.com","duration":0,"status":487,'
    '"date":"2009-09-24 12:00:00"},{}]}'
)


def read(text: str | bytes, status: int = 200) -> object:
    """Read an answer."""
    return read_reply(status, text.encode() if isinstance(text, str) else text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ('""', ""),
        (" []\n", []),
        ('\ufeff{"balance":10}', {"balance": 10}),
        ('["a\\/b"]', ["a/b"]),
        ("Key FBUS changed carol" + '{"success":true,"error_message":"x"}', ...),
        (
            LEGACY.format("CustomerPort", 5000, "x") + '["+31208005169"]',
            ["+31208005169"],
        ),
        (
            HEAD.format("CustomerPort", 5000, "x") + '{"placed":null,"received":null}',
            ...,
        ),
        (WARNINGS + '["x"]', ["x"]),
        (WARNINGS + "null", None),
        (WARNINGS + "[]", []),
        (PAGE + '["x"]', ["x"]),
        (PAGE + "[]", []),
    ],
)
def test_good(text: str, value: object) -> None:
    """JSON is the last thing printed; what precedes it may be harmless."""
    result = read(text)
    assert result == value if value is not ... else isinstance(result, dict)


@pytest.mark.parametrize("form", [LEGACY, HEAD])
@pytest.mark.parametrize("nothing", ["null", "[]", '""', '{"email":null}', '["x"]'])
def test_error_before_json(form: str, nothing: str) -> None:
    """An error before the JSON is an error, whatever the JSON."""
    with pytest.raises(BackendError) as caught:
        read(form.format("SipPort", 1234, "no luck") + nothing)
    assert (caught.value.port, caught.value.code) == ("SipPort", "1234")
    assert "no luck" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (LEGACY.format("CustomerPort", 1, "x") + "null", BackendError),
        (LEGACY.format("CustomerPort", 1, "x") + "[]", BackendError),
        (
            LEGACY.format("CustomerPort", 1, "x")
            + LEGACY.format("SipPort", 1, "x")
            + '["x"]',
            BackendError,
        ),
        ("Error (SipPort): Timed out read from 127.0.0.1 (): null", BackendError),
        ("<p>Error: something else</p>null", BackendError),
        ("<p>Something else</p>null", ReplyError),
        ("<p>Something else</p>[]", ReplyError),
        ('{"success":false,"error_message":"Error (SipPort): X (1): y"}', BackendError),
        ('{"success":false,"error_message":"No"}', BackendError),
        ("Error: invalid action", UnsupportedActionError),
        (
            '{"success":false,"error_message":"Error: invalid action"}',
            UnsupportedActionError,
        ),
        (
            PAGE + '{"success":false,"error_message":"Error: invalid action"}',
            UnsupportedActionError,
        ),
        ("", BackendError),
        ("MySQL error: 1064 (x)<br>Session halted.", BackendError),
        ("Session halted.", BackendError),
        ("PHP Fatal error:  Uncaught Error: Call to private method", BackendError),
        ("Error: Missing nonce in enrollment settings", BackendError),
        ("Error: missing sip_engine in login credentials", BackendError),
        ("Invalid credentials from %s", AuthenticationError),
        ("Error, please specify an accountX.509 Credentials error", CertificateError),
        (PAGE + '<input name="challenge" value="1">', ReplyError),
        (PAGE + "Login now", ReplyError),
        ("<html><body>It works!</body></html>", ReplyError),
        ("Id,Account,Date,Action\n1,alice,2009,Debit", ReplyError),
        ("NaN", ReplyError),
        ("[" * 100_000, ReplyError),
        ("x" + "[" * 100_000, ReplyError),
        ('{"a":' * 50_000, ReplyError),
        (WARNINGS + '{"placed":[{"to":"x"}],"received":null', ReplyError),
        (WARNINGS + '[{"a":1},{"a":2}', ReplyError),
    ],
)
def test_errors(text: str, kind: type[SipSettingsError]) -> None:
    """Each text means its error."""
    with pytest.raises(kind):
        read(text)


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("Error: No X.509 Client Certificate provided\nX.509 Credentials error", True),
        ("Error: Failed to Parse Client Certificate\nX.509 Credentials error", True),
        ("No SIP address availableX.509 Credentials error", True),
        ("X.509 Credentials error", True),
        (
            (
                "<p><font color=red>Error from https://x/ (SipPort): SOAP (1010): "
                "not found</font>X.509 Credentials error"
            ),
            True,
        ),
    ],
)
def test_certificate_texts(text: str, *, certain: bool) -> None:
    """A refused certificate, and how sure that is."""
    with pytest.raises(CertificateError) as caught:
        read(text)
    assert caught.value.certain is certain


def test_certificate_behind_failing_back_end() -> None:
    """The same words after a transport failure do not accuse the certificate."""
    with pytest.raises(BackendError):
        read(
            "<p><font color=red>Error from https://x/ (SipPort): Timed out read from "
            "127.0.0.1 (): </font>X.509 Credentials error"
        )


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (401, "", AuthenticationError),
        (403, "Reason: Cannot perform Post-Handshake Authentication.", TlsError),
        (403, "Forbidden", AuthenticationError),
        (302, "", ReplyError),
        (404, "Not Found", ReplyError),
        (500, "", BackendError),
        (502, "<html>Bad gateway</html>", BackendError),
    ],
)
def test_statuses(status: int, text: str, kind: type[SipSettingsError]) -> None:
    """The few statuses that tell something."""
    with pytest.raises(kind) as caught:
        read(text, status)
    assert not getattr(caught.value, "certain", False)


@pytest.mark.parametrize(
    "before", ["", WARNINGS, PAGE, HEAD.format("CustomerPort", 1, "")]
)
def test_cut_off(before: str) -> None:
    """No cut of an answer is taken for an answer, least of all for nothing."""
    assert json.loads(HISTORY)
    for end in range(len(HISTORY)):
        try:
            value = read(before + HISTORY[:end])
        except SipSettingsError:
            continue
        pytest.fail(f"{HISTORY[:end]} was read as {value}")


def test_server_words_are_private() -> None:
    """Numbers and addresses in the server's words do not get into an error."""
    with pytest.raises(BackendError) as caught:
        read(LEGACY.format("SipPort", 5, "0031208005169 by bob@example.com") + "null")
    assert "0031208005169" not in str(caught.value)
    assert "bob" not in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    """Whatever comes, only our own errors leave."""
    with suppress(SipSettingsError):
        read(body)


@given(
    before=st.text(max_size=60),
    after=st.text(max_size=60),
    nothing=st.sampled_from(["null", "[]", '""']),
    form=st.sampled_from([LEGACY, HEAD]),
)
def test_error_is_never_nothing(
    before: str, after: str, nothing: str, form: str
) -> None:
    """An error text anywhere before nothing is an error."""
    error = form.format("SipPort", 1, "x")
    with pytest.raises(SipSettingsError):
        read(f"{before}{error}{after}{nothing}")


@pytest.mark.parametrize("spelled", [str.lower, str.upper, str.title])
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("X.509 credentials error", CertificateError),
        ("No SIP Address available. ", CertificateError),
        ("Invalid credentials from %s", AuthenticationError),
        ("Session halted.", BackendError),
        ("Error: invalid action", UnsupportedActionError),
    ],
)
def test_words_in_any_case(
    words: str, kind: type[SipSettingsError], spelled: Callable[[str], str]
) -> None:
    """The server's own revisions spell one text in capitals or not (§4.2)."""
    with pytest.raises(kind):
        read(spelled(words))
