"""A home in which time passes at once, as in Home Assistant's own tests."""

# What the newest Home Assistant needs before anything of the plugin is read.
from tests import homeassistant_first  # noqa: F401

# isort: split
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
import sqlite3
from typing import cast

from freezegun import api, freeze_time
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component import patch_time
from pytest_homeassistant_custom_component.common import async_fire_time_changed

# A day in the middle of a month, so that no month ends while it passes.
MORNING = datetime(2026, 11, 17, 6, tzinfo=UTC)


@contextmanager
def moved_clock() -> Iterator[FrozenDateTimeFactory]:
    """Stop the clock of this process at `MORNING`; it goes on by `pass_time`."""
    # Home Assistant needs a date and time of its own kind.
    vars(api).update(
        FakeDate=patch_time.HAFakeDate,
        FakeDatetime=patch_time.HAFakeDatetime,
        datetime_to_fakedatetime=patch_time.ha_datetime_to_fakedatetime,
    )
    sqlite3.register_adapter(
        patch_time.HAFakeDatetime, lambda time: time.isoformat(" ")
    )
    with freeze_time(MORNING) as clock:
        yield cast("FrozenDateTimeFactory", clock)


async def pass_time(
    hass: HomeAssistant, clock: FrozenDateTimeFactory, seconds: float
) -> None:
    """Let time pass in one step, and what is due be done."""
    clock.tick(timedelta(seconds=seconds))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
