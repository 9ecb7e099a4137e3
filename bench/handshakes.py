"""How many TLS handshakes a day of polls needs, and how many of them are whole ones."""

import asyncio
import time

from .box import RemoteBox, handshakes, hang_up, requests, running_box, speak_tls_1_2
from .clock import MORNING, moved_clock, pass_time
from .figures import Found
from .home import add, entry_data, move_in, running_home

# Seconds after which a server ends an idle connection: Apache's default.
_KEPT = 5
_HUNG_UP = 0.02
_HOUR = 3600
# Minutes in which every poll has its first turn.
_WARM_UP = 15 * 60


def measure() -> list[Found]:
    """Let an hour of polls pass, second by second."""
    with running_box(today=MORNING) as box:
        noted = asyncio.run(_live(box))
    with running_box(today=MORNING) as box:
        box.do(speak_tls_1_2)
        older = asyncio.run(_live(box))
    resumed = sum(noted)
    return [
        Found(
            "handshakes_a_day",
            24 * len(noted),
            f"{len(noted)} in an hour with a server that keeps a connection for "
            f"{_KEPT} s, {resumed} of them resumed",
        ),
        Found(
            "handshakes_whole",
            1 - resumed / len(noted),
            "with TLS 1.3, and one more a day, when a session is a day old; "
            f"{older.count(False)} of {len(older)} with TLS 1.2",
        ),
    ]


async def _live(box: RemoteBox) -> list[bool]:
    last = 0
    with moved_clock() as clock:
        async with running_home() as hass:
            await move_in(hass)
            await add(hass, entry_data(box, 0))
            for second in range(_WARM_UP + _HOUR):
                if second == _WARM_UP:
                    box.do(handshakes)
                await pass_time(hass, clock, 1)
                if box.do(requests):
                    last = second
                elif second - last == _KEPT:
                    box.do(hang_up)
                    # The loop's clock stands still, so that nothing sleeps in it.
                    await asyncio.to_thread(time.sleep, _HUNG_UP)
    return box.do(handshakes)
