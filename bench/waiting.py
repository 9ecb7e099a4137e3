"""How long after its end a call is told of, and what asking costs the server."""

import asyncio
from datetime import datetime, timedelta
from statistics import median, quantiles

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from demo import AccountBox, Call

from .box import RemoteBox, running_box
from .clock import MORNING, moved_clock, pass_time
from .figures import Found
from .home import add, entry_data, move_in, running_home

# One call after the other, each a second later in its minute than the one before.
_CALLS = 120
_EVERY = 61
# The default of Home Assistant's `command_line`, with a sensor for each action of 2009.
_COMMAND_LINE = 11 * 24 * 60
_POLLS = 2 * 24 * 60 + 10 * 24 * 4


def measure() -> list[Found]:
    """Let calls end at every second of a minute while a real home polls."""
    with running_box(today=MORNING) as box:
        delays = sorted(asyncio.run(_delays(box)))
    tenths = quantiles(delays, n=10)
    return [
        Found(
            "event_delay_s_median",
            median(delays),
            f"{len(delays)} calls: 10 % within {tenths[0]:.0f} s, 90 % within "
            f"{tenths[-1]:.0f} s, all within {delays[-1]:.0f} s; {_POLLS:,} requests a "
            f"day and account (`command_line`, eleven sensors of 60 s: "
            f"{_COMMAND_LINE:,})",
        )
    ]


async def _delays(box: RemoteBox) -> list[float]:
    """Return for each call the seconds from its end to its event."""
    delays: list[float] = []
    with moved_clock() as clock:
        async with running_home() as hass:
            await move_in(hass)
            await add(hass, entry_data(box, 0))
            _listen(hass, delays)
            begun = dt_util.utcnow()
            for second in range((_CALLS + 1) * _EVERY):
                if second % _EVERY == 0 and second < _CALLS * _EVERY:
                    box.do(_call, begun + timedelta(seconds=second))
                await pass_time(hass, clock, 1)
    if len(delays) != _CALLS:
        msg = f"{len(delays)} of {_CALLS} calls were told of"
        raise RuntimeError(msg)
    return delays


def _listen(hass: HomeAssistant, delays: list[float]) -> None:
    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if (
            state is not None
            and state.domain == "event"
            and "started" in state.attributes
        ):
            ended = datetime.fromisoformat(state.attributes["started"])
            delays.append((dt_util.utcnow() - ended).total_seconds())

    hass.bus.async_listen("state_changed", note)


def _call(box: AccountBox, ended: datetime) -> None:
    """Let a call be missed, which ends as it begins."""
    account = next(iter(box.accounts.values()))
    account.calls.append(
        Call("received", f"sip:{ended:%H%M%S}@example.net", ended, status=487)
    )
