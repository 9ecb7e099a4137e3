"""What calls came to day by day, in this month and in the last, as an action answers.

What was before the ledger began to count is not told as nothing, but as not counted.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from homeassistant.core import HomeAssistant, callback

from ..calls.totals import Totals
from ..currency import currency_of
from ..runtime import SipAccountConfigEntry
from ..sip_settings import to_shape

_DAY = timedelta(days=1)
_MIDNIGHT = time()


@callback
def usage_of(
    hass: HomeAssistant, entry: SipAccountConfigEntry, days: int
) -> dict[str, Any]:
    """Return the figures of an account's last days, today the last, and of two months.

    Days and months are those of the account's zone. Money is a number in `currency`,
    `talk_time` in seconds.
    """
    runtime = entry.runtime_data
    usage, ledger = runtime.usage, runtime.usage.ledger
    today = usage.today
    since = ledger.counted_since
    month, before = usage.month(0)[0], usage.month(1)[0]

    def figures(first: date, last: date) -> dict[str, Any]:
        # To look for one day among all would take long for a year of them.
        alone = first == last
        totals = ledger.day(first) if alone else ledger.total(first, last)
        return _figures(totals, counted(since, first, last))

    return {
        "account": str(entry.unique_id),
        "currency": currency_of(hass, entry, runtime.activity.data),
        "time_zone": usage.zone_name,
        "counted_since": since and since.isoformat(),
        "this_month": {"month": f"{month:%Y-%m}", **figures(month, today)},
        "last_month": {
            "month": f"{before:%Y-%m}",
            **figures(before, month - _DAY),
        },
        "days": [
            {"date": day.isoformat(), **figures(day, day)}
            for day in (today - ago * _DAY for ago in reversed(range(days)))
        ],
    }


def counted(since: datetime | None, first: date, last: date) -> str:
    """Tell whether days were counted: whole, partly or not at all (none)."""
    if since is None or last < since.date():
        return "none"
    began = since.date() if since.time() == _MIDNIGHT else since.date() + _DAY
    return "whole" if began <= first else "partly"


def _figures(totals: Totals, how: str) -> dict[str, Any]:
    """Return what days came to, each figure None where nobody counted."""
    figures = {
        "calls": totals.count,
        "incoming": totals.incoming,
        "outgoing": totals.outgoing,
        "missed": totals.missed,
        "outcomes": {
            f"{direction}_{outcome}": count
            for (direction, outcome), count in totals.calls.items()
        },
        "talk_time": totals.talked,
        "cost": to_shape(totals.cost),
    }
    return {"counted": how, **(dict.fromkeys(figures) if how == "none" else figures)}
