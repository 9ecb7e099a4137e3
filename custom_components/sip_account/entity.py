"""What all entities of an account share, and when they come into being."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, override

from homeassistant.const import CONF_URL
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .control import AccountControl
from .coordinator import SipAccountCoordinator
from .polling.readings import Readings
from .runtime import SipAccountConfigEntry
from .sip_settings import Action, Write


@dataclass(frozen=True, kw_only=True)
class SipAccountEntityDescription(EntityDescription):
    """An entity of an account.

    `action` is what tells its state: the entity exists unless the server does not
    know it, and is unavailable while it fails. `write` is what changes it: the entity
    exists only where the server makes that change. With `told`, the entity exists only
    once that says so of a reading. `attributes_fn` gives the state's attributes.
    """

    action: Action[Any]
    write: Write | None = None
    told: Callable[[Any], bool] | None = None
    attributes_fn: Callable[[Readings], Mapping[str, Any] | None] = lambda _: None


def device_info(entry: SipAccountConfigEntry) -> DeviceInfo:
    """Return the one device of an account."""
    return DeviceInfo(
        entry_type=DeviceEntryType.SERVICE,
        identifiers={(DOMAIN, str(entry.unique_id))},
        manufacturer="AG Projects",
        model="SIP account",
        name=entry.title,
        configuration_url=entry.data[CONF_URL],
    )


class SipAccountEntity(CoordinatorEntity[SipAccountCoordinator]):
    """An entity whose state comes from one action."""

    _attr_has_entity_name = True
    # Lists that are long, or that change without the state meaning anything new.
    _unrecorded_attributes = frozenset(
        {"aliases", "callers", "calls", "devices", "phone_numbers", "transactions"}
    )
    entity_description: SipAccountEntityDescription

    def __init__(
        self,
        coordinator: SipAccountCoordinator,
        description: SipAccountEntityDescription,
    ) -> None:
        """Make the entity that a description describes."""
        super().__init__(coordinator)
        entry: SipAccountConfigEntry = coordinator.config_entry
        self._entry = entry
        self.entity_description = description
        self._attr_unique_id = f"{entry.unique_id}_{description.key}"
        self._attr_device_info = device_info(entry)

    @property
    def _control(self) -> AccountControl:
        return self._entry.runtime_data.control

    @property
    @override
    def available(self) -> bool:
        """Whether the action was answered last time, and the change can be made."""
        reading = self.coordinator.data.of(self.entity_description.action)
        return (
            super().available
            and reading is not None
            and reading.failed is None
            and _can_be_made(self._entry, self.entity_description)
        )

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Return the description's attributes."""
        return self.entity_description.attributes_fn(self.coordinator.data)


@callback
def add_as_told[DescriptionT: SipAccountEntityDescription](
    entry: SipAccountConfigEntry,
    add_entities: AddConfigEntryEntitiesCallback,
    descriptions: Iterable[DescriptionT],
    make: Callable[[SipAccountCoordinator, DescriptionT], SipAccountEntity],
) -> None:
    """Add the entities that the server can tell about, now and after every poll."""
    waiting = {description.key: description for description in descriptions}

    @callback
    def add() -> None:
        ready = [
            make(coordinator, waiting.pop(description.key))
            for coordinator in (
                entry.runtime_data.settings,
                entry.runtime_data.activity,
            )
            for description in tuple(waiting.values())
            if _is_told(coordinator.data, description)
            and _can_be_made(entry, description)
        ]
        if ready:
            add_entities(ready)

    for coordinator in (entry.runtime_data.settings, entry.runtime_data.activity):
        entry.async_on_unload(coordinator.async_add_listener(add))
    add()


def _can_be_made(
    entry: SipAccountConfigEntry, description: SipAccountEntityDescription
) -> bool:
    """Whether the server makes the change that an entity is for, if it is for one."""
    write = description.write
    return write is None or entry.runtime_data.control.can(write)


def _is_told(readings: Readings, description: SipAccountEntityDescription) -> bool:
    reading = readings.of(description.action)
    if reading is None:
        return False
    if description.told is None:
        return True
    return reading.value is not None and description.told(reading.value)
