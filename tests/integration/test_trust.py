"""Trust is in one server: what identifies us goes to no other, nor does that trust."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant

from demo import AccountBox

from .flow import Flow
from .passing import reauths
from .support import ALICE, url_of


async def pin(hass: HomeAssistant, entry: Any, pem: str) -> None:
    """Let an account's server be recognized by one certificate."""
    data = {k: v for k, v in entry.data.items() if k != "trusted_authority"}
    hass.config_entries.async_update_entry(
        entry, data={**data, "pinned_certificate": pem}
    )
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_certificate_is_shown_to_no_stranger(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Who stands in the server's place learns nothing from our looking at him."""
    entry = await set_up(ALICE)
    assert box.given
    await hass.config_entries.async_unload(entry.entry_id)
    before = len(box.given)
    looked = len(box.handshakes)
    await pin(hass, entry, box.platform.certificate_pem.decode())
    entry.async_start_reauth(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    await flow.resume(reauths(hass)[0])
    assert flow.step == "changed_certificate"
    assert len(box.handshakes) > looked
    assert len(box.given) == before
    await flow.submit()
    assert flow.result["reason"] == "reauth_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(box.given) > before


async def test_certificate_is_shown_once_confirmed(
    box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """A server whose certificate is looked at is no server that is trusted yet."""
    entry = await set_up(ALICE)
    box.hang_up()
    before = len(box.given)
    await flow.reconfigure(entry.entry_id)
    await flow.choose("address")
    await flow.submit(url=url_of(box), trust="pinned")
    assert flow.step == "pin_certificate"
    assert len(box.given) == before
    await flow.submit()
    assert flow.result["reason"] == "reconfigure_successful"
    assert len(box.given) > before
