"""Sums are those of the truth, whatever happens to server and home."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from hypothesis import Phase
import pytest

from custom_components.sip_account.calls.costs import Costs
from custom_components.sip_account.calls.diary import Diary
from custom_components.sip_account.calls.ledger import Ledger
from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.sip_settings import Call

from .histories import simulate
from .ledger_histories import LedgerHistories
from .test_simulation import HISTORIES


def test_sums(record_property: Callable[[str, str], None]) -> None:
    """No call counts twice or not at all, and no debit."""
    totals = simulate(CallLog, HISTORIES, world=LedgerHistories)
    record_property("ledger_simulation", str(dict(totals)))
    assert totals["histories"] >= HISTORIES
    assert totals["counted"]


class Twice(Ledger):
    """Counts a call twice."""

    def count(self, call: Call, now: datetime) -> None:
        super().count(call, now)
        super().count(call, now)


class Forgetful(Ledger):
    """Keeps nothing of what it knows of lines."""

    def as_stored(self) -> dict[str, Any]:
        stored = super().as_stored()
        stored["costs"]["known_lines"] = []
        return stored


class Unwritten(Ledger):
    """Writes no call down that was told of."""

    def count(self, call: Call, now: datetime) -> None:
        before = self.diary
        self.diary = Diary()
        super().count(call, now)
        self.diary = before


@pytest.mark.parametrize("broken", [Twice, Forgetful, Unwritten])
def test_simulation_can_fail(broken: type[Ledger]) -> None:
    """Each care that is taken away is missed."""

    class Broken(LedgerHistories):
        ledger_class: ClassVar[type[Ledger]] = broken

    with pytest.raises((AssertionError, ExceptionGroup)):
        simulate(CallLog, 300, Phase.generate, world=Broken)


def test_debits_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger that looks at no balance history is found out."""
    monkeypatch.setattr(Costs, "take_lines", lambda *_: [])
    with pytest.raises((AssertionError, ExceptionGroup)):
        simulate(CallLog, 300, Phase.generate, world=LedgerHistories)


def test_costs_of_calls_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A diary that hears of no debit is found out, too."""
    monkeypatch.setattr(Diary, "take_costs", lambda *_: None)
    with pytest.raises((AssertionError, ExceptionGroup)):
        simulate(CallLog, 300, Phase.generate, world=LedgerHistories)
