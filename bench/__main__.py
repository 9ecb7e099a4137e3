"""Measures everything: `scripts/bench`, or `scripts/bench --help`."""

import argparse
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
import json
import multiprocessing
import os
from pathlib import Path
import sys
import time

from demo.bound import bind

from . import (
    day,
    handshakes,
    hostile,
    latency,
    lookups,
    loop,
    refresh,
    scale,
    set_up,
    waiting,
    year,
)
from .figures import Found, results
from .table import DOCUMENT, document, terminal

RESULTS = Path(__file__).parent / "results.json"
GROUPS: dict[str, Callable[[], list[Found]]] = {
    "refresh": refresh.measure,
    "latency": latency.measure,
    "loop": loop.measure,
    "hostile": hostile.measure,
    "set-up": set_up.measure,
    "handshakes": handshakes.measure,
    "day": day.measure,
    "scale": scale.measure,
    "lookups": lookups.measure,
    "waiting": waiting.measure,
    "year": year.measure,
}


def main() -> None:
    """Measure each group in a process of its own, and tell what was found."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="What the integration costs."
    )
    parser.add_argument(
        "groups",
        nargs="*",
        metavar="GROUP",
        help=f"only these, and print only: {', '.join(GROUPS)}",
    )
    parser.add_argument(
        "--write-docs",
        action="store_true",
        help=f"bring the table of docs/{DOCUMENT.name} up to date",
    )
    arguments = parser.parse_args()
    if unknown := set(arguments.groups) - GROUPS.keys():
        parser.error(f"no such group: {', '.join(unknown)}")
    found = _measure(arguments.groups or list(GROUPS))
    print(terminal(found))
    if arguments.groups:
        return
    RESULTS.write_text(json.dumps(results(found), indent=2) + "\n")
    if arguments.write_docs:
        DOCUMENT.write_text(document(found, DOCUMENT.read_text()))


def _measure(names: list[str]) -> list[Found]:
    found: list[Found] = []
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        1, context, bind, initargs=(os.getpid(),), max_tasks_per_child=1
    ) as pool:
        for name in names:
            begun = time.monotonic()
            found += pool.submit(GROUPS[name]).result()
            taken = time.monotonic() - begun
            print(f"bench: {name} measured in {taken:.0f} s", file=sys.stderr)
    return found


if __name__ == "__main__":
    main()
