"""What certificates and keys are made of, part by part."""

from base64 import b64encode

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
import pytest

from custom_components.sip_account.sip_settings import (
    CertificateFileError,
    ClientCertificate,
    SipAddress,
)
from custom_components.sip_account.sip_settings.ber import (
    NotBerError,
    longest_number,
    read_ber,
    rounds,
)
from custom_components.sip_account.sip_settings.certificate_names import (
    addresses_in,
    common_name_of,
    issuer_of,
    subject_of,
)
from custom_components.sip_account.sip_settings.credentials import (
    public_key_bits,
    weak_key,
)
from custom_components.sip_account.sip_settings.key_encryption import (
    is_out_of_use,
    is_quick,
)
from demo import der
from demo.certificates import authority, parse

ALICE = "alice@example.com"
PLATFORM = authority("Example Platform", "Example Platform CA")
MODERN = PLATFORM.modern_certificate(ALICE, key="p256")
CURVE = ec.generate_private_key(ec.SECP256R1())
EMAIL = "1.2.840.113549.1.9.1"
T61, UTF8, BMP, UNIVERSAL, IA5 = 0x14, 0x0C, 0x1E, 0x1C, 0x16
# No letter that cryptography knows a T61 string by.
UMLAUT = "M\u00fcller".encode("latin-1")

type Parts = list[tuple[str, int, bytes]]


def _name(parts: Parts) -> bytes:
    """Write a name of types, kinds of text and octets."""
    return der.sequence(
        *(
            der.set_of(der.sequence(der.oid(kind), der.element(tag, content)))
            for kind, tag, content in parts
        )
    )


def _certificate(
    subject: Parts,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = CURVE,
    issuer: Parts | None = None,
) -> x509.Certificate:
    """Write a certificate that nobody has signed."""
    signed_with = der.sequence(der.oid("1.2.840.113549.1.1.11"), der.null())
    times = (der.element(0x17, text) for text in (b"200101000000Z", b"400101000000Z"))
    public = key.public_key()
    spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    own = PLATFORM.certificate.subject.public_bytes()
    to_be_signed = der.sequence(
        der.explicit(0, der.integer(2)),
        der.integer(7),
        signed_with,
        own if issuer is None else _name(issuer),
        der.sequence(*times),
        _name(subject),
        spki,
    )
    return parse(der.sequence(to_be_signed, signed_with, der.bits(b"\x00" * 64)))


@pytest.mark.parametrize(
    ("bits", "weak"), [(2047, True), (2048, False)], ids=["2047", "2048"]
)
def test_shortest_rsa_key(bits: int, weak: bool) -> None:
    """An RSA key of 2048 bits is as strong as is asked for, and none below."""
    certificate = _certificate([], rsa.generate_private_key(65537, bits))
    assert public_key_bits(certificate) == bits
    assert weak_key(certificate) is weak


@pytest.mark.parametrize(
    ("curve", "bits", "weak"),
    [(ec.SECP192R1(), 192, True), (ec.SECP224R1(), 224, False)],
    ids=["192", "224"],
)
def test_shortest_curve(curve: ec.EllipticCurve, bits: int, weak: bool) -> None:
    """A key on a curve of 224 bits is as strong, and none on a shorter one."""
    certificate = _certificate([], ec.generate_private_key(curve))
    assert public_key_bits(certificate) == bits
    assert weak_key(certificate) is weak


@pytest.mark.parametrize("other", ["alice@example.com", "carol@example.com", "bob"])
def test_another_address(other: str) -> None:
    """Who comes before in the alphabet is another, and so is who comes behind."""
    assert not SipAddress("bob", "example.com").is_same(other)
    assert SipAddress("bob", "example.com").is_same("sip:BOB@Example.com")


@pytest.mark.parametrize(
    ("tag", "encoding"),
    [
        (UTF8, "utf-8"),
        (BMP, "utf-16-be"),
        (UNIVERSAL, "utf-32-be"),
        (IA5, "latin-1"),
        (T61, "latin-1"),
    ],
)
def test_kinds_of_text(tag: int, encoding: str) -> None:
    """An e-mail address in a name is read in each kind of text that there is."""
    certificate = _certificate([(EMAIL, tag, "a\u00e9@example.com".encode(encoding))])
    assert addresses_in(certificate) == ["a\u00e9@example.com"]


def test_names_of_former_times() -> None:
    """A name with an umlaut of 2009 is shown, the last part first."""
    parts = [
        ("2.5.4.6", UTF8, b"NL"),
        ("2.5.4.8", UTF8, b"S"),
        ("2.5.4.7", UTF8, b"L"),
        ("2.5.4.10", T61, UMLAUT),
        ("2.5.4.11", UTF8, b"U"),
        ("2.5.4.3", UTF8, b"first"),
        ("2.5.4.3", UTF8, b"second"),
        ("0.9.2342.19200300.100.1.1", UTF8, b"id"),
        ("2.100.3", UTF8, b"x"),
        ("1.39.5", UTF8, b"y"),
    ]
    certificate = _certificate(parts, issuer=[("2.5.4.10", T61, UMLAUT)])
    assert subject_of(certificate) == (
        "1.39.5=y,2.100.3=x,0.9.2342.19200300.100.1.1=id,"
        "CN=second,CN=first,OU=U,O=M\u00fcller,L=L,ST=S,C=NL"
    )
    assert issuer_of(certificate) == "O=M\u00fcller"
    assert common_name_of(certificate) == "first"


def test_common_names() -> None:
    """The first one is told, and none where there is none."""
    two = [("2.5.4.3", UTF8, b"first"), ("2.5.4.3", UTF8, b"second")]
    assert common_name_of(_certificate(two)) == "first"
    assert common_name_of(_certificate([("2.5.4.10", UTF8, b"O")])) == ""
    assert common_name_of(_certificate([("2.5.4.10", T61, UMLAUT)])) == ""


@pytest.mark.parametrize(
    ("data", "longest"),
    [
        ("3003020201" + "01", None),  # longer than what it is in
        ("300b" + "30800201010000" + "02027fff", 16),  # behind one of no told length
        ("300d" + "2480" + "040130" + "0000" + "02047fffffff", 32),
        ("8103020101", 0),  # a kind of its own, of octets
        ("0403020101", 0),  # a string of anything but a sequence
        ("0406300302010100", 0),  # or with more behind it
        ("02" + "7f" + "01" * 127, 8 * 127),
        ("02" + "8180" + "01" * 128, 8 * 128),
        ("0282", None),
        ("028201", None),
        ("30800000", 0),
        ("3080", None),
        ("308000", None),
    ],
)
def test_more_outlines(data: str, longest: int | None) -> None:
    """Where each element ends, and what is in none."""
    octets = bytes.fromhex(data)
    if longest is None:
        with pytest.raises(NotBerError):
            read_ber(octets)
        return
    assert longest_number(read_ber(octets)) == longest


PKCS12_3DES = "1.2.840.113549.1.12.1.3"
PKCS5_2 = "1.2.840.113549.1.5.12"
SCRYPT = "1.3.6.1.4.1.11591.4.11"


@pytest.mark.parametrize(
    ("data", "times"),
    [
        (der.sequence(der.oid(PKCS12_3DES), der.sequence(der.integer(9))), 9),
        (der.sequence(der.oid(PKCS5_2), der.sequence(der.integer(9))), 9),
        (der.sequence(der.oid(PKCS5_2), der.sequence(*map(der.integer, (9, 5)))), 9),
        (der.sequence(der.oid(PKCS5_2), der.sequence(der.null())), 0),
        (der.sequence(der.oid(PKCS5_2)), 0),
        (der.sequence(der.oid(SCRYPT), der.sequence(*map(der.integer, (4, 3)))), 24),
        (der.sequence(der.oid("1.2.3"), der.sequence(der.integer(9))), 0),
        (der.set_of(der.oid(PKCS5_2), der.sequence(der.integer(9))), 0),
        (der.sequence(der.null(), der.sequence(der.integer(9))), 0),
        (der.sequence(*[der.null()] * 2, der.sequence(*map(der.integer, (7, 9)))), 7),
        (der.sequence(*[der.null()] * 3, der.sequence(der.integer(7))), 0),
        (der.sequence(der.null(), der.sequence(der.integer(7))), 0),
    ],
)
def test_how_often_keys_are_derived(data: bytes, times: int) -> None:
    """By the algorithms that derive keys, and in a store's own check; nowhere else."""
    assert rounds(read_ber(data)) == times


def _openssh(cipher: bytes, times: int) -> bytes:
    def text(content: bytes) -> bytes:
        return len(content).to_bytes(4) + content

    options = text(b"salt" * 4) + times.to_bytes(4)
    content = b"openssh-key-v1\x00" + text(cipher) + text(b"bcrypt") + text(options)
    name = b"OPENSSH PRIVATE KEY-----\n"
    return b"-----BEGIN " + name + b64encode(content) + b"\n-----END " + name


@pytest.mark.parametrize(
    ("cipher", "times", "quick"),
    [
        (b"aes256-ctr", 16, True),
        (b"aes256-ctr", 64, True),
        (b"aes256-ctr", 65, False),
        (b"aes256-ctr", 2**31, False),
        (b"none", 2**31, True),
        (b"nine", 2**31, False),
    ],
)
def test_rounds_of_openssh(cipher: bytes, times: int, quick: bool) -> None:
    """64 rounds are more than any real key asks for; without a cipher none are made."""
    assert is_quick(_openssh(cipher, times)) is quick


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        (b"AES-256-CBC", False),
        (b"DES-EDE3-CBC", False),
        (b"DES-CBC", True),
        (b"CAMELLIA-256-CBC", True),
    ],
)
def test_ciphers_out_of_use(name: bytes, unknown: bool) -> None:
    """By the name that stands in the file."""
    assert is_out_of_use(b"-----BEGIN X-----\nDEK-Info: " + name + b",00") is unknown


def test_identifiers_out_of_use() -> None:
    """Or by the identifier of Camellia or DES within it."""
    camellia = der.oid("1.2.392.200011.61.1.1.1")
    assert is_out_of_use(der.sequence(camellia))
    assert is_out_of_use(der.sequence(der.oid("1.3.14.3.2.7")))
    assert not is_out_of_use(der.sequence(der.oid("1.2.392.200011.61.1.1")))


def _opens(data: bytes) -> bool:
    try:
        ClientCertificate.load(data)
    except CertificateFileError:
        return False
    return True


PAIR = MODERN.der() + MODERN.key_der()
PEM = MODERN.pem()


@pytest.mark.parametrize(
    "data",
    [
        PAIR + b"\x30",
        PAIR + b"\x30\x00",
        PAIR + b"\x30\x82",
        PAIR + b"\x30\x80",
        PAIR + b"rubbish",
        PEM.decode().encode("utf-16"),
        b"\xff\xfe" + PEM.decode().encode("utf-16-le"),
        b"\xfe\xff" + PEM.decode().encode("utf-16-be"),
        b"\xef\xbb\xbf" + PEM,
        b"\xef\xbb\xbf \n" + b64encode(PAIR) + b"\n",
        b64encode(PAIR),
        PEM + b"-----BEGIN CERTIFICATE-----",
        b"-----BEGIN X-----\n" + PEM,
    ],
    ids=range(13),
)
def test_wrapped_in_something(data: bytes) -> None:
    """What stands around certificate and key, or was made of them, does no harm."""
    assert _opens(data)


@pytest.mark.parametrize(
    "data",
    [
        b"rubbish" + PAIR,
        b64encode(PAIR)[:-7] + b"\x00",
        b64encode(PAIR) + b"~",
        b"MI",
        b"MIIA=AAA",
        b"\x30",
        b"\x30\x84\xff\xff\xff\xff",
    ],
    ids=range(7),
)
def test_wrapped_in_too_much(data: bytes) -> None:
    """What does not begin as a file of certificates is none."""
    assert not _opens(data)
