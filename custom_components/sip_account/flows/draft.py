"""What a config flow has gathered so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from homeassistant.components.file_upload import process_uploaded_file
from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import (
    CONF_ACCOUNT,
    CONF_ALLOW_WEAK,
    CONF_AUTHORITY,
    CONF_CERTIFICATE,
    CONF_PINNED,
    CONF_SECOND_AUTHORITY,
    CONF_SECOND_PINNED,
    CONF_SETTINGS_URL,
)
from ..login import certificate_data, trust_in
from ..sip_settings import (
    AuthenticationError,
    BackendError,
    CertificateError,
    ClientCertificate,
    KeyMismatchError,
    NoPrivateKeyError,
    NotACertificateError,
    PlainHttpError,
    ServerConnectionError,
    ServerTimeoutError,
    SipAddress,
    SipSettingsError,
    TlsError,
    Trust,
    UnsupportedEncryptionError,
    WeakServerCertificateError,
    is_snapshot_page,
    page_url,
    typed_page_url,
)

# Why a flow ends whose account was removed while it was open.
ACCOUNT_REMOVED = "account_removed"
# Why one ends that was opened before the account has got another server or login.
CHANGED_MEANWHILE = "changed_meanwhile"

# Larger than any certificate; the client says so of what is larger still.
_UPLOAD_LIMIT = 2 * 1024 * 1024

_FILE_ERRORS: dict[type[SipSettingsError], str] = {
    NotACertificateError: "not_a_certificate",
    NoPrivateKeyError: "no_private_key",
    UnsupportedEncryptionError: "unsupported_encryption",
    KeyMismatchError: "key_mismatch",
}
_SERVER_ERRORS: dict[type[SipSettingsError], str] = {
    WeakServerCertificateError: "weak_server_certificate",
    TlsError: "tls_failed",
    ServerConnectionError: "cannot_connect",
    ServerTimeoutError: "timeout_connect",
    BackendError: "server_failed",
}


# Errors of an address at which nothing has answered to a login.
_NOBODY_THERE = frozenset({"cannot_connect", "not_a_settings_page", "timeout_connect"})
# Errors that another certificate or password mends.
LOGIN_ERRORS = frozenset(
    {
        "certificate_expired",
        "certificate_refused",
        "certificate_wanted",
        "invalid_auth",
        "password_wanted",
    }
)
# Errors that say that a person may have to begin again, in another way.
BEGIN_AGAIN = LOGIN_ERRORS - {"invalid_auth"} | {"not_confirmed"}


@dataclass(slots=True, kw_only=True)
class Draft:
    """What was uploaded and typed, and what it turned out to be.

    `file` and `key_file` are the bytes of the uploads, with the name of the first and
    whose it is; `password` opens the file, or the account where there is no
    certificate. `typed_url` and `typed_account` keep what was typed even where it is
    wrong, and `chosen_trust` how that server shall be recognized. `url_domain` is the
    domain whose login may go to `url`, since a person took that for its server, and
    `spare_urls` are its other addresses; `second_url` is the second page, which a
    person has taken, and `snapshot_url` one of 2026 that tells more than `url`.
    `kept_password` is for that kind of page alone, beside a certificate, and at the
    host `kept_at`, or wherever a person keeps it. `not_renewed` tells why an upload is
    asked for. `trusts` tell of each host how a person wants it to be recognized.
    """

    file: bytes | None = field(default=None, repr=False)
    key_file: bytes | None = field(default=None, repr=False)
    file_name: str = field(default="", repr=False)
    key_name: str = field(default="", repr=False)
    file_of: str = field(default="", repr=False)
    password: str | None = field(default=None, repr=False)
    certificate: ClientCertificate | None = None
    key_wanted: bool = False
    url: str = ""
    typed_url: str | None = None
    chosen_trust: str = "unchanged"
    url_domain: str = ""
    spare_urls: tuple[str, ...] = ()
    second_url: str | None = None
    snapshot_url: str | None = None
    kept_password: str | None = field(default=None, repr=False)
    kept_at: str | None = None
    account: SipAddress | None = None
    typed_account: str | None = None
    allow_weak: bool = False
    expiry_accepted: bool = False
    trusts: dict[str, Trust] = field(default_factory=dict)
    not_renewed: str | None = None

    @classmethod
    def from_entry(cls, data: Mapping[str, Any]) -> Self:
        """Begin with what an entry holds, but for its credentials."""
        account = SipAddress.parse(data[CONF_ACCOUNT])
        return cls(
            url=data[CONF_URL],
            typed_url=data[CONF_URL],
            url_domain=account.domain,
            second_url=data.get(CONF_SETTINGS_URL),
            kept_password=data.get(CONF_PASSWORD)
            if {CONF_CERTIFICATE, CONF_SETTINGS_URL} & data.keys()
            else None,
            kept_at=_host(data[CONF_URL]),
            account=account,
            typed_account=data[CONF_ACCOUNT],
            trusts={
                _host(data[key]): trust_in(data, page_url(data[key]))
                for key in (CONF_SETTINGS_URL, CONF_URL)
                if key in data
            },
        )

    def forget_files(self) -> None:
        """Keep nothing of an upload that is of no use, or was replaced."""
        self.file = self.key_file = self.password = None
        self.file_name = self.key_name = self.file_of = ""
        self.key_wanted = False

    def keep_login(self, data: Mapping[str, Any]) -> None:
        """Go on with an entry's password, and with what was said of its certificate."""
        self.password = data.get(CONF_PASSWORD)
        self.kept_at = None
        self.allow_weak = data.get(CONF_ALLOW_WEAK, False)
        self.expiry_accepted = True

    def take_server(self, user_input: Mapping[str, Any]) -> dict[str, str]:
        """Keep address and account as typed; return what is wrong with them.

        An address that has served until now stays as it is.
        """
        errors: dict[str, str] = {}
        self.typed_url = user_input[CONF_URL]
        self.spare_urls = ()
        try:
            if self.typed_url != self.url:
                self.url = str(typed_page_url(self.typed_url))
        except PlainHttpError:
            errors[CONF_URL] = "plain_http"
        except ValueError:
            errors[CONF_URL] = "invalid_url"
        if CONF_ACCOUNT in user_input:
            errors |= self.take_account(user_input)
        return errors

    def take_account(self, user_input: Mapping[str, Any]) -> dict[str, str]:
        """Keep the account as typed; return what is wrong with it."""
        self.typed_account = user_input[CONF_ACCOUNT]
        try:
            self.account = SipAddress.parse(self.typed_account)
        except ValueError:
            return {CONF_ACCOUNT: "invalid_account"}
        return {}

    def go_to(self, domain: str, *urls: str) -> None:
        """Let logins of `domain` go to a server, at the first of its addresses."""
        self.url, *spare = urls
        self.typed_url = self.url
        self.url_domain = domain
        self.spare_urls = tuple(spare)
        self.second_url = self.snapshot_url = None

    def turn_to_spare(self, error: str) -> bool:
        """Whether the server has another address, which is tried after this `error`.

        None that an answer to the login is: where it was refused, it goes nowhere else.
        """
        if error not in _NOBODY_THERE or not self.spare_urls:
            return False
        self.go_to(self.url_domain, *self.spare_urls)
        return True

    @property
    def trust(self) -> Trust:
        """How the server is recognized, which says nothing of any other host."""
        return self.trusts.get(_host(self.url), Trust())

    @trust.setter
    def trust(self, trust: Trust) -> None:
        self.trusts[_host(self.url)] = trust

    @property
    def on_snapshot_page(self) -> bool:
        """Whether the page is the one of 2026, which tells everything at once."""
        return bool(self.url) and is_snapshot_page(page_url(self.url))

    def as_entry_data(self) -> dict[str, Any]:
        """Return what the entry will hold; a file's password is not in it."""
        data: dict[str, Any] = {CONF_URL: self.url, CONF_ACCOUNT: str(self.account)}
        if self.second_url and self.on_snapshot_page:
            data[CONF_SETTINGS_URL] = self.second_url
        if self.certificate:
            data |= certificate_data(self.certificate)
            data[CONF_ALLOW_WEAK] = self.allow_weak
            here = self.kept_at in {None, _host(self.url)}
            if self.kept_password and here and self.on_snapshot_page:
                data[CONF_PASSWORD] = self.kept_password
        else:
            data[CONF_PASSWORD] = self.password
        data |= _trust_data(self.trust, CONF_AUTHORITY, CONF_PINNED)
        second = data.get(CONF_SETTINGS_URL)
        if second and _host(second) != _host(self.url):
            trust = self.trusts.get(_host(second), Trust())
            data |= _trust_data(trust, CONF_SECOND_AUTHORITY, CONF_SECOND_PINNED)
        return data


def _host(url: str) -> str:
    return (page_url(url).raw_host or "") if url else ""


def _trust_data(trust: Trust, authority: str, pinned: str) -> dict[str, str]:
    """Return how an entry keeps a trust, by the keys of both kinds."""
    told = {authority: trust.authority, pinned: trust.pinned}
    return {key: pem for key, pem in told.items() if pem}


def error_key(error: SipSettingsError, draft: Draft) -> str:
    """Return the form error that tells a person what to do about `error`."""
    if type(error) in _FILE_ERRORS:
        return _FILE_ERRORS[type(error)]
    certificate = draft.certificate
    if isinstance(error, CertificateError):
        if certificate is None:
            return "certificate_wanted"
        if certificate.expires < dt_util.utcnow():
            return "certificate_expired"
        return "certificate_refused"
    if isinstance(error, AuthenticationError):
        return "password_wanted" if certificate else "invalid_auth"
    return next(
        (key for kind, key in _SERVER_ERRORS.items() if isinstance(error, kind)),
        "not_a_settings_page",
    )


async def async_read_upload(
    hass: HomeAssistant, upload_id: str, limit: int = _UPLOAD_LIMIT
) -> bytes:
    """Return an uploaded file up to its limit, which Home Assistant then deletes.

    Raises ValueError where there is no such upload any more.
    """
    return (await async_take_upload(hass, upload_id, limit))[1]


async def async_take_upload(
    hass: HomeAssistant, upload_id: str, limit: int = _UPLOAD_LIMIT
) -> tuple[str, bytes]:
    """Return an uploaded file's name too."""

    def read() -> tuple[str, bytes]:
        try:
            with process_uploaded_file(hass, upload_id) as path, path.open("rb") as f:
                return path.name, f.read(limit)
        except OSError as error:
            msg = "The uploaded file is gone"
            raise ValueError(msg) from error

    return await hass.async_add_executor_job(read)
