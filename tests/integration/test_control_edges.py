"""What a change is, by its very word, and what proves that it was made."""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.sip_account.sip_settings import Condition
from demo import AccountBox, write_faults

from .changing import writes_of
from .support import ALICE


@pytest.mark.parametrize(
    ("wanted", "stored"),
    [
        ("not_forwarded", ""),
        ("voicemail", "<voice-mailbox>"),
        ("mobile_number", "+31650222333@example.com"),
        ("a@example.net", "a@example.net"),
        ("n@example.net", "n@example.net"),
        ("zoe@example.net", "zoe@example.net"),
        ("+31208005161", "+31208005161@example.com"),
    ],
)
async def test_words_and_targets(
    box: AccountBox, set_up: Callable[..., Any], wanted: str, stored: str
) -> None:
    """Three words mean something else than themselves, as any text that is equal."""
    box.accounts[ALICE].diversions["FUNC"] = "x@example.net"
    entry = await set_up(ALICE, by="password")
    text = "".join(list(wanted))
    await entry.runtime_data.control.async_forward({Condition.ALL_CALLS: text})
    assert box.accounts[ALICE].diversions["FUNC"] == stored


@pytest.mark.parametrize(
    ("before", "wanted", "proven"),
    [
        ("m@example.net", "m@example.net", True),
        ("m@example.net", "a@example.net", False),
        ("m@example.net", "z@example.net", False),
        ("m@example.net", "not_forwarded", False),
        ("", "m@example.net", False),
        ("", "not_forwarded", True),
    ],
)
async def test_forwarding_is_proven(
    box: AccountBox,
    set_up: Callable[..., Any],
    before: str,
    wanted: str,
    proven: bool,
) -> None:
    """What the server did not confirm was made if it is what is read then."""
    box.accounts[ALICE].diversions["FUNC"] = before
    entry = await set_up(ALICE, by="password")
    box.faults.set("*", "set_call_forwarding", write_faults.into_the_void)
    with nullcontext() if proven else pytest.raises(HomeAssistantError):
        await entry.runtime_data.control.async_forward({Condition.ALL_CALLS: wanted})


@pytest.mark.parametrize("before", [True, False])
async def test_do_not_disturb_is_proven(
    box: AccountBox, set_up: Callable[..., Any], before: bool
) -> None:
    """It was switched if that is what is read then; off that is off is not sent."""
    box.accounts[ALICE].accept.persistent.clear()
    entry = await set_up(ALICE, by="password")
    control = entry.runtime_data.control
    await control.async_set_do_not_disturb(on=before)
    sent = ["set_dnd_on"] * before
    assert writes_of(box) == sent
    for action in ("set_dnd_on", "set_dnd_off"):
        box.faults.set("*", action, write_faults.into_the_void)
    for on in (True, False):
        is_same = on is before
        with nullcontext() if is_same else pytest.raises(HomeAssistantError):
            await control.async_set_do_not_disturb(on=on)
