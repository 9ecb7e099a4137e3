"""The last that is taken and the first that is not, and what nothing can be made of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import ssl
from typing import Any

import aiohttp
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate
import pytest

from custom_components.sip_account.sip_settings import (
    ACCEPT_RULES,
    DEVICES,
    MONTHLY_USAGE,
    PREPAID,
    Action,
    CertificateError,
    ClientCertificate,
    ServerCertificate,
)
from custom_components.sip_account.sip_settings.aside import is_quick
from custom_components.sip_account.sip_settings.ber import (
    NotBerError,
    longest_number,
    read_ber,
    rounds,
)
from custom_components.sip_account.sip_settings.call_identity import identity_of_party
from custom_components.sip_account.sip_settings.context import Asked
from custom_components.sip_account.sip_settings.credentials import (
    public_key_bits,
    weak_key,
)
from custom_components.sip_account.sip_settings.errors import (
    AuthenticationError,
    BackendError,
    Doubt,
    ElsewhereError,
    ReplyError,
    ServerCertificateError,
    SipSettingsError,
    WeakServerCertificateError,
)
from custom_components.sip_account.sip_settings.models import Device, Devices
from custom_components.sip_account.sip_settings.numbers import (
    phone_number,
    read_number,
)
from custom_components.sip_account.sip_settings.reply import read_reply
from custom_components.sip_account.sip_settings.tls import Trust, build_context
from custom_components.sip_account.sip_settings.transport import (
    SIZE_LIMIT,
    Answer,
    meaning_of,
)
from demo import AccountBox
from demo.certificates import authority

from .test_client import by_password

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
PLATFORM = authority("Example Platform", "Example Platform CA")
RSA_KEY = bytes.fromhex("2a864886f70d010101")
NO_KEY = bytes.fromhex("2a864886f70d01017f")


def _short(value: str | None) -> str:
    return f"{value:.20}" if value else "None"


def _sized(value: object) -> str:
    return str(len(value)) if isinstance(value, bytes) else str(value)


def _unreadable() -> Certificate:
    """Make a certificate with a key of a kind that nobody knows."""
    issued = PLATFORM.modern_certificate("alice@example.com", key="rsa2048")
    der = issued.certificate.public_bytes(Encoding.DER)
    assert der.count(RSA_KEY) == 1
    return load_der_x509_certificate(der.replace(RSA_KEY, NO_KEY))


def test_unknown_key() -> None:
    """A key that cannot be read is weak, and has no size."""
    certificate = _unreadable()
    assert weak_key(certificate)
    assert public_key_bits(certificate) == 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11", None),
        ("112", "112"),
        ("1" * 32, "1" * 32),
        ("1" * 33, None),
        ("00" + "1" * 32, "+" + "1" * 32),
        ("+" + "1" * 33, None),
        ("+49 (0)30 / 12-34.5", "+493012345"),
        ("(0)30", "030"),
        ("+49(0)30(0)1", "+493001"),
        ("12345 home", None),
        ("123456 home", "123456"),
        ("123456/ home", "123456"),
        ("1-800-FLOWERS", None),
        ("123 456 to 789", None),
        ("123" + " " * 253, "123"),
        ("123" + " " * 254, None),
    ],
    ids=_short,
)
def test_written_numbers(text: str, number: str | None) -> None:
    """Three digits at least and 32 at most, in 256 characters."""
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("party", "number"),
    [
        ("1", None),
        ("11", "11"),
        ("sip:0031@example.com", "+31"),
        ("tel:112", "112"),
        ("+31%2020%20800", "+3120800"),
        ("%2B31 20 800@example.com", "+3120800"),
        ("bob%2031", None),
        ("0031@example.com", "+31"),
        ("1" * 32, "1" * 32),
        ("1" * 33, None),
    ],
)
def test_numbers_of_parties(party: str, number: str | None) -> None:
    """Two digits at least, as servers have short numbers."""
    assert phone_number(party) == number


@pytest.mark.parametrize(
    ("written", "identity"),
    [
        ("a" * 256, "a" * 256),
        ("a" * 257, "a" * 256),
        ("a\x00b", "a b"),
        ("a\u2028b\u2029c", "a b c"),
        ("a\u200bb", "ab"),
        ("\u200b" * 2047 + "a", "a"),
        ("\u200b" * 2048 + "a", ""),
        ('"Bob" <sips:bob@example.com;tag=1>', "bob@example.com"),
        ("tel:112", "tel:112"),
    ],
    ids=_short,
)
def test_identity_is_frozen(written: str, identity: str) -> None:
    """The same text gives the same party for ever."""
    assert identity_of_party(written) == identity


@pytest.mark.parametrize(
    ("data", "longest"),
    [
        ("0200", 0),
        ("020101", 8),
        ("300702010102020001" + "ff", 16),  # what is behind it is not looked at
        ("308002010102020001" + "0000", 16),  # of no told length
        ("0405" + "3003020101", 8),  # a string with elements in it
        ("2409" + "0402" + "3003" + "0403" + "020101", 8),  # in parts
        ("0404" + "30030201", 0),  # or with nothing of the kind
        ("30800201010000" + "ff" * 20, 8),
        ("0480", 0),  # only what has parts can be of no told length
        ("8003020101", 0),  # what is no universal type has octets
        ("a003020101", 8),
    ],
)
def test_outlines(data: str, longest: int) -> None:
    """What a key file is made of."""
    outline = read_ber(bytes.fromhex(data))
    assert longest_number(outline) == longest
    assert rounds(outline) == 0


@pytest.mark.parametrize("data", ["", "02", "0201", "3002020101"[:6], "3080020101"])
def test_cut_off(data: str) -> None:
    """A file that ends too early is none."""
    with pytest.raises(NotBerError):
        read_ber(bytes.fromhex(data))


def test_depth() -> None:
    """40 elements in each other are too many for any key file."""

    def nested(depth: int) -> bytes:
        data = b""
        for _ in range(depth):
            size = len(data).to_bytes(2)
            data = b"\x30\x82" + size + data
        return data

    read_ber(nested(40))
    with pytest.raises(NotBerError):
        read_ber(nested(41))


def test_depth_of_no_told_length() -> None:
    """The same for what ends by a mark of its own."""
    read_ber(b"\x30\x80" * 40 + b"\0\0" * 40)
    with pytest.raises(NotBerError):
        read_ber(b"\x30\x80" * 41 + b"\0\0" * 41)


def test_depth_of_strings() -> None:
    """A string too deep down is not looked into, and is no mistake."""

    def in_strings(depth: int) -> bytes:
        data = b"\x02\x01\x01"
        for _ in range(depth):
            for tag in (b"\x30\x82", b"\x04\x82"):
                data = tag + len(data).to_bytes(2) + data
        return data

    assert [longest_number(read_ber(in_strings(n))) for n in (19, 20)] == [8, 0]


def test_pinned_rubbish() -> None:
    """A pinned certificate that cannot be read is an error of ours."""
    with pytest.raises(ServerCertificateError):
        ServerCertificate.load_pem("rubbish")


def test_key_of_another() -> None:
    """A certificate whose key OpenSSL refuses is refused for good."""
    alice, bob = (
        ClientCertificate.load(PLATFORM.modern_certificate(name, key="p256").pem())
        for name in ("alice@example.com", "bob@example.com")
    )
    build_context(alice, Trust())
    with pytest.raises(CertificateError) as caught:
        build_context(replace(alice, key_pem=bob.key_pem), Trust())
    assert caught.value.certain


def test_errors_keep_their_meaning() -> None:
    """What has a meaning already keeps it."""
    error = AuthenticationError("no", certain=True)
    assert meaning_of(error) is error


def test_answers_are_not_shown() -> None:
    """What a server said is in no log, wherever an answer is printed."""
    now = datetime.now(UTC)
    assert "secret" not in repr(Answer(200, b"secret", Asked(now, now, None)))


def _verification(code: int) -> SipSettingsError:
    error = ssl.SSLCertVerificationError("refused")
    error.verify_code = code
    return meaning_of(error)


def test_why_a_certificate_does_not_verify() -> None:
    """By the numbers of OpenSSL: too weak, out of date, or of another name."""
    found = {number: _verification(number) for number in range(80)}
    assert {
        number
        for number, error in found.items()
        if isinstance(error, WeakServerCertificateError)
    } == {66, 67, 68}
    doubts = {
        number: error.doubt
        for number, error in found.items()
        if isinstance(error, ServerCertificateError)
        and error.doubt is not Doubt.UNKNOWN
    }
    assert doubts == {
        9: Doubt.OUT_OF_DATE,
        10: Doubt.OUT_OF_DATE,
        62: Doubt.OTHER_NAME,
        64: Doubt.OTHER_NAME,
    }


@pytest.mark.parametrize("moved", [-1, 1])
def test_steady(moved: int) -> None:
    """A time that is counted down has moved where it differs by more than a minute."""

    def devices(until: datetime | None) -> Devices:
        device = Device(
            contact="192.0.2.1:5060",
            public_contact=None,
            user_agent=None,
            transport=None,
            registered_until=until,
        )
        return Devices((device,))

    old, minute = devices(NOON), timedelta(minutes=1) * moved
    assert devices(NOON + minute).steadied(old) == old
    new = devices(NOON + minute + timedelta(seconds=moved))
    assert new.steadied(old) == new
    assert devices(None).steadied(old) == devices(None)
    assert old.steadied(devices(None)) == old


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (199, ElsewhereError, "go elsewhere"),
        (201, ElsewhereError, "go elsewhere"),
        (399, ElsewhereError, "go elsewhere"),
        (400, ElsewhereError, "no settings page"),
        (401, AuthenticationError, "refuses"),
        (403, AuthenticationError, "forbids"),
        (404, ElsewhereError, "no settings page"),
        (408, BackendError, "HTTP 408"),
        (429, BackendError, "HTTP 429"),
        (499, ElsewhereError, "no settings page"),
        (500, BackendError, "HTTP 500"),
        (501, BackendError, "HTTP 501"),
    ],
)
def test_statuses(status: int, kind: type[SipSettingsError], words: str) -> None:
    """What each status means where it means anything."""
    with pytest.raises(kind, match=words):
        read_reply(status, b"[]")


async def test_largest_answer(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """As many octets as are allowed, and not one more."""
    client = by_password(box, session)
    size = len((await client.fetch("get_aliases")).body)
    assert size
    for limit, allowed in ((size, True), (size - 1, False)):
        for transport in client._transports.values():
            transport._size_limit = limit
        if allowed:
            assert len((await client.fetch("get_aliases")).body) == size
        else:
            with pytest.raises(ReplyError, match="larger"):
                await client.fetch("get_aliases")
    assert SIZE_LIMIT == 4 * 1024 * 1024


@pytest.mark.parametrize(
    ("body", "quick"),
    [
        (b"[" + b" " * (48 * 1024 - 1), True),
        (b"{" + b" " * (48 * 1024 - 1), True),
        (b"[" + b" " * (48 * 1024), False),
        (b"x" * (4 * 1024), True),
        (b"x" * (4 * 1024 + 1), False),
        (b"[" * 256, True),
        (b"[" * 257, False),
        (b"[" + b"{" * 256, True),
        (b"[" + b"{" * 257, False),
        (b"[" + b"," * 4000, True),
        (b"[" + b"," * 4001, False),
        (b"", True),
    ],
    ids=_sized,
)
def test_what_is_read_at_once(body: bytes, quick: bool) -> None:
    """What takes longer than the event loop may be held is read beside it."""
    assert is_quick(body) is quick


@pytest.mark.parametrize("action", [PREPAID, DEVICES, ACCEPT_RULES, MONTHLY_USAGE])
def test_what_counts_from_now(action: Action[Any]) -> None:
    """The same answer an hour later tells other times, so that it is read anew."""
    assert not action.timeless
