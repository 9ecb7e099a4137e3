"""Dashboards of one card."""

from .household import Household

_PATH = "sip-account"


def put_up(house: Household, **options: object) -> str:
    """Make a dashboard that the card fills; returns where it is."""
    return _save(house, type="panel", cards=[_card(options)])


def put_into_section(house: Household, rows: int, **options: object) -> str:
    """Make a dashboard of sections, where the card has so many rows."""
    card = {**_card(options), "grid_options": {"columns": 12, "rows": rows}}
    return _save(house, type="sections", sections=[{"type": "grid", "cards": [card]}])


def put_empty_section(house: Household) -> str:
    """Make a dashboard of sections, to which a card is to be added."""
    return _save(house, type="sections", sections=[{"type": "grid"}])


def _card(options: dict[str, object]) -> dict[str, object]:
    return {"type": "custom:sip-account-card", **options}


def _save(house: Household, **view: object) -> str:
    house.command(
        "lovelace/dashboards/create", url_path=_PATH, title="Telephone", mode="storage"
    )
    views = [{"title": "Telephone", "path": "card", **view}]
    house.command("lovelace/config/save", url_path=_PATH, config={"views": views})
    return f"/{_PATH}/card"
