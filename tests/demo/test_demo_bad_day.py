"""The bad day of `scripts/demo`: what goes wrong is said, comes and goes."""

import asyncio
from dataclasses import replace

import pytest

from demo import AccountBox
from demo.bad_day import TROUBLES, BadDay, Trouble
from demo.faults import READY
from tests.limits import LIMIT


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.fault)
def test_troubles(trouble: Trouble) -> None:
    """Each is a fault that the box has, of an account that it has."""
    assert trouble.fault in READY
    assert trouble.account in {"*", *AccountBox().accounts}
    assert trouble.seconds >= 60


async def test_comes_and_goes() -> None:
    """One trouble after the other, each said, and all is well in between."""
    box = AccountBox()
    said: asyncio.Queue[str] = asyncio.Queue()
    quick = tuple(replace(trouble, seconds=0.01) for trouble in TROUBLES)
    day = BadDay(box.faults, said.put_nowait, quick, peace=0.01)
    day.start()
    async with asyncio.timeout(LIMIT):
        for trouble in (*quick, quick[0]):
            assert trouble.says in await said.get()
            assert await said.get() == "bad day: all is well again"
    await day.stop()
    assert not box.faults


async def test_stopped_in_trouble() -> None:
    """Whoever stops it has a server that works."""
    box = AccountBox()
    said: asyncio.Queue[str] = asyncio.Queue()
    lasting = replace(TROUBLES[0], seconds=LIMIT)
    day = BadDay(box.faults, said.put_nowait, (lasting,), peace=0)
    day.start()
    async with asyncio.timeout(LIMIT):
        await said.get()
    assert box.faults
    await day.stop()
    assert not box.faults
