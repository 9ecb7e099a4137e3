"""Conditions that Home Assistant offers for an account."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, override

from homeassistant.const import CONF_FOR, STATE_ON
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    ATTR_BEHAVIOR,
    BEHAVIOR_ALL,
    BEHAVIOR_ANY,
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionConfig,
    EntityConditionBase,
)
from homeassistant.helpers.typing import ConfigType
import voluptuous as vol

from .automating.callers import (
    FROM_FIELDS,
    Callers,
    async_load_rules,
    checked,
)
from .automating.targets import entities_of_kind
from .sip_settings import Condition as DiversionCondition, Direction

CONF_DIVERSION = "diversion"
ANY_DIVERSION = "any"
_BEHAVIOR: dict[Any, Any] = {
    vol.Required(ATTR_BEHAVIOR, default=BEHAVIOR_ANY): vol.In(
        [BEHAVIOR_ANY, BEHAVIOR_ALL]
    ),
    vol.Optional(CONF_FOR): cv.positive_time_period,
}


class _AccountCondition(EntityConditionBase):
    """Something is so at an account, as one of its entities shows."""

    _primary_entities_only = False
    _domain: ClassVar[str]
    _key: ClassVar[str]

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Know what kind of entity shows it."""
        self._domain_specs = {self._domain: DomainSpec()}
        super().__init__(hass, config)

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the entities that show it."""
        return entities_of_kind(self._hass, entities, self._domain, self._key)


class DoNotDisturbCondition(_AccountCondition):
    """Do not disturb is on."""

    _domain = "switch"
    _key = "do_not_disturb"

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        """Whether the switch is on."""
        return entity_state.state == STATE_ON


class CallsForwardedCondition(_AccountCondition):
    """Calls are forwarded, in any case or under one condition."""

    _domain = "sensor"
    _key = "call_forwarding"
    _schema = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {
            vol.Required("options", default={}): {
                **_BEHAVIOR,
                vol.Optional(CONF_DIVERSION, default=ANY_DIVERSION): vol.In(
                    [ANY_DIVERSION, *DiversionCondition]
                ),
            }
        }
    )

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Take what the person chose."""
        super().__init__(hass, config)
        options: Mapping[str, Any] = config.options or {}
        self._diversion: str = options[CONF_DIVERSION]

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        """Whether there is a target."""
        if self._diversion == ANY_DIVERSION:
            return entity_state.state != "none_active"
        return bool(entity_state.attributes.get(self._diversion))

    @override
    def _state_valid_since(self, _state: State) -> datetime:
        """A target may change while the state does not."""
        return _state.last_updated


class MissedCallsCondition(_AccountCondition):
    """There are missed calls that were not marked as seen."""

    _domain = "sensor"
    _key = "missed_calls"

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        """Whether the count is more than none."""
        return entity_state.state != "0"


class LastCallFromCondition(_AccountCondition):
    """The last call was from somebody."""

    _domain = "sensor"
    _key = "last_call"
    _schema = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {
            vol.Required("options", default={}): vol.All(
                {**_BEHAVIOR, **FROM_FIELDS}, checked
            )
        }
    )

    @override
    @classmethod
    async def async_validate_config(
        cls, hass: HomeAssistant, config: ConfigType
    ) -> ConfigType:
        """Validate what the person chose, and load what numbers are compared by."""
        config = await super().async_validate_config(hass, config)
        await async_load_rules(hass, config["options"])
        return config

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Take what the person chose."""
        super().__init__(hass, config)
        self._callers = Callers(hass, config.options or {})

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        """Whether it is a call of theirs, and not one to them."""
        told = entity_state.attributes
        incoming = told.get("direction") == Direction.INCOMING
        return incoming and self._callers.include(told)

    @override
    def _state_valid_since(self, _state: State) -> datetime:
        """Two calls may have begun at the same time."""
        return _state.last_updated


CONDITIONS: dict[str, type[Condition]] = {
    "do_not_disturb_is_on": DoNotDisturbCondition,
    "calls_are_forwarded": CallsForwardedCondition,
    "has_missed_calls": MissedCallsCondition,
    "last_call_was_from": LastCallFromCondition,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions of this integration."""
    return CONDITIONS
