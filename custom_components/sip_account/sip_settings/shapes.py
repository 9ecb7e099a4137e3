"""Models as plain JSON shapes, the same for the shell and for attributes."""

from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from .models import Call, Devices, Transaction

# What a model keeps for itself: the wire's own words, needed to tell rows apart.
_INTERNAL: dict[type, frozenset[str]] = {
    Call: frozenset({"from_tag", "session_id", "started_text"}),
    Transaction: frozenset({"time_text", "session_id"}),
}


def to_shape(value: object) -> Any:  # noqa: ANN401 - the shape of JSON
    """Return `value` as what JSON can carry.

    Money becomes a number, a length its whole seconds, a time ISO 8601 with
    offset, a model an object with its fields in order.
    """
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
    if is_dataclass(value):
        internal = _INTERNAL.get(type(value), frozenset())
        return {
            field.name: to_shape(getattr(value, field.name))
            for field in fields(value)
            if field.name not in internal
        }
    return value
