"""What tests of changes look at, and how a person makes them."""

from typing import Any

from homeassistant.core import HomeAssistant, State

from demo import AccountBox

DND = "switch.carol_example_com_do_not_disturb"
HIDE = "switch.carol_example_com_hide_caller_id"
FORWARD = "select.alice_example_com_forward_"
ALWAYS = f"{FORWARD}all_calls"
BUSY = f"{FORWARD}when_busy"
NO_ANSWER = f"{FORWARD}when_no_answer"
CONTROLS = {"switch", "select"}


def state_of(hass: HomeAssistant, entity_id: str) -> State:
    """Return the state of an entity that must be there."""
    state = hass.states.get(entity_id)
    assert state is not None, entity_id
    return state


def writes_of(box: AccountBox) -> list[str]:
    """Return the changes that the server was asked for, by their names."""
    return [
        request.action
        for request in box.requests
        if request.account and request.method == "POST"
    ]


async def turn(hass: HomeAssistant, on: bool, entity_id: str) -> None:
    """Turn a switch on or off."""
    await hass.services.async_call(
        "switch", "turn_on" if on else "turn_off", {"entity_id": entity_id}, True
    )


async def choose(hass: HomeAssistant, entity_id: Any, option: str) -> None:
    """Choose in a select."""
    data = {"entity_id": entity_id, "option": option}
    await hass.services.async_call("select", "select_option", data, True)


async def forward_to(hass: HomeAssistant, entry: Any, **wanted: Any) -> None:
    """Forward by the action."""
    data = {"config_entry_id": entry.entry_id, **wanted}
    await hass.services.async_call("sip_account", "set_call_forwarding", data, True)
