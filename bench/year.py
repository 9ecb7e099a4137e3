"""What a year of calls costs in the ledger: memory, storage, and time for a call."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
import hashlib
from statistics import median
import time
import tracemalloc

from homeassistant.helpers.json import json_bytes

from custom_components.sip_account.calls.diary import MOST
from custom_components.sip_account.calls.ledger import DAYS, Ledger
from custom_components.sip_account.sip_settings import (
    Call,
    Direction,
    Outcome,
    Transaction,
)

from .figures import Found
from .samples import RUNS

_A_DAY = 20
_BEGIN = datetime(2026, 1, 1, 8, tzinfo=UTC)
_CALLERS = 90
# As many as are remembered.
_LINES = 400


def measure() -> list[Found]:
    """Count a year of a busy line, with who called, as while the calendar is on."""
    calls = list(_calls())
    tracemalloc.start()
    ledger = _counted(calls)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    stored = json_bytes(ledger.as_stored())
    each: list[float] = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        ledger = _counted(calls)
        each.append((time.perf_counter() - begun) * 1000 / len(calls))
    begun = time.perf_counter()
    for _ in range(RUNS):
        ledger.shape()
    handed = (time.perf_counter() - begun) * 1000 / RUNS
    behind = f"{len(calls)} calls of {DAYS} days, {MOST} of them one by one"
    return [
        Found("ledger_year_kb", held / 1000, behind),
        Found("ledger_year_stored_kb", len(stored) / 1000, "as it lies on the disk"),
        Found(
            "ledger_call_ms",
            median(each) + handed,
            f"{handed:.3f} ms of it to hand over what is to be stored",
        ),
    ]


def _counted(calls: list[Call]) -> Ledger:
    ledger = Ledger()
    ledger.diary.keeps_parties = True
    ledger.begin((), (), _BEGIN, whole=True)
    for call in calls:
        ledger.count(call, call.started or _BEGIN)
    ended = calls[-1].started or _BEGIN
    lines = [_line(call, number) for number, call in enumerate(calls) if call.price]
    ledger.take_lines(lines[-_LINES:], ended)
    return ledger


def _line(call: Call, number: int) -> Transaction:
    started = call.started or _BEGIN
    return Transaction(
        time=started + call.duration,
        time_text=f"{started + call.duration:%Y-%m-%d %H:%M:%S}",
        action="Debit balance",
        description=f"Session to {call.party}",
        value=-(call.price or Decimal()),
        balance=Decimal(number),
        session_id=call.session_id,
    )


def _calls() -> Iterator[Call]:
    """Give calls as they are in a home, the same ones each time."""
    for number in range(DAYS * _A_DAY):
        day, of_day = divmod(number, _A_DAY)
        drawn = hashlib.sha256(f"{number}".encode())
        chance = int.from_bytes(drawn.digest())
        direction = [*Direction][chance % 2]
        seconds = chance % 2000 if chance % 3 else 0
        missed = (
            Outcome.MISSED if direction is Direction.INCOMING else Outcome.CANCELLED
        )
        paid = seconds and direction is Direction.OUTGOING
        started = _BEGIN + timedelta(days=day, minutes=30 * of_day)
        yield Call(
            call_id=drawn.hexdigest()[:16],
            direction=direction,
            outcome=Outcome.ANSWERED if seconds else missed,
            party=f"003120800{number % _CALLERS:04}@example.com",
            number=f"+3120800{number % _CALLERS:04}",
            name=f"Caller {number % _CALLERS}",
            name_source="phone_book",
            started=started + timedelta(seconds=chance % 1800),
            duration=timedelta(seconds=seconds),
            sip_status=200 if seconds else 487,
            price=Decimal(-(-seconds // 60)) * Decimal("0.0425") if paid else None,
            media=("audio",),
            started_text="",
            session_id=f"{drawn.hexdigest()[16:32]}@192.0.2.1",
        )
