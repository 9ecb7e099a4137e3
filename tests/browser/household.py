"""A real Home Assistant and an account in a box, for tests that are not asynchronous.

Both live in a thread of their own: Playwright has the tests' one.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import re
from threading import Thread
from typing import Any

from demo import AccountBox, Call, IssuedCertificate, Names, entries, everyone
from demo.home import free_port, running_home
from demo.past import give_past
from demo.person import Person
from tests.limits import LIMIT, until

ALICE = "alice@example.com"
BOB = "bob@example.com"
CAROL = "carol@example.com"

ROOT = Path(__file__).parents[2]
INTEGRATIONS = Path(__file__).parent / "integrations"
# `scripts/test --browser --floor` names another environment with a Home Assistant.
HOME_PYTHON = (
    ROOT / ".venvs" / os.environ.get("SIP_ACCOUNT_HOME", "home") / "bin" / "python"
)
# What a test cannot have there is left out.
ON_FLOOR = os.environ.get("SIP_ACCOUNT_HOME") == "home_floor"


class Household:
    """The home, what it can be told over its API, and the box."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        box: AccountBox,
        names: Names,
        person: Person,
        origin: str,
        folder: Path,
    ) -> None:
        self.box = box
        self.names = names
        self.origin = origin
        self._loop = loop
        self.person = person
        self._folder = folder
        self._calls = 0
        self.token = self.command(
            "auth/long_lived_access_token", client_name="Browser", lifespan=1
        )
        until(lambda: "own_names" in self.command("get_services"))
        self.act(
            "own_names.ask", server=names.address, authority=box.authority_pem.decode()
        )

    def await_(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Let something happen beside the test, and wait until it has."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(LIMIT)

    def command(self, kind: str, **fields: Any) -> Any:
        """Send a command over the WebSocket API."""
        return self.await_(self.person.command(kind, **fields))

    def act(self, action: str, **data: Any) -> None:
        """Perform an action."""
        domain, _, service = action.partition(".")
        self.command("call_service", domain=domain, service=service, service_data=data)

    def post(self, path: str, **fields: Any) -> Any:
        """Post JSON."""
        return self.await_(self.person.post(path, fields))

    def url(self, page: str) -> str:
        """Return a page of the box by number: browsers' homes resolve no names."""
        return page.replace("localhost", "127.0.0.1")

    # Accounts

    def add(
        self,
        address: str,
        *,
        by: str = "certificate",
        certificate: IssuedCertificate | None = None,
    ) -> str:
        """Add an account without a browser; returns the entry's id."""
        if by == "password":
            work = entries.add_by_password(self.person, self.box, address)
        else:
            work = entries.add_by_certificate(
                self.person, self.box, address, certificate
            )
        return str(self.await_(work))

    def entries(self) -> list[dict[str, Any]]:
        """Return the accounts that the home knows."""
        found: list[dict[str, Any]] = self.command(
            "config_entries/get", domain="sip_account"
        )
        return found

    def begin_reauth(self, entry_id: str) -> None:
        """Let the home ask for new credentials, without a refusal that has lasted."""
        self.act("begin_reauth.begin", entry_id=entry_id)

    def reload(self, entry_id: str) -> None:
        """Set an account up anew, which polls it."""
        self.post(f"/api/config/config_entries/entry/{entry_id}/reload")

    def states(self) -> list[dict[str, Any]]:
        """Return what all entities show."""
        found: list[dict[str, Any]] = self.command("get_states")
        return found

    def state_of(self, address: str, platform: str, key: str) -> str | None:
        """Return the state of one entity of an account."""
        name = re.sub(r"\W", "_", address)
        wanted = f"{platform}.{name}_{key}"
        found = (s["state"] for s in self.states() if s["entity_id"] == wanted)
        return next(found, None)

    def unit_of(self, address: str, key: str) -> str | None:
        """Return the unit of one sensor of an account."""
        wanted = f"sensor.{re.sub(r'\W', '_', address)}_{key}"
        found = (s["attributes"] for s in self.states() if s["entity_id"] == wanted)
        return next((told.get("unit_of_measurement") for told in found), None)

    def miss_calls(
        self, address: str, *names: str, party: str = "sip:0031208005161@example.com"
    ) -> None:
        """Let people give up calling, and wait until the home begins to tell of it."""
        before = self.state_of(address, "event", "call")
        for name in names:
            # Later than any before, so that it is the last one.
            self._calls += 1
            began = self.box.now() + timedelta(seconds=self._calls)
            call = Call("received", party, began, name, status=487)
            call.session_id = f"session-{self._calls}"
            self.box.accounts[address].calls.append(call)
        sensor = f"sensor.{re.sub(r'\W', '_', address)}_last_call"
        self.act("homeassistant.update_entity", entity_id=sensor)
        until(lambda: self.state_of(address, "event", "call") != before)

    def give_past(self, address: str, entry_id: str) -> None:
        """Let the home have counted a year of an account's calls."""
        account, now = self.box.accounts[address], self.box.now()
        self.await_(give_past(self.person, self._folder, entry_id, account, now))

    def add_automation(self, name: str, **blueprint: Any) -> None:
        """Make an automation of a blueprint."""
        path = f"/api/config/automation/config/{name}"
        self.post(path, alias=name, use_blueprint=blueprint)
        wanted = f"automation.{name}"
        until(lambda: any(s["entity_id"] == wanted for s in self.states()))

    def entity_names(self, entry_id: str) -> list[str]:
        """Return the names of an account's entities that are not disabled."""
        entities: list[dict[str, Any]] = self.command("config/entity_registry/list")
        return [
            entity["original_name"]
            for entity in entities
            if entity["config_entry_id"] == entry_id and not entity["disabled_by"]
        ]

    def device(self, entry_id: str) -> str:
        """Return the id of an account's device."""
        devices: list[dict[str, Any]] = self.command("config/device_registry/list")
        return next(
            str(device["id"])
            for device in devices
            if entry_id in device["config_entries"]
        )

    # Between tests

    def start_over(self) -> None:
        """Leave no account in the home, and everyone in the box as at first."""
        for state in self.states():
            if state["entity_id"].startswith("automation."):
                path = f"/api/config/automation/config/{state['attributes']['id']}"
                self.await_(self.person.delete(path))
        self._remove_accounts()
        for board in self.command("lovelace/dashboards/list"):
            if board["url_path"] == "sip-account":
                self.command("lovelace/dashboards/delete", dashboard_id=board["id"])
        self.command("frontend/set_user_data", key="core", value={})
        for path in self.command("blueprint/list", domain="automation"):
            if not path.startswith("homeassistant/"):
                self.command("blueprint/delete", domain="automation", path=path)
        self.act("persistent_notification.dismiss_all")
        # The same entities come again in the next test, without this one's history.
        globs = ["*.*_example_com_*"]
        self.act("recorder.purge_entities", entity_globs=globs, keep_days=0)
        known = self.command("recorder/list_statistic_ids")
        ids = [one["statistic_id"] for one in known if "_example_" in str(one)]
        self.command("recorder/clear_statistics", statistic_ids=ids)
        self.names.forget()
        self.box.files.clear()
        self.box.faults.clear()
        self.box.replace_server_certificate()
        for account in everyone(self.box.now()):
            self.box.add(account)

    def _remove_accounts(self) -> None:
        ours = {entry["entry_id"] for entry in self.entries()}
        for entity in self.command("config/entity_registry/list"):
            # Nor does an entity that comes again forget that it was enabled.
            wanted = entity["entity_id"].startswith("calendar.")
            if entity["config_entry_id"] in ours and wanted:
                off = {"entity_id": entity["entity_id"], "disabled_by": "user"}
                self.command("config/entity_registry/update", **off)
        for device in self.command("config/device_registry/list"):
            if ours & set(device["config_entries"]):
                # Home Assistant gives a device that comes again its area of before.
                nowhere = {"device_id": device["id"], "area_id": None, "labels": []}
                self.command("config/device_registry/update", **nowhere)
        for entry_id in ours:
            self.await_(entries.remove(self.person, entry_id))


type Await = Callable[[Coroutine[Any, Any, Any]], Any]


@contextmanager
def beside() -> Iterator[tuple[asyncio.AbstractEventLoop, Await]]:
    """Have a loop in a thread of its own; yields it, and a way to wait for it."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="household")
    thread.start()

    def await_(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(2 * LIMIT)

    try:
        yield loop, await_
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def household() -> Iterator[Household]:
    """Start both, and stop both whatever happens."""
    # Time stands still in the box, so that its calls stay where they are; a minute
    # late, so that calls may follow each other.
    now = datetime.now(UTC) - timedelta(minutes=1)
    with beside() as (loop, await_):
        stack = AsyncExitStack()
        try:
            box = await_(stack.enter_async_context(AccountBox(now=lambda: now)))
            names = await_(stack.enter_async_context(Names()))
            port = free_port()
            person, log = await_(
                stack.enter_async_context(running_home(port, HOME_PYTHON, INTEGRATIONS))
            )
            origin = f"http://127.0.0.1:{port}"
            yield Household(loop, box, names, person, origin, log.parent)
        finally:
            await_(stack.aclose())
