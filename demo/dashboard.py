"""The dashboard on which the demo opens."""

from typing import Any

from .person import Person


def _tile(entity: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": "tile", "entity": entity, "name": {"type": "entity"}, **more}


def _section(title: str, icon: str, *cards: dict[str, Any]) -> dict[str, Any]:
    heading = {"type": "heading", "heading": title, "icon": icon}
    return {"type": "grid", "cards": [heading, *cards]}


def dashboard(address: str) -> dict[str, Any]:
    """Return the configuration of an overview of one account."""
    name = address.replace("@", "_").replace(".", "_")
    sensor = f"sensor.{name}_"
    binary = f"binary_sensor.{name}_"
    event = f"event.{name}_call"
    return {
        "views": [
            {
                "title": "Telephone",
                "path": "telephone",
                "type": "sections",
                "max_columns": 3,
                "sections": [
                    _section(
                        "Calls",
                        "mdi:phone",
                        _tile(f"{sensor}last_call", state_content=["state", "party"]),
                        _tile(
                            f"{sensor}last_missed_call",
                            state_content=["state", "party"],
                            color="red",
                        ),
                        _tile(f"{sensor}missed_calls", color="red"),
                        {
                            "type": "logbook",
                            "target": {"entity_id": [event]},
                            "hours_to_show": 24,
                        },
                    ),
                    _section(
                        "Money",
                        "mdi:wallet",
                        {
                            "type": "sensor",
                            "name": "Balance",
                            "entity": f"{sensor}balance",
                            "graph": "line",
                            "hours_to_show": 1,
                            "detail": 2,
                        },
                        _tile(
                            f"{sensor}last_transaction",
                            state_content=["state", "description"],
                        ),
                        _tile(f"{sensor}calls_this_month"),
                        _tile(f"{sensor}cost_this_month"),
                        _tile(f"{sensor}monthly_quota"),
                    ),
                    _section(
                        "Where calls go",
                        "mdi:phone-forward",
                        _tile(f"{sensor}call_forwarding", color="amber"),
                        _tile(f"{sensor}voicemail", color="teal"),
                        _tile(f"{binary}registered", color="green"),
                        _tile(f"{sensor}registered_devices"),
                        {
                            "type": "entities",
                            "title": "Diversions",
                            "entities": [
                                {
                                    "type": "attribute",
                                    "entity": f"{sensor}call_forwarding",
                                    "attribute": attribute,
                                    "name": label,
                                }
                                for attribute, label in (
                                    ("all_calls", "All calls"),
                                    ("not_online", "Not online"),
                                    ("busy", "Busy"),
                                    ("no_answer", "No answer"),
                                    ("unavailable", "Unavailable"),
                                )
                            ],
                        },
                        _tile(f"{sensor}certificate_expires"),
                    ),
                ],
            }
        ]
    }


async def put_up(person: Person, address: str) -> str:
    """Save the dashboard in the home and open the home on it; returns its path."""
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
        "lovelace/config/save", url_path="sip-account", config=dashboard(address)
    )
    await person.command(
        "frontend/set_user_data",
        key="core",
        value={"defaultPanel": "sip-account", "default_panel": "sip-account"},
    )
    return "/sip-account/telephone"
