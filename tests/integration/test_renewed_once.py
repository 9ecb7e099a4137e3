"""However often a renewal is asked for: one dialog, and one new key."""

import asyncio
from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest

from custom_components.sip_account.const import DOMAIN
from demo import AccountBox

from .flow import Flow
from .renewing import about_to_expire, asked_for, hand_out, strong
from .support import ALICE, hold

FIXING = "/api/repairs/issues/fix"


@pytest.fixture(autouse=True)
async def _repairs(hass: HomeAssistant, _ready: None) -> None:
    """Let issues be mended; it must be ready before there is a frontend."""
    assert await async_setup_component(hass, "repairs", {})


async def _open(flow: Flow, entry: Any) -> str:
    """Open the repair; returns where it is answered."""
    issue = {"handler": DOMAIN, "issue_id": f"certificate_expires_{entry.entry_id}"}
    fix = await (await flow.client.post(FIXING, json=issue)).json()
    return f"{FIXING}/{fix['flow_id']}"


async def _press(flow: Flow, where: str, choice: str = "renew") -> dict[str, Any]:
    reply = await flow.client.post(where, json={"next_step_id": choice})
    done: dict[str, Any] = await reply.json()
    return done


def _open_flows(hass: HomeAssistant) -> list[str]:
    return [it["flow_id"] for it in hass.config_entries.flow.async_progress()]


async def _with_strong(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> Any:
    """Return an entry whose certificate the server would replace by a weak one."""
    entry = await set_up(ALICE)
    data = {**entry.data, **strong(box)}
    hass.config_entries.async_update_entry(entry, data=data)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


@pytest.mark.parametrize("at_once", [True, False])
async def test_pressed_thrice(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    at_once: bool,
) -> None:
    """A key that waits for a word of a person is not made anew."""
    entry = await _with_strong(hass, box, set_up)
    where = [await _open(flow, entry) for _ in range(3)]
    if at_once:
        done = await asyncio.gather(*(_press(flow, it) for it in where))
    else:
        done = [await _press(flow, it) for it in where]
    assert {it["reason"] for it in done} == {"not_renewed_yet"}
    assert len({it["next_flow"][1] for it in done}) == 1
    assert _open_flows(hass) == [done[0]["next_flow"][1]]
    assert asked_for(box) == 1
    await flow.resume(done[0]["next_flow"][1])
    assert flow.step == "weak_renewal"
    await flow.submit(allow_weak_certificate=True)
    assert flow.result["reason"] == "certificate_renewed"


async def test_pressed_where_nothing_is_to_be_decided(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """The first renews; the others find it done, also from a repair left open."""
    about_to_expire(box)
    entry = await set_up(ALICE)
    where = [await _open(flow, entry) for _ in range(4)]
    done = await asyncio.gather(*(_press(flow, it) for it in where[:3]))
    await hass.async_block_till_done(wait_background_tasks=True)
    done.append(await _press(flow, where[3]))
    assert [it["type"] for it in done].count("create_entry") == 1
    assert [it.get("reason") for it in done].count("changed_meanwhile") == 3
    assert asked_for(box) == 1
    assert not _open_flows(hass)


@pytest.mark.parametrize("choice", ["renew", "upload"])
async def test_pressed_again_after_a_failure(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    choice: str,
) -> None:
    """It is tried again; the dialog that was open before makes room."""
    about_to_expire(box)
    hand_out(box, "no_owner")
    entry = await set_up(ALICE)
    for _ in range(3):
        done = await _press(flow, await _open(flow, entry), choice)
        assert _open_flows(hass) == [done["next_flow"][1]]
    assert asked_for(box) == (3 if choice == "renew" else 0)


async def test_submitted_twice(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """An impatient second click under Reconfigure waits for the first."""
    await _with_strong(hass, box, set_up)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("renew")
    url = f"{flow.base}/{flow.result['flow_id']}"
    held = hold(box, "crt")
    clicks = [hass.async_create_task(flow.client.post(url, json={})) for _ in range(2)]
    await held.asked.wait()
    held.go_on()
    replies = await asyncio.gather(*clicks)
    assert {(await it.json())["step_id"] for it in replies} == {"weak_renewal"}
    assert asked_for(box) == 1
