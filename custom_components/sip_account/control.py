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
from .const import CONF_ALLOW_DAMAGED_RULES, DOMAIN
from .coordinator import SipAccountCoordinator
from .health import refusal_key
from .inert import placeholders
from .login import Connection
from .sip_settings import (
    ACCEPT_RULES,
    ACCOUNT,
    DIVERSIONS,
    DO_NOT_DISTURB_OFF,
    DO_NOT_DISTURB_ON,
    HIDE_CALLER_ID,
    SET_CALL_FORWARDING,
    SET_CALLER_ID,
    SHOW_CALLER_ID,
    TIME_LIMIT,
    VOICEMAIL_TARGET,
    AcceptRule,
    AcceptRules,
    Action,
    BackendError,
    ClosedError,
    Condition,
    CredentialsError,
    OutcomeUnknownError,
    SipSettingsError,
    TargetError,
    UnsupportedActionError,
    Write,
    caller_id_parameters,
    do_not_disturb_parameters,
    forwarding_parameters,
    read_target,
)

# The back end may come to the end of a change long after its answer was lost.
_LOOK_LATER = timedelta(seconds=60)

# Unloading waits for the answer to a change for as long as that may take: a shorter
# wait would tell people that nobody knows what was to be known. It is shorter than the
# minute that proxies wait for Home Assistant.
_DRAIN_LIMIT = TIME_LIMIT

type Parameters = Mapping[str, str] | None


class ChangeUnknownError(HomeAssistantError):
    """A change was sent, and nobody knows whether it was made."""


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
            raise self._meaning_of(error) from error

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
                    raise self._told(HomeAssistantError, "rules_unknown")
                if rules and rules.rules:
                    raise self._told(
                        ServiceValidationError, "daily_rules", rules=_named(rules.rules)
                    )
            return do_not_disturb_parameters(period) if on else {}

        write = DO_NOT_DISTURB_ON if on else DO_NOT_DISTURB_OFF
        await self._async_write(write, prepare, ACCEPT_RULES)

    async def async_hide_caller_id(self, *, hidden: bool) -> None:
        """Hide or show the caller ID of outgoing calls; no server tells which it is."""

        async def prepare() -> Parameters:
            return {}

        await self._async_write(HIDE_CALLER_ID if hidden else SHOW_CALLER_ID, prepare)

    async def async_set_caller_id(self, written: str) -> None:
        """Set the number that others see; empty clears it."""
        try:
            parameters = caller_id_parameters(written)
        except TargetError as error:
            raise self._told(ServiceValidationError, error.problem) from error

        async def prepare() -> Parameters:
            return parameters

        await self._async_write(SET_CALLER_ID, prepare, ACCOUNT)

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

        # Selects that are set by one call come in the same turn of the loop.
        await asyncio.sleep(0)
        try:
            await self._async_write(SET_CALL_FORWARDING, prepare, DIVERSIONS)
        finally:
            if self._batch is batch:
                self._batch = None

    def _checked(self, wanted: str) -> str | None:
        """Return a target as the client takes it."""
        readings = self._settings.data
        if wanted == forwarding.NOT_FORWARDED:
            return None
        if wanted == VOICEMAIL_TARGET:
            if not forwarding.has_mailbox(readings):
                raise self._told(ServiceValidationError, "no_mailbox")
            return wanted
        if wanted == forwarding.MOBILE_NUMBER:
            number = forwarding.mobile_number(readings, self._client.address)
            if number is None:
                raise self._told(ServiceValidationError, "no_mobile_number")
            return number
        try:
            target = read_target(wanted, self._client.address)
        except TargetError as error:
            raise self._told(
                ServiceValidationError, f"target_{error.problem}"
            ) from error
        if forwarding.leads_back(readings, target, self._client.address):
            raise self._told(ServiceValidationError, "target_own_address")
        return target

    async def _async_write(
        self,
        write: Write,
        prepare: Callable[[], Awaitable[Parameters]],
        touched: Action[Any] | None = None,
    ) -> None:
        self.ensure_open()
        if not self.can(write):
            raise self._told(HomeAssistantError, "not_supported")
        if refusal := self._settings.refusal:
            raise self._told(HomeAssistantError, refusal_key(refusal)) from refusal
        with self._closing.under_way():
            try:
                await self._async_send_once(write, prepare)
            except SipSettingsError as error:
                await self._async_look_after(touched, error)
                raise self._meaning_of(error) from error
            await self._async_look_after(touched)

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
    ) -> None:
        """See what has come of a change; its outcome does not wait for that."""
        try:
            async with self._closing.until_closed():
                if isinstance(error, CredentialsError):
                    # Nothing was changed; a poll of everything tells what it means.
                    await self._settings.async_request_refresh()
                    return
                unsure = isinstance(error, OutcomeUnknownError)
                await self._async_read_back(touched, unsure=unsure)
        except ClosedError:
            return

    async def _async_read_back(
        self, touched: Action[Any] | None, *, unsure: bool
    ) -> None:
        """Read what was touched, and once more later where that may be too early."""
        if touched is None:
            return
        reading = await self._settings.async_read_again(touched)
        self._forget_later()
        if unsure or reading is None or reading.failed:

            async def look(_now: datetime) -> None:
                self._later = None
                await self._settings.async_read_again(touched)

            self._later = async_call_later(self._hass, _LOOK_LATER, look)

    @callback
    def _forget_later(self) -> None:
        if self._later:
            self._later()
            self._later = None

    def _meaning_of(self, error: SipSettingsError) -> HomeAssistantError:
        if isinstance(error, OutcomeUnknownError):
            return self._told(ChangeUnknownError, "outcome_unknown")
        if isinstance(error, CredentialsError):
            return self._told(HomeAssistantError, refusal_key(error))
        if isinstance(error, UnsupportedActionError):
            return self._told(HomeAssistantError, "not_supported")
        if isinstance(error, BackendError):
            key = "server_says_no" if error.words else "server_gives_no_reason"
            return self._told(HomeAssistantError, key, reason=error.words)
        return self._told(HomeAssistantError, f"not_sent_{error.kind}")

    def _told[ErrorT: HomeAssistantError](
        self, kind: type[ErrorT], key: str, **told: str
    ) -> ErrorT:
        return kind(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders=placeholders(account=self._entry.title, **told),
        )


def _named(rules: tuple[AcceptRule, ...]) -> str:
    """Return daily rules as the attributes of the sensor Accept rules spell them."""
    return "; ".join(
        f"{' '.join(rule.days)} {rule.start}-{rule.stop} ({', '.join(rule.groups)})"
        for rule in rules
    )
