"""What the entities must show of what calls came to, told from the box alone.

Written against docs/entities.md: a call counts on the day on which it began where the
account is, and costs what was debited for it, else its price.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from .accounts import Account, Call

_DAY = timedelta(days=1)
# Credit is told to last from so many whole days at least, and at most.
_ENOUGH, _MOST = 7, 30
_DECLINED = 603


_TODAY = ("calls_today", "talk_time_today", "cost_today")
_MONTH = ("all_calls_this_month", "talk_time_this_month", "total_cost_this_month")
_CREDIT = "credit_lasts_until"


def is_of_usage(key: str) -> bool:
    """Whether an entity, by `platform.key`, tells what calls came to."""
    return key.removeprefix("sensor.") in {*_TODAY, *_MONTH, _CREDIT}


def usage(
    account: Account, now: datetime, calls: Sequence[Call], *, history: bool
) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return state and attributes by `platform.key`, with `calls` that are listed.

    Where there is no `history` of the balance, today costs what the page tells.
    """
    today = now.astimezone(account.zone).date()
    costs = _costs(account, calls, history=history)
    if not history:
        spent = _debits(account, today)
        costs[today] = max(costs.get(today, Decimal()), spent)
    truth: dict[str, tuple[str, dict[str, Any]]] = {}
    for first, names in ((today, _TODAY), (today.replace(day=1), _MONTH)):
        counted = [call for call in calls if _day(account, call.started) >= first]
        cost = sum((cost for day, cost in costs.items() if day >= first), Decimal())
        minutes = sum(call.duration for call in counted) / 60
        values = (len(counted), minutes, cost)
        parts = _parts(counted)
        for name, value in zip(names, values, strict=True):
            attributes = parts if name == names[0] else {}
            truth[f"sensor.{name}"] = (str(value), attributes)
    truth[f"sensor.{_CREDIT}"] = (_lasts(account, today, calls, costs), {})
    return truth


def _parts(calls: Sequence[Call]) -> dict[str, int]:
    incoming = [call for call in calls if call.direction == "received"]
    missed = [
        call for call in incoming if not call.duration and call.status != _DECLINED
    ]
    return {
        "incoming": len(incoming),
        "outgoing": len(calls) - len(incoming),
        "missed": len(missed),
    }


def _costs(
    account: Account, calls: Sequence[Call], *, history: bool
) -> dict[date, Decimal]:
    """Return what each day cost: what was debited, and prices that were not."""
    costs: dict[date, Decimal] = {}

    def add(moment: datetime, amount: Decimal) -> None:
        day = _day(account, moment)
        costs[day] = costs.get(day, Decimal()) + amount

    placed = {call.session_id: call for call in calls if call.direction == "placed"}
    debited: set[str] = set()
    for line in account.balance_history if history else ():
        if line.value < 0 and line.action != "Set balance":
            call = placed.get(line.session)
            add(call.started if call else line.date, -line.value)
            debited.add(line.session)
    for session, call in placed.items():
        if session not in debited:
            add(call.started, call.price)
    return costs


def _debits(account: Account, today: date) -> Decimal:
    return -sum(
        (
            line.value
            for line in account.balance_history
            if line.value < 0 and _day(account, line.date) == today
        ),
        Decimal(),
    )


def _lasts(
    account: Account, today: date, calls: Sequence[Call], costs: dict[date, Decimal]
) -> str:
    """Return the day on which the balance is used up at the mean cost of late."""
    sides = [
        [call.started for call in calls if call.direction == direction]
        for direction in ("placed", "received")
    ]
    since = max((min(side) for side in sides if side), default=None)
    if since is None or account.balance is None:
        return "unknown"
    days = min((today - _day(account, since)).days - 1, _MOST)
    spent = sum(
        (costs.get(today - ago * _DAY, Decimal()) for ago in range(1, days + 1)),
        Decimal(),
    )
    if days < _ENOUGH or not spent:
        return "unknown"
    return (today + int(account.balance * days / spent) * _DAY).isoformat()


def _day(account: Account, moment: datetime) -> date:
    return moment.astimezone(account.zone).date()
