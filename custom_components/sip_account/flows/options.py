"""The options of an account: how often, what may be changed, and who is who."""

from collections.abc import Mapping
import math
from typing import Any, override
from zoneinfo import available_timezones

from homeassistant.config_entries import (
    ConfigFlowResult,
)
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.generated.currencies import ACTIVE_CURRENCIES
from homeassistant.helpers.selector import (
    BooleanSelector,
    CountrySelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)
import voluptuous as vol

from ..calls.phone_book import (
    async_load_phone_book,
    book_id_of,
)
from ..calls.spelling import load_rules, spelled
from ..const import (
    CONF_ACCOUNT,
    CONF_ACCOUNT_REGION,
    CONF_ACTIVITY_INTERVAL,
    CONF_ALLOW_DAMAGED_RULES,
    CONF_ASSISTANTS_MAY_CHANGE,
    CONF_BOOK_REGION,
    CONF_CERTIFICATE,
    CONF_CURRENCY,
    CONF_FORWARDING_TARGETS,
    CONF_LOW_BALANCE,
    CONF_RENEW,
    CONF_SETTINGS_INTERVAL,
    CONF_TIME_ZONE,
    DEFAULT_ACTIVITY_INTERVAL,
    DEFAULT_SETTINGS_INTERVAL,
)
from ..forwarding import leads_back, mobile_number
from ..inert import placeholders
from ..readings import Readings
from ..sip_settings import (
    ENUM,
    SET_CALL_FORWARDING,
    SipAddress,
    TargetError,
    clean,
    read_target,
    same_target,
)
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


_NUMBERS = vol.Schema(
    {
        vol.Optional(CONF_BOOK_REGION): CountrySelector(),
        vol.Optional(CONF_ACCOUNT_REGION): CountrySelector(),
    }
)


class SipAccountOptionsFlow(AddressBookSteps):
    """Changes the options; Home Assistant then reloads the entry.

    The entry may be retrying its set-up, or be removed at any time.
    """

    # The options that a form was filled in with.
    _shown: Mapping[str, Any] = {}

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person choose between polling and the phone book."""
        options = ["settings", "phone_book", "address_book", "contact", "numbers"]
        runtime = self._runtime
        if runtime and runtime.control.can(SET_CALL_FORWARDING):
            options.insert(1, "control")
        options[-4:-4] = self.additions
        entry = self.config_entry
        book = await async_load_phone_book(
            self.hass, entry.entry_id, entry.options, book_id_of(entry.data)
        )
        if book.contacts:
            options.append("clear_phone_book")
        return self.async_show_menu(
            step_id="init",
            menu_options=options,
            description_placeholders=placeholders(contacts=str(book.count)),
        )

    async def async_step_settings(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what can be set on one form."""
        zones = await self.hass.async_add_executor_job(available_timezones)
        form = _form(zones)
        if CONF_CERTIFICATE in self.config_entry.data:
            form = form.extend({vol.Optional(CONF_RENEW): BooleanSelector()})
        if user_input is None:
            self._note_shown(form)
        else:
            self._ensure_as_shown()
            intervals = (CONF_ACTIVITY_INTERVAL, CONF_SETTINGS_INTERVAL)
            others = {
                key: value
                for key, value in self.config_entry.options.items()
                if key not in form.schema
            }
            return self.async_create_entry(
                data=others
                | user_input
                | {key: int(user_input[key]) for key in intervals}
            )
        suggested = {
            CONF_ACTIVITY_INTERVAL: DEFAULT_ACTIVITY_INTERVAL,
            CONF_SETTINGS_INTERVAL: DEFAULT_SETTINGS_INTERVAL,
            CONF_CURRENCY: self.hass.config.currency,
        } | dict(self.config_entry.options)
        return self.async_show_form(
            step_id="settings",
            data_schema=self.add_suggested_values_to_schema(form, suggested),
        )

    async def async_step_control(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Keep targets to choose from, and say what the server may damage."""
        errors: dict[str, str] = {}
        refused = ""
        options = dict(self.config_entry.options)
        if user_input is None:
            self._note_shown(_CONTROL)
        else:
            self._ensure_as_shown()
            targets, wrong = self._read_targets(user_input)
            if wrong:
                errors[CONF_FORWARDING_TARGETS], refused = wrong
            else:
                return self.async_create_entry(
                    data=options | user_input | {CONF_FORWARDING_TARGETS: targets}
                )
        return self.async_show_form(
            step_id="control",
            data_schema=self.add_suggested_values_to_schema(
                _CONTROL, user_input or options
            ),
            errors=errors,
            description_placeholders=placeholders(target=refused),
        )

    async def async_step_numbers(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask in which country numbers are written, and say what changes."""
        if user_input is None:
            self._note_shown(_NUMBERS)
        else:
            self._ensure_as_shown()
            others = {
                key: value
                for key, value in self.config_entry.options.items()
                if key not in _NUMBERS.schema
            }
            return self.async_create_entry(data=others | user_input)
        proposed = await self.hass.async_add_executor_job(self._proposed_countries)
        return self.async_show_form(
            step_id="numbers",
            data_schema=self.add_suggested_values_to_schema(
                _NUMBERS, self.config_entry.options
            ),
            description_placeholders=placeholders(
                home=self.hass.config.country or "", proposed=proposed
            ),
        )

    def _proposed_countries(self) -> str:
        """Return the countries of the account's own numbers, empty where none tells."""
        load_rules()
        runtime = self._runtime
        told = (runtime.settings.data.value(ENUM) or ()) if runtime else ()
        numbers = (spelled(text) for text in told)
        found = {number.country for number in numbers if number and number.country}
        return ", ".join(sorted(found))

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
        address = SipAddress.parse(self.config_entry.data[CONF_ACCOUNT])
        # While nothing is known, what calls lead to is looked at when it is chosen.
        runtime = self._runtime
        readings = runtime.settings.data if runtime else Readings()
        mobile = mobile_number(readings, address)
        targets: list[str] = []
        for written in user_input.get(CONF_FORWARDING_TARGETS, []):
            try:
                target = read_target(written, address)
            except TargetError as error:
                return [], (f"target_{error.problem}", clean(written, 60))
            if leads_back(readings, target, address):
                return [], ("target_own_address", clean(written, 60))
            if mobile and same_target(target, mobile, address):
                return [], ("target_mobile_number", clean(written, 60))
            targets.append(target)
        return list(dict.fromkeys(targets)), None


def _form(zones: set[str]) -> vol.Schema:
    return vol.Schema(
        {
            vol.Required(CONF_ACTIVITY_INTERVAL): _number(30, 3600, "s"),
            vol.Required(CONF_SETTINGS_INTERVAL): _number(5, 1440, "min"),
            vol.Optional(CONF_LOW_BALANCE): _FiniteNumber(
                NumberSelectorConfig(step="any", mode=NumberSelectorMode.BOX)
            ),
            vol.Required(CONF_CURRENCY): _one_of(sorted(ACTIVE_CURRENCIES)),
            vol.Optional(CONF_TIME_ZONE): _one_of(sorted(zones)),
        }
    )


class _FiniteNumber(NumberSelector):
    """A number that is one: neither infinite nor none at all."""

    @override
    def __call__(self, data: Any) -> float:
        """Validate what was given; raises vol.Invalid."""
        value = super().__call__(data)
        if not math.isfinite(value):
            msg = "Not a number"
            raise vol.Invalid(msg)
        return value


def _number(least: int, most: int, unit: str) -> NumberSelector:
    return _FiniteNumber(
        NumberSelectorConfig(
            min=least,
            max=most,
            step=1,
            unit_of_measurement=unit,
            mode=NumberSelectorMode.BOX,
        )
    )


def _one_of(values: list[str]) -> SelectSelector:
    return SelectSelector(
        SelectSelectorConfig(options=values, mode=SelectSelectorMode.DROPDOWN)
    )
