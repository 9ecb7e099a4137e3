"""What is otherwise than in 0.1.0 on purpose; the changelog says what to do."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

# Controls, no longer configuration.
_CONTROLS = ("_do_not_disturb", "_forward_all_calls")
# Of a call in an answer.
_TOLD_BESIDES = ("account", "call_back", "country", "number_shown", "shown")
_TOLD_ONCE = "controls_in_area_"
# Figures of the server's own are called so since the integration counts as well.
_BY_THE_SERVER = " (server)"


def as_either_shows_it(shown: dict[str, Any]) -> dict[str, Any]:
    """Return what a home shows, so that 0.1.0 and today show it alike.

    Answers tell times in the home's zone, which was the account's, and whose account it
    is; two entities lost their category, which a repair tells of once where the account
    is in an area.
    """
    shown = deepcopy(shown)
    for entity_id, entity in shown.get("entities", {}).items():
        _rename(entity)
        if entity_id.endswith(_CONTROLS):
            del entity["entity_category"]
    if questions := shown.get("questions"):
        questions["repairs"] = [
            one for one in questions["repairs"] if not one.startswith(_TOLD_ONCE)
        ]
    for answers in shown.get("answers", {}).values():
        for answer in answers.values():
            for items in filter(lambda told: isinstance(told, list), answer.values()):
                for item in items:
                    for name in _TOLD_BESIDES:
                        item.pop(name, None)
                    for name in item.keys() & {"time", "started"}:
                        item[name] = _in_utc(item[name])
    return shown


def _rename(entity: dict[str, Any]) -> None:
    for told in (entity, entity.get("attributes") or {}):
        for key in told.keys() & {"friendly_name", "original_name"}:
            told[key] = told[key].removesuffix(_BY_THE_SERVER)


def _in_utc(text: str | None) -> str | None:
    return text and datetime.fromisoformat(text).astimezone(UTC).isoformat()
