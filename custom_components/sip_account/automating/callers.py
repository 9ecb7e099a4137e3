"""From whom: the callers that an automation is about.

One spelling rule holds for all of them, that of the phone book: whom it would find by
a contact's number is the same caller. What is neither a number nor an address is a name
of the phone book; what callers call themselves is none.
"""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ..calls.phone_book import PhoneBook, Regions, is_number_or_address
from ..calls.spelling import load_rules
from ..calls.vcard import Contact

ANYBODY = "anybody"
PHONE_BOOK = "phone_book"
NOT_IN_PHONE_BOOK = "not_in_phone_book"
THESE = "these"
CONF_FROM = "from"
CONF_CALLERS = "callers"
_LONGEST = 255


def _caller(value: object) -> str:
    text = str(cv.string(value)).strip()
    if not 0 < len(text) <= _LONGEST:
        message = "Neither a number, an address nor a name"
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

    def __init__(self, hass: HomeAssistant, options: Mapping[str, Any]) -> None:
        """Take what `FROM_FIELDS` and `checked` have let through."""
        these: list[str] = options[CONF_CALLERS]
        numbers = [text for text in these if is_number_or_address(text)]
        self._numbers = same_callers(*numbers, region=hass.config.country)
        self._names = {text.casefold() for text in these if text not in numbers}
        self._from: str = THESE if these else options[CONF_FROM]

    def include(self, call: Mapping[str, Any]) -> bool:
        """Whether a call's other side, given by its attributes, is one of them."""
        if self._from == ANYBODY:
            return True
        known = call.get("name_source") == "phone_book"
        if self._from == THESE:
            if known and str(call.get("name")).casefold() in self._names:
                return True
            told = (call.get("party"), call.get("number"))
            return any(self._numbers.find(text) for text in told if text)
        return known is (self._from == PHONE_BOOK)


def same_callers(*parties: str, region: str | None = None) -> PhoneBook:
    """Return a book that finds whoever is one of `parties`, however written.

    `region` is where a person wrote them.
    """
    return PhoneBook([Contact(PHONE_BOOK, parties)], Regions(book=region))


async def async_load_rules(hass: HomeAssistant, options: Mapping[str, Any]) -> None:
    """Load what numbers are compared by, where an automation names some."""
    if options[CONF_CALLERS]:
        await hass.async_add_executor_job(load_rules)
