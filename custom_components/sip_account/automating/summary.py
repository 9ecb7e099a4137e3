"""What the calls of a month came to, as an action answers it."""

from collections import Counter
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant

from ..calls.diary import Record
from ..currency import currency_of
from ..runtime import SipAccountConfigEntry
from ..sip_settings import to_shape
from ..wording.shown import NOBODY

_PARTIES = 5


async def async_month(
    hass: HomeAssistant, entry: SipAccountConfigEntry, months_ago: int
) -> dict[str, Any]:
    """Return the figures of a month of the account, and with whom most calls were.

    Money is a number in `currency`, `talk_time` in seconds.
    """
    runtime = entry.runtime_data
    usage = runtime.usage
    first, start, end = usage.month(months_ago)
    totals = usage.ledger.total(first, (end - timedelta(days=1)).date())
    between = usage.ledger.diary.reader()
    records = await hass.async_add_executor_job(between, start, end)
    since = usage.ledger.counted_since
    return {
        "account": str(entry.unique_id),
        "month": f"{first:%Y-%m}",
        "calls": totals.count,
        "incoming": totals.incoming,
        "outgoing": totals.outgoing,
        "missed": totals.missed,
        "talk_time": totals.talked,
        "cost": to_shape(totals.cost),
        "currency": currency_of(hass, entry, runtime.activity.data),
        "counted_since": since and since.isoformat(),
        "parties": _most_frequent(
            [record for record in records if record.started >= start]
        ),
    }


def _most_frequent(records: list[Record]) -> list[dict[str, Any]]:
    """Return with whom most calls were, where that is kept."""
    calls: Counter[str] = Counter()
    talked: Counter[str] = Counter()
    for record in records:
        if record.shown not in {None, NOBODY}:
            shown = str(record.shown)
            calls[shown] += 1
            talked[shown] += int(record.duration.total_seconds())
    ranks = sorted(calls, key=lambda shown: (-calls[shown], -talked[shown], shown))
    return [
        {"shown": shown, "calls": calls[shown], "talk_time": talked[shown]}
        for shown in ranks[:_PARTIES]
    ]
