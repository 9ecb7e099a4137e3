"""Samples of CPU and time; noise of the machine is met with medians."""

from collections.abc import Awaitable, Callable
from statistics import median
import time

RUNS = 11


async def cpu_ms(work: Callable[[], Awaitable[object]]) -> float:
    """Return the CPU that this process, all threads, spends on `work`."""
    begun = time.process_time()
    await work()
    return (time.process_time() - begun) * 1000


async def wall_ms(work: Callable[[], Awaitable[object]]) -> float:
    """Return how long `work` takes."""
    begun = time.perf_counter()
    await work()
    return (time.perf_counter() - begun) * 1000


async def interleaved(
    variants: dict[str, Callable[[], Awaitable[float]]], runs: int = RUNS
) -> dict[str, float]:
    """Sample the variants in turn, so that all see the same machine; return medians.

    One round before warms up and does not count.
    """
    samples: dict[str, list[float]] = {name: [] for name in variants}
    for run in range(runs + 1):
        for name, sample in variants.items():
            value = await sample()
            if run:
                samples[name].append(value)
    return {name: median(values) for name, values in samples.items()}
