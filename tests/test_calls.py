"""Every call becomes one event: no call is lost, none is told of twice."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
import os
import random
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
import pytest

from custom_components.sip_account.calls import CallLog
from custom_components.sip_account.sip_settings import Call, Outcome
from custom_components.sip_account.sip_settings.call_lists import read_calls
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.json_text import JsonValue

HISTORIES = 2_000 if os.environ.get("SIP_ACCOUNT_LONG") else 300
EPOCH = datetime(2026, 10, 24, 20)  # noqa: DTZ001 - local; the hour is doubled that night
PARTIES = ("sip:bob@example.com", "0031208005161@example.com", "carol@example.com")
SIDES = ("placed", "received")


@dataclass(slots=True)
class Line:
    """A call as the server knows it; `number` tells ours from an equal one."""

    number: int
    side: str
    party: str
    start: datetime
    duration: int | None = None  # None while it runs
    status: int = 200


class Server:
    """Lists calls in every way that servers do."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.now = EPOCH
        self.zone = timedelta()
        self.season = timedelta()
        self.sessions = False
        self.at_most = 50

    def begin(self, side: str, party: str, *, twice: bool) -> None:
        """Let somebody call; with `twice` two rows of it are equal."""
        # No two starts are whole quarters apart, as no two real ones are.
        self.now += timedelta(seconds=1)
        for _ in range(1 + twice):
            number = len(self.lines)
            start = self.now + self.season
            self.lines.append(Line(number, side, party, start))

    def listed(self, chance: random.Random, hidden: set[str]) -> dict[str, Any]:
        """Answer as `get_calls` or `get_history`, in any order."""
        sides: dict[str, Any] = {}
        for side in SIDES:
            lines = [line for line in self.lines if line.side == side]
            lines = lines[-self.at_most :]
            chance.shuffle(lines)
            rows = [self._row(line) for line in lines]
            sides[side] = None if side in hidden or not rows else rows
        return sides

    def _row(self, line: Line) -> dict[str, Any]:
        start = line.start + self.zone
        row = {
            "remoteParty": line.party,
            "duration": line.duration or 0,
            "status": line.status if line.duration is not None else None,
            "date": f"{start:%Y-%m-%d %H:%M:%S}",
        }
        if self.sessions:
            row |= {"sessionId": f"s{line.number}", "fromTag": "x"}
        return row


def read(value: dict[str, Any]) -> tuple[Call, ...]:
    """Read lists as the client does."""
    context = Context(read_at=datetime(2026, 11, 1, tzinfo=UTC))
    answer: JsonValue = value
    return read_calls(answer, context) or ()


class Histories(RuleBasedStateMachine):
    """One server and one home, through anything that may happen to both."""

    totals: ClassVar[Counter[str]] = Counter()
    log_class: ClassVar[type[CallLog]] = CallLog

    def __init__(self) -> None:
        super().__init__()
        self.server = Server()
        self.chance = random.Random(0)
        self.log = self.log_class()
        self.stored: dict[str, Any] | None = None
        self.events: list[str] = []
        self.interrupted: Counter[str] = Counter()
        self.old = 0

    @initialize(
        before=st.lists(
            st.tuples(st.sampled_from(SIDES), st.sampled_from(PARTIES)), max_size=4
        ),
        sessions=st.booleans(),
        seed=st.integers(0, 1000),
    )
    def first_look(
        self, before: list[tuple[str, str]], sessions: bool, seed: int
    ) -> None:
        """What was before is old, but for calls that still run."""
        self.chance = random.Random(seed)
        self.server.sessions = sessions
        for number, (side, party) in enumerate(before):
            self.server.begin(side, party, twice=False)
            if number % 3:
                self.server.lines[-1].duration = number * 10
        self.old = sum(line.duration is not None for line in self.server.lines)
        self._poll(set())
        assert not self.events

    @precondition(lambda self: len(self.server.lines) < 25)
    @rule(
        side=st.sampled_from(SIDES),
        party=st.sampled_from(PARTIES),
        twice=st.booleans(),
        duration=st.none() | st.integers(0, 600),
    )
    def call(self, side: str, party: str, twice: bool, duration: int | None) -> None:
        """Somebody calls, and may have hung up by the next poll."""
        before = len(self.server.lines)
        self.server.begin(side, party, twice=twice)
        for line in self.server.lines[before:]:
            line.duration, line.status = duration, 200 if duration else 487

    @rule(minutes=st.integers(1, 180))
    def time_passes(self, minutes: int) -> None:
        """Nothing happens for a while."""
        self.server.now += timedelta(minutes=15 * minutes)

    @rule(duration=st.integers(0, 600), which=st.integers(0, 30))
    def hang_up(self, duration: int, which: int) -> None:
        """A call ends."""
        running = [line for line in self.server.lines if line.duration is None]
        if running:
            line = running[which % len(running)]
            line.duration, line.status = duration, 200 if duration else 487

    @rule(hidden=st.sets(st.sampled_from(SIDES)))
    def poll(self, hidden: set[str]) -> None:
        """Look at the lists; a fault may hide a side, or both."""
        self._poll(hidden)

    @rule(after=st.integers(0, 3))
    def poll_and_crash(self, after: int) -> None:
        """Die in the middle of a poll, before anything was stored."""
        for call in self.log.look(read(self.server.listed(self.chance, set())))[:after]:
            self._fire(call)
            self.log.see(call)
            self.interrupted[call.call_id] += 1
        self.log = self.log_class.from_stored(self.stored)

    @rule()
    def restart(self) -> None:
        """Stop and start again."""
        self.log = self.log_class.from_stored(self.stored)

    @rule(hours=st.integers(-12, 12))
    def change_zone(self, hours: int) -> None:
        """The server is told another zone."""
        self.server.zone = timedelta(hours=hours)
        self._poll(set())

    @rule(hours=st.sampled_from([-1, 1]))
    def change_season(self, hours: int) -> None:
        """Clocks go back or forth: from now on, not for what was written before."""
        self.server.season += timedelta(hours=hours)

    @rule()
    def change_dialect(self) -> None:
        """The server is replaced by one that gives session ids, or back."""
        self._poll(set())
        self.server.sessions = not self.server.sessions
        self._poll(set())

    @rule(at_most=st.sampled_from([30, 50]))
    def change_limit(self, at_most: int) -> None:
        """The lists become shorter, or longer."""
        self.server.at_most = at_most

    def _poll(self, hidden: set[str]) -> None:
        for call in self.log.look(read(self.server.listed(self.chance, hidden))):
            self._fire(call)
            self.log.see(call)
        self.stored = self.log.as_stored()

    def _fire(self, call: Call) -> None:
        self.events.append(call.call_id)

    def teardown(self) -> None:
        """Count, once everything that will be told was told."""
        if self.stored is None:
            return
        self._poll(set())
        ended = sum(line.duration is not None for line in self.server.lines) - self.old
        again = len(self.events) - ended
        inside = sum(self.interrupted.values())
        self.totals["histories"] += 1
        self.totals["calls"] += len(self.server.lines)
        self.totals["events"] += len(self.events)
        self.totals["lost"] += max(-again, 0)
        self.totals["doubled"] += max(again - inside, 0)
        self.totals["interrupted"] += min(max(again, 0), inside)
        assert again >= 0, f"{-again} lost"
        assert again <= inside, f"{again - inside} doubled"


def simulate(log: type[CallLog], histories: int) -> Counter[str]:
    """Run so many histories with a log; raises where one goes wrong."""

    class Run(Histories):
        totals: ClassVar[Counter[str]] = Counter()
        log_class = log

    run_state_machine_as_test(
        Run,
        settings=settings(
            max_examples=histories,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Run.totals


def test_simulation(record_property: Callable[[str, str], None]) -> None:
    """No call is lost and none doubled, whatever happens."""
    totals = simulate(CallLog, HISTORIES)
    record_property(
        "simulation",
        f"{totals['histories']} histories, {totals['calls']} calls,"
        f" {totals['events']} events, {totals['lost']} lost,"
        f" {totals['doubled']} doubled"
        f" (inside interrupted polls: {totals['interrupted']})",
    )
    assert totals["histories"] >= HISTORIES
    assert totals["lost"] == totals["doubled"] == 0


class WithoutMultiplicity(CallLog):
    """Takes equal rows for one call."""

    def look(self, calls: Any) -> list[Call]:
        """Forget how often."""
        unique = {
            (c.direction, c.party, c.started_text, c.session_id): c for c in calls
        }
        return super().look(unique.values())


class WithoutShift(CallLog):
    """Knows nothing of zones."""

    def _follow_shift(self, rows: Any) -> None:
        """Do nothing."""


class WithoutSessions(CallLog):
    """Takes a server's new words for new calls."""

    def look(self, calls: Any) -> list[Call]:
        """Forget what was seen without session ids once there are some."""
        listed = tuple(calls)
        if any(call.session_id for call in listed):
            self._rows = [row for row in self._rows if row.session]
        return super().look(listed)


class WithRunningCalls(CallLog):
    """Tells of calls that have not ended."""

    def look(self, calls: Any) -> list[Call]:
        """Forget that they run."""
        return super().look([replace(call, outcome=Outcome.ANSWERED) for call in calls])


class WithoutMemory(CallLog):
    """Forgets what is not listed at the moment."""

    def look(self, calls: Any) -> list[Call]:
        """Keep only what is listed."""
        new = super().look(calls)
        places = {c.started_text for c in calls}
        self._rows = [row for row in self._rows if row.started in places]
        return new


@pytest.mark.parametrize(
    "broken",
    [
        WithoutMultiplicity,
        WithoutShift,
        WithoutSessions,
        WithRunningCalls,
        WithoutMemory,
    ],
)
def test_simulation_can_fail(broken: type[CallLog]) -> None:
    """Each care that is taken away is missed."""
    with pytest.raises((AssertionError, ExceptionGroup)):
        simulate(broken, 300)
