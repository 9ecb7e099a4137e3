"""What a year in the ledger costs: memory, storage, and time for a call."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
import json
import time
import tracemalloc

from custom_components.sip_account.calls.ledger import DAYS, Ledger

from .test_ledger import NOW, begun, call, line

_A_DAY = 20
_MEMORY = 1_000_000
_STORED = 300_000


def _year() -> tuple[Ledger, float]:
    """Give a ledger of 400 days with 20 calls each, and the seconds that it took."""
    ledger = begun()
    calls = [
        call("2026-11-26 10:00:00", price=0.0425, sessionId="p1"),
        call("2026-11-26 10:00:00", 0, "received"),
        call("2026-11-26 10:00:00", 60, "received"),
    ]
    begin = time.perf_counter()
    for day in range(DAYS):
        now = NOW + timedelta(days=day)
        for number in range(_A_DAY):
            one = calls[number % 3]
            ledger.count(
                replace(
                    one, started=now, call_id=f"{day} {number}", session_id=f"s{number}"
                ),
                now,
            )
            written = line("2026-11-26 10:00:00", -0.05, balance=day * 100 + number)
            ledger.take_lines([replace(written, time=now)], now)
    return ledger, time.perf_counter() - begin


def test_a_year(record_property: Callable[[str, str], None]) -> None:
    """Under 1 MB of memory and 300 kB of storage; what a call takes is recorded.

    That includes a line of the balance history, and what is handed over to be stored.
    `scripts/bench` measures it beside its bar.
    """
    tracemalloc.start()
    try:
        ledger, _ = _year()
        memory, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    stored = len(json.dumps(ledger.as_stored()))
    _, seconds = _year()
    count_ms = seconds * 1000 / (DAYS * _A_DAY)
    begin = time.perf_counter()
    for _ in range(20):
        ledger.shape()
    keep_ms = (time.perf_counter() - begin) * 1000 / 20
    record_property(
        "ledger_year",
        f"{memory} B of memory, {stored} B stored, {count_ms:.3f} ms to count,"
        f" {keep_ms:.3f} ms to hand over",
    )
    assert memory <= _MEMORY
    assert stored <= _STORED
