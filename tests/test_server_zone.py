"""The zone of the server's times, learned from calls that appear between two polls."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.sip_account.server_zone import ServerZone, evidence

NAMES = (
    "Europe/Berlin",
    "UTC",
    "Europe/Amsterdam",
    "Europe/London",
    "America/New_York",
    "America/Bogota",
    "Atlantic/Azores",
    "Atlantic/Cape_Verde",
    "Asia/Kathmandu",
    "Asia/Kolkata",
)
SERVERS = ("America/New_York", "UTC", "Asia/Kathmandu")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def _teach(
    known: ServerZone,
    ended: datetime,
    zone: str,
    *,
    late: float = 0,
    duration: int = 0,
) -> ServerZone:
    """Tell of a call that ended at a time, some minutes late, by a poll each minute."""
    told = ended + timedelta(minutes=late)
    since = told - timedelta(seconds=20)
    length = timedelta(seconds=duration)
    started = (ended - length).astimezone(ZoneInfo(zone))
    written = started.strftime("%Y-%m-%d %H:%M:%S")
    call = evidence(written, length, since, since + timedelta(seconds=61))
    assert call is not None
    return known.taught(call, NAMES, ZoneInfo)


def _learned(zone: str, first: datetime = NOON) -> ServerZone:
    known = ServerZone()
    for hours in (0, 5, 24):
        known = _teach(known, first + timedelta(hours=hours, minutes=hours), zone)
    return known


@pytest.mark.parametrize("zone", SERVERS)
def test_three_calls_on_two_days(zone: str) -> None:
    """Neither two calls, nor three on one day, but three on two."""
    known = ServerZone()
    for hours in (0, 1, 2):
        known = _teach(known, NOON + timedelta(hours=hours), zone)
        assert known.zone is None
    assert _teach(known, NOON + timedelta(days=1), zone).zone == zone
    two = _teach(_teach(ServerZone(), NOON, zone), NOON + timedelta(days=1), zone)
    assert two.zone is None


@pytest.mark.parametrize("zone", [*SERVERS, "Europe/Amsterdam"])
@pytest.mark.parametrize(
    "change",
    [
        datetime(2026, 3, 8, 7, tzinfo=UTC),
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC),
        datetime(2026, 11, 1, 6, tzinfo=UTC),
    ],
)
def test_summer_time(zone: str, change: datetime) -> None:
    """Calls before, in and after the hour of a change are all of one zone."""
    known = _learned(zone, change - timedelta(days=4))
    learned = known.zone
    for minutes in range(-180, 181, 7):
        known = _teach(known, change + timedelta(minutes=minutes), zone, duration=3600)
        assert known.zone is not None
    if zone in SERVERS:
        assert (learned, known.zone) == (zone, zone)


def test_zone_that_fitted_in_winter() -> None:
    """In winter London is UTC; in summer all calls together tell which one it is."""
    known = _learned("Europe/London")
    assert known.zone == "UTC"
    known = _teach(known, NOON + timedelta(days=60), "Europe/London")
    assert known.zone == "Europe/London"


@given(
    zone=st.sampled_from(SERVERS),
    late=st.sampled_from([5, 10, 70]),
    hours=st.lists(st.integers(1, 30), min_size=3, max_size=12),
    duration=st.integers(0, 4000),
)
def test_lag(zone: str, late: int, hours: list[int], duration: int) -> None:
    """A back end that always lags teaches nothing, and takes back nothing."""
    known, right, ended = ServerZone(), _learned(zone), NOON + timedelta(days=3)
    for step in hours:
        ended += timedelta(hours=step)
        known = _teach(known, ended, zone, late=late, duration=duration)
        right = _teach(right, ended, zone, late=late, duration=duration)
        assert known == ServerZone()
        assert right.zone == zone


@given(lags=st.lists(st.integers(0, 60), min_size=3, max_size=30))
def test_hourly_batch(lags: list[int]) -> None:
    """Calls that are told by the hour teach a wrong zone only if all lag an hour."""
    known, told = ServerZone(), NOON
    for lag in lags:
        told += timedelta(hours=9)
        ended = told - timedelta(minutes=lag)
        known = _teach(known, ended, "Europe/Amsterdam", late=lag)
        if lag < 50:
            # It can be no other than the right one, or a name of the same offset.
            assert known.zone in (None, "Europe/Amsterdam", "Europe/Berlin")


def test_call_that_ends_after_it_was_told() -> None:
    """A zone that was learned of a constant hour's lag ends with a quicker call."""
    known = ServerZone()
    for hours in (0, 5, 30):
        ended = NOON + timedelta(hours=hours)
        known = _teach(known, ended, "Europe/London", late=60)
    assert known.zone is not None
    known = _teach(known, NOON + timedelta(hours=33), "Europe/London", late=25)
    assert known == ServerZone()


def test_server_that_moves() -> None:
    """A zone is dropped at the first call that fits another, and that is learned."""
    known = _learned("America/New_York")
    later = NOON + timedelta(days=3)
    known = _teach(known, later, "Asia/Kathmandu")
    assert (known.zone, len(known.calls)) == (None, 1)
    for hours in (1, 30):
        known = _teach(known, later + timedelta(hours=hours), "Asia/Kathmandu")
    assert known.zone == "Asia/Kathmandu"


def test_next_call_on() -> None:
    """Steps begin after what was listed; the account's own zone is no step."""
    known = _learned("UTC").begun("2026-03-03 12:24:00", "Europe/Amsterdam")
    assert [(step.after, step.zone) for step in known.steps] == [
        ("2026-03-03 12:24:00", "UTC")
    ]
    assert known.begun("2026-03-04 00:00:00", "Europe/Amsterdam") == known
    assert _learned("UTC").begun("2026-03-03 12:24:00", "UTC").steps == ()


def test_stored() -> None:
    """What is kept is read again; anything else begins anew."""
    known = _learned("UTC").begun("2026-03-03 12:24:00", None)
    assert ServerZone.from_stored(known.as_stored()) == known
    bad: list[Any] = [None, [], {"zone": "UTC"}, known.as_stored() | {"calls": [["x"]]}]
    for damaged in bad:
        assert ServerZone.from_stored(damaged) == ServerZone()


def test_no_time() -> None:
    """What is no time, or tells its zone, is no evidence."""
    for text in ("", "x", "2026-03-03 12:24:00+01:00"):
        assert evidence(text, timedelta(), NOON, NOON) is None


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
@pytest.mark.parametrize(
    ("after", "fits", "ahead"),
    [
        (-(4 * 60) - 1, False, False),
        (-(4 * 60), True, False),
        (0, True, False),
        (60 + 61, True, False),
        (60 + 62, False, True),
    ],
)
def test_minute_of_a_call(zone: str, after: int, fits: bool, ahead: bool) -> None:
    """It ended four minutes before the polls between which it appeared, at most.

    And a minute after them, since clocks differ.
    """
    length = timedelta(seconds=90)
    ended = NOON + timedelta(seconds=after)
    written = f"{(ended - length).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"
    call = evidence(written, length, NOON, NOON + timedelta(seconds=61))
    assert call is not None
    assert call.fits(ZoneInfo(zone)) is fits
    assert call.is_ahead(ZoneInfo(zone)) is ahead


def test_what_is_kept() -> None:
    """Twelve calls, the newest, and four steps."""
    known = ServerZone()
    for hours in range(13):
        known = _teach(known, NOON + timedelta(hours=hours), "Asia/Kathmandu")
    assert len(known.calls) == 12
    assert known.calls[0].until == int((NOON + timedelta(hours=1)).timestamp()) + 41
    for day in range(1, 7):
        known = replace(known, zone=NAMES[day]).begun(f"2026-03-0{day}", None)
    assert [(step.after, step.zone) for step in known.steps] == [
        (f"2026-03-0{day}", NAMES[day]) for day in range(3, 7)
    ]


def test_back_to_what_the_server_says() -> None:
    """A zone that is lost ends with a step of its own; none begins without a zone."""
    known = _learned("UTC").begun("2026-03-03", None)
    lost = replace(known, zone=None).begun("2026-03-04", None)
    assert [(step.after, step.zone) for step in lost.steps] == [
        ("2026-03-03", "UTC"),
        ("2026-03-04", None),
    ]
    assert ServerZone().begun("2026-03-04", None) == ServerZone()


def test_midnight() -> None:
    """Days are those of UTC, and end at midnight."""
    known = ServerZone()
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    for seconds in (-7200, -3600, -42):
        known = _teach(known, midnight + timedelta(seconds=seconds), "Asia/Kolkata")
    assert (known.days, known.zone) == (1, None)
    known = _teach(known, midnight - timedelta(seconds=41), "Asia/Kolkata")
    assert (known.days, known.zone) == (2, "Asia/Kolkata")


def test_hour_that_never_was() -> None:
    """A time that the clock of a zone has left out was not written there."""
    length, late = timedelta(), timedelta(seconds=20)
    for zone, fits in (("Europe/Berlin", False), ("Asia/Tokyo", True)):
        began = datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo(zone))
        told = began.astimezone(UTC) + late
        call = evidence("2026-03-29 02:30:00", length, told - 2 * late, told)
        assert call is not None
        assert call.fits(ZoneInfo(zone)) is fits


@pytest.mark.parametrize(
    ("written", "ended", "fits"),
    [
        # Two o'clock was left out in March, and was twice in October.
        ("2026-03-29 02:30:00", (2026, 3, 29, 0, 30), False),
        ("2026-03-29 02:30:00", (2026, 3, 29, 1, 30), False),
        ("2026-03-29 03:30:00", (2026, 3, 29, 1, 30), True),
        ("2026-10-25 02:30:00", (2026, 10, 24, 23, 30), False),
        ("2026-10-25 02:30:00", (2026, 10, 25, 0, 30), True),
        ("2026-10-25 02:30:00", (2026, 10, 25, 1, 30), True),
        ("2026-10-25 02:30:00", (2026, 10, 25, 2, 30), False),
    ],
)
def test_hour_that_was_twice(
    written: str, ended: tuple[int, int, int, int, int], *, fits: bool
) -> None:
    """Either of both is believed, and neither an hour before nor one after."""
    told = datetime(*ended, tzinfo=UTC)
    polls = told - timedelta(seconds=20), told + timedelta(seconds=20)
    call = evidence(written, timedelta(), *polls)
    assert call is not None
    assert call.fits(ZoneInfo("Europe/Berlin")) is fits


def test_three_calls_on_three_days() -> None:
    """More days than are needed teach as well."""
    known = ServerZone()
    for day in range(3):
        assert known.zone is None
        known = _teach(known, NOON + timedelta(days=day), "Asia/Kathmandu")
    assert (known.days, known.zone) == (3, "Asia/Kathmandu")


def test_late_before_anything_is_known() -> None:
    """A call that was told late takes back what too few calls have taught."""
    known = ServerZone()
    for day in range(2):
        known = _teach(known, NOON + timedelta(days=day), "Asia/Kathmandu")
    assert len(known.calls) == 2
    late = _teach(known, NOON + timedelta(days=2), "Asia/Kathmandu", late=10)
    assert late == ServerZone()
    # Where a zone is known it says nothing, and is not kept.
    right = _learned("Asia/Kathmandu")
    assert _teach(right, NOON + timedelta(days=3), "Asia/Kathmandu", late=10) == right


def test_the_last_step_counts() -> None:
    """It goes on with the zone of the last, and begins one where that is another."""
    known = ServerZone()
    for day, zone in enumerate(SERVERS, 1):
        known = replace(known, zone=zone).begun(f"2026-03-0{day}", "Europe/London")
    assert [step.zone for step in known.steps] == list(SERVERS)
    same = replace(known, zone="".join(SERVERS[-1]))
    assert same.begun("2026-03-09", "Europe/London") == known
    for zone in SERVERS[:-1]:
        other = replace(known, zone=zone).begun("2026-03-09", "Europe/London")
        assert [step.zone for step in other.steps] == [*SERVERS, zone]
    own = "utc".upper()
    assert replace(ServerZone(), zone="UTC").begun("2026-03-09", own).steps == ()
    assert replace(ServerZone(), zone="UTC").begun("2026-03-09", "Zulu").steps
    back = replace(known, zone="Zulu").begun("2026-03-09", "Zulu")
    assert back.steps[-1].zone is None
