"""What models tell of themselves, and when a time has really moved."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from custom_components.sip_account.sip_settings.actions import ACCEPT_RULES
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.errors import ReplyError
from custom_components.sip_account.sip_settings.json_text import JsonValue
from custom_components.sip_account.sip_settings.models import (
    AcceptRules,
    ActiveCall,
    Device,
    Devices,
    Direction,
    Outcome,
    Prepaid,
    TemporaryRule,
)
from tests.calls.lists import MORNING, read_sides, row

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _context() -> Context:
    return Context(read_at=NOON, account_zone=UTC, odd=Counter())


def test_missed_calls() -> None:
    """Who called and met nobody, or somebody who was busy; never who was called."""
    (call, *_) = read_sides({"received": [row(MORNING)]})
    missed = {
        (direction, outcome)
        for direction in Direction
        for outcome in Outcome
        if replace(call, direction=direction, outcome=outcome).missed
    }
    incoming = Direction.INCOMING
    assert missed == {(incoming, Outcome.MISSED), (incoming, Outcome.BUSY)}


def _prepaid(since: datetime | None, until: datetime | None, to: str = "x") -> Prepaid:
    call = ActiveCall(destination=to, since=since, may_last_until=until)
    return Prepaid(balance=Decimal(1), call_in_progress=True, active_call=call)


def test_times_of_a_call() -> None:
    """Each time of a call that goes on stays by itself, while it is the same call."""
    old = _prepaid(NOON, NOON)
    assert _prepaid(NOON + MINUTE, NOON - MINUTE).steadied(old) == old
    moved = _prepaid(NOON + MINUTE + SECOND, NOON + MINUTE)
    assert moved.steadied(old) == _prepaid(NOON + MINUTE + SECOND, NOON)
    moved = _prepaid(NOON, NOON - MINUTE - SECOND)
    assert moved.steadied(old) == moved
    for other in ("a", "z"):
        new = _prepaid(NOON + SECOND, NOON, other)
        assert new.steadied(old) == new
    ended = replace(old, active_call=None)
    assert ended.steadied(old) == ended
    assert old.steadied(ended) == old


def _override(groups: tuple[str, ...], until: datetime | None) -> AcceptRules:
    temporary = TemporaryRule(groups=groups, until=until)
    return AcceptRules(rules=(), temporary=temporary, groups=())


def test_end_of_an_override() -> None:
    """It stays while the same groups may call, and else is another one."""
    old = _override(("family",), NOON)
    assert _override(("family",), NOON + MINUTE).steadied(old) == old
    for new in (
        _override(("family",), NOON + MINUTE + SECOND),
        _override(("family",), None),
        _override(("a",), NOON + SECOND),
        _override(("z",), NOON + SECOND),
        AcceptRules(rules=(), temporary=None, groups=()),
    ):
        assert new.steadied(old) == new


@pytest.mark.parametrize(
    ("groups", "nobody"),
    [
        (("nobody",), True),
        (("anybody",), False),
        (("somebody",), False),
        (("nobody", "somebody"), False),
        ((), False),
    ],
)
def test_do_not_disturb(groups: tuple[str, ...], nobody: bool) -> None:
    """Only where nobody at all may call for now."""
    assert _override(groups, None).do_not_disturb is nobody
    assert not AcceptRules(rules=(), temporary=None, groups=()).do_not_disturb


def test_each_device_for_itself() -> None:
    """A device is the same by its address and its name, in whatever order they come."""

    def device(contact: str, agent: str | None, until: datetime | None) -> Device:
        return Device(
            contact=contact,
            public_contact=None,
            user_agent=agent,
            transport=None,
            registered_until=until,
        )

    old = Devices((device("a", "x", NOON), device("b", "x", NOON + 5 * MINUTE)))
    new = Devices(
        (
            device("b", "x", NOON + 5 * MINUTE + SECOND),
            device("a", "x", NOON + SECOND),
            device("a", "y", NOON + SECOND),
            device("c", None, NOON),
        )
    )
    assert new.steadied(old) == Devices(
        (
            device("b", "x", NOON + 5 * MINUTE),
            device("a", "x", NOON),
            device("a", "y", NOON + SECOND),
            device("c", None, NOON),
        )
    )


@pytest.mark.parametrize(
    ("mask", "days"),
    [
        ("0", ()),
        ("1", ("mon",)),
        ("2", ("tue",)),
        ("64", ("sun",)),
        ("65", ("mon", "sun")),
        ("127", EVERY_DAY),
        ("0000127", EVERY_DAY),
        ("128", None),
        ("00000001", None),
        ("-1", None),
        ("1.0", None),
        ("", None),
        ("\u0661", None),
        ("mon", None),
    ],
)
def test_days_of_a_rule(mask: str, days: tuple[str, ...] | None) -> None:
    """One bit for each day from Monday on; what is no such number is odd."""
    context = _context()
    value: JsonValue = {
        "persistent": {mask: {"start": "08:00", "stop": "18:00", "groups": ["a"]}},
        "groups": [7],
    }
    if days is None:
        with pytest.raises(ReplyError):
            ACCEPT_RULES.read(value, context)
        return
    rules = ACCEPT_RULES.read(value, context)
    assert rules is not None
    (rule,) = rules.rules
    assert (rule.days, rule.start, rule.stop) == (days, "08:00", "18:00")
    assert rule.groups == ("a",)
    assert context.odd == {"groups": 1}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"persistent": []}, False),
        ({"groups": ["family"]}, False),
        ({"groups": [7]}, True),
        ({"temporary": {"groups": ["everybody"]}}, False),
        ({"temporary": {"groups": []}}, False),
        ({"temporary": {"groups": ["nobody"]}}, True),
        ({"temporary": {"groups": ["everybody", "nobody"]}}, True),
        ({"persistent": {"1": {}}}, True),
    ],
)
def test_whether_there_are_rules(value: JsonValue, told: bool) -> None:
    """A rule, or an override that is one; or a list of groups that may be something."""
    assert (ACCEPT_RULES.read(value, _context()) is not None) is told


@pytest.mark.parametrize(
    ("duration", "until"),
    [(0, None), (None, None), (90, NOON + 90 * MINUTE), ("1", NOON + MINUTE)],
)
def test_how_long_an_override_lasts(
    duration: JsonValue, until: datetime | None
) -> None:
    """So many minutes from now, or until it is switched off."""
    value: JsonValue = {"temporary": {"groups": ["nobody"], "duration": duration}}
    rules = ACCEPT_RULES.read(value, _context())
    assert rules is not None
    assert rules.temporary is not None
    assert rules.temporary.until == until
