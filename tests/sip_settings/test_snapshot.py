"""The page of 2026, alone and with a settings page beside it."""

import asyncio
from collections.abc import Mapping
from decimal import Decimal
import json
from typing import Any

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    ACCOUNT,
    BALANCE_HISTORY,
    CALLS,
    CATALOGUE,
    DIVERSIONS,
    DO_NOT_DISTURB_ON,
    PREPAID,
    SET_CALLER_ID,
    AuthenticationError,
    BackendError,
    DigestCredentials,
    ElsewhereError,
    Login,
    OutcomeUnknownError,
    ReplyError,
    SipAddress,
    SipSettingsClient,
    TargetError,
    Trust,
    UnsupportedActionError,
    account_client,
    build_context,
    caller_id_parameters,
    page_url,
    to_shape,
)
from custom_components.sip_account.sip_settings.snapshot import read_snapshot
from demo import AccountBox
from demo.accounts import Call
from demo.dialects import PAGES_OF_2026, Answer
from demo.exchange import Exchange, Fault
from demo.faults import READY

from .test_client import by_password

ALICE = SipAddress("alice", "example.com")
TOLD = {"account", "prepaid", "calls"}


def client_of(
    box: AccountBox,
    session: aiohttp.ClientSession,
    path: str = "/sylk_settings.phtml",
    *,
    second: str | None = None,
    password: str = "alice-secret",
) -> SipSettingsClient:
    """Make a client of the page of 2026, with a second page or without."""
    origin = f"https://127.0.0.1:{box.port}"
    return account_client(
        session,
        page_url(origin + path),
        Login(ALICE, digest=DigestCredentials(ALICE, password)),
        build_context(None, Trust.from_authority_file(box.authority_pem)),
        settings_url=page_url(origin + second) if second else None,
    )


def says(value: object, status: int = 200) -> Fault:
    """Make a fault: the page says this."""

    async def fault(exchange: Exchange) -> Answer:
        if exchange.account is None:
            return exchange.answer()
        return Answer(json.dumps(value).encode(), status=status)

    return fault


def asked(box: AccountBox) -> list[str]:
    """Return the actions that were let in, "" for a snapshot."""
    return [received.action for received in box.requests if received.account]


async def change(client: SipSettingsClient, number: str) -> None:
    """Set the caller ID."""

    async def prepare() -> Mapping[str, str]:
        return caller_id_parameters(number)

    await client.write(SET_CALLER_ID, prepare)


@pytest.mark.parametrize("path", PAGES_OF_2026)
async def test_same_facts(
    box: AccountBox, session: aiohttp.ClientSession, path: str
) -> None:
    """Every form of the page tells the same calls and balance as the settings page."""
    page, today = client_of(box, session, path), by_password(box, session)
    assert await page.read(CALLS) == await today.read(CALLS)
    prepaid, before = await page.read(PREPAID), await today.read(PREPAID)
    assert prepaid
    assert before
    assert prepaid.balance == before.balance
    assert prepaid.currency == "EUR"
    assert prepaid.spent_today is not None
    account = await page.read(ACCOUNT)
    assert account
    assert account.sip_address == str(ALICE)
    assert account.caller_id_number == "+31208005169"
    assert account.pstn_access is True
    assert account.blocked is False
    assert account.caller_id_hidden is False


async def test_alone(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Alone, one answer feeds all that it tells, and nothing else is sent."""
    client = client_of(box, session)
    for key, action in CATALOGUE.items():
        if key in TOLD:
            await client.read(action)
        else:
            assert client.denies(action)
            with pytest.raises(UnsupportedActionError):
                await client.read(action)
    assert asked(box) == [""]
    assert not client.can(DO_NOT_DISTURB_ON)
    assert client.can(SET_CALLER_ID)


def _without_times(told: Any) -> Any:
    """Leave out when registrations end: so many seconds from the answer on."""
    if isinstance(told, list) and told and "registered_until" in told[0]:
        return [device | {"registered_until": None} for device in told]
    return told


async def test_two_pages(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """The second page tells the rest; the account is what both of them tell."""
    client = client_of(box, session, second="/today/settings.phtml")
    today = by_password(box, session)
    for key, action in CATALOGUE.items():
        if key not in {*TOLD, "monthly_usage"}:
            told = _without_times(to_shape(await client.read(action)))
            assert told == _without_times(to_shape(await today.read(action))), key
    account = await client.read(ACCOUNT)
    assert account
    assert account.first_name == "Alice"
    assert account.time_zone == "Europe/Amsterdam"
    assert account.groups == ("free-pstn", "missed-calls", "prepaid")
    assert client.can(DO_NOT_DISTURB_ON)
    assert client.can(SET_CALLER_ID)
    assert not today.can(SET_CALLER_ID)
    history = await client.read(BALANCE_HISTORY) or ()
    assert history[0].time
    assert await client.read(DIVERSIONS)


async def test_once_a_poll(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Actions share an answer, but none of them has it twice."""
    client = client_of(box, session)
    await client.read(ACCOUNT)
    await asyncio.gather(client.read(CALLS), client.read(PREPAID))
    assert len(asked(box)) == 1
    box.accounts[str(ALICE)].balance = Decimal(1)
    await client.read(CALLS)
    prepaid = await client.read(PREPAID)
    assert prepaid
    assert prepaid.balance == 1
    assert len(asked(box)) == 2


async def test_shared_error(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """A failing page is asked once, and fails each action; then all is well again."""
    client = client_of(box, session)
    box.faults.set("*", "*", READY["unauthorized_401"])
    for action in (CALLS, PREPAID):
        with pytest.raises(AuthenticationError):
            await client.read(action)
    sent = len(box.requests)
    with pytest.raises(AuthenticationError):
        await client.read(ACCOUNT)
    assert len(box.requests) <= sent + 2
    box.faults.clear()
    await client.knock(CALLS)
    assert await client.read(CALLS)
    assert len(asked(box)) == 1


async def test_wrong_password(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """One user name alone is tried: the bare user part."""
    client = client_of(box, session, password="wrong")
    with pytest.raises(AuthenticationError):
        await client.read(ACCOUNT)
    assert set(box.wrong_answers) == {"alice"}


@pytest.mark.parametrize(
    ("value", "status", "error"),
    [
        ({"error": "backend", "message": "no data base"}, 503, BackendError),
        ({"error": "not_found", "message": "x"}, 404, BackendError),
        ({"error": "backend"}, 200, BackendError),
        (None, 500, BackendError),
        ("<html>", 404, ElsewhereError),
        ({"other": 1}, 200, ElsewhereError),
        ([], 200, ElsewhereError),
        ({"account": "bob@example.com", "pstn": {"balance": 1}}, 200, ReplyError),
        ({"pstn": "x", "account": "alice@example.com"}, 200, ReplyError),
    ],
)
async def test_errors(
    box: AccountBox,
    session: aiohttp.ClientSession,
    value: object,
    status: int,
    error: type[Exception],
) -> None:
    """Each error is told as what it is, and none as an account without money."""
    box.faults.set("*", "*", says(value, status))
    with pytest.raises(error) as caught:
        await client_of(box, session).read(PREPAID)
    # As an action would fail that the server has broken for good.
    assert getattr(caught.value, "status", None) != 500


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"account": "alice@example.com"}, {"account"}),
        ({"pstn": {"balance": 1}}, {"account", "prepaid"}),
        ({"pstn": None, "groups": None}, {"account"}),
        ({"call_history": {"placed": None}}, {"account", "calls"}),
    ],
)
async def test_missing_members(
    box: AccountBox, session: aiohttp.ClientSession, value: object, told: set[str]
) -> None:
    """Every member may be missing: what it would tell is not supported."""
    box.faults.set("*", "*", says(value))
    client = client_of(box, session)
    for key in TOLD:
        if key in told:
            await client.read(CATALOGUE[key])
        else:
            with pytest.raises(UnsupportedActionError):
                await client.read(CATALOGUE[key])
            assert client.denies(CATALOGUE[key])


async def test_no_balance(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """What was spent today is told where there is no balance, too."""
    pstn = {"balance": None, "currency": "€", "today": {"debit": -0.42, "credit": 0}}
    box.faults.set("*", "*", says({"pstn": pstn}))
    prepaid = await client_of(box, session).read(PREPAID)
    assert prepaid
    assert (prepaid.balance, prepaid.currency) == (None, None)
    assert prepaid.spent_today == Decimal("0.42")
    assert prepaid.credited_today == 0


async def test_rooms(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Chat rooms are no calls, as the platform's own client takes them."""
    before = await client_of(box, session).read(CALLS) or ()
    room = Call("placed", "sip:chat@conference.example.com", box.now())
    box.accounts[str(ALICE)].calls.append(room)
    assert await client_of(box, session).read(CALLS) == before


async def test_set_caller_id(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """A number is sent once; a read after it does not share an answer from before."""
    client = client_of(box, session)
    await client.read(CALLS)
    for written, told in (("+44 20 7946 0123", "+442079460123"), ("", None)):
        # An answer that the account has not had yet.
        await client.read(CALLS)
        await change(client, written)
        account = await client.read(ACCOUNT)
        assert account
        assert account.caller_id_number == told
    assert asked(box).count("set_caller_id") == 2


@pytest.mark.parametrize(
    "written", ["0208005169", "+123456", "+1234567890123456", "alice", "+31 2 x"]
)
async def test_no_caller_id(
    box: AccountBox, session: aiohttp.ClientSession, written: str
) -> None:
    """What is no international number is not sent."""
    client = client_of(box, session)
    with pytest.raises(TargetError):
        await change(client, written)
    assert not box.requests


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (says({"error": "denied", "message": "No"}, 403), BackendError),
        (says({"ok": False, "error": "denied"}), BackendError),
        (says({"ok": False}), BackendError),
        (says({"error": "invalid_action"}, 400), UnsupportedActionError),
        (says({"error": "backend"}, 503), OutcomeUnknownError),
        (says({"changed": True}), OutcomeUnknownError),
        (says("<html>", 502), OutcomeUnknownError),
        (READY["reset"], OutcomeUnknownError),
        (READY["unauthorized_401"], AuthenticationError),
    ],
)
async def test_change_fails(
    box: AccountBox,
    session: aiohttp.ClientSession,
    fault: Fault,
    error: type[Exception],
) -> None:
    """An outcome is never guessed."""
    client = client_of(box, session)
    await client.read(ACCOUNT)
    box.faults.set("*", "set_caller_id", fault)
    with pytest.raises(error):
        await change(client, "+442079460123")


@pytest.mark.parametrize(
    "fault",
    [
        READY["reset"],
        READY["invalid_action"],
        READY["unauthorized_401"],
        says({"sip_address": "bob@example.com", "first_name": "Bob"}),
    ],
    ids=["reset", "unknown", "refused", "of another"],
)
async def test_second_page_fails(
    box: AccountBox, session: aiohttp.ClientSession, fault: Fault
) -> None:
    """A second page that fails takes nothing with it that the first tells."""
    client = client_of(box, session, second="/today/settings.phtml")
    box.faults.set("*", "get_identity", fault)
    for _ in range(2):
        account = await client.read(ACCOUNT)
        assert account
        assert account.sip_address == str(ALICE)
        assert account.caller_id_number == "+31208005169"
        assert account.first_name in {None, ""}
        assert not client.denies(ACCOUNT)
    assert await client.read(PREPAID)
    assert await client.read(CALLS)
    box.faults.clear()
    client.forget_unsupported()
    account = await client.read(ACCOUNT)
    assert account
    assert account.first_name == "Alice"


@pytest.mark.parametrize("name", ["", "alice", "sip:Alice"])
@pytest.mark.parametrize("other", ["aaron", "zoe"])
def test_whose_it_is(name: str, other: str) -> None:
    """What is told of another account is nothing."""
    account = f"{name}@example.com" if name else ""
    told = {"account": account, "balance": {}}
    assert read_snapshot(200, json.dumps(told).encode(), ALICE) == told
    told["account"] = f"{other}@example.com"
    with pytest.raises(ReplyError):
        read_snapshot(200, json.dumps(told).encode(), ALICE)
