"""What can go wrong between us and a SIP settings server.

Every read ends as a value, as "the account has none", or as one of these. The
texts are for people: they never hold a secret, nor anybody's number or address
but the account's own.
"""

from enum import StrEnum
from typing import ClassVar


class SipSettingsError(Exception):
    """Base of everything that this package raises.

    `kind` is one of authentication, certificate, tls, connection, timeout,
    backend, reply, unsupported, target, alias, outcome, renewal, resolver, naming and
    closed.
    """

    kind: ClassVar[str]


class CredentialsError(SipSettingsError):
    """The server, or the file, does not let this account in.

    `certain` tells whether the evidence names the credentials. A digest 401 does
    not: the server answers the same while its back end is down (wire contract
    §4.5).
    """

    def __init__(self, message: str, *, certain: bool) -> None:
        """Keep how sure this is."""
        super().__init__(message)
        self.certain = certain


class AuthenticationError(CredentialsError):
    """The user name or password was refused."""

    kind = "authentication"


class CertificateError(CredentialsError):
    """The client certificate is unusable, or the server refuses it."""

    kind = "certificate"


class CertificateFileError(CertificateError):
    """A certificate file cannot be used as it is."""

    def __init__(self, message: str) -> None:
        """A file does not change by itself, so this is always certain."""
        super().__init__(message, certain=True)


class NotACertificateError(CertificateFileError):
    """The file holds nothing that can be read as a certificate."""


class NoPrivateKeyError(CertificateFileError):
    """The file holds a certificate, but not its private key; `name` is whose it is."""

    def __init__(self, message: str, name: str = "") -> None:
        """Take the message, and the common name of the certificate."""
        super().__init__(message)
        self.name = name


class KeyMismatchError(CertificateFileError):
    """The private key belongs to another certificate."""


class PasswordRequiredError(CertificateFileError):
    """The file is encrypted and no password was given."""


class UnsupportedEncryptionError(CertificateFileError):
    """The private key is encrypted in a way that nothing here can open."""


class WrongPasswordError(CertificateFileError):
    """The file is encrypted with another password."""


class WeakCertificateError(CertificateFileError):
    """The certificate needs a lower security level than was allowed."""


class TlsError(SipSettingsError):
    """No secure connection could be agreed on."""

    kind = "tls"


class Doubt(StrEnum):
    """Why a server's certificate does not verify; each needs another act."""

    UNKNOWN = "unknown"  # its authority, or a certificate other than the pinned one
    OUT_OF_DATE = "out_of_date"
    OTHER_NAME = "other_name"


class ServerCertificateError(TlsError):
    """The server's certificate does not verify against what we trust."""

    def __init__(self, message: str, doubt: Doubt = Doubt.UNKNOWN) -> None:
        """Keep why it does not verify."""
        super().__init__(message)
        self.doubt = doubt


class WeakServerCertificateError(TlsError):
    """The server's own certificate is too weak to tell who it is."""


class ServerConnectionError(SipSettingsError):
    """The server cannot be reached, or hung up."""

    kind = "connection"


class ServerTimeoutError(SipSettingsError):
    """The server did not finish its answer in time."""

    kind = "timeout"


class BackendError(SipSettingsError):
    """The server answered, but what stands behind it failed.

    `status` is the HTTP status (200 for almost everything, wire contract §0);
    `port` and `code` come from the grammar `Error (SipPort): message (code): text`.
    `words` is what the server says of it, without addresses and numbers.
    """

    kind = "backend"

    def __init__(
        self,
        message: str,
        *,
        status: int = 200,
        port: str = "",
        code: str = "",
        words: str = "",
    ) -> None:
        """Keep what the server's error grammar tells."""
        super().__init__(message)
        self.status = status
        self.port = port
        self.code = code
        self.words = words


class ReplyError(SipSettingsError):
    """The answer is none that a SIP settings page gives."""

    kind = "reply"


class ElsewhereError(ReplyError):
    """What answers is not the settings page: a proxy, a hotel, another page."""


class UnsupportedActionError(SipSettingsError):
    """This server knows the action under none of its names."""

    kind = "unsupported"


class TargetError(SipSettingsError):
    """Calls cannot be sent there; nothing was sent to the server.

    `problem` is one of empty, too_long, not_a_target, own_address and other_domain.
    """

    kind = "target"

    def __init__(self, message: str, problem: str) -> None:
        """Keep what is wrong; the target itself is nobody's business."""
        super().__init__(message)
        self.problem = problem


class RenewalError(SipSettingsError):
    """The server gave no certificate that could replace the one in use.

    `problem` is one of no_owner, not_made, no_certificate, other_account, old_again,
    dates and not_accepted.
    """

    kind = "renewal"

    def __init__(self, message: str, problem: str) -> None:
        """Keep what is wrong."""
        super().__init__(message)
        self.problem = problem


class OutcomeUnknownError(SipSettingsError):
    """A change was sent, and no answer says whether it was made."""

    kind = "outcome"


class UnconfirmedError(OutcomeUnknownError):
    """The server says that it was done, but first that what stands behind it failed.

    After a failed look-up of the account it goes on with no account at all, and says
    "done" (wire contract §5): only a read can tell.
    """


class AliasError(SipSettingsError):
    """An alias cannot be added; nothing was sent to the server.

    `problem` is one of not_a_name, a_number, own_name and taken.
    """

    kind = "alias"

    def __init__(self, problem: str) -> None:
        """Keep what is wrong; the alias itself is nobody's business."""
        super().__init__("This cannot be an alias")
        self.problem = problem


class ResolverError(SipSettingsError):
    """The resolver of names failed, so nobody knows whether there is a record."""

    kind = "resolver"


class NamedServerError(SipSettingsError):
    """A domain names its server, but not so that it can be found."""

    kind = "naming"


class ClosedError(SipSettingsError):
    """Nothing is sent for this account any more; nothing was sent to the server."""

    kind = "closed"

    def __init__(self) -> None:
        """Say why; there is only one reason."""
        super().__init__("Nothing is sent for this account any more")
