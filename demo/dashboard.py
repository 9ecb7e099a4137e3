"""The dashboard on which the demo opens."""

from collections.abc import Mapping
from typing import Any

from .person import Person

# What a call can be (docs/entities.md).
EVENT_TYPES = (
    "missed",
    "declined",
    "incoming_answered",
    "outgoing_answered",
    "outgoing_unanswered",
)


def _tile(entity: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "tile", "entity": entity, "name": {"type": "entity"}, **more}


def _section(title: str, icon: str, *cards: dict[str, Any]) -> dict[str, Any]:
    heading = {"type": "heading", "heading": title, "icon": icon}
    return {"type": "grid", "cards": [heading, *cards]}


def _card(device_id: str | None, columns: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a section with the card of one account; None is the only one there is."""
    which = {} if device_id is None else {"device_id": device_id}
    card = {"type": "custom:sip-account-card", **which, **more}
    grid = {"columns": "full"}
    return {
        "type": "grid",
        "column_span": columns,
        "cards": [{**card, "grid_options": grid}],
    }


def _usage(name: str) -> list[dict[str, Any]]:
    """Return cards of Home Assistant's own of what calls came to, day by day."""
    return [
        {
            "type": "statistics-graph",
            "title": title,
            "entities": [f"sensor.{name}_{key}"],
            "stat_types": ["change"],
            "chart_type": "bar",
            "period": "day",
            "days_to_show": 30,
            "hide_legend": True,
            "grid_options": {"columns": "full"},
        }
        for title, key in (
            ("Calls", "calls_today"),
            ("Talk time", "talk_time_today"),
            ("Cost", "cost_today"),
        )
    ]


def calls_calendar(name: str) -> dict[str, Any]:
    """Return a card of the calls themselves, once their calendar is enabled."""
    return {
        "type": "calendar",
        "entities": [f"calendar.{name}_calls"],
        "initial_view": "listWeek",
        "grid_options": {"columns": "full"},
    }


def dashboard(
    address: str, devices: Mapping[str, str] | None = None, *, past: bool = False
) -> dict[str, Any]:
    """Return the configuration of an overview of one account, beside others.

    `devices` are the ids of all accounts' devices by their addresses; they are not
    needed where there is only one. Where there are several, each section names the
    account that it is of. `past` tells whether its calendar of calls is enabled.
    """
    name = address.replace("@", "_").replace(".", "_")
    sensor = f"sensor.{name}_"
    devices = devices or {}
    others = [device for other, device in devices.items() if other != address]

    def section(title: str, icon: str, *cards: dict[str, Any]) -> dict[str, Any]:
        return _section(f"{title} · {address}" if others else title, icon, *cards)

    return {
        "views": [
            {
                "title": "Telephone",
                "path": "telephone",
                "type": "sections",
                "max_columns": 4,
                "sections": [
                    _card(devices.get(address), 1 if others else 2, calls=6),
                    *(_card(device, 1, calls=3) for device in others),
                    section(
                        "Money",
                        "mdi:wallet",
                        # A card `sensor` draws a ramp from zero where its history is
                        # shorter than what it shows.
                        _tile(f"{sensor}balance"),
                        {
                            "type": "history-graph",
                            "entities": [f"{sensor}balance"],
                            "hours_to_show": 24,
                            "grid_options": {"columns": "full"},
                        },
                        _tile(
                            f"{sensor}last_transaction",
                            state_content=["state", "description"],
                            grid_options={"columns": "full"},
                        ),
                        _tile(f"{sensor}all_calls_this_month"),
                        _tile(f"{sensor}total_cost_this_month"),
                    ),
                    section(
                        "Where calls go",
                        "mdi:phone-forward",
                        _tile(f"{sensor}call_forwarding", color="amber"),
                        _tile(f"{sensor}voicemail", color="teal"),
                        *(
                            _tile(
                                f"{sensor}{key}",
                                color=color,
                                grid_options={"columns": "full"},
                            )
                            for key, color in (
                                ("registered_devices", "green"),
                                ("certificate_expires", "blue-grey"),
                            )
                        ),
                    ),
                    section(
                        "Who called",
                        "mdi:phone-log",
                        {
                            "type": "logbook",
                            "target": {"entity_id": f"event.{name}_call"},
                            # Calls alone, not the states of the event entity.
                            "state_filter": list(EVENT_TYPES),
                            "hours_to_show": 24,
                            "grid_options": {"columns": "full"},
                        },
                    ),
                    section(
                        "The last month",
                        "mdi:chart-bar",
                        *_usage(name),
                        *([calls_calendar(name)] if past else []),
                    ),
                ],
            }
        ]
    }


async def put_up(person: Person, address: str, *, past: bool = False) -> str:
    """Save the dashboard in the home and open the home on it; returns its path."""
    entries = await person.command("config_entries/get", domain="sip_account")
    titles = {entry["entry_id"]: entry["title"] for entry in entries}
    devices = {
        titles[entry_id]: device["id"]
        for device in await person.command("config/device_registry/list")
        for entry_id in device["config_entries"]
        if entry_id in titles
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
        config=dashboard(address, devices, past=past),
    )
    await person.command(
        "frontend/set_user_data",
        key="core",
        value={"defaultPanel": "sip-account", "default_panel": "sip-account"},
    )
    return "/sip-account/telephone"
