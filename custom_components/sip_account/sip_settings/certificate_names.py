"""The names in a certificate, also those that cryptography cannot read.

OpenSSL 0.9.8, the tool of 2009, wrote names with an umlaut as T61String in Latin-1.
They are shown as far as they can be: nothing depends on them but what a person sees,
and which account a common name tells.
"""

from cryptography import x509
from cryptography.x509.oid import NameOID

from .ber import Element, read_ber

_SEQUENCE = 0x30
_UTF8, _BMP, _UNIVERSAL = 0x0C, 0x1E, 0x1C
_VERSION = 0xA0
# After the version: serial number, algorithm, issuer, validity, subject.
_ISSUER, _SUBJECT = 2, 4
# The last two are cryptography 48's, for unknown kinds of text.
_UNREADABLE = (
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    ValueError,
    KeyError,
    TypeError,
)
_EMAIL = "1.2.840.113549.1.9.1"
_KNOWN = {
    "2.5.4.3": "CN",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
}

type Name = list[tuple[str, str]]


def subject_of(certificate: x509.Certificate) -> str:
    """Return whom a certificate is of, as RFC 4514 writes it if that can be read."""
    try:
        return certificate.subject.rfc4514_string()
    except ValueError, KeyError, TypeError:
        return _written(_name(certificate, _SUBJECT))


def issuer_of(certificate: x509.Certificate) -> str:
    """Return who issued a certificate, as RFC 4514 writes it if that can be read."""
    try:
        return certificate.issuer.rfc4514_string()
    except ValueError, KeyError, TypeError:
        return _written(_name(certificate, _ISSUER))


def common_name_of(certificate: x509.Certificate) -> str:
    """Return the first common name, empty where there is none."""
    try:
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else ""
    except ValueError, KeyError, TypeError:
        name = _name(certificate, _SUBJECT)
        return next((value for kind, value in name if kind == "CN"), "")


def addresses_in(certificate: x509.Certificate) -> list[str]:
    """Return what else may tell an account: SIP and e-mail addresses, in this order.

    They stand among the alternative names or in the subject. Whoever asked for the
    certificate may have chosen them: they are proposals.
    """
    sip: list[str] = []
    mail: list[str] = []
    try:
        names = certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        ).value
        uris = names.get_values_for_type(x509.UniformResourceIdentifier)
        sip = [uri for uri in uris if uri.lower().startswith(("sip:", "sips:"))]
        mail = names.get_values_for_type(x509.RFC822Name)
    except _UNREADABLE:
        pass
    subject = _name(certificate, _SUBJECT)
    return [*sip, *mail, *(value for kind, value in subject if kind == _EMAIL)]


def _name(certificate: x509.Certificate, which: int) -> Name:
    """Return the parts of a name, none where it is none."""
    try:
        members = read_ber(certificate.tbs_certificate_bytes).inner
    except ValueError:
        return []
    if members and members[0].tag == _VERSION:
        members = members[1:]
    if which >= len(members):
        return []
    found: Name = []
    for part in (part for one in members[which].inner for part in one.inner):
        if part.tag == _SEQUENCE and len(part.inner) > 1:
            kind = _dotted(part.inner[0].content)
            found.append((_KNOWN.get(kind, kind), _text(part.inner[1])))
    return found


def _written(name: Name) -> str:
    return ",".join(f"{kind}={value}" for kind, value in reversed(name))


def _text(element: Element) -> str:
    encodings = {_UTF8: "utf-8", _BMP: "utf-16-be", _UNIVERSAL: "utf-32-be"}
    encoding = encodings.get(element.tag, "latin-1")
    return element.content.decode(encoding, "replace")


def _dotted(content: bytes) -> str:
    """Return an object identifier as it is written."""
    numbers: list[int] = []
    value = 0
    for octet in content[:32]:
        value = value << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2) if numbers else 0
    head = [first, numbers[0] - 40 * first] if numbers else []
    return ".".join(map(str, [*head, *numbers[1:]]))
