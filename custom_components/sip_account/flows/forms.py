"""The forms of the config flow."""

from collections.abc import Mapping

from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.helpers.selector import (
    BooleanSelector,
    FileSelector,
    FileSelectorConfig,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..const import (
    CONF_ACCOUNT,
    CONF_ALLOW_WEAK,
    CONF_CERTIFICATE,
    CONF_PRIVATE_KEY,
    CONF_SETTINGS_URL,
)
from ..sip_settings import PLATFORM_PAGES, ServerCertificate
from ..wording.inert import inert
from ..wording.words import day
from .draft import BEGIN_AGAIN, Draft

ACCOUNT_OF = "account"
START_AGAIN = "start_again"
TRY_EXPIRED = "try_expired"
_CERTIFICATE_FILE = FileSelector(
    FileSelectorConfig(accept=".crt,.cer,.pem,.der,.p12,.pfx")
)
_KEY_FILE = FileSelector(FileSelectorConfig(accept=".key,.pem,.der,.pk8"))
_AUTHORITY_FILE = FileSelector(FileSelectorConfig(accept=".crt,.cer,.pem,.der"))
_ACCOUNT = TextSelector(TextSelectorConfig(autocomplete="username"))
_PASSWORD = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="current-password")
)
_TRUST = SelectSelector(
    SelectSelectorConfig(
        options=["unchanged", "system", "authority", "pinned"], translation_key="trust"
    )
)
_URL = TextSelector(TextSelectorConfig(type=TextSelectorType.URL))


def upload(draft: Draft) -> vol.Schema:
    """Return the form of the certificate file; a kept file need not come again."""
    fields: dict[vol.Marker, object] = {}
    if not draft.file:
        fields[vol.Required(CONF_CERTIFICATE)] = _CERTIFICATE_FILE
    if draft.key_wanted:
        fields[vol.Optional(CONF_PRIVATE_KEY)] = _KEY_FILE
    fields[vol.Optional(CONF_PASSWORD)] = _PASSWORD
    if draft.file:
        fields[vol.Optional(CONF_CERTIFICATE)] = _CERTIFICATE_FILE
    return vol.Schema(fields)


def server(draft: Draft, *, with_url: bool) -> vol.Schema:
    """Return the form of the server, and of what the certificate leaves open."""
    fields: dict[vol.Marker, object] = {}
    if with_url:
        fields[_url(draft)] = _URL
    certificate = draft.certificate
    if certificate is not None and certificate.address is None:
        proposed = draft.typed_account or certificate.proposed
        fields[_account(str(proposed) if proposed else None)] = _ACCOUNT
    for field in undecided(draft):
        fields[vol.Required(field, default=False)] = BooleanSelector()
    return vol.Schema(fields)


def with_way_back(form: vol.Schema, errors: Mapping[str, str]) -> vol.Schema:
    """Return a form that leads back to the beginning, where an error asks for that."""
    if BEGIN_AGAIN.isdisjoint(errors.values()):
        return form
    return form.extend({vol.Optional(START_AGAIN, default=False): BooleanSelector()})


def undecided(draft: Draft) -> list[str]:
    """Return the fields of what a person has yet to decide about a certificate."""
    certificate = draft.certificate
    found = []
    if certificate and certificate.expires < dt_util.utcnow():
        found += [] if draft.expiry_accepted else [TRY_EXPIRED]
    if certificate and certificate.weak:
        found += [] if draft.allow_weak else [CONF_ALLOW_WEAK]
    return found


def address(draft: Draft) -> vol.Schema:
    """Return the form of a server, and of how it is trusted from now on."""
    return vol.Schema(
        {
            _url(draft): _URL,
            vol.Required("trust", default=draft.chosen_trust): _TRUST,
        }
    )


def known_certificate(draft: Draft, titles: Mapping[str, str]) -> vol.Schema:
    """Return the form of another account; `titles` are those of known ones, by id."""
    return choice("certificate_of", titles).extend(
        {_account(draft.typed_account): _ACCOUNT}
    )


def book_of(titles: Mapping[str, str]) -> vol.Schema:
    """Return the form of an account whose phone book is used, or of none."""
    return choice(ACCOUNT_OF, titles, "shared_book")


def choice(
    name: str, titles: Mapping[str, str], translation_key: str = ""
) -> vol.Schema:
    """Return the form of one of several, the first of which is chosen."""
    options = [
        SelectOptionDict(value=key, label=inert(text)) for key, text in titles.items()
    ]
    config = SelectSelectorConfig(options=options)
    if translation_key:
        config["translation_key"] = translation_key
    first = next(iter(titles), "")
    return vol.Schema({vol.Required(name, default=first): SelectSelector(config)})


def shown_certificate(certificate: ServerCertificate) -> dict[str, str]:
    """Return what a person sees of a server's certificate before trusting it."""
    return {
        "fingerprint": certificate.fingerprint,
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "not_before": day(certificate.not_before),
        "expires": day(certificate.expires),
    }


def password(draft: Draft, *, kept: bool) -> vol.Schema:
    """Return the form of SIP address and password; the server is found by them."""
    needed = vol.Optional if kept else vol.Required
    return vol.Schema(
        {
            _account(draft.typed_account): _ACCOUNT,
            needed(CONF_PASSWORD): _PASSWORD,
        }
    )


def other_address(suggested: str | None) -> vol.Schema:
    """Return the form of a server that was not found, or is another one."""
    description = {"suggested_value": suggested}
    return vol.Schema({vol.Required(CONF_URL, description=description): _URL})


def second_page(suggested: str) -> vol.Schema:
    """Return the form of the second page, which may be left empty."""
    field = vol.Optional(CONF_SETTINGS_URL, description={"suggested_value": suggested})
    return vol.Schema({field: _URL})


def authority() -> vol.Schema:
    """Return the form of the server's authority."""
    return vol.Schema({vol.Required("authority"): _AUTHORITY_FILE})


def weak_certificate() -> vol.Schema:
    """Return the form in which a weak certificate is confirmed."""
    return vol.Schema({vol.Required(CONF_ALLOW_WEAK, default=False): BooleanSelector()})


def confirmation() -> vol.Schema:
    """Return a form that is only read and submitted."""
    return vol.Schema({})


def _url(draft: Draft) -> vol.Marker:
    return vol.Required(CONF_URL, default=draft.typed_url or str(PLATFORM_PAGES[0]))


def _account(suggested: str | None) -> vol.Marker:
    return vol.Required(CONF_ACCOUNT, description={"suggested_value": suggested})
