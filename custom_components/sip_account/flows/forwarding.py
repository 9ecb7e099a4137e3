"""Where calls may be forwarded to, and how that is read before anything is sent."""

from collections.abc import Mapping, Sequence
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers.selector import (
    BooleanSelector,
    TextSelector,
    TextSelectorConfig,
)
import voluptuous as vol

from ..calls.spelling import as_people_write, load_rules
from ..const import (
    CONF_ACCOUNT,
    CONF_ACCOUNT_REGION,
    CONF_ALLOW_DAMAGED_RULES,
    CONF_ASSISTANTS_MAY_CHANGE,
    CONF_FORWARDING_TARGETS,
)
from ..forwarding import Dialling, leads_back, mobile_number
from ..polling.readings import Readings
from ..sip_settings import SipAddress, TargetError, clean
from ..wording.inert import placeholders
from .address_book import AddressBookSteps
from .draft import CHANGED_MEANWHILE

_CONTROL = vol.Schema(
    {
        vol.Optional(CONF_FORWARDING_TARGETS): TextSelector(
            TextSelectorConfig(multiple=True)
        ),
        vol.Optional(CONF_ALLOW_DAMAGED_RULES): BooleanSelector(),
        vol.Optional(CONF_ASSISTANTS_MAY_CHANGE): BooleanSelector(),
    }
)


class ForwardingSteps(AddressBookSteps):
    """The step that keeps targets to choose from, and the one that shows them as read.

    A number without its country is sent as it was typed: whose it is, is then for the
    provider to say, and the person is told so.
    """

    # The options that a form was filled in with, and what was typed into it last.
    _shown: Mapping[str, Any] = {}
    _typed: dict[str, Any] | None = None
    _kept: Mapping[str, Any] = {}
    _new: Sequence[str] = ()

    async def async_step_control(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Keep targets to choose from, and say what the server may damage."""
        errors: dict[str, str] = {}
        refused = ""
        options = dict(self.config_entry.options)
        if user_input is None:
            if self._typed is None:
                self._note_shown(_CONTROL)
        else:
            self._ensure_as_shown()
            await self.hass.async_add_executor_job(load_rules)
            targets, wrong = self._read_targets(user_input)
            if wrong is None:
                self._typed = user_input
                self._kept = user_input | {CONF_FORWARDING_TARGETS: targets}
                before = options.get(CONF_FORWARDING_TARGETS, [])
                self._new = [target for target in targets if target not in before]
                if any(map(str.isdecimal, self._new)):
                    return await self.async_step_targets_as_typed()
                if self._new:
                    return await self.async_step_targets()
                return self._finish_control()
            errors[CONF_FORWARDING_TARGETS], refused = wrong
        return self.async_show_form(
            step_id="control",
            data_schema=self.add_suggested_values_to_schema(
                _CONTROL, user_input or self._typed or options
            ),
            errors=errors,
            description_placeholders=placeholders(target=refused),
        )

    async def async_step_keep_targets(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Keep the targets as they were read."""
        self._ensure_as_shown()
        return self._finish_control()

    async def async_step_targets(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show how new targets are read, before calls can go there."""
        return self._show_targets("targets")

    async def async_step_targets_as_typed(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the same where the provider has to say whose some numbers are."""
        return self._show_targets("targets_as_typed")

    def _show_targets(self, step: str) -> ConfigFlowResult:
        shown = [as_people_write(target, None) for target in self._new]
        return self.async_show_menu(
            step_id=step,
            menu_options=["keep_targets", "control"],
            description_placeholders=placeholders(
                targets=", ".join(shown),
                as_typed=", ".join(filter(str.isdecimal, self._new)),
            ),
        )

    def _finish_control(self) -> ConfigFlowResult:
        return self.async_create_entry(data={**self.config_entry.options, **self._kept})

    def _note_shown(self, form: vol.Schema) -> None:
        options = self.config_entry.options
        self._shown = {str(key): options.get(str(key)) for key in form.schema}

    def _ensure_as_shown(self) -> None:
        """Abort where another dialog has changed what a form would put back."""
        options = self.config_entry.options
        if any(options.get(key) != value for key, value in self._shown.items()):
            raise AbortFlow(CHANGED_MEANWHILE)

    def _read_targets(
        self, user_input: dict[str, Any]
    ) -> tuple[list[str], tuple[str, str] | None]:
        """Return the targets in their one spelling, or the error and whose it is."""
        entry = self.config_entry
        dialling = Dialling(
            SipAddress.parse(entry.data[CONF_ACCOUNT]),
            entry.options.get(CONF_ACCOUNT_REGION),
        )
        # While nothing is known, what calls lead to is looked at when it is chosen.
        runtime = self._runtime
        readings = runtime.settings.data if runtime else Readings()
        mobile = mobile_number(readings, dialling)
        targets: list[str] = []
        for written in user_input.get(CONF_FORWARDING_TARGETS, []):
            try:
                target = dialling.read(written)
            except TargetError as error:
                return [], (f"target_{error.problem}", clean(written, 60))
            if leads_back(readings, target, dialling):
                return [], ("target_own_address", clean(written, 60))
            if mobile and dialling.same(target, mobile):
                return [], ("target_mobile_number", clean(written, 60))
            targets.append(target)
        return list(dict.fromkeys(targets)), None
