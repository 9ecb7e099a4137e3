"""How a server stops listening."""

import asyncio


async def stop_listening(listener: asyncio.Server) -> None:
    """Let nobody come any more; whoever came is known to the server afterwards.

    A connection is accepted in one round of the loop and begun in the next. One that
    was accepted but not begun when the listener is closed would be abandoned by
    asyncio: half made, and still open.
    """
    loop = asyncio.get_running_loop()
    for listening in listener.sockets:
        loop.remove_reader(listening)
    await asyncio.sleep(0)
    listener.close()
