"""A voucher and an alias: sent once under every fault, and told nowhere."""

import asyncio
from collections.abc import Callable
from decimal import Decimal
import logging
from typing import Any

import aiohttp
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
import pytest

from demo import AccountBox, write_faults
from demo.dialects import Answer
from demo.exchange import Exchange, Fault
from demo.faults import slow
from tests.faults.write_table import WRITE_FAULTS, WriteFault

from .changing import writes_of
from .flow import Flow
from .support import ALICE, CAROL, hold

CARD = "KX93-5518-2277"
TYPED = {"card_id": " 4711 ", "card_number": " KX93-5518-2277 "}
LISTED = f"alice.work@{ALICE.partition('@')[2]}"


def silent(caplog: pytest.LogCaptureFixture) -> None:
    """Check that the number of the card is in no log."""
    said = caplog.text + "".join(map(str, (r.__dict__ for r in caplog.records)))
    assert "sip_account" in said
    for part in (CARD, CARD.lower(), "5518-2277", "55182277"):
        assert part not in said


async def _open(flow: Flow, entry: Any, step: str) -> None:
    await flow.options(entry.entry_id)
    await flow.choose(step)


async def _top_up(flow: Flow, entry: Any) -> tuple[str, dict[str, str]]:
    await _open(flow, entry, "top_up")
    await flow.submit(**TYPED)
    assert flow.step == "abort", flow.result
    return flow.result["reason"], flow.result["description_placeholders"] or {}


@pytest.mark.parametrize("path", ["/today/settings.phtml", "/2009-10/settings.phtml"])
async def test_top_up(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    caplog: pytest.LogCaptureFixture,
    path: str,
) -> None:
    """Sent once, with the balance before and after; a used card is refused."""
    caplog.set_level(logging.DEBUG)
    by = "password" if "today" in path else "certificate"
    entry = await set_up(ALICE, by=by, path=path)
    heard: list[Any] = []
    hass.bus.async_listen("*", heard.append)
    box.accounts[ALICE].balance = Decimal("7.5000")
    reason, told = await _top_up(flow, entry)
    assert reason == "top_up_done"
    assert told == {"before": "7.50 EUR", "after": "12.50 EUR"}
    assert writes_of(box) == ["add_balance"]
    await hass.async_block_till_done(wait_background_tasks=True)
    state = hass.states.get("sensor.alice_example_com_balance")
    assert state
    assert Decimal(state.state) == Decimal("12.5")
    reason, told = await _top_up(flow, entry)
    assert reason == "top_up_refused"
    assert told == {"before": "12.50 EUR", "after": "12.50 EUR"}
    for part in ("5518-2277", "55182277"):
        assert not [event for event in heard if part in str(event.data)]
    silent(caplog)


async def _says_done(exchange: Exchange) -> Answer:
    if exchange.account is None:
        return exchange.answer()
    return Answer.json({"success": True, "error_message": "Added balance succeeded"})


@pytest.mark.parametrize("wrong", WRITE_FAULTS, ids=lambda wrong: wrong.name)
async def test_top_up_faults(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    caplog: pytest.LogCaptureFixture,
    wrong: WriteFault,
) -> None:
    """Whatever goes wrong, the server is asked once and the balance is looked at."""
    caplog.set_level(logging.DEBUG)
    entry = await set_up(ALICE, by="password")
    box.accounts[ALICE].balance = Decimal("7.5000")
    box.faults.set("*", "add_balance", wrong.fault)
    ended, told = await _top_up(flow, entry)
    assert ended == wrong.outcome
    if wrong.after:
        assert told == {"before": "7.50 EUR", "after": f"{wrong.after} EUR"}
    assert len(writes_of(box)) <= 1
    assert len(box.accounts[ALICE].used_cards) <= 1
    silent(caplog)


async def test_top_up_takes_too_long(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Patience ends; the server was asked once, and may still be at it."""
    entry = await set_up(ALICE, by="password")
    client = entry.runtime_data.connection.client
    for transport in client._transports.values():
        transport._timeout = aiohttp.ClientTimeout(total=1)
    box.faults.set("*", "add_balance", slow(60))
    reason, _told = await _top_up(flow, entry)
    assert reason == "top_up_unknown"
    assert writes_of(box) == ["add_balance"]


@pytest.mark.parametrize("what", ["reload", "removal"])
@pytest.mark.parametrize("then", [None, "reset", "json_error"])
async def test_top_up_while_unloading(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    what: str,
    then: str | None,
) -> None:
    """What was sent is told of, and no balance that nobody has read."""
    entry = await set_up(ALICE, by="password")
    await _open(flow, entry, "top_up")
    held = hold(box, "add_balance", then)
    submitting = hass.async_create_task(flow.submit(**TYPED))
    await held.asked.wait()
    entries = hass.config_entries
    end = entries.async_reload if what == "reload" else entries.async_remove
    control = entry.runtime_data.control
    draining = asyncio.Event()
    drain = control.async_drain

    async def told_of() -> None:
        draining.set()
        await drain()

    control.async_drain = told_of
    closing = hass.async_create_task(end(entry.entry_id))
    await draining.wait()
    held.go_on()
    await submitting
    await closing
    outcome = {None: "done", "reset": "unknown", "json_error": "refused"}[then]
    assert flow.result["reason"] == f"top_up_{outcome}_unread", flow.result
    assert writes_of(box) == ["add_balance"]


async def test_alias_while_unloading(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """What nobody has read afterwards is not told, neither as done nor as missing."""
    entry = await set_up(ALICE, by="password")
    held = hold(box, "add_alias")
    adding = hass.async_create_task(_add(hass, entry, "alice.work"))
    await held.asked.wait()
    entry.runtime_data.close()
    held.go_on()
    with pytest.raises(HomeAssistantError) as caught:
        await adding
    assert caught.value.translation_key == "outcome_unknown"
    assert LISTED in box.accounts[ALICE].aliases


async def test_voucher_is_checked(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """The server would take `seven` for 0."""
    entry = await set_up(ALICE, by="password")
    await _open(flow, entry, "top_up")
    for card, number in (("seven", CARD), ("0", CARD), ("1.5", CARD), ("7", " ")):
        await flow.submit(card_id=card, card_number=number)
        assert flow.errors == {"base": "invalid_voucher"}
        assert CARD not in str(flow.result)
    assert writes_of(box) == []


async def test_submitted_twice(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """An impatient second click waits for the first."""
    entry = await set_up(ALICE, by="password")
    await _open(flow, entry, "top_up")
    url = f"{flow.base}/{flow.result['flow_id']}"
    await asyncio.gather(*(flow.client.post(url, json=TYPED) for _ in range(2)))
    assert writes_of(box) == ["add_balance"]


async def test_balance_cannot_be_read(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """A voucher is not sent where nobody could see what becomes of it."""
    entry = await set_up(ALICE, by="password")
    await _open(flow, entry, "top_up")
    box.faults.set("*", "get_prepaid", "empty_500")
    await flow.submit(**TYPED)
    assert flow.result["reason"] == "balance_unknown"
    assert writes_of(box) == []


@pytest.mark.parametrize("step", ["top_up", "add_alias"])
async def test_unloaded_meanwhile(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    step: str,
) -> None:
    """A form of an account that is not loaded any more ends with a sentence."""
    entry = await set_up(ALICE, by="password")
    await _open(flow, entry, step)
    await hass.config_entries.async_unload(entry.entry_id)
    await flow.submit(**(TYPED if step == "top_up" else {"alias": "alice.work"}))
    assert flow.result["reason"] == "not_loaded"
    await flow.options(entry.entry_id)
    assert step not in flow.result["menu_options"]
    assert writes_of(box) == []


async def test_hidden_where_the_server_cannot(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """The page of 2009-09-23 changes nothing, so nothing is offered."""
    entry = await set_up(ALICE)
    await flow.options(entry.entry_id)
    assert not {"top_up", "add_alias"} & set(flow.result["menu_options"])


async def test_alias_by_dialog(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Checked before it is sent, and shown as the server then tells it."""
    entry = await set_up(ALICE, by="password")
    await _open(flow, entry, "add_alias")
    for written, problem in (
        ("zoë", "not_a_name"),
        ("other@example.org", "not_a_name"),
        ("", "not_a_name"),
        ("x" * 65, "not_a_name"),
        ("0031208005161", "a_number"),
        ("020-800.5161", "a_number"),
        ("Alice", "own_name"),
    ):
        await flow.submit(alias=written)
        assert flow.errors == {"alias": f"alias_{problem}"}
    assert writes_of(box) == []
    await flow.submit(alias=" Alice.Work ")
    assert flow.result["reason"] == "alias_added"
    assert LISTED in flow.result["description_placeholders"]["aliases"]
    assert writes_of(box) == ["add_alias"]
    await _open(flow, entry, "add_alias")
    await flow.submit(alias="ALICE.work")
    assert flow.errors == {"alias": "alias_taken"}
    assert writes_of(box) == ["add_alias"]


@pytest.mark.parametrize("fault", ["empty_500", "json_error", "reset"])
async def test_aliases_cannot_be_read(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    fault: str,
) -> None:
    """An alias stays for ever: it is not sent where nobody could see it."""
    entry = await set_up(ALICE, by="password")
    await _open(flow, entry, "add_alias")
    box.faults.set("*", "get_aliases", fault)
    with pytest.raises(HomeAssistantError) as caught:
        await _add(hass, entry, "alice.work")
    assert caught.value.translation_key == "aliases_unknown"
    await flow.submit(alias="alice.work")
    assert flow.result["reason"] == "aliases_unknown"
    assert writes_of(box) == []


async def _add(
    hass: HomeAssistant, entry: Any, alias: Any, context: Context | None = None
) -> None:
    data = {"config_entry_id": entry.entry_id, "alias": alias}
    await hass.services.async_call("sip_account", "add_alias", data, True, context)


async def test_alias_by_action(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    hass_read_only_user: Any,
) -> None:
    """For administrators only; a number of YAML is no alias."""
    entry = await set_up(ALICE, by="password")
    with pytest.raises(Unauthorized):
        await _add(hass, entry, "work", Context(user_id=hass_read_only_user.id))
    with pytest.raises(ServiceValidationError) as caught:
        await _add(hass, entry, 208005161)
    assert caught.value.translation_key == "alias_a_number"
    assert writes_of(box) == []
    await _add(hass, entry, "Alice.Work")
    assert LISTED in box.accounts[ALICE].aliases


@pytest.mark.parametrize(
    ("fault", "key", "added"),
    [
        ("reset", "outcome_unknown", False),
        ("empty_500", "outcome_unknown", False),
        (write_faults.done_but_lost, "outcome_unknown", True),
        (write_faults.into_the_void, "outcome_unknown", False),
        (_says_done, "alias_not_listed", False),
        ("json_error", "server_says_no", False),
        ("unauthorized_401", "authentication_refused", False),
        (write_faults.failed_look_before, None, True),
    ],
)
async def test_alias_faults(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    fault: Fault | str,
    key: str | None,
    added: bool,
) -> None:
    """A doubtful "done" counts where the server then lists it; nothing is repeated."""
    entry = await set_up(ALICE, by="password")
    box.faults.set("*", "add_alias", fault)
    if key is None:
        await _add(hass, entry, "alice.work")
    else:
        with pytest.raises(HomeAssistantError) as caught:
            await _add(hass, entry, "alice.work")
        assert caught.value.translation_key == key
    assert (LISTED in box.accounts[ALICE].aliases) is added
    assert len(writes_of(box)) <= 1


@pytest.mark.parametrize("done", [True, False])
async def test_doubtful_do_not_disturb(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], done: bool
) -> None:
    """A switch is told to have failed where only the server's words say otherwise."""
    entry = await set_up(CAROL, by="password")
    box.accounts[CAROL].accept.persistent.clear()
    control = entry.runtime_data.control
    await control.async_set_do_not_disturb(on=False)
    fault = write_faults.failed_look_before if done else write_faults.into_the_void
    box.faults.set("*", "set_dnd_on", fault)
    if done:
        await control.async_set_do_not_disturb(on=True)
    else:
        with pytest.raises(HomeAssistantError) as caught:
            await control.async_set_do_not_disturb(on=True)
        assert caught.value.translation_key == "outcome_unknown"


@pytest.mark.parametrize("done", [True, False])
async def test_doubtful_forwarding(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], done: bool
) -> None:
    """The same for where calls go."""
    entry = await set_up(ALICE, by="password")
    fault = write_faults.failed_look_before if done else write_faults.into_the_void
    box.faults.set("*", "set_call_forwarding", fault)
    data = {"config_entry_id": entry.entry_id, "busy": "+31208005199"}
    call = hass.services.async_call("sip_account", "set_call_forwarding", data, True)
    if done:
        await call
    else:
        with pytest.raises(HomeAssistantError) as caught:
            await call
        assert caught.value.translation_key == "outcome_unknown"
