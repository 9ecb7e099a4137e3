"""Triggers of values: the balance fell below a number, no phone is registered any more.

They compare with what was last known, not with the state before: 12, unavailable, 8
has fallen below 10, and so has 12 before a restart and 8 after it; a reload has not.
"""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar, override

from homeassistant.const import STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.target import (
    TargetStateChangedData,
    async_track_target_selector_state_change_event,
)
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    EntityTriggerBase,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)
import voluptuous as vol

from ..last_known import BALANCE, REGISTERED
from .targets import entities_of_kind, runtime_of

CONF_BELOW = "below"


class _FallTrigger(EntityTriggerBase):
    """A value of an account fell below a number."""

    _schema = ENTITY_STATE_TRIGGER_SCHEMA
    _domain: ClassVar[str]
    _key: ClassVar[str]

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Know nothing yet."""
        self._domain_specs = {self._domain: DomainSpec()}
        super().__init__(hass, config)
        self._known: dict[str, float] = {}

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the entities that show this value."""
        return entities_of_kind(self._hass, entities, self._domain, self._key)

    @property
    @abstractmethod
    def below(self) -> float:
        """Return what the value must have fallen below."""

    @abstractmethod
    def value_of(self, state: State) -> float | None:
        """Return what a known state tells, None where it tells nothing."""

    def _known_before(self, entity_id: str) -> float | None:
        """Return what was known before this trigger was armed."""
        runtime = runtime_of(self._hass, entity_id)
        return runtime.last_known.values.get(self._key) if runtime else None

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Look at each new value, and at what is there already."""

        @callback
        def look(
            entity_id: str,
            before: State | None,
            now: State | None,
            context: Context | None,
        ) -> None:
            if now is None or now.state in {STATE_UNAVAILABLE, STATE_UNKNOWN}:
                return
            value = self.value_of(now)
            if value is None:
                return
            known = self._known.get(entity_id, self._known_before(entity_id))
            self._known[entity_id] = value
            if known is None or not known >= self.below > value:
                return
            payload = {"entity_id": entity_id, "from_state": before, "to_state": now}
            run_action(
                {**payload, "for": None, **self._options},
                f"state of {entity_id}",
                context,
            )

        @callback
        def changed(data: TargetStateChangedData) -> None:
            event = data.state_change_event
            told = event.data
            look(told["entity_id"], told["old_state"], told["new_state"], event.context)

        @callback
        def targeted(
            added: set[str], removed: set[str], states: Mapping[str, State | None]
        ) -> None:
            for entity_id in removed:
                self._known.pop(entity_id, None)
            for entity_id in added:
                look(entity_id, None, states.get(entity_id), None)

        return await async_track_target_selector_state_change_event(
            self._hass,
            self._target,
            changed,
            self.entity_filter,
            targeted,
            primary_entities_only=False,
        )


class BalanceFellBelowTrigger(_FallTrigger):
    """The balance was at or above a number, and is below it now."""

    _domain = "sensor"
    _key = BALANCE
    _schema = ENTITY_STATE_TRIGGER_SCHEMA.extend(
        {vol.Required("options"): {vol.Required(CONF_BELOW): vol.Coerce(float)}}
    )

    @property
    @override
    def below(self) -> float:
        """Return what the person set."""
        return float(self._options[CONF_BELOW])

    @override
    def value_of(self, state: State) -> float | None:
        """Return the balance."""
        try:
            return float(state.state)
        except ValueError:
            return None


class NoPhoneRegisteredTrigger(_FallTrigger):
    """A phone was registered, and none is now."""

    _domain = "binary_sensor"
    _key = REGISTERED

    @property
    @override
    def below(self) -> float:
        """Return one: fewer are none."""
        return 1.0

    @override
    def value_of(self, state: State) -> float:
        """Return 1 while a phone is registered."""
        return float(state.state == STATE_ON)
