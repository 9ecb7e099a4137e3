"""A list of which something is not understood is no whole list."""

from datetime import timedelta

from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.calls.readings import Odd, Readings
from custom_components.sip_account.calls.rows import Listed
from custom_components.sip_account.sip_settings.json_text import JsonValue

from .lists import MORNING, hourly, people, read_and_count, row

CAROL = row(MORNING + timedelta(hours=4, minutes=31), "sip:carol@example.com")
DAVE = row(MORNING + timedelta(hours=5, minutes=37), "sip:dave@example.com")
ODD = CAROL | {"duration": [7]}


def _look(log: CallLog, received: list[JsonValue]) -> list[str]:
    calls, odd = read_and_count({"placed": None, "received": received})
    new = log.look(calls, odd=odd)
    for call in new:
        log.see(call)
    return [call.started_text for call in new]


def _agrees(then: list[JsonValue], now: list[JsonValue], odd: Odd) -> bool:
    """Whether two lists can be of one zone."""
    before, _ = read_and_count({"placed": None, "received": then})
    after, _ = read_and_count({"placed": None, "received": now})
    seen = [Listed.of(call).row for call in before]
    listed = [Listed.of(call) for call in after]
    return Readings(seen, listed, {}, set(range(len(seen))), odd).under(0).agrees


def test_as_many_may_be_missing() -> None:
    """One that was listed may be the odd one now, or the other way round; no more."""
    one, two = Odd({"incoming": 1}, {}), Odd({}, {"incoming": 1})
    none = Odd({}, {})
    whole: list[JsonValue] = [*hourly(0, 10), CAROL]
    part: list[JsonValue] = [*hourly(0, 10), ODD]
    assert _agrees(whole, part, one)
    assert not _agrees(whole, part, none)
    assert not _agrees(whole, part, two)
    assert not _agrees([*whole, DAVE], part, one)
    assert _agrees(part, whole, two)
    assert not _agrees(part, whole, none)
    assert not _agrees(part, whole, one)
    assert not _agrees(part, [*whole, DAVE], two)


def test_told_when_it_is_understood() -> None:
    """Once, whether it was known before or not."""
    log = CallLog()
    assert _look(log, [*hourly(0, 10)]) == []
    assert _look(log, [*hourly(0, 10), ODD]) == []
    assert _look(log, [*hourly(1, 11), CAROL]) == [
        str(CAROL["date"]),
        f"{MORNING + timedelta(hours=10, seconds=7)}",
    ]
    for _ in range(2):
        assert _look(log, [*hourly(1, 11), ODD]) == []
        assert _look(log, [*hourly(1, 11), CAROL]) == []


def test_it_is_kept() -> None:
    """What was odd at the last look is known after a restart; 0.1.0 reads the rest."""
    log = CallLog()
    _look(log, [*people(5), ODD])
    stored = log.as_stored()
    assert stored["odd"] == {"incoming": 1}
    assert CallLog.from_stored(stored).as_stored() == stored
    del stored["odd"]
    assert CallLog.from_stored(stored).as_stored()["odd"] == {}


def test_a_side_that_tells_nothing() -> None:
    """Where nothing of a side has ended, what was odd at its own last look stays."""
    log = CallLog()
    _look(log, [*people(5), ODD])
    calls, odd = read_and_count(
        {"placed": [row(MORNING, "sip:dave@example.com")], "received": None}
    )
    for call in log.look(calls, odd=odd):
        log.see(call)
    assert log.as_stored()["odd"] == {"incoming": 1}
