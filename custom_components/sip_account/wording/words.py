"""Words of ours that are put together here and not by the frontend."""

from datetime import datetime

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN


@callback
def word(hass: HomeAssistant, key: str, category: str = "common") -> str:
    """Return a text of the translations, in the home's language."""
    words = async_get_cached_translations(hass, hass.config.language, category, DOMAIN)
    return words.get(f"component.{DOMAIN}.{category}.{key}", "")


def day(moment: datetime) -> str:
    """Return the day of a moment, as it is in the home."""
    return dt_util.as_local(moment).date().isoformat()


def minute(moment: datetime) -> str:
    """Return a moment to the minute, as it is in the home."""
    return f"{dt_util.as_local(moment):%Y-%m-%d %H:%M}"
