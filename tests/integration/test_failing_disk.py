"""What was to be kept is kept once the disk takes it."""

import asyncio
from collections.abc import Callable, Iterator
import threading
from typing import Any

from homeassistant.core import Event, EventStateChangedData, HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.file import WriteError
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.sip_account.kept_store import Keeper, async_forget, kept_store
from demo import AccountBox
from tests.limits import LIMIT

from .address_book.odd_server import OddServer
from .address_book.support import CALLER, account, kept, name_of
from .automating import EVENT, miss_call, poll_now
from .flow import Flow

MISSED = "sensor.alice_example_com_missed_calls"


@pytest.fixture
def disk(hass: HomeAssistant) -> Iterator[Callable[[bool], None]]:
    """Give a way to fill the disk, and to make room on it."""
    write = Store._async_write_data
    full = False

    async def write_or_fail(store: Store[Any], data: dict[str, Any]) -> None:
        if full:
            msg = "No space left on device"
            raise WriteError(msg)
        await write(store, data)

    def fill(is_full: bool) -> None:
        nonlocal full
        full = is_full

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "_async_write_data", write_or_fail)
        yield fill


@pytest.fixture
def told(hass: HomeAssistant) -> list[Any]:
    """Give the callers that are told of from now on."""
    found: list[Any] = []

    def note(event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        if event.data["entity_id"] != EVENT or old is None or new is None:
            return
        if new.state not in {old.state, "unavailable"} and old.state != "unavailable":
            found.append(new.attributes["party"])

    hass.bus.async_listen("state_changed", note)
    return found


@pytest.mark.parametrize("by", ["time", "stopping"])
async def test_calls(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    disk: Callable[[bool], None],
    told: list[Any],
    freezer: Any,
    by: str,
) -> None:
    """A call that could not be noted is noted a minute later, or when it ends."""
    entry = await set_up()
    disk(True)
    miss_call(box, "sip:erin@example.com")
    await poll_now(hass, entry)
    assert told == ["erin@example.com"]
    if by == "time":
        freezer.tick(61)
        async_fire_time_changed(hass, dt_util.utcnow())
        await hass.async_block_till_done(wait_background_tasks=True)
    disk(False)
    if by == "time":
        freezer.tick(61)
        async_fire_time_changed(hass, dt_util.utcnow())
        await hass.async_block_till_done(wait_background_tasks=True)
        disk(True)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert told == ["erin@example.com"]
    missed = hass.states.get(MISSED)
    assert missed is not None
    assert missed.state == "1"


async def test_a_minute_later(
    hass: HomeAssistant,
    disk: Callable[[bool], None],
    freezer: Any,
    hass_storage: dict[str, Any],
) -> None:
    """What the disk did not take is kept in a minute, and not before."""
    kept: list[int] = []

    def shape() -> Callable[[], dict[str, Any]]:
        kept.append(len(kept))
        return lambda: {"asked": len(kept)}

    keeper = Keeper(hass, kept_store(hass, "calls", "one"), shape)
    await keeper.async_stop()
    assert (kept, hass_storage) == ([], {})
    disk(True)
    await keeper.async_save()
    disk(False)
    freezer.tick(59)
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done(wait_background_tasks=True)
    assert (len(kept), hass_storage) == (1, {})
    freezer.tick(1.1)
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done(wait_background_tasks=True)
    (stored,) = hass_storage.values()
    assert (len(kept), stored["data"]) == (2, {"asked": 2})
    await keeper.async_stop()
    assert len(kept) == 2


async def test_forgotten_twice_at_once(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """What two have forgotten at the same time is forgotten, and that is all."""
    store = kept_store(hass, "calls", "one")
    assert await store.async_save(dict)
    assert hass_storage
    async with store._lock:
        both = [asyncio.create_task(async_forget(hass, "calls", "one")) for _ in "ab"]
        await asyncio.sleep(0)
    await asyncio.gather(*both)
    assert not hass_storage
    assert not [key for key in hass.data if str(key).startswith("sip_account")]


async def test_removed_while_it_is_written(
    hass: HomeAssistant, set_up: Callable[..., Any], hass_storage: dict[str, Any]
) -> None:
    """What is written as an account is removed is not left behind."""
    entry = await set_up()
    store = kept_store(hass, "last_known", entry.entry_id)
    asked, go = threading.Event(), threading.Event()

    def shape() -> dict[str, Any]:
        asked.set()
        assert go.wait(LIMIT)
        return {"balance": 1}

    saving = hass.async_create_task(store.async_save(shape))
    await hass.async_add_executor_job(asked.wait, LIMIT)
    removing = hass.async_create_task(
        hass.config_entries.async_remove(entry.entry_id), eager_start=True
    )
    go.set()
    await removing
    await saving
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not [key for key in hass_storage if entry.entry_id in key]


async def test_last_known(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    disk: Callable[[bool], None],
    hass_storage: dict[str, Any],
) -> None:
    """What the disk did not take is kept when the account is unloaded."""
    entry = await set_up()
    known = entry.runtime_data.last_known
    known.values = {"balance": 7.5}
    disk(True)
    await known._save()
    disk(False)
    await hass.config_entries.async_unload(entry.entry_id)
    kept = hass_storage[f"sip_account.last_known.{entry.entry_id}"]["data"]
    assert kept == {"balance": 7.5}


async def test_phone_book(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    disk: Callable[[bool], None],
    flow: Flow,
) -> None:
    """It is said that contacts were not kept, and nothing is taken for kept."""
    entry = await set_up()
    disk(True)
    await flow.options(entry.entry_id)
    await flow.choose("contact")
    await flow.submit(number="+31208005161", name="Aunt Mary")
    assert flow.result["reason"] == "not_kept"
    disk(False)
    await flow.options(entry.entry_id)
    await flow.choose("contact")
    await flow.submit(number="+31208005161", name="Aunt Mary")
    assert flow.step == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.runtime_data.phone_book.find("+31208005161") == "Aunt Mary"


async def test_address_book_that_is_given(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_up: Callable[..., Any],
    disk: Callable[[bool], None],
    flow: Flow,
) -> None:
    """It is said that it was not kept, and nothing is used of it."""
    entry = await set_up(by="password")
    with OddServer({"Erin": CALLER}).running() as server:
        disk(True)
        for full in (True, False):
            disk(full)
            await flow.options(entry.entry_id)
            await flow.choose("address_book")
            await flow.submit(url=server.url)
            await flow.choose("book_pin")
            await flow.submit()
            assert flow.result["reason"] == ("not_kept" if full else "book_read")
            await hass.async_block_till_done(wait_background_tasks=True)
            assert ("address_book" in entry.data) is not full
            stored = [key for key in hass_storage if ".address_book." in key]
            assert len(stored) == int(not full)
        assert name_of(entry) == "Erin"
        # The same of a book that is used already.
        server.people["Erin Jones"] = server.people.pop("Erin")
        disk(True)
        await flow.options(entry.entry_id)
        await flow.choose("address_book")
        await flow.choose("read_book")
        assert flow.result["reason"] == "not_kept"
        assert name_of(entry) == "Erin"


async def test_address_book_that_is_read(
    hass: HomeAssistant,
    box: AccountBox,
    disk: Callable[[bool], None],
    freezer: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What was not kept is read again after an hour, and said once."""
    with OddServer({"Erin": CALLER}).running() as server:
        entry = await account(hass, box, kept(server.url))
        disk(True)
        for wait, name in ((31, None), (3601, None), (3601, "Erin")):
            disk(name is None)
            freezer.tick(wait)
            async_fire_time_changed(hass, dt_util.utcnow())
            await hass.async_block_till_done(wait_background_tasks=True)
            assert name_of(entry) == name
    assert caplog.text.count("as it was: the disk did not take it") == 1
    await hass.config_entries.async_remove(entry.entry_id)
