"""Polls what an account tells, each action for itself.

Two coordinators of one class: *activity* often and one request after the other,
*settings* seldom and a few requests at a time. An action that fails keeps its last
good value and takes no other action with it.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .const import DOMAIN, REQUESTS_AT_A_TIME
from .health import AccountHealth
from .learned import Learned
from .login import Connection
from .phone_book import PhoneBook
from .readings import Reading, Readings, Tally
from .sip_settings import (
    ACCEPT_RULES,
    ACCOUNT,
    ALIASES,
    BALANCE_HISTORY,
    CALLS,
    DEVICES,
    DIVERSIONS,
    ENUM,
    MONTHLY_USAGE,
    PREPAID,
    REJECT,
    VOICEMAIL,
    Action,
    AuthenticationError,
    BackendError,
    Countdown,
    ServerCertificateError,
    SipSettingsError,
    UnsupportedActionError,
)
from .timetable import timetable

_LOGGER = logging.getLogger(__name__)

# Where names are learned, the account is read before all others: its zone is needed to
# understand them, and it teaches who to log in as.
SETTINGS: tuple[Action[Any], ...] = (
    ACCOUNT,
    ALIASES,
    ENUM,
    BALANCE_HISTORY,
    MONTHLY_USAGE,
    DIVERSIONS,
    ACCEPT_RULES,
    REJECT,
    VOICEMAIL,
    DEVICES,
)
ACTIVITY: tuple[Action[Any], ...] = (CALLS, PREPAID)

_HTTP_SERVER_ERROR = 500
_UNSUPPORTED = UnsupportedActionError.kind


class SipAccountCoordinator(DataUpdateCoordinator[Readings]):
    """Polls one group of actions."""

    config_entry: ConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        connection: Connection,
        health: AccountHealth,
        *,
        name: str,
        actions: tuple[Action[Any], ...],
        interval: timedelta,
        at_a_time: int = REQUESTS_AT_A_TIME,
        required: bool = False,
        phone_book: PhoneBook | None = None,
    ) -> None:
        """Poll `actions` every `interval`, `at_a_time` requests at once.

        `phone_book` gives names to calls. `required` tells that an account is not
        ready before one of them was read.
        """
        self._required = required
        super().__init__(
            hass,
            _LOGGER,
            config_entry=entry,
            name=f"{connection.client.address} {name}",
            update_interval=interval,
            always_update=False,
        )
        self.interval = interval
        table = timetable(hass)
        self._turn = table.take(interval, len(actions))
        entry.async_on_unload(lambda: table.give_back(self._turn))
        self._actions = actions
        self._connection = connection
        self._health = health
        self._phone_book = phone_book
        self._places = asyncio.Semaphore(at_a_time)
        self._told_again = False
        self._begun = 0
        self._newest: dict[str, tuple[int, Reading | None]] = {}
        self._learned = Learned(hass, entry, connection)
        self.data = Readings()
        self._polled = False
        self.last_errors: dict[str, SipSettingsError] = {}
        self.tallies = {action.key: Tally() for action in actions}

    @override
    async def _async_update_data(self) -> Readings:
        """Poll, and then again when it is this poll's turn, however long it took."""
        try:
            return await self._async_poll()
        finally:
            self.update_interval = self._turn.wait(self.hass.loop.time())

    async def _async_poll(self) -> Readings:
        """Ask every action that the server knows; unknown ones once a day."""
        client = self._connection.client
        asked_anew = self._learned.forget_once_a_day()
        self._told_again = False
        actions = self._actions
        if asked_anew or not self._polled:
            await self._async_read(actions[0])
            actions = actions[1:]
        await self._async_read_all(actions)
        if client.closed:
            # The entry is being unloaded: what was read is nobody's news any more.
            return self.data
        readings = self._readings()
        if any(reading.failed != _UNSUPPORTED for reading in readings.values()):
            self._learned.keep()
        else:
            client.forget_unsupported()
        self._judge(readings)
        self._polled = True
        if self._told_again:
            # Listeners were told in the middle; Home Assistant tells them now only of
            # what differs from before the poll.
            self.data = Readings(readings)
            self.async_update_listeners()
        return Readings(readings)

    async def async_read_again(self, action: Action[Any]) -> Reading | None:
        """Read one action between the polls, and show what it tells.

        Returns None where the server does not know it. A read that began before does
        not bring back what was told then, nor does this wait for a poll's places.
        """
        reading = await self._async_read(action)
        if self._connection.client.closed:
            return reading
        self._told_again = True
        self.data = Readings(self._readings())
        self.async_update_listeners()
        return reading

    async def _async_read_all(self, actions: Iterable[Action[Any]]) -> None:
        async def read(action: Action[Any]) -> None:
            async with self._places:
                await self._async_read(action)

        await asyncio.gather(*map(read, actions))

    def _readings(self) -> dict[str, Reading]:
        """Return the newest readings, in the order of the actions."""
        newest = (
            (action.key, self._newest.get(action.key)) for action in self._actions
        )
        return {key: told[1] for key, told in newest if told and told[1]}

    async def _async_read(self, action: Action[Any]) -> Reading | None:
        """Return an action's newest reading, None where the server does not know it.

        Of two reads under way the one that began later counts, whichever ends first.
        """
        self._begun += 1
        turn = self._begun
        error: SipSettingsError | None = None
        value: Any = None
        try:
            value = await self._connection.client.read(action)
        except SipSettingsError as failure:
            error = failure
        self.tallies[action.key].count(error)
        newest, before = self._newest.get(action.key, (0, None))
        if newest > turn:
            return before
        if error:
            reading = self._failed(action, error, before or Reading())
        else:
            self.last_errors.pop(action.key, None)
            reading = self._told(action, value, before or Reading())
        self._newest[action.key] = (turn, reading)
        return reading

    def _told(self, action: Action[Any], value: Any, before: Reading) -> Reading:  # noqa: ANN401
        if action.key == CALLS.key and self._phone_book:
            value = self._phone_book.named(value)
        if isinstance(value, Countdown) and type(before.value) is type(value):
            value = value.steadied(before.value)
        return Reading(value, known=True)

    def _failed(
        self, action: Action[Any], error: SipSettingsError, before: Reading
    ) -> Reading | None:
        """Keep the last good value, unless the server has never known the action."""
        self.last_errors[action.key] = error
        if isinstance(error, UnsupportedActionError) and not before.known:
            del self.last_errors[action.key]
            return None
        learned = self._connection.client.learned
        if _never_worked(error) and not learned.get(action.key):
            learned[action.key] = None
            return None
        return replace(before, failed=error.kind)

    def _judge(self, readings: dict[str, Reading]) -> None:
        """Tell the account's health; raise where the credentials have failed.

        At set-up, an account of which nothing can be read is not ready.
        """
        failures = {
            key: self.last_errors[key]
            for key, reading in readings.items()
            if reading.failed
        }
        succeeded = len(failures) < len(readings)
        not_ready = self._required and not self._polled and not succeeded
        group = [action.key for action in self._actions]
        refusal = self._health.judge(group, readings.keys(), failures, quiet=not_ready)
        if refusal:
            raise ConfigEntryAuthFailed(
                translation_domain=DOMAIN,
                translation_key=refusal_key(refusal),
                translation_placeholders={"account": self._health.account},
            ) from refusal
        if not_ready:
            unknown = UnsupportedActionError("The server knows none of the actions")
            error = next(iter(failures.values()), unknown)
            raise UpdateFailed(
                translation_domain=DOMAIN,
                translation_key="not_ready",
                translation_placeholders={"reason": str(error)},
            ) from error


def refusal_key(refusal: SipSettingsError) -> str:
    """Return the key of the text that tells of refused credentials."""
    if isinstance(refusal, ServerCertificateError):
        return "server_certificate_changed"
    if isinstance(refusal, AuthenticationError):
        return "authentication_refused"
    return "certificate_refused"


def _never_worked(error: SipSettingsError) -> bool:
    """Whether this is how an action fails that the server has broken for good."""
    return isinstance(error, BackendError) and error.status == _HTTP_SERVER_ERROR
