"""One server and one home that counts what is told, through anything."""

from collections import Counter
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from decimal import Decimal
import json
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import rule

from custom_components.sip_account.calls.ledger import DAYS, Ledger
from custom_components.sip_account.calls.totals import Totals
from custom_components.sip_account.sip_settings import Call, Outcome
from custom_components.sip_account.sip_settings.call_lists import read_calls
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.json_text import JsonValue
from custom_components.sip_account.sip_settings.transactions import read_balance_history

from .histories import DAY, Histories

NOW = datetime(2026, 11, 2, tzinfo=UTC)


class LedgerHistories(Histories):
    """Counts beside the log; what is kept is kept at once, and both are lost at once.

    The balance history is written in a zone of its own, which follows the first
    machine's, and tells a debit for each placed call that was answered, and a voucher.
    Members of it come and go, as behind a balancer whose servers are not of one age.
    """

    ledger_class: ClassVar[type[Ledger]] = Ledger

    def __init__(self) -> None:
        super().__init__()
        self.ledger = self.ledger_class()
        self.kept_ledger = "null"
        # What was counted, and what of it was kept.
        self.counted: list[Call] = []
        self.kept: list[Call] = []
        self.vouchers = 0
        self.without = ""
        # How many calls were told of without a mark by homes that kept it.
        self.certain = 0
        self.certain_then = 0

    @rule()
    def voucher(self) -> None:
        """Somebody pays in."""
        self.vouchers += 1

    @rule(member=st.sampled_from(["", "session", "balance", "description"]))
    def write_otherwise(self, member: str) -> None:
        """Let the balance history be without a member, or in other letters."""
        self.without = member

    def restart(self) -> None:
        """Stop and start again, with the ledger that was kept."""
        super().restart()
        self.ledger = self.ledger_class.from_stored(json.loads(self.kept_ledger))
        self.counted = list(self.kept)
        self.certain = self.certain_then

    def poll_and_crash(self, after: int) -> None:
        """Die in the middle of a poll, with calls counted that were not kept."""
        calls = self._answer(set())
        self.witness.answered(calls)
        for call in self._look(calls)[:after]:
            doubtful = self.log.may_be_told(call)
            self.witness.tell(call, doubtful=doubtful, in_vain=True)
            self._count(call, doubtful=doubtful)
            self.log.see(call)
        self._look_at_costs()
        self.restart()

    def _answer(
        self, hidden: AbstractSet[str], machine: int | None = None
    ) -> tuple[Call, ...]:
        context = Context(read_at=NOW, account_zone=UTC)
        calls = read_calls(self.server.listed(hidden, machine), context) or ()
        self.odd = context.odd
        return calls

    def _look(self, calls: tuple[Call, ...]) -> list[Call]:
        new = super()._look(calls)
        if not self.ledger.begun:
            ids = {call.call_id for call in new}
            old = [call for call in calls if call.call_id not in ids]
            self.ledger.begin(old, (), NOW, whole=not self.odd)
            self.counted += [c for c in old if c.outcome is not Outcome.IN_PROGRESS]
        return new

    def _count(self, call: Call, *, doubtful: bool) -> None:
        if not doubtful:
            self.ledger.count(call, NOW)
            self.counted.append(call)

    def _tell(self, call: Call) -> None:
        before = self.witness.certain.total()
        self._count(call, doubtful=self.log.may_be_told(call))
        super()._tell(call)
        self.certain += self.witness.certain.total() - before

    def _poll(
        self, hidden: AbstractSet[str] = frozenset(), machine: int | None = None
    ) -> None:
        super()._poll(hidden, machine)
        self._look_at_costs()
        self._keep()

    def _look_at_costs(self) -> None:
        context = Context(read_at=NOW, account_zone=UTC)
        lines = read_balance_history(self._history(), context) or ()
        self.ledger.take_lines(lines, NOW)

    def _keep(self) -> None:
        if self.log.changed or self.ledger.changed or self.stored is None:
            self.log.changed = self.ledger.changed = False
            self.saves += 1
            self.stored = self.log.as_stored()
            self.kept_ledger = json.dumps(self.ledger.as_stored())
            self.kept, self.certain_then = list(self.counted), self.certain

    def _history(self) -> JsonValue:
        lines: list[dict[str, JsonValue]] = []
        zone = self.server.machines[0].zone
        for line in self.server.lines:
            if line.side == "placed" and line.duration:
                ended = (line.ended or self.server.now) + zone
                lines.append(
                    {
                        "date": f"{ended:%Y-%m-%d %H:%M:%S}",
                        "action": "Debit balance",
                        "description": f"Session to {line.party} for {line.duration}s",
                        "value": -line.duration / 10_000,
                        "balance": 10 - line.number,
                        "session": f"s{line.number}",
                    }
                )
        lines += [
            {
                "date": f"2026-10-25 10:{number % 60:02}:00",
                "action": "Set balance",
                "description": f"Prepaid card {number}",
                "value": 5,
                "balance": number,
                "session": "",
            }
            for number in range(self.vouchers)
        ]
        return [self._as_written(line) for line in lines]

    def _as_written(self, line: dict[str, JsonValue]) -> dict[str, JsonValue]:
        if self.without == "description":
            return line | {"description": str(line["description"]).upper()}
        return {name: told for name, told in line.items() if name != self.without}

    def teardown(self) -> None:
        """Compare with the truth what was counted, also by a home that comes back."""
        super().teardown()
        if self.stored is None:
            return
        self.restart()
        total = self.ledger.total(date(2026, 1, 1), NOW.date())
        by_kind = Counter((str(c.direction), str(c.outcome)) for c in self.kept)
        assert total.calls == by_kind
        assert total.talked == sum(c.duration.total_seconds() for c in self.kept)
        placed = [line for line in self.server.lines if line.side == "placed"]
        truth = sum(Decimal(line.duration or 0) for line in placed) / 10_000
        assert total.cost == truth, f"{total.cost} instead of {truth}"
        assert total.count == len(self.witness.old) + self.certain
        self._compare_diary(total)
        self.totals["counted"] += total.count

    def _compare_diary(self, total: Totals) -> None:
        """One by one the calls are those of the truth, as their sums are."""
        diary = self.ledger.diary
        assert not diary.without_time
        records = diary.reader()(NOW - DAYS * DAY, NOW + DAYS * DAY)
        told = Counter(
            (one.started, one.duration, one.direction, one.outcome) for one in records
        )
        assert told == Counter(
            (one.started, one.duration, one.direction, one.outcome) for one in self.kept
        )
        paid = sum((one.cost for one in records if one.cost), Decimal())
        # What was debited for calls that may have been told before is of none of them.
        other = sum(one.value for one in self.ledger._costs._debits)
        assert paid + other == total.cost, f"{paid} and {other}, not {total.cost}"
