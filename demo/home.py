"""A real Home Assistant in a temporary folder, with the integration in it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import shutil
import signal
import socket
import sys
import tempfile
from typing import Any

from .bound import command
from .person import Person

_ROOT = Path(__file__).parent.parent
_START_LIMIT = 300  # seconds, for a busy machine
_STOP_LIMIT = 120

_CONFIGURATION = """\
homeassistant:
  name: Demo
  latitude: 52.37
  longitude: 4.89
  elevation: 0
  unit_system: metric
  time_zone: Europe/Amsterdam
  country: NL
  currency: EUR
  language: en
automation: !include automations.yaml
frontend:
config:
history:
logbook:
notify:
recorder:
  commit_interval: 1
system_health:
logger:
  default: warning
"""


class HomeError(Exception):
    """Home Assistant did not start."""


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def running_home(
    port: int, python: str | Path = sys.executable, integrations: Path | None = None
) -> AsyncIterator[tuple[Person, Path]]:
    """Start a home and move in; yields the person and the home's log.

    `python` is of the environment that Home Assistant is in, `integrations` a folder
    of more of them than ours. Nothing is left behind, whatever happens. Raises
    HomeError.
    """
    folder = Path(tempfile.mkdtemp(prefix="sip-account-home-"))
    try:
        furnish(folder, port)
        if integrations:
            _add(folder, integrations)
        async with started_home(folder, port, python) as person:
            await person.move_in()
            yield person, folder / "home.log"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def started_home(
    folder: Path, port: int, python: str | Path = sys.executable
) -> AsyncIterator[Person]:
    """Start the home that is in a folder, and stop it; yields who stands at its door.

    It does not outlive us, nor the thread that this runs in. Raises HomeError.
    """
    hass = await asyncio.create_subprocess_exec(
        *command(python, "homeassistant", "--config", str(folder)),
        "--log-file",
        str(folder / "home.log"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder)},
        # Ctrl-C is for us: we then stop Home Assistant in order.
        start_new_session=True,
    )
    try:
        async with Person(f"http://127.0.0.1:{port}") as person:
            await _wait_for(hass, person, folder / "home.log")
            yield person
    finally:
        await _stop(hass)


def furnish(folder: Path, port: int) -> None:
    """Write a home that is past its onboarding, with the integration in it."""
    (folder / "configuration.yaml").write_text(_CONFIGURATION)
    # Where the frontend keeps the automations that are made in it.
    (folder / "automations.yaml").write_text("[]\n")
    (folder / "custom_components").mkdir()
    shutil.copytree(
        _ROOT / "custom_components" / "sip_account",
        folder / "custom_components" / "sip_account",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    storage = folder / ".storage"
    storage.mkdir()
    # The other steps would add integrations that need the internet.
    store(
        storage, "onboarding", 4, {"done": ["core_config", "analytics", "integration"]}
    )
    # In YAML this would be migrated at the first start, behind a modal dialog. This is
    # the form of 2026.9; newer versions read it as well, and keep it in their own.
    store(
        storage,
        "http",
        2,
        {
            "stable": {
                "server_host": ["127.0.0.1"],
                "server_port": port,
                "cors_allowed_origins": [],
                "ip_ban_enabled": True,
                "login_attempts_threshold": -1,
                "ssl_profile": "intermediate",
                "use_x_frame_options": True,
                "created_at": datetime.now(UTC).isoformat(),
                "error": None,
                "error_message": None,
            },
            "pending": None,
            "yaml_migration_done": True,
        },
        minor=2,
    )


def _add(folder: Path, integrations: Path) -> None:
    """Let a home have more integrations, each by its name alone."""
    for each in integrations.iterdir():
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(each, folder / "custom_components" / each.name, ignore=ignored)
        with (folder / "configuration.yaml").open("a") as configuration:
            configuration.write(f"{each.name}:\n")


def store(
    storage: Path, key: str, version: int, data: dict[str, Any], minor: int = 1
) -> None:
    """Write what Home Assistant keeps, as it keeps it."""
    content = {"version": version, "minor_version": minor, "key": key, "data": data}
    (storage / key).write_text(json.dumps(content))


async def _wait_for(
    hass: asyncio.subprocess.Process, person: Person, log: Path
) -> None:
    for _ in range(_START_LIMIT * 2):
        if hass.returncode is not None:
            break
        if await person.is_home_ready():
            return
        await asyncio.sleep(0.5)
    lines = log.read_text().splitlines()[-30:] if log.exists() else []
    raise HomeError("\n".join(["Home Assistant does not start:", *lines]))


async def _stop(hass: asyncio.subprocess.Process) -> None:
    """Stop Home Assistant and whatever it has started."""
    if hass.returncode is None:
        hass.terminate()
        try:
            async with asyncio.timeout(_STOP_LIMIT):
                await hass.wait()
        except TimeoutError:
            os.killpg(hass.pid, signal.SIGKILL)
            await hass.wait()
