"""Many accounts in one home: cost, memory, and when their polls come."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
import ctypes
import gc
from itertools import pairwise
import multiprocessing
from multiprocessing.connection import Connection
import os
from pathlib import Path
import resource
from statistics import median
import tempfile
from typing import Any

import certifi
from homeassistant.util.ssl import create_client_context

from .box import RemoteBox, be_public, hang_up, password, requests, running_box
from .clock import moved_clock, pass_time
from .figures import Found
from .home import add, entry_data, move_in, refresh, running_home
from .samples import cpu_ms

FEW, MANY = 10, 100
_RUNS = 7
_QUARTER = 15 * 60
# Time for the ends of connections to arrive.
_HUNG_UP = 0.1

type Ask = Callable[[str], float]


def measure() -> list[Found]:
    """Compare a home of 10 accounts with one of 100, each in a process of its own."""
    with running_box(MANY) as box:
        return _measure(box)


def _measure(box: RemoteBox) -> list[Found]:
    accounts = [entry_data(box, number) for number in range(MANY)]
    few_cost: list[float] = []
    many_cost: list[float] = []
    with _home(accounts[:FEW]) as few, _home(accounts) as many:
        for _ in range(_RUNS):
            for ask, costs in ((few, few_cost), (many, many_cost)):
                box.do(hang_up)
                costs.append(ask("cost"))
        box.do(hang_up)
        kilobytes = many("memory")
    sent = asyncio.run(_sent(box, accounts))
    # This changes the server's certificate, so it comes last.
    kilobytes_too = _with_passwords(box)
    mean = sum(sent) / len(sent)
    cost = median(many_cost), median(few_cost)
    return [
        Found(
            "cost_per_account_100_to_10",
            cost[0] / cost[1],
            f"{cost[0]:.1f} ms to {cost[1]:.1f} ms over new connections",
        ),
        Found(
            "peak_to_mean_requests",
            max(sent) / mean,
            f"{max(sent)} to {mean:.2f} in the quarter of an hour after set-up, and at "
            f"most {max(map(sum, pairwise(sent)))} in two seconds together",
        ),
        Found(
            "kb_per_account",
            kilobytes,
            "resident between polls; a trust in the system's authorities adds "
            f"{_authorities_kb():.0f} kB",
        ),
        Found(
            "kb_per_account_with_password",
            kilobytes_too,
            f"the mean of {MANY - 1} accounts after the first",
        ),
    ]


def _with_passwords(box: RemoteBox) -> float:
    """Return what a further account takes that trusts the system's authorities."""
    accounts = [entry_data(box, number) for number in range(MANY)]
    authority = box.do(be_public)
    for number, data in enumerate(accounts):
        for key in ("trusted_authority", "certificate", "private_key"):
            del data[key]
        data["password"] = box.do(password, number)
        data["url"] = f"https://localhost:{box.port}/today/settings.phtml"
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(Path(certifi.where()).read_text() + authority)
        file.flush()
        with _home(accounts, {"REQUESTS_CA_BUNDLE": file.name}) as many:
            box.do(hang_up)
            return many("memory")


@contextmanager
def _home(
    accounts: list[dict[str, Any]], environment: dict[str, str] | None = None
) -> Iterator[Ask]:
    """Run a home in a process of its own that can be asked for its cost and memory."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_run, args=(theirs, accounts, environment or {}), daemon=True
    )
    process.start()
    theirs.close()

    def ask(what: str) -> float:
        ours.send(what)
        return float(ours.recv())

    try:
        ask("ready")
        yield ask
    finally:
        ours.close()
        process.join()


def _run(
    connection: Connection, accounts: list[dict[str, Any]], environment: dict[str, str]
) -> None:
    os.environ.update(environment)
    asyncio.run(_live(connection, accounts))


async def _live(connection: Connection, accounts: list[dict[str, Any]]) -> None:
    """Answer until nobody asks any more."""
    async with running_home() as hass:
        await move_in(hass)
        entries = [await add(hass, accounts[0])]
        first = _resident_kb()
        entries += [await add(hass, data) for data in accounts[1:]]

        async def refresh_all() -> None:
            for entry in entries:
                await refresh(entry)

        loop = asyncio.get_running_loop()
        while True:
            try:
                what = await loop.run_in_executor(None, connection.recv)
            except EOFError:
                return
            await asyncio.sleep(_HUNG_UP)
            if what == "cost":
                connection.send(await cpu_ms(refresh_all) / len(entries))
            elif what == "memory":
                added = _resident_kb() - first
                connection.send(added / (len(entries) - 1))
            else:
                connection.send(0)


async def _sent(box: RemoteBox, accounts: list[dict[str, Any]]) -> list[int]:
    """Return how many requests come in each second after all accounts were set up."""
    with moved_clock() as clock:
        async with running_home() as hass:
            await move_in(hass)
            for data in accounts:
                await add(hass, data)
            box.do(requests)
            sent = []
            for _ in range(_QUARTER):
                await pass_time(hass, clock, 1)
                sent.append(box.do(requests))
    return sent


def _resident_kb() -> float:
    """Return the memory of this process that is really in use."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024


def _authorities_kb() -> float:
    """Return what OpenSSL keeps of the system's authorities for each context."""
    create_client_context()
    before, count = _resident_kb(), 20
    contexts = [create_client_context() for _ in range(count)]
    return (_resident_kb() - before) / len(contexts)
