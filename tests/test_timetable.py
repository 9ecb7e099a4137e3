"""Polls of many accounts do not come at once."""

from datetime import timedelta
from itertools import pairwise
import random

import pytest

from custom_components.sip_account.polling.timetable import Poll, Timetable, Turn

ACTIVITY, SETTINGS = Poll(timedelta(seconds=60), 2), Poll(timedelta(minutes=15), 10)


def _requests(turns: list[Turn]) -> list[int]:
    """Return how many requests are sent in each second of two hours."""
    sent = [0] * 7200
    for turn in turns:
        for second in range(turn.second, len(sent), turn.interval):
            sent[second] += turn.requests
    return sent


@pytest.fixture(autouse=True)
def _same_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let chance choose alike in each run: one in fifty meets 14 requests, not 12."""
    monkeypatch.setattr(random, "random", random.Random(20).random)


@pytest.mark.parametrize("accounts", [100, 250])
def test_many_accounts(accounts: int) -> None:
    """In no second are there more than three times as many requests as on average."""
    table = Timetable()
    turns = [turn for _ in range(accounts) for turn in table.take(ACTIVITY, SETTINGS)]
    sent = _requests(turns)
    mean = sum(sent) / len(sent)
    assert max(sent) <= 3 * mean
    # Wherever a second is thought to begin.
    assert max(map(sum, pairwise(sent))) <= 3 * mean


def test_few_accounts() -> None:
    """Not two of them meet."""
    table = Timetable()
    polls = [Poll(poll.interval, 1) for poll in (ACTIVITY, SETTINGS)]
    turns = [turn for _ in range(10) for turn in table.take(*polls)]
    assert max(_requests(turns)) == 1


@pytest.mark.parametrize("seconds", [30, 60, 300, 900])
@pytest.mark.parametrize("minutes", [15, 60])
def test_right_after(seconds: int, minutes: int) -> None:
    """Settings are read over the connection of the calls, while it is kept."""
    table = Timetable()
    polls = Poll(timedelta(seconds=seconds), 2), Poll(timedelta(minutes=minutes), 10)
    for _ in range(10):
        activity, settings = table.take(*polls)
        assert (settings.second - activity.second) % seconds in {2, 3, 4}


def test_not_after_what_does_not_fit() -> None:
    """Where the turns of one are not turns of the other, each has the best there is."""
    table = Timetable()
    polls = Poll(timedelta(minutes=7), 2), SETTINGS
    turns = [turn for _ in range(20) for turn in table.take(*polls)]
    assert max(_requests(turns)) <= 14


@pytest.mark.parametrize("minutes", [0.5, 7, 15, 60, 24 * 60])
def test_wait(minutes: float) -> None:
    """The next turn is at its second, at most an interval from now."""
    interval = timedelta(minutes=minutes)
    _, turn = Timetable().take(ACTIVITY, Poll(interval, 10))
    for now in (0, 1000.4, 123_456.9):
        wait = turn.wait(now)
        assert timedelta(seconds=1) < wait <= interval + timedelta(seconds=1)
        then = int(now) + wait.total_seconds()
        assert then % interval.total_seconds() == turn.second


def test_a_timer_comes_early() -> None:
    """A poll that began a little before its turn has had it: none comes right after."""
    turn, _ = Timetable().take(ACTIVITY, SETTINGS)
    for early in (0.0, 0.1, 0.9):
        assert turn.wait(600 + turn.second - early) >= ACTIVITY.interval


def test_given_back() -> None:
    """Who is gone is in nobody's way."""
    table = Timetable()
    turns = [turn for _ in range(70) for turn in table.take(ACTIVITY, SETTINGS)]
    assert table
    for turn in turns:
        table.give_back(turn)
    assert not table
