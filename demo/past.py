"""A year of calls before today, for a home that has lived with its account for long.

No server lists that much, so the year is put where a home keeps it: into the ledger of
the account, and into the recorder's statistics. Only `scripts/demo` does it, for whom
it shall be seen; tests count what they tell of themselves.
"""

import asyncio
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
import json
from pathlib import Path
import random
from typing import Any

from .accounts import Account, Call
from .people import CONTACTS
from .person import Person

_DAYS = 365
_PRICE_PER_MINUTE = Decimal("0.0425")
_DAY = timedelta(days=1)
_QUIET = 0.5  # seconds
_SOON = 0.1  # seconds
_LOOKS = 600
_OUTCOMES = {
    200: ("answered", "a"),
    486: ("busy", "b"),
    487: ("missed", "m"),
    603: ("declined", "d"),
}
# What the statistics are of, and its unit: a day has as much as was in it.
_STATISTICS = {
    "calls_today": "calls",
    "talk_time_today": "s",
    "cost_today": "EUR",
}


def year_before(now: datetime, *, seed: int = 0) -> list[Call]:
    """Make a year of calls, the oldest first, the same ones for the same seed."""
    chance = random.Random(seed)
    parties = [
        f"00{contact.removeprefix('+')}@example.com"
        for contact in CONTACTS
        if contact.startswith("+")
    ]
    calls: list[Call] = []
    for ago in range(_DAYS, 0, -1):
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) - ago * _DAY
        for _ in range(chance.choice((0, 1, 2, 2, 3, 4))):
            started = midnight + timedelta(seconds=chance.randrange(8, 20) * 3600)
            started += timedelta(seconds=chance.randrange(3600))
            call = Call(
                chance.choice(("placed", "received")), chance.choice(parties), started
            )
            call.status = chance.choice((200, 200, 200, 487, 486))
            if call.status == 200:
                call.duration = chance.randrange(20, 1500)
                if call.direction == "placed":
                    call.price = _PRICE_PER_MINUTE * -(-call.duration // 60)
            calls.append(call)
    return sorted(calls, key=lambda call: call.started)


async def give_past(
    person: Person, home: Path, entry_id: str, account: Account, now: datetime
) -> None:
    """Let the home in a folder have counted a year of calls of an account.

    It has the days of which the ledger has nothing, so that nothing counts twice.
    """
    name = account.sip_address.replace("@", "_").replace(".", "_")
    await person.command(
        "config/entity_registry/update",
        entity_id=f"calendar.{name}_calls",
        disabled_by=None,
    )
    file = home / ".storage" / f"sip_account.calls.{entry_id}"
    await _kept_in(file)
    # What a home keeps is written as it ends, and read as it begins.
    await person.command(
        "config_entries/disable", entry_id=entry_id, disabled_by="user"
    )
    kept = await _kept_in(file)
    ledger = kept["data"]["ledger"]
    days = ledger["days"].keys() | {now.astimezone(account.zone).date().isoformat()}
    calls = [
        call
        for call in year_before(now)
        if call.started.astimezone(account.zone).date().isoformat() not in days
    ]
    count(ledger, account, calls)
    file.write_text(json.dumps(kept))
    await person.command("config_entries/disable", entry_id=entry_id, disabled_by=None)
    await import_statistics(person, name, account, ledger, now)


async def _kept_in(file: Path) -> dict[str, Any]:
    """Return what a home keeps, once it has written all that it was about to."""
    before, text = "", ""
    while not text or text != before:
        before = text
        await asyncio.sleep(_QUIET)
        text = file.read_text() if file.exists() else ""
    return dict(json.loads(text))


def count(ledger: dict[str, Any], account: Account, calls: Iterable[Call]) -> None:
    """Add calls to a ledger as it is kept."""
    lines: list[str] = []
    for call in calls:
        if not lines:
            ledger["counted_since"] = call.started.isoformat()
        outcome, letter = _outcome(call)
        direction = "outgoing" if call.direction == "placed" else "incoming"
        day = call.started.astimezone(account.zone).date().isoformat()
        totals = ledger["days"].setdefault(
            day, {"calls": [], "talk": {}, "spent": "0", "debit": "0"}
        )
        kinds = {(one, other): count for one, other, count in totals["calls"]}
        kinds[direction, outcome] = kinds.get((direction, outcome), 0) + 1
        totals["calls"] = [[*kind, count] for kind, count in kinds.items()]
        if call.duration:
            talk = totals["talk"]
            talk[direction] = talk.get(direction, 0) + call.duration
        totals["spent"] = str(Decimal(totals["spent"]) + call.price)
        who = CONTACTS.get(f"+{call.party.removeprefix('00').partition('@')[0]}", "")
        price = str(call.price) if call.price else "-"
        lines.append(
            f"{int(call.started.timestamp())} {call.duration} {direction[0]}{letter}"
            f" {price} - {who}"
        )
    lines += filter(None, ledger["diary"]["calls"].split("\n"))
    lines.sort(key=lambda line: int(line.partition(" ")[0]))
    ledger["diary"]["calls"] = "\n".join(lines)


def _outcome(call: Call) -> tuple[str, str]:
    if call.direction == "placed" and call.status == 487:
        return "cancelled", "c"
    return _OUTCOMES[call.status or 487]


def by_day(ledger: dict[str, Any], before: date) -> dict[date, dict[str, Decimal]]:
    """Return what each day before came to, by the entities that tell it."""
    return {
        day: {
            "calls_today": Decimal(sum(count for *_, count in totals["calls"])),
            "talk_time_today": Decimal(sum(totals["talk"].values())),
            "cost_today": Decimal(totals["spent"]),
        }
        for day, totals in sorted(
            (date.fromisoformat(day), totals) for day, totals in ledger["days"].items()
        )
        if day < before
    }


async def import_statistics(
    person: Person, name: str, account: Account, ledger: dict[str, Any], now: datetime
) -> None:
    """Let the recorder know what each day before today came to.

    The recorder begins to add at 0, so what was before is below. It takes what it is
    given in its own time, and whoever looks before that is told of nothing.
    """
    days = by_day(ledger, now.astimezone(account.zone).date())
    for key, unit in _STATISTICS.items():
        total = -sum((day[key] for day in days.values()), Decimal())
        begin = min(days) - 40 * _DAY
        stats = [_row(begin, account, Decimal(), total)]
        for each in sorted(days):
            total += days[each][key]
            stats.append(_row(each, account, days[each][key], total))
        await person.command(
            "recorder/import_statistics",
            metadata={
                "has_sum": True,
                "mean_type": 0,
                "name": None,
                "source": "recorder",
                "statistic_id": f"sensor.{name}_{key}",
                "unit_class": "duration" if unit == "s" else None,
                "unit_of_measurement": unit,
            },
            stats=stats,
        )
        await _await_statistics(person, f"sensor.{name}_{key}", stats)


async def _await_statistics(
    person: Person, statistic_id: str, stats: list[dict[str, Any]]
) -> None:
    """Wait until the recorder tells the first of these.

    Raises TimeoutError where it does not within a minute.
    """
    for _ in range(_LOOKS):
        if await person.command(
            "recorder/statistics_during_period",
            start_time=stats[0]["start"],
            end_time=stats[1]["start"],
            statistic_ids=[statistic_id],
            period="hour",
        ):
            return
        await asyncio.sleep(_SOON)
    msg = f"The recorder does not tell {statistic_id}"
    raise TimeoutError(msg)


def _row(day: date, account: Account, state: Decimal, total: Decimal) -> dict[str, Any]:
    midnight = datetime.combine(day, time(), account.zone)
    return {
        "start": midnight.replace(hour=12).astimezone(UTC).isoformat(),
        "last_reset": midnight.isoformat(),
        "state": float(state),
        "sum": float(total),
    }
