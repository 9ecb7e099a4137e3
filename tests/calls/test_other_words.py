"""The same calls in other words, and other calls in the same."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.sip_settings.call_lists import read_calls
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.json_text import JsonValue

type Row = dict[str, Any]

BEGAN = datetime(2026, 11, 1)  # noqa: DTZ001 - as the server writes it
WINDOW = 20


def _row(number: int, **members: Any) -> Row:
    start = BEGAN + timedelta(minutes=37 * number, seconds=number * 7 % 60)
    return {
        "remoteParty": f"0031{number % 9:09}@example.com",
        "startTime": str(start),
        "stopTime": str(start),
        "duration": 0,
        "status": 487,
        **members,
    }


def _told(lists: Sequence[list[Row]], *, restart: bool) -> tuple[int, int]:
    """Return how many calls are told of, and how many of them with a mark."""
    log, told, marked = CallLog(), 0, 0
    context = Context(read_at=datetime(2026, 11, 27, tzinfo=UTC), account_zone=UTC)
    for at, rows in enumerate(lists):
        since = None if restart or not at else 60
        answer: JsonValue = {"received": [*rows], "placed": []}
        calls = read_calls(answer, context) or ()
        for call in log.look(calls, since, since):
            told += 1
            marked += log.may_be_told(call)
            log.see(call)
        if restart:
            log = CallLog.from_stored(log.as_stored())
    return told, marked


def _growing(*ways: Callable[[Row], Row]) -> list[list[Row]]:
    """Return lists that grow by a call each, written in turn in several ways."""
    rows = [_row(number) for number in range(WINDOW + 19)]
    return [
        [ways[at % len(ways)](row) for row in rows[: WINDOW + at]] for at in range(20)
    ]


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("window", [1, 5, WINDOW])
@pytest.mark.parametrize(
    "session",
    [
        lambda _number: "0",
        lambda number: f"device {number % 9}",
        lambda number: "x" * 256 + str(number),
        lambda number: f"session {number}",
    ],
    ids=["one", "one for each party", "alike at first", "each its own"],
)
def test_session_ids(session: Callable[[int], str], window: int, restart: bool) -> None:
    """Where they name no session, no call is lost; nothing is told of twice."""
    rows = [_row(number, sessionId=session(number)) for number in range(60)]
    lists = [rows[max(0, at - window) : at] for at in range(WINDOW, 61)]
    assert _told(lists, restart=restart) == (40, 0)


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("suffix", ["T", ".000", "Z", "+00:00", "T.5+0100"])
def test_start_in_another_spelling(suffix: str, *, restart: bool) -> None:
    """It is the same moment."""

    def otherwise(row: Row) -> Row:
        start = row["startTime"]
        if suffix.startswith("T"):
            start = start.replace(" ", "T")
        start += suffix.removeprefix("T")
        return row | {"startTime": start, "stopTime": start}

    assert _told(_growing(otherwise, dict), restart=restart) == (19, 0)
    once = [*_growing(dict)[:2], *_growing(otherwise)[2:]]
    assert _told(once, restart=restart) == (19, 0)


@pytest.mark.parametrize(
    "spelled",
    [
        lambda party: party.replace("0031", "+31", 1),
        lambda party: f"{party}:5060",
        lambda party: party.partition("@")[0],
    ],
)
def test_party_in_another_spelling(spelled: Callable[[str], str]) -> None:
    """Where another party stood at the same moment, it may be the same call."""

    def otherwise(row: Row) -> Row:
        return row | {"remoteParty": spelled(row["remoteParty"])}

    told, marked = _told(_growing(dict, otherwise), restart=False)
    assert told - marked == 19
