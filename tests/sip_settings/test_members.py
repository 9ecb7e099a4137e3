"""Members of an answer: the last value that is taken, and the first that is not."""

from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.sip_account.sip_settings import (
    ReplyError,
    members,
    models,
)
from custom_components.sip_account.sip_settings.context import Asked, Context
from custom_components.sip_account.sip_settings.json_text import JsonValue

PARIS = ZoneInfo("Europe/Paris")
MOST = 1000  # items of a list
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (members.integer, 10**12 - 1, 10**12 - 1),
        (members.integer, str(1 - 10**12), 1 - 10**12),
        (members.integer, 10**12, ReplyError),
        (members.integer, str(10**12), ReplyError),
        (members.integer, 2**53, ReplyError),
        (members.integer, "1.5", ReplyError),
        (members.integer, "2.4", ReplyError),
        (members.integer, -(10**12), ReplyError),
        (members.number, "1e-400", Decimal("1e-400")),
        (members.number, "1e-401", ReplyError),
        (members.number, "0" * 399 + "1", Decimal(1)),
        (members.number, "0" * 400 + "1", ReplyError),
        (members.integer, "2.0", 2),
        (members.boolean, [], None),
        (members.boolean, [0], ReplyError),
        (members.boolean, {"a": 1}, ReplyError),
        (members.boolean, " OFF ", False),
        (members.boolean, "2", True),
        (members.seconds, 3660 * 86_400, timedelta(days=3660)),
        (members.seconds, 3660 * 86_400 + 1, ReplyError),
        (members.seconds, "-1", timedelta(0)),
        (members.seconds, -1, timedelta(0)),
        (members.minutes, "1.5", timedelta(seconds=90)),
        (members.minutes, 2, timedelta(minutes=2)),
        (members.minutes, None, None),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_values(read: Callable[..., Any], value: Any, expected: Any) -> None:
    """Each in the spellings of the servers, and no further than makes sense."""
    if expected is ReplyError:
        with pytest.raises(ReplyError):
            read({"it": value}, "it")
    else:
        assert read({"it": value}, "it") == expected
        assert read({}, "it") is None


@pytest.mark.parametrize("more", [0, 1, 2])
def test_most_members(more: int) -> None:
    """An object of objects has no more of them than a list has items."""
    pairs: JsonValue = {str(at): {} for at in range(MOST + more)}
    items: JsonValue = [{}] * (MOST + more)
    if more:
        for wrong in (
            lambda: members.items_of(pairs, "it", Counter(), lambda *pair: pair),
            lambda: members.a_list(items, "it"),
        ):
            with pytest.raises(ReplyError):
                wrong()
        return
    assert members.items_of(pairs, "it", Counter(), lambda *pair: pair)
    assert members.a_list(items, "it")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1990-01-01 00:00:00", datetime(1990, 1, 1, tzinfo=PARIS)),
        ("2199-12-31 00:00:00", datetime(2199, 12, 31, tzinfo=PARIS)),
        ("1989-12-31 00:00:00", ReplyError),
        ("2200-01-01 00:00:00", ReplyError),
        ("yesterday", ReplyError),
        ("0000-00-00 00:00:00", None),
        ("1970-01-01 01:00:00", None),
        ("1969-12-31 23:00:00", None),
        ("2026-01-02 12:00:00+00:00", NOON),
    ],
)
def test_moments(written: str, expected: Any) -> None:
    """Times of two centuries, in the zone that is known."""
    if expected is ReplyError:
        with pytest.raises(ReplyError):
            members.moment({"it": written}, "it", PARIS)
    else:
        assert members.moment({"it": written}, "it", PARIS) == expected
    if isinstance(expected, datetime):
        told = members.moment({"it": written}, "it", None)
        assert told == (NOON if expected == NOON else None)


def test_steps() -> None:
    """A call is read in the zone of the last step before it was written."""
    steps = (("2026-01-01", PARIS), ("2026-02-01", None))
    context = Context(read_at=NOON, account_zone=UTC, steps=steps)
    told = [
        (context.step(day), context.zone_of_call("", day))
        for day in ("2026-01-01", "2026-01-02", "2026-02-01", "2026-02-02")
    ]
    assert told == [(0, UTC), (1, PARIS), (1, PARIS), (2, UTC)]
    assert Context(read_at=NOON).zone() is None


@pytest.mark.parametrize(
    ("late", "agree"), [(-31, False), (-30, True), (0, True), (32, True), (33, False)]
)
def test_clocks(late: int, agree: bool) -> None:
    """Half a minute before it was asked to half a minute after it answered."""
    received = NOON + timedelta(seconds=2)
    told = NOON + timedelta(seconds=late)
    assert Asked(NOON, received, told).clocks_agree is agree
    assert not Asked(NOON, received, None).clocks_agree


def test_local_time() -> None:
    """Times that are counted from now are in the account's zone, where it is known."""
    assert Context(read_at=NOON, account_zone=PARIS).local_time().tzinfo is PARIS
    assert Context(read_at=NOON).local_time().tzinfo is UTC


PRIVATE = {
    *("party", "number", "name", "email", "first_name", "last_name", "mobile_number"),
    *("caller_id_number", "destination", "description", "session_id", "target"),
    *("mailbox", "account", "contact", "public_contact", "from_tag", "party_identity"),
    "number_shown",
}


def test_nobody_is_printed() -> None:
    """Whatever prints a model, in a log or an error, tells nothing of people."""
    shown = {
        f"{model.__name__}.{member.name}"
        for model in vars(models).values()
        if isinstance(model, type) and is_dataclass(model)
        for member in fields(model)
        if member.repr and member.name in PRIVATE
    }
    assert shown == set()


def test_longest_name() -> None:
    """256 characters are kept as they are; of more, all count, and few are kept."""
    told = [members.name_of({"it": text * 256}, "it") for text in ("a", "aa", "b")]
    assert told[0] == "a" * 256
    assert len(told[1]) == 64
    assert members.name_of({"it": "a" * 257}, "it") != told[1]
    assert members.name_of({"it": 7}, "it") == "7"
    assert members.name_of({}, "it") == ""


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (" a ", "a"),
        (7, "7"),
        (0, "0"),
        (1.5, "1.5"),
        (None, ""),
        (False, ""),
        ([], ""),
        (" ", ""),
        (True, ReplyError),
        ([1], ReplyError),
        ({}, ReplyError),
    ],
)
def test_texts(value: JsonValue, read: Any) -> None:
    """A number is a text as it is written; a list is none, and nothing is empty."""
    if read is ReplyError:
        with pytest.raises(ReplyError):
            members.text({"it": value}, "it")
    else:
        assert members.text({"it": value}, "it") == read


EMPTY: list[JsonValue] = [None, "", " ", [], {}, False, 0, 0.0, "0"]
FULL: list[JsonValue] = ["00", "a", 1, True, [0], {"a": 0}, "0.0"]


@pytest.mark.parametrize("value", EMPTY + FULL, ids=repr)
def test_filled(value: JsonValue) -> None:
    """All that is empty to PHP is nothing, where 0 means nothing."""
    found = members.filled({"it": value}, "it")
    assert found == value if value in FULL else found is None


def test_lists_of_texts() -> None:
    """Blank ones are left out; what is no text counts as odd, or spoils a list."""
    odd: Counter[str] = Counter()
    found = members.text_list(["a", "", " ", None, 7, "b"], "it", odd)
    assert (found, odd) == (("a", "b"), {"it": 1})
    assert members.texts({"it": ["a", None, "b"]}, "it") == ("a", "b")
    assert members.texts({"it": "0"}, "it") == ()
    with pytest.raises(ReplyError):
        members.texts({"it": ["a", 7]}, "it")


def test_odd_members() -> None:
    """What nothing depends on is counted and left out; what is needed is not."""
    odd: Counter[str] = Counter()
    source: Any = {"it": "x", "one": "1"}
    assert members.understood(members.number, source, "it", odd) is None
    assert members.understood(members.number, source, "it", odd) is None
    assert members.understood(members.number, source, "one", odd) == 1
    assert odd == {"it": 2}
    assert members.needed_number(source, "one") == 1
    for name in ("it", "none"):
        with pytest.raises(ReplyError, match=name):
            members.needed_number(source, name)
