"""The dialects of the settings API, by the path where the box speaks them."""

from collections.abc import Callable, Mapping

from ..certificates import Authority
from . import dated
from .common import Answer, Dialect, Query, RefusedError
from .current import Current
from .legacy import Legacy
from .page_2026 import Page2026, flat

__all__ = [
    "DIALECTS",
    "PAGES_OF_2026",
    "Answer",
    "Dialect",
    "Query",
    "RefusedError",
]

DIALECTS: Mapping[str, Callable[[Authority], Dialect]] = {
    "/settings.phtml": Legacy,
    "/2009-09-27/settings.phtml": dated.september_27,
    "/2009-09-30/settings.phtml": dated.september_30,
    "/2009-10/settings.phtml": dated.october,
    "/2009-11/settings.phtml": dated.november,
    "/2010-07/settings.phtml": dated.july_2010,
    "/2012-05/settings.phtml": dated.may_2012,
    "/2012-06/settings.phtml": dated.june_2012,
    "/2013-06/settings.phtml": dated.june_2013,
    "/2017/settings.phtml": dated.version_9_4_6,
    "/2012-06-either/settings.phtml": dated.either_2012,
    "/owner/settings.phtml": dated.owners,
    "/owner-either/settings.phtml": dated.either,
    "/today/settings.phtml": Current,
}

# The newest page has three names; another, older form of it tells no less.
PAGES_OF_2026: Mapping[str, Callable[[Authority], Dialect]] = {
    "/sylk_settings.phtml": Page2026,
    "/account_info.phtml": Page2026,
    "/sylk_account_settings.phtml": Page2026,
    "/flat/sylk_settings.phtml": flat,
}
