"""The home of 0.1.0: laid out in a folder, and lived in with the code of any version.

world = make_world()
keep(world)
async with world.box:
    lay_out(folder, world)
    put_code(folder, TODAY)
    async with living(folder, world, LOOKED_AT) as person:
        ...
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
import json
import os
from pathlib import Path
import shutil
import signal
import sqlite3
import sys
import time
from typing import Any
import zipfile

from demo.home import free_port, store
from demo.person import Person
from tests.limits import LIMIT

from .people import World

HERE = Path(__file__).parent
KEPT_HOME = HERE / "home"
TODAY = HERE.parents[1] / "custom_components" / "sip_account"
OF_0_1_0 = HERE / "sip_account_0_1_0.zip"
# In the kept home, where the port of the account in a box was.
BOX_PORT = "BOX-PORT"

_DATABASE = "home-assistant_v2.db"
_DUMP = "recorder.sql"


def lay_out(folder: Path, world: World) -> None:
    """Write the kept home into a folder, as the home of someone with this box.

    Addresses and certificates are those of the box, which must be open.
    """
    shutil.copytree(KEPT_HOME, folder, dirs_exist_ok=True)
    storage = folder / ".storage"
    (folder / "storage").rename(storage)
    for file in storage.iterdir():
        content = file.read_text().replace(BOX_PORT, str(world.box.port))
        file.write_text(content)
    entries = read_entries(folder)
    for entry in entries:
        entry["data"] |= world.secrets_of(entry["unique_id"])
    write_entries(folder, entries)
    with closing(sqlite3.connect(folder / _DATABASE)) as database:
        database.executescript((folder / _DUMP).read_text())
    (folder / _DUMP).unlink()


def put_code(folder: Path, code: Path) -> None:
    """Install the integration in a home: a folder or an archive of it."""
    components = folder / "custom_components"
    shutil.rmtree(components, ignore_errors=True)
    if code.is_dir():
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(code, components / "sip_account", ignore=leave)
        return
    with zipfile.ZipFile(code) as archive:
        archive.extractall(folder)


@asynccontextmanager
async def living(
    folder: Path, world: World, now: datetime, *, new: bool = False
) -> AsyncIterator[Person]:
    """Run the home in a folder from a moment on; yields somebody who lives there.

    Time in the box stands still then. Everything that is told from then on is in
    `noted`. A `new` home has nobody in it.
    """
    world.clock.now = now
    port = free_port()
    furnish_http(folder, port)
    (folder / "noted.jsonl").unlink(missing_ok=True)
    with (folder / "output.txt").open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-W", "ignore"),
            *(HERE / "house.py", folder, str(now)),
            stdout=output,
            stderr=output,
            cwd=folder,
            env={**os.environ, "TMPDIR": str(folder)},
            start_new_session=True,
        )
    try:
        await until(
            lambda: bool(noted(folder, "started")) or process.returncode is not None,
            lambda: _output(folder),
        )
        assert process.returncode is None, _output(folder)
        async with Person(f"http://127.0.0.1:{port}") as person:
            await (person.move_in() if new else person.log_in())
            yield person
        process.terminate()
        await until(lambda: process.returncode is not None, lambda: _output(folder))
        assert process.returncode == 0, _output(folder)
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


def noted(folder: Path, kind: str) -> list[dict[str, Any]]:
    """Return what the home told since it was started: `event` or `notified`."""
    file = folder / "noted.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    notes = [json.loads(line) for line in lines]
    return [note for note in notes if note["kind"] == kind]


def told(folder: Path, by: str) -> list[tuple[str, str, str]]:
    """Return the calls that an automation ran for: account, party, and kind of call."""
    notes = [note["data"] for note in noted(folder, "notified")]
    return [
        (_account_of(note["account"]), note["party"], note["kind"])
        for note in notes
        if note.get("by") == by
    ]


def _account_of(entity_id: str) -> str:
    """Return the account that a call event belongs to."""
    user, *domain = entity_id.removeprefix("event.").split("_")[:3]
    return f"{user}@{'.'.join(domain)}"


async def poll(person: Person, world: World) -> None:
    """Let five minutes pass, and then let every account be asked for its calls."""
    world.clock.now += timedelta(minutes=5)
    await person.command(
        "call_service", domain="witness", service="wait", service_data={"minutes": 5}
    )
    sensors = [
        state["entity_id"]
        for state in await person.command("get_states")
        if state["entity_id"].endswith("_last_call")
    ]
    await person.command(
        "call_service",
        domain="homeassistant",
        service="update_entity",
        service_data={"entity_id": sensors},
    )


async def until(true: Callable[[], bool], explain: Callable[[], object]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + LIMIT
    while not true():
        if time.monotonic() > end:
            raise AssertionError(explain())
        await asyncio.sleep(0.05)


def complaints(folder: Path) -> list[str]:
    """Return what the home's log has against the integration."""
    return [
        line
        for line in _output(folder).splitlines()
        if "sip_account" in line and "has not been tested" not in line
    ]


def read_store(folder: Path, key: str) -> Any:
    """Return what Home Assistant keeps under a key."""
    return json.loads((folder / ".storage" / key).read_text())["data"]


def read_entries(folder: Path) -> list[dict[str, Any]]:
    """Return the entries of the integration as they are stored."""
    entries = read_store(folder, "core.config_entries")["entries"]
    return [entry for entry in entries if entry["domain"] == "sip_account"]


def write_entries(folder: Path, ours: Iterable[dict[str, Any]]) -> None:
    """Store the entries of the integration otherwise."""
    file = folder / ".storage" / "core.config_entries"
    content = json.loads(file.read_text())
    entries = content["data"]["entries"]
    others = [entry for entry in entries if entry["domain"] != "sip_account"]
    content["data"]["entries"] = [*others, *ours]
    file.write_text(json.dumps(content, indent=2) + "\n")


def furnish_http(folder: Path, port: int) -> None:
    """Say where the home is to be found; this version is read by all we run on."""
    stable = {
        "server_host": ["127.0.0.1"],
        "server_port": port,
        "cors_allowed_origins": [],
        "ip_ban_enabled": True,
        "login_attempts_threshold": -1,
        "ssl_profile": "intermediate_v6",
        "use_x_frame_options": True,
        "created_at": "2026-11-24T09:00:00+00:00",
        "error": None,
        "error_message": None,
    }
    data = {"stable": stable, "pending": None, "yaml_migration_done": True}
    store(folder / ".storage", "http", 2, data)


def _output(folder: Path) -> str:
    return (folder / "output.txt").read_text()
