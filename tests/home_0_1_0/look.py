"""What a home shows of its accounts, in a shape that can be kept and compared."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from demo import AccountBox
from demo.person import Person

from .living import BOX_PORT
from .people import World

# What the registry holds of an entity that its owner relies on.
_REGISTERED = (
    "area_id",
    "capabilities",
    "device_class",
    "disabled_by",
    "entity_category",
    "has_entity_name",
    "hidden_by",
    "name",
    "original_device_class",
    "original_name",
    "translation_key",
    "unique_id",
)
_OF_A_DEVICE = (
    "area_id",
    "configuration_url",
    "entry_type",
    "id",
    "identifiers",
    "manufacturer",
    "model",
    "name",
)
# Attributes that the integration reckons from its own clock.
_COUNTING = {"until", "may_last_until", "registered_until", "since"}
_OF_A_STATISTIC = ("has_sum", "statistics_unit_of_measurement", "unit_class")


async def look(person: Person, world: World) -> dict[str, Any]:
    """Look at everything that the home says of the integration.

    What counts down is told from the time in the box on, to five minutes: the home's
    clock goes on meanwhile.
    """
    entries = await person.command("config_entries/get", domain="sip_account")
    ids = {entry["entry_id"]: entry["title"] for entry in entries}
    loaded = {entry["entry_id"] for entry in entries if entry["state"] == "loaded"}
    shown: dict[str, Any] = {
        "entries": {entry["title"]: entry["state"] for entry in entries},
        "devices": await _devices(person, ids),
        "entities": await _entities(person, ids),
        "automations": await _automations(person),
        "statistics": await _statistics(person),
        "answers": {
            account: await _answers(person, entry_id)
            for entry_id, account in ids.items()
            if entry_id in loaded
        },
        "questions": await _questions(person),
        "asked": asked(world.box),
    }
    return {
        part: _lasting(told, world.box.port, world.clock.now)
        for part, told in shown.items()
    }


def asked(box: AccountBox) -> dict[str, list[str]]:
    """Return what the box was asked for each account; "" before it said who it is."""
    names: dict[str, set[str]] = {}
    for request in box.requests:
        names.setdefault(request.account, set()).add(request.action)
    return {account: sorted(names[account]) for account in sorted(names)}


def differences(kept: Any, shown: Any, where: str = "") -> Iterator[str]:
    """Yield what is no more as it was kept: a value, its type, or that it is there.

    What is shown besides is no difference.
    """
    if isinstance(kept, dict) and isinstance(shown, dict):
        for name, value in kept.items():
            if name not in shown:
                yield f"{where}/{name} is gone"
            else:
                yield from differences(value, shown[name], f"{where}/{name}")
    elif isinstance(kept, list) and isinstance(shown, list) and len(kept) == len(shown):
        for place, (one, other) in enumerate(zip(kept, shown, strict=True)):
            yield from differences(one, other, f"{where}/{place}")
    elif type(kept) is not type(shown) or kept != shown:
        yield f"{where} was {kept!r} and is {shown!r}"


def within(kept: Any, shown: Any) -> Any:
    """Return what is shown without what is not in what was kept."""
    if isinstance(kept, dict) and isinstance(shown, dict):
        return {
            name: within(kept[name], value)
            for name, value in shown.items()
            if name in kept
        }
    return shown


async def _devices(person: Person, ids: dict[str, str]) -> dict[str, Any]:
    return {
        ids[entry_id]: {name: device[name] for name in _OF_A_DEVICE}
        for device in await person.command("config/device_registry/list")
        for entry_id in device["config_entries"]
        if entry_id in ids
    }


async def _entities(person: Person, ids: dict[str, str]) -> dict[str, Any]:
    listed = [
        entity["entity_id"]
        for entity in await person.command("config/entity_registry/list")
        if entity["config_entry_id"] in ids
    ]
    registered = await person.command(
        "config/entity_registry/get_entries", entity_ids=sorted(listed)
    )
    states = await _states(person)
    entities = {}
    for entity_id, told in registered.items():
        # Home Assistant 2026.11 tells it no more: all entities are named so.
        entry = {"has_entity_name": True, **told}
        entities[entity_id] = {
            "account": ids[entry["config_entry_id"]],
            **{name: entry[name] for name in _REGISTERED},
        }
        if state := states.get(entity_id):
            entities[entity_id]["state"] = state["state"]
            entities[entity_id]["attributes"] = state["attributes"]
    return entities


async def _states(person: Person) -> dict[str, Any]:
    return {state["entity_id"]: state for state in await person.command("get_states")}


async def _automations(person: Person) -> dict[str, str]:
    return {
        entity_id: state["state"]
        for entity_id, state in sorted((await _states(person)).items())
        if entity_id.startswith("automation.")
    }


async def _statistics(person: Person) -> dict[str, Any]:
    """Return what is kept in the long run, and what the recorder has against it."""
    listed = await person.command("recorder/list_statistic_ids")
    complaints = await person.command("recorder/validate_statistics")
    return {
        "kept": {
            each["statistic_id"]: {name: each[name] for name in _OF_A_STATISTIC}
            for each in sorted(listed, key=lambda each: str(each["statistic_id"]))
        },
        "complaints": complaints,
    }


async def _answers(person: Person, entry_id: str) -> dict[str, Any]:
    """Return what the actions of an account answer to an automation."""
    answers = {}
    for action in ("get_calls", "get_balance_history"):
        answered = await person.command(
            "call_service",
            domain="sip_account",
            service=action,
            service_data={"config_entry_id": entry_id, "limit": 3},
            return_response=True,
        )
        answers[action] = answered["response"]
    return answers


async def _questions(person: Person) -> dict[str, Sequence[Any]]:
    """Return what the home wants to be told: flows and repairs."""
    flows = await person.command("config_entries/flow/progress")
    issues = await person.command("repairs/list_issues")
    return {
        "flows": [flow for flow in flows if flow["handler"] == "sip_account"],
        "repairs": [
            issue["issue_id"]
            for issue in issues["issues"]
            if "sip_account" in (issue["domain"], issue["issue_domain"])
        ],
    }


def _lasting(shown: Any, port: int, now: datetime) -> Any:
    """Return what is shown without what differs from box to box and by the second."""
    if isinstance(shown, dict):
        return {
            name: _about(value, now)
            if name in _COUNTING and isinstance(value, str)
            else _lasting(value, port, now)
            for name, value in shown.items()
        }
    if isinstance(shown, list):
        return [_lasting(value, port, now) for value in shown]
    return (
        shown.replace(f":{port}/", f":{BOX_PORT}/") if isinstance(shown, str) else shown
    )


def _about(moment: str, now: datetime) -> str:
    minutes = (datetime.fromisoformat(moment) - now) / timedelta(minutes=5)
    return f"now and {5 * round(minutes)} minutes"
