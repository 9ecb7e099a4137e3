"""What was listed last, as actions answer it: also while the server is lost.

What an account has when it is unloaded stays in memory, for when it is loaded again and
its server does not answer then.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
import math
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..in_home import InHome
from ..runtime import SipAccountConfigEntry
from ..sip_settings import (
    BALANCE_HISTORY,
    CALLS,
    Action,
    Call,
    Transaction,
    to_shape,
)
from ..wording.inert import placeholders
from ..wording.shown import attributes_of

_AT_ONCE = 200  # calls or transactions


@dataclass(frozen=True, slots=True)
class Listed[Item: (Call, Transaction)]:
    """What an account's server listed last, and when; `stale` if it fails by now."""

    account: str
    items: tuple[Item, ...]
    as_of: datetime | None
    stale: bool


_KEPT = InHome[dict[str, Listed[Any]]]("listed")


@callback
def keep_listed(hass: HomeAssistant, entry: SipAccountConfigEntry) -> None:
    """Keep what an account has listed that is unloaded now."""
    kept = _KEPT.obtain(hass, entry.entry_id, dict)
    for key, listed in (
        (CALLS.key, _told(entry, CALLS)),
        (BALANCE_HISTORY.key, _told(entry, BALANCE_HISTORY)),
    ):
        if listed:
            kept[key] = replace(listed, stale=True)


@callback
def forget_listed(hass: HomeAssistant, entry_id: str) -> None:
    """Keep nothing of an account that was listed."""
    _KEPT.forget(hass, entry_id)


def last_listed[Item: (Call, Transaction)](
    hass: HomeAssistant,
    entries: Sequence[SipAccountConfigEntry],
    action: Action[tuple[Item, ...]],
) -> list[Listed[Item]]:
    """Return what some accounts listed last; raises where none has listed anything."""
    listed = (
        (entry.state is ConfigEntryState.LOADED and _told(entry, action))
        or (_KEPT.find(hass, entry.entry_id) or {}).get(action.key)
        for entry in entries
    )
    found = [one for one in listed if one]
    if entries and not found:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="not_readable",
            translation_placeholders=placeholders(account=entries[0].title),
        )
    return found


async def async_answer[Item: (Call, Transaction)](
    hass: HomeAssistant,
    listed: Sequence[Listed[Item]],
    is_wanted: Callable[[Item], bool],
    time_field: str,
    limit: int | None,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the shapes of what is wanted, the newest first, and how true they are.

    `time_field` is what an item calls its time, which is told in the home's zone.
    """

    def find() -> list[dict[str, Any]]:
        return list(islice(_shapes(listed, is_wanted, time_field), limit))

    if sum(len(one.items) for one in listed) <= _AT_ONCE:
        found = find()
    else:
        # Longer than any account's: the loop would wait for it.
        found = await hass.async_add_executor_job(find)
    as_of = min((one.as_of for one in listed if one.as_of), default=None)
    return found, {
        "as_of": as_of and dt_util.as_local(as_of).isoformat(),
        "stale": any(one.stale for one in listed),
    }


def _shapes[Item: (Call, Transaction)](
    listed: Sequence[Listed[Item]],
    is_wanted: Callable[[Item], bool],
    time_field: str,
) -> Iterator[dict[str, Any]]:
    found: list[tuple[str, Item, datetime | None]] = [
        (one.account, item, getattr(item, time_field))
        for one in listed
        for item in one.items
    ]
    if len(listed) > 1:
        # One account's own order says more than its times, which may not be known.
        found.sort(key=lambda each: -each[2].timestamp() if each[2] else math.inf)
    for account, item, at in found:
        if is_wanted(item):
            time = at and dt_util.as_local(at).isoformat()
            told = attributes_of(item) if isinstance(item, Call) else to_shape(item)
            yield {**told, time_field: time, "account": account}


def _told[Item: (Call, Transaction)](
    entry: SipAccountConfigEntry, action: Action[tuple[Item, ...]]
) -> Listed[Item] | None:
    """Return what an account that is loaded has listed last, if it has."""
    runtime = entry.runtime_data
    for coordinator in (runtime.activity, runtime.settings):
        reading = coordinator.data.of(action)
        if reading is not None and reading.known:
            return Listed(
                str(entry.unique_id),
                tuple(reading.value or ()),
                coordinator.tallies[action.key].last_answered_at,
                stale=reading.failed is not None,
            )
    return None
