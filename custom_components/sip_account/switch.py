"""What of an account is on or off: do not disturb, a hidden caller ID."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.helpers.restore_state import RestoredExtraData, RestoreEntity

from .entity import SipAccountEntity, SipAccountEntityDescription, add_as_told
from .exposure import expose_to_nobody
from .runtime import SipAccountConfigEntry
from .sip_settings import (
    ACCEPT_RULES,
    ACCOUNT,
    DO_NOT_DISTURB_ON,
    HIDE_CALLER_ID,
    AcceptRules,
    to_shape,
)
from .wording.outcome import ChangeUnknownError

# The account's control makes one write at a time; who waits there is told at once when
# the entry is unloaded.
PARALLEL_UPDATES = 0

_HIDDEN = "hidden"
# The server counts whole minutes, so that it may be this late.
_COUNTED_IN = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class SipAccountSwitchDescription(SipAccountEntityDescription, SwitchEntityDescription):
    """A switch of an account."""


DO_NOT_DISTURB = SipAccountSwitchDescription(
    key="do_not_disturb",
    translation_key="do_not_disturb",
    action=ACCEPT_RULES,
    write=DO_NOT_DISTURB_ON,
)
HIDDEN_CALLER_ID = SipAccountSwitchDescription(
    key="hide_caller_id",
    translation_key="hide_caller_id",
    action=ACCOUNT,
    write=HIDE_CALLER_ID,
    entity_category=EntityCategory.CONFIG,
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SipAccountConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switches of an account."""
    add_as_told(entry, async_add_entities, [DO_NOT_DISTURB], DoNotDisturbSwitch)
    add_as_told(entry, async_add_entities, [HIDDEN_CALLER_ID], HideCallerIdSwitch)


class DoNotDisturbSwitch(SipAccountEntity, SwitchEntity):
    """On while nobody may call."""

    entity_description: SipAccountSwitchDescription
    _until: datetime | None = None
    _end: CALLBACK_TYPE | None = None

    @property
    def _rules(self) -> AcceptRules | None:
        return self.coordinator.data.value(ACCEPT_RULES)

    @property
    @override
    def is_on(self) -> bool:
        """Return what the accept rules say."""
        return self._rules is not None and self._rules.do_not_disturb

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return when it ends, and whether daily rules forbid to change it."""
        rules = self._rules
        reading = self.coordinator.data.of(ACCEPT_RULES)
        odd = reading is not None and "persistent" in reading.odd
        return {
            "until": to_shape(self._ends()),
            "blocked_by_rules": (odd or bool(rules and rules.rules))
            and not self._control.may_damage_rules,
        }

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Let nobody call until this is switched off."""
        await self._control.async_set_do_not_disturb(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Let everybody call again."""
        await self._control.async_set_do_not_disturb(on=False)

    @override
    async def async_added_to_hass(self) -> None:
        """Look again when it has ended, not only at the next poll."""
        await super().async_added_to_hass()
        expose_to_nobody(self.hass, self.entity_id)
        self.async_on_remove(self._forget_end)
        self._follow_end()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self._follow_end()
        super()._handle_coordinator_update()

    def _ends(self) -> datetime | None:
        rules = self._rules
        if rules is None or rules.temporary is None or not rules.do_not_disturb:
            return None
        return rules.temporary.until

    @callback
    def _follow_end(self) -> None:
        until = self._ends()
        if until == self._until:
            return
        self._forget_end()
        self._until = until
        if until:
            self._end = async_track_point_in_utc_time(
                self.hass, self._look_again, until + _COUNTED_IN
            )

    @callback
    def _forget_end(self) -> None:
        if self._end:
            self._end()
            self._end = None

    async def _look_again(self, _now: datetime) -> None:
        self._end = None
        await self.coordinator.async_read_again(ACCEPT_RULES)


class HideCallerIdSwitch(SipAccountEntity, SwitchEntity, RestoreEntity):
    """On once it was switched on here: no server that can hide it tells its state."""

    entity_description: SipAccountSwitchDescription
    _attr_assumed_state = True

    @property
    @override
    def extra_restore_state_data(self) -> RestoredExtraData:
        """Return what a restart must not forget, also while this is unavailable."""
        return RestoredExtraData({_HIDDEN: self._attr_is_on})

    @override
    async def async_added_to_hass(self) -> None:
        """Remember what was assumed before the restart."""
        await super().async_added_to_hass()
        if last := await self.async_get_last_extra_data():
            self._attr_is_on = last.as_dict().get(_HIDDEN)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Hide the caller ID of outgoing calls."""
        await self._async_hide(hidden=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Show the caller ID of outgoing calls."""
        await self._async_hide(hidden=False)

    async def _async_hide(self, *, hidden: bool) -> None:
        try:
            await self._control.async_hide_caller_id(hidden=hidden)
        except ChangeUnknownError:
            self._attr_is_on = None
            raise
        else:
            self._attr_is_on = hidden
        finally:
            self.async_write_ha_state()
