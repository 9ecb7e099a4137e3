"""Up to where a person had the calls of an account forgotten. Pure: no clock.

The server goes on listing them, by times of its own clock and in a zone that may not be
known: so the mark is the end of the newest call that it listed then, and not a time of
ours, after which the next call may seem to come too early.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from ..sip_settings import Call, Outcome


@dataclass(frozen=True, slots=True)
class Mark:
    """What is before it is taken from no list.

    `ids` are of the calls that were listed; of calls whose time is not known `written`
    tells up to where they are, in the server's words.
    """

    time: datetime | None = None
    written: str = ""
    ids: frozenset[str] = frozenset()

    @classmethod
    def after(cls, listed: Sequence[Call] | None, before: Mark, now: datetime) -> Self:
        """Return the mark behind all calls of a list that have ended.

        Where no list was read it is `now`, for want of anything better.
        """
        if listed is None:
            return cls(now, before.written, before.ids)
        ended = [call for call in listed if call.outcome is not Outcome.IN_PROGRESS]
        times = [end for call in ended if (end := _end(call))]
        return cls(
            max([*times, *([before.time] if before.time else [])], default=None),
            max([call.started_text for call in ended], default=before.written),
            frozenset(call.call_id for call in ended) or before.ids,
        )

    def hides(self, call: Call) -> bool:
        """Whether a call is before the mark; one that goes on never is."""
        if call.outcome is Outcome.IN_PROGRESS:
            return False
        if call.call_id in self.ids:
            return True
        if (end := _end(call)) is None:
            return call.started_text < self.written
        return self.time is not None and end < self.time

    def without(self, calls: Sequence[Call]) -> tuple[Call, ...]:
        """Return the calls that are not before the mark."""
        return tuple(call for call in calls if not self.hides(call))

    def as_stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "time": self.time and self.time.isoformat(),
            "written": self.written,
            "ids": sorted(self.ids),
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any] | None) -> Self:
        """Return what `as_stored` gave; None is no mark."""
        if stored is None:
            return cls()
        time = stored["time"]
        return cls(
            datetime.fromisoformat(time) if time else None,
            stored["written"],
            frozenset(stored["ids"]),
        )


def _end(call: Call) -> datetime | None:
    if call.started is None:
        return None
    try:
        return (call.started + call.duration).astimezone(UTC)
    except OverflowError:
        return None
