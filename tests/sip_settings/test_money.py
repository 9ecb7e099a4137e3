"""What an account has to spend, in each form that servers tell it in."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
import json
from typing import Any

import pytest

from custom_components.sip_account.sip_settings import (
    AuthenticationError,
    BackendError,
    OutcomeUnknownError,
    SipAddress,
    SipSettingsError,
    UnsupportedActionError,
)
from custom_components.sip_account.sip_settings.actions import PREPAID
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.errors import ReplyError
from custom_components.sip_account.sip_settings.json_text import MISSING
from custom_components.sip_account.sip_settings.models import Prepaid
from custom_components.sip_account.sip_settings.snapshot import (
    PARTS,
    confirm_change,
    read_snapshot,
    tells_caller_id,
)

NOW = datetime(2026, 6, 1, 12, 0, 0, 789, tzinfo=UTC)
NOON = NOW.replace(microsecond=0)
ALICE = SipAddress("alice", "example.com")


def _read(value: Any, *, prepaid: bool | None = None) -> Prepaid | None:
    context = Context(read_at=NOW, account_zone=UTC, prepaid=prepaid, odd=Counter())
    return PREPAID.read(value, context)


@pytest.mark.parametrize(
    ("balance", "prepaid", "told"),
    [
        (0, False, None),
        (0, None, Decimal(0)),
        (0, True, Decimal(0)),
        ("1.5", False, Decimal("1.5")),
        (-1, False, Decimal(-1)),
        ("1.5", True, Decimal("1.5")),
    ],
)
def test_balance(balance: Any, prepaid: bool | None, told: Decimal | None) -> None:
    """Zero is no balance of an account that is not prepaid; all else is one."""
    found = _read({"balance": balance}, prepaid=prepaid)
    assert (found.balance if found else None) == told
    assert (found is None) is (told is None)


def test_no_balance() -> None:
    """It may be missing only where the day is told, and says something."""
    nothing: list[Any] = [None, "", []]
    assert [_read(value) for value in nothing] == [None] * 3
    for wrong in (
        {},
        {"balance": None},
        {"balance": "x"},
        {"balance": "x", "today": {}},
    ):
        with pytest.raises(ReplyError):
            _read(wrong)
    assert _read({"today": {}}) is None
    assert _read({"today": {"credit": 1}}) is None
    only_spent = _read({"today": {"debit": 0}})
    assert only_spent is not None
    assert (only_spent.balance, only_spent.spent_today) == (None, Decimal(0))
    assert only_spent.credited_today is None
    with_balance = _read({"balance": 1, "today": {"credit": "-2"}})
    assert with_balance is not None
    assert (with_balance.spent_today, with_balance.credited_today) == (
        None,
        Decimal(2),
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [("eur", "EUR"), ("EUR", "EUR"), ("EU", None), ("EURO", None), ("€", None)],
)
def test_currency(written: str, code: str | None) -> None:
    """Three letters are a currency."""
    found = _read({"balance": 1, "currency": written})
    assert found is not None
    assert found.currency == code


@pytest.mark.parametrize(
    ("member", "goes_on"),
    [({}, None), ({"callInProgress": ""}, False), ({"callInProgress": 0}, False)],
)
def test_no_call(member: dict[str, Any], goes_on: bool | None) -> None:
    """Whether a call goes on is told by those who say so."""
    found = _read({"balance": 1, "destination": "x", "sessionTime": 1, **member})
    assert found is not None
    assert found.call_in_progress is goes_on
    assert found.active_call is None


@pytest.mark.parametrize(
    ("elapsed", "longest", "since", "until"),
    [
        (30, 90, -30, 60),
        (0, 90, 0, 90),
        (None, 90, None, None),
        (30, None, -30, None),
        (30, 0, -30, None),
    ],
)
def test_call_that_goes_on(
    elapsed: int | None, longest: int | None, since: int | None, until: int | None
) -> None:
    """It began so long ago, and ends so long after its beginning at the latest."""
    value = {"balance": 1, "callInProgress": 1, "destination": "<sip:b@example.com>"}
    found = _read({**value, "sessionTime": elapsed, "maxSessionTime": longest})
    assert found is not None
    assert found.call_in_progress is True
    call = found.active_call
    assert call is not None
    assert call.destination == "b@example.com"
    for told, seconds in ((call.since, since), (call.may_last_until, until)):
        assert told == (None if seconds is None else NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("status", "body", "kind", "code"),
    [
        (200, {"ok": True}, None, ""),
        (200, {"ok": 1}, BackendError, ""),
        (200, {"ok": "true"}, BackendError, ""),
        (200, {"ok": False, "message": "x"}, BackendError, ""),
        (200, {"ok": True, "error": "x" * 41}, BackendError, "x" * 40),
        (201, {"ok": True}, OutcomeUnknownError, ""),
        (404, {"ok": True}, OutcomeUnknownError, ""),
        (404, {"error": "gone"}, BackendError, "gone"),
        (499, {"error": "gone"}, BackendError, "gone"),
        (500, {"error": "gone"}, OutcomeUnknownError, ""),
        (503, {"ok": True}, OutcomeUnknownError, ""),
        (401, {"error": "gone"}, AuthenticationError, ""),
        (403, {"error": "gone"}, BackendError, "gone"),
        (403, {}, AuthenticationError, ""),
        (400, {"error": "unknown_action"}, UnsupportedActionError, ""),
        (400, {"error": True}, BackendError, ""),
        (200, [], OutcomeUnknownError, ""),
    ],
)
def test_change(
    status: int, body: Any, kind: type[SipSettingsError] | None, code: str
) -> None:
    """It was made where the page says `true`; each other answer has its meaning."""
    octets = json.dumps(body).encode()
    if kind is None:
        confirm_change(status, octets)
        return
    with pytest.raises(kind) as caught:
        confirm_change(status, octets)
    assert type(caught.value) is kind
    assert getattr(caught.value, "code", "") == code


def test_status_of_a_failing_page() -> None:
    """A page that fails with 500 is down, as with any other status of that kind."""
    for status, told in ((500, 200), (502, 502), (501, 501), (429, 429)):
        with pytest.raises(BackendError) as caught:
            read_snapshot(status, b"", ALICE)
        assert caught.value.status == told


@pytest.mark.parametrize(
    ("whole", "tells"),
    [
        ({"pstn": {"caller_id": ""}}, True),
        ({"pstn": {"mobile_number": "1"}}, False),
        ({"mobile_number": ""}, True),
        ({"caller_id": "1"}, False),
        ({"pstn": None, "mobile_number": "1"}, False),
    ],
)
def test_whose_number_can_be_set(whole: Any, tells: bool) -> None:
    """Where a number is told, also none, in the place of the page's own form."""
    assert tells_caller_id(whole) is tells


@pytest.mark.parametrize(
    ("whole", "access"),
    [
        ({"groups": ["free-pstn"]}, True),
        ({"groups": ["other"]}, False),
        ({"groups": None}, None),
        ({"pstn": {"enabled": False}, "groups": ["free-pstn"]}, False),
        ({"pstn": {"enabled": True}, "groups": []}, True),
        ({}, None),
    ],
)
def test_telephones(whole: Any, access: bool | None) -> None:
    """Its own word on telephones counts first, then whether a group stands for them."""
    told: Any = PARTS["account"](whole)
    assert told.get("pstn_access") == access
    assert ("pstn_access" in told) is (access is not None)


@pytest.mark.parametrize(
    ("whole", "told"),
    [
        ({}, MISSING),
        ({"pstn": {"currency": "EUR"}}, MISSING),
        ({"balance": 1}, {"balance": 1, "currency": None, "today": {}}),
        ({"pstn": {"today": []}}, {"balance": None, "currency": None, "today": {}}),
    ],
)
def test_part_of_money(whole: Any, told: Any) -> None:
    """Told where a balance or the day stands, at the top or under its own name."""
    assert PARTS["prepaid"](whole) == told


def test_part_of_calls() -> None:
    """Rooms are left out, whatever else is odd."""
    room: Any = {"remoteParty": "sip:x@Conference.example.com"}
    call: Any = {"remoteParty": "y"}
    odd: list[Any] = [7, {"remoteParty": 7}]
    assert PARTS["calls"]({}) is MISSING
    assert PARTS["calls"]({"call_history": {}}) is None
    assert PARTS["calls"]({"call_history": [1]}) == [1]
    assert PARTS["calls"](
        {"call_history": {"placed": [room, call, *odd], "received": None}}
    ) == {"placed": [call, *odd], "received": None}
