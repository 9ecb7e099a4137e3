"""The very size, the very second, and what stands at the edge of each rule."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from custom_components.sip_account.sip_settings import (
    AuthenticationError,
    SipAddress,
    read_target,
    same_target,
)
from custom_components.sip_account.sip_settings.actions import CATALOGUE
from custom_components.sip_account.sip_settings.caller_id import read_caller_id
from custom_components.sip_account.sip_settings.context import Context
from custom_components.sip_account.sip_settings.errors import (
    NotACertificateError,
    ReplyError,
)
from custom_components.sip_account.sip_settings.json_text import JsonValue
from custom_components.sip_account.sip_settings.members import integer
from custom_components.sip_account.sip_settings.numbers import read_number
from custom_components.sip_account.sip_settings.server_words import raise_for_words
from custom_components.sip_account.sip_settings.text import clean_message

NOON = datetime(2026, 11, 26, 12, 34, 56, 789, tzinfo=UTC)
ALICE = SipAddress("alice", "example.com")


def _context() -> Context:
    return Context(read_at=NOON, account_zone=UTC, odd=Counter())


def test_long_lists_are_read_once() -> None:
    """Calls and transactions mean the same whenever they are read."""
    timeless = {key for key, action in CATALOGUE.items() if action.timeless}
    assert timeless == {"calls", "balance_history"}


def test_what_the_account_is_needed_for() -> None:
    """Times need its zone, and a balance of zero its word on prepaid cards."""
    needing = {key for key, action in CATALOGUE.items() if action.needs_account}
    assert needing == {"calls", "balance_history", "prepaid", "monthly_usage"}


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("<voice-mailbox>", "voicemail"),
        ("Voice-Mailbox", "voicemail"),
        ("<sip:bob@example.com>", "bob@example.com"),
        ("", None),
        (None, None),
    ],
)
def test_diverted_to(target: JsonValue, meant: str | None) -> None:
    """The mailbox, an address or nobody; each of the five conditions by its code."""
    codes = ["FUNC", "FNOL", "FBUS", "FNOA", "FUNV"]
    for code in codes:
        told = CATALOGUE["diversions"].read({code: target}, _context()) or ()
        assert [it.code for it in told] == codes
        assert [it.target for it in told] == [
            meant if it.code == code else None for it in told
        ]


@pytest.mark.parametrize(
    ("options", "deletes"),
    [({"delete": "1"}, True), ({"delete": 0}, False), ({}, None), (None, None)],
)
def test_voicemail_options(options: JsonValue, deletes: bool | None) -> None:
    """Whether messages go once they were mailed, where that is told."""
    value: JsonValue = {"Mailbox": "1000", "Options": options}
    told = CATALOGUE["voicemail"].read(value, _context())
    assert told is not None
    assert told.deletes_after_mailing is deletes
    assert CATALOGUE["voicemail"].read({"Mailbox": ""}, _context()) is None
    with pytest.raises(ReplyError):
        CATALOGUE["voicemail"].read({"Options": options}, _context())


@pytest.mark.parametrize("name", ["email", "timezone", "first"])
def test_least_of_an_account(name: str) -> None:
    """One member that accounts alone have is enough, if anything at all is told."""
    account = CATALOGUE["account"].read({name: "", "quota": 0}, _context())
    assert account is not None
    assert account.groups is None
    assert account.blocked is None
    assert account.caller_id_hidden is None
    assert account.monthly_quota is None
    wrong: list[JsonValue] = [{name: None}, {"quota": 5}]
    for value in wrong:
        with pytest.raises(ReplyError):
            CATALOGUE["account"].read(value, _context())


def test_call_id_is_of_sixteen_characters() -> None:
    """Automations may have kept it."""
    call: JsonValue = {"remoteParty": "bob@example.com", "startTime": "2026-11-26"}
    found = CATALOGUE["calls"].read({"placed": [call]}, _context())
    assert found is not None
    assert [len(call.call_id) for call in found] == [16]


def test_a_month_begins_at_its_first_moment() -> None:
    """What the server counts is since then."""
    usage = CATALOGUE["monthly_usage"].read({"calls": 1, "price": 2}, _context())
    assert usage is not None
    assert usage.since == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "number"),
    [("", ""), ("  ", ""), ("+31 20 800 5161", "+31208005161")],
)
def test_caller_id(text: str, number: str) -> None:
    """Nothing clears it, and a number is one."""
    assert read_caller_id(text) == number


def test_users_without_numbers_are_two() -> None:
    """Two names are one only if they are the same."""
    assert not same_target("bob@example.com", "carol@example.com", ALICE)
    assert read_target("bob@example.com", ALICE) == "bob@example.com"


@pytest.mark.parametrize("address", ["bob@example.com", "a@b", "<bob@example.com>"])
def test_no_address_in_a_message(address: str) -> None:
    """Whatever stands around it."""
    assert "@" not in clean_message(f"Mail {address} soon")
    assert clean_message(f"Mail {address} soon").startswith("Mail ")


def test_how_certain_a_refusal_is() -> None:
    """A file stays as it is; what a server says may be a failing back end."""
    assert NotACertificateError("x").certain
    with pytest.raises(AuthenticationError) as caught:
        raise_for_words("Wrong Credentials!")
    assert not caught.value.certain


@pytest.mark.parametrize("write", [int, str, float])
def test_greatest_whole_number(write: Callable[[int], JsonValue]) -> None:
    """Twelve digits are sane, however they are written, and not one more."""
    for sign in (1, -1):
        assert integer({"count": write(sign * (10**12 - 1))}, "count") is not None
        with pytest.raises(ReplyError):
            integer({"count": write(sign * 10**12)}, "count")


@pytest.mark.parametrize(
    "text", ["+31\u201320\u20138005161", "\uff0b31 20 800\u30005161", "+31 20\u00adA"]
)
def test_signs_of_all_alphabets(text: str) -> None:
    """Dashes and blanks are marks between digits; letters are none."""
    assert read_number(text) == (None if text.endswith("A") else "+31208005161")
