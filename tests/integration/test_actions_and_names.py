"""Actions that answer, names out of a phone book, and a balance that is low."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
import voluptuous as vol

from custom_components.sip_account.flows import phone_book
from demo import AccountBox
from demo.accounts import Call
from demo.people import _placed, _received

from .flow import Flow
from .support import ALICE

VCARDS = """BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Frau Dr. J=C3=\r
=BCrgen;;;\r
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zahn=C3=A4rztin M=C3=BC=\r
ller\r
TEL;CELL:0031 20-800 51 61\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:Bob \\, the bui\r
 lder\r
item1.TEL;VALUE=uri;TYPE=work:tel:+44-20-7946-0123\r
IMPP:sip:bob@example.com\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
N:Nobody;;;;\r
EMAIL:nobody@example.com\r
END:VCARD\r
"""


async def _answer(hass: HomeAssistant, name: str, **data: Any) -> dict[str, Any]:
    answer = await hass.services.async_call(
        "sip_account", name, data, blocking=True, return_response=True
    )
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize(("by", "each"), [("certificate", 30), ("password", 50)])
async def test_largest_lists(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    by: str,
    each: int,
) -> None:
    """All that a server lists: 30 or 50 each way."""
    now = box.now()
    calls: list[Call] = []
    for number in range(60):
        began = now - timedelta(minutes=10 * number)
        calls += [
            _received(began, f"sip:r{number}@example.net", number, 200, "Somebody"),
            _placed(began, f"sip:p{number}@example.net", number, 200, "0.01"),
        ]
    box.accounts[ALICE].calls = calls
    entry = await set_up(ALICE, by=by)
    answer = await _answer(hass, "get_calls", config_entry_id=entry.entry_id)
    assert len(answer["calls"]) == 2 * each
    starts = [call["started"] for call in answer["calls"]]
    assert starts == sorted(starts, reverse=True)


async def test_filters(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Each filter, and all of them."""
    entry = await set_up(ALICE, by="password")

    async def get(**data: Any) -> list[dict[str, Any]]:
        answer = await _answer(
            hass, "get_calls", config_entry_id=entry.entry_id, **data
        )
        return list(answer["calls"])

    everything = await get()
    assert {c["direction"] for c in await get(direction="incoming")} == {"incoming"}
    missed = await get(outcome=["missed", "busy"], direction="incoming")
    assert {call["outcome"] for call in missed} == {"missed", "busy"}
    assert await get(outcome="missed") == [
        call for call in everything if call["outcome"] == "missed"
    ]
    dentist = await get(party="sip:0031208005161")
    assert {call["number"] for call in dentist} == {"+31208005161"}
    assert await get(party="+31208005161") == dentist
    assert await get(party="BOB Ex")
    assert await get(party="nobody at all") == []
    since = box.now() - timedelta(hours=6)
    recent = await get(since=since.isoformat())
    assert 0 < len(recent) < len(everything)
    assert await get(limit=2) == everything[:2]
    for wrong in ({"direction": "up"}, {"outcome": ["x"]}, {"limit": 0}):
        with pytest.raises(vol.Invalid):
            await get(**wrong)


async def test_balance_history(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """The transactions, the newest first."""
    entry = await set_up(ALICE)
    told = await _answer(
        hass, "get_balance_history", config_entry_id=entry.entry_id, limit=3
    )
    assert len(told["transactions"]) == 3
    assert told["transactions"][0]["description"].startswith("Session to")
    since = (box.now() - timedelta(days=9)).isoformat()
    recent = await _answer(
        hass, "get_balance_history", config_entry_id=entry.entry_id, since=since
    )
    assert 3 < len(recent["transactions"]) < 20


def _names(hass: HomeAssistant, entry: Any) -> dict[str, tuple[str, str]]:
    calls = entry.runtime_data.activity.data.by_action["calls"].value
    return {c.party: (c.name, c.name_source) for c in calls if c.name}


async def test_phone_book(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    flow: Flow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Contacts are uploaded, calls get their names, and one can be named alone."""
    entry = await set_up(ALICE, by="password")
    assert _names(hass, entry)["bob@example.com"] == ("Bob Example", "caller")
    await flow.options(entry.entry_id)
    assert flow.result["description_placeholders"]["contacts"] == "0"
    await flow.choose("phone_book")
    await flow.upload(b"no contacts at all", "file")
    assert flow.errors == {"file": "no_contacts"}
    with monkeypatch.context() as patch:
        patch.setattr(phone_book, "PHONE_BOOK_LIMIT", len(VCARDS.encode()) - 1)
        await flow.upload(VCARDS.encode(), "file")
        assert flow.errors == {"file": "file_too_large"}
        patch.setattr(phone_book, "PHONE_BOOK_LIMIT", len(VCARDS.encode()))
    await flow.upload(VCARDS.encode(), "file")
    assert flow.result["reason"] == "contacts_read_in_part"
    assert flow.result["description_placeholders"] == {
        "contacts": "2",
        "without_number": "1",
        "without_name": "0",
        "too_many": "0",
    }
    await hass.async_block_till_done(wait_background_tasks=True)
    names = _names(hass, entry)
    assert names["0031208005161@example.com"] == ("Zahnärztin Müller", "phone_book")
    assert names["bob@example.com"] == ("Bob , the builder", "phone_book")
    assert names["00442079460123@example.com"] == ("Bob , the builder", "phone_book")
    assert names["carol@example.com"] == ("Carol", "caller")
    state = hass.states.get("sensor.alice_example_com_last_call")
    assert state is not None
    assert state.attributes["name"] == "Zahnärztin Müller"
    await flow.options(entry.entry_id)
    assert flow.result["description_placeholders"]["contacts"] == "2"
    await flow.choose("contact")
    await flow.submit(number="not a number", name="X")
    assert flow.errors == {"number": "invalid_number"}
    await flow.submit(number="+31 20 800 5161", name="<b>Dentist</b>\u202e")
    assert flow.step == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
    named = _names(hass, entry)["0031208005161@example.com"]
    assert named == ("<b>Dentist</b>", "phone_book")
    await flow.options(entry.entry_id)
    await flow.choose("clear_phone_book")
    await flow.submit()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert _names(hass, entry)["bob@example.com"] == ("Bob Example", "caller")


async def test_low_balance(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A problem once the balance is below the threshold, if there is one."""
    low = "binary_sensor.alice_example_com_low_balance"
    entry = await set_up(ALICE)
    assert hass.states.get(low) is None
    hass.config_entries.async_update_entry(entry, options={"low_balance": 12.0})
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    state = hass.states.get(low)
    assert state is not None
    assert state.state == "off"
    assert state.attributes["threshold"] == 12.0
    assert state.attributes["device_class"] == "problem"
    box.accounts[ALICE].balance = box.accounts["carol@example.com"].balance
    await entry.runtime_data.activity.async_refresh()
    await hass.async_block_till_done()
    assert hass.states.is_state(low, "on")
