"""Polls what an account tells, each action for itself.

Two coordinators of one class, *activity* often and *settings* seldom: one request after
the other, and only at set-up a few at a time. An action that fails keeps its last good
value and takes no other action with it.
"""

from collections.abc import Coroutine, Mapping
from datetime import timedelta
from functools import partial
import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .calls.phone_book import PhoneBook
from .const import DOMAIN, REQUESTS_AT_A_TIME
from .health import AccountHealth
from .login import Connection
from .polling.learned import Learned
from .polling.poll_round import Round, Rules, async_read_round
from .polling.reader import ActionReader
from .polling.readings import Reading, Readings
from .polling.standing import Standing
from .polling.timetable import Turn
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
    SipSettingsError,
    UnsupportedActionError,
    Write,
)
from .wording.inert import placeholders

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
# No time at all would be no interval, and so no poll.
_AT_ONCE = timedelta(microseconds=1)
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
        turn: Turn,
        at_a_time: int = REQUESTS_AT_A_TIME,
        required: bool = False,
        phone_book: PhoneBook | None = None,
    ) -> None:
        """Poll `actions` at each `turn`, `at_a_time` requests at once if it is awaited.

        Else they go one after the other: nobody waits for them.
        `phone_book` gives names to calls. `required` tells that an account is not
        ready before one of them was read. `other` polls the other actions.
        """
        self._required = required
        interval = timedelta(seconds=turn.interval)
        super().__init__(
            hass,
            _LOGGER,
            config_entry=entry,
            name=f"{connection.client.address} {name}",
            update_interval=interval,
            always_update=False,
        )
        self.interval = interval
        self._turn = turn
        self._client = connection.client
        self._health = health
        self.reader = ActionReader(
            actions, connection.client, health.standing, phone_book
        )
        # What is asked here, by how the account stands with the page of it.
        self._pages: dict[Standing, list[Action[Any]]] = {}
        for action in actions:
            self._pages.setdefault(self._standing_of(action), []).append(action)
        self._at_a_time = at_a_time
        self.other: SipAccountCoordinator | None = None
        self._told_again = False
        self._learned = Learned(hass, entry, connection)
        self.data = Readings()
        self._polled = False
        # Whether somebody waits for the next poll, as at set-up.
        self.awaited = True
        self.last_errors = self.reader.errors
        self.tallies = self.reader.tallies

    def refusal_of(self, wanted: Action[Any] | Write) -> SipSettingsError | None:
        """Why the page of `wanted` does not let us in, None while nothing says so."""
        return self._standing_of(wanted).refusal

    def _standing_of(self, wanted: Action[Any] | Write) -> Standing:
        second = self._client.is_of_second(wanted)
        return self._health.standing.of_page(second=second)

    @property
    def known_actions(self) -> list[Action[Any]]:
        """What is polled, but for what the server was found not to know."""
        return self.reader.known

    @override
    async def _async_update_data(self) -> Readings:
        """Poll, and then again when it is this poll's turn, however long it took."""
        try:
            return await self._async_poll()
        finally:
            self.awaited = False
            self.update_interval = self._wait()

    @override
    async def async_request_refresh(self) -> None:
        """Poll now, since somebody asks for it."""
        self.awaited = True
        await super().async_request_refresh()

    def _wait(self) -> timedelta:
        """Return the time to this poll's turn, or to the next attempt to be let in.

        The turn is waited for while any page lets us in.
        """
        now = self.hass.loop.time()
        waits = [page.wait(now) for page in self._pages]
        attempts = [timedelta(seconds=wait) for wait in waits if wait is not None]
        if len(attempts) < len(waits):
            attempts.append(self._turn.wait(now))
        return min(attempts)

    @callback
    def async_schedule(self, wait: timedelta | None = None) -> None:
        """Poll after `wait`, or when it is time by what has become known."""
        if self._listeners:
            self.update_interval = self._wait() if wait is None else wait
            self._schedule_refresh()

    async def _async_poll(self) -> Readings:
        """Ask every action that the server knows; unknown ones once a day.

        Each page for itself: one that refuses us takes no other with it.
        """
        client = self._client
        pages = self._pages
        refused = {page: page.refusal for page in pages if page.refusal}
        waiting = {page for page in refused if not await self._async_try(page)}
        for page in waiting:
            self.reader.leave_unread(pages[page], page.refusal or refused[page])
        asked = [page for page in pages if page not in waiting]
        let_in = self._told_again = False
        if not asked:
            return self.data if client.closed else self._polled_readings()
        self._learned.forget_once_a_day()
        for page in asked:
            begun = self.hass.loop.time()
            outcome = await self._async_read_all(page)
            if client.closed:
                break
            let_in |= outcome.let_in
            self._health.take_round(outcome, begun, page)
            if self.other and page.refusal:
                self.other.async_schedule()
            elif self.other and page in refused:
                self.other.async_schedule(_AT_ONCE)
        if client.closed:
            # The entry is being unloaded: what was read is nobody's news any more.
            return self.data
        if self.is_denied and (self.other is None or self.other.is_denied):
            # Nothing at all is no dialect: it may be another page for the moment.
            client.forget_unsupported()
        elif let_in:
            self._learned.keep()
        return self._polled_readings()

    async def _async_try(self, standing: Standing) -> bool:
        """Send one request to a page, if it is time; return whether it was answered."""
        begun = self.hass.loop.time()
        if standing.waits(begun):
            return False
        standing.hold(begun)
        others = self.other.known_actions if self.other else []
        known = [
            action
            for action in (*self.known_actions, *others)
            if self._standing_of(action) is standing
        ] or self._pages[standing]
        action = standing.trusted(known) or standing.untried(known)
        outcome = Round()
        try:
            await self._client.knock(action, standing.attempts)
        except SipSettingsError as error:
            outcome.take(error)
        else:
            outcome.take(None)
        if self._client.closed:
            return False
        standing.note(action, answered=outcome.let_in)
        self._health.take_round(outcome, begun, standing)
        return outcome.let_in

    async def _async_read_all(self, standing: Standing) -> Round:
        """Read all of a page; what the server does not know costs no request."""
        reader = self.reader
        actions = self._pages[standing]
        known = [action for action in reader.known if action in actions]
        for action in actions:
            if action not in known:
                await reader.async_ask(action)
        outcome = await async_read_round(
            known,
            reader.async_ask,
            Rules(
                trusted=standing.trusted,
                untried=standing.untried,
                witness=partial(self._witness, standing),
                at_a_time=self._at_a_time if self.awaited else 1,
                until=None if self._polled else self._health.ready_by,
            ),
        )
        if outcome.unsent:
            reader.leave_unread(outcome.unsent, outcome.failures[-1])
        return outcome

    def _witness(
        self, standing: Standing
    ) -> Coroutine[Any, Any, SipSettingsError | None] | None:
        """Ask the other coordinator for something that was answered."""
        other = self.other
        action = standing.trusted(other.known_actions) if other else None
        return other.reader.async_ask(action) if other and action else None

    @property
    def is_denied(self) -> bool:
        """Whether the server knows nothing of what is asked here."""
        readings = self.reader.readings().values()
        return all(reading.failed == _UNSUPPORTED for reading in readings)

    def _polled_readings(self) -> Readings:
        """Return what is known after a poll, and tell how the account is doing."""
        readings = self.reader.readings()
        self._judge(readings)
        self._polled = True
        if self._told_again:
            # Listeners were told in the middle; Home Assistant tells them now only of
            # what differs from before the poll.
            self.async_tell_again()
        return Readings(readings)

    async def async_read_again(self, action: Action[Any]) -> Reading | None:
        """Read one action between the polls, and show what it tells.

        Returns None where the server does not know it. A read that began before does
        not bring back what was told then, nor does this wait for a poll's places.
        Nothing is sent while the page refuses the account.
        """
        if not self.refusal_of(action):
            await self.reader.async_ask(action)
            if not self._client.closed:
                self.async_tell_again()
        return self.data.of(action)

    @callback
    def async_tell_again(self) -> None:
        """Show what is known by now, between the polls."""
        self._told_again = True
        self.data = Readings(self.reader.readings())
        self.async_update_listeners()

    def _judge(self, readings: Mapping[str, Reading]) -> None:
        """Log how the account is doing; at set-up, raise where nothing can be read."""
        failures = {
            key: self.last_errors[key]
            for key, reading in readings.items()
            if reading.failed
        }
        if self._required and not self._polled and len(failures) == len(readings):
            unknown = UnsupportedActionError("The server knows none of the actions")
            error = next(iter(failures.values()), unknown)
            raise UpdateFailed(
                translation_domain=DOMAIN,
                translation_key="not_ready",
                translation_placeholders=placeholders(reason=str(error)),
            ) from error
        group = [action.key for action in self.reader.actions]
        self._health.log(group, readings.keys(), failures)
        self._health.log_odd(readings)
