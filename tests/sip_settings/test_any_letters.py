"""What the server says is understood in capitals or not, wherever it stands."""

from collections.abc import Callable
from functools import partial

import pytest

from custom_components.sip_account.sip_settings import SipSettingsError
from custom_components.sip_account.sip_settings.reply import (
    read_confirmation,
    read_reply,
)
from demo.php import warnings

OBJECT = '{"FUNC":"","FNOL":""}'
BODIES = [
    "<p><font color=red>Error (SipPort): SOAP Fault (1234): No</font>" + OBJECT,
    "Error (CustomerPort): SOAP Fault (5000): Gone" + OBJECT,
    "Error (CustomerPort): SOAP Fault (5000): Gone\nnull",
    "Error (CustomerPort): x (1): y\nError (SipPort): x (2): y" + OBJECT,
    "Error from https://x/ (SipPort): SOAP Fault (1000): No" + OBJECT,
    *(
        f"<font>Error from https://x/ (SipPort): SOAP Fault ({code}): x</font>"
        "X.509 Credentials error"
        for code in ("1010", "1000", "")
    ),
    "Key FBUS changed carol" + OBJECT,
    "Key FBUS changed carol\nnull",
    warnings(2) + OBJECT,
    warnings(2) + "null",
    "Strict Standards: x in y on line 7\nnull",
    "Deprecated: x in y on line 7\nnull",
    "Notice: x in y on line 7\nnull",
    "No SIP Address available. X.509 credentials error",
    "Error: the flux is out of phase\nnull",
    "Error: the flux is out of phase" + OBJECT,
    "Session halted.",
    "MySQL error: 1064",
    "<b>Fatal error</b>: x",
    "Error: missing sip_engine in login credentials",
    "Error: no domainFilter available",
    "Error: Missing nonce in enrollment settings",
    "Error: missing enrollment settings",
    "Error, please specify an account",
    "Invalid account provided",
    "Invalid credentials from %s",
    "Wrong Credentials!",
    'x <input name="challenge">',
    "Login now",
    "You have canceled login",
    "Error: invalid action",
    '{"success":false,"error_message":"Error: invalid action"}',
    '{"success":"False","error_message":"Error (SipPort): x (1031): y"}',
    "<html><head></head>" + OBJECT,
    "<!DOCTYPE html><html><style>.error{}</style>" + OBJECT,
]


def _ending(read: Callable[[], object]) -> tuple[object, ...]:
    try:
        return (repr(read()).lower(),)
    except SipSettingsError as error:
        code = getattr(error, "code", "")
        certain = getattr(error, "certain", None)
        return (type(error), str(error).lower(), code, certain)


def _letters(body: str, change: Callable[[str], str]) -> str:
    """Change the words, and nothing of the JSON behind them."""
    words, brace, rest = body.partition("{")
    if brace and not words:
        head, name, text = body.partition('"error_message":')
        return f"{head.replace('False', change('False'))}{name}{change(text[:-1])}}}"
    head, null, tail = words.rpartition("\nnull")
    return (
        change(head) + null + tail + brace + rest
        if null
        else (change(words) + brace + rest)
    )


@pytest.mark.parametrize("change", [str.lower, str.upper, str.swapcase, str.title])
@pytest.mark.parametrize("body", BODIES)
def test_bodies(body: str, change: Callable[[str], str]) -> None:
    """The same error, or the same data."""
    expected = _ending(lambda: read_reply(200, body.encode()))
    other = _letters(body, change)
    assert _ending(lambda: read_reply(200, other.encode())) == expected
    text = _ending(lambda: read_confirmation(200, body.encode()))
    assert _ending(lambda: read_confirmation(200, other.encode())) == text


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_status_and_lost_answers(change: Callable[[str], str]) -> None:
    """Also where a status or a write is judged by them."""
    page = change("Reason: Cannot perform Post-Handshake Authentication.").encode()
    assert _ending(lambda: read_reply(403, page))[0].__name__ == "TlsError"  # type: ignore[attr-defined]
    lost = change("Error (SipPort): Connect Error to 127.0.0.1:9200 (): ")
    body = f'{{"success":false,"error_message":"{lost}"}}'.encode()
    assert _ending(lambda: read_confirmation(200, body))[0].__name__ == "BackendError"  # type: ignore[attr-defined]


def test_the_bodies_are_told_apart() -> None:
    """They end in as many ways as there are, or this would test nothing."""
    endings = [_ending(partial(read_reply, 200, body.encode())) for body in BODIES]
    assert len({ending[0] for ending in endings}) >= 7
