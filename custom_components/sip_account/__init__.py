"""SIP accounts on AG Projects' platform (SIP2SIP, SIP Thor, CDRTool, NGNPro)."""

import asyncio
from datetime import timedelta

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.importlib import async_import_module
from homeassistant.helpers.typing import ConfigType

from .additions import AccountAdditions
from .automating.listed import forget_listed, keep_listed
from .calendar_offer import async_offer_calendar, is_calendar_wanted
from .calls.kept_phone_book import book_id_of
from .calls.shared_phone_book import (
    async_forget_unused,
    async_phone_book_of,
    phone_book_id,
)
from .calls.usage import Usage
from .calls.watch import CallWatch
from .card import async_offer_card
from .const import (
    ADDRESS_BOOKS,
    CONF_ACTIVITY_INTERVAL,
    CONF_SETTINGS_INTERVAL,
    DEFAULT_ACTIVITY_INTERVAL,
    DEFAULT_SETTINGS_INTERVAL,
    DOMAIN,
)
from .control import AccountControl
from .coordinator import ACTIVITY, SETTINGS, SipAccountCoordinator
from .currency import (
    async_watch_currency,
    forget_currency,
    forget_settled_currency,
)
from .entity import device_info
from .expiry import (
    async_watch_certificate,
    forget_certificate,
    forget_repair_dialog,
)
from .exposure import async_tell_of_controls, forget_controls
from .health import AccountHealth
from .kept_store import async_forget
from .last_known import LastKnown
from .login import async_connect
from .polling.standing import async_forget_standing, async_standing
from .polling.timetable import Poll, async_take_turns
from .renewal import Renewal
from .runtime import SipAccountConfigEntry, SipAccountRuntime
from .server_times import ServerTimes
from .services import async_setup_services
from .sip_settings import TIME_LIMIT, SipSettingsError
from .wording.inert import placeholders

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.EVENT,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TEXT,
]
CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Offer the actions, also while no account is loaded, and the card."""
    async_setup_services(hass)
    await async_offer_card(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: SipAccountConfigEntry) -> bool:
    """Log in to an account and begin to poll it."""
    standing = async_standing(hass, entry)
    forget_settled_currency(hass, entry)
    # However much of a server hangs, Home Assistant waits no longer than this.
    ready_by = hass.loop.time() + 2 * TIME_LIMIT
    renewal = Renewal(hass, entry)
    entry.async_on_unload(renewal.close)
    health = AccountHealth(
        hass, entry, standing, ready_by=ready_by, come_back=renewal.async_come_back
    )
    try:
        connection = await async_connect(hass, entry.data, entry.options, lasting=True)
    except SipSettingsError as error:
        health.take_unusable(error)
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN,
            translation_key="certificate_unusable",
            translation_placeholders=placeholders(reason=str(error)),
        ) from error
    connection.client.refusal_by = lambda page: (
        standing.of_page(second=page > 0).refusal
    )
    entry.async_on_unload(connection.client.close)
    entry.async_on_unload(async_watch_certificate(hass, entry, connection.certificate))
    health.certificate = connection.certificate
    times = ServerTimes(hass, entry, connection)
    await times.async_load()
    book_id = book_id_of(entry.data)
    phone_book = await async_phone_book_of(hass, entry)
    options = entry.options
    turns, give_back = async_take_turns(
        hass,
        Poll(
            timedelta(
                seconds=options.get(CONF_ACTIVITY_INTERVAL, DEFAULT_ACTIVITY_INTERVAL)
            ),
            len(ACTIVITY),
        ),
        Poll(
            timedelta(
                minutes=options.get(CONF_SETTINGS_INTERVAL, DEFAULT_SETTINGS_INTERVAL)
            ),
            len(SETTINGS),
        ),
    )
    entry.async_on_unload(give_back)
    activity = SipAccountCoordinator(
        hass,
        entry,
        connection,
        health,
        name="activity",
        actions=ACTIVITY,
        turn=turns[0],
        at_a_time=1,
        phone_book=phone_book,
    )
    settings = SipAccountCoordinator(
        hass,
        entry,
        connection,
        health,
        name="settings",
        actions=SETTINGS,
        turn=turns[1],
        required=True,
    )
    settings.other, activity.other = activity, settings
    await settings.async_config_entry_first_refresh()
    await activity.async_config_entry_first_refresh()
    async_offer_calendar(hass, entry, device_info(entry))
    wanted = [Platform.CALENDAR] if is_calendar_wanted(hass, entry) else []
    usage = Usage(hass, settings, activity, lambda: connection.client.told_zone)
    calls = CallWatch(hass, entry.entry_id, settings, activity, times, usage=usage)
    await calls.async_load()
    last_known = LastKnown(hass, entry.entry_id, settings, activity)
    await last_known.async_load()
    control = AccountControl(hass, entry, connection, settings)
    additions = AccountAdditions(
        hass, entry, connection, control, settings=settings, activity=activity
    )
    entry.runtime_data = SipAccountRuntime(
        connection,
        health,
        settings,
        activity,
        usage,
        calls,
        last_known,
        phone_book,
        control,
        additions,
        platforms=[*PLATFORMS, *wanted],
    )
    async_tell_of_controls(hass, entry)
    for platform in entry.runtime_data.platforms:
        # All at once would hold up the event loop for as long as all of them take.
        await hass.config_entries.async_forward_entry_setups(entry, [platform])
        await asyncio.sleep(0)
    entry.async_on_unload(async_watch_currency(hass, entry, activity))
    calls.async_start()
    last_known.async_start()
    entry.async_on_unload(renewal.async_start(connection))
    if book_id:
        keeper = await async_import_module(hass, ADDRESS_BOOKS)
        entry.async_on_unload(keeper.keeper_of(hass, book_id).join(entry))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: SipAccountConfigEntry) -> bool:
    """Let go of an account: what is new is not sent, what was sent is waited for."""
    runtime = entry.runtime_data
    runtime.close()
    await runtime.control.async_drain()
    unloaded = await hass.config_entries.async_unload_platforms(
        entry, runtime.platforms
    )
    if unloaded:
        keep_listed(hass, entry)
        await runtime.calls.async_stop()
        await runtime.last_known.async_stop()
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: SipAccountConfigEntry) -> None:
    """Forget what was remembered of an account."""
    async_forget_standing(hass, entry.entry_id)
    forget_certificate(hass, entry.entry_id)
    forget_repair_dialog(hass, entry.entry_id)
    forget_currency(hass, entry.entry_id)
    forget_controls(hass, entry.entry_id)
    forget_listed(hass, entry.entry_id)
    await async_forget(hass, "calls", entry.entry_id)
    await async_forget(hass, "last_known", entry.entry_id)
    await async_forget_unused(hass, entry.entry_id, phone_book_id(entry))
    if book_id := book_id_of(entry.data):
        keeper = await async_import_module(hass, ADDRESS_BOOKS)
        await keeper.async_forget_unused(hass, book_id)
