"""When a transaction was: through its call, or as calls of that time are read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import BALANCE_HISTORY, CALLS
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.transactions import remembered
from demo import AccountBox
from tests.calls.lists import MORNING, read_sides, row

from .test_client import by_password

AMSTERDAM, NEW_YORK = ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/New_York")
BEGAN = datetime(2026, 6, 1, 10, 0, 7, tzinfo=UTC)
NOW = BEGAN + timedelta(days=1)


def _time(written: datetime, seconds: int = 60, **more: Any) -> datetime | None:
    """Read the line of a call that has lasted so long, in words of some zone."""
    line = {"date": f"{written:%Y-%m-%d %H:%M:%S}", "value": -1, "session": "s1"}
    ended = {"s1": BEGAN + timedelta(seconds=seconds)}
    context = replace(Context(read_at=NOW, account_zone=AMSTERDAM, ended=ended), **more)
    (transaction,) = BALANCE_HISTORY.read(json.loads(json.dumps([line])), context) or ()
    return transaction.time


@pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "UTC", "America/New_York", "Asia/Kathmandu"]
)
@pytest.mark.parametrize("seconds", [0, 60, 767, 3600, 40_000])
@pytest.mark.parametrize("late", [-20, 0, 2, 240])
def test_through_its_call(zone: str, seconds: int, late: int) -> None:
    """Whatever zone the data base writes in, at the call's end or soon after."""
    paid = BEGAN + timedelta(seconds=seconds + late)
    assert _time(paid.astimezone(ZoneInfo(zone)), seconds) == paid
    steps = (("2026", ZoneInfo("Asia/Tokyo")),)
    assert _time(paid.astimezone(ZoneInfo(zone)), seconds, steps=steps) == paid


def test_what_nothing_tells() -> None:
    """A line of no call, one that fits no zone, and one that is days late."""
    written = BEGAN.astimezone(NEW_YORK)
    as_claimed = written.replace(tzinfo=AMSTERDAM)
    assert _time(written, ended={}) == as_claimed
    for minutes in (8, 12, 3 * 24 * 60):
        late = timedelta(minutes=minutes)
        assert _time(written + late) == as_claimed + late


def test_by_the_learned_zone() -> None:
    """A line of no call is read as calls of its time are, and not before the step."""
    written = BEGAN.astimezone(NEW_YORK)
    steps: Any = (("2026-06-01", NEW_YORK),)
    assert _time(written, ended={}, steps=steps) == BEGAN
    later: Any = (("2026-06-02", NEW_YORK),)
    assert _time(written, ended={}, steps=later) == written.replace(tzinfo=AMSTERDAM)


def test_the_word_of_a_person() -> None:
    """The option wins over everything."""
    written = BEGAN.astimezone(NEW_YORK)
    assert _time(written, override=UTC) == written.replace(tzinfo=UTC)


async def test_the_client(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """The calls that were read tell it, in whichever order; also those gone since."""
    alice = box.accounts["alice@example.com"]
    client = by_password(box, session)

    async def in_new_york(exchange: Any) -> Any:
        answer = exchange.answer()
        if not answer.body.startswith(b"["):
            return answer
        lines = json.loads(answer.body)
        for line in lines:
            written = datetime.fromisoformat(line["date"]).replace(tzinfo=AMSTERDAM)
            line["date"] = f"{written.astimezone(NEW_YORK):%Y-%m-%d %H:%M:%S}"
        return type(answer)(json.dumps(lines).encode(), answer.status, answer.headers)

    calls = await client.read(CALLS) or ()
    right = await client.read(BALANCE_HISTORY) or ()
    known = {call.session_id for call in calls}
    assert any(line.session_id in known for line in right)
    client = by_password(box, session)
    box.faults.set("*", "*", in_new_york)
    wrong = await client.read(BALANCE_HISTORY) or ()
    await client.read(CALLS)
    alice.calls.clear()
    await client.read(CALLS)
    found = await client.read(BALANCE_HISTORY) or ()
    for was, before, now in zip(right, wrong, found, strict=True):
        assert was.time != before.time
        assert (now.time == was.time) == (now.session_id in known), now


@pytest.mark.parametrize("hours", [-14, 0, 14])
@pytest.mark.parametrize(
    ("late", "found"), [(-61, False), (-60, True), (300, True), (301, False)]
)
def test_how_late(hours: int, late: int, found: bool) -> None:
    """A minute early to five minutes late, in a zone of up to 14 hours."""
    paid = BEGAN + timedelta(seconds=60 + late)
    written = paid + timedelta(hours=hours)
    as_claimed = written.replace(tzinfo=AMSTERDAM)
    assert _time(written) == (paid if found else as_claimed)


@pytest.mark.parametrize("minutes", [14 * 60 + 15, -14 * 60 - 15])
def test_no_zone_so_far(minutes: int) -> None:
    """No zone is more than 14 hours away."""
    written = BEGAN + timedelta(seconds=60, minutes=minutes)
    assert _time(written) == written.replace(tzinfo=AMSTERDAM)


def test_remembered_calls() -> None:
    """400 are remembered: those that are listed, and of the others the latest."""
    (call, *_) = read_sides({"received": [row(MORNING, sessionId="s", duration=7)]})
    call = replace(call, started=BEGAN)
    listed = [replace(call, session_id=f"s{number}") for number in range(150)]
    before = {f"b{number}": NOW for number in range(300)}
    found = remembered([*listed, replace(call, session_id="")], before)
    assert len(found) == 400
    assert found["s149"] == BEGAN + timedelta(seconds=7)
    assert "b249" in found
    assert "b250" not in found
    assert remembered(listed, {"s0": NOW})["s0"] == BEGAN + timedelta(seconds=7)
    assert remembered([replace(call, started=None)], {}) == {}
    many = [replace(call, session_id=f"s{number}") for number in range(401)]
    assert len(remembered(many, before)) == 401
