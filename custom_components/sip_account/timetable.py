"""When each poll has its turn, so that those of many accounts do not come at once.

Home Assistant sets up all accounts together, and polls that began together would come
together for ever. Each gets a second of its interval in which few requests are sent,
and keeps it however long a poll takes.
"""

from dataclasses import dataclass
from datetime import timedelta
import random

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

# All default intervals fit into this whole, so their pattern repeats.
_PERIOD = 15 * 60
_EARLY = 1  # second
# Seconds: a poll that follows another finds that ended, and its connection still kept
# (a server keeps an idle one for five seconds, as Apache does, or longer).
_BEHIND = 2

_TIMETABLE: HassKey[Timetable] = HassKey("sip_account_timetable")


@dataclass(frozen=True, slots=True)
class Turn:
    """The second of its interval in which a poll begins, and its requests."""

    second: int
    interval: int
    requests: int

    def wait(self, now: float) -> timedelta:
        """Return the time from the whole second of `now` to the next turn.

        A timer may come a little before its time: that was this turn already.
        """
        left = (self.second - int(now)) % self.interval
        return timedelta(seconds=left if left > _EARLY else left + self.interval)

    @property
    def seconds(self) -> range:
        """The seconds of the period in which the poll begins."""
        return range(self.second, _PERIOD, self.interval)


class Timetable:
    """Knows how many requests are sent in each second."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._requests = [0] * _PERIOD

    def __bool__(self) -> bool:
        """Whether anybody has a turn."""
        return any(self._requests)

    def take(
        self, interval: timedelta, requests: int, after: Turn | None = None
    ) -> Turn:
        """Give the turn by which the busiest seconds become busy least.

        A poll begins somewhere in its second and may go on into the next one, so it
        is two seconds together that count. Where it can, each follows one of `after`.
        """
        seconds = int(interval.total_seconds())
        told = self._requests
        pairs = [told[second - 1] + told[second] for second in range(_PERIOD)]

        def burden(second: int) -> tuple[int, int, float]:
            turns = range(second, _PERIOD, seconds)
            near = [(pairs[turn], pairs[(turn + 1) % _PERIOD]) for turn in turns]
            chance = random.random()  # noqa: S311 - whichever of those that are alike
            return max(map(max, near)), sum(map(sum, near)), chance

        first, step = 0, 1
        if after and seconds % after.interval == 0:
            first, step = (after.second + _BEHIND) % after.interval, after.interval
        chosen = min(range(first, min(seconds, _PERIOD), step), key=burden)
        turn = Turn(chosen, seconds, requests)
        self._add(turn, requests)
        return turn

    def give_back(self, turn: Turn) -> None:
        """Let others have a turn."""
        self._add(turn, -turn.requests)

    def _add(self, turn: Turn, requests: int) -> None:
        for second in turn.seconds:
            self._requests[second] += requests


@callback
def async_take_turn(
    hass: HomeAssistant, interval: timedelta, requests: int, after: Turn | None = None
) -> tuple[Turn, CALLBACK_TYPE]:
    """Take a turn in the one timetable of a home; returns it, and what gives it back.

    Where it can, each turn comes right `after` another's. With the last turn the
    timetable goes, too.
    """
    table = hass.data.setdefault(_TIMETABLE, Timetable())
    turn = table.take(interval, requests, after)

    @callback
    def give_back() -> None:
        table.give_back(turn)
        if not table:
            hass.data.pop(_TIMETABLE, None)

    return turn, give_back
