"""`kill -9` in the middle of polls: no call is lost, none is told twice unasked.

A real Home Assistant runs as a program of its own, with an automation that notes each
call; it is killed over and over while calls come in.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
import json
import os
from pathlib import Path
import random
import signal
import subprocess
import sys
import time
from typing import Any

import pytest

from custom_components.sip_account.calls.watch import EVENT_TYPES
from demo import AccountBox
from demo.accounts import Call
from demo.bound import command
from demo.home import free_port, furnish, store
from tests.integration.support import ALICE, box_in_thread, password_entry_data
from tests.limits import until

KILLS = 20 if os.environ.get("SIP_ACCOUNT_LONG") else 3
ENTRY_ID = "0123456789abcdef0123456789abcdef"
NOTED = "noted.txt"


def _move_in(folder: Path, box: AccountBox) -> None:
    """Write a home with one account and one automation."""
    furnish(folder, free_port())
    # The demo's Home Assistant is newer than that of the tests.
    http = folder / ".storage" / "http"
    http.write_text(http.read_text().replace('"version": 3', '"version": 2'))
    automation = {
        "alias": "calls",
        "mode": "queued",
        "max": 100,
        "triggers": {
            "trigger": "event.received",
            "target": {"entity_id": "event.alice_example_com_call"},
            "options": {"event_type": EVENT_TYPES},
        },
        "actions": {
            "action": "witness.note",
            "data": {
                "id": "{{ trigger.to_state.attributes.call_id }}",
                "party": "{{ trigger.to_state.attributes.party }}",
            },
        },
    }
    config = {"automation": [automation]}
    (folder / "automation.json").write_text(json.dumps(config))
    entry: dict[str, Any] = {
        "created_at": "2026-01-01T00:00:00+00:00",
        "modified_at": "2026-01-01T00:00:00+00:00",
        "data": password_entry_data(box, ALICE),
        "disabled_by": None,
        "discovery_keys": {},
        "domain": "sip_account",
        "entry_id": ENTRY_ID,
        "minor_version": 1,
        "options": {"activity_interval": 1, "settings_interval": 60},
        "pref_disable_new_entities": False,
        "pref_disable_polling": False,
        "source": "user",
        "subentries": [],
        "title": ALICE,
        "unique_id": ALICE,
        "version": 1,
    }
    entries = {"entries": [entry]}
    store(folder / ".storage", "core.config_entries", 1, entries, 5)


class Home:
    """Home Assistant as a program of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until automations are armed."""
        starts = self._lines().count("started")
        program = Path(__file__).parent / "home.py"
        with (self.folder / "output.txt").open("ab") as output:
            process = self.process = subprocess.Popen(
                command(sys.executable, program, str(self.folder)),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

        def is_decided() -> bool:
            return self._lines().count("started") > starts or bool(process.poll())

        until(is_decided, self._output)
        assert process.poll() is None, self._output()

    def kill(self) -> None:
        """Kill it as nothing can be prepared for."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()  # closes the pipe, too

    def noted(self) -> list[tuple[str, str]]:
        """Return the calls that the automation ran for: their id and party."""
        told = [line.split() for line in self._lines() if line.startswith("call ")]
        return [(line[1], line[2]) for line in told if len(line) == 3]

    def _lines(self) -> list[str]:
        file = self.folder / NOTED
        return file.read_text().splitlines() if file.exists() else []

    def _output(self) -> str:
        return (self.folder / "output.txt").read_text()[-3000:]


def _call(box: AccountBox, number: int) -> None:
    now = box.now().replace(microsecond=0)
    call = Call("received", f"sip:caller{number}@example.net", now, status=487)
    call.session_id = f"session-{number}"
    box.accounts[ALICE].calls.append(call)


@pytest.mark.usefixtures("socket_enabled")
def test_kill(
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, Any], None],
) -> None:
    """Calls come in while Home Assistant is killed again and again."""
    asyncio.set_event_loop(None)
    chance = random.Random(KILLS)
    with box_in_thread() as box:
        box.accounts[ALICE].calls.clear()
        _move_in(tmp_path, box)
        home = Home(tmp_path)
        request.addfinalizer(home.kill)
        home.start()
        seen = tmp_path / ".storage" / f"sip_account.calls.{ENTRY_ID}"
        until(seen.exists, home._output)
        number = 0
        doubtful: set[str] = set()
        for _ in range(KILLS):
            for _ in range(chance.randint(4, 8)):
                _call(box, number)
                number += 1
                time.sleep(chance.uniform(0, 0.4))  # calls come at any moment
            before = {call_id for call_id, _ in home.noted()}
            if chance.random() < 0.5:
                time.sleep(chance.uniform(0, 0.3))  # and so does the end
            else:  # in the middle of telling
                told = len(home.noted())
                _call(box, number)
                number += 1
                until(lambda told=told: len(home.noted()) > told, home._output)  # type: ignore[misc]
            home.kill()
            # What was noted since may belong to the poll that was interrupted.
            doubtful |= {call_id for call_id, _ in home.noted()} - before
            doubtful |= {call_id for call_id, _ in home.noted()[-8:]}
            _call(box, number)  # one in the night
            number += 1
            home.start()
        until(lambda: len({party for _, party in home.noted()}) >= number, home._output)
        # Two more polls at least, which must tell nothing.
        asked = len(box.requests)
        until(lambda: len(box.requests) > asked + 4, home._output)
        noted = home.noted()
        home.kill()
    parties = Counter(party for _, party in noted)
    doubled = Counter(call_id for call_id, _ in noted)
    twice = {call_id for call_id, count in doubled.items() if count > 1}
    lost = number - len(parties)
    record_property(
        "kills",
        f"{KILLS} kills, {number} calls, {len(noted)} runs, {lost} lost,"
        f" {len(twice - doubtful)} doubled (of interrupted polls: {len(twice)})",
    )
    assert lost == 0
    assert twice <= doubtful
    # A call that is told of again has the same identity.
    assert len(doubled) == len(parties)
