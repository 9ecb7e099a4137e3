"""What live servers say in forms of their own, read as it is meant."""

from decimal import Decimal
import json
from typing import Any

import aiohttp
from hypothesis import given, strategies as st
import pytest

from custom_components.sip_account.sip_settings import (
    ACCOUNT,
    CALLS,
    BackendError,
    Outcome,
    ReplyError,
    members,
)
from custom_components.sip_account.sip_settings.json_text import whole_value
from custom_components.sip_account.sip_settings.reply import read_reply
from demo import AccountBox
from demo.exchange import Exchange

from .test_actions import read
from .test_client import by_password


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0.042500000000000003", "0.0425"),
        ("9.872499999999999", "9.872499999999999"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("0.10000000000000001", "0.1"),
        ("1e-13", "1E-13"),
        ("5e-324", "5E-324"),
        ("-0.0", "0"),
        ('"0.042500000000000003"', "0.042500000000000003"),
        ('"12.3400"', "12.3400"),
    ],
)
def test_fractions(written: str, meant: str) -> None:
    """PHP's numbers are doubles; texts keep their digits."""
    balance = read("prepaid", f'{{"balance":{written}}}').balance
    expected = Decimal(meant)
    assert balance == expected
    (call,) = read(
        "calls",
        '{"placed":[{"to":"x","startTime":"2026-11-01 10:00:00","duration":60,'
        f'"price":{written},"stopTime":"2026-11-01 10:01:00","status":200}}],'
        '"received":[]}',
    )
    assert call.price == expected


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double(value: float) -> None:
    """Written with 17 digits, as PHP does, or in the shortest form: the same."""
    for written in (repr(value), f"{value:.17g}", f"{value:.17e}"):
        found = whole_value(f"[{written}]")
        assert isinstance(found, list)
        assert found == [value]
        if abs(value) < 10**12:
            assert members.number({"it": found[0]}, "it") == Decimal(repr(value))


def _call(**changed: Any) -> Outcome:
    item = {
        "remoteParty": "x@example.com",
        "startTime": "2013-06-03 10:00:00",
        "stopTime": "2013-06-03 10:01:00",
        "duration": 0,
        "status": 487,
    }
    body = json.dumps({"placed": [], "received": [item | changed]})
    (call,) = read("calls", body)
    return Outcome(call.outcome)


@pytest.mark.parametrize(
    "stop",
    [
        *(False, None, "", [], 0, "0", "0000-00-00 00:00:00"),
        *("1970-01-01 01:00:00", "1969-12-31 19:00:00", "2013-06-03 09:59:59"),
    ],
)
def test_a_call_that_goes_on(stop: Any) -> None:
    """Its stop is in some spelling of nothing, or before its start (June 2013)."""
    assert _call(stopTime=stop) == Outcome.IN_PROGRESS
    assert _call() == Outcome.MISSED


def test_a_call_through_the_change_of_summer_time() -> None:
    """Its end is written before its start, but it has lasted: it is over."""
    written = {"startTime": "2026-10-25 02:59:30", "stopTime": "2026-10-25 02:00:30"}
    assert _call(**written, duration=60, status=200) == Outcome.ANSWERED


@pytest.mark.parametrize(
    ("start", "stop", "outcome"),
    [
        # Amsterdam, New York, Sydney, Lord Howe (half an hour), Havana, Santiago, Cairo
        ("2026-10-25 02:59:30", "2026-10-25 02:00:10", Outcome.MISSED),
        ("2026-11-01 01:59:30", "2026-11-01 01:00:10", Outcome.MISSED),
        ("2026-04-05 02:59:50", "2026-04-05 02:00:20", Outcome.MISSED),
        ("2026-04-05 01:59:50", "2026-04-05 01:30:20", Outcome.MISSED),
        ("2026-11-01 00:59:50", "2026-11-01 00:00:20", Outcome.MISSED),
        ("2026-04-04 23:59:50", "2026-04-04 23:00:20", Outcome.MISSED),
        ("2026-10-29 23:59:50", "2026-10-29 23:00:20", Outcome.IN_PROGRESS),
        # Any other day or hour, or by more than clocks ever go back.
        ("2026-10-25 12:59:30", "2026-10-25 12:00:10", Outcome.IN_PROGRESS),
        ("2026-10-25 02:59:30", "2026-10-25 01:00:10", Outcome.IN_PROGRESS),
        ("2026-06-07 02:59:30", "2026-06-07 02:00:10", Outcome.IN_PROGRESS),
        ("2026-10-25 02:59:30", "1970-01-01 01:00:00", Outcome.IN_PROGRESS),
        ("2026-10-25 02:59:30", False, Outcome.IN_PROGRESS),
    ],
)
def test_ringing_as_clocks_go_back(start: str, stop: Any, outcome: Outcome) -> None:
    """Its end is written before its start, and it has not lasted: it is over too."""
    assert _call(startTime=start, stopTime=stop) == outcome


@pytest.mark.parametrize("empty", [False, None, "", []])
@pytest.mark.parametrize(
    "member",
    ["duration", "price", "status", "displayName", "sessionId", "fromTag", "timezone"],
)
def test_empty_members(member: str, empty: Any) -> None:
    """A member that says nothing, in whatever spelling, never fails its list."""
    assert _call(**{member: empty}) in set(Outcome)


def test_a_whole_answer_of_false() -> None:
    """PHP says so that it has failed: this is never an empty list."""
    with pytest.raises(ReplyError):
        read("calls", "false")


@pytest.mark.parametrize("code", ["99", "1000", "1031", "0"])
def test_failing_login(code: str) -> None:
    """A fault behind the server during the login says nothing of the certificate."""
    body = (
        f"<p><font color=red>Error from https://x/ (SipPort): SOAP fault ({code}): no "
        "idea</font>X.509 credentials error"
    )
    with pytest.raises(BackendError) as caught:
        read_reply(200, body.encode())
    assert caught.value.code == code


async def test_answer_of_another(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """An account that tells another address than was asked for is no data of ours."""
    client = by_password(box, session)
    mine = await client.read(ACCOUNT)
    assert mine
    assert mine.sip_address == "alice@example.com"

    async def mixed_up(exchange: Exchange) -> Any:
        answer = exchange.answer()
        body = answer.body.replace(b"alice@example.com", b"mallory@example.com")
        return type(answer)(body, answer.status, answer.headers)

    box.faults.set("*", "*", mixed_up)
    with pytest.raises(ReplyError, match="another account"):
        await client.read(ACCOUNT)
    assert await client.read(CALLS)
