"""States, attributes, events and answers are plain data: text, numbers, lists.

A text that is a member of an enumeration looks like one, but is none to whoever asks
for its type: templates before 2026.10 made one string of a whole attribute with it.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_RESTORED, EVENT_STATE_CHANGED
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.sip_account.const import CONF_LOW_BALANCE, DOMAIN
from demo import AccountBox
from demo.accounts import Call

from .support import ALICE, BOB, CAROL

SHOWN = {"binary_sensor", "button", "event", "select", "sensor", "switch"}
CHANGES = {"certificate": {"select", "switch"}, "password": set()}
PLAIN = (str, int, float, bool, type(None))


def _not_plain(value: object, where: str) -> Iterator[str]:
    """Name what is none of the types of JSON, wherever it is inside."""
    if isinstance(value, Mapping):
        for key, inside in value.items():
            yield from _not_plain(key, f"{where}: the key {key}")
            yield from _not_plain(inside, f"{where}.{key}")
    elif isinstance(value, (list, tuple)):
        for at, inside in enumerate(value):
            yield from _not_plain(inside, f"{where}[{at}]")
    elif type(value) not in PLAIN and not _is_of_core(value):
        yield f"{where} is {value!r}"


def _is_of_core(value: object) -> bool:
    """Whether Home Assistant itself asks for this, as for the class of a state."""
    return type(value).__module__.startswith("homeassistant.")


def _in_state(state: State) -> Iterator[str]:
    yield from _not_plain(state.state, state.entity_id)
    yield from _not_plain(state.attributes, state.entity_id)


def _note_all(hass: HomeAssistant) -> list[State]:
    """Return a list to which every state is added that is written from here on.

    What is shown of an entity that is not there is Home Assistant's own.
    """
    shown: list[State] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state and not state.attributes.get(ATTR_RESTORED):
            shown.append(state)

    hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    return shown


def _receive(box: AccountBox, status: int) -> None:
    """Let somebody have called a moment ago."""
    call = Call("received", "sip:dave@example.net", box.now(), status=status)
    call.session_id, call.from_tag = f"call-{status}", "tag"
    box.accounts[ALICE].calls.insert(0, call)


async def _enable_all(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Let also the entities that are disabled at first be there."""
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, entry.entry_id):
        registry.async_update_entity(entity.entity_id, disabled_by=None)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


@pytest.mark.parametrize("address", [ALICE, BOB, CAROL])
@pytest.mark.parametrize("by", ["certificate", "password"])
async def test_plain(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    address: str,
    by: str,
) -> None:
    """Whatever Home Assistant shows or hears of an account, and what actions answer."""
    shown = _note_all(hass)
    entry = await set_up(address, by=by, options={CONF_LOW_BALANCE: 5.0})
    await _enable_all(hass, entry)
    for status in (200, 487, 486):
        _receive(box, status)
        await entry.runtime_data.activity.async_refresh()
        await hass.async_block_till_done()
    for coordinator in (entry.runtime_data.activity, entry.runtime_data.settings):
        await coordinator.async_refresh()
    assert {state.domain for state in shown} >= SHOWN - CHANGES[by]
    wrong = {found for state in shown for found in _in_state(state)}
    for action in ("get_calls", "get_balance_history"):
        answer = await hass.services.async_call(
            DOMAIN,
            action,
            {"config_entry_id": entry.entry_id},
            blocking=True,
            return_response=True,
        )
        wrong.update(_not_plain(answer, action))
    assert not sorted(wrong)
