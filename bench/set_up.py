"""What a set-up costs, and what the import before the first one does."""

import asyncio
from concurrent.futures import ProcessPoolExecutor
import functools
import multiprocessing
from pathlib import Path
from statistics import median
import subprocess
import sys
import time
from typing import Any

from homeassistant.util.ssl import create_client_context

from .box import RemoteBox, running_box
from .figures import Found
from .home import PLATFORMS, add, entry_data, move_in, running_home
from .samples import RUNS, cpu_ms

_FIRSTS = 5
_ROOT = Path(__file__).parents[1]
# What Home Assistant has loaded in any home, then what it loads to set up an entry.
_IMPORT = f"""
import importlib, time
import homeassistant.bootstrap
for name in ("file_upload", "http", "repairs", *{PLATFORMS}):
    importlib.import_module("homeassistant.components." + name)
begun = time.process_time()
importlib.import_module("custom_components.sip_account")
for name in ("config_flow", *{PLATFORMS}):
    importlib.import_module("custom_components.sip_account." + name)
print((time.process_time() - begun) * 1000)
"""


def measure() -> list[Found]:
    """Set up one account after the other in a real home; import in a new process."""
    imports = [_import() for _ in range(RUNS + 1)][1:]
    with running_box(RUNS + 1) as box:
        set_ups = asyncio.run(_set_up(box))
        data = [entry_data(box, 0)] * _FIRSTS
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, spawn, max_tasks_per_child=1) as pool:
            first = list(pool.map(_first_ms, data))
    return [
        Found(
            "setup_cpu_ms",
            median(set_ups),
            f"twelve requests included; {_authorities_ms():.0f} ms more where the "
            "system's authorities are trusted",
        ),
        Found("import_ms", median(imports), f"{RUNS} processes"),
        Found(
            "first_setup_cpu_ms",
            median(first),
            f"of {_FIRSTS} homes, each in a new process",
        ),
    ]


def _first_ms(data: dict[str, Any]) -> float:
    return asyncio.run(_first(data))


async def _first(data: dict[str, Any]) -> float:
    if "custom_components.sip_account" in sys.modules:
        msg = "The integration was imported before the first set-up"
        raise RuntimeError(msg)
    async with running_home() as hass:
        return await cpu_ms(functools.partial(add, hass, data))


def _import() -> float:
    command = [sys.executable, "-c", _IMPORT]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, check=True)  # noqa: S603
    return float(done.stdout)


async def _set_up(box: RemoteBox) -> list[float]:
    async with running_home() as hass:
        await move_in(hass)
        accounts = [entry_data(box, run) for run in range(RUNS + 1)]
        samples = [
            await cpu_ms(functools.partial(add, hass, data)) for data in accounts
        ]
    return samples[1:]


def _authorities_ms() -> float:
    """Return what it takes to load the system's authorities, which the box has not."""
    begun = time.process_time()
    for _ in range(RUNS):
        create_client_context()
    return (time.process_time() - begun) * 1000 / RUNS
