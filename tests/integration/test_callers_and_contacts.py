"""A caller gets a name, and the phone book is looked at, corrected and thinned out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.flows import callers, contacts
from custom_components.sip_account.kept_store import kept_store
from custom_components.sip_account.sip_settings import Outcome
from demo import AccountBox
from demo.accounts import Call
from demo.people import _placed, _received

from .flow import Flow, is_gone
from .support import ALICE

ERIN = "+31208005162"
NAMES = {
    "Erin Müller": (ERIN, "erin@example.com"),
    "Frank": ("+31208005163",),
    "Dentist": ("0031 20 8005161",),
}


def vcards(names: dict[str, tuple[str, ...]] = NAMES) -> bytes:
    """Return a file of contacts."""
    return "".join(
        f"BEGIN:VCARD\r\nFN:{name}\r\n"
        + "".join(f"TEL:{number}\r\n" for number in numbers)
        + "END:VCARD\r\n"
        for name, numbers in names.items()
    ).encode()


async def choose(flow: Flow, entry: Any, step: str) -> None:
    """Open a step of the options."""
    await flow.options(entry.entry_id)
    await flow.choose(step)


async def upload(flow: Flow, entry: Any, content: bytes = b"") -> None:
    """Upload a phone book."""
    await choose(flow, entry, "phone_book")
    await flow.upload(content or vcards(), "file")
    assert flow.result["type"] == "abort"
    await flow.hass.async_block_till_done(wait_background_tasks=True)


def labels(flow: Flow, field: str) -> list[str]:
    """Return what a form offers to choose from."""
    told = {one["name"]: one for one in flow.result["data_schema"]}
    return [one["label"] for one in told[field]["selector"]["select"]["options"]]


def name_of(entry: Any, number: str) -> str | None:
    """Return what a number is called by now."""
    name: str | None = entry.runtime_data.phone_book.find(number)
    return name


@pytest.fixture
def few_calls(hass: HomeAssistant, box: AccountBox) -> list[Call]:
    """Let these be all calls, in a home that is not in the zone of UTC."""
    now = box.now().replace(microsecond=0)

    def ago(minutes: int) -> Any:
        return now - timedelta(minutes=minutes)

    calls = [
        _received(ago(1), "sip:anonymous@anonymous.invalid", 0, 487, "Anonymous"),
        _received(ago(2), "sip:0031208005161@example.com", 0, 487, "Doc"),
        _placed(ago(3), "sip:bob@example.com", 60, 200, "0.01"),
        _received(ago(4), f"sip:00{ERIN[1:]}@example.com", 60, 200, "Me, *honest*"),
        _received(ago(5), f"sip:00{ERIN[1:]}@example.com", 0, 487, ""),
    ]
    box.accounts[ALICE].calls = calls
    return calls


def _local(call: Call) -> str:
    return f"{call.started.astimezone(ZoneInfo('Asia/Kolkata')):%Y-%m-%d %H:%M}"


async def test_name_a_caller(
    hass: HomeAssistant, set_up: Callable[..., Any], few_calls: list[Call], flow: Flow
) -> None:
    """Strangers first, each once with the last call, and nobody who hides."""
    await hass.config.async_set_time_zone("Asia/Kolkata")
    entry = await set_up(ALICE, by="password")
    await upload(flow, entry, vcards({"Dentist": ("+31208005161",)}))
    await choose(flow, entry, "callers")
    assert flow.result["description_placeholders"] == {"strangers": "2"}
    _, dentist, bob, erin, _ = few_calls
    assert labels(flow, "caller") == [
        f"bob@example.com · Outgoing call · {_local(bob)}",
        f"+31 20 800 5162 · “Me, ∗honest∗” · Incoming call · {_local(erin)}",  # noqa: RUF001
        f"Dentist · +31 20 800 5161 · Missed call · {_local(dentist)}",
    ]
    await flow.submit(caller=ERIN, name=" \u202e ")
    assert flow.errors == {"name": "no_name"}
    assert labels(flow, "caller")[2].startswith("Dentist")
    await flow.submit(caller=ERIN, name="Erin")
    assert flow.step == "create_entry"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(entry, "0031208005162@example.com") == "Erin"
    await choose(flow, entry, "callers")
    assert flow.result["description_placeholders"] == {"strangers": "1"}
    await flow.submit(caller="bob@example.com", name="Bob")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(entry, "bob@example.com") == "Bob"
    # A file that is uploaded later leaves them, and names all others.
    await upload(flow, entry)
    assert name_of(entry, ERIN) == "Erin"
    assert name_of(entry, "+31208005163") == "Frank"


async def test_callers_at_odd_times(
    set_up: Callable[..., Any],
    few_calls: list[Call],
    flow: Flow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One who calls right now has no other word, and one at no time has no time."""
    entry = await set_up(ALICE, by="password")
    activity = entry.runtime_data.activity.data.by_action
    _, dentist, bob, erin, _ = activity["calls"].value
    odd = (
        replace(dentist, outcome=Outcome.IN_PROGRESS),
        replace(bob, started=None),
        erin,
    )
    monkeypatch.setitem(activity, "calls", replace(activity["calls"], value=odd))
    monkeypatch.setattr(callers, "_AT_MOST", 2)
    await choose(flow, entry, "callers")
    assert flow.result["description_placeholders"] == {"strangers": "3"}
    now, _ = labels(flow, "caller")
    assert now.startswith("+31208005161 · “Doc” · In progress · 20")
    monkeypatch.setitem(activity, "calls", replace(activity["calls"], value=odd[1:2]))
    await choose(flow, entry, "callers")
    assert labels(flow, "caller") == ["bob@example.com · Outgoing call"]


async def test_no_callers(
    set_up: Callable[..., Any], few_calls: list[Call], flow: Flow
) -> None:
    """Where nobody can be chosen nobody is asked to; a number can be typed."""
    entry = await set_up(ALICE, by="password")
    await flow.options(entry.entry_id)
    few_calls[:] = few_calls[:1]
    await entry.runtime_data.activity.async_refresh()
    await flow.choose("callers")
    assert flow.step == "contact"
    await flow.options(entry.entry_id)
    assert "callers" not in flow.result["menu_options"]
    assert "contacts" not in flow.result["menu_options"]


async def test_nothing_to_forget(set_up: Callable[..., Any], flow: Flow) -> None:
    """Whoever wants a number forgotten that has no name is told so."""
    entry = await set_up(ALICE, by="password")
    await choose(flow, entry, "contact")
    await flow.submit(number=ERIN)
    assert flow.errors == {"number": "not_in_phone_book"}
    await flow.submit(number=ERIN, name="Erin")
    assert flow.step == "create_entry"
    await choose(flow, entry, "contact")
    await flow.submit(number="0031 208005162")
    assert flow.step == "create_entry"
    await flow.options(entry.entry_id)
    assert flow.result["description_placeholders"]["contacts"] == "0"
    assert "clear_phone_book" not in flow.result["menu_options"]


async def test_search(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    flow: Flow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All at first, then what matches, as many as can be shown."""
    entry = await set_up(ALICE, by="password")
    await upload(flow, entry)
    monkeypatch.setattr(contacts, "_AT_MOST", 2)
    await choose(flow, entry, "contacts")
    told = {"contacts": "3", "matching": "3", "shown": "2"}
    assert flow.result["description_placeholders"] == told
    assert labels(flow, "contact") == [
        "Dentist · 0031 20 8005161",
        f"Erin Müller · {ERIN}, erin@example.com",
    ]
    await flow.submit(search="800 51", contact="0")
    assert flow.step == "contacts"
    assert flow.result["description_placeholders"] == told
    await flow.submit(search="muller")
    told = {"contacts": "3", "matching": "1", "shown": "1"}
    assert flow.result["description_placeholders"] == told
    await flow.submit(search="muller")
    assert flow.step == "contacts"
    await flow.submit(search="muller", contact="0")
    assert flow.step == "opened_contact"
    assert flow.result["description_placeholders"] == {
        "name": "Erin Müller",
        "numbers": f"{ERIN}, erin@example.com",
        "origin": "the uploaded file",
    }
    await flow.choose("back")
    assert flow.step == "contacts"
    assert flow.result["description_placeholders"] == told
    await flow.submit()
    assert flow.result["description_placeholders"]["matching"] == "3"


@pytest.mark.parametrize(
    ("typed", "field"), [("020 800 51 99", "number"), ("Gertrud", "name")]
)
async def test_not_in_the_phone_book(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow, typed: str, field: str
) -> None:
    """It is said, and leads to the form in which somebody is named."""
    entry = await set_up(ALICE, by="password")
    await upload(flow, entry)
    await choose(flow, entry, "contacts")
    await flow.submit(search=typed)
    assert flow.step == "not_found"
    assert flow.result["description_placeholders"] == {"searched": typed}
    await flow.choose("back")
    assert flow.step == "contacts"
    assert flow.result["description_placeholders"]["matching"] == "3"
    (field_of_search, _) = flow.result["data_schema"]
    assert field_of_search["description"] == {"suggested_value": typed}
    await flow.submit(search=typed)
    await flow.choose("contact")
    shown = {
        one["name"]: (one.get("description") or {}).get("suggested_value")
        for one in flow.result["data_schema"]
    }
    assert shown == {"number": None, "name": None} | {field: typed}
    await flow.submit(**({"number": "42", "name": "G"} | {field: typed}))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.runtime_data.phone_book.count == 4


async def _open(flow: Flow, entry: Any, name: str, then: str) -> None:
    await choose(flow, entry, "contacts")
    at = [label.split(" · ")[0] for label in labels(flow, "contact")].index(name)
    await flow.submit(contact=str(at))
    await flow.choose(then)


async def test_corrected(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """What is corrected by hand is right after the next upload, too."""
    entry = await set_up(ALICE, by="password")
    await upload(flow, entry)
    await _open(flow, entry, "Erin Müller", "correct_contact")
    await flow.submit(name="\u200b", numbers=["nobody"])
    assert flow.errors == {"name": "no_name", "numbers": "invalid_number"}
    await flow.submit(name="Erin", numbers=[" "])
    assert flow.errors == {"numbers": "no_number"}
    await flow.submit(name="Erin", numbers=["+31208005199", "erin@example.com "])
    assert flow.step == "create_entry"
    for _ in range(2):
        await hass.async_block_till_done(wait_background_tasks=True)
        assert name_of(entry, "+31208005199") == "Erin"
        assert name_of(entry, "erin@example.com") == "Erin"
        assert name_of(entry, ERIN) is None
        assert entry.runtime_data.phone_book.count == 3
        await upload(flow, entry)
    await _open(flow, entry, "Erin", "back")
    assert flow.step == "contacts"
    await _open(flow, entry, "Erin", "correct_contact")
    await flow.abandon()


async def test_forgotten(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """What is forgotten is so after the next upload, and until all is emptied."""
    entry = await set_up(ALICE, by="password")
    await upload(flow, entry)
    await _open(flow, entry, "Erin Müller", "forget_contact")
    told = {"name": "Erin Müller", "numbers": f"{ERIN}, erin@example.com"}
    assert flow.result["description_placeholders"] == told
    await flow.submit()
    for _ in range(2):
        await hass.async_block_till_done(wait_background_tasks=True)
        assert name_of(entry, ERIN) is name_of(entry, "erin@example.com") is None
        assert entry.runtime_data.phone_book.count == 2
        await upload(flow, entry)
    await choose(flow, entry, "clear_phone_book")
    await flow.submit()
    await upload(flow, entry)
    assert name_of(entry, ERIN) == "Erin Müller"


@pytest.mark.parametrize(
    ("steps", "answer"),
    [
        (["callers"], {"caller": "+31208005161", "name": "Doc"}),
        (["contacts"], {"search": "Erin"}),
        (["contacts", "correct_contact"], {"name": "Erin", "numbers": [ERIN]}),
        (["contacts", "forget_contact"], {}),
    ],
)
async def test_removed_meanwhile(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_up: Callable[..., Any],
    few_calls: list[Call],
    flow: Flow,
    steps: list[str],
    answer: dict[str, Any],
) -> None:
    """Nothing is kept of an account that is gone."""
    entry = await set_up(ALICE, by="password")
    await upload(flow, entry)
    await choose(flow, entry, steps[0])
    for step in steps[1:]:
        await flow.submit(contact="0")
        await flow.choose(step)
    await hass.config_entries.async_remove(entry.entry_id)
    await flow.submit(**answer)
    is_gone(flow)
    assert not [key for key in hass_storage if entry.entry_id in key]


async def test_forgotten_before_a_home_of_0_1_0(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """What was forgotten is so when 0.1.0 has written the phone book meanwhile."""
    entry = await set_up(ALICE, by="password")
    await upload(flow, entry)
    await _open(flow, entry, "Erin Müller", "forget_contact")
    await flow.submit()
    await hass.async_block_till_done(wait_background_tasks=True)
    store = kept_store(hass, "phone_book", entry.entry_id)
    stored = await store.async_load()
    assert stored
    # As it names a number: before all that is there, and it tells of nothing by hand.
    contacts = [["Doc", ["42"]], *stored["contacts"]]
    assert await store.async_save(lambda: {"contacts": contacts})
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.runtime_data.phone_book.count == 3
    assert name_of(entry, ERIN) is name_of(entry, "erin@example.com") is None
    await upload(flow, entry)
    assert name_of(entry, ERIN) is None
    assert name_of(entry, "+31208005163") == "Frank"
