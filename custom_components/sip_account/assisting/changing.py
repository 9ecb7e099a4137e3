"""Tools that change, for the accounts of which a person says so in the options."""

from datetime import timedelta
from typing import Any, override

from homeassistant.core import HomeAssistant
from homeassistant.helpers import llm
from homeassistant.util.json import JsonObjectType
import voluptuous as vol

from .. import forwarding
from ..const import CONF_FORWARDING_TARGETS, DOMAIN
from ..runtime import SipAccountConfigEntry
from ..sip_settings import Condition
from .accounts import loaded_accounts, may_change
from .reading import disturbed, forwarded
from .tools import Accounts, AccountTool, annotations

_MINUTES_AT_MOST = 30 * 24 * 60


class _ChangeTool(AccountTool):
    """A tool for the accounts that a person lets assistants change."""

    changes = True
    annotations = annotations(read_only=False)

    @classmethod
    @override
    def accounts(cls, hass: HomeAssistant, context: llm.LLMContext) -> Accounts:
        """Return those of which a person said so."""
        return {
            name: entry
            for name, entry in loaded_accounts(hass).items()
            if may_change(entry)
        }


class SetDoNotDisturbTool(_ChangeTool):
    """Lets nobody call for some time, or everybody again."""

    name = f"{DOMAIN}__set_do_not_disturb"
    title = "Set do not disturb"
    description = (
        "Let nobody call a SIP account for some minutes, or, with 0 minutes, let "
        "everybody call again."
    )

    @override
    def fields(self, accounts: Accounts) -> dict[Any, Any]:
        """Return for how long."""
        return {
            vol.Required("minutes"): vol.All(
                vol.Coerce(int), vol.Range(min=0, max=_MINUTES_AT_MOST)
            )
        }

    @override
    async def async_use(
        self,
        hass: HomeAssistant,
        context: llm.LLMContext,
        entries: list[SipAccountConfigEntry],
        said: dict[str, Any],
    ) -> JsonObjectType:
        """Change it, and return how it is then."""
        (entry,) = entries
        period = timedelta(minutes=said["minutes"])
        control = entry.runtime_data.control
        await control.async_set_do_not_disturb(on=bool(period), period=period)
        return {"account": str(entry.unique_id), **disturbed(entry)}


class ForwardCallsTool(_ChangeTool):
    """Sends calls to one of the targets that a person has made a choice."""

    name = f"{DOMAIN}__forward_calls"
    title = "Forward calls"
    description = (
        "Forward the telephone calls of a SIP account to one of the targets that can "
        "be chosen, or no more, with not_forwarded."
    )

    @override
    def fields(self, accounts: Accounts) -> dict[Any, Any]:
        """Return the targets that the selects offer, and no other."""
        targets = {
            option
            for entry in accounts.values()
            for option in _options(entry, Condition.ALL_CALLS)
        }
        return {
            vol.Required("to"): vol.In(sorted(targets)),
            vol.Optional("when", default=Condition.ALL_CALLS.value): vol.In(
                [Condition.ALL_CALLS, Condition.BUSY, Condition.NO_ANSWER]
            ),
        }

    @override
    async def async_use(
        self,
        hass: HomeAssistant,
        context: llm.LLMContext,
        entries: list[SipAccountConfigEntry],
        said: dict[str, Any],
    ) -> JsonObjectType:
        """Change it, and return how it is then."""
        (entry,) = entries
        condition = Condition(said["when"])
        if said["to"] not in _options(entry, condition):
            offered: list[Any] = _options(entry, condition)
            return {"error": "This cannot be chosen", "targets": offered}
        await entry.runtime_data.control.async_forward({condition: said["to"]})
        return {"account": str(entry.unique_id), **forwarded(entry)}


def _options(entry: SipAccountConfigEntry, condition: Condition) -> list[str]:
    runtime = entry.runtime_data
    return forwarding.options(
        runtime.settings.data,
        condition,
        entry.options.get(CONF_FORWARDING_TARGETS, []),
        runtime.control.dialling,
    )
