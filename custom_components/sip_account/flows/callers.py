"""A name for somebody who has called lately: chosen from the list, not typed."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
import voluptuous as vol

from ..calls.kinds import event_type
from ..calls.recent import in_phone_book, recent_parties, way_to
from ..sip_settings import CALLS, Call, Outcome, clean
from ..wording.inert import inert, placeholders
from ..wording.words import minute, word
from .phone_book import PhoneBookSteps

_CALLER = "caller"
_NAME = "name"
_AT_MOST = 50


class CallerSteps(PhoneBookSteps):
    """The step that names a caller."""

    _callers: tuple[Call, ...] = ()

    def _recent(self) -> list[Call]:
        """Return who can be named, as calls were listed last."""
        runtime = self._runtime
        calls = runtime.activity.data.value(CALLS) if runtime else None
        return recent_parties(calls or ())

    async def async_step_callers(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let a person choose who called, and say who that is."""
        errors: dict[str, str] = {}
        if user_input is not None:
            name = clean(user_input[_NAME], 100)
            if name:
                return await self._async_give(name, [user_input[_CALLER]])
            errors[_NAME] = "no_name"
        else:
            self._callers = tuple(self._recent())
        if not self._callers:
            return await self.async_step_contact()
        offered = self._callers[:_AT_MOST]
        options = [
            SelectOptionDict(value=way_to(call), label=inert(self._label(call)))
            for call in offered
        ]
        chosen = SelectSelector(
            SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN)
        )
        strangers = sum(not in_phone_book(call) for call in self._callers)
        form = vol.Schema(
            {
                vol.Required(_CALLER, default=options[0]["value"]): chosen,
                vol.Required(_NAME): TextSelector(),
            }
        )
        return self.async_show_form(
            step_id="callers",
            data_schema=self.add_suggested_values_to_schema(form, user_input),
            errors=errors,
            description_placeholders=placeholders(strangers=str(strangers)),
        )

    def _label(self, call: Call) -> str:
        """Say who it was, by name, number and time: what callers say is in quotes."""
        number = call.number_shown or call.number or call.party
        who = (number, f"\u201c{call.name}\u201d" if call.name else None)
        if in_phone_book(call):
            who = (call.name, number)
        when = minute(call.started) if call.started else ""
        told = (*who, self._kind(call), when)
        return " · ".join(filter(None, told))

    def _kind(self, call: Call) -> str:
        if call.outcome is Outcome.IN_PROGRESS:
            return word(self.hass, f"outcome.options.{call.outcome}", "selector")
        return word(self.hass, f"call_{event_type(call)}")
