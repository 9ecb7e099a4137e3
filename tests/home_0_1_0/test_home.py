"""A home of 0.1.0 goes on with today's code, and goes back to 0.1.0 without loss.

Real Home Assistant runs as a program of its own, on the storage that 0.1.0 left, with
the people of then in the box. `README.md` says how the home was made, and what to do
when something must differ.
"""

import asyncio
from copy import deepcopy
import json
from pathlib import Path
from typing import Any

from homeassistant.const import MAJOR_VERSION, MINOR_VERSION
import pytest

from demo.person import Person

from .changes import as_either_shows_it
from .furniture import AT_NIGHT
from .living import (
    OF_0_1_0,
    TODAY,
    complaints,
    lay_out,
    living,
    noted,
    poll,
    put_code,
    read_entries,
    read_store,
    told,
    until,
)
from .look import differences, look, within
from .make import SHOWN
from .people import (
    ALICE,
    LATER,
    LATER_NEWS,
    LATEST,
    LOOKED_AT,
    NEWS,
    TOLD,
    World,
    go_further,
    go_on,
    keep,
    make_world,
)

KEPT: dict[str, Any] = json.loads(SHOWN.read_text())
# Automations that note every call.
WAYS = ("automation.by_event", "automation.by_state")

type Calls = list[tuple[str, str, str]]


BEFORE_2026_10 = (MAJOR_VERSION, MINOR_VERSION) < (2026, 10)


@pytest.mark.skipif(BEFORE_2026_10, reason="0.1.0 asks for 2026.10 itself")
@pytest.mark.usefixtures("socket_enabled")
def test_home(tmp_path: Path) -> None:
    """The same is shown, each call is told once, and so it is after going back."""
    asyncio.set_event_loop(None)
    asyncio.run(_live(tmp_path / "home"))


async def _live(home: Path) -> None:
    world = make_world()
    keep(world)
    async with world.box:
        lay_out(home, world)
        before = _stored(home)

        put_code(home, TODAY)
        async with living(home, world, LOOKED_AT) as person:
            shown = await look(person, world)
            _expect_same(KEPT, shown)
            _expect_nothing_new_asked(shown)
            _expect_nothing_told(home, KEPT)
            await _use_actions(person, world)
            go_on(world)
            # The number that called alice is in her phone book.
            found = [NEWS[0][1], TOLD[4][1], TOLD[0][1]]
            by_others = [_blueprint("Frank"), {"by": "Frank"}, _found(*found)]
            so_many = len(WAYS) * len(NEWS) + len(by_others)
            await _let_it_be_told(person, home, world, so_many)
            shown = await look(person, world)
            _expect_nothing_new_asked(shown, "set_dnd_on", "set_call_forwarding")
        _expect_told_once(home, NEWS, by_others)
        assert complaints(home) == []
        _expect_same(before, _stored(home))

        world.box.requests.clear()
        put_code(home, OF_0_1_0)
        async with living(home, world, LATER) as person:
            shown_back = await look(person, world)
            _expect_same(within(KEPT, shown), shown_back)
            _expect_nothing_new_asked(shown_back)
            _expect_nothing_told(home, shown)
            go_further(world)
            by_others = [_blueprint("Grace"), _found(LATER_NEWS[0][1], *found[:2])]
            so_many = len(WAYS) * len(LATER_NEWS) + len(by_others)
            await _let_it_be_told(person, home, world, so_many)
            shown = await look(person, world)
        _expect_told_once(home, LATER_NEWS, by_others)
        assert complaints(home) == []
        _expect_same(before, _stored(home))

        world.box.requests.clear()
        put_code(home, TODAY)
        async with living(home, world, LATEST) as person:
            shown_again = await look(person, world)
            _expect_same(within(KEPT, shown), shown_again)
            _expect_nothing_new_asked(shown_again)
            _expect_nothing_told(home, shown)
        assert complaints(home) == []


def _stored(home: Path) -> dict[str, Any]:
    """Return what is stored of the integration and by it, but for the calls.

    What calls were told of is stored otherwise after each call, and shows in what is
    told.
    """
    entries = {entry["unique_id"]: entry for entry in read_entries(home)}
    for entry in entries.values():
        del entry["modified_at"]
        entry["minor_version"] = "may rise"
    books = (home / ".storage").glob("sip_account.phone_book.*")
    return {
        "entries": entries,
        "phone books": {book.name: read_store(home, book.name) for book in books},
        "dashboard": read_store(home, "lovelace.sip_account"),
    }


def _expect_same(kept: dict[str, Any], shown: dict[str, Any]) -> None:
    """Nothing may be gone or otherwise; a home may ask for less than it did."""
    kept = {part: told for part, told in kept.items() if part != "asked"}
    kept, shown = as_either_shows_it(kept), as_either_shows_it(shown)
    assert list(differences(kept, shown)) == []


def _expect_nothing_new_asked(shown: dict[str, Any], *performed: str) -> None:
    """What was learned is known: no name is tried that 0.1.0 did not use by then."""
    anybody = {name for names in KEPT["asked"].values() for name in names}
    for account, names in shown["asked"].items():
        # Who does not say who it is begins anew to say it.
        known = KEPT["asked"][account] if account else anybody
        assert set(names) <= {*known, *performed}, account


def _expect_nothing_told(home: Path, shown: dict[str, Any]) -> None:
    """Entities of events come back with the call that they last told of."""
    assert noted(home, "notified") == []
    states = {(note["entity_id"], note["state"]) for note in noted(home, "event")}
    for entity_id, state in states:
        assert state in {"unavailable", shown["entities"][entity_id]["state"]}


async def _let_it_be_told(
    person: Person, home: Path, world: World, so_many: int
) -> None:
    """Poll until automations have run so often; then poll anew, by a reload."""
    await poll(person, world)
    await until(
        lambda: len(noted(home, "notified")) >= so_many,
        lambda: noted(home, "notified"),
    )
    for entry in await person.command("config_entries/get", domain="sip_account"):
        path = f"/api/config/config_entries/entry/{entry['entry_id']}/reload"
        await person.post(path, {})


def _expect_told_once(home: Path, news: Calls, by_others: list[dict[str, Any]]) -> None:
    """Each call once until the home was stopped, and with all that 0.1.0 told."""
    for way in WAYS:
        assert sorted(told(home, way)) == sorted(news)
    others = [note["data"] for note in noted(home, "notified")]
    others = [note for note in others if note.get("by") not in WAYS]
    for note in others:
        note.pop("data", None)  # the button, of which other tests tell
    assert sorted(others, key=str) == sorted(by_others, key=str)
    names = KEPT["entities"]["event.alice_example_com_call"]["attributes"]
    for note in noted(home, "event"):
        if note["attributes"].get("event_type"):
            assert _types(names).items() <= _types(note["attributes"]).items(), note


def _types(attributes: dict[str, Any]) -> dict[str, str]:
    """Return the types of a call's attributes; some may be unknown."""
    may_be_unknown = {"name", "name_source", "number", "price"}
    return {
        name: type(value).__name__
        for name, value in attributes.items()
        if name not in may_be_unknown
    }


async def _use_actions(person: Person, world: World) -> None:
    """An automation of then performs the actions as it did."""
    alice = world.box.accounts[ALICE]
    as_before = deepcopy((alice.accept, alice.diversions))
    await person.command(
        "call_service",
        domain="automation",
        service="trigger",
        service_data={"entity_id": AT_NIGHT},
    )
    assert alice.accept.temporary_groups == ["nobody"]
    assert alice.accept.temporary_minutes == 450
    assert alice.diversions["FBUS"] == "<voice-mailbox>"
    assert alice.diversions["FNOA"] == ""
    alice.accept, alice.diversions = as_before


def _blueprint(name: str) -> dict[str, Any]:
    """Return what the blueprint of missed calls notifies alice of."""
    return {"title": "Missed call", "message": name}


def _found(*parties: str) -> dict[str, Any]:
    """Return what an automation notes that asks who called alice in vain."""
    return {"by": "automation.by_count", "found": list(parties)}
