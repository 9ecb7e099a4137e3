"""What a failed exchange means, by what it came from."""

import ssl

import aiohttp
from aiohttp.client_reqrep import ConnectionKey
import pytest

from custom_components.sip_account.sip_settings import (
    CertificateError,
    ReplyError,
    ServerCertificateError,
    ServerConnectionError,
    ServerTimeoutError,
    SipSettingsError,
    TlsError,
    WeakServerCertificateError,
)
from custom_components.sip_account.sip_settings.transport import meaning_of

KEY = ConnectionKey("localhost", 443, True, True, None, None, None)


def _alert(reason: str) -> ssl.SSLError:
    error = ssl.SSLError(1, "refused")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("reason", "kind", "certain"),
    [
        ("SSLV3_ALERT_BAD_CERTIFICATE", CertificateError, True),
        ("TLSV13_ALERT_CERTIFICATE_REQUIRED", CertificateError, True),
        ("TLSV1_ALERT_UNKNOWN_CA", CertificateError, True),
        ("TLSV1_ALERT_DECRYPT_ERROR", CertificateError, False),
        ("tlsv1 alert access denied", CertificateError, True),
        ("TLSV1_ALERT_PROTOCOL_VERSION", TlsError, None),
        ("WRONG_VERSION_NUMBER", TlsError, None),
        # What we found ourselves, no alert of the server.
        ("UNKNOWN_CA", TlsError, None),
        ("DECRYPT_ERROR", TlsError, None),
    ],
)
def test_alerts(
    reason: str, kind: type[SipSettingsError], certain: bool | None
) -> None:
    """An alert of the server may name our certificate, for certain or in doubt."""
    error = meaning_of(_alert(reason))
    assert type(error) is kind
    assert getattr(error, "certain", None) is certain
    assert reason.upper().replace(" ", "_") in str(error)


def test_longest_reason() -> None:
    """Of what OpenSSL says, 80 characters are told."""
    assert f"({'X' * 80})" in str(meaning_of(_alert("X" * 81)))


def test_without_a_reason() -> None:
    """Where OpenSSL gives no reason, its words are told."""
    error = ssl.SSLError("no shared words")
    error.reason = ""
    assert "NO_SHARED_WORDS" in str(meaning_of(error))
    # One that OpenSSL did not make has not even an empty one.
    assert "NO_SHARED_WORDS" in str(meaning_of(ssl.SSLError("no shared words")))


def test_certificates_that_do_not_verify() -> None:
    """OpenSSL's message is told; where there is none, the certificate is another."""
    error = ssl.SSLCertVerificationError("refused")
    meaning = meaning_of(error)
    assert isinstance(meaning, ServerCertificateError)
    assert "another one" in str(meaning)
    error.verify_message = "unable to get issuer certificate"
    assert "unable to get issuer certificate" in str(meaning_of(error))
    weak = ssl.SSLCertVerificationError("weak server certificate")
    assert isinstance(meaning_of(weak), WeakServerCertificateError)


def _refused_certificate() -> aiohttp.ClientError:
    cause = ssl.SSLCertVerificationError("refused")
    return aiohttp.ClientConnectorCertificateError(KEY, cause)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (aiohttp.ClientConnectorError(KEY, TimeoutError()), ServerTimeoutError),
        (aiohttp.ClientConnectorError(KEY, OSError()), ServerConnectionError),
        (
            aiohttp.ClientConnectorSSLError(KEY, _alert("TLSV1_ALERT_UNKNOWN_CA")),
            CertificateError,
        ),
        (
            aiohttp.ClientConnectorSSLError(KEY, _alert("WRONG_VERSION_NUMBER")),
            TlsError,
        ),
        (_refused_certificate(), ServerCertificateError),
        (TimeoutError(), ServerTimeoutError),
        (aiohttp.ServerDisconnectedError(), ServerConnectionError),
        (ConnectionResetError(), ServerConnectionError),
        (aiohttp.ClientPayloadError(), ServerConnectionError),
        (aiohttp.InvalidURL("x"), ReplyError),
        (ValueError("x"), ReplyError),
    ],
    ids=lambda it: type(it).__name__ if isinstance(it, Exception) else it.__name__,
)
def test_kinds(error: Exception, kind: type[SipSettingsError]) -> None:
    """What aiohttp wraps tells more than what it makes of it."""
    assert type(meaning_of(error)) is kind


def _from(cause: Exception, *, named: bool) -> Exception:
    error = aiohttp.ClientError("wrapped")
    if named:
        error.__cause__ = cause
    else:
        error.__context__ = cause
    return error


@pytest.mark.parametrize("named", [True, False])
def test_what_it_came_from(named: bool) -> None:
    """The cause tells, whether it is named or was only being handled."""
    late = _from(_from(TimeoutError(), named=named), named=named)
    assert isinstance(meaning_of(late), ServerTimeoutError)
    refused = _from(_alert("TLSV1_ALERT_UNKNOWN_CA"), named=named)
    assert isinstance(meaning_of(refused), CertificateError)


def test_errors_that_come_from_each_other() -> None:
    """Errors in a circle end, and mean what they would alone."""
    one, other = OSError("one"), OSError("other")
    one.__context__, other.__context__ = other, one
    assert isinstance(meaning_of(one), ServerConnectionError)
