"""Home Assistant as a program of its own, at a time of our choice.

`python house.py FOLDER TIME` runs the home that is in a folder until SIGTERM, as its
own bootstrap does it, but for the components that need the frontend's package. Its
clock begins at TIME (ISO 8601) and goes on from there; the action `witness.wait` lets
minutes pass. What the home tells anybody is written down at once, in `noted.jsonl`.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
import json
import logging
from pathlib import Path
import sys
from typing import Any

import freezegun

# Before anything of Home Assistant: it lets the time be chosen.
from pytest_homeassistant_custom_component import patch_time

from homeassistant import bootstrap, config as conf_util, config_entries, loader  # isort: skip
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED, EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, ServiceCall
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.helpers import recorder
from homeassistant.setup import async_setup_component

type Clock = freezegun.api.TickingDateTimeFactory

_COMPONENTS = (
    "homeassistant",
    "http",
    "api",
    "auth",
    "websocket_api",
    "onboarding",
    "config",
    "recorder",
    "repairs",
    "person",
    "light",
    "lovelace",
    "sip_account",
    "automation",
)


async def main(folder: Path, clock: Clock) -> None:
    """Run until told to stop."""
    hass = HomeAssistant(str(folder))
    hass.config.skip_pip = True
    loader.async_setup(hass)
    config = await conf_util.async_hass_config_yaml(hass)
    hass.config_entries = config_entries.ConfigEntries(hass, config)
    await loader.async_get_custom_components(hass)
    await bootstrap.async_load_base_functionality(hass)
    await async_process_ha_core_config(hass, config["homeassistant"])
    recorder.async_initialize_recorder(hass)
    _write_down(hass, folder / "noted.jsonl")
    _let_time_pass(hass, clock)
    for component in _COMPONENTS:
        if not await async_setup_component(hass, component, config):
            sys.exit(f"{component} was not set up")
    await hass.async_run()


def _write_down(hass: HomeAssistant, file: Path) -> None:
    def write(kind: str, what: Mapping[str, Any]) -> None:
        with file.open("a") as noted:
            noted.write(json.dumps({"kind": kind, **what}, default=str) + "\n")

    async def notify(call: ServiceCall) -> None:
        write("notified", {"by": "notify.phone", "data": dict(call.data)})

    async def note(call: ServiceCall) -> None:
        write("notified", {"by": "witness.note", "data": dict(call.data)})

    async def changed(event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        if new is not None and new.domain == "event":
            write("event", new.as_dict())

    async def started(_event: Event) -> None:
        write("started", {})

    hass.services.async_register("notify", "phone", notify)
    hass.services.async_register("witness", "note", note)
    hass.bus.async_listen(EVENT_STATE_CHANGED, changed)
    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STARTED, started)


def _let_time_pass(hass: HomeAssistant, clock: Clock) -> None:
    async def wait(call: ServiceCall) -> None:
        clock.tick(timedelta(minutes=call.data["minutes"]))

    hass.services.async_register("witness", "wait", wait)


def _choose_time(moment: datetime) -> Clock:
    """Let the clock begin at a moment, in the way of Home Assistant's own tests."""
    vars(freezegun.api).update(
        FakeDate=patch_time.HAFakeDate,
        FakeDatetime=patch_time.HAFakeDatetime,
        datetime_to_fakedatetime=patch_time.ha_datetime_to_fakedatetime,
    )
    clock = freezegun.freeze_time(moment, tick=True, real_asyncio=True).start()
    assert isinstance(clock, freezegun.api.TickingDateTimeFactory)
    return clock


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    chosen = _choose_time(datetime.fromisoformat(sys.argv[2]))
    asyncio.run(main(Path(sys.argv[1]), chosen))
