"""The year that lies behind the demo's account."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
import json
from typing import Any, cast

import pytest

from custom_components.sip_account.calls.ledger import Ledger
from demo import alice, past
from demo.past import by_day, count, import_statistics, year_before
from demo.person import Person

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def test_year() -> None:
    """There are calls in each month, the same ones each time, and none of today."""
    calls = year_before(NOW)
    assert calls == year_before(NOW)
    assert {call.started.month for call in calls} == set(range(1, 13))
    assert NOW - timedelta(days=366) < calls[0].started
    assert calls[-1].started < NOW.replace(hour=0)


def test_ledger_reads_it() -> None:
    """Sums and calls are those of the year, beside what was there before."""
    ledger = Ledger()
    ledger.begin((), (), NOW, whole=True)
    kept: dict[str, Any] = json.loads(json.dumps(ledger.as_stored()))
    calls = year_before(NOW)
    count(kept, alice(NOW), calls)
    read = Ledger.from_stored(kept)
    year = read.total(calls[0].started.date(), NOW.date())
    assert read.counted_since == calls[0].started
    assert year.count == len(calls)
    assert year.talked == sum(call.duration for call in calls)
    assert year.cost == sum((call.price for call in calls), Decimal())
    records = read.diary.reader()(NOW - timedelta(days=400), NOW)
    assert [one.started for one in records] == [call.started for call in calls]
    assert sum(one.cost or 0 for one in records) == year.cost
    assert {one.shown for one in records} == {
        "Dentist",
        "The museum",
        "Frank",
        "Aunt Mary",
        "Aunt Mary's office",
    }


def test_statistics_tell_what_the_ledger_has() -> None:
    """Each day before today, the oldest first, also those that it had by itself."""
    ledger = Ledger()
    ledger.begin((), (), NOW, whole=True)
    account = alice(NOW)
    kept: dict[str, Any] = json.loads(json.dumps(ledger.as_stored()))
    calls = year_before(NOW)
    count(kept, account, calls)
    today = NOW.date()
    kept["days"][today.isoformat()] = kept["days"][str(today - timedelta(days=1))]
    days = by_day(kept, today)
    assert list(days) == sorted(days)
    assert max(days) < today
    assert sum(day["calls_today"] for day in days.values()) == len(calls)
    talked = sum(call.duration for call in calls)
    assert sum(day["talk_time_today"] for day in days.values()) == talked
    spent = sum((call.price for call in calls), Decimal())
    assert sum(day["cost_today"] for day in days.values()) == spent


class _Recorder:
    """Has what it was given only when asked for the third time."""

    def __init__(self) -> None:
        self.given: dict[str, list[dict[str, Any]]] = {}
        self.asked: list[str] = []

    async def command(self, kind: str, **fields: Any) -> Any:
        """Take statistics, or tell of them."""
        if kind == "recorder/import_statistics":
            self.given[fields["metadata"]["statistic_id"]] = fields["stats"]
            return None
        assert kind == "recorder/statistics_during_period"
        (name,) = fields["statistic_ids"]
        assert fields["start_time"] == self.given[name][0]["start"]
        self.asked.append(name)
        return {name: self.given[name][:1]} if self.asked.count(name) == 3 else {}


async def test_statistics_are_there_before_anybody_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A recorder that takes its time is waited for."""
    monkeypatch.setattr(past, "_SOON", 0)
    ledger = Ledger()
    ledger.begin((), (), NOW, whole=True)
    account = alice(NOW)
    kept: dict[str, Any] = json.loads(json.dumps(ledger.as_stored()))
    count(kept, account, year_before(NOW))
    recorder = _Recorder()
    await import_statistics(cast(Person, recorder), "alice", account, kept, NOW)
    names = ["calls_today", "talk_time_today", "cost_today"]
    assert recorder.asked == [f"sensor.alice_{name}" for name in names for _ in "123"]
