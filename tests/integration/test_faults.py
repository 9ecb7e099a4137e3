"""Every fault of the tables: what is shown, what is logged, and who is asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
import logging
import re
from typing import Any

from aiohttp import ClientTimeout
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.sip_settings import TIME_LIMIT
from demo import AccountBox
from demo.wire_faults import WIRE
from tests.faults.server_table import SERVER_FAULTS, ServerFault
from tests.faults.table import FAULTS, Fault

from .passing import pass_time
from .support import ALICE, certificate_entry_data, in_box

LOGGER = "custom_components.sip_account.health"
# Seconds: where all fails, and where the rest must still answer on a busy machine.
IMPATIENT, RATHER_PATIENT = 0.3, 3.0
FORWARDING = "sensor.alice_example_com_call_forwarding"
ONE = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@contextmanager
def _failing(box: AccountBox, entry: Any, action: str, fault: Fault) -> Iterator[None]:
    """Let an action go wrong; what never comes is waited for only shortly."""
    patience = RATHER_PATIENT if action != "*" else IMPATIENT
    box.faults.set("*", action, fault.name)
    with _waiting(entry, patience if fault.hangs else TIME_LIMIT):
        yield
    box.faults.clear()


@contextmanager
def _waiting(entry: Any, seconds: float) -> Iterator[None]:
    transports = entry.runtime_data.connection.client._transports.values()
    usual = {transport: transport._timeout for transport in transports}
    for transport in transports:
        transport._timeout = ClientTimeout(total=seconds)
    yield
    for transport, timeout in usual.items():
        transport._timeout = timeout


def _states(hass: HomeAssistant) -> dict[str, str]:
    """Return all states that a server's fault may change.

    The event and the button have no part in it, nor has the certificate's expiry.
    """
    return {
        state.entity_id: state.state
        for state in hass.states.async_all(("sensor", "binary_sensor"))
        if "certificate" not in state.entity_id
    }


def _reauths(hass: HomeAssistant) -> int:
    return sum(
        flow["context"]["source"] == SOURCE_REAUTH
        for flow in hass.config_entries.flow.async_progress()
    )


def _lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name == LOGGER
    ]


def _told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return of what something is said to be left out; nothing else may be logged."""
    found = [
        re.fullmatch(
            r"alice@example\.com: of (.*), something is not understood and left out",
            line,
        )
        for _, line in _lines(caplog)
    ]
    assert all(found)
    return [it[1] for it in found if it]


def _let_time_pass(entry: Any) -> None:
    """Let it be time for the next attempt where the account was refused."""
    entry.runtime_data.health.standing._due = 0.0


async def _poll(hass: HomeAssistant, entry: Any) -> None:
    """Poll everything once, as often as the test likes."""
    with suppress(Exception):
        await entry.runtime_data.settings.async_refresh()
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()


@ONE
async def test_one_action(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
) -> None:
    """One action fails: its entities are unavailable, all others stay as they are."""
    caplog.set_level(logging.INFO, LOGGER)
    entry = await set_up(ALICE)
    before = _states(hass)
    with _failing(box, entry, "diversions", fault):
        await _poll(hass, entry)
        await _poll(hass, entry)
    lost = {FORWARDING: "unavailable"} if fault.kind else {}
    assert _states(hass) == before | lost
    assert _reauths(hass) == 0
    settings = entry.runtime_data.settings
    if fault.kind:
        assert settings.last_errors["diversions"].kind == fault.kind
        assert settings.data.by_action["diversions"].value  # the last good data stay
        ((level, line),) = _lines(caplog)
        assert level == "WARNING"
        assert "cannot read diversions" in line
    else:
        assert _told(caplog) == (["diversions"] if fault.leaves_out else [])
        assert not settings.last_errors
    entry.runtime_data.connection.client.forget_unsupported()
    await _poll(hass, entry)
    assert _states(hass) == before
    if fault.kind:
        level, line = _lines(caplog)[-1]
        assert level == "INFO"
        assert len(_lines(caplog)) == 2
        assert "can read diversions again" in line


@ONE
async def test_everything(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
) -> None:
    """Everything fails: one line, one more when it is over, and no rash reauth."""
    caplog.set_level(logging.INFO, LOGGER)
    entry = await set_up(ALICE)
    before = _states(hass)
    with _failing(box, entry, "*", fault):
        await _poll(hass, entry)
    expected = before if fault.kind is None else dict.fromkeys(before, "unavailable")
    assert _states(hass) == expected
    assert _reauths(hass) == 0
    _check_log(caplog, fault.kind, over=False)
    assert bool(fault.leaves_out) == any("left" in line for _, line in _lines(caplog))
    entry.runtime_data.connection.client.forget_unsupported()
    _let_time_pass(entry)
    await _poll(hass, entry)
    assert _states(hass) == before
    _check_log(caplog, fault.kind, over=True)


def _check_log(
    caplog: pytest.LogCaptureFixture, kind: str | None, *, over: bool
) -> None:
    lines = _lines(caplog)
    if kind is None:
        assert all("left out" in line for _, line in lines)
        return
    levels = [level for level, _ in lines]
    assert levels == (["WARNING", "INFO"] if over else ["WARNING"]), lines


@pytest.mark.parametrize(
    "fault",
    # Where time stands still, so do faults that take their time.
    [fault for fault in FAULTS if fault.kind and fault.name not in {*WIRE, "slow"}],
    ids=lambda fault: fault.name,
)
async def test_it_lasts(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    poll: Callable[..., Any],
    fault: Fault,
) -> None:
    """After twenty minutes of it, only credentials are asked for anew."""
    entry = await set_up(ALICE)
    with _failing(box, entry, "*", fault):
        for _ in range(5):
            await poll(5)
    assert _reauths(hass) == (fault.reauth != "never")
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("fault", SERVER_FAULTS, ids=lambda fault: fault.name)
async def test_server(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
    fault: ServerFault,
) -> None:
    """The server cannot be reached, or is not trusted: nothing else changes."""
    caplog.set_level(logging.INFO, LOGGER)
    entry = await set_up(ALICE)
    await in_box(box, fault.wreck(box))
    await _drop_connections(hass)
    with _waiting(entry, IMPATIENT if fault.hangs else TIME_LIMIT):
        await _poll(hass, entry)
    assert set(_states(hass).values()) == {"unavailable"}
    errors = entry.runtime_data.settings.last_errors
    assert {error.kind for error in errors.values()} == {fault.kind}
    assert _reauths(hass) == 0
    ((level, line),) = _lines(caplog)
    assert level == "WARNING"
    assert f"{ALICE} cannot be reached" in line


@pytest.mark.parametrize(
    "fault",
    [fault for fault in SERVER_FAULTS if not fault.hangs],
    ids=lambda fault: fault.name,
)
async def test_server_lasts(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    fault: ServerFault,
) -> None:
    """After half an hour of it, only what a person can mend is asked for."""
    entry = await set_up(ALICE)
    await in_box(box, fault.wreck(box))
    await _drop_connections(hass)
    for _ in range(6):
        await poll(5)
    assert _reauths(hass) == (fault.reauth != "never")
    assert entry.state is ConfigEntryState.LOADED


async def _drop_connections(hass: HomeAssistant) -> None:
    """Let go of connections that were kept, as time does."""
    connector = async_get_clientsession(hass).connector
    assert connector is not None
    for connections in list(connector._conns.values()):
        for protocol, _ in list(connections):
            protocol.close()
    await hass.async_block_till_done()


def _add(hass: HomeAssistant, data: dict[str, Any]) -> MockConfigEntry:
    entry = MockConfigEntry(domain=DOMAIN, title=ALICE, unique_id=ALICE, data=data)
    entry.add_to_hass(hass)
    return entry


async def test_no_such_host(hass: HomeAssistant, box: AccountBox) -> None:
    """A name that does not resolve is tried again."""
    data = certificate_entry_data(box, ALICE)
    entry = _add(hass, data | {"url": "https://settings.invalid/settings.phtml"})
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert _reauths(hass) == 0


async def test_expired_certificate(
    hass: HomeAssistant, box: AccountBox, freezer: FrozenDateTimeFactory
) -> None:
    """A certificate that has expired, and that the server refuses for it."""
    old = box.now() - timedelta(days=4000)
    box._certificates[ALICE] = box.platform.platform_certificate(ALICE, "", now=old)
    entry = _add(hass, certificate_entry_data(box, ALICE))
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    await pass_time(hass, freezer, minutes=25, step=30)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert _reauths(hass) == 1


async def test_foreign_certificate(
    hass: HomeAssistant, box: AccountBox, freezer: FrozenDateTimeFactory
) -> None:
    """A certificate of another platform, which the handshake refuses."""
    box._certificates[ALICE] = box.foreign.platform_certificate(
        ALICE, "", now=box.now()
    )
    entry = _add(hass, certificate_entry_data(box, ALICE))
    await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    await pass_time(hass, freezer, minutes=25, step=30)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert _reauths(hass) == 1


@pytest.mark.parametrize("days", [4000, -3000])
async def test_wrong_clock(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    days: int,
) -> None:
    """A clock that is wrong by years is no reason to ask for anything."""
    entry = await set_up(ALICE)
    freezer.move_to(box.now() + timedelta(days=days))
    await _poll(hass, entry)
    assert hass.states.is_state(FORWARDING, "conditional")
    box.faults.set("*", "*", "reset")
    await _poll(hass, entry)
    assert hass.states.is_state(FORWARDING, "unavailable")
    box.faults.clear()
    await _poll(hass, entry)
    assert hass.states.is_state(FORWARDING, "conditional")
    assert _reauths(hass) == 0
