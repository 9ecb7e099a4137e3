"""The dialects of the settings API, by the path where the box speaks them."""

from collections.abc import Callable, Mapping

from ..certificates import Authority
from .common import Answer, Dialect, Query, RefusedError
from .current import Current
from .legacy import Legacy

__all__ = ["DIALECTS", "Answer", "Dialect", "Query", "RefusedError"]

DIALECTS: Mapping[str, Callable[[Authority], Dialect]] = {
    "/settings.phtml": Legacy,
    "/today/settings.phtml": Current,
}
