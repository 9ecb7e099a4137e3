"""The members of the server's JSON objects, read without trusting their types.

Numbers come as int, float or string (wire contract §0 item 6, §2.0). Each function
raises ReplyError, which names the member and never its value.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
import hashlib
from typing import TypeIs, cast

from .errors import ReplyError
from .json_text import JsonValue
from .text import clean

type JsonObject = Mapping[str, JsonValue]

TEXT_LIMIT = 256
_MONEY_LIMIT = 10**12
_PLACES = -400  # a double has fewer
# 0 in MySQL, and in PHP: west of Greenwich the day before.
_NEVER = ("0000-00-00", "1970-01-01", "1969-12-31")
_NO_TIMES = frozenset({"", "0", "0.0", "false", "null"})
_YEARS = range(1990, 2200)
_LONGEST = timedelta(days=3660)
# A double that is written out has fewer characters (wire contract §0 item 6).
_NUMBER_LIMIT = 400
# 200 are the most that a server is known to list, of transactions. Calls may be more:
# none of them may be lost.
_LIST_LIMIT = 1_000
CALLS_LIMIT = 20_000


def is_nothing(value: JsonValue) -> bool:
    """Whether this is one of the spellings of "nothing" (wire contract §2.0)."""
    return value is None or value in ("", [])


def _is_empty(value: JsonValue) -> bool:
    """Whether a member says nothing, in a spelling that others have for it.

    A whole answer of `false` is none of them: so PHP says that it has failed.
    """
    blank = isinstance(value, str) and not value.strip()
    return value is False or blank or is_nothing(value)


def filled(source: JsonObject, name: str) -> JsonValue:
    """Return a member that is a list, an object or a text that 0 is none of.

    None for all that is empty to PHP, whatever kind of nothing it is.
    """
    value = source.get(name)
    return None if _is_empty(value) or value in (0, "0", {}) else value


def an_object(value: JsonValue, name: str) -> JsonObject:
    """Return a JSON object."""
    if not isinstance(value, dict):
        raise _wrong(name, "an object")
    return value


def a_list(value: JsonValue, name: str, at_most: int = _LIST_LIMIT) -> list[JsonValue]:
    """Return a JSON list; null and "" are empty ones."""
    if is_nothing(value):
        return []
    if not isinstance(value, list):
        raise _wrong(name, "a list")
    if len(value) > at_most:
        raise _wrong(name, "a list of sane length")
    return value


def text(source: JsonObject, name: str) -> str:
    """Return cleaned text, empty where there is none."""
    value = source.get(name)
    if isinstance(value, str):
        return clean(value, TEXT_LIMIT)
    if _is_empty(value):
        return ""
    if isinstance(value, (bool, list, dict)):
        raise _wrong(name, "a text")
    return clean(str(value), TEXT_LIMIT)


def name_of(source: JsonObject, name: str) -> str:
    """Return what something is known by: a long one as a digest of all of it."""
    value = source.get(name)
    if isinstance(value, str) and len(value) > TEXT_LIMIT:
        return hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()
    return text(source, name)


def texts(source: JsonObject, name: str) -> tuple[str, ...]:
    """Return the non-empty texts of a list that means nothing without one of them."""
    items = a_list(filled(source, name), name)
    return tuple(filter(None, (_listed_text(it, name) for it in items)))


def text_list(value: JsonValue, name: str, odd: Counter[str]) -> tuple[str, ...]:
    """Return the non-empty texts of a JSON list; numbers in it are no texts."""
    found = each(a_list(value, name), name, odd, lambda it: _listed_text(it, name))
    return tuple(filter(None, found))


def _listed_text(item: JsonValue, name: str) -> str:
    if item is not None and not isinstance(item, str):
        raise _wrong(name, "a list of texts")
    return text({name: item}, name)


def each[ItemT, ReadT](
    items: Iterable[ItemT],
    name: str,
    odd: Counter[str],
    read: Callable[[ItemT], ReadT],
) -> list[ReadT]:
    """Read the items of a list, each for itself.

    One that cannot be understood costs itself alone, and is counted under the list's
    `name`. Whoever takes such a list for whole must look at the count.
    """
    found = []
    for item in items:
        try:
            found.append(read(item))
        except ReplyError:
            odd[name] += 1
    return found


def number(source: JsonObject, name: str) -> Decimal | None:
    """Return a finite number of sane size, None where there is none."""
    value = source.get(name)
    if value is None or _is_empty(value):
        return None
    if isinstance(value, (bool, list, dict)):
        raise _wrong(name, "a number")
    if isinstance(value, str) and len(value) > _NUMBER_LIMIT:
        raise _wrong(name, "a number")
    try:
        # Of a double the shortest form is meant; a text keeps its digits.
        written = repr(value) if isinstance(value, float) else value
        result = Decimal(written.strip() if isinstance(written, str) else written)
        sane = result.is_finite() and abs(result) < _MONEY_LIMIT
    except ArithmeticError, ValueError:
        raise _wrong(name, "a number") from None
    exponent = result.as_tuple().exponent
    if not sane or not isinstance(exponent, int) or exponent < _PLACES:
        raise _wrong(name, "a number of sane size")
    return result


def understood[ReadT](
    read: Callable[[JsonObject, str], ReadT],
    source: JsonObject,
    name: str,
    odd: Counter[str],
) -> ReadT | None:
    """Read a member by which nothing else stands or falls, None where it is odd."""
    try:
        return read(source, name)
    except ReplyError:
        odd[name] += 1
        return None


def has_moment(source: JsonObject, name: str) -> bool:
    """Whether a time is written, and is none of the spellings of never."""
    return not _is_never(text(source, name))


def needed_number(source: JsonObject, name: str) -> Decimal:
    """Return a number that cannot be missing."""
    result = number(source, name)
    if result is None:
        raise _wrong(name, "a number")
    return result


def integer(source: JsonObject, name: str) -> int | None:
    """Return a whole number, None where there is none."""
    value = source.get(name)
    if _is_sane_integer(value):
        return value
    result = number(source, name)
    if result is None:
        return None
    if result != result.to_integral_value():
        raise _wrong(name, "a whole number")
    return int(result)


def boolean(source: JsonObject, name: str) -> bool | None:
    """Return a truth value in any of the spellings of PHP and SOAP."""
    value = source.get(name)
    if value is None or value in ("", []):
        return None
    if isinstance(value, (list, dict)):
        raise _wrong(name, "a truth value")
    return str(value).strip().lower() not in {"false", "0", "no", "off"}


def seconds(source: JsonObject, name: str) -> timedelta | None:
    """Return a length of time given in seconds, None where there is none."""
    return _length(source, name, timedelta(seconds=1))


def minutes(source: JsonObject, name: str) -> timedelta | None:
    """Return a length of time given in minutes, None where there is none."""
    return _length(source, name, timedelta(minutes=1))


def moment(source: JsonObject, name: str, zone: tzinfo | None) -> datetime | None:
    """Return a time that the server wrote in `zone` without saying so.

    None where there is none (MySQL's zero date and the beginning of PHP's time
    included), or where the zone is not known: a guess would be wrong by hours (wire
    contract §2.4).
    """
    written = text(source, name)
    if _is_never(written):
        return None
    try:
        result = datetime.fromisoformat(written)
    except ValueError:
        raise _wrong(name, "a time") from None
    if result.year not in _YEARS:
        raise _wrong(name, "a time of this age")
    if result.tzinfo is None:
        return result.replace(tzinfo=zone) if zone else None
    return result.astimezone(zone) if zone else result


def _is_never(written: str) -> bool:
    return written.lower() in _NO_TIMES or written.startswith(_NEVER)


def _length(source: JsonObject, name: str, unit: timedelta) -> timedelta | None:
    value = source.get(name)
    if _is_sane_integer(value):
        length = max(value, 0) * unit
    else:
        count = number(source, name)
        if count is None:
            return None
        length = max(float(count), 0.0) * unit
    if length > _LONGEST:
        raise _wrong(name, "a length of time")
    return length


def _is_sane_integer(value: JsonValue) -> TypeIs[int]:
    """Whether this is what nearly all numbers are: no need to go by way of Decimal."""
    return type(value) is int and -_MONEY_LIMIT < value < _MONEY_LIMIT


def _wrong(name: str, expected: str) -> ReplyError:
    return ReplyError(f"In the server's answer, {name} is not {expected}")


def members_of[ReadT](
    value: JsonValue,
    name: str,
    odd: Counter[str],
    read: Callable[[JsonObject], ReadT],
) -> list[ReadT]:
    """Read a JSON list of objects, each for itself."""
    return each(
        a_list(value, name), name, odd, lambda item: read(an_object(item, name))
    )


def items_of[ReadT](
    value: JsonValue,
    name: str,
    odd: Counter[str],
    read: Callable[[str, JsonObject], ReadT],
) -> list[ReadT]:
    """Read an object of objects, each for itself; [], null and "" are empty ones."""
    if is_nothing(value):
        return []
    pairs = cast("dict[str, JsonValue]", an_object(value, name))
    if len(pairs) > _LIST_LIMIT:
        raise _wrong(name, "an object of sane size")
    return each(
        pairs.items(), name, odd, lambda pair: read(pair[0], an_object(pair[1], name))
    )
