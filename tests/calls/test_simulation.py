"""Every call becomes one event: no call is lost, none is told of twice unmarked."""

from collections.abc import Callable, Sequence
from dataclasses import replace
import os
from typing import Any

from hypothesis import Phase
import pytest

from custom_components.sip_account.calls import judgement
from custom_components.sip_account.calls.log import CallLog, Look
from custom_components.sip_account.calls.memory import Memory
from custom_components.sip_account.calls.readings import Reading
from custom_components.sip_account.sip_settings import Call, Outcome

from . import test_figures
from .histories import Histories, simulate
from .odd_histories import OddHistories
from .server import PARTIES

HISTORIES = 2_000 if os.environ.get("SIP_ACCOUNT_LONG") else 300
if os.environ.get("SIP_ACCOUNT_FEW"):  # scripts/mutate runs them for each mutant
    HISTORIES = 30


def test_simulation(record_property: Callable[[str, str], None]) -> None:
    """No call is lost and none doubled, whatever happens."""
    totals = simulate(CallLog, HISTORIES)
    record_property(
        "simulation",
        f"{totals['histories']} histories, {totals['calls']} calls,"
        f" {totals['events']} events, {totals['lost']} lost,"
        f" {totals['doubled']} doubled"
        f" (inside interrupted polls: {totals['interrupted']};"
        f" told with a mark: {totals['perhaps']};"
        f" which nothing could tell apart: {totals['unknowable']})",
    )
    assert totals["histories"] >= HISTORIES
    assert totals["lost"] == totals["doubled"] == 0


class WithoutMultiplicity(CallLog):
    """Takes equal rows for one call."""

    def study(self, calls: Sequence[Call], *passed: Any) -> Look:
        unique = {
            (c.direction, c.party, c.started_text, c.session_id): c for c in calls
        }
        return super().study(tuple(unique.values()), *passed)


class WithoutSessions(CallLog):
    """Takes a server's new words for new calls."""

    def study(self, calls: Sequence[Call], *passed: Any) -> Look:
        if any(call.session_id for call in calls):
            self._memories = tuple(
                replace(m, rows=tuple(r for r in m.rows if r.session), last=frozenset())
                for m in self._memories
            )
        return super().study(calls, *passed)


class WithTags(CallLog):
    """Knows a session only together with its tag."""

    def study(self, calls: Sequence[Call], *passed: Any) -> Look:
        def joined(call: Call) -> Call:
            name = call.session_id and f"{call.session_id}|{call.from_tag}"
            return replace(call, session_id=name)

        return super().study(tuple(map(joined, calls)), *passed)


class WithRunningCalls(CallLog):
    """Tells of calls that have not ended."""

    def study(self, calls: Sequence[Call], *passed: Any) -> Look:
        ended = [replace(call, outcome=Outcome.ANSWERED) for call in calls]
        return super().study(ended, *passed)


class WithoutMemory(CallLog):
    """Forgets what is not listed at the moment."""

    def take(self, look: Look, elapsed: float | None = None) -> list[Call]:
        new = super().take(look, elapsed)
        self._memories = tuple(
            replace(
                one,
                rows=tuple(one.rows[at] for at in sorted(one.last)),
                last=frozenset(range(len(one.last))),
            )
            for one in self._memories
        )
        return new


class WithoutMarks(CallLog):
    """Never says that nothing could tell."""

    def may_be_told(self, call: Call) -> bool:
        return super().may_be_told(call) and False


@pytest.mark.parametrize(
    "broken",
    [
        WithoutMultiplicity,
        WithoutSessions,
        WithTags,
        WithRunningCalls,
        WithoutMemory,
        WithoutMarks,
    ],
)
def test_simulation_can_fail(broken: type[CallLog]) -> None:
    """Each care that is taken away is missed."""
    with pytest.raises((AssertionError, ExceptionGroup)):
        simulate(broken, 1_000, Phase.generate)


def test_what_is_odd(record_property: Callable[[str, str], None]) -> None:
    """A call that is not understood is told of once it is, and no other one twice."""
    totals = simulate(CallLog, HISTORIES, world=OddHistories)
    record_property("odd_simulation", str(dict(totals)))
    assert totals["lost"] == totals["doubled"] == 0


def test_each_mark_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that would be known in some zone are told twice without their mark."""
    monkeypatch.setattr(judgement, "_alike", lambda *_: set())
    with pytest.raises((AssertionError, ExceptionGroup)):
        simulate(CallLog, 1_000, Phase.generate)


def test_the_zone_of_sessions_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are lost where nobody asks what zone the known sessions are written in."""
    test_figures.test_session_ids_show_the_zone(-2)
    monkeypatch.setattr(judgement, "_voted", lambda *_: None)
    with pytest.raises(AssertionError):
        test_figures.test_session_ids_show_the_zone(-2)


def test_one_past_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call is lost where one of the pasts that can be true is believed."""

    def play() -> None:
        history = Histories()
        history.first_look(
            before=[], alarms=1, members={"sessionId"}, at_most=1, seed=0
        )
        history.change_dialect()
        history.alarm("received", 1, polled=False, down=False, status=487)
        history.teardown()

    def first(pasts: Sequence[judgement.Past]) -> list[judgement.Past]:
        return likely(pasts)[:1]

    play()
    likely = judgement._likely
    monkeypatch.setattr(judgement, "_likely", first)
    with pytest.raises(AssertionError, match="1 lost"):
        play()


def test_words_that_were_never_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call is lost where more pasts can be true than are kept, and no words are."""

    def play() -> None:
        history = Histories()
        history.first_look(before=[], alarms=1, members=set(), at_most=3, seed=750)
        history.alarm("placed", 1, polled=False, down=False, status=487)
        history.balance(quarters=24, lag=20)
        history.change_limit(at_most=2)
        history.alarm("placed", 8, polled=True, down=False, status=487)
        history.call("received", "sip:bob@example.com", twice=False, duration=0)
        history.teardown()

    def without(memory: Memory, *given: Any) -> list[judgement.Past]:
        return [] if memory.literal else pasts(memory, *given)

    play()
    pasts = judgement._pasts
    monkeypatch.setattr(judgement, "_pasts", without)
    with pytest.raises(AssertionError, match="1 lost"):
        play()


def test_people_tell_the_zone_and_not_what_was_told() -> None:
    """Where people come back who were seen, what was never listed is told of.

    The true past may be one of those that were more than are kept.
    """
    bob, number, carol = PARTIES
    before = [("placed", party) for party in (bob, bob, carol, number)]
    history = OddHistories()
    history.first_look(before=before, alarms=0, members=set(), at_most=5, seed=0)
    history.time_passes(minutes=1)
    history.balance(lag=0, quarters=24)
    history.hang_up(duration=0, which=13)
    history.restart()
    history.change_zone(hours=0)
    history.alarm("placed", 8, polled=False, down=False, status=487)
    history.alarm("received", 26, polled=True, down=False, status=487)
    for _ in range(7):
        history.restart()
    history.change_limit(at_most=50)
    history.teardown()


def test_one_reading_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call is lost where one zone that can be true is believed."""

    def first(*given: Any) -> list[Reading]:
        return possible(*given)[:1]

    possible = judgement._possible
    monkeypatch.setattr(judgement, "_possible", first)
    with pytest.raises(AssertionError):
        test_figures.test_an_hourly_party_behind_two_zones((1, 0, 0, 0), None)
