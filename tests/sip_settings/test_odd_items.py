"""An item that cannot be understood costs itself, and is counted."""

from collections import Counter
from datetime import UTC, datetime
import json
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    CALLS,
    CATALOGUE,
    ReplyError,
    SipSettingsClient,
)
from custom_components.sip_account.sip_settings.call_lists import zone_names
from custom_components.sip_account.sip_settings.context import Context
from demo import AccountBox

from .test_client import by_password

ODD: list[Any] = [
    *(7, True, [7], "text", None, {"duration": [1], "value": "much", "expires": {}}),
    {"date": "yesterday", "startTime": "yesterday", "value": 1, "expires": 1e300},
]
CALL = {
    "remoteParty": "bob@example.com",
    "startTime": "2026-11-01 10:00:00",
    "stopTime": "2026-11-01 10:01:00",
    "duration": 60,
    "status": 200,
    "timezone": "Europe/Amsterdam",
}
LINE = {"date": "2026-11-01 10:00:00", "action": "Debit balance", "value": -1}
DEVICE = {"contact": "192.0.2.1:5060", "expires": 600}
RULE = {"start": "08:00", "stop": "18:00", "groups": ["family"]}


def read(action: str, answer: Any) -> tuple[Any, Counter[str]]:
    """Read an answer, and count what is not understood."""
    now = datetime(2026, 11, 1, 12, tzinfo=UTC)
    context = Context(read_at=now, account_zone=ZoneInfo("Europe/Amsterdam"))
    return CATALOGUE[action].read(json.loads(json.dumps(answer)), context), context.odd


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("action", "item"),
    [("balance_history", LINE), ("devices", DEVICE)],
)
def test_objects(action: str, item: Any, odd: Any) -> None:
    """Others of the list are read as ever, wherever it stands."""
    for at in range(3):
        listed = [item, item]
        listed.insert(at, odd)
        model, count = read(action, listed)
        alone, none = read(action, [item, item])
        assert (model, count.total(), none.total()) == (alone, 1, 0)
    with pytest.raises(ReplyError):
        read(action, [odd])


@pytest.mark.parametrize("odd", ODD)
def test_calls(odd: Any) -> None:
    """Each side is counted for itself, and the ids of its calls stay as they are."""
    other = CALL | {"remoteParty": "carol@example.com"}
    alone, _ = read("calls", {"placed": [CALL], "received": [CALL, other, other]})
    model, count = read(
        "calls", {"placed": [CALL, odd], "received": [odd, CALL, odd, other, other]}
    )
    assert model == alone
    assert count == {"incoming": 2, "outgoing": 1}
    answer: Any = {"placed": [odd, CALL], "received": [odd]}
    assert zone_names(answer) == {"Europe/Amsterdam"}
    model, count = read("calls", {"placed": [CALL], "received": [odd]})
    assert (len(model), count) == (1, {"incoming": 1})
    with pytest.raises(ReplyError):
        read("calls", {"placed": None, "received": [odd]})


@pytest.mark.parametrize(
    "member",
    ["remoteParty", "duration", "status", "price", "media", "stopTime", "timezone"],
)
def test_an_odd_member_of_a_call(member: str) -> None:
    """It costs its call, and the number of no call that is like it."""
    odd = CALL | {member: {"a": [1]}}
    alone, _ = read("calls", {"placed": [CALL, CALL], "received": []})
    model, count = read("calls", {"placed": [odd, CALL, odd, CALL], "received": []})
    assert (model, count) == (alone, {"outgoing": 2})


@pytest.mark.parametrize("action", ["aliases", "enum", "reject"])
@pytest.mark.parametrize("odd", [7, True, [7], {}, 1.5])
def test_texts(action: str, odd: Any) -> None:
    """A list of texts gives its texts."""
    model, count = read(action, [odd, "a@example.com", None, "", odd, "b@example.com"])
    assert model == ("a@example.com", "b@example.com")
    assert count.total() == 2


@pytest.mark.parametrize("odd", [7, True, ["a"], {"a": 1}])
def test_diversions(odd: Any) -> None:
    """The other conditions are told; that one is not, since nobody knows."""
    answer = {"FUNC": "", "FNOL": odd, "FBUS": "bob@example.com", "FNOA": "", "FUNV": 0}
    model, count = read("diversions", answer)
    told = {it.code: it.target for it in model}
    if odd == 7:
        assert told["FNOL"] == "7"
        assert not count
    else:
        assert told.keys() == answer.keys() - {"FNOL"}
        assert count.total() == 1


@pytest.mark.parametrize(
    ("mask", "rule"),
    [
        *(("31", 7), ("31", []), ("mon", RULE), ("128", RULE)),
        *(("31", {"start": []}), ("31", RULE | {"groups": ["family", 7]})),
        ("31", RULE | {"start": [1]}),
    ],
)
def test_accept_rules(mask: str, rule: Any) -> None:
    """A rule that is not understood is counted: who writes must know of it."""
    temporary = {"groups": ["nobody"], "duration": 0}
    model, count = read(
        "accept_rules",
        {"persistent": {mask: rule, "96": RULE}, "temporary": temporary, "groups": [7]},
    )
    expected = 0 if rule == {"start": []} else 1
    assert len(model.rules) == 2 - expected
    assert count["persistent"] == expected
    assert count["groups"] == 1
    assert model.do_not_disturb
    if expected:
        with pytest.raises(ReplyError):
            read("accept_rules", {"persistent": {mask: rule}, "temporary": None})
        model, _ = read(
            "accept_rules", {"persistent": {mask: rule}, "temporary": temporary}
        )
        assert model.do_not_disturb
    assert read("accept_rules", {"temporary": None, "groups": [7]})[1]["groups"] == 1


def test_groups_of_the_account() -> None:
    """One group that nobody knows takes no account with it."""
    model, count = read("account", {"email": "a@b.c", "groups": ["blocked", 7]})
    assert model.blocked
    assert count == {"groups": 1}


def _all_of(client: SipSettingsClient) -> dict[str, int]:
    return {key: sum(odd.values()) for key, odd in client.odd.items() if odd}


async def test_the_client_tells(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """What is missing is told beside the value, and no more once it is understood."""
    client = by_password(box, session)
    whole = {key: await client.read(CATALOGUE[key]) for key in ("devices", "aliases")}
    calls = await client.read(CALLS)
    assert not _all_of(client)
    box.faults.set("*", "*", "odd_items")
    for key, value in whole.items():
        again = await client.read(CATALOGUE[key])
        assert type(again) is type(value)
    assert await client.read(CALLS) == calls
    assert _all_of(client) == {"devices": 1, "aliases": 1, "calls": 2}
    # The same octets are not read again, but what is missing in them stays missing.
    assert await client.read(CALLS) == calls
    assert client.odd["calls"] == {"incoming": 1, "outgoing": 1}
    box.faults.clear()
    await client.read(CALLS)
    assert "calls" not in _all_of(client)
