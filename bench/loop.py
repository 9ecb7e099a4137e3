"""How long the event loop is held by one callback, in a real home, at the most."""

import asyncio
from asyncio import events
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
import threading
import time

from demo import AccountBox, Call

from .box import RemoteBox, longest_lists, something_new
from .figures import Found
from .home import add, entry_data, move_in, refresh, running_home

_RUNS = 11
_NEW_CALLS = 10


def measure() -> list[Found]:
    """Watch set-up, refresh and the delivery of events at the longest lists."""
    with longest_lists(_RUNS + 1) as box:
        return asyncio.run(_measure(box))


async def _measure(box: RemoteBox) -> list[Found]:
    holds: dict[str, list[float]] = {"set-up": [], "refresh": [], "events": []}
    told = 0
    async with running_home() as hass:
        await move_in(hass)
        # The first account warms up what other integrations have warmed up elsewhere.
        entry = await add(hass, entry_data(box, 0, owner=True))
        for run in range(_RUNS):
            data = entry_data(box, run + 1, owner=True)
            with _watched() as held:
                await add(hass, data)
            holds["set-up"].append(max(held))
            box.do(something_new)
            with _watched() as held:
                await refresh(entry)
                await hass.async_block_till_done()
            holds["refresh"].append(max(held))
            told += box.do(_call, _NEW_CALLS)
            with _watched() as held:
                await entry.runtime_data.activity.async_refresh()
                await hass.async_block_till_done()
            holds["events"].append(max(held))
        if entry.runtime_data.calls.missed_count != told:
            msg = "Not each call was told of"
            raise RuntimeError(msg)
    longest = {phase: median(values) for phase, values in holds.items()}
    each = ", ".join(f"{phase} {value:.1f} ms" for phase, value in longest.items())
    return [
        Found(
            "loop_block_ms_max",
            max(longest.values()),
            f"{each}; at 50+50 calls and 200 transactions, events of {_NEW_CALLS} "
            "calls at once",
        )
    ]


@contextmanager
def _watched() -> Iterator[list[float]]:
    """Note for how many ms each callback holds the loop.

    Time in which the system gave the processor to somebody else does not count: on a
    busy machine it would be longer than all else.
    """
    held = [0.0]
    run = events.Handle._run  # noqa: SLF001 - there is no other way to see each one

    def watched(handle: events.Handle) -> None:
        waited, begun = _waited_ms(), time.perf_counter()
        run(handle)
        taken = (time.perf_counter() - begun) * 1000
        held.append(taken - (_waited_ms() - waited))

    events.Handle._run = watched  # type: ignore[assignment,method-assign]  # noqa: SLF001
    try:
        yield held
    finally:
        events.Handle._run = run  # type: ignore[method-assign]  # noqa: SLF001


def _waited_ms() -> float:
    """Return how long this thread has waited for a processor, 0 where not told."""
    try:
        told = Path(
            f"/proc/self/task/{threading.get_native_id()}/schedstat"
        ).read_text()
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1_000_000


def _call(box: AccountBox, count: int) -> int:
    """Let calls be missed by the first account; return how many."""
    account = next(iter(box.accounts.values()))
    newest = max(call.started for call in account.calls)
    for number in range(1, count + 1):
        started = newest + timedelta(seconds=number)
        account.calls.append(
            Call("received", f"sip:caller{number}@example.net", started, status=487)
        )
    return count
