"""In which zone does the server write the times of calls? Pure: no I/O but zones.

A call that newly appears between two polls ended between them. The end that the server
wrote, beside that minute, tells the server's offset; zones that fit every such call
are candidates (wire contract §2.4). Three calls on two days must agree.

Offsets differ by quarters of an hour, and what is believed is far narrower, so a back
end that lags by 5, 10 or 70 minutes fits no zone, or the right one. One that told
three calls on two days late by the same whole hour, to a few minutes, or by as many
quarters of an hour as lie between two zones (Nepal's and India's), could not be told
from a zone; the first call that it tells sooner would have ended after it was told,
which no call can, and ends it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Self

# A call is connected later than it starts, and its end told a little late (seconds).
_LATE = 4 * 60
_EARLY = 60
_CALLS = 3
_DAYS = 2
_DAY = 24 * 60 * 60
_KEPT = 12
_STEPS = 4

type LoadZone = Callable[[str], tzinfo | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A call as written: start, seconds; it ended from `since` to `until` (epoch)."""

    started: datetime
    duration: int
    since: int
    until: int

    def fits(self, zone: tzinfo) -> bool:
        """Whether the call ended in its minute if it was written in `zone`."""
        low, high = self.since - _LATE, self.until + _EARLY
        return any(low <= end <= high for end in self._ends(zone))

    def is_ahead(self, zone: tzinfo) -> bool:
        """Whether the call, written in `zone`, ended after it was told: it cannot."""
        high = self.until + _EARLY
        return all(end > high for end in self._ends(zone))

    def _ends(self, zone: tzinfo) -> list[float]:
        """Return when it can have ended: an hour is written twice, or never."""
        ends = []
        for fold in (0, 1):
            began = self.started.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            if began.astimezone(zone).replace(tzinfo=None) == self.started:
                ends.append(began.timestamp() + self.duration)
        return ends


@dataclass(frozen=True, slots=True)
class Step:
    """What calls written later than `after` are read in; None: as they claim."""

    after: str
    zone: str | None


@dataclass(frozen=True, slots=True)
class ServerZone:
    """What calls taught. `zone` fits them all, None before enough of them agree.

    `steps` tell from which call on it is used: those listed before keep their times.
    """

    zone: str | None = None
    calls: tuple[Evidence, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def days(self) -> int:
        """On how many days (of UTC) calls taught something."""
        return len({call.until // _DAY for call in self.calls})

    def taught(self, call: Evidence, names: Iterable[str], load: LoadZone) -> Self:
        """Return what is known with one more call; `names` are zones, best first.

        It reads the files of zones that were not read before: not for an event loop.
        """
        zone = load(self.zone) if self.zone else None
        calls = (*self.calls, call)[-_KEPT:]
        if zone and call.fits(zone):
            return replace(self, calls=calls)
        possible = [name for name in names if (it := load(name)) and call.fits(it)]
        if not possible:
            # It was told late: nothing against a zone that is known, but no beginning.
            if zone and not call.is_ahead(zone):
                return self
            return replace(self, zone=None, calls=())
        fitting = next(
            (
                name
                for name in possible
                if (it := load(name)) and all(each.fits(it) for each in calls)
            ),
            None,
        )
        if fitting is None:
            return replace(self, zone=None, calls=(call,))
        known = replace(self, zone=None, calls=calls)
        if len(calls) >= _CALLS and known.days >= _DAYS:
            return replace(known, zone=fitting)
        return known

    def begun(self, after: str, told: str | None) -> Self:
        """Return it used for calls after the one written last.

        Where the zone is the account's own, `told`, the server's word is taken.
        """
        zone = None if self.zone == told else self.zone
        current = self.steps[-1].zone if self.steps else None
        if zone == current:
            return self
        return replace(self, steps=(*self.steps, Step(after, zone))[-_STEPS:])

    def as_stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "zone": self.zone,
            "calls": [
                [call.started.isoformat(" "), call.duration, call.since, call.until]
                for call in self.calls
            ],
            "steps": [[step.after, step.zone] for step in self.steps],
        }

    @classmethod
    def from_stored(cls, stored: Any) -> Self:  # noqa: ANN401
        """Return what `as_stored` gave; begin anew where it is nothing of the kind."""
        try:
            return cls(
                stored["zone"],
                tuple(
                    Evidence(datetime.fromisoformat(started), *rest)
                    for started, *rest in stored["calls"]
                ),
                tuple(Step(*step) for step in stored["steps"]),
            )
        except KeyError, TypeError, ValueError:
            return cls()


def evidence(
    started_text: str, duration: timedelta, since: datetime, until: datetime
) -> Evidence | None:
    """Return what a call tells that appeared from `since` to `until`, if anything."""
    try:
        started = datetime.fromisoformat(started_text)
    except ValueError:
        return None
    if started.tzinfo is not None:
        return None
    seconds = int(duration.total_seconds())
    return Evidence(started, seconds, int(since.timestamp()), int(until.timestamp()))
