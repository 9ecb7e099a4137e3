"""How long a full refresh takes where the server takes its time."""

import asyncio

from .box import RemoteBox, delay, hang_up, running_box
from .figures import Found
from .home import add, entry_data, move_in, running_home
from .samples import interleaved, wall_ms

_ADDED = 0.05
_ACTIONS = 12
_AT_A_TIME = 4


def measure() -> list[Found]:
    """Let both polls of an account run at once, as somebody asks for it, in a home."""
    with running_box() as box:
        return asyncio.run(_measure(box))


async def _measure(box: RemoteBox) -> list[Found]:
    async with running_home() as hass:
        await move_in(hass)
        entry = await add(hass, entry_data(box, 0))
        runtime = entry.runtime_data

        async def polls() -> None:
            runtime.settings.awaited = runtime.activity.awaited = True
            await asyncio.gather(
                runtime.settings.async_refresh(), runtime.activity.async_refresh()
            )

        async def anew() -> float:
            box.do(hang_up)
            await asyncio.sleep(_ADDED)
            return await wall_ms(polls)

        async def kept() -> float:
            return await wall_ms(polls)

        box.do(delay, _ADDED)
        time = await interleaved({"new": anew, "kept": kept})
        box.do(delay, 0)
    limit = _ACTIONS / _AT_A_TIME * _ADDED * 1000
    return [
        Found(
            "refresh_latency_to_limit",
            time["new"] / limit,
            f"{time['new']:.0f} ms over new connections, {time['kept']:.0f} ms over "
            f"kept ones; the limit is {limit:.0f} ms",
        )
    ]
