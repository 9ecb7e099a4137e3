"""How often one caller was missed within some minutes. Pure.

What is asked is the account's own list of calls, so that nothing has to be remembered:
a restart or a reload between the second call and the third one changes nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from ..sip_settings import Call


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
    a time is one of its own.
    """
    missed = sorted(
        (call.started, call.call_id)
        for call in calls
        if call.missed and call.started and call.party and is_same(call.party)
    )
    found: list[tuple[datetime, str]] = []
    for started, one in missed:
        found = [each for each in found if started - each[0] <= within]
        found.append((started, one))
        if len(found) >= count:
            if one == call_id:
                return True
            found = []
    return False
