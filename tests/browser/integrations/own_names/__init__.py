"""Has names looked up at a server of the tests', and files read from the box."""

from functools import partial
from unittest.mock import patch

from aiodns import DNSResolver
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from custom_components.sip_account import name_lookup
from custom_components.sip_account.flows import finding
from custom_components.sip_account.sip_settings import Trust, build_context

DOMAIN = "own_names"
CONFIG_SCHEMA = cv.empty_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer it as an action."""

    async def ask(call: ServiceCall) -> None:
        servers = [call.data["server"]]
        resolver = partial(DNSResolver, nameservers=servers)
        patch.object(name_lookup, "DNSResolver", resolver).start()
        trust = Trust(authority=call.data["authority"])
        context = partial(build_context, None, trust)
        patch.object(finding, "create_client_context", context).start()

    hass.services.async_register(DOMAIN, "ask", ask)
    return True
