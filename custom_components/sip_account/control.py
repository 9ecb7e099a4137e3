"""Changes to an account: checked, made one at a time, and read back.

What is shown afterwards is what the server then tells, not what was hoped for. While an
entry is unloaded nothing new is sent, and who waits for a change is told its outcome.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.event import async_call_later

from . import forwarding
from .closing import Closing
from .const import CONF_ACCOUNT_REGION, CONF_ALLOW_DAMAGED_RULES
from .coordinator import SipAccountCoordinator
from .health import refusal_key
from .login import Connection
from .polling.readings import Reading
from .sip_settings import (
    ACCEPT_RULES,
    DIVERSIONS,
    DO_NOT_DISTURB_OFF,
    DO_NOT_DISTURB_ON,
    HIDE_CALLER_ID,
    SET_CALL_FORWARDING,
    SHOW_CALLER_ID,
    TIME_LIMIT,
    VOICEMAIL_TARGET,
    AcceptRules,
    Action,
    ClosedError,
    Condition,
    CredentialsError,
    Diversion,
    OutcomeUnknownError,
    SipSettingsError,
    TargetError,
    UnconfirmedError,
    Write,
    do_not_disturb_parameters,
    forwarding_parameters,
)
from .wording.outcome import meaning_of, named_rules, told

# The back end may come to the end of a change long after its answer was lost.
_LOOK_LATER = timedelta(seconds=60)

# Unloading waits for the answer to a change for as long as that may take: a shorter
# wait would tell people that nobody knows what was to be known. It is shorter than the
# minute that proxies wait for Home Assistant.
_DRAIN_LIMIT = TIME_LIMIT

type Parameters = Mapping[str, str] | None


@dataclass(slots=True)
class _Batch:
    """Changes of the diversions that go together in one request."""

    changes: dict[Condition, str | None] = field(repr=False)
    task: asyncio.Task[None] | None = None


class AccountControl:
    """Makes the changes of one account.

    Every method raises ServiceValidationError where what is wanted cannot be sent,
    ChangeUnknownError where no answer came, and HomeAssistantError where the server
    says no or cannot be reached, or where the entry is being unloaded.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        connection: Connection,
        settings: SipAccountCoordinator,
    ) -> None:
        """Change the account of `connection`; `settings` reads it back."""
        self._hass = hass
        self._entry = entry
        self._client = connection.client
        self._settings = settings
        self.dialling = forwarding.Dialling(
            connection.client.address, entry.options.get(CONF_ACCOUNT_REGION)
        )
        self._batch: _Batch | None = None
        self._later: CALLBACK_TYPE | None = None
        self._closing = Closing()

    @callback
    def close(self) -> None:
        """Send nothing more; what was not sent yet fails at once."""
        self._forget_later()
        self._closing.close()

    async def async_drain(self) -> None:
        """Wait for what was sent, until those who wait for it were told its outcome."""
        await self._closing.async_drain(_DRAIN_LIMIT)

    def ensure_open(self) -> None:
        """Raise HomeAssistantError where the entry is being unloaded."""
        try:
            self._closing.ensure_open()
        except ClosedError as error:
            raise meaning_of(self._entry.title, error) from error

    def can(self, write: Write) -> bool:
        """Whether the server makes this change."""
        return self._client.can(write)

    @property
    def may_damage_rules(self) -> bool:
        """Whether the person allows the server to damage the daily rules."""
        return bool(self._entry.options.get(CONF_ALLOW_DAMAGED_RULES))

    async def async_set_do_not_disturb(
        self, *, on: bool, period: timedelta | None = None
    ) -> None:
        """Let nobody call, for a `period` of whole minutes or until switched off."""

        async def prepare() -> Parameters:
            reading = await self._settings.async_read_again(ACCEPT_RULES)
            known = reading is not None and reading.failed is None
            rules: AcceptRules | None = reading.value if reading and known else None
            if known and not on and not (rules and rules.do_not_disturb):
                return None
            if not self.may_damage_rules:
                if not known:
                    raise told(self._entry.title, HomeAssistantError, "rules_unknown")
                # One that is not understood would be damaged like any other.
                if reading and reading.odd.get("persistent"):
                    raise told(self._entry.title, HomeAssistantError, "rules_unknown")
                if rules and rules.rules:
                    raise told(
                        self._entry.title,
                        ServiceValidationError,
                        "daily_rules",
                        rules=named_rules(rules.rules),
                    )
            return do_not_disturb_parameters(period) if on else {}

        write = DO_NOT_DISTURB_ON if on else DO_NOT_DISTURB_OFF

        def proves(rules: AcceptRules | None) -> bool:
            return on is bool(rules and rules.do_not_disturb)

        await self.async_write(write, prepare, ACCEPT_RULES, proves)

    async def async_hide_caller_id(self, *, hidden: bool) -> None:
        """Hide or show the caller ID of outgoing calls; no server tells which it is."""

        async def prepare() -> Parameters:
            return {}

        await self.async_write(HIDE_CALLER_ID if hidden else SHOW_CALLER_ID, prepare)

    async def async_forward(self, wanted: Mapping[Condition, str]) -> None:
        """Change where calls go.

        Each is `not_forwarded`, `voicemail`, `mobile_number`, a number or an
        address. What is wanted while a write runs goes together in the next request.
        """
        self.ensure_open()
        changes = {
            condition: self._checked(target) for condition, target in wanted.items()
        }
        if self._batch is None:
            batch = self._batch = _Batch(changes)
            batch.task = self._entry.async_create_task(
                self._hass, self._async_send(batch), "sip_account forwarding"
            )
        else:
            batch = self._batch
            batch.changes |= changes
        if batch.task:
            await asyncio.shield(batch.task)

    async def _async_send(self, batch: _Batch) -> None:
        async def prepare() -> Parameters:
            self._batch = None  # whoever comes now is too late for this request
            return forwarding_parameters(batch.changes, self._client.address)

        def proves(diversions: tuple[Diversion, ...] | None) -> bool:
            told = {item.condition: item.target for item in diversions or ()}
            return all(
                condition in told and self._is_target(told[condition], target)
                for condition, target in batch.changes.items()
            )

        # Selects that are set by one call come in the same turn of the loop.
        await asyncio.sleep(0)
        try:
            await self.async_write(SET_CALL_FORWARDING, prepare, DIVERSIONS, proves)
        finally:
            if self._batch is batch:
                self._batch = None

    def _is_target(self, shown: str | None, wanted: str | None) -> bool:
        if shown is None or wanted is None:
            return shown is wanted
        return self.dialling.same(shown, wanted)

    def _checked(self, wanted: str) -> str | None:
        """Return a target as the client takes it."""
        readings = self._settings.data
        if wanted == forwarding.NOT_FORWARDED:
            return None
        if wanted == VOICEMAIL_TARGET:
            if not forwarding.has_mailbox(readings):
                raise told(self._entry.title, ServiceValidationError, "no_mailbox")
            return wanted
        if wanted == forwarding.MOBILE_NUMBER:
            number = forwarding.mobile_number(readings, self.dialling)
            if number is None:
                raise told(
                    self._entry.title, ServiceValidationError, "no_mobile_number"
                )
            return number
        try:
            target = self.dialling.read(wanted)
        except TargetError as error:
            raise told(
                self._entry.title, ServiceValidationError, f"target_{error.problem}"
            ) from error
        if forwarding.leads_back(readings, target, self.dialling):
            raise told(self._entry.title, ServiceValidationError, "target_own_address")
        return target

    async def async_write(
        self,
        write: Write,
        prepare: Callable[[], Awaitable[Parameters]],
        touched: Action[Any] | None = None,
        proves: Callable[[Any], bool] | None = None,
    ) -> None:
        """Send a change once, and read what it has touched.

        What is read `proves` that it was made where the server is not to be believed.
        """
        self.ensure_open()
        if not self.can(write):
            raise told(self._entry.title, HomeAssistantError, "not_supported")
        if refusal := self._settings.refusal_of(write):
            raise told(
                self._entry.title, HomeAssistantError, refusal_key(refusal)
            ) from refusal
        with self._closing.under_way():
            try:
                await self._async_send_once(write, prepare)
            except SipSettingsError as error:
                reading = await self._async_look_after(touched, error)
                doubted = isinstance(error, UnconfirmedError)
                if self._settings.refusal_of(write):
                    doubted = False
                if doubted and proves and self._is_shown(reading, proves):
                    return
                raise meaning_of(self._entry.title, error) from error
            await self._async_look_after(touched)

    def _is_shown(self, reading: Reading | None, proves: Callable[[Any], bool]) -> bool:
        """Whether a read that has really been answered now shows the change."""
        if reading is None or reading.failed:
            return False
        return not self._client.closed and proves(reading.value)

    async def _async_send_once(
        self, write: Write, prepare: Callable[[], Awaitable[Parameters]]
    ) -> None:
        """Send a change when its turn comes, unless the entry is closed by then."""
        async with self._closing.until_closed() as send:

            async def prepare_to_send() -> Parameters:
                try:
                    return await prepare()
                finally:
                    send()

            await self._client.write(write, prepare_to_send)

    async def _async_look_after(
        self, touched: Action[Any] | None, error: SipSettingsError | None = None
    ) -> Reading | None:
        """See what has come of a change; its outcome does not wait for that.

        Returns what was read now, None where nothing was.
        """
        try:
            async with self._closing.until_closed():
                if isinstance(error, CredentialsError):
                    # Nothing was changed; a poll of everything tells what it means.
                    await self._settings.async_request_refresh()
                    return None
                unsure = isinstance(error, OutcomeUnknownError)
                return await self._async_read_back(touched, unsure=unsure)
        except ClosedError:
            return None

    async def _async_read_back(
        self, touched: Action[Any] | None, *, unsure: bool
    ) -> Reading | None:
        """Read what was touched, and once more later where that may be too early."""
        if touched is None:
            return None
        reading = await self._settings.async_read_again(touched)
        self._forget_later()
        if unsure or reading is None or reading.failed:

            async def look(_now: datetime) -> None:
                self._later = None
                await self._settings.async_read_again(touched)

            self._later = async_call_later(self._hass, _LOOK_LATER, look)
        return reading

    @callback
    def _forget_later(self) -> None:
        if self._later:
            self._later()
            self._later = None
