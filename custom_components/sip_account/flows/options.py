"""The options of an account: how often, what may be changed, and who is who."""

import math
from typing import Any, override
from zoneinfo import available_timezones

from homeassistant.config_entries import (
    ConfigFlowResult,
)
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
)
import voluptuous as vol

from ..calls.spelling import load_rules, spelled
from ..const import (
    CONF_ACCOUNT_REGION,
    CONF_ACTIVITY_INTERVAL,
    CONF_BOOK_REGION,
    CONF_CERTIFICATE,
    CONF_CURRENCY,
    CONF_LOW_BALANCE,
    CONF_PHONE_BOOK_OF,
    CONF_RENEW,
    CONF_SETTINGS_INTERVAL,
    CONF_TIME_ZONE,
    DEFAULT_ACTIVITY_INTERVAL,
    DEFAULT_SETTINGS_INTERVAL,
)
from ..currency import currency_of
from ..polling.readings import Readings
from ..sip_settings import (
    ALIASES,
    ENUM,
    SET_CALL_FORWARDING,
)
from ..wording.inert import placeholders
from .forwarding import ForwardingSteps

_NUMBERS = vol.Schema(
    {
        vol.Optional(CONF_BOOK_REGION): CountrySelector(),
        vol.Optional(CONF_ACCOUNT_REGION): CountrySelector(),
    }
)


class SipAccountOptionsFlow(ForwardingSteps):
    """Changes the options; Home Assistant then reloads the entry.

    The entry may be retrying its set-up, or be removed at any time.
    """

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let the person choose between polling and the phone book."""
        runtime = self._runtime
        book = await self._async_book()
        offered = {
            "settings": True,
            "control": runtime and runtime.control.can(SET_CALL_FORWARDING),
            **dict.fromkeys(self.additions, True),
            "callers": self._recent(),
            "contact": True,
            "contacts": book.known,
            "phone_book": True,
            "address_book": True,
            "shared_book": await self._async_of_others(),
            "own_book": CONF_PHONE_BOOK_OF in self.config_entry.data,
            "numbers": True,
            "clear_phone_book": book.contacts or book.by_hand,
        }
        options = [step for step, can in offered.items() if can]
        return self.async_show_menu(
            step_id="init",
            menu_options=options,
            description_placeholders=placeholders(
                contacts=str(book.count), accounts=self._users
            ),
        )

    async def async_step_settings(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show what can be set on one form."""
        zones = await self.hass.async_add_executor_job(available_timezones)
        runtime = self._runtime
        readings = runtime.activity.data if runtime else Readings()
        form = _form(zones, currency_of(self.hass, self.config_entry, readings))
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
        readings = runtime.settings.data if runtime else Readings()
        told = (*(readings.value(ENUM) or ()), *(readings.value(ALIASES) or ()))
        numbers = (spelled(text.partition("@")[0]) for text in told)
        found = {number.country for number in numbers if number and number.country}
        return ", ".join(sorted(found))


def _form(zones: set[str], currency: str) -> vol.Schema:
    return vol.Schema(
        {
            vol.Required(CONF_ACTIVITY_INTERVAL): _number(30, 3600, "s"),
            vol.Required(CONF_SETTINGS_INTERVAL): _number(5, 1440, "min"),
            vol.Optional(CONF_LOW_BALANCE): _FiniteNumber(
                NumberSelectorConfig(
                    step="any",
                    unit_of_measurement=currency,
                    mode=NumberSelectorMode.BOX,
                )
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
