"""How often one caller was missed within some minutes. Pure.

What is asked is the account's own list of calls, so that nothing has to be remembered:
a restart or a reload between the second call and the third one changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..sip_settings import Call

# The newest that are looked at for each call that is told of; servers list 50.
_OF_LATE = 100


@dataclass(slots=True)
class MissedOfLate:
    """The newest missed calls of a list, found once for each list."""

    _listed: Sequence[Call] | None = None
    _found: list[Call] = field(default_factory=list)

    def of(self, calls: Sequence[Call]) -> list[Call]:
        """Return those that have a time and a caller, the oldest first."""
        if calls is not self._listed:
            missed = [
                (call.started, call.call_id, call)
                for call in calls
                if call.missed and call.started and call.party
            ]
            missed.sort(key=lambda one: one[:2])
            self._listed = calls
            self._found = [call for _, _, call in missed[-_OF_LATE:]]
        return self._found


def completes(
    call_id: str,
    calls: Sequence[Call],
    is_same: Callable[[str], object],
    *,
    count: int,
    within: timedelta,
) -> bool:
    """Whether a missed call is the last of `count` that came `within` some time.

    Those that have led to a run are used up: of six calls in a row the third and the
    sixth complete three. `is_same` tells whether a party is the caller. A call without
    a time is one of its own. `calls` are `MissedOfLate`.
    """
    missed = [
        (call.started, call.call_id)
        for call in calls
        if call.started and call.party and is_same(call.party)
    ]
    found: list[tuple[datetime, str]] = []
    for started, one in missed:
        found = [each for each in found if started - each[0] <= within]
        found.append((started, one))
        if len(found) >= count:
            if one == call_id:
                return True
            found = []
    return False
