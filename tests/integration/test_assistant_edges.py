"""What a language model is told of calls and of where they go, to the very call."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import Group
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er, llm
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.sip_account.assisting.accounts import (
    ALL_CALLS,
    async_check_user,
    is_shown,
)
from custom_components.sip_account.assisting.reading import (
    GetCallsTool,
    disturbed,
    forwarded,
)
from custom_components.sip_account.calls.kept_phone_book import async_save_phone_book
from custom_components.sip_account.calls.vcard import Contact
from custom_components.sip_account.llm import async_get_tools
from demo import AccountBox
from demo.accounts import Call

from .support import ALICE, BOB

LAST_CALL = "sensor.{}_example_com_last_call"
CONTEXT = llm.LLMContext(
    platform="test",
    context=None,
    language="en",
    assistant="conversation",
    device_id=None,
)


@pytest.fixture(autouse=True)
async def _exposing(hass: HomeAssistant, box: AccountBox) -> None:
    """Have what is exposed, and accounts without rules and calls."""
    assert await async_setup_component(hass, "homeassistant", {})
    for address in (ALICE, BOB):
        box.accounts[address].accept.persistent.clear()
        box.accounts[address].calls.clear()


def _expose(hass: HomeAssistant, entity_id: str) -> None:
    async_expose_entity(hass, "conversation", entity_id, should_expose=True)


def _call(
    box: AccountBox, minutes: float, user: str, account: str = ALICE, **more: Any
) -> None:
    started = box.now().replace(microsecond=0) - timedelta(minutes=minutes)
    details: dict[str, Any] = {"status": 487, "session_id": f"{user}{minutes}"} | more
    call = Call("received", f"sip:{user}@example.net", started, **details)
    box.accounts[account].calls.append(call)


async def _ask(hass: HomeAssistant, *entries: Any, **said: Any) -> dict[str, Any]:
    tool = GetCallsTool({})
    told = await tool.async_use(hass, CONTEXT, list(entries), tool.parameters(said))
    return dict(told)


@pytest.mark.parametrize(
    ("calls", "limit", "told", "more"),
    [(5, 2, 2, 3), (5, 4, 4, 1), (5, 5, 5, 0), (1, 10, 1, 0), (0, 1, 0, 0)],
)
async def test_how_many(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    calls: int,
    limit: int,
    told: int,
    more: int,
) -> None:
    """The newest are told, and how many there are besides."""
    for minute in range(calls):
        _call(box, minute, f"x{minute}")
    entry = await set_up(ALICE, by="password")
    answer = await _ask(hass, entry, limit=limit)
    assert (len(answer["calls"]), answer["more"]) == (told, more)
    assert answer["server_is_lost"] is False
    times = [call["began"] for call in answer["calls"]]
    assert times == sorted(times, reverse=True)


async def test_two_accounts(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """The newest call of all comes first, whosever it is."""
    for minute, account in ((1, ALICE), (2, BOB), (3, ALICE), (4, BOB)):
        _call(box, minute, "erin", account)
    entries = [await set_up(address, by="password") for address in (ALICE, BOB)]
    answer = await _ask(hass, *entries)
    assert [call["account"] for call in answer["calls"]] == [ALICE, BOB, ALICE, BOB]


@pytest.mark.parametrize(("late", "told"), [(0, True), (1, False)])
async def test_since_the_very_second(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    late: int,
    told: bool,
) -> None:
    """A call that began an hour ago is of the last hour, and none before it."""
    _call(box, 30, "erin")
    entry = await set_up(ALICE, by="password")
    (call,) = (await _ask(hass, entry))["calls"]
    began = call["began"]
    freezer.move_to(began)
    freezer.tick(timedelta(hours=1, microseconds=late))
    assert bool((await _ask(hass, entry, since_hours=1))["calls"]) is told


@pytest.mark.parametrize(("exposed", "all_calls"), [(True, True), (False, False)])
@pytest.mark.parametrize("missed_only", [False, True])
async def test_which_calls(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    exposed: bool,
    all_calls: bool,
    missed_only: bool,
) -> None:
    """Answered calls are told to who sees them all, unless only missed are wanted."""
    _call(box, 1, "erin", status=200, duration=9)
    _call(box, 2, "frank")
    entry = await set_up(ALICE, by="password")
    if exposed:
        _expose(hass, LAST_CALL.format("alice"))
    kinds = [
        call["kind"]
        for call in (await _ask(hass, entry, missed_only=missed_only))["calls"]
    ]
    whole = all_calls and not missed_only
    assert kinds == (["incoming_answered", "missed"] if whole else ["missed"])


async def test_names_of_the_phone_book(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """An address has its name of the phone book, and else it is nobody's."""
    entry = await set_up(ALICE, by="password")
    erin = Contact("Erin", ("erin@example.net",))
    await async_save_phone_book(hass, entry.entry_id, [erin])
    await hass.config_entries.async_reload(entry.entry_id)
    _call(box, 1, "erin", display_name="Mallory")
    _call(box, 2, "frank", display_name="Mallory")
    _call(box, 3, "0031208005161", display_name="Mallory")
    await entry.runtime_data.activity.async_refresh()
    answer = await _ask(hass, entry)
    assert [call["with"] for call in answer["calls"]] == [
        "Erin",
        "unknown caller",
        "+31 208 005 161",
    ]


async def test_do_not_disturb(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """For some time it has an end in the home's zone, and else it has none."""
    await hass.config.async_set_time_zone("Asia/Tokyo")
    entry = await set_up(ALICE, by="password")
    control = entry.runtime_data.control
    assert disturbed(entry) == {"do_not_disturb": False, "until": None}
    await control.async_set_do_not_disturb(on=True, period=timedelta(minutes=5))
    told = disturbed(entry)
    assert told["do_not_disturb"] is True
    assert told["until"].endswith("+09:00")
    await control.async_set_do_not_disturb(on=False)
    assert disturbed(entry) == {"do_not_disturb": False, "until": None}
    await control.async_set_do_not_disturb(on=True)
    assert disturbed(entry) == {"do_not_disturb": True, "until": None}


async def test_where_calls_go(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Each target by itself, whatever comes before or after it in the alphabet."""
    box.accounts[ALICE].diversions = {
        "FUNC": "a@example.net",
        "FBUS": "<voice-mailbox>",
        "FNOA": "zoe@example.net",
    }
    entry = await set_up(ALICE, by="password")
    assert forwarded(entry) == {
        "forwarded": {"all_calls": "a", "busy": "voicemail", "no_answer": "zoe"}
    }


async def test_only_for_assist(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """No other interface for language models gets our tools, and none gets no tool."""
    await set_up(ALICE, by="password")
    assert async_get_tools(hass, CONTEXT, "assist") is None
    _expose(hass, LAST_CALL.format("alice"))
    found = async_get_tools(hass, CONTEXT, "".join(list("assist")))
    assert found is not None
    assert [tool.name for tool in found.tools] == ["sip_account__get_calls"]
    for other in ("another", "zoo", ""):
        assert async_get_tools(hass, CONTEXT, other) is None


async def test_disabled_is_not_shown(
    hass: HomeAssistant, set_up: Callable[..., Any]
) -> None:
    """What is exposed and disabled is seen by nobody."""
    entry = await set_up(ALICE, by="password")
    entity_id = LAST_CALL.format("alice")
    assert not is_shown(hass, CONTEXT, entry, ALL_CALLS)
    _expose(hass, entity_id)
    assert is_shown(hass, CONTEXT, entry, ALL_CALLS)
    assert not is_shown(hass, CONTEXT, entry, ("balance",))
    er.async_get(hass).async_update_entity(
        entity_id, disabled_by=er.RegistryEntryDisabler.USER
    )
    assert not is_shown(hass, CONTEXT, entry, ALL_CALLS)


@pytest.mark.parametrize(
    ("allowed", "reads", "changes"),
    [
        (True, True, True),
        ({"read": True, "control": True}, True, True),
        ({"read": True}, True, False),
        ({"control": True}, False, True),
        ({}, False, False),
    ],
)
async def test_what_a_user_may(
    hass: HomeAssistant,
    set_up: Callable[..., Any],
    allowed: Any,
    reads: bool,
    changes: bool,
) -> None:
    """As much as the groups of whoever speaks allow, of all entities of the account."""
    entry = await set_up(ALICE, by="password")
    group = Group(name="Some", policy={"entities": {"all": allowed}})
    user = MockUser(groups=[group]).add_to_hass(hass)
    context = replace(CONTEXT, context=Context(user_id=user.id))
    wanted: list[tuple[dict[str, bool], bool]] = [
        ({}, reads),
        ({"change": True}, changes),
    ]
    for change, may in wanted:
        if may:
            await async_check_user(hass, context, entry, **change)
        else:
            with pytest.raises(Unauthorized) as caught:
                await async_check_user(hass, context, entry, **change)
            assert caught.value.user_id == user.id


async def test_who_is_no_user(hass: HomeAssistant, set_up: Callable[..., Any]) -> None:
    """Who is not said to be anybody may all, and who is gone may nothing."""
    entry = await set_up(ALICE, by="password")
    for nobody in (None, Context()):
        context = replace(CONTEXT, context=nobody)
        await async_check_user(hass, context, entry, change=True)
    gone = replace(CONTEXT, context=Context(user_id="gone"))
    for change in (False, True):
        with pytest.raises(UnknownUser):
            await async_check_user(hass, gone, entry, change=change)


async def test_all_entities_count(
    hass: HomeAssistant, set_up: Callable[..., Any]
) -> None:
    """Who may see one entity of an account does not see the account."""
    entry = await set_up(ALICE, by="password")
    one = {"entity_ids": {LAST_CALL.format("alice"): True}}
    user = MockUser(groups=[Group(name="One", policy={"entities": one})])
    user.add_to_hass(hass)
    context = replace(CONTEXT, context=Context(user_id=user.id))
    with pytest.raises(Unauthorized):
        await async_check_user(hass, context, entry)
