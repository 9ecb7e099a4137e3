"""A member that is empty in an unexpected way fails nothing that it stands in."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
import json
from typing import Any

import pytest

from custom_components.sip_account.sip_settings import SipAddress
from custom_components.sip_account.sip_settings.actions import CATALOGUE
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.errors import ReplyError
from custom_components.sip_account.sip_settings.json_text import JsonValue
from custom_components.sip_account.sip_settings.models import Outcome
from custom_components.sip_account.sip_settings.reply import read_reply

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
EMPTY: list[JsonValue] = [None, False, 0, 0.0, "", " ", "0", [], {}]
CALL: dict[str, JsonValue] = {
    "remoteParty": "sip:bob@example.com",
    "startTime": "2026-11-24 08:00:00",
    "stopTime": "2026-11-24 08:01:00",
    "duration": 60,
    "status": 200,
}
RULE: dict[str, JsonValue] = {"start": "08:00", "stop": "18:00", "groups": ["a"]}
ACCOUNT: dict[str, JsonValue] = {"email": "a@example.com", "timezone": "UTC"}

# An action, and what it is told with one member left open.
MEMBERS: dict[str, tuple[str, Callable[[JsonValue], JsonValue]]] = {
    "placed": ("calls", lambda it: {"placed": it, "received": [CALL]}),
    "received": ("calls", lambda it: {"placed": [CALL], "received": it}),
    "media": ("calls", lambda it: {"placed": [CALL | {"media": it}]}),
    "persistent": ("accept_rules", lambda it: {"persistent": it, "groups": ["a"]}),
    "temporary": (
        "accept_rules",
        lambda it: {"persistent": {"127": RULE}, "temporary": it},
    ),
    "groups of all": (
        "accept_rules",
        lambda it: {"persistent": {"127": RULE}, "groups": it},
    ),
    "groups of a rule": (
        "accept_rules",
        lambda it: {"persistent": {"127": RULE | {"groups": it}}},
    ),
    "groups of an override": (
        "accept_rules",
        lambda it: {
            "persistent": {"127": RULE},
            "temporary": {"groups": it, "duration": 9},
        },
    ),
    "groups of the account": ("account", lambda it: ACCOUNT | {"groups": it}),
    "address": ("account", lambda it: ACCOUNT | {"sip_address": it}),
    "today": ("prepaid", lambda it: {"balance": 5, "today": it or {}}),
}


def _read(action: str, told: JsonValue) -> tuple[Any, dict[str, int]]:
    odd: Counter[str] = Counter()
    context = Context(read_at=NOW, account_zone=UTC, odd=odd)
    value = CATALOGUE[action].read(told, context)
    return value, dict(odd)


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("empty", EMPTY, ids=repr)
def test_every_empty_spelling(name: str, empty: JsonValue) -> None:
    """It is as if there were null, and nothing is odd about it."""
    action, told = MEMBERS[name]
    value, odd = _read(action, told(empty))
    assert odd == {}
    assert (value, odd) == _read(action, told(None))


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("wrong", [True, 7, "x"], ids=repr)
def test_what_is_not_empty(name: str, wrong: JsonValue) -> None:
    """Something that is not understood is never taken for nothing."""
    if (name, wrong) in {("media", "x"), ("address", "x"), ("address", 7)}:
        return
    action, told = MEMBERS[name]
    try:
        value, odd = _read(action, told(wrong))
    except ReplyError:
        return
    assert odd, value


@pytest.mark.parametrize(
    "empty", [None, False, 0, 0.0, "", " ", "0", "false", "NULL"], ids=repr
)
@pytest.mark.parametrize("began", ["startTime", "date"])
def test_no_time(began: str, empty: JsonValue) -> None:
    """A call without a start is a call, with no time; without a stop it goes on."""
    call = {name: it for name, it in CALL.items() if name != "startTime"}
    (read,), odd = _read("calls", {"placed": [call | {began: empty}]})
    assert odd == {}
    assert read.started is None
    (read,), odd = _read("calls", {"placed": [CALL | {"stopTime": empty}]})
    assert odd == {}
    assert read.outcome is Outcome.IN_PROGRESS


@pytest.mark.parametrize("number", ["1e400", "1e309", "9" * 501, "0." + "1" * 450])
@pytest.mark.parametrize("before", ["", "Warning: x on line 3\n"])
def test_a_number_beyond_all_numbers(number: str, before: str) -> None:
    """It costs its item alone, whichever reader reads the answer."""
    body = json.dumps({"placed": [CALL, CALL | {"price": "$"}], "received": None})
    answer = read_reply(200, (before + body.replace('"$"', number)).encode())
    odd: Counter[str] = Counter()
    context = Context(read_at=NOW, account_zone=UTC, odd=odd)
    value = CATALOGUE["calls"].read(answer, context)
    assert value is not None
    assert len(value) == 1
    assert odd == {"outgoing": 1}


@pytest.mark.parametrize(
    "told",
    ["sip:alice@example.com", "SIP:Alice@Example.com", "<sip:alice@example.com>"],
)
def test_address_with_its_scheme(told: str) -> None:
    """An address is the same with `sip:` before it."""
    value, _ = _read("account", ACCOUNT | {"sip_address": told})
    assert value.sip_address.lower() == "alice@example.com"


@pytest.mark.parametrize("name", ["quota", "no_answer_timeout"])
@pytest.mark.parametrize("odd", ["1e400", "x", [1], True], ids=repr)
def test_one_odd_member_of_an_account(name: str, odd: JsonValue) -> None:
    """It is missing, and the account is there."""
    value, counted = _read("account", ACCOUNT | {name: odd})
    assert value.email == "a@example.com"
    assert getattr(value, {"quota": "monthly_quota"}.get(name, name)) is None
    assert counted == {name: 1}


@pytest.mark.parametrize(
    ("told", "same"),
    [
        ("alice@xn--mller-kva.example", True),
        ("sip:Alice@M\u00fcller.example", True),
        ("alice@m\u00fcller.example.", True),
        ("bob@m\u00fcller.example", False),
        ("alice", False),
    ],
)
def test_whose_address_it_is(told: str, same: bool) -> None:
    """In any spelling of the same domain."""
    assert SipAddress.parse("alice@m\u00fcller.example").is_same(told) is same
