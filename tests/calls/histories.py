"""One server and one home, through anything that may happen to both."""

from collections import Counter
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
import random
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.sip_settings import Call, Outcome

from .lists import read_and_count
from .server import PARTIES, QUARTER, SIDES, Machine, Server
from .witness import Witness

WINDOWS = st.sampled_from([1, 2, 3, 4, 5, 30, 50])
DAY = timedelta(days=1)


class Histories(RuleBasedStateMachine):
    """One server and one home, through anything that may happen to both."""

    totals: ClassVar[Counter[str]] = Counter()
    log_class: ClassVar[type[CallLog]] = CallLog

    def __init__(self) -> None:
        super().__init__()
        self.server = Server(random.Random(0))
        self.log = self.log_class()
        self.stored: dict[str, Any] | None = None
        self.witness = Witness()
        self.odd: Counter[str] = Counter()
        self.saves = 0
        # When the list was last looked at, and how wrong the home's clock was then.
        self.looked_at: datetime | None = None
        self.clock = timedelta()
        self.clock_then = timedelta()
        self.suspended = timedelta()

    @initialize(
        before=st.lists(
            st.tuples(st.sampled_from(SIDES), st.sampled_from(PARTIES)), max_size=4
        ),
        alarms=st.integers(0, 6),
        members=st.sets(st.sampled_from(["sessionId", "fromTag", "stopTime"])),
        at_most=WINDOWS,
        seed=st.integers(0, 1000),
    )
    def first_look(
        self,
        before: list[tuple[str, str]],
        alarms: int,
        members: set[str],
        at_most: int,
        seed: int,
    ) -> None:
        """What was before is old, but for calls that still run."""
        self.server = Server(random.Random(seed), at_most=at_most)
        self.server.members = {"status"} | members
        for _ in range(alarms):
            self.server.test_call("received", 487)
        for number, (side, party) in enumerate(before):
            self.server.begin(side, party, twice=False)
            if number % 3:
                self.server.lines[-1].end(self.server.now, number * 10)
        self.witness.before = {
            line.number for line in self.server.lines if line.ended is not None
        }
        self._poll()
        self.witness.old = self.witness.before & self.witness.listed
        assert not self.witness.told

    @precondition(lambda self: len(self.server.lines) < 40)
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
        if duration is not None:
            for line in self.server.lines[before:]:
                line.end(self.server.now, duration)

    @precondition(lambda self: len(self.server.lines) < 40)
    @rule(
        side=st.sampled_from(SIDES),
        count=st.integers(1, 26),
        polled=st.booleans(),
        down=st.booleans(),
        status=st.sampled_from([487, 487, 487, 486]),
    )
    def alarm(
        self, side: str, count: int, polled: bool, down: bool, status: int
    ) -> None:
        """An alarm system calls each hour, while home looks, or is down."""
        for _ in range(count):
            self.server.test_call(side, status)
            if polled and not down:
                self._poll()
        if down:
            self.restart()
        self._poll()

    @rule(minutes=st.integers(1, 180))
    def time_passes(self, minutes: int) -> None:
        """Nothing happens for a while."""
        self.server.now += minutes * QUARTER + timedelta(minutes=minutes % 15)

    @rule(duration=st.integers(0, 600), which=st.integers(0, 30))
    def hang_up(self, duration: int, which: int) -> None:
        """A call ends."""
        running = [line for line in self.server.lines if line.ended is None]
        if running:
            running[which % len(running)].end(self.server.now, duration)

    @rule(hidden=st.sets(st.sampled_from(SIDES)))
    def poll(self, hidden: set[str]) -> None:
        """Look at the lists; a fault may hide a side, or both."""
        self._poll(hidden)

    @rule(count=st.integers(2, 6))
    def poll_often(self, count: int) -> None:
        """Look at the lists again and again, whichever machine answers."""
        for _ in range(count):
            self.server.now += timedelta(seconds=1)
            self._poll()

    @rule(after=st.integers(0, 3))
    def poll_and_crash(self, after: int) -> None:
        """Die in the middle of a poll, before anything was stored."""
        calls = self._answer(set())
        self.witness.answered(calls)
        for call in self._look(calls)[:after]:
            self.witness.tell(call, doubtful=self.log.may_be_told(call), in_vain=True)
            self.log.see(call)
        self.restart()

    @rule(after=st.integers(0, 3))
    def poll_and_unload(self, after: int) -> None:
        """Be unloaded in the middle of a poll: the rest of it waits."""
        calls = self._answer(set())
        self.witness.answered(calls)
        for call in self._look(calls)[:after]:
            self._tell(call)
        self._keep()
        self.restart()

    @rule()
    def restart(self) -> None:
        """Stop and start again; what time passed is not known."""
        self.log = self.log_class.from_stored(self.stored)
        self.looked_at = None

    @rule(days=st.integers(-1, 1))
    def set_clock(self, days: int) -> None:
        """The clock of the home is set, or goes wrong by a day."""
        self.clock = days * DAY

    @rule(hours=st.integers(1, 30))
    def suspend(self, hours: int) -> None:
        """The machine of the home sleeps, and its monotonic clock with it."""
        self.clock = self.clock_then
        self.server.now += timedelta(hours=hours)
        self.suspended += timedelta(hours=hours)

    @rule(hours=st.integers(-12, 12))
    def change_zone(self, hours: int) -> None:
        """The server is told another zone: all of its machines are moved alike."""
        self._settle()
        first = self.server.machines[0].zone
        for machine in self.server.machines:
            machine.zone += timedelta(hours=hours) - first
        self._poll()

    @rule(later=st.booleans())
    def change_season(self, later: bool) -> None:
        """Clocks go back or forth: from now on, not for what was written before."""
        self._settle()
        self.server.season = timedelta(hours=later)

    @rule(
        quarters=st.sampled_from([0, 0, 2, 4, 4, 8, -8, 24, -23]),
        lag=st.sampled_from([0, 0, 1, 5, 20]),
    )
    def balance(self, quarters: int, lag: int) -> None:
        """A second machine answers too, in another zone, or some minutes behind."""
        self._settle()
        first = self.server.machines[0]
        zone = first.zone + timedelta(minutes=15 * quarters)
        self.server.machines[1:] = [Machine(zone, timedelta(minutes=lag))]

    @rule()
    def balance_no_more(self) -> None:
        """One machine answers."""
        self._settle()
        del self.server.machines[1:]

    @rule()
    def change_dialect(self) -> None:
        """The server is replaced by one that gives session ids, or back."""
        self._settle()
        self.server.members ^= {"sessionId"}
        self._poll()

    @rule(
        unsteady=st.sets(
            st.sampled_from(["sessionId", "fromTag", "stopTime", "status"])
        )
    )
    def change_members(self, unsteady: set[str]) -> None:
        """Members come and go from one answer to the next."""
        self._settle()
        self.server.unsteady = unsteady

    @rule(at_most=WINDOWS)
    def change_limit(self, at_most: int) -> None:
        """The lists become shorter, or longer."""
        self._settle()
        self.server.at_most = at_most
        self._settle()

    def _settle(self) -> None:
        """Look at the list of each machine.

        Of two changes of the server between the same two looks nothing could tell
        which was which.
        """
        for machine in range(len(self.server.machines)):
            self._poll(machine=machine)

    def _answer(
        self, hidden: AbstractSet[str], machine: int | None = None
    ) -> tuple[Call, ...]:
        calls, self.odd = read_and_count(self.server.listed(hidden, machine))
        return calls

    def _look(self, calls: tuple[Call, ...]) -> list[Call]:
        elapsed = gap = None
        now = self.server.now
        if self.looked_at is not None:
            passed = now - self.looked_at
            wall = passed + self.clock - self.clock_then
            awake = passed - self.suspended
            elapsed = max(wall, awake).total_seconds()
            gap = None if self.server.is_coincidence() else awake.total_seconds()
        self.looked_at, self.clock_then, self.suspended = now, self.clock, timedelta()
        return self.log.look(calls, elapsed, gap, self.odd)

    def _poll(
        self, hidden: AbstractSet[str] = frozenset(), machine: int | None = None
    ) -> None:
        calls = self._answer(hidden, machine)
        for call in self._look(calls):
            self._tell(call)
        self._keep()
        self.witness.looked(
            [call for call in calls if call.outcome is not Outcome.IN_PROGRESS]
        )

    def _tell(self, call: Call) -> None:
        self.witness.tell(call, doubtful=self.log.may_be_told(call))
        self.log.see(call)

    def _keep(self) -> None:
        if self.log.changed or self.stored is None:
            self.log.changed = False
            self.saves += 1
            self.stored = self.log.as_stored()

    def teardown(self) -> None:
        """Count, once everything that will be told was told."""
        if self.stored is None:
            return
        self.server.unsteady.clear()
        for machine in self.server.machines:
            machine.lag = timedelta()
        for _ in range(8):
            self._settle()
        saves = self.saves
        self._settle()
        found = self.witness.found()
        self.totals["histories"] += 1
        self.totals["calls"] += len(self.server.lines)
        self.totals["events"] += len(self.witness.told)
        self.totals.update(found)
        assert not found["lost"], f"{found['lost']} lost"
        assert not found["doubled"], f"{found['doubled']} doubled"
        assert self.saves == saves, "stored although nothing had changed"


def simulate(
    log: type[CallLog],
    histories: int,
    *phases: Phase,
    world: type[Histories] = Histories,
) -> Counter[str]:
    """Run so many histories with a log; raises where one goes wrong."""

    class Run(world):  # type: ignore[valid-type, misc]
        totals: ClassVar[Counter[str]] = Counter()
        log_class = log

    run_state_machine_as_test(
        Run,
        settings=settings(
            max_examples=histories,
            phases=phases or tuple(Phase),
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Run.totals
