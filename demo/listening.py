"""How a server stops to listen."""

import asyncio


async def stop_listening(listener: asyncio.Server) -> None:
    """Let nobody come any more; whoever came is known to the server afterwards.

    A connection is accepted in one round of the loop and begun in the next. asyncio
    gives up those that it finds in between half made and open.
    """
    loop = asyncio.get_running_loop()
    for listening in listener.sockets:
        loop.remove_reader(listening)
    await asyncio.sleep(0)
    listener.close()
