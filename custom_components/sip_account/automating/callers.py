"""From whom: the callers that an automation is about.

One spelling rule holds for all of them, that of the phone book: whom it would find by
a contact's number is the same caller.
"""

from collections.abc import Mapping
from typing import Any

from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ..calls.phone_book import PhoneBook, is_number_or_address
from ..calls.vcard import Contact

ANYBODY = "anybody"
PHONE_BOOK = "phone_book"
NOT_IN_PHONE_BOOK = "not_in_phone_book"
THESE = "these"
CONF_FROM = "from"
CONF_CALLERS = "callers"


def _caller(value: object) -> str:
    text = str(cv.string(value)).strip()
    if not is_number_or_address(text):
        message = f"No phone number and no SIP address: {text!r}"
        raise vol.Invalid(message)
    return text


FROM_FIELDS = {
    vol.Optional(CONF_FROM, default=ANYBODY): vol.In(
        [ANYBODY, PHONE_BOOK, NOT_IN_PHONE_BOOK, THESE]
    ),
    vol.Optional(CONF_CALLERS, default=list): vol.All(cv.ensure_list, [_caller]),
}


def checked(options: dict[str, Any]) -> dict[str, Any]:
    """Return options whose callers fit what `from` says; raises vol.Invalid.

    Who names callers means these, and need not say so.
    """
    if options[CONF_FROM] == THESE and not options[CONF_CALLERS]:
        message = "Name at least one number or address, or choose another 'from'"
        raise vol.Invalid(message, path=[CONF_CALLERS])
    if options[CONF_CALLERS] and options[CONF_FROM] not in {ANYBODY, THESE}:
        message = f"Callers are named, but 'from' is '{options[CONF_FROM]}'"
        raise vol.Invalid(message, path=[CONF_CALLERS])
    return options


class Callers:
    """Tells whether a call is from somebody whom an automation is about."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        """Take what `FROM_FIELDS` and `checked` have let through."""
        these: list[str] = options[CONF_CALLERS]
        self._these = same_callers(*these) if these else None
        self._from: str = options[CONF_FROM]

    def include(self, call: Mapping[str, Any]) -> bool:
        """Whether a call's other side, given by its attributes, is one of them."""
        if self._these:
            party = call.get("party")
            return bool(party and self._these.find(party))
        if self._from == ANYBODY:
            return True
        known = call.get("name_source") == "phone_book"
        return known is (self._from == PHONE_BOOK)


def same_callers(*parties: str) -> PhoneBook:
    """Return a book that finds whoever is one of `parties`, however written."""
    return PhoneBook([Contact(PHONE_BOOK, parties)])
