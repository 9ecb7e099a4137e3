"""Models as plain JSON shapes, the same for the shell and for attributes."""

from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from .models import Call, Devices, Transaction

# What a model keeps for itself: the wire's own words, needed to tell rows apart.
_INTERNAL: dict[type, frozenset[str]] = {
    Call: frozenset({"from_tag", "party_identity", "session_id", "started_text"}),
    Transaction: frozenset({"time_text", "session_id"}),
}


def to_shape(value: object) -> Any:  # noqa: ANN401 - the shape of JSON
    """Return `value` as what JSON can carry.

    Money becomes a number, a length its whole seconds, a time ISO 8601 with
    offset, a word of ours its plain text, a model an object with its fields in order.
    """
    if value is None or type(value) is str:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [to_shape(item) for item in value]
    if isinstance(value, Devices):
        return to_shape(value.devices)
    kind: type = type(value)
    if names := _names_shown(kind):
        return {name: to_shape(getattr(value, name)) for name in names}
    return value


@cache
def _names_shown(kind: type) -> tuple[str, ...]:
    """Return the names of a model's fields that it shows, none where it is no model."""
    if not is_dataclass(kind):
        return ()
    internal = _INTERNAL.get(kind, frozenset())
    return tuple(field.name for field in fields(kind) if field.name not in internal)
