"""The options of an account: how often, in which currency and time zone."""

from typing import Any
from zoneinfo import available_timezones

from homeassistant.config_entries import ConfigFlowResult, OptionsFlowWithReload
from homeassistant.generated.currencies import ACTIVE_CURRENCIES
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import probatio

from .const import (
    CONF_ACTIVITY_INTERVAL,
    CONF_CURRENCY,
    CONF_SETTINGS_INTERVAL,
    CONF_TIME_ZONE,
    DEFAULT_ACTIVITY_INTERVAL,
    DEFAULT_SETTINGS_INTERVAL,
)


class SipAccountOptionsFlow(OptionsFlowWithReload):
    """Changes the options; Home Assistant then reloads the entry."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show all options on one form."""
        if user_input is not None:
            intervals = (CONF_ACTIVITY_INTERVAL, CONF_SETTINGS_INTERVAL)
            return self.async_create_entry(
                data=user_input | {key: int(user_input[key]) for key in intervals}
            )
        zones = await self.hass.async_add_executor_job(available_timezones)
        suggested = {
            CONF_ACTIVITY_INTERVAL: DEFAULT_ACTIVITY_INTERVAL,
            CONF_SETTINGS_INTERVAL: DEFAULT_SETTINGS_INTERVAL,
            CONF_CURRENCY: self.hass.config.currency,
        } | dict(self.config_entry.options)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(_form(zones), suggested),
        )


def _form(zones: set[str]) -> probatio.Schema:
    return probatio.Schema(
        {
            probatio.Required(CONF_ACTIVITY_INTERVAL): _number(30, 3600, "s"),
            probatio.Required(CONF_SETTINGS_INTERVAL): _number(5, 1440, "min"),
            probatio.Required(CONF_CURRENCY): _one_of(sorted(ACTIVE_CURRENCIES)),
            probatio.Optional(CONF_TIME_ZONE): _one_of(sorted(zones)),
        }
    )


def _number(least: int, most: int, unit: str) -> NumberSelector:
    return NumberSelector(
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
