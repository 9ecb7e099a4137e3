"""TLS contexts: whom we trust, and with which certificate we come.

All of this reads files or computes: not for an event loop.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
import hashlib
import os
from pathlib import Path
import ssl
from tempfile import NamedTemporaryFile
from typing import Self, override

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from .certificate_file import load_certificate, read_authorities
from .certificate_names import issuer_of, subject_of
from .credentials import (
    DEFAULT_LEVEL,
    WEAK_HASHES,
    ClientCertificate,
    signature_hash,
    weak_key,
)
from .errors import CertificateError, ServerCertificateError, WeakCertificateError
from .resumption import memory_at_work
from .text import clean

# Where OpenSSL's security level is lowered, nothing else may become weaker.
_STRONG_CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:DHE+CHACHA20"
# X509_V_FLAG_NO_CHECK_TIME: who pins one certificate has decided on it, dates seen.
_NAMES = 20  # of a certificate are shown
_NO_CHECK_TIME = 0x200000
WEAK_SERVER_CERTIFICATE = "weak server certificate"
UNREADABLE = "unreadable server certificate"


@dataclass(frozen=True, slots=True)
class ServerCertificate:
    """What a person needs to see before trusting one server certificate.

    `names` are the hosts that it is made for, at most twenty.
    """

    pem: str = field(repr=False)
    fingerprint: str
    subject: str
    issuer: str
    not_before: datetime
    expires: datetime
    names: tuple[str, ...] = ()

    @classmethod
    def load(cls, der: bytes) -> Self:
        """Read a certificate; raises ServerCertificateError."""
        try:
            certificate = load_certificate(der)
            subject, issuer = subject_of(certificate), issuer_of(certificate)
        except ValueError:
            msg = "The server's certificate cannot be read"
            raise ServerCertificateError(msg) from None
        return cls(
            pem=certificate.public_bytes(Encoding.PEM).decode("ascii"),
            fingerprint=hashlib.sha256(der).digest().hex(":").upper(),
            subject=clean(subject, 500),
            issuer=clean(issuer, 500),
            not_before=certificate.not_valid_before_utc,
            expires=certificate.not_valid_after_utc,
            names=_names(certificate),
        )

    @classmethod
    def load_pem(cls, pem: str) -> Self:
        """Read a certificate that was pinned; raises ServerCertificateError."""
        try:
            return cls.load(ssl.PEM_cert_to_DER_cert(pem))
        except ValueError:
            msg = "The pinned certificate cannot be read"
            raise ServerCertificateError(msg) from None


def _names(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the hosts that a certificate names, none where they cannot be read."""
    try:
        names = certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        ).value
        found = [
            str(name.value)
            for name in names
            if isinstance(name, (x509.DNSName, x509.IPAddress))
        ]
    except x509.ExtensionNotFound, ValueError:
        return ()
    return tuple(clean(name, 253) for name in found[:_NAMES])


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom we believe to be the server; the system's authorities by default.

    `authority` is the PEM text of uploaded authorities, `pinned` of the one server
    certificate that a person looked at and accepted. At most one is given.
    """

    authority: str | None = field(default=None, repr=False)
    pinned: str | None = field(default=None, repr=False)

    @classmethod
    def from_authority_file(cls, data: bytes) -> Self:
        """Read authorities from a PEM or DER file; raises NotACertificateError."""
        found = read_authorities(data)
        return cls(
            authority="".join(
                certificate.public_bytes(Encoding.PEM).decode("ascii")
                for certificate in found
            )
        )


def build_context(
    certificate: ClientCertificate | None,
    trust: Trust,
    *,
    allow_weak: bool = False,
    system_context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
) -> ssl.SSLContext:
    """Return a context for one account, or for all that come without a certificate.

    `allow_weak` is the person's confirmation that the certificate may lower
    OpenSSL's security level, as far as it needs and no further.
    Raises WeakCertificateError without it, CertificateError where OpenSSL refuses
    the certificate, ServerCertificateError where what we trust cannot be read.
    """
    level = DEFAULT_LEVEL if certificate is None else certificate.security_level
    if certificate is not None and certificate.weak and not allow_weak:
        msg = (
            f"The certificate is weak ({certificate.key_bits} bits, "
            f"{certificate.signature_hash or 'no hash'}): using it must be allowed"
        )
        raise WeakCertificateError(msg)
    context = _trusting_context(trust, system_context)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # The server asks for the certificate after the request (wire contract §4.1).
    context.post_handshake_auth = True
    if level < DEFAULT_LEVEL:
        context.set_ciphers(f"{_STRONG_CIPHERS}:@SECLEVEL={level}")
    context.sslobject_class = _checking_object(
        pinned=None if trust.pinned is None else ssl.PEM_cert_to_DER_cert(trust.pinned),
        check_strength=level < DEFAULT_LEVEL or trust.pinned is not None,
    )
    if certificate is not None:
        _load_certificate(context, certificate)
    return context


def unverified_context() -> ssl.SSLContext:
    """Return a context that looks at a server without believing it, nor coming as one.

    It serves only to show a person which certificate a server has, and to find out
    whether it is a settings page at all: nothing that tells who asks is sent through
    it, and no answer is used for anything else.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{_STRONG_CIPHERS}:@SECLEVEL=0")
    return context


def _trusting_context(
    trust: Trust, system_context: Callable[[], ssl.SSLContext]
) -> ssl.SSLContext:
    if trust.authority is None and trust.pinned is None:
        return system_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Real private authorities lack key identifiers, or do not mark their basic
    # constraints as critical: strict mode, Python's default since 3.13, refuses
    # them although OpenSSL always trusted them.
    context.verify_flags &= ~ssl.VerifyFlags.VERIFY_X509_STRICT
    context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN
    if trust.pinned is not None:
        context.check_hostname = False
        context.verify_flags |= _NO_CHECK_TIME
    try:
        context.load_verify_locations(cadata=trust.pinned or trust.authority)
    except ssl.SSLError:
        msg = "The trusted certificate cannot be read"
        raise ServerCertificateError(msg) from None
    return context


def _checking_object(
    *, pinned: bytes | None, check_strength: bool
) -> type[ssl.SSLObject]:
    """Return the connection class that looks at the server's certificates itself.

    A lowered security level would let a weak server certificate pass, and a pinned
    authority would let through what it issued. A session that is taken up comes from
    a connection that was checked so.
    """

    class CheckingSSLObject(ssl.SSLObject):
        """Ends a handshake with a server that only the lowered level accepts."""

        _begun = False
        _offered: float | None = None

        @override
        def do_handshake(self) -> None:
            """Shake hands, then check; raises ssl.SSLCertVerificationError."""
            memory = memory_at_work()
            if not self._begun and memory is not None:
                self._offered = memory.offer(self)
            self._begun = True
            try:
                super().do_handshake()
            except ssl.SSLWantReadError:
                # Until TLS 1.3 our own certificate goes out in mid-handshake: to
                # nobody who would be refused at its end.
                self._check(self.get_unverified_chain()[:1])
                raise
            self._check([self.getpeercert(binary_form=True)])
            if memory is not None:
                memory.take(self, self._offered)

        def _check(self, shown: Sequence[bytes | None]) -> None:
            """Check the server's certificate, if it is `shown` by now."""
            if pinned is not None and any(der != pinned for der in shown):
                msg = "not the pinned certificate"
                raise ssl.SSLCertVerificationError(msg)
            if check_strength and not self.session_reused:
                _check_strength(self.get_verified_chain())

    return CheckingSSLObject


def _check_strength(shown: Sequence[bytes]) -> None:
    """Raise ssl.SSLCertVerificationError where a certificate of a chain is weak."""
    try:
        chain = [load_certificate(der) for der in shown]
    except ValueError:
        raise ssl.SSLCertVerificationError(UNREADABLE) from None
    # As OpenSSL does: the trust anchor's own signature proves nothing.
    if any(map(weak_key, chain)) or any(
        signature_hash(certificate) in WEAK_HASHES for certificate in chain[:-1]
    ):
        raise ssl.SSLCertVerificationError(WEAK_SERVER_CERTIFICATE)


def _load_certificate(context: ssl.SSLContext, certificate: ClientCertificate) -> None:
    """Load certificate and key, which OpenSSL takes from files only."""
    content = certificate.key_pem + certificate.certificate_pem + certificate.chain_pem
    try:
        with _readable(content.encode("ascii")) as path:
            context.load_cert_chain(path)
    except ssl.SSLError as error:
        msg = f"OpenSSL refuses the client certificate ({error.reason})"
        raise CertificateError(msg, certain=True) from None


@contextmanager
def _readable(content: bytes) -> Iterator[str]:
    """Yield the name of a file that only we can read and that leaves no trace."""
    if hasattr(os, "memfd_create") and Path("/proc/self/fd").is_dir():
        with open(os.memfd_create("certificate"), "wb") as file:  # noqa: PTH123
            file.write(content)
            file.flush()
            yield f"/proc/self/fd/{file.fileno()}"
        return
    with NamedTemporaryFile(delete_on_close=False) as file:  # mode 0600
        file.write(content)
        file.close()
        yield file.name
