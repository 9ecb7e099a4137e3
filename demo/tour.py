"""`scripts/demo`: the account in a box and a real home that shows it.

With `--check` nobody watches: the states of a home are compared with what the box
holds, and the exit status tells. With `--bad-day` the server fails now and then.
"""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
import signal
import sys
from typing import Any

from aiohttp import ClientError

from . import address_book, entries
from .bad_day import BadDay
from .dashboard import put_up
from .files import write_files
from .home import HomeError, free_port, running_home
from .issued import IssuedCertificate
from .life import Life, place_call
from .past import give_past
from .people import CONTACTS, frank
from .person import Person, RefusedError
from .progress import say, step
from .server import AccountBox
from .truth import Truth, differences, expected, expected_2026
from .truth_usage import is_of_usage
from .welcome import welcome

ALICE = "alice@example.com"
BOB = "bob@example.com"
CAROL = "carol@example.com"
_SHOWN = (ALICE, BOB, CAROL)
_WAIT = 300  # seconds, for a busy machine
_LOOK_EVERY = 5


async def _check(person: Person, box: AccountBox, log: Path) -> bool:
    """Compare alice's entities with the box, through one kind of page after another."""
    account, now = box.accounts[ALICE], box.now()
    certificate = box.certificate_for(ALICE)
    page, today = box.page_2026_url, box.today_url
    kinds: dict[str, tuple[Callable[[], Awaitable[str]], Callable[[], Truth]]] = {
        "certificate, the page's dialect": (
            partial(entries.add_by_certificate, person, box, ALICE, certificate),
            partial(expected, account, now, certificate),
        ),
        "password, today's": (
            partial(entries.add_by_password, person, box, ALICE),
            partial(expected, account, now, None),
        ),
        "password, the page of 2026": (
            partial(entries.add_by_password, person, box, ALICE, page),
            partial(expected_2026, account, now, second=False),
        ),
        "password, the page of 2026 and today's": (
            partial(entries.add_by_password, person, box, ALICE, page, today),
            partial(expected_2026, account, now, second=True),
        ),
    }
    same = True
    for way, (add, truth) in kinds.items():
        async with step(f"adding {ALICE} by {way}"):
            entry_id = await add()
        shown = await _states(person, entry_id, truth())
        same = _compare(f"{ALICE} by {way}", truth(), shown) and same
        await entries.remove(person, entry_id)
        left = await _states_once(person, entry_id)
        if left:
            print(f"left behind after removal: {', '.join(left)}")
            same = False
    for line in _complaints(log):
        print(f"log: {line}")
        same = False
    for way, (add, truth) in kinds.items():
        async with step(f"an outage, a call and restarts for {ALICE} by {way}"):
            entry_id = await add()
            counted, shown = await _go_on(person, box, entry_id, truth)
        same = _compare(f"what calls came to, by {way}", counted, shown) and same
        await entries.remove(person, entry_id)
    return same


def _compare(what: str, truth: Truth, shown: dict[str, dict[str, Any]]) -> bool:
    """Print what is shown beside what is true; return whether it is the same."""
    rows = [["entity", "Home Assistant", "account in a box", "verdict"]]
    rows += differences(truth, shown)
    print(f"\n{what}")
    _print_table(rows)
    return all(row[-1] == "ok" for row in rows[1:])


async def _go_on(
    person: Person, box: AccountBox, entry_id: str, truth: Callable[[], Truth]
) -> tuple[Truth, dict[str, dict[str, Any]]]:
    """Let an account live on through an outage and a restart.

    Returns what its calls came to, and what is shown of it.
    """
    box.faults.set("*", "*", "html_502")
    await _poll(person, entry_id)
    place_call(box.accounts[ALICE], box.now())
    box.faults.clear()
    for _ in range(2):
        path = f"/api/config/config_entries/entry/{entry_id}/reload"
        await person.post(path, {})
        await _states(person, entry_id, truth())
        await _poll(person, entry_id)
    counted = {key: said for key, said in truth().items() if is_of_usage(key)}
    shown = await _states(person, entry_id, truth())
    return counted, {key: state for key, state in shown.items() if is_of_usage(key)}


async def _poll(person: Person, entry_id: str) -> None:
    """Let the home read all that an account tells."""
    registry = await person.command("config/entity_registry/list")
    wanted = {"last_call", "last_transaction"}
    await person.command(
        "call_service",
        domain="homeassistant",
        service="update_entity",
        service_data={
            "entity_id": [
                entity["entity_id"]
                for entity in registry
                if entity["config_entry_id"] == entry_id and _key_of(entity) in wanted
            ]
        },
    )


async def _states(
    person: Person, entry_id: str, truth: Truth
) -> dict[str, dict[str, Any]]:
    """Return an entry's states by `platform.key`, once all expected ones are there."""
    shown: dict[str, dict[str, Any]] = {}
    for _ in range(_WAIT):
        shown = await _states_once(person, entry_id)
        states = {key: shown[key]["state"] for key in shown}
        if truth.keys() <= states.keys() and "unavailable" not in states.values():
            break
        await asyncio.sleep(1)
    return shown


async def _states_once(person: Person, entry_id: str) -> dict[str, dict[str, Any]]:
    registry = await person.command("config/entity_registry/list")
    states = {state["entity_id"]: state for state in await person.command("get_states")}
    return {
        f"{entity['entity_id'].partition('.')[0]}.{_key_of(entity)}": states[
            entity["entity_id"]
        ]
        for entity in registry
        if entity["config_entry_id"] == entry_id and entity["entity_id"] in states
    }


def _key_of(entity: dict[str, Any]) -> str:
    return str(entity.get("translation_key"))


def _complaints(log: Path) -> list[str]:
    """Return what the home's log has against the integration."""
    if not log.exists():
        return []
    return [
        line
        for line in log.read_text().splitlines()
        if "sip_account" in line and "which has not been tested by" not in line
    ]


def _print_table(rows: list[list[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        print("  ".join([*cells, row[-1]]))
    print(flush=True)


async def _live(
    person: Person,
    box: AccountBox,
    books: address_book.AddressBooks,
    place: tuple[int, Path],
    bad_day: BadDay | None,
) -> None:
    """Let a person look around until Ctrl-C, in a home at a port and in a folder."""
    port, home = place
    # On a bad day it is about to expire, which a repair tells.
    issued = _expiring(box) if bad_day else None
    async with step(f"adding {ALICE} with her certificate"):
        entry_id = await entries.add_by_certificate(person, box, ALICE, issued)
    page = box.page_2026_url
    async with step(f"adding {BOB} with his password, on the page of 2026"):
        bobs_id = await entries.add_by_password(person, box, BOB, page)
    async with step(f"adding {CAROL} with her password, on that page and today's"):
        carols_id = await entries.add_by_password(
            person, box, CAROL, page, box.today_url
        )
    async with step("putting up the dashboard"):
        await entries.set_phone_book(person, entry_id, CONTACTS)
        # Half a minute is the shortest interval that the options offer.
        for each in (entry_id, bobs_id, carols_id):
            await entries.set_options(
                person, each, activity_interval=30, settings_interval=5, currency="EUR"
            )
        path = await put_up(person, ALICE, past=True)
    async with step("putting a year of calls behind her"):
        await give_past(person, home, entry_id, box.accounts[ALICE], box.now())
    box.add(frank(box.now()))
    files = home / "certificates"
    # What happens to anybody else would be seen by nobody.
    life = Life({address: box.accounts[address] for address in _SHOWN})
    life.start()
    looking = asyncio.create_task(_keep_looking(person))
    further = ["What goes wrong is said below.", ""] if bad_day else []
    address = f"http://127.0.0.1:{port}{path}"
    write_files(box, files)
    told = welcome(address, box, books, files, added=_SHOWN, further=further)
    print(told, flush=True)
    if bad_day:
        bad_day.start()
    try:
        await asyncio.Event().wait()
    finally:
        if bad_day:
            await bad_day.stop()
        looking.cancel()
        await life.stop()


def _expiring(box: AccountBox) -> IssuedCertificate:
    """Make alice's certificate one of almost ten years ago, when it expires."""
    return box.platform.platform_certificate(
        ALICE, box.accounts[ALICE].email, now=box.now() - timedelta(days=3640)
    )


async def _keep_looking(person: Person) -> None:
    """Let the home poll every few seconds: a visitor does not wait for a minute."""
    last_calls = [
        f"sensor.{address.replace('@', '_').replace('.', '_')}_last_call"
        for address in _SHOWN
    ]
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        # The home may be restarting, which ends a conversation in the middle.
        with suppress(RefusedError, ClientError, TypeError):
            await person.command(
                "call_service",
                domain="homeassistant",
                service="update_entity",
                service_data={"entity_id": last_calls},
            )


async def _run(arguments: argparse.Namespace) -> int:
    standing = datetime.now(UTC)
    clock = (lambda: standing) if arguments.check else (lambda: datetime.now(UTC))
    port = arguments.port or free_port()
    async with AccountBox(port=arguments.server_port, now=clock) as box:
        say(f"the account in a box is at {box.page_url}")
        async with AsyncExitStack() as stack:
            async with step("starting Home Assistant"):
                home = running_home(port)
                person, log = await stack.enter_async_context(home)
            if arguments.check:
                return 0 if await _check(person, box, log) else 1
            books = stack.enter_context(address_book.address_books())
            for number, name in CONTACTS.items():
                if "@" not in number:
                    books.write("contacts", name, number)
            bad_day = BadDay(box.faults, say) if arguments.bad_day else None
            await _live(person, box, books, (port, log.parent), bad_day)
    return 0


async def _until_told(arguments: argparse.Namespace) -> int:
    """Run until done, or until Ctrl-C or SIGTERM."""
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(_run(arguments))
    for told in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(told, task.cancel)
    with suppress(asyncio.CancelledError):
        return await task
    say("stopped")
    return 0 if not arguments.check else 1


def main() -> int:
    """Run the demo; returns the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="compare all states with the box and stop"
    )
    parser.add_argument(
        "--bad-day",
        action="store_true",
        help="let outages, refused logins and garbage come and go, and say which",
    )
    parser.add_argument("--port", type=int, default=0, help="port of Home Assistant")
    parser.add_argument(
        "--server-port", type=int, default=0, help="port of the account in a box"
    )
    try:
        return asyncio.run(_until_told(parser.parse_args()))
    except (HomeError, RefusedError) as error:
        say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
