"""What 0.1.0 was caught at, with the figures it had then."""

from datetime import timedelta
import itertools
import json
import random
from typing import Any

import pytest

from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.calls.rows import digest

from .lists import MORNING, Home, hourly, people, read, row


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


@pytest.mark.parametrize("calls", range(6))
@pytest.mark.parametrize("hours", [1, 2])
def test_two_zones_from_the_first_calls_on(calls: int, hours: int) -> None:
    """A list of few people is learned to be moved, once there are three of them."""
    home = Home()
    chance = random.Random(1)
    first = calls
    home.look(people(calls))
    for poll in range(240):
        if poll % 7 == 6:
            calls += 1
        home.look(people(calls, zone=chance.choice([0, hours]))[-30:])
    assert len(home.told) - len(home.perhaps) == calls - first == 34
    assert len(home.perhaps) <= (11 if first < 2 else 5 if first < 3 else 0)


@pytest.mark.parametrize("zone", [-1, -2, -3, -4, 2])
def test_session_ids_show_the_zone(zone: int) -> None:
    """Those calls that have a session tell in which zone all the others are written."""

    def listed(first: int, zone: int) -> list[dict[str, Any]]:
        return [
            row(
                MORNING + timedelta(hours=hour + zone),
                displayName=f"a{hour}",
                sessionId="" if hour % 2 else f"s{hour}",
            )
            for hour in range(first, first + 30)
        ]

    home = Home()
    home.look(listed(0, 0))
    home.look(listed(4, zone))
    assert [call.name for call in home.told] == ["a30", "a31", "a32", "a33"]


@pytest.mark.parametrize("zones", itertools.product((0, 1), repeat=4))
@pytest.mark.parametrize("person", [None, 1, 2, 3])
def test_an_hourly_party_behind_two_zones(
    zones: tuple[int, ...], person: int | None
) -> None:
    """The third call was lost, and the first told again: each is told of by itself."""
    home = Home()
    home.look(hourly(1, 2))
    for hour, zone in enumerate(zones, 2):
        calls = [
            row(MORNING + timedelta(hours=at + zone, seconds=7), displayName=f"a{at}")
            for at in range(1, hour + 1)
        ]
        if person is not None and person <= hour:
            started = MORNING + timedelta(hours=person + zone, seconds=617)
            calls.append(row(started, "sip:erin@example.net", displayName="erin"))
        home.look(calls)
        assert home.look(calls) == 0
    due = {f"a{hour}" for hour in range(2, len(zones) + 2)}
    assert due <= {call.name for call in home.told}
    certain = [call for call in home.told if call not in home.perhaps]
    assert len(certain) == len({call.name for call in certain})


@pytest.mark.parametrize("down", [1, 2, 5])
@pytest.mark.parametrize("person", [None, 3, 25])
def test_an_hourly_party_written_an_hour_earlier(person: int | None, down: int) -> None:
    """A call was lost: the zone of an hour before was outvoted, or not looked at."""

    def listed(end: int, hours: int) -> list[dict[str, Any]]:
        rows = [row(MORNING + timedelta(hours=at + hours)) for at in range(1, end + 1)]
        if person is not None:
            started = MORNING + timedelta(hours=person + hours, seconds=700)
            rows.insert(person, row(started, "sip:erin@example.net"))
        return rows

    home = Home()
    home.look(listed(30, 0))
    home.restart()
    now = listed(30 + down, -1)
    home.look(now)
    told = {call.started_text for call in home.told}
    assert told >= {one["date"] for one in now[-down:]}
    assert len(home.told) == len(home.perhaps)
    assert home.look(now) == 0


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


def test_an_hourly_party_that_is_watched() -> None:
    """What is seen to begin between two polls is new for certain: it has no mark."""
    log = CallLog()
    assert log.look(read(hourly(0, 5))) == []
    marks = []
    for hour in range(5, 12):
        for minute in range(0, 60, 2):
            for call in log.look(read(hourly(0, hour + 1)), 120, 120):
                marks.append((minute, log.may_be_told(call)))
                log.see(call)
    # By the first one the server's clock is read; the others are measured by it.
    assert marks == [(0, True)] + [(0, False)] * 6


def test_calls_of_people() -> None:
    """Who calls now and then is never told of with a mark, after no outage either."""
    home = Home()
    home.look(people(3))
    for count in range(4, 50, 3):
        home.restart()
        assert home.look(people(count)[-10:]) == min(3, count - 3)
    assert not home.perhaps


def _kept_by_0_1_0(listed: list[dict[str, Any]], tag: str) -> list[list[str]]:
    return [
        [
            "incoming",
            digest(one["remoteParty"][4:]),
            one["date"],
            digest(f"s{at}|{tag}"),
        ]
        for at, one in enumerate(listed)
    ]


def _with_sessions(listed: list[dict[str, Any]], tag: str) -> list[dict[str, Any]]:
    return [
        one | {"sessionId": f"s{at}", "fromTag": tag} for at, one in enumerate(listed)
    ]


@pytest.mark.parametrize("tag", ["", "a"])
@pytest.mark.parametrize("tag_then", ["", "a"])
@pytest.mark.parametrize("zone", [0, 2])
def test_a_home_of_0_1_0(tag_then: str, tag: str, zone: int) -> None:
    """50 calls told again: what 0.1.0 kept of `session|tag` is known at the first look.

    And 0.1.0 finds its rows in what is kept now.
    """
    rows = _kept_by_0_1_0(people(50), tag_then)
    home = Home(stored=json.dumps({"rows": rows}))
    home.restart()
    now = _with_sessions(people(51, zone=zone), tag)
    assert home.look(now) == 1
    assert home.look(now) == 0
    kept = json.loads(home.stored)["rows"]
    assert {tuple(row[:3]) for row in rows} <= {tuple(row[:3]) for row in kept}
    if tag in {tag_then, ""}:
        assert {row[3] for row in rows} <= {row[3] for row in kept}


@pytest.mark.parametrize(("tag_then", "tag"), [("", "a"), ("a", "a"), ("", "")])
def test_an_hourly_party_in_a_home_of_0_1_0(tag_then: str, tag: str) -> None:
    """Sessions are known though their tags came since, and the zone was moved."""
    rows = _kept_by_0_1_0(hourly(0, 30), tag_then)
    home = Home(stored=json.dumps({"rows": rows}))
    home.restart()
    assert home.look(_with_sessions(hourly(2, 33), tag)) == 1


@pytest.mark.parametrize("hours", [-2, -1, 1, 2])
@pytest.mark.parametrize("new", [1, 2, 3, 5])
@pytest.mark.parametrize("seed", range(3))
def test_a_full_list_in_another_zone(hours: int, new: int, seed: int) -> None:
    """Each was lost in one direction: 20 of 20, and one told again in the other.

    The list is cut at its limit, so that what it holds after the change was there in
    the same words before; but a call that has ended becomes no shorter.
    """
    chance = random.Random(seed)
    lasted = [chance.choice([0, chance.randint(20, 400)]) for _ in range(30 + new)]

    def listed(end: int, zone: int = 0) -> list[dict[str, Any]]:
        calls = [
            row(
                MORNING + timedelta(hours=hour + zone, seconds=7),
                duration=seconds,
                status=200 if seconds else 487,
            )
            for hour, seconds in enumerate(lasted[:end])
        ]
        return calls[-20:][::-1]

    home = Home()
    for end in range(27, 31):
        home.look(listed(end))
    assert home.look(listed(30 + new, hours)) == new
    assert home.look(listed(30 + new, hours)) == 0
