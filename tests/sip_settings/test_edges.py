"""The last that is taken and the first that is not, and what nothing can be made of."""

from dataclasses import replace
from datetime import UTC, datetime

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate
import pytest

from custom_components.sip_account.sip_settings import (
    CertificateError,
    ClientCertificate,
    ServerCertificate,
)
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
    ServerCertificateError,
)
from custom_components.sip_account.sip_settings.numbers import (
    phone_number,
    read_number,
)
from custom_components.sip_account.sip_settings.server_words import in_reach
from custom_components.sip_account.sip_settings.tls import unverified_context
from custom_components.sip_account.sip_settings.transport import Answer, meaning_of
from demo.certificates import authority

PLATFORM = authority("Example Platform", "Example Platform CA")
RSA_KEY = bytes.fromhex("2a864886f70d010101")
NO_KEY = bytes.fromhex("2a864886f70d01017f")


def _short(value: str | None) -> str:
    return f"{value:.20}" if value else "None"


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
    unverified_context(alice)
    with pytest.raises(CertificateError) as caught:
        unverified_context(replace(alice, key_pem=bob.key_pem))
    assert caught.value.certain


def test_errors_keep_their_meaning() -> None:
    """What has a meaning already keeps it."""
    error = AuthenticationError("no", certain=True)
    assert meaning_of(error) is error


def test_answers_are_not_shown() -> None:
    """What a server said is in no log, wherever an answer is printed."""
    now = datetime.now(UTC)
    assert "secret" not in repr(Answer(200, b"secret", Asked(now, now, None)))


@pytest.mark.parametrize(
    ("words", "seen"), [("abcd", "abcd"), ("abcde", "ab\nde"), ("abcdefg", "ab\nfg")]
)
def test_both_ends(words: str, seen: str) -> None:
    """Of many words both ends are looked at."""
    assert in_reach(words, 4) == seen
