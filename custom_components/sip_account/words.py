"""Words of ours that are put together here and not by the frontend."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .const import DOMAIN


@callback
def word(hass: HomeAssistant, key: str, category: str = "common") -> str:
    """Return a text of the translations, in the home's language."""
    words = async_get_cached_translations(hass, hass.config.language, category, DOMAIN)
    return words.get(f"component.{DOMAIN}.{category}.{key}", "")
