"""What became of a change, as Home Assistant tells a person."""

from homeassistant.exceptions import HomeAssistantError

from ..const import DOMAIN
from ..health import refusal_key
from ..sip_settings import (
    AcceptRule,
    BackendError,
    CredentialsError,
    OutcomeUnknownError,
    SipSettingsError,
    UnsupportedActionError,
)
from .inert import placeholders


class ChangeUnknownError(HomeAssistantError):
    """A change was sent, and nobody knows whether it was made."""


def meaning_of(account: str, error: SipSettingsError) -> HomeAssistantError:
    """Return what ended a change of `account`, in words of the translations."""
    if isinstance(error, OutcomeUnknownError):
        return told(account, ChangeUnknownError, "outcome_unknown")
    if isinstance(error, CredentialsError):
        return told(account, HomeAssistantError, refusal_key(error))
    if isinstance(error, UnsupportedActionError):
        return told(account, HomeAssistantError, "not_supported")
    if isinstance(error, BackendError):
        key = "server_says_no" if error.words else "server_gives_no_reason"
        return told(account, HomeAssistantError, key, reason=error.words)
    return told(account, HomeAssistantError, f"not_sent_{error.kind}")


def told[ErrorT: HomeAssistantError](
    account: str, kind: type[ErrorT], key: str, **values: str
) -> ErrorT:
    """Return an error of `kind` about `account`, by the key of its text."""
    return kind(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders(account=account, **values),
    )


def named_rules(rules: tuple[AcceptRule, ...]) -> str:
    """Return daily rules as the attributes of the sensor Accept rules spell them."""
    return "; ".join(
        f"{' '.join(rule.days)} {rule.start}-{rule.stop} ({', '.join(rule.groups)})"
        for rule in rules
    )
