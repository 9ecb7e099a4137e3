"""When each poll has its turn, so that those of many accounts do not come at once.

Home Assistant sets up all accounts together, and polls that began together would come
together for ever. Each gets a second of its interval in which few requests are sent,
and keeps it however long a poll takes.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
import random

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

# All default intervals fit into this whole, so their pattern repeats.
_PERIOD = 15 * 60
_EARLY = 1  # second
# Seconds: a poll that follows another finds that ended, and its connection still kept
# (a server keeps an idle one for five seconds, as Apache does, or longer).
_GAPS = (2, 3, 4)

_TIMETABLE: HassKey[Timetable] = HassKey("sip_account_timetable")


@dataclass(frozen=True, slots=True)
class Poll:
    """How often something is polled, and with how many requests."""

    interval: timedelta
    requests: int

    def turn(self, second: int) -> Turn:
        """Return its turn at a second of the interval."""
        return Turn(second, int(self.interval.total_seconds()), self.requests)


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
        return range(self.second % _PERIOD, _PERIOD, self.interval)


class Timetable:
    """Knows how many requests are sent in each second."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._requests = [0] * _PERIOD

    def __bool__(self) -> bool:
        """Whether anybody has a turn."""
        return any(self._requests)

    def take(self, often: Poll, seldom: Poll) -> tuple[Turn, Turn]:
        """Give two polls of one account turns where the fewest requests are sent.

        Where each turn of the one that comes seldom can follow one of the other, and
        the busiest second does not become busier by it, it does.
        """
        first, second = self._burdens(often), self._burdens(seldom)
        apart = first.index(min(first)), second.index(min(second))
        possible = [apart]
        if seldom.interval % often.interval == timedelta():
            turns = range(len(second))
            possible += [((at - gap) % len(first), at) for at in turns for gap in _GAPS]
        # The first of those that are alike, from anywhere on.
        begin = int(random.random() * len(possible))  # noqa: S311
        best = min(
            possible[begin:] + possible[:begin],
            key=lambda both: (
                max(first[both[0]][0], second[both[1]][0]),
                both is apart,
                first[both[0]][1] + second[both[1]][1],
            ),
        )
        turn = often.turn(best[0])
        self._add(turn, turn.requests)
        if best is apart:
            second = self._burdens(seldom)
            best = best[0], second.index(min(second))
        other = seldom.turn(best[1])
        self._add(other, other.requests)
        return turn, other

    def _burdens(self, poll: Poll) -> list[tuple[int, int]]:
        """Return for each turn how busy the busiest second would be, and all of them.

        A poll begins somewhere in its second and may go on into the next one, so it
        is two seconds together that count.
        """
        told = self._requests
        pairs = [told[second - 1] + told[second] for second in range(_PERIOD)]
        near = [(max(two), sum(two)) for two in pairwise([*pairs, pairs[0]])]
        busiest = max(pairs)
        interval = int(poll.interval.total_seconds())
        burdens = []
        for second in range(min(interval, _PERIOD)):
            most, much = zip(*near[second::interval], strict=True)
            burdens.append((max(busiest, max(most) + poll.requests), sum(much)))
        return burdens

    def give_back(self, turn: Turn) -> None:
        """Let others have a turn."""
        self._add(turn, -turn.requests)

    def _add(self, turn: Turn, requests: int) -> None:
        for second in turn.seconds:
            self._requests[second] += requests


@callback
def async_take_turns(
    hass: HomeAssistant, often: Poll, seldom: Poll
) -> tuple[tuple[Turn, Turn], CALLBACK_TYPE]:
    """Take the turns of one account in the timetable of a home.

    Returns them, and what gives them back. With the last ones the timetable goes, too.
    """
    table = hass.data.setdefault(_TIMETABLE, Timetable())
    turns = table.take(often, seldom)

    @callback
    def give_back() -> None:
        for turn in turns:
            table.give_back(turn)
        if not table:
            hass.data.pop(_TIMETABLE, None)

    return turns, give_back
