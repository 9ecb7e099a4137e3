"""Certificate files at their limits: what is opened still, and what is not."""

import re

from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509 import Certificate
import pytest

from custom_components.sip_account.sip_settings import (
    CertificateFileError,
    ClientCertificate,
    KeyMismatchError,
    NoPrivateKeyError,
    NotACertificateError,
    PasswordRequiredError,
    certificate_file,
)
from custom_components.sip_account.sip_settings.ber import (
    NotBerError,
    read_ber,
    rounds,
)
from custom_components.sip_account.sip_settings.certificate_file import _Contents
from custom_components.sip_account.sip_settings.key_encryption import (
    is_out_of_use,
    is_quick,
)
from demo.certificates import authority
from tests.hostile.files import der

ALICE = "alice@example.com"
PLATFORM = authority("Example Platform", "Example Platform CA")
MODERN = PLATFORM.modern_certificate(ALICE, key="p256")
OTHER = PLATFORM.modern_certificate("bob@example.com", key="p256")
PKCS5 = bytes.fromhex("2a864886f70d01050c")
SCRYPT = bytes.fromhex("2b06010401da47040b")
PEM_BLOCK = re.compile(rb"-----BEGIN .*?-----END .*?-----", re.DOTALL)


def _number(value: int) -> bytes:
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1))


def _derived(times: int) -> bytes:
    """Write what says that a key is derived so often, and is nothing else."""
    parameters = der(0x30, der(0x04, b"salt") + _number(times))
    return der(0x30, der(0x06, PKCS5) + parameters)


def _store(*others: Certificate) -> bytes:
    """Write a store without a password."""
    return pkcs12.serialize_key_and_certificates(
        None, MODERN.key, MODERN.certificate, others, NoEncryption()
    )


def _opens(data: bytes, password: str | None = None) -> bool:
    try:
        ClientCertificate.load(data, password)
    except CertificateFileError:
        return False
    return True


def test_largest_file() -> None:
    """1 MiB, whatever stands around what matters."""
    pem = MODERN.pem()
    largest = pem + b"\n" * (1024 * 1024 - len(pem))
    assert _opens(largest)
    with pytest.raises(NotACertificateError, match="too large"):
        ClientCertificate.load(largest + b"\n")


def test_most_elements() -> None:
    """32 in each file."""
    assert _opens(MODERN.key_der() + MODERN.der() * 31)
    with pytest.raises(NotACertificateError, match="too many"):
        ClientCertificate.load(MODERN.key_der() + MODERN.der() * 32)


@pytest.mark.parametrize(("part", "limit"), [(0, 64 * 1024), (1, 16 * 1024)])
def test_longest_element(part: int, limit: int) -> None:
    """A certificate of 64 KiB as it is written, and a key of 16 KiB."""
    blocks = PEM_BLOCK.findall(MODERN.pem())

    def padded(block: bytes, size: int) -> bytes:
        return block.replace(b"-----\n", b"-----\n" + b"\n" * (size - len(block)), 1)

    for more, opened in ((0, True), (1, False)):
        parts = list(blocks)
        parts[part] = padded(blocks[part], limit + more)
        assert len(parts[part]) == limit + more
        assert _opens(b"\n".join(parts)) is opened


@pytest.mark.parametrize(("octets", "reasonable"), [(2049, True), (2050, False)])
def test_longest_number(octets: int, reasonable: bool) -> None:
    """Keys have 16384 bits at most, and the sign takes an octet."""
    number = der(0x30, der(0x02, b"\x00" + b"\xff" * (octets - 1)))
    assert _Contents(None)._is_reasonable(number) is reasonable


def test_derived_most_often() -> None:
    """2,000,000 times for all that a file holds, together."""
    contents = _Contents(None)
    assert contents._is_reasonable(_derived(2_000_000))
    assert not contents._is_reasonable(_derived(1))
    assert not _Contents(None)._is_reasonable(_derived(2_000_001))


def test_password_that_is_not_needed() -> None:
    """A file without a password is opened in spite of one, if that is little work."""
    store = _store()
    own = rounds(read_ber(store))
    assert own
    assert _opens(store, "not needed")
    assert _opens(_derived(100_000 - own) + store, "not needed")
    assert not _opens(_derived(100_001 - own) + store, "not needed")


@pytest.mark.parametrize(
    ("numbers", "times"),
    [
        ((16384, 8, 1), 2 * 16384 * 8),
        ((16384, 8, 3, 32), 2 * 16384 * 8 * 3),
        ((2, 3), 2 * 2 * 3),
    ],
)
def test_scrypt(numbers: tuple[int, ...], times: int) -> None:
    """Its work is the product of its three numbers; the length of the key is none."""
    parameters = der(0x30, der(0x04, b"salt") + b"".join(map(_number, numbers)))
    assert rounds(read_ber(der(0x30, der(0x06, SCRYPT) + parameters))) == times


def test_store_and_what_is_in_it() -> None:
    """Each part of a store is opened by itself."""
    parts = der(0x30, _derived(3) + _derived(5))
    check = der(0x30, der(0x30, b"") + der(0x04, b"salt") + _number(7))
    version = _number(3)
    assert rounds(read_ber(der(0x30, version + parts + check))) == 15
    assert rounds(read_ber(der(0x30, parts + check))) == 8
    without = der(0x30, der(0x30, b"") + der(0x04, b"salt"))
    assert rounds(read_ber(der(0x30, version + parts + without))) == 9


def test_most_elements_of_an_outline() -> None:
    """Somewhat less than 20,000, the outermost one among them."""
    assert read_ber(der(0x30, der(0x05, b"") * 19_998))
    with pytest.raises(NotBerError):
        read_ber(der(0x30, der(0x05, b"") * 19_999))


def test_blocks_in_disorder() -> None:
    """A block ends where one of its name does; ends and beginnings alone are none."""
    begin, end = b"-----BEGIN CERTIFICATE-----\n", b"-----END CERTIFICATE-----\n"
    assert _opens(end + MODERN.pem())
    assert _opens(end * 2 + MODERN.pem() + begin)
    assert _opens(b"-----END A-----\n-----BEGIN A-----\n" + MODERN.pem())


def test_others_in_a_store() -> None:
    """A store's certificates come along, each once; its key must belong to one."""
    leaf, other = MODERN.certificate, OTHER.certificate
    data = _store(other)
    found = certificate_file.read_certificate_file(data, None)
    assert found.certificate == leaf
    assert found.chain == (other,)
    twice = certificate_file.read_certificate_file(MODERN.pem() * 2 + OTHER.der(), None)
    assert twice.chain == ()


def test_a_key_that_is_none() -> None:
    """It is encrypted with nothing that is out of use, and is not opened."""
    element = b"-----BEGIN X-----\nA\n-----END X-----\n"
    assert not is_out_of_use(element)
    assert not is_quick(element)


def test_so_deep_is_looked() -> None:
    """Elements in strings in elements are looked into forty deep, and no deeper."""
    data = der(0x30, b"")
    for _ in range(60):
        data = der(0x30, der(0x04, data))
    element, depth = read_ber(data), 0
    while element.inner:
        element, depth = element.inner[0], depth + 1
    assert depth == 39


def test_whose_key_is_missing() -> None:
    """Of several certificates without a key, the first one says whose it is."""
    for first, second, name in ((MODERN, OTHER, ALICE), (OTHER, MODERN, "bob")):
        with pytest.raises(NoPrivateKeyError) as caught:
            ClientCertificate.load(first.der() + second.der())
        assert caught.value.name.startswith(name)


def test_key_that_belongs_to_one() -> None:
    """In any order those count that belong together, whatever else there is."""
    third = PLATFORM.modern_certificate("carol@example.com", key="p256")
    parts = [third.key_der(), OTHER.der(), MODERN.der(), MODERN.key_der()]
    for data in (b"".join(parts), b"".join(reversed(parts))):
        certificate = ClientCertificate.load(data)
        assert certificate.common_name == ALICE
        assert certificate.found == 2
        assert certificate.chain_pem.count("BEGIN") == 1
    for other in (OTHER, third):
        with pytest.raises(KeyMismatchError):
            ClientCertificate.load(MODERN.der() + other.key_der())


def test_second_file_with_the_key() -> None:
    """A key of its own file is taken, and its password is asked for."""
    blocks = PEM_BLOCK.findall(MODERN.pem("secret"))
    locked = next(block for block in blocks if b"ENCRYPTED" in block)
    with pytest.raises(PasswordRequiredError):
        ClientCertificate.load(MODERN.der(), key=locked)
    with pytest.raises(PasswordRequiredError):
        ClientCertificate.load(locked)
    assert ClientCertificate.load(MODERN.der(), "secret", key=locked).found == 1
    # A file with nothing in it is not looked at any further.
    with pytest.raises(NotACertificateError):
        ClientCertificate.load(b"", key=MODERN.pem())
