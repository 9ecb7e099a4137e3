"""What is looked up in memory: calls for an action, names for calls."""

import asyncio
from statistics import median
import time

from homeassistant.core import HomeAssistant

from custom_components.sip_account.calls.kept_phone_book import (
    async_load_phone_book,
    async_save_phone_book,
)
from custom_components.sip_account.calls.phone_book import CONTACTS_AT_MOST
from custom_components.sip_account.calls.vcard import Contact
from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.sip_settings import CALLS

from .box import RemoteBox, longest_lists
from .figures import Found
from .home import add, entry_data, move_in, running_home
from .samples import RUNS, wall_ms

_ROUNDS = 100


def measure() -> list[Found]:
    """Look up calls in the longest lists, and names in the largest phone book."""
    with longest_lists() as box:
        return asyncio.run(_measure(box))


async def _measure(box: RemoteBox) -> list[Found]:
    async with running_home() as hass:
        await move_in(hass)
        entry = await add(hass, entry_data(box, 0, owner=True))
        query = {"config_entry_id": entry.entry_id}

        async def ask() -> None:
            await hass.services.async_call(
                DOMAIN, "get_calls", query, blocking=True, return_response=True
            )

        asked = median([await wall_ms(ask) for _ in range(_ROUNDS)])
        calls = entry.runtime_data.activity.data.value(CALLS) or ()
        loaded, matched = await _phone_book(hass, tuple(call.party for call in calls))
    return [
        Found("get_calls_ms", asked, f"{len(calls)} calls; median of {_ROUNDS}"),
        Found(
            "phonebook_load_ms",
            loaded,
            f"from the store, in the executor; median of {RUNS}",
        ),
        Found("match_call_ms", matched, f"median of {_ROUNDS} lists"),
    ]


async def _phone_book(
    hass: HomeAssistant, parties: tuple[str | None, ...]
) -> tuple[float, float]:
    """Return the ms that loading takes, and those for finding one caller."""
    contacts = [
        Contact(
            f"Contact {n}", (f"+3161{n:07}", f"0031 20 {n:07}", f"c{n}@example.org")
        )
        for n in range(CONTACTS_AT_MOST)
    ]
    await async_save_phone_book(hass, "bench", contacts)

    async def load() -> None:
        await async_load_phone_book(hass, "bench", {})

    loaded = median([await wall_ms(load) for _ in range(RUNS)])
    book = await async_load_phone_book(hass, "bench", {})
    samples = []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        for party in parties:
            book.find(party or "")
        samples.append((time.perf_counter() - begun) * 1000 / len(parties))
    return loaded, median(samples)
