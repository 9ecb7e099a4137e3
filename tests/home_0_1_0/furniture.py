"""What people had put into the home of 0.1.0: automations, blueprints, a dashboard."""

from pathlib import Path
from typing import Any
import zipfile

from demo.dashboard import dashboard
from demo.person import Person

from .people import ALICE, BOB, CAROL, DAVE

CONFIGURATION = """\
homeassistant:
  name: Home of 0.1.0
  latitude: 52.37
  longitude: 4.89
  unit_system: metric
  time_zone: Europe/Amsterdam
  country: NL
  currency: EUR
  language: en
automation: !include automations.yaml
recorder:
  commit_interval: 1
"""

RENAMED = "sensor.who_did_i_miss"
DISABLED = "sensor.alice_example_com_rejected_callers"
AT_NIGHT = "automation.at_night"

_EVENTS = [
    f"event.{address.replace('@', '_').replace('.', '_')}_call"
    for address in (ALICE, BOB, CAROL, DAVE)
]
_NOTE = {
    "action": "witness.note",
    "data": {
        "by": "{{ this.entity_id }}",
        "account": "{{ trigger.to_state.entity_id }}",
        "kind": "{{ trigger.to_state.attributes.event_type }}",
        "party": "{{ trigger.to_state.attributes.party }}",
    },
}


def automations(alice_id: str) -> dict[str, dict[str, Any]]:
    """Return automations as people write them; `alice_id` is of alice's entry."""
    alice = {"config_entry_id": alice_id}
    return {
        "by_event": {
            "mode": "queued",
            "max": 50,
            "triggers": {
                "trigger": "event.received",
                "target": {"entity_id": _EVENTS},
                "options": {
                    "event_type": [
                        "missed",
                        "declined",
                        "incoming_answered",
                        "outgoing_answered",
                        "outgoing_unanswered",
                    ]
                },
            },
            "actions": _NOTE,
        },
        "by_state": {
            "mode": "queued",
            "max": 50,
            "triggers": {
                "trigger": "state",
                "entity_id": _EVENTS,
                "not_from": "unavailable",
                "not_to": "unavailable",
            },
            "actions": _NOTE,
        },
        "by_count": {
            "mode": "queued",
            "triggers": {
                "trigger": "state",
                "entity_id": "sensor.alice_example_com_missed_calls",
                "not_from": ["unavailable", "unknown"],
                "not_to": ["unavailable", "unknown"],
            },
            "actions": [
                {
                    "action": "sip_account.get_calls",
                    "data": {**alice, "outcome": "missed", "limit": 3},
                    "response_variable": "found",
                },
                {
                    "action": "witness.note",
                    "data": {
                        "by": "{{ this.entity_id }}",
                        "found": "{{ found.calls | map(attribute='party') | list }}",
                    },
                },
            ],
        },
        "at_night": {
            "mode": "single",
            "triggers": {"trigger": "time", "at": "23:30:00"},
            "actions": [
                {
                    "action": "sip_account.set_do_not_disturb",
                    "data": {**alice, "minutes": 450},
                },
                {
                    "action": "sip_account.set_call_forwarding",
                    "data": {
                        **alice,
                        "busy": "voicemail",
                        "no_answer": "not_forwarded",
                    },
                },
            ],
        },
    }


def of_blueprints() -> dict[str, dict[str, Any]]:
    """Return what the automations made of blueprints were told, by blueprint."""
    notifier = {"notifier": "notify.phone"}
    call = {"call": _EVENTS[0]}
    return {
        "missed_call": call | notifier,
        "missed_calls_on_arrival": {
            "missed_calls": "sensor.alice_example_com_missed_calls",
            "person": "person.alice",
            "mark_seen": ["button.alice_example_com_mark_missed_calls_as_seen"],
            **notifier,
        },
        "low_balance": {
            "low_balance": "binary_sensor.alice_example_com_low_balance",
            **notifier,
        },
        "call_from_person": {
            **call,
            "callers": ["Frank", "+31208005161"],
            "more": [{"action": "witness.note", "data": {"by": "{{ caller }}"}}],
        },
        "do_not_disturb": {"do_not_disturb": "switch.alice_example_com_do_not_disturb"},
        "forward_when_away": {
            "forward": "select.alice_example_com_forward_all_calls",
            "persons": ["person.alice"],
        },
    }


async def furnish(person: Person, blueprints: Path) -> None:
    """Do what people do once their accounts are there; `blueprints` is an archive."""
    await _change_entities(person)
    await person.command("person/create", name="Alice", device_trackers=[])
    entries = await person.command("config_entries/get", domain="sip_account")
    ids = {entry["title"]: entry["entry_id"] for entry in entries}
    for name, automation in automations(ids[ALICE]).items():
        await _automate(person, name, automation)
    with zipfile.ZipFile(blueprints) as archive:
        for name, inputs in of_blueprints().items():
            path = f"sip_account/{name}.yaml"
            content = archive.read(f"blueprints/automation/{path}").decode()
            await person.command(
                "blueprint/save", domain="automation", path=path, yaml=content
            )
            await _automate(
                person, name, {"use_blueprint": {"path": path, "input": inputs}}
            )
    devices = {
        title: device["id"]
        for device in await person.command("config/device_registry/list")
        for title, entry_id in ids.items()
        if entry_id in device["config_entries"]
    }
    await person.command(
        "lovelace/dashboards/create",
        url_path="sip-account",
        title="Telephone",
        icon="mdi:phone",
        mode="storage",
        show_in_sidebar=True,
        require_admin=False,
    )
    await person.command(
        "lovelace/config/save",
        url_path="sip-account",
        config=dashboard(ALICE, devices),
    )


async def _change_entities(person: Person) -> None:
    update = "config/entity_registry/update"
    missed = "sensor.alice_example_com_last_missed_call"
    await person.command(
        update, entity_id=missed, new_entity_id=RENAMED, name="Who did I miss?"
    )
    await person.command(update, entity_id=DISABLED, disabled_by="user")
    area = await person.command("config/area_registry/create", name="Study")
    await person.command(
        update,
        entity_id="switch.alice_example_com_do_not_disturb",
        area_id=area["area_id"],
    )


async def _automate(person: Person, name: str, automation: dict[str, Any]) -> None:
    path = f"/api/config/automation/config/{name}"
    await person.post(path, {"alias": name.replace("_", " "), **automation})
