"""When two numbers are one: the one rule for whatever compares numbers.

International numbers are one if they are the same. A contact may be written as it is
dialled at home, and is international by the region of its phone book; what is dialled
is never guessed, and stays national unless a person has set the region of the account.
A national number is a contact's if it has the same national digits: dialled at home,
with or without its trunk prefix. All else is one only if it is the same.

Regions need Google's rules (`phonenumberslite`), which are imported when somebody has a
phone book or has set a region, and not in the event loop. Without them numbers are
compared as they are written.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
import sys
from typing import TYPE_CHECKING, Any

from ..sip_settings import read_number

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_LIBRARY = "phonenumbers"
_ITALY = 39


def load_rules() -> None:
    """Import the rules of all regions: some 50 ms, not for an event loop."""
    import_module(_LIBRARY)


def _rules() -> Any:  # noqa: ANN401 - the module, where it was imported
    return sys.modules.get(_LIBRARY)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number as it is compared.

    `written` are its digits, with `+` where it is international, be it by its region;
    `national` are those that it is dialled with at home, none where that is not known.
    """

    written: str
    national: tuple[str, ...] = ()
    country: str | None = None

    @property
    def is_international(self) -> bool:
        """Whether it is known all over the world."""
        return self.written.startswith("+")


def spelled(text: str, region: str | None = None) -> Spelled | None:
    """Return a number as it is compared, None where it is none.

    `region` (ISO 3166) is where it was written, None where nobody may guess.
    """
    number = read_number(text)
    if number is None:
        return None
    rules = _rules()
    if rules is None or not (number.startswith("+") or region):
        return Spelled(number)
    return _by_rules(number, None if number.startswith("+") else region)


def as_dialled(text: str, region: str | None) -> str:
    """Return a number to call as it is known all over the world, if that is sure.

    It is where a person has said in which `region` it is dialled, and it is written as
    all of that region dial it: with the prefix of calls within the country, if there is
    one. All else is returned as it is: without that prefix it is another one's number
    in each town. The rules are loaded where a region is given.
    """
    number = read_number(text, whole=True)
    if number is None or number.startswith("+") or region is None or _rules() is None:
        return text
    return _dialled(number, region) or text


@lru_cache(maxsize=64)
def _dialled(number: str, region: str) -> str | None:
    known = _by_rules(number, region)
    if not known.is_international or number not in known.national:
        return None
    rules = _rules()
    parsed: PhoneNumber = rules.parse(known.written)
    digits = rules.national_significant_number(parsed)
    if number == digits != _national_format(rules, parsed):
        return None
    return known.written


@lru_cache(maxsize=512)
def _by_rules(number: str, region: str | None) -> Spelled:
    rules = _rules()
    try:
        parsed: PhoneNumber = rules.parse(number, region)
    except rules.NumberParseException:
        return Spelled(number)
    digits = rules.national_significant_number(parsed)
    # Not of a town alone. Short codes look like numbers without their prefix (110).
    possible = rules.is_possible_number_with_reason(parsed)
    if possible != rules.ValidationResult.IS_POSSIBLE or (
        number == digits and not rules.is_valid_number(parsed)
    ):
        return Spelled(number)
    main = rules.region_code_for_country_code(parsed.country_code)
    country = rules.region_code_for_number(parsed) or main
    national = _dialled_at_home(rules, parsed, main, digits)
    return Spelled(
        f"+{parsed.country_code}{digits}",
        tuple(sorted(national)),
        None if country in {None, "001", "ZZ"} else country,
    )


def _dialled_at_home(
    rules: Any,  # noqa: ANN401 - the module, where it was imported
    parsed: PhoneNumber,
    main: str,
    digits: str,
) -> set[str]:
    """Return the digits of a number in its own country, with its prefix and without."""
    if parsed.country_code == _ITALY:
        return {digits}
    known = rules.PhoneMetadata.metadata_for_region(main, None)
    prefix = (known and known.national_prefix) or ""
    # More than a prefix in Belarus, and for mobile phones in Argentina.
    return {digits, prefix + digits, _national_format(rules, parsed)}


def _national_format(rules: Any, parsed: PhoneNumber) -> str:  # noqa: ANN401
    """Return the digits that a number is usually written with in its own country."""
    written = rules.format_number(parsed, rules.PhoneNumberFormat.NATIONAL)
    return "".join(filter(str.isdecimal, written))


def as_people_write(number: str, home: str | None) -> str:
    """Return a number in groups, without its country in that; others as they are."""
    rules = _rules()
    if rules is None or not number.startswith("+"):
        return number
    try:
        parsed = rules.parse(number, None)
    except rules.NumberParseException:
        return number
    if not rules.is_possible_number(parsed):
        return number
    formats = rules.PhoneNumberFormat
    here = rules.region_code_for_number(parsed) == home
    form = formats.NATIONAL if here else formats.INTERNATIONAL
    return str(rules.format_number(parsed, form))
