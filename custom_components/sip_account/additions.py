"""What is added to an account for good: money from a voucher, and aliases.

Neither can be taken back, so each is sent once, and what a read then tells is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .control import AccountControl
from .coordinator import SipAccountCoordinator
from .login import Connection
from .sip_settings import (
    ADD_ALIAS,
    ADD_BALANCE,
    ALIASES,
    PREPAID,
    AliasError,
    BackendError,
    SipSettingsError,
    Voucher,
    read_alias,
)
from .wording.outcome import ChangeUnknownError, told


class TopUpOutcome(StrEnum):
    """What became of a voucher."""

    DONE = "done"
    UNCHANGED = "unchanged"  # the server says that it took it; the balance does not
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TopUp:
    """What became of a voucher, with the balances; None is one that is not told."""

    outcome: TopUpOutcome
    before: Decimal | None
    after: Decimal | None


class AccountAdditions:
    """Adds to one account. Methods raise as those of AccountControl."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        connection: Connection,
        control: AccountControl,
        *,
        settings: SipAccountCoordinator,
        activity: SipAccountCoordinator,
    ) -> None:
        """Send by `control`; `settings` reads the aliases, `activity` the balance."""
        self._hass = hass
        self._entry = entry
        self._client = connection.client
        self._control = control
        self._settings = settings
        self._activity = activity

    @property
    def can_top_up(self) -> bool:
        """Whether the server takes vouchers, and tells the balance."""
        return self._control.can(ADD_BALANCE) and not self._client.denies(PREPAID)

    @property
    def can_add_alias(self) -> bool:
        """Whether the server adds aliases, and tells them."""
        return self._control.can(ADD_ALIAS) and not self._client.denies(ALIASES)

    async def async_top_up(self, voucher: Voucher) -> TopUp:
        """Send a voucher once, between two looks at the balance.

        Raises where nothing was sent, or where the account is certainly as it was.
        """
        looked = False
        before: Decimal | None = None

        async def prepare() -> Mapping[str, str]:
            nonlocal looked, before
            try:
                before = await self._async_balance()
            except SipSettingsError as error:
                raise told(
                    self._entry.title, HomeAssistantError, "balance_unknown"
                ) from error
            looked = True
            return voucher.parameters()

        failure: HomeAssistantError | None = None
        try:
            await self._control.async_write(ADD_BALANCE, prepare)
        except HomeAssistantError as error:
            if not looked:
                raise
            failure = error
        after = await self._async_balance_after()
        if not self._client.closed:
            self._entry.async_create_background_task(
                self._hass,
                self._activity.async_request_refresh(),
                "sip_account balance",
            )
        if failure is None:
            same = after is not None and after == before
            outcome = TopUpOutcome.UNCHANGED if same else TopUpOutcome.DONE
        elif isinstance(failure, ChangeUnknownError):
            outcome = TopUpOutcome.UNKNOWN
        elif isinstance(failure.__cause__, BackendError):
            outcome = TopUpOutcome.REFUSED
        elif after is not None and after != before:
            outcome = TopUpOutcome.UNKNOWN
        else:
            raise failure
        return TopUp(outcome, before, after)

    async def _async_balance(self) -> Decimal | None:
        prepaid = await self._client.read(PREPAID)
        return prepaid.balance if prepaid else None

    async def _async_balance_after(self) -> Decimal | None:
        try:
            return await self._async_balance()
        except SipSettingsError:
            return None

    async def async_add_alias(self, wanted: str) -> tuple[str, ...]:
        """Add an alias, and return all that the server then tells.

        Raises ServiceValidationError where it cannot be sent, with the key
        `alias_PROBLEM`.
        """
        try:
            name = read_alias(wanted, self._client.address)
        except AliasError as error:
            raise self._refused(error) from error
        alias = f"{name}@{self._client.address.domain}"

        def is_listed(aliases: tuple[str, ...] | None) -> bool:
            return alias in {_bare(told_alias) for told_alias in aliases or ()}

        async def prepare() -> Mapping[str, str]:
            reading = await self._settings.async_read_again(ALIASES)
            if reading is None or reading.failed:
                # Nobody could tell whether it is there by now, nor afterwards.
                raise told(self._entry.title, HomeAssistantError, "aliases_unknown")
            if is_listed(reading.value):
                raise self._refused(AliasError(problem="taken"))
            return {"username": name}

        await self._control.async_write(ADD_ALIAS, prepare, ALIASES, is_listed)
        reading = self._settings.data.of(ALIASES)
        if self._client.closed:
            # What is known is from before.
            raise told(self._entry.title, ChangeUnknownError, "outcome_unknown")
        if reading is None or reading.failed or not is_listed(reading.value):
            raise told(self._entry.title, ChangeUnknownError, "alias_not_listed")
        return tuple(reading.value or ())

    def _refused(self, error: AliasError) -> ServiceValidationError:
        return told(self._entry.title, ServiceValidationError, f"alias_{error.problem}")


def _bare(alias: str) -> str:
    return alias.strip().lower().removeprefix("sip:")
