"""Lists of calls as servers write them, and a home that looks at them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import json
from typing import Any

from custom_components.sip_account.calls.log import CallLog
from custom_components.sip_account.sip_settings import Call
from custom_components.sip_account.sip_settings.call_lists import read_calls
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.json_text import JsonValue

MORNING = datetime(2026, 10, 20, 8)  # noqa: DTZ001 - as the server writes it
ALARM = "sip:0031208005161@example.com"


def row(started: datetime, party: str = ALARM, **members: Any) -> dict[str, Any]:
    """Write one received call; without status and duration given it was missed."""
    return {
        "remoteParty": party,
        "duration": 0,
        "status": 487,
        "date": f"{started:%Y-%m-%d %H:%M:%S}",
    } | members


def hourly(first: int, end: int) -> list[dict[str, Any]]:
    """Write the test calls of an alarm system, one on the same second of each hour."""
    return [
        row(MORNING + timedelta(hours=hour, seconds=7)) for hour in range(first, end)
    ]


def people(count: int, *, zone: int = 0, minutes: int = 37) -> list[dict[str, Any]]:
    """Write calls of people, no two alike, in a zone that is hours ahead."""
    return [
        row(
            MORNING + timedelta(hours=zone, minutes=minutes * number, seconds=number),
            f"sip:caller{number}@example.net",
        )
        for number in range(count)
    ]


def read(received: Iterable[dict[str, Any]]) -> tuple[Call, ...]:
    """Read one side as the client does."""
    return read_sides({"placed": None, "received": list(received) or None})


def read_sides(answer: JsonValue) -> tuple[Call, ...]:
    """Read both sides as the client does."""
    return read_and_count(answer)[0]


def read_and_count(answer: JsonValue) -> tuple[tuple[Call, ...], Counter[str]]:
    """Read both sides, and count what is not understood on each."""
    context = Context(read_at=datetime(2026, 11, 1, tzinfo=UTC))
    return read_calls(answer, context) or (), context.odd


@dataclass
class Home:
    """Looks at lists, tells of calls, and keeps what it saw if there is anything."""

    log: CallLog = field(default_factory=CallLog)
    told: list[Call] = field(default_factory=list)
    perhaps: list[Call] = field(default_factory=list)
    saves: int = 0
    stored: str = "null"

    def look(self, received: Iterable[dict[str, Any]]) -> int:
        """Look at one side; return how many calls were told of."""
        return self.look_at(read(received))

    def look_at(self, calls: Iterable[Call]) -> int:
        """Look at calls; return how many were told of."""
        new = self.log.look(calls)
        for call in new:
            self.told.append(call)
            if getattr(self.log, "may_be_told", lambda _: False)(call):
                self.perhaps.append(call)
            self.log.see(call)
        if self.log.changed:
            self.log.changed = False
            self.saves += 1
            self.stored = json.dumps(self.log.as_stored())
        return len(new)

    def restart(self) -> None:
        """Stop, and start with what was kept."""
        self.log = CallLog.from_stored(json.loads(self.stored))
