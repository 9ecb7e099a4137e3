"""Names that were learned: asked for once a day, and kept by who is in charge."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from demo import AccountBox

from .flow import Flow
from .support import ALICE, hold, url_of

PAGE_OF_2009 = "/2009-09-27/settings.phtml"
VOICEMAIL = ("get_voicemail", "voicemail")


@pytest.fixture
def without_voicemail(box: AccountBox) -> Callable[[], int]:
    """Break voicemail; gives a way to tell how often it was asked for."""
    for name in VOICEMAIL:
        box.faults.set("*", name, "invalid_action")

    def asked() -> int:
        return sum(request.action == VOICEMAIL[0] for request in box.requests)

    return asked


async def test_restarts_every_23_hours(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    without_voicemail: Callable[[], int],
) -> None:
    """Ten days are ten times to ask, however often the home begins anew."""
    entry = await set_up(ALICE, options={"activity_interval": 3600})
    for hour in range(1, 241):
        freezer.tick(timedelta(hours=1))
        if hour % 23 == 0:
            await hass.config_entries.async_reload(entry.entry_id)
        elif hour % 6 == 0:
            async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert 9 <= without_voicemail() <= 11


async def test_restarts_every_hour(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    without_voicemail: Callable[[], int],
) -> None:
    """Nor is it asked for more often than once a day."""
    entry = await set_up(ALICE)
    for _ in range(23):
        freezer.tick(timedelta(hours=1))
        await hass.config_entries.async_reload(entry.entry_id)
    assert without_voicemail() == 1


@pytest.mark.parametrize(
    "told", ["2096-01-01T00:00:00+00:00", "2026-01-01T00:00:00", "soon", 5]
)
async def test_time_that_cannot_be(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    without_voicemail: Callable[[], int],
    told: Any,
) -> None:
    """A clock that was wrong is no time to go by: asked once."""
    entry = await set_up(ALICE)
    data = {**entry.data, "unsupported_asked_at": told}
    hass.config_entries.async_update_entry(entry, data=data)
    for asked in (2, 2):
        await hass.config_entries.async_reload(entry.entry_id)
        assert without_voicemail() == asked
    asked_at = dt_util.parse_datetime(entry.data["unsupported_asked_at"])
    assert asked_at
    assert asked_at <= dt_util.utcnow()
    assert entry.data["learned_actions"]["voicemail"] is None


async def test_no_time_of_0_1_0(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    without_voicemail: Callable[[], int],
) -> None:
    """0.1.0 kept no time: what was answered then is asked again after a day."""
    entry = await set_up(ALICE)
    data = dict(entry.data)
    del data["unsupported_asked_at"]
    hass.config_entries.async_update_entry(entry, data=data)
    for hours, asked in ((0, 1), (23, 1), (2, 2)):
        freezer.tick(timedelta(hours=hours))
        await hass.config_entries.async_reload(entry.entry_id)
        assert without_voicemail() == asked


async def test_time_without_an_answer(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    poll: Callable[..., Any],
    without_voicemail: Callable[[], int],
) -> None:
    """What was asked for while the server was down is asked for when it is back."""
    entry = await set_up(ALICE)
    box.faults.clear()
    box.faults.set("*", "*", "reset")
    await poll(25 * 60)
    assert "voicemail" not in entry.data["learned_actions"]
    box.faults.clear()
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.data["learned_actions"]["voicemail"] == "voicemail"


async def _reconfigure(flow: Flow, box: AccountBox, entry: Any) -> None:
    """Let the account be opened with its password, on the server of today."""
    await flow.reconfigure(entry.entry_id)
    await flow.choose("password")
    password = box.accounts[ALICE].password
    url = url_of(box, "/today/settings.phtml")
    await flow.log_in(url, ALICE, password)
    assert flow.result["reason"] == "reconfigure_successful"


async def test_poll_of_the_old_server(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """What the old server answers after "Reconfigure" is not kept for the new one."""
    entry = await set_up(ALICE, path=PAGE_OF_2009)
    old = entry.runtime_data
    assert entry.data["learned_actions"]["account"] != "get_identity"
    held = hold(box, entry.data["learned_actions"]["account"])
    polling = asyncio.ensure_future(old.settings.async_refresh())
    await held.asked.wait()
    old.connection.client.learned["enum"] = "one_of_the_old"
    await _reconfigure(flow, box, entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.runtime_data is not old
    new = dict(entry.data)
    assert new["learned_actions"]["account"] == "get_identity"
    held.go_on()
    await polling
    assert dict(entry.data) == new


async def test_poll_between_change_and_reload(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """The old runtime is in charge no more once the entry holds another login."""
    entry = await set_up(ALICE, path=PAGE_OF_2009)
    changed = {
        key: value for key, value in entry.data.items() if key != "learned_actions"
    } | {"url": url_of(box, "/today/settings.phtml")}
    hass.config_entries.async_update_entry(entry, data=changed)
    await entry.runtime_data.settings.async_refresh()
    assert dict(entry.data) == changed


async def test_change_forgets(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Another server or login is asked for everything, at once."""
    entry = await set_up(ALICE, path=PAGE_OF_2009)
    names = dict(entry.data["learned_actions"])
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "learned_actions": {**names, "enum": None}}
    )
    await _reconfigure(flow, box, entry)
    await hass.async_block_till_done(wait_background_tasks=True)
    learned = entry.data["learned_actions"]
    assert learned["enum"] == "get_enum"
    assert learned["calls"] == "get_history"
