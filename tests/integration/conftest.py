"""A real Home Assistant core, and an account in a box that it talks to over TLS."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
import functools
from pathlib import Path
import random
import tempfile
from typing import Any

from aiodns import DNSResolver
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import RELOAD_AFTER_UPDATE_DELAY, ConfigEntry
from homeassistant.core import HomeAssistant, ServiceCall, State
from homeassistant.helpers import aiohttp_client, entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)

from custom_components.sip_account import name_lookup
from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.polling import timetable
from custom_components.sip_account.polling.timetable import Turn
from demo import AccountBox, Names
from demo.public import public_certificate

from .finding import OnlyThisHost
from .flow import Flow, open_flows
from .support import (
    ALICE,
    CALENDAR,
    box_in_thread,
    certificate_entry_data,
    password_entry_data,
    url_of,
)


@pytest.fixture(autouse=True)
def _ready(enable_custom_integrations: None, socket_enabled: None) -> None:
    """Let Home Assistant load the integration, and the integration reach the box."""


@pytest.fixture(autouse=True)
def _no_turn_by_itself(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let no poll have its turn in the middle of a test that does not move the clock.

    Turns are spread by chance, so one may be due a second after the set-up. Where the
    clock is moved, chance is the same in each run, and the intervals begin with the
    first poll: what falls into its minutes does not depend on the minute it is run in.
    """
    monkeypatch.setattr(timetable, "random", random.Random(22))
    if "freezer" in request.fixturenames:
        begin: list[int] = []
        wait = Turn.wait

        def wait_from_begin(turn: Turn, now: float) -> timedelta:
            begin.append(int(now))
            return wait(turn, now - begin[0])

        monkeypatch.setattr(Turn, "wait", wait_from_begin)
    else:
        monkeypatch.setattr(
            Turn, "wait", lambda turn, now: timedelta(seconds=turn.interval)
        )


@pytest.fixture
def box(socket_enabled: None) -> Iterator[AccountBox]:
    """Give a box in which everyone lives, now; its server has a loop of its own."""
    with box_in_thread() as running:
        yield running


_LATE_IN_SECOND = 600_000  # microseconds

type SetUp = Callable[..., Any]


@pytest.fixture
def set_up(
    request: pytest.FixtureRequest, hass: HomeAssistant, box: AccountBox
) -> SetUp:
    """Give a way to set up an entry, as the config flow would have made it.

    Home Assistant polls within the first half of the second that a poll is due in, by
    chance. A clock that is moved is in the other half, so that which of two polls
    comes first does not depend on that.
    """

    async def set_up(
        address: str = ALICE,
        *,
        by: str = "certificate",
        path: str | None = None,
        options: dict[str, Any] | None = None,
    ) -> MockConfigEntry:
        make = certificate_entry_data if by == "certificate" else password_entry_data
        elsewhere = {"url": url_of(box, path)} if path else {}
        entry = MockConfigEntry(
            domain=DOMAIN,
            title=address,
            unique_id=address,
            data=make(box, address) | elsewhere,
            options=options or {},
        )
        entry.add_to_hass(hass)
        if "freezer" in request.fixturenames:
            freezer = request.getfixturevalue("freezer")
            freezer.move_to(dt_util.utcnow().replace(microsecond=_LATE_IN_SECOND))
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        return entry

    return set_up


@pytest.fixture
def poll(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Callable[..., Any]:
    """Give a way to let time pass until everything was polled once more."""

    async def poll(minutes: int = 16) -> None:
        freezer.tick(timedelta(minutes=minutes))
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return poll


@pytest.fixture
def entity_id(hass: HomeAssistant) -> Callable[[ConfigEntry, str, str], str | None]:
    """Give a way to find an entity by its platform and key."""

    def find(entry: ConfigEntry, platform: str, key: str) -> str | None:
        return er.async_get(hass).async_get_entity_id(
            platform, DOMAIN, f"{entry.unique_id}_{key}"
        )

    return find


@pytest.fixture
async def names(
    socket_enabled: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Names]:
    """Give the server of names that the home asks, which knows none at first."""
    async with Names() as running:
        ours = functools.partial(DNSResolver, nameservers=[running.address])
        monkeypatch.setattr(name_lookup, "DNSResolver", ours)
        yield running


@pytest.fixture
def known_box(box: AccountBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the home know the box by its name, and the authority of its certificate."""

    def make_resolver(_hass: HomeAssistant) -> OnlyThisHost:
        return OnlyThisHost()

    monkeypatch.setattr(aiohttp_client, "_async_make_resolver", make_resolver)
    issued, authority = public_certificate()
    box.replace_server_certificate(issued)
    file = tmp_path / "authority.pem"
    file.write_bytes(authority)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))


@pytest.fixture
async def flow(
    hass: HomeAssistant,
    hass_client: Any,
    names: Names,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Flow:
    """Give a person at the frontend."""
    # Uploads go to one folder of the system, which parallel tests must not share.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return await open_flows(hass, hass_client)


@pytest.fixture
def notified(hass: HomeAssistant) -> list[ServiceCall]:
    """Give what was notified."""
    calls: list[ServiceCall] = async_mock_service(hass, "notify", "phone")
    return calls


@pytest.fixture
def see(
    hass: HomeAssistant, entity_id: Callable[..., str | None]
) -> Callable[..., State]:
    """Give the state of a sensor of an entry."""

    def see(entry: Any, key: str) -> State:
        state = hass.states.get(str(entity_id(entry, "sensor", key)))
        assert state is not None, key
        return state

    return see


@pytest.fixture
def enable(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Callable[..., Any]:
    """Give a way to enable the calendar, which Home Assistant takes its time for."""

    async def enable() -> None:
        er.async_get(hass).async_update_entity(CALENDAR, disabled_by=None)
        await hass.async_block_till_done()
        freezer.tick(RELOAD_AFTER_UPDATE_DELAY + 1)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert hass.states.get(CALENDAR)

    return enable
