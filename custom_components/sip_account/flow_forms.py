"""The forms of the config flow."""

from homeassistant.const import CONF_PASSWORD, CONF_URL
from homeassistant.helpers.selector import (
    BooleanSelector,
    FileSelector,
    FileSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import probatio

from .const import (
    CONF_ACCOUNT,
    CONF_ALLOW_WEAK,
    CONF_CERTIFICATE,
    CONF_PRIVATE_KEY,
    DEFAULT_CERTIFICATE_URL,
    DEFAULT_DIGEST_URL,
)
from .flow_draft import Draft

_CERTIFICATE_FILE = FileSelector(
    FileSelectorConfig(accept=".crt,.cer,.pem,.der,.p12,.pfx")
)
_KEY_FILE = FileSelector(FileSelectorConfig(accept=".key,.pem,.der,.pk8"))
_AUTHORITY_FILE = FileSelector(FileSelectorConfig(accept=".crt,.cer,.pem,.der"))
_ACCOUNT = TextSelector(TextSelectorConfig(autocomplete="username"))
_PASSWORD = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="current-password")
)
_URL = TextSelector(TextSelectorConfig(type=TextSelectorType.URL))


def upload(draft: Draft) -> probatio.Schema:
    """Return the form of the certificate file; a kept file need not come again."""
    if not draft.key_wanted:
        return probatio.Schema({probatio.Required(CONF_CERTIFICATE): _CERTIFICATE_FILE})
    return probatio.Schema(
        {
            probatio.Optional(CONF_CERTIFICATE): _CERTIFICATE_FILE,
            probatio.Optional(CONF_PRIVATE_KEY): _KEY_FILE,
        }
    )


def server(draft: Draft) -> probatio.Schema:
    """Return the form of the server, and of what the certificate does not tell."""
    fields: dict[probatio.Marker, object] = {}
    if draft.locked:
        fields[probatio.Required(CONF_PASSWORD)] = _PASSWORD
    fields[_url(draft, DEFAULT_CERTIFICATE_URL)] = _URL
    if draft.certificate is not None and draft.certificate.address is None:
        fields[_account(draft)] = _ACCOUNT
    return probatio.Schema(fields)


def password(draft: Draft) -> probatio.Schema:
    """Return the form of SIP address, password and server."""
    return probatio.Schema(
        {
            _account(draft): _ACCOUNT,
            probatio.Required(CONF_PASSWORD): _PASSWORD,
            _url(draft, DEFAULT_DIGEST_URL): _URL,
        }
    )


def authority() -> probatio.Schema:
    """Return the form of the server's authority."""
    return probatio.Schema({probatio.Required("authority"): _AUTHORITY_FILE})


def weak_certificate() -> probatio.Schema:
    """Return the form in which a weak certificate is confirmed."""
    return probatio.Schema(
        {probatio.Required(CONF_ALLOW_WEAK, default=False): BooleanSelector()}
    )


def confirmation() -> probatio.Schema:
    """Return a form that is only read and submitted."""
    return probatio.Schema({})


def _url(draft: Draft, default: str) -> probatio.Marker:
    return probatio.Required(CONF_URL, default=draft.typed_url or default)


def _account(draft: Draft) -> probatio.Marker:
    return probatio.Required(
        CONF_ACCOUNT, description={"suggested_value": draft.typed_account}
    )
