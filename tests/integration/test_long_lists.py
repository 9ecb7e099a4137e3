"""Lists that are longer than any account's are gone through beside the loop."""

from collections.abc import Callable
import json
import threading
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.automating import listed
from custom_components.sip_account.calls import kept_phone_book
from custom_components.sip_account.calls.phone_book import PhoneBook
from custom_components.sip_account.calls.vcard import Contact
from custom_components.sip_account.wording.shown import attributes_of
from demo import AccountBox
from demo.dialects import Answer
from demo.exchange import Exchange

from .support import ALICE

LONG = 600


def _rows(count: int) -> list[dict[str, Any]]:
    return [
        {
            "remoteParty": f"0031208{number:06d}@example.com",
            "date": f"2026-01-{1 + number // 600:02d} {number % 600 // 60:02d}:"
            f"{number % 60:02d}:00",
            "stopTime": f"2026-01-{1 + number // 600:02d} {number % 600 // 60:02d}:"
            f"{number % 60:02d}:05",
            "duration": 5,
            "status": 200,
            "price": "0.1",
            "sessionId": f"s{number}",
        }
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [50, LONG])
async def test_calls(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    count: int,
) -> None:
    """Names of the phone book, and shapes for actions; each but once and in order."""
    threads: dict[str, list[bool]] = {"named": [], "shaped": []}
    here = threading.current_thread()
    named = PhoneBook._named

    def name(book: PhoneBook, call: Any) -> Any:
        threads["named"].append(threading.current_thread() is here)
        return named(book, call)

    def shape(item: Any) -> Any:
        threads["shaped"].append(threading.current_thread() is here)
        return attributes_of(item)

    monkeypatch.setattr(PhoneBook, "_named", name)
    monkeypatch.setattr(listed, "attributes_of", shape)
    entry = await set_up(ALICE)
    await kept_phone_book.async_save_phone_book(
        hass, entry.entry_id, [Contact("The first", ("+31208000000",))]
    )
    await hass.config_entries.async_reload(entry.entry_id)
    body = json.dumps({"placed": _rows(count), "received": []}).encode()

    async def many(exchange: Exchange) -> Answer:
        return Answer(body) if exchange.account else exchange.answer()

    box.faults.set(ALICE, "calls", many)
    threads["named"].clear()
    for _ in range(3):
        await entry.runtime_data.activity.async_refresh()
    on_the_loop = count <= 200
    # The rules of a country are loaded with its first number.
    assert threads["named"] == [False] * count

    async def get(**data: Any) -> list[dict[str, Any]]:
        answer = await hass.services.async_call(
            "sip_account",
            "get_calls",
            {"config_entry_id": entry.entry_id, **data},
            blocking=True,
            return_response=True,
        )
        assert answer
        return answer["calls"]  # type: ignore[return-value]

    assert len(await get(limit=5)) == 5
    assert threads["shaped"] == [on_the_loop] * 5
    everything = await get()
    assert len(everything) == count
    assert [call["name"] for call in everything if call["name"]] == ["The first"]
    assert await get(party="the first") == [everything[-1]]
