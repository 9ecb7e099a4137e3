"""Polls and calls that teach the server's zone, or just do not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from custom_components.sip_account.server_times import kept_zone
from custom_components.sip_account.server_zone import ServerZone
from demo import AccountBox
from demo.accounts import Call

from .support import ALICE
from .test_server_times import FIRST, Server, start

__all__ = ["start"]
KEPT = ServerZone("UTC").begun("2026-06-01 12:00:00", None).as_stored()
HERE = "https://example.com/settings"


def _ring(server: Server, name: str) -> None:
    """Let a call have ended right now."""
    ended = server.box.now().replace(microsecond=0)
    call = Call("received", f"sip:{name}@example.net", ended)
    call.status, call.session_id = 487, name
    server.box.accounts[ALICE].calls.insert(0, call)


@pytest.mark.parametrize(
    ("seconds", "teaches"), [(-1, False), (0, True), (99, True), (100, True)]
)
async def test_polls_apart(
    start: Callable[..., Any], seconds: int, *, teaches: bool
) -> None:
    """Two polls are a hundred seconds apart at most, and not the wrong way round."""
    server = await start("UTC")
    began = FIRST + timedelta(hours=1)
    server.freezer.move_to(began)
    await server.poll()
    server.freezer.move_to(began + timedelta(seconds=seconds))
    _ring(server, "x")
    await server.poll()
    assert (await server.told())["calls"] == teaches


async def test_polls_too_far_apart(start: Callable[..., Any]) -> None:
    """After a second more nobody knows when the call was."""
    server = await start("UTC")
    server.freezer.move_to(FIRST + timedelta(hours=1))
    await server.poll()
    server.freezer.tick(timedelta(seconds=101))
    _ring(server, "x")
    await server.poll()
    assert (await server.told())["calls"] == 0
    # Nothing new teaches nothing, and takes nothing back.
    await server.poll()
    assert server.entry.runtime_data.activity.last_update_success
    _ring(server, "y")
    await server.poll()
    assert (await server.told())["calls"] == 1
    await server.poll()
    assert (await server.told())["calls"] == 1


async def test_an_account_in_no_zone(
    start: Callable[..., Any], box: AccountBox
) -> None:
    """A zone that nobody knows, as the account's own, is no reason not to learn."""
    box.accounts[ALICE].timezone = "Nowhere/Else"
    server = await start("America/New_York")
    for hours in (1, 3, 25):
        await server.call(FIRST + timedelta(hours=hours))
    told = await server.told()
    assert (told["zone"], told["calls"]) == ("America/New_York", 3)


async def test_a_zone_of_no_place(start: Callable[..., Any]) -> None:
    """Nobody lives twelve hours behind, so nothing is learned, nor kept."""
    server = await start("Etc/GMT+12")
    for hours in (1, 3, 25):
        await server.call(FIRST + timedelta(hours=hours))
    assert (await server.told())["calls"] == 0
    assert "server_zone" not in server.entry.data


@pytest.mark.parametrize("other", ["https://a.example/", "https://z.example/", None])
def test_kept_of_a_server(other: str | None) -> None:
    """What was learned is of one server; of another, or none, nothing is known."""
    same = "".join(HERE)
    known = kept_zone({"url": HERE, "server_zone": {**KEPT, "server": same}})
    assert known == ServerZone.from_stored(KEPT)
    assert known.zone == "UTC"
    moved = kept_zone({"url": HERE, "server_zone": {**KEPT, "server": other}})
    assert moved == ServerZone()
    nothings: list[Any] = [None, [], "UTC"]
    for nothing in nothings:
        assert kept_zone({"url": HERE, "server_zone": nothing}) == ServerZone()
    assert kept_zone({"url": HERE}) == ServerZone()
