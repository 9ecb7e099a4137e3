"""A real Home Assistant in this process, started as its own bootstrap does it.

Nothing here imports the integration: the first set-up of a home does.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import logging
import tempfile
from typing import TYPE_CHECKING, Any

from homeassistant import bootstrap, config_entries, loader
from homeassistant.auth import auth_manager_from_config
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from .box import RemoteBox, credentials

if TYPE_CHECKING:
    from custom_components.sip_account.runtime import SipAccountRuntime

DOMAIN = "sip_account"
PLATFORMS = ("binary_sensor", "button", "event", "select", "sensor", "switch", "text")


@asynccontextmanager
async def running_home() -> AsyncIterator[HomeAssistant]:
    """Run a home with nothing in it, in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="sip-account-bench-") as folder:
        # A home in a few hundred milliseconds has warnings of no interest here.
        logging.disable(logging.WARNING)
        hass = HomeAssistant(folder)
        hass.config.skip_pip = True
        loader.async_setup(hass)
        hass.config_entries = config_entries.ConfigEntries(hass, {})
        await loader.async_get_custom_components(hass)
        await bootstrap.async_load_base_functionality(hass)
        hass.auth = await auth_manager_from_config(hass, [], [])
        await hass.async_start()
        try:
            yield hass
        finally:
            await hass.async_stop(force=True)


async def move_in(hass: HomeAssistant) -> None:
    """Load the integration, so that set-ups measured later need not import it."""
    if not await async_setup_component(hass, DOMAIN, {}):
        msg = "The integration was not set up"
        raise RuntimeError(msg)
    for platform in PLATFORMS:
        await async_setup_component(hass, platform, {})


def entry_data(box: RemoteBox, number: int, *, owner: bool = False) -> dict[str, Any]:
    """Return what an account's entry holds, made with a modern certificate.

    `owner` chooses today's server, which lists the most.
    """
    given = box.do(credentials, number, owner=owner)
    certificate, separator, key = given["certificate"].partition("-----BEGIN PRIVATE")
    return {
        "url": box.url("/owner/settings.phtml" if owner else "/settings.phtml"),
        "account": given["account"],
        "trusted_authority": given["authority"],
        "certificate": certificate,
        "private_key": separator + key,
    }


async def add(
    hass: HomeAssistant, data: dict[str, Any]
) -> ConfigEntry[SipAccountRuntime]:
    """Add an account to the home, and wait until it is there."""
    entry: ConfigEntry[SipAccountRuntime] = ConfigEntry(
        data=data,
        discovery_keys={},  # type: ignore[arg-type]
        domain=DOMAIN,
        minor_version=1,
        options={},
        source="user",
        subentries_data=None,
        title=data["account"],
        unique_id=data["account"],
        version=1,
    )
    await hass.config_entries.async_add(entry)
    await hass.async_block_till_done()
    if entry.state is not ConfigEntryState.LOADED:
        msg = f"An account was not set up: {entry.reason}"
        raise RuntimeError(msg)
    return entry


async def refresh(entry: ConfigEntry[SipAccountRuntime]) -> None:
    """Read everything that an account tells, as its two polls do."""
    await entry.runtime_data.settings.async_refresh()
    await entry.runtime_data.activity.async_refresh()
