"""Tests that look for warnings find none of a machine that is busy otherwise."""

import asyncio
import logging

import pytest


@pytest.mark.parametrize("debug", [False, True])
async def test_slow_callbacks(caplog: pytest.LogCaptureFixture, debug: bool) -> None:
    """However long a callback takes, nothing is told of it; of all else it is."""
    loop = asyncio.get_running_loop()
    loop.set_debug(debug)
    loop.slow_callback_duration = 0
    for _ in range(3):
        await asyncio.sleep(0)
    logging.getLogger("asyncio").warning("socket.send() raised exception.")
    warned = [one.msg for one in caplog.records if one.levelno >= logging.WARNING]
    assert warned == ["socket.send() raised exception."]
