"""Blueprints, imported as the frontend does, and what sets them off."""

from datetime import timedelta
import os
from pathlib import Path
import shutil
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    async_fire_time_changed,
)

from demo import AccountBox
from demo.accounts import Call

from .support import ALICE

FOLDER = Path(__file__).parents[2] / "blueprints" / "automation" / "sip_account"
EVENT = "event.alice_example_com_call"
HOSTILE = "<img src=x onerror=alert(1)> ![x](https://evil.example) [b](c) `d` *e*"


async def automate(
    hass: HomeAssistant, hass_ws_client: Any, name: str, **inputs: Any
) -> None:
    """Import a blueprint as the frontend does, and make an automation of it."""
    # Parallel tests share the folder of their Home Assistants.
    folder = f"sip_account_{os.getpid()}"
    shutil.rmtree(hass.config.path(f"blueprints/automation/{folder}"), True)
    assert await async_setup_component(hass, "blueprint", {})
    assert await async_setup_component(hass, "automation", {})
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(
        {
            "type": "blueprint/save",
            "path": f"{folder}/{name}",
            "yaml": (FOLDER / f"{name}.yaml").read_text(),
            "domain": "automation",
            "allow_override": True,
        }
    )
    answer = await client.receive_json()
    assert answer["success"], answer
    blueprint = {"path": f"{folder}/{name}.yaml", "input": inputs}
    config = {"automation": [{"alias": name, "use_blueprint": blueprint}]}
    with patch("homeassistant.config.load_yaml_config_file", return_value=config):
        await hass.services.async_call("automation", "reload", blocking=True)
    await hass.async_block_till_done()
    state = hass.states.get(f"automation.{name}")
    assert state is not None
    assert state.state == "on", state


async def end_automation(hass: HomeAssistant, name: str) -> None:
    """Switch an automation off, which ends its timers."""
    automation = {"entity_id": f"automation.{name}"}
    await hass.services.async_call("automation", "turn_off", automation, blocking=True)


def miss_call(box: AccountBox, party: str, name: str = "", **more: Any) -> None:
    """Let somebody call whom nobody answers."""
    now = box.now().replace(microsecond=0)
    details: dict[str, Any] = {"status": 487, "session_id": party} | more
    call = Call("received", party, now, display_name=name, **details)
    box.accounts[ALICE].calls.append(call)


async def poll_now(hass: HomeAssistant, entry: Any) -> None:
    """Poll what happens, and let automations run."""
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()


async def become(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, hour: int
) -> None:
    """Let it become some hour, today or tomorrow."""
    now = dt_util.now()
    then = now.replace(hour=hour, minute=0, second=1, microsecond=0)
    freezer.move_to(then if then > now else then + timedelta(days=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


class Armed:
    """Automations of one home, each with a trigger or a condition, and their runs."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._config: list[dict[str, Any]] = []
        self.told: list[str] = []

        async def note(call: Any) -> None:
            self.told.append(call.data["told"])

        hass.services.async_register("test", "note", note)

    async def arm(
        self,
        trigger: dict[str, Any],
        told: str = "{{ trigger.call.shown }}!",  # else a number were none of a phone
        **more: Any,
    ) -> None:
        """Have an automation write down what a template tells of each of its runs."""
        self._config.append(
            {
                "alias": f"armed {len(self._config)}",
                "mode": "queued",
                "max": 50,
                "triggers": trigger,
                "actions": {"action": "test.note", "data": {"told": told}},
                **more,
            }
        )
        assert await async_setup_component(self._hass, "automation", {})
        await self.reload()

    async def reload(self) -> None:
        """Arm all automations anew, as after one was edited."""
        config = {"automation": self._config}
        with patch("homeassistant.config.load_yaml_config_file", return_value=config):
            await self._hass.services.async_call("automation", "reload", blocking=True)
        await self._hass.async_block_till_done()

    def heard(self) -> list[str]:
        """Return what was told since this was asked last."""
        told, self.told[:] = list(self.told), []
        return told
