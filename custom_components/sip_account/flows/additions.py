"""What the options add to the account itself: a voucher, an alias.

Neither can be taken back. Each dialog sends once, and ends with what became of it.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, override

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlowWithReload,
    UnknownEntry,
)
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol

from ..additions import TopUp
from ..currency import currency_of
from ..runtime import SipAccountConfigEntry, SipAccountRuntime
from ..sip_settings import BackendError, Voucher
from ..wording.inert import placeholders
from ..wording.outcome import ChangeUnknownError
from .draft import ACCOUNT_REMOVED
from .way_back import WayBack

_CARD_ID = "card_id"
_NUMBER = "card_number"
_ALIAS = "alias"
# No password of the account's: no browser is to keep or to suggest it.
_SECRET = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
)
_VOUCHER = vol.Schema(
    {
        vol.Required(_CARD_ID): TextSelector(TextSelectorConfig(autocomplete="off")),
        vol.Required(_NUMBER): _SECRET,
    }
)
_NEW_ALIAS = vol.Schema({vol.Required(_ALIAS): TextSelector()})


class AdditionSteps(WayBack, OptionsFlowWithReload):
    """The steps, and the account that they are for.

    The entry may be retrying its set-up, or be removed at any time.
    """

    _sending: asyncio.Task[Any] | None = None

    @property
    @override
    def config_entry(self) -> SipAccountConfigEntry:
        """Return the entry; aborts where it was removed."""
        try:
            return super().config_entry
        except UnknownEntry as error:
            raise AbortFlow(ACCOUNT_REMOVED) from error

    @override
    def async_show_form(self, **kwargs: Any) -> ConfigFlowResult:
        """Show a form, unless there is nothing left to fill it in for."""
        self._ensure_entry()
        return super().async_show_form(**kwargs)

    @property
    def _runtime(self) -> SipAccountRuntime | None:
        entry = self.config_entry
        loaded = entry.state is ConfigEntryState.LOADED
        return entry.runtime_data if loaded else None

    def _ensure_entry(self) -> None:
        if self.hass.config_entries.async_get_entry(self.handler) is None:
            raise AbortFlow(ACCOUNT_REMOVED)

    @property
    def additions(self) -> list[str]:
        """The steps that can be offered now."""
        runtime = self._runtime
        if runtime is None:
            return []
        offered = {
            "top_up": runtime.additions.can_top_up,
            "add_alias": runtime.additions.can_add_alias,
        }
        return [step for step, can in offered.items() if can]

    async def async_step_top_up(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take a voucher, send it once, and tell the balance before and after."""
        errors: dict[str, str] = {}
        if user_input is not None:
            voucher = Voucher.read(user_input[_CARD_ID], user_input[_NUMBER])
            if voucher is None:
                errors["base"] = "invalid_voucher"
            else:
                return await self._async_top_up(voucher)
        # What was typed is not shown again: it would be sent back to the browser.
        return self.async_show_form(
            step_id="top_up", data_schema=_VOUCHER, errors=errors
        )

    async def _async_top_up(self, voucher: Voucher) -> ConfigFlowResult:
        entry = self.config_entry
        runtime = self._loaded()
        try:
            top_up: TopUp = await self._async_once(
                lambda: runtime.additions.async_top_up(voucher)
            )
        except HomeAssistantError as error:
            return self._not_sent(error)
        # From here on nothing aborts: whatever became of the account, it was sent.
        currency = currency_of(self.hass, entry, runtime.activity.data)
        if top_up.before is None or top_up.after is None:
            return self.async_abort(reason=f"top_up_{top_up.outcome}_unread")
        return self.async_abort(
            reason=f"top_up_{top_up.outcome}",
            description_placeholders=placeholders(
                before=f"{top_up.before:.2f} {currency}",
                after=f"{top_up.after:.2f} {currency}",
            ),
        )

    async def async_step_add_alias(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take another name for the account, and show what the server then tells."""
        errors: dict[str, str] = {}
        if user_input is not None:
            additions = self._loaded().additions
            try:
                aliases: tuple[str, ...] = await self._async_once(
                    lambda: additions.async_add_alias(user_input[_ALIAS])
                )
            except ServiceValidationError as error:
                self._sending = None  # nothing was sent
                errors[_ALIAS] = error.translation_key or "alias_not_a_name"
            except ChangeUnknownError:
                return self.async_abort(reason="alias_unknown")
            except HomeAssistantError as error:
                return self._not_sent(error)
            else:
                return self.async_abort(
                    reason="alias_added",
                    description_placeholders=placeholders(aliases=", ".join(aliases)),
                )
        return self.async_show_form(
            step_id="add_alias",
            data_schema=self.add_suggested_values_to_schema(_NEW_ALIAS, user_input),
            errors=errors,
        )

    def _loaded(self) -> SipAccountRuntime:
        """Return what the account has while it is loaded; aborts while it is not."""
        runtime = self._runtime
        if runtime is None:
            reason = "not_loaded"
            raise AbortFlow(reason)
        return runtime

    async def _async_once[T](self, send: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Send, or wait for what was sent when a form was submitted twice.

        It goes on when the browser goes away: what was sent was sent.
        """
        if self._sending is None:
            self._sending = self.config_entry.async_create_task(
                self.hass, send(), "sip_account addition"
            )
        outcome: T = await asyncio.shield(self._sending)
        return outcome

    def _not_sent(self, error: HomeAssistantError) -> ConfigFlowResult:
        """End with the reason why the account is as it was."""
        if error.translation_key in {"aliases_unknown", "balance_unknown"}:
            reason = error.translation_key
        elif isinstance(error.__cause__, BackendError):
            reason = "server_says_no"
        else:
            reason = "not_sent"
        return self.async_abort(
            reason=reason,
            description_placeholders=placeholders(
                reason=(error.translation_placeholders or {}).get("reason", "")
            ),
        )
