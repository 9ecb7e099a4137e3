"""Makes the home of 0.1.0 anew: `python -m tests.home_0_1_0.make`.

The code of 0.1.0 comes from the history of this repository; its Home Assistant is that
of the environment. Writes the archive of the code, the home, and what it shows.
"""

import asyncio
from contextlib import closing
import json
from pathlib import Path
import shutil
import sqlite3
import subprocess
import tempfile
from typing import Any

from demo import entries
from demo.home import store
from demo.people import CONTACTS
from demo.person import Person
from tests.limits import LIMIT

from .furniture import CONFIGURATION, furnish
from .living import (
    BOX_PORT,
    HERE,
    KEPT_HOME,
    OF_0_1_0,
    lay_out,
    living,
    poll,
    put_code,
    read_entries,
    told,
    until,
    write_entries,
)
from .look import differences, look
from .people import (
    ALICE,
    BEGAN,
    BOB,
    CAME_BACK,
    CAROL,
    DAVE,
    KEPT,
    LOOKED_AT,
    TOLD,
    World,
    come_back,
    keep,
    make_world,
    ring,
)

COMMIT = "44433b5"
SHOWN = HERE / "shown.json"
_ROOT = HERE.parents[1]
_KEPT_STORES = (
    "auth",
    "auth_provider.homeassistant",
    "core.*_registry",
    "core.config",
    "core.config_entries",
    "core.restore_state",
    "lovelace*",
    "onboarding",
    "person",
    "repairs.issue_registry",
    "sip_account.*",
)
# Left are the last state of each entity, and the short-term statistics of half an hour.
_THIN_OUT = """
DELETE FROM events;
DELETE FROM event_data;
UPDATE states SET old_state_id = NULL;
DELETE FROM states WHERE state_id NOT IN (
  SELECT max(state_id) FROM states GROUP BY metadata_id
);
DELETE FROM state_attributes WHERE attributes_id NOT IN (
  SELECT attributes_id FROM states WHERE attributes_id IS NOT NULL
);
DELETE FROM statistics_short_term WHERE start_ts < (
  SELECT max(start_ts) - 1800 FROM statistics_short_term
);
"""


async def main() -> None:
    """Make the archive, the home, and the picture of it."""
    _archive(OF_0_1_0, "custom_components/sip_account")
    with tempfile.TemporaryDirectory() as folder:
        blueprints = Path(folder, "blueprints.zip")
        _archive(blueprints, "blueprints")
        home = Path(folder, "home")
        world = make_world()
        async with world.box:
            await _live(home, world, blueprints)
            _keep(home, world)
    shown, again = await _look_again(), await _look_again()
    wrong = [*differences(shown, again), *differences(again, shown)]
    assert not wrong, wrong
    SHOWN.write_text(json.dumps(shown, indent=1, sort_keys=True) + "\n")


def _archive(file: Path, path: str) -> None:
    command = ["git", "archive", "--format=zip", "-9", f"--output={file}", COMMIT, path]
    subprocess.run(command, cwd=_ROOT, check=True)


async def _live(home: Path, world: World, blueprints: Path) -> None:
    """Let the home be lived in until it is kept."""
    storage = home / ".storage"
    storage.mkdir(parents=True)
    done = ["core_config", "analytics", "integration"]
    store(storage, "onboarding", 4, {"done": done})
    (home / "configuration.yaml").write_text(CONFIGURATION)
    (home / "automations.yaml").write_text("[]\n")
    put_code(home, OF_0_1_0)
    async with living(home, world, BEGAN, new=True) as person:
        await _add_accounts(person, world)
        await _wait_until_loaded(person)
        await furnish(person, blueprints)
    come_back(world)
    async with living(home, world, CAME_BACK) as person:
        ring(world)
        await poll(person, world)
        await until(lambda: len(_told(home)) >= len(TOLD), lambda: _told(home))
        await person.command(
            "call_service",
            domain="button",
            service="press",
            service_data={
                "entity_id": "button.dave_example_net_mark_missed_calls_as_seen"
            },
        )
    assert sorted(_told(home)) == sorted(TOLD)
    async with living(home, world, KEPT):
        pass  # the statistics of the hour before are made
    assert not _told(home)


def _told(home: Path) -> list[tuple[str, str, str]]:
    return told(home, "automation.by_event")


async def _add_accounts(person: Person, world: World) -> None:
    box = world.box
    # The form of 0.1.0 asks for the server too.
    alice = await entries._go_through(
        person,
        box,
        {
            "user": entries._choose("password"),
            "password": entries._fill(
                account=ALICE,
                password=box.accounts[ALICE].password,
                url=f"https://127.0.0.1:{box.port}/today/settings.phtml",
            ),
        },
    )
    # Before the others: what can be changed is only offered of a loaded account.
    await entries._change(
        person,
        alice,
        "control",
        {
            "forwarding_targets": ["+31208005164", "carol@example.com"],
            "allow_do_not_disturb_with_rules": True,
        },
    )
    await entries.set_options(
        person,
        alice,
        activity_interval=120,
        settings_interval=30,
        low_balance=20,
        currency="USD",
        time_zone="Europe/Brussels",
    )
    await entries.set_phone_book(person, alice, CONTACTS)
    await _add(person, world, BOB, "/owner/settings.phtml", account=BOB)
    await _add(person, world, CAROL, "/2012-05/settings.phtml")
    await entries.add_by_certificate(person, box, DAVE)


async def _wait_until_loaded(person: Person) -> None:
    async with asyncio.timeout(LIMIT):
        while True:
            shown = await person.command("config_entries/get", domain="sip_account")
            if all(entry["state"] == "loaded" for entry in shown):
                return
            await asyncio.sleep(0.1)


async def _add(
    person: Person, world: World, address: str, page: str, **more: str
) -> None:
    """Add an account with its certificate, and pin the server's."""

    async def upload() -> dict[str, Any]:
        content = world.certificate_of(address).crt(traditional=False)
        return {"certificate": await person.upload("client.crt", content)}

    await entries._go_through(
        person,
        world.box,
        {
            "user": entries._choose("certificate"),
            "certificate": upload,
            "server": entries._fill(
                url=f"https://127.0.0.1:{world.box.port}{page}", **more
            ),
            "weak_certificate": entries._fill(allow_weak_certificate=True),
            "untrusted_server": entries._choose("pin_certificate"),
            "pin_certificate": entries._fill(),
        },
    )


def _keep(home: Path, world: World) -> None:
    """Copy the home into the repository, without what each box makes anew."""
    ours = read_entries(home)
    for entry in ours:
        secrets = world.secrets_of(entry["unique_id"])
        kept = {key: value for key, value in entry["data"].items() if key in secrets}
        assert kept == secrets, entry["unique_id"]
        entry["data"] = {k: v for k, v in entry["data"].items() if k not in secrets}
    write_entries(home, ours)
    shutil.rmtree(KEPT_HOME, ignore_errors=True)
    (KEPT_HOME / "storage").mkdir(parents=True)
    for pattern in _KEPT_STORES:
        for file in (home / ".storage").glob(pattern):
            _keep_store(file, world.box.port)
    for name in ("configuration.yaml", "automations.yaml"):
        shutil.copy(home / name, KEPT_HOME)
    imported = "blueprints/automation/sip_account"
    shutil.copytree(home / imported, KEPT_HOME / imported)
    with closing(sqlite3.connect(home / "home-assistant_v2.db")) as database:
        database.executescript(_THIN_OUT)
        dump = "\n".join(database.iterdump())
    (KEPT_HOME / "recorder.sql").write_text(dump + "\n")


def _keep_store(file: Path, port: int) -> None:
    """Write a store with a line for each thing in it."""
    content = json.loads(file.read_text().replace(f":{port}/", f":{BOX_PORT}/"))
    data = content["data"]
    if file.name == "auth":
        data["refresh_tokens"] = []
    text = json.dumps(content | {"data": "DATA"}, indent=1)
    kept = KEPT_HOME / "storage" / file.name
    kept.write_text(text.replace('"DATA"', _by_lines(data)) + "\n")


def _by_lines(data: Any) -> str:
    if isinstance(data, dict):
        parts = [f"{json.dumps(key)}: {_lines(value)}" for key, value in data.items()]
        return "{\n" + ",\n".join(parts) + "\n}"
    return _lines(data)


def _lines(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(json.dumps, value)) + "\n]"
    return json.dumps(value)


async def _look_again() -> dict[str, Any]:
    """Return what the kept home shows with the code that made it."""
    world = make_world()
    keep(world)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        async with world.box:
            lay_out(home, world)
            put_code(home, OF_0_1_0)
            async with living(home, world, LOOKED_AT) as person:
                return await look(person, world)


if __name__ == "__main__":
    asyncio.run(main())
