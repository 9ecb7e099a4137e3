"""Triggers of our own: a call was missed, or has ended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.sip_account.calls.kept_phone_book import async_save_phone_book
from custom_components.sip_account.calls.vcard import Contact
from demo import AccountBox
from demo.accounts import Call

from .automating import EVENT, HOSTILE, Armed, miss_call, poll_now
from .support import ALICE

MARY = Contact("Aunt Mary", ("+31 20 800 5161",))
TARGET = {"target": {"entity_id": EVENT}}


def _missed(**options: Any) -> dict[str, Any]:
    return {"trigger": "sip_account.call_missed", **TARGET, "options": options}


def _ended(**options: Any) -> dict[str, Any]:
    return {"trigger": "sip_account.call_ended", **TARGET, "options": options}


def _call(box: AccountBox, minutes: float, user: str, **more: Any) -> None:
    started = box.now().replace(microsecond=0) - timedelta(minutes=minutes)
    details: dict[str, Any] = {"status": 487, "session_id": f"{user}{minutes}"} | more
    direction = details.pop("direction", "received")
    call = Call(direction, f"sip:{user}@example.net", started, **details)
    box.accounts[ALICE].calls.append(call)


@pytest.fixture
async def armed(hass: HomeAssistant) -> Armed:
    """Give automations, and what they tell."""
    return Armed(hass)


async def test_a_device_is_a_target(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """Each missed call is one run, two within one poll as well; old ones are none."""
    miss_call(box, "sip:before@example.net")
    entry = await set_up(ALICE)
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    await armed.arm(_missed() | {"target": {"device_id": device.id}})
    _call(box, 3, "erin")
    _call(box, 2, "frank")
    _call(box, 1, "grace", status=200, duration=9)
    await poll_now(hass, entry)
    assert armed.heard() == ["erin @example.net!", "frank @example.net!"]
    await poll_now(hass, entry)
    await armed.reload()
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert armed.heard() == []
    _call(box, 0, "heidi")
    await poll_now(hass, entry)
    assert armed.heard() == ["heidi @example.net!"]


@pytest.mark.parametrize(
    ("options", "heard"),
    [
        ({}, ["Aunt Mary!", "erin @example.net!", "+31 20 800 5162!"]),
        ({"from": "phone_book"}, ["Aunt Mary!"]),
        ({"from": "not_in_phone_book"}, ["erin @example.net!", "+31 20 800 5162!"]),
        (
            {"from": "these", "callers": ["0031 20 8005162", "sip:Erin@example.net"]},
            ["erin @example.net!", "+31 20 800 5162!"],
        ),
        ({"callers": "+31 (20) 800-5161"}, ["Aunt Mary!"]),
        ({"callers": ["aunt mary"]}, ["Aunt Mary!"]),
        ({"callers": ["Not Mary", "Erin"]}, []),
    ],
)
async def test_from_whom(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    armed: Armed,
    options: dict[str, Any],
    heard: list[str],
) -> None:
    """Anybody, the phone book, nobody in it, or these, however they are written."""
    entry = await set_up(ALICE)
    await async_save_phone_book(hass, entry.entry_id, [MARY])
    await hass.config_entries.async_reload(entry.entry_id)
    await armed.arm(_missed(**options))
    _call(box, 3, "0031208005161", display_name="Not Mary")
    _call(box, 2, "erin", display_name="Erin")
    _call(box, 1, "0031208005162")
    for direction, status in (("received", 200), ("placed", 487), ("placed", 200)):
        _call(box, 4, "erin", direction=direction, status=status, duration=1)
    await poll_now(hass, entry)
    assert armed.heard() == heard


async def test_three_calls_of_one_caller(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """The third within ten minutes tells, and the sixth; a reload forgets none."""
    entry = await set_up(ALICE)
    await armed.arm(_missed(count=3))
    for minutes, user in ((31, "erin"), (16, "erin"), (14, "frank"), (13, "erin")):
        _call(box, minutes, user)
    await poll_now(hass, entry)
    assert armed.heard() == []
    await armed.reload()
    await hass.config_entries.async_reload(entry.entry_id)
    _call(box, 8, "erin")
    await poll_now(hass, entry)
    assert armed.heard() == ["erin @example.net!"]
    for minutes in (5, 4, 3):
        _call(box, minutes, "erin")
    await poll_now(hass, entry)
    assert armed.heard() == ["erin @example.net!"]


async def test_what_may_be_told_is_no_further_call(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """One on the same second of a quarter as another may be that one."""
    moment = box.now()
    box.now = lambda: moment
    entry = await set_up(ALICE)
    await armed.arm(_missed(count=3, within={"minutes": 30}))
    for minutes in (20, 10, 5):
        _call(box, minutes, "erin")
        await poll_now(hass, entry)
    assert armed.heard() == []
    _call(box, 4, "erin")
    await poll_now(hass, entry)
    assert armed.heard() == ["erin @example.net!"]


async def test_types(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """All types if none is chosen; what a call is comes with it."""
    entry = await set_up(ALICE)
    told = (
        "{{ trigger.call.event_type }} {{ trigger.call.shown }}"
        " {{ trigger.call.duration }} {{ trigger.call.party }}"
        " {{ trigger.call.voicemail_possible }}"
    )
    await armed.arm(_ended(), told)
    await armed.arm(_ended(type=["outgoing_answered"]), "out")
    await armed.arm(_ended(type=[], callers=["erin@example.net"]), "with Erin")
    _call(box, 3, "erin", direction="placed", status=200, duration=70)
    _call(box, 2, "frank")
    await poll_now(hass, entry)
    assert sorted(armed.heard()) == [
        "missed frank @example.net 0 frank@example.net True",
        "out",
        "outgoing_answered erin @example.net 70 erin@example.net False",
        "with Erin",
    ]


async def test_what_is_shown_is_safe(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """What a caller calls himself is shown without any markup."""
    entry = await set_up(ALICE)
    await armed.arm(_missed())
    miss_call(box, "sip:mallory@example.net", HOSTILE)
    await poll_now(hass, entry)
    (shown,) = armed.heard()
    assert shown
    assert not set("<>[]`*") & set(shown)


async def test_only_our_own_entities(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], armed: Armed
) -> None:
    """Another event than the account's calls is none of them."""
    await set_up(ALICE)
    await armed.arm(_missed() | {"target": {"entity_id": "event.doorbell"}})
    hass.states.async_set("event.doorbell", "unknown")
    await hass.async_block_till_done()
    told = {"event_type": "missed", "call_id": "1", "party": "x@example.com"}
    hass.states.async_set("event.doorbell", "2026-11-26T00:00:00+00:00", told)
    await hass.async_block_till_done()
    assert armed.heard() == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"from": "these"}, "Name at least one number or address"),
        ({"callers": [" "]}, "Neither a number, an address nor a name"),
        ({"from": "phone_book", "callers": ["1234"]}, "Callers are named"),
        ({"from": "friends"}, "from"),
        ({"count": 0}, "count"),
        ({"within": "soon"}, "within"),
    ],
)
async def test_what_makes_no_sense_is_said(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    armed: Armed,
    caplog: pytest.LogCaptureFixture,
    options: dict[str, Any],
    says: str,
) -> None:
    """The automation is unavailable, and the log says what to do."""
    await set_up(ALICE)
    await armed.arm(_missed(**options))
    assert hass.states.is_state("automation.armed_0", "unavailable")
    assert says in caplog.text
