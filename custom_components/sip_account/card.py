"""The dashboard card: served to browsers, and loaded by the frontend by itself."""

import hashlib
from pathlib import Path

from homeassistant.components.frontend import add_extra_js_url
from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant
from homeassistant.loader import async_get_integration

from .const import DOMAIN

_FILE = Path(__file__).parent / "frontend" / "sip-account-card.js"


async def async_offer_card(hass: HomeAssistant) -> None:
    """Serve the card and let the frontend load it, where there is a frontend.

    The manifest lets the frontend be set up before us. Nothing is stored: a home
    whose last account is removed knows nothing of the card after its next restart.
    """
    if "frontend" not in hass.config.components:
        return
    version = (await async_get_integration(hass, DOMAIN)).version
    content = await hass.async_add_executor_job(_FILE.read_bytes)
    # Browsers keep the file for a month; another one has another address.
    digest = hashlib.sha256(content).hexdigest()[:8]
    url = f"/{DOMAIN}/{version}-{digest}/{_FILE.name}"
    await hass.http.async_register_static_paths([StaticPathConfig(url, str(_FILE))])
    add_extra_js_url(hass, url)
