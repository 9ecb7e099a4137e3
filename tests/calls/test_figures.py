"""What 0.1.0 was caught at, with the figures it had then."""

from datetime import timedelta
import random

import pytest

from .lists import MORNING, Home, hourly, people, row


@pytest.mark.parametrize("hours", [15, 16, 20, 25])
@pytest.mark.parametrize("at_most", [30, 50])
def test_an_hourly_party_while_home_was_down(hours: int, at_most: int) -> None:
    """0 of 15, 16, 20, 25: the whole list is the old one, moved by so many hours."""
    home = Home()
    home.look(hourly(0, 60)[-at_most:])
    home.restart()
    assert home.look(hourly(0, 60 + hours)[-at_most:]) == hours
    assert home.look(hourly(0, 60 + hours)[-at_most:]) == 0


@pytest.mark.parametrize("window", [1, 2, 3, 5])
def test_an_hourly_party_in_a_short_list(window: int) -> None:
    """1 of 4 where only the last call is listed."""
    home = Home()
    home.look(hourly(0, 1))
    for hour in range(2, 6):
        assert home.look(hourly(0, hour)[-window:]) == 1
        assert home.look(hourly(0, hour)[-window:]) == 0


def test_two_zones_by_turns() -> None:
    """31 of 34, and 240 saves at 240 polls."""
    home = Home()
    chance = random.Random(1)
    calls = 20
    home.look(people(calls))
    for poll in range(240):
        if poll % 7 == 6:
            calls += 1
        zone = chance.choice([0, 2])
        home.look(people(calls, zone=zone)[-30:])
    assert len(home.told) == calls - 20 == 34
    assert not home.perhaps
    # One for each call, one for the first look, and one for the second zone.
    assert home.saves <= 36


@pytest.mark.parametrize("seed", range(5))
def test_tags_that_come_and_go(seed: int) -> None:
    """31 doubled: the session id identifies, whatever the tag."""
    home = Home()
    chance = random.Random(seed)
    for poll in range(120):
        tag = chance.choice(["", "a1"])
        home.look(
            person | {"sessionId": f"s{number}", "fromTag": tag and f"{tag}{number}"}
            for number, person in enumerate(people(1 + poll // 4))
        )
    assert len(home.told) == 29
    assert home.saves <= 29 * 2 + 2


def test_two_rows_of_one_session() -> None:
    """A call that was forked is as many calls as rows stand in one answer."""
    home = Home()
    home.look([])
    first = row(MORNING, sessionId="s", fromTag="a")
    second = row(MORNING, sessionId="s", fromTag="b")
    assert home.look([first]) == 1
    assert home.look([first, second]) == 1
    assert home.look([second, first]) == 0
    assert home.look([first | {"fromTag": ""}, second | {"fromTag": ""}]) == 0
    assert home.look([second]) == 0


def test_ten_thousand_calls() -> None:
    """9,600 new ones at the second look."""
    home = Home()
    many = [
        row(MORNING + timedelta(seconds=61 * number), f"sip:{number % 700}@example.net")
        for number in range(10_000)
    ]
    assert home.look(many) == 0
    home.restart()
    assert home.look(many) == 0
    assert home.look([*many, row(MORNING + timedelta(days=9))]) == 1


def test_a_zone_that_is_changed() -> None:
    """A list that is moved as a whole is the same list: nothing is told."""
    for zone in (-12, -6, -2, -1, 1, 2, 6, 9):
        home = Home()
        home.look(people(40))
        home.restart()
        assert home.look(people(40, zone=zone)) == 0
        assert home.look(people(41, zone=zone)[-40:]) == 1
        assert not home.perhaps
