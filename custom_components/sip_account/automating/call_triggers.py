"""Triggers of calls: missed, or ended in any way.

They hear of a call by the event entity's state, which is written once for each call
and only while automations are armed.
"""

import asyncio
from collections import defaultdict
from dataclasses import fields
from datetime import timedelta
from typing import Any, override

from homeassistant.components.event import ATTR_EVENT_TYPE
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)
from homeassistant.helpers.typing import ConfigType
import voluptuous as vol

from ..calls.watch import EVENT_TYPES
from ..sip_settings import CALLS, Call
from ..wording.shown import NOBODY
from ..wording.words import word
from .callers import (
    FROM_FIELDS,
    Callers,
    async_load_rules,
    checked,
    same_callers,
)
from .repeats import MissedOfLate, completes
from .targets import entities_of_kind, runtime_of

CONF_COUNT = "count"
CONF_TYPE = "type"
CONF_WITHIN = "within"
_MISSED = "missed"
_TOLD = (
    ATTR_EVENT_TYPE,
    *(field.name for field in fields(Call)),
    "call_back",
    "shown",
    "voicemail_possible",
    "perhaps_told",
)


class _CallTrigger(StatelessEntityTriggerBase):
    """A call of some kind, from somebody."""

    @override
    @classmethod
    async def async_validate_config(
        cls, hass: HomeAssistant, config: ConfigType
    ) -> ConfigType:
        """Validate what the person chose, and load what numbers are compared by."""
        config = await super().async_validate_config(hass, config)
        await async_load_rules(hass, config["options"])
        return config

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Take what the person chose."""
        self._domain_specs = {"event": DomainSpec()}
        super().__init__(hass, config)
        self._callers = Callers(hass, self._options)

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the events of accounts."""
        return entities_of_kind(self._hass, entities, "event", "call")

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Whether a call was told of: two may be within one millisecond."""
        return _what_happened(from_state) != _what_happened(to_state)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether it is one of the calls that were asked for."""
        return self._callers.include(state.attributes)

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Hand the call to the automation."""

        @callback
        def with_call(
            extra_trigger_payload: dict[str, Any],
            description: str,
            context: Context | None = None,
        ) -> asyncio.Task[Any]:
            call = call_of(self._hass, extra_trigger_payload["to_state"])
            payload = {**extra_trigger_payload, "call": call}
            return run_action(payload, description, context)

        return await super().async_attach_runner(with_call, did_not_trigger)


class CallMissedTrigger(_CallTrigger):
    """A missed call, or so many of one caller within some minutes."""

    _schema = ENTITY_STATE_TRIGGER_SCHEMA.extend(
        {
            vol.Required("options", default={}): vol.All(
                {
                    **FROM_FIELDS,
                    vol.Optional(CONF_COUNT, default=1): vol.All(
                        vol.Coerce(int), vol.Range(min=1, max=20)
                    ),
                    vol.Optional(
                        CONF_WITHIN, default={"minutes": 10}
                    ): cv.positive_time_period,
                },
                checked,
            )
        }
    )

    @override
    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Take what the person chose."""
        super().__init__(hass, config)
        self._of_late: defaultdict[str, MissedOfLate] = defaultdict(MissedOfLate)

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether enough calls of this caller were missed with this one."""
        return (
            state.attributes.get(ATTR_EVENT_TYPE) == _MISSED
            and super().is_valid_state(state, report_not_triggered)
            and self._is_enough(state)
        )

    def _is_enough(self, state: State) -> bool:
        count: int = self._options[CONF_COUNT]
        if count == 1:
            return True
        runtime = runtime_of(self._hass, state.entity_id)
        party = state.attributes.get("party")
        if runtime is None or not party or state.attributes.get("perhaps_told"):
            return False
        # What may have been told of before is no further call.
        doubtful = {
            call["call_id"]
            for call in runtime.calls.missed_calls
            if call.get("perhaps_told")
        }
        missed = self._of_late[state.entity_id].of(
            runtime.activity.data.value(CALLS) or ()
        )
        within: timedelta = self._options[CONF_WITHIN]
        return completes(
            state.attributes["call_id"],
            [call for call in missed if call.call_id not in doubtful],
            same_callers(party).find,
            count=count,
            within=within,
        )


class CallEndedTrigger(_CallTrigger):
    """A call that has ended, of any of the chosen types."""

    _schema = ENTITY_STATE_TRIGGER_SCHEMA.extend(
        {
            vol.Required("options", default={}): vol.All(
                {
                    **FROM_FIELDS,
                    vol.Optional(CONF_TYPE, default=EVENT_TYPES): vol.All(
                        cv.ensure_list, [vol.In(EVENT_TYPES)]
                    ),
                },
                checked,
            )
        }
    )

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Whether the call is of a chosen type."""
        # Who takes every type out of the list means none in particular.
        types = self._options[CONF_TYPE] or EVENT_TYPES
        return state.attributes.get(
            ATTR_EVENT_TYPE
        ) in types and super().is_valid_state(state, report_not_triggered)


def call_of(hass: HomeAssistant, state: State) -> dict[str, Any]:
    """Return a call as automations get it: what the event tells of it.

    Who is nobody is called so in the home's language.
    """
    told = state.attributes
    call = {name: told[name] for name in _TOLD if name in told}
    if call["shown"] == NOBODY:
        call["shown"] = word(hass, "unknown_caller")
    return call


def _what_happened(state: State) -> tuple[str, object, object]:
    told = state.attributes
    return (state.state, told.get("call_id"), told.get(ATTR_EVENT_TYPE))
