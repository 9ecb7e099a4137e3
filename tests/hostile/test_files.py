"""Whatever is uploaded is read in linear time, and nothing else comes of it."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
import random

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)
import pytest

from custom_components.sip_account.calls.vcard import Contact, read_vcards
from custom_components.sip_account.sip_settings import (
    CertificateFileError,
    ClientCertificate,
    NotACertificateError,
    ServerCertificate,
    ServerCertificateError,
    Trust,
    WrongPasswordError,
)
from custom_components.sip_account.sip_settings.certificate_elements import (
    der_of,
    elements,
)
from demo import AccountBox

from .bodies import Made
from .files import CERTIFICATES, CHARSETS, VCARDS, der
from .growth import grows_too_fast

KB = 1024
ALICE = "alice@example.com"
BOX = AccountBox(now=lambda: datetime.now(UTC))
KEY = ec.generate_private_key(ec.SECP256R1())
# As often as files may say at most, and as often as is too often.
MANY, TOO_MANY = b"\x02\x03\x0f\x42\x40", b"\x02\x03\x7f\xff\xff"


def read_as_everything(data: bytes) -> None:
    """Read a file as a certificate, a key and an authority."""
    for load in (
        partial(ClientCertificate.load, data),
        partial(ClientCertificate.load, data, "secret"),
        partial(ClientCertificate.load, BOX.certificate_for(ALICE).crt(), key=data),
        partial(Trust.from_authority_file, data),
    ):
        with suppress(CertificateFileError):
            load()


@pytest.mark.parametrize("made", VCARDS.values(), ids=VCARDS)
def test_contacts(made: Made) -> None:
    """Contacts or none; twice the file takes about twice the time."""
    for size in (100, 5 * KB):
        for contact in read_vcards(made(size), 10).contacts:
            assert contact.name
            assert contact.numbers
    assert not grows_too_fast(made, 256 * KB, lambda data: read_vcards(data, 5000))


@pytest.mark.parametrize("made", CERTIFICATES.values(), ids=CERTIFICATES)
def test_certificates(made: Made) -> None:
    """An error that a form can show; twice the file takes about twice the time."""
    for size in (200, 5 * KB, 70 * KB):
        read_as_everything(made(size))
    assert not grows_too_fast(made, 256 * KB, read_as_everything)


@pytest.mark.parametrize("quoted", ["", ";ENCODING=QUOTED-PRINTABLE"])
@pytest.mark.parametrize("charset", CHARSETS)
def test_charsets(charset: str, quoted: str) -> None:
    """A character set that is none is no reason to lose a contact, or the file."""
    name = f"FN;CHARSET={charset}{quoted}:Bob"
    data = f"BEGIN:VCARD\n{name}\nTEL:1\nEND:VCARD\n".encode()
    (contact,) = read_vcards(data, 10).contacts or [Contact("-", ("1",))]
    assert contact.numbers == ("1",)


@pytest.mark.parametrize(
    ("name", "charset", "encoding"),
    [
        ("Jörg", "ISO-8859-1", "latin-1"),
        ("Жора", "windows-1251", "cp1251"),
        ("山田", "SHIFT_JIS", "shift_jis"),
        ("Jörg", "", "latin-1"),
    ],
)
def test_real_charsets(name: str, charset: str, encoding: str) -> None:
    """As old phones wrote them."""
    told = f";CHARSET={charset}" if charset else ""
    line = f"FN{told}:".encode() + name.encode(encoding)
    data = b"BEGIN:VCARD\n" + line + b"\nTEL:1\nEND:VCARD\n"
    assert read_vcards(data, 10).contacts == [Contact(name, ("1",))]


def test_codecs_that_are_no_charsets() -> None:
    """Python's other codecs are not applied to what a stranger wrote."""
    line = b"FN;CHARSET=unicode_escape:B\\u006fb"
    data = b"BEGIN:VCARD\n" + line + b"\nTEL:1\nEND:VCARD\n"
    assert read_vcards(data, 10).contacts == [Contact("Bu006fb", ("1",))]


def test_bounds_of_a_card() -> None:
    """A name, a number, or numbers, longer or more than any."""
    begin, end = b"BEGIN:VCARD\nFN:Bob\n", b"TEL:1\nEND:VCARD\n"
    for more in (b"FN:" + b"x" * KB * KB + b"\n", b"TEL:" + b"1" * 300 + b"\n"):
        assert read_vcards(begin + more + end, 10).contacts == [Contact("Bob", ("1",))]
    (contact,) = read_vcards(begin + b"TEL:2\n" * 1000 + end, 10).contacts
    assert len(contact.numbers) == 50


def test_folded_in_a_character() -> None:
    """Lines are folded by octets, and some phones do not look where."""
    name = "J\u00f6rg".encode()
    data = b"BEGIN:VCARD\r\nFN:" + name[:2] + b"\r\n " + name[2:]
    data += b"\r\nTEL:1\r\nEND:VCARD\r\n"
    assert read_vcards(data, 10).contacts == [Contact("Jörg", ("1",))]


def _store(scheme: pkcs12.PBES, hash_: hashes.HashAlgorithm) -> bytes:
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(1_000_000)
        .key_cert_algorithm(scheme)
        .hmac_hash(hash_)
        .build(b"secret")
    )
    return pkcs12.serialize_key_and_certificates(b"x", KEY, None, None, encryption)


@pytest.mark.parametrize(
    "store",
    [
        _store(pkcs12.PBES.PBESv2SHA256AndAES256CBC, hashes.SHA256()),
        _store(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC, hashes.SHA256()),
    ],
    ids=["modern", "old"],
)
def test_derived_too_often(store: bytes) -> None:
    """A file that would keep Home Assistant busy for minutes is not opened."""
    with pytest.raises(NotACertificateError, match="private key, but no"):
        ClientCertificate.load(store, "secret")
    assert MANY in store
    for data in (store.replace(MANY, TOO_MANY), store * 3):
        with pytest.raises(NotACertificateError, match="no certificate"):
            ClientCertificate.load(data, "secret")


def test_store_checked_too_often() -> None:
    """The check of a store's password is work too."""
    kind = der(0x06, bytes.fromhex("2a864886f70d010701"))
    check = der(0x30, der(0x30, b"") + der(0x04, b"salt") + TOO_MANY)
    store = der(0x30, b"\x02\x01\x03" + der(0x30, kind) + check)
    with pytest.raises(NotACertificateError):
        ClientCertificate.load(store, "secret")


def _encrypted(parameters: bytes, function: str) -> bytes:
    """Write a key that is said to be encrypted with these parameters."""
    derived = der(0x30, der(0x06, bytes.fromhex(function)) + parameters)
    cipher = der(
        0x30, der(0x06, bytes.fromhex("60864801650304012a")) + der(4, b"x" * 16)
    )
    scheme = der(0x06, bytes.fromhex("2a864886f70d01050d")) + der(
        0x30, derived + cipher
    )
    return der(0x30, der(0x30, scheme) + der(0x04, b"x" * 64))


@pytest.mark.parametrize(
    ("numbers", "function", "kind"),
    [
        (TOO_MANY, "2a864886f70d01050c", NotACertificateError),
        (b"\x02\x02\x08\x00", "2a864886f70d01050c", WrongPasswordError),
        (
            b"\x02\x03\x00\x40\x00\x02\x01\x08\x02\x03\x00\xff\xff",
            "2b06010401da47040b",
            NotACertificateError,
        ),
        (
            b"\x02\x02\x40\x00\x02\x01\x08\x02\x01\x01",
            "2b06010401da47040b",
            WrongPasswordError,
        ),
    ],
    ids=["often", "as usual", "scrypt", "scrypt as usual"],
)
def test_encrypted_keys(numbers: bytes, function: str, kind: type[Exception]) -> None:
    """The same for a key file."""
    key = _encrypted(der(0x30, der(0x04, b"saltsalt") + numbers), function)
    with pytest.raises(kind):
        ClientCertificate.load(key, "secret")


def test_numbers_of_a_key() -> None:
    """A key whose numbers do not belong together is none."""
    issued = BOX.platform.modern_certificate(ALICE, key="rsa2048")
    assert ClientCertificate.load(issued.der(), key=issued.key_der())
    key = load_der_private_key(issued.key_der(), None)
    raw = key.private_bytes(
        Encoding.DER,
        PrivateFormat.TraditionalOpenSSL,
        NoEncryption(),
    )
    prime = key.private_numbers().p.to_bytes(128)  # type: ignore[union-attr]
    wrong = raw.replace(prime, prime[:-1] + bytes([prime[-1] ^ 2]))
    with pytest.raises(CertificateFileError):
        ClientCertificate.load(issued.der(), key=wrong)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_certificates(seed: int) -> None:
    """No octet of a certificate can be such that something else is raised."""
    chance = random.Random(seed)
    parts = [der_of(element) for element in elements(BOX.certificate_for(ALICE).crt())]
    parts.append(BOX.certificate_for(ALICE).p12("secret"))
    for _ in range(50):
        damaged = [bytearray(part) for part in parts]
        part = chance.choice(damaged)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(part))
            part[place] = chance.choice((0, 1, 3, 0x30, 0x80, 0xFF, part[place] ^ 1))
        data = bytes(damaged[2] if part is damaged[2] else damaged[0] + damaged[1])
        read_as_everything(data)
        with suppress(ServerCertificateError):
            ServerCertificate.load(bytes(damaged[0]))
