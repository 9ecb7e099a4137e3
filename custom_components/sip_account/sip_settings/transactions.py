"""The balance history, and in which zone its lines are written (wire contract §2.7)."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from . import members
from .context import Context
from .json_text import JsonValue
from .members import JsonObject
from .models import Call, Transaction

# Zones differ by quarters of an hour, and by no more than this.
_QUARTER = timedelta(minutes=15)
_WIDEST = timedelta(hours=14)
# A call is paid for when it is over, since the line tells how long it was; or a little
# later, and clocks may differ.
_EARLY = timedelta(minutes=1)
_LATE = timedelta(minutes=5)


# Calls that are remembered for their transactions, of which 200 are listed at most.
_KEPT = 400

type CallEnds = Mapping[str, datetime]


def remembered(calls: Iterable[Call], before: CallEnds) -> CallEnds:
    """Return when calls ended, by session, also of those that are listed no more."""
    found = {
        call.session_id: call.started + call.duration
        for call in calls
        if call.session_id and call.started
    }
    others = [(name, at) for name, at in before.items() if name not in found]
    return found | dict(others[: max(_KEPT - len(found), 0)])


def read_balance_history(
    value: JsonValue, context: Context
) -> tuple[Transaction, ...] | None:
    """Read the lines, the newest first; None where there is none."""

    def read(item: JsonObject) -> Transaction:
        return Transaction(
            time=_time(item, context),
            time_text=members.text(item, "date"),
            action=members.text(item, "action"),
            description=members.text(item, "description"),
            value=members.needed_number(item, "value"),
            balance=members.number(item, "balance"),
            session_id=members.text(item, "session"),
        )

    transactions = members.members_of(value, "balance history", context.odd, read)
    transactions.sort(key=lambda transaction: transaction.time_text, reverse=True)
    return tuple(transactions) or None


def _time(item: JsonObject, context: Context) -> datetime | None:
    """Return when a line was written.

    The data base writes it in a zone of its own, and says nothing of it. Whoever has
    called knows: the line of a call is written when that call is over. All others are
    read as calls of that time are.
    """
    zone = context.zone_of_call("", members.text(item, "date"))
    time = members.moment(item, "date", zone)
    ended = context.ended.get(members.text(item, "session"))
    as_utc = members.moment(item, "date", UTC)
    if ended is None or as_utc is None or context.override:
        return time
    ahead = (as_utc - ended + _EARLY) // _QUARTER * _QUARTER
    late = as_utc - ahead - ended
    if abs(ahead) > _WIDEST or late > _LATE:
        return time
    return (as_utc - ahead).astimezone(zone or UTC)
