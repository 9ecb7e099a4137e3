"""A home of 0.1.0 becomes one of today, as the person in it sees it."""

from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import expect
import pytest
import yaml

from demo.home import free_port, started_home
from demo.person import PASSWORD, USER, Person
from tests.home_0_1_0.living import (
    KEPT_HOME,
    OF_0_1_0,
    TODAY,
    furnish_http,
    lay_out,
    put_code,
)
from tests.home_0_1_0.people import ALICE, BOB, CAROL, DAVE, keep, make_world
from tests.limits import until

from .conftest import LookAt
from .frontend import Frontend
from .household import HOME_PYTHON, ON_FLOOR, Await, beside

# What its own configuration has no need of, and whoever looks at it has.
_SHOWN = """\
config:
frontend:
history:
logbook:
"""
_DASHBOARD = "/sip-account/telephone"
_MANY = len(yaml.safe_load((KEPT_HOME / "automations.yaml").read_text()))
_VERSION = json.loads((TODAY / "manifest.json").read_text())["version"]


@contextmanager
def _lived_in(folder: Path, await_: Await) -> Iterator[tuple[Person, str]]:
    """Live in the home as it is; yields who does, and where it is."""
    port = free_port()
    furnish_http(folder, port)
    stack = AsyncExitStack()
    try:
        home = started_home(folder, port, HOME_PYTHON)
        person = await_(stack.enter_async_context(home))
        await_(person.log_in())
        yield person, f"http://127.0.0.1:{port}"
    finally:
        await_(stack.aclose())


def _look(person: Person, await_: Await, home: Frontend) -> dict[str, Any]:
    """Log in, open the dashboard, and tell what is there."""
    states: dict[str, str] = {}

    def is_settled() -> bool:
        shown = await_(person.command("get_states"))
        states.update((state["entity_id"], state["state"]) for state in shown)
        balance = states.get("sensor.alice_example_com_balance")
        # Home Assistant sets up automations last of all.
        told = [on for key, on in states.items() if key.startswith("automation.")]
        return balance not in {None, "unknown", "unavailable"} and len(told) == _MANY

    until(is_settled)
    home.log_in(USER, PASSWORD)
    home.open(_DASHBOARD, width=1280, height=1400)
    for address in (ALICE, BOB, CAROL, DAVE):
        home.card(address).first.wait_for()
    expect(home.card(ALICE).first).to_contain_text("Aunt Mary")
    home.picture("dashboard")
    automations = {key: on for key, on in states.items() if key[:11] == "automation."}
    return {
        "dashboard": await_(person.command("lovelace/config", url_path="sip-account")),
        "automations": automations,
        "configured": [
            await_(person.command("automation/config", entity_id=entity_id))
            for entity_id in sorted(automations)
        ],
        "blueprints": await_(person.command("blueprint/list", domain="automation")),
        "errors": home.page.locator("hui-error-card").count(),
        "balance": states["sensor.alice_example_com_balance"],
        "missed": states["sensor.who_did_i_miss"],
    }


def _version(person: Person, await_: Await) -> str:
    manifest = await_(person.command("manifest/get", integration="sip_account"))
    return str(manifest["version"])


@pytest.mark.skipif(ON_FLOOR, reason="0.1.0 asks for 2026.10, and cannot be loaded")
def test_from_0_1_0(look_at: LookAt, tmp_path: Path) -> None:
    """Dashboard and automations are untouched, and the cards show what they showed."""
    folder = tmp_path / "home"
    with beside() as (_loop, await_):
        world = make_world()
        keep(world)
        world.clock.now = datetime.now(UTC)
        await_(world.box.start())
        try:
            lay_out(folder, world)
            with (folder / "configuration.yaml").open("a") as configuration:
                configuration.write(_SHOWN)
            put_code(folder, OF_0_1_0)
            with _lived_in(folder, await_) as (person, origin):
                assert _version(person, await_) == "0.1.0"
                before = _look(person, await_, look_at(origin))
            automations = (folder / "automations.yaml").read_text()
            put_code(folder, TODAY)
            with _lived_in(folder, await_) as (person, origin):
                assert _version(person, await_) == _VERSION
                assert _look(person, await_, look_at(origin)) == before
            assert (folder / "automations.yaml").read_text() == automations
        finally:
            await_(world.box.stop())
    assert before["automations"]
    assert "off" not in {before["missed"], *before["automations"].values()}
