"""Changes: each is sent once, and its outcome is never guessed."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
import traceback

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    ACCEPT_RULES,
    ACCOUNT,
    ADD_BALANCE,
    DIVERSIONS,
    DO_NOT_DISTURB_OFF,
    DO_NOT_DISTURB_ON,
    HIDE_CALLER_ID,
    SET_CALL_FORWARDING,
    SHOW_CALLER_ID,
    AuthenticationError,
    BackendError,
    CertificateError,
    ClientCertificate,
    Condition,
    Login,
    OutcomeUnknownError,
    ReplyError,
    ServerConnectionError,
    SipAddress,
    SipSettingsClient,
    TlsError,
    Trust,
    UnconfirmedError,
    UnsupportedActionError,
    Voucher,
    Write,
    build_context,
    do_not_disturb_parameters,
    forwarding_parameters,
    page_url,
)
from custom_components.sip_account.sip_settings.reply import read_confirmation
from demo import AccountBox, write_faults
from demo.dialects import DIALECTS
from demo.exchange import Exchange
from demo.faults import READY

from .test_dialects import client_of

ALICE = SipAddress("alice", "example.com")
PAGE = "/settings.phtml"
TODAY = "/today/settings.phtml"
SEPTEMBER_27 = "/2009-09-27/settings.phtml"
WRITING = [path for path in DIALECTS if path != PAGE]


async def do(
    client: SipSettingsClient, write: Write, parameters: Mapping[str, str] | None = None
) -> None:
    """Write, with nothing to prepare."""

    async def prepare() -> Mapping[str, str]:
        return parameters or {}

    await client.write(write, prepare)


def written(box: AccountBox) -> list[tuple[str, str]]:
    """Return the writes that came to the box, with their methods."""
    return [
        (request.action, request.method)
        for request in box.requests
        if request.account and not request.action.startswith(("get_", "acc", "div"))
    ]


@pytest.mark.parametrize("path", WRITING)
async def test_every_year(
    box: AccountBox, session: aiohttp.ClientSession, path: str
) -> None:
    """All writes, on every server that has them, each as one POST."""
    client = client_of(box, session, path)
    account = box.accounts[str(ALICE)]
    await client.read(ACCOUNT)
    assert client.can(SET_CALL_FORWARDING)
    box.requests.clear()
    period = timedelta(minutes=20)
    await do(client, DO_NOT_DISTURB_ON, do_not_disturb_parameters(period))
    rules = await client.read(ACCEPT_RULES)
    assert rules is not None
    assert rules.do_not_disturb
    assert account.accept.temporary_minutes == 20
    await do(client, DO_NOT_DISTURB_OFF)
    assert await client.read(ACCEPT_RULES) is None  # the daily rules are gone, too
    await do(client, HIDE_CALLER_ID)
    assert "anonymous" in account.groups
    await do(client, SHOW_CALLER_ID)
    await do(client, SHOW_CALLER_ID)
    assert "anonymous" not in account.groups
    changes = {Condition.BUSY: None, Condition.NO_ANSWER: "+31208005161"}
    await do(client, SET_CALL_FORWARDING, forwarding_parameters(changes, ALICE))
    diversions = await client.read(DIVERSIONS)
    assert diversions is not None
    assert {d.condition: d.target for d in diversions} == {
        Condition.ALL_CALLS: None,
        Condition.NOT_ONLINE: "voicemail",
        Condition.BUSY: None,
        Condition.NO_ANSWER: "+31208005161@example.com",
        Condition.UNAVAILABLE: None,
    }
    assert {method for _, method in written(box)} == {"POST"}
    # One for each: what a server does not know by its newest name changes nothing.
    known = [name for name, _ in written(box) if name in client.learned.values()]
    assert len(known) == 6


async def test_page_cannot_write(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """The server of the page's day knows no write, and is never sent one blindly."""
    client = client_of(box, session, PAGE)
    await client.read(ACCOUNT)
    await client.read(DIVERSIONS)
    assert not client.can(DO_NOT_DISTURB_ON)
    with pytest.raises(UnsupportedActionError):
        await do(client, DO_NOT_DISTURB_ON)
    assert not client.can(DO_NOT_DISTURB_ON)


async def test_can_is_learned(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Any name of today tells, also a remembered one; short names alone do not."""
    client = client_of(box, session, TODAY)
    assert not client.can(HIDE_CALLER_ID)
    await client.read(DIVERSIONS)
    assert client.can(HIDE_CALLER_ID)
    client = client_of(box, session, SEPTEMBER_27)
    await client.read(DIVERSIONS)
    assert not client.can(HIDE_CALLER_ID)
    await client.read(ACCOUNT)
    assert client.can(HIDE_CALLER_ID)
    client.learned[HIDE_CALLER_ID.key] = None
    assert not client.can(HIDE_CALLER_ID)
    assert client.can(SHOW_CALLER_ID)


async def test_kept_alive_connection_dies(box: AccountBox) -> None:
    """A write on a connection that dies is counted once, and its outcome unknown."""
    reused = []

    async def note(*_: object) -> None:
        reused.append(len(box.requests))

    trace = aiohttp.TraceConfig()
    trace.on_connection_reuseconn.append(note)
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:
        client = client_of(box, session, TODAY)
        await client.read(DIVERSIONS)
        await client.read(DIVERSIONS)
        for fault in (READY["reset"], write_faults.done_but_lost):
            box.requests.clear()
            reused.clear()
            box.faults.set("*", "set_call_forwarding", fault)
            with pytest.raises(OutcomeUnknownError) as caught:
                await do(client, SET_CALL_FORWARDING, {"FBUS": "carol"})
            assert caught.value.kind == "outcome"
            assert written(box) == [("set_call_forwarding", "POST")]
            assert reused, "the connection was a new one"
            box.faults.clear()
            await client.read(DIVERSIONS)
    assert box.accounts[str(ALICE)].diversions["FBUS"] == "carol@example.com"


async def test_reset_read_is_sent_again(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """What a write must never do, reads do: the trap is real."""
    client = client_of(box, session, TODAY)
    await client.read(DIVERSIONS)
    box.requests.clear()
    box.faults.set("*", "get_call_forwarding", "reset")
    with pytest.raises(ServerConnectionError):
        await client.read(DIVERSIONS)
    assert len(box.requests) == 2


@pytest.mark.parametrize(
    "fault",
    [
        "reset",
        "empty_200",
        "empty_500",
        "html_502",
        "garbage",
        "truncated_json",
        "html_error_then_null",
        "data_base_error",
        write_faults.done_but_empty,
    ],
)
async def test_outcome_unknown(
    box: AccountBox, session: aiohttp.ClientSession, fault: str
) -> None:
    """No answer, or one that does not say: nobody claims to know."""
    client = client_of(box, session, TODAY)
    await client.read(DIVERSIONS)
    box.faults.set("*", "set_dnd_on", fault)
    with pytest.raises(OutcomeUnknownError):
        await do(client, DO_NOT_DISTURB_ON)
    assert [name for name, _ in written(box)] == ["set_dnd_on"]


async def test_no_answer_in_time(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Patience ends; the server may still be at it."""
    client = client_of(box, session, TODAY)
    client._transports["user"]._timeout = aiohttp.ClientTimeout(total=1)
    box.faults.set("*", "set_dnd_on", write_faults.read_change_write(60))
    with pytest.raises(OutcomeUnknownError):
        await do(client, DO_NOT_DISTURB_ON)


async def test_says_no(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """The server's words, without anybody's number, also where HTML precedes them."""
    client = client_of(box, session, TODAY)
    box.faults.set("*", "set_dnd_on", write_faults.refused_twice)
    with pytest.raises(BackendError) as caught:
        await do(client, DO_NOT_DISTURB_ON)
    assert caught.value.words == "SOAP Fault (1234): Rules of … locked"
    assert caught.value.code == "1234"
    box.faults.set("*", "set_dnd_on", "invalid_action")
    with pytest.raises(UnsupportedActionError):
        await do(client, DO_NOT_DISTURB_ON)


async def test_says_yes_after_an_error(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """It may be written to no account at all; the owner's look-up does not matter."""
    client = client_of(box, session, TODAY)
    box.faults.set("*", "set_dnd_on", "customer_port_only")
    await do(client, DO_NOT_DISTURB_ON)
    for fault in (write_faults.failed_look_before, write_faults.into_the_void):
        box.faults.set("*", "set_dnd_on", fault)
        with pytest.raises(UnconfirmedError):
            await do(client, DO_NOT_DISTURB_ON)


async def test_voucher_is_in_no_error(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Neither its own text tells the number, nor what the server says of it."""
    client = client_of(box, session, TODAY)
    voucher = Voucher.read("7", "KXQVA ZUTB")
    assert voucher is not None
    assert "KXQVA" not in repr(voucher)
    await do(client, ADD_BALANCE, voucher.parameters())
    with pytest.raises(BackendError) as caught:
        await do(client, ADD_BALANCE, voucher.parameters())
    shown = "".join(traceback.format_exception(caught.value))
    assert "KXQVA" not in f"{shown}{caught.value.words}"
    assert caught.value.__context__ is None


async def test_not_a_member(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Not hidden already is what was wanted; for anything else it is an error."""
    client = client_of(box, session, TODAY)
    box.faults.set("*", "set_privacy_off", write_faults.not_a_member)
    box.faults.set("*", "set_privacy_on", write_faults.not_a_member)
    await do(client, SHOW_CALLER_ID)
    with pytest.raises(BackendError):
        await do(client, HIDE_CALLER_ID)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("unauthorized_401", AuthenticationError),
        ("forbidden_403", TlsError),
        ("redirect_302", ReplyError),
        ("certificate_of_no_account", CertificateError),
        ("login_page", ReplyError),
    ],
)
async def test_not_let_in(
    box: AccountBox,
    session: aiohttp.ClientSession,
    fault: str,
    error: type[Exception],
) -> None:
    """Who is not let in has changed nothing, and knows it."""
    client = client_of(box, session, TODAY)
    box.faults.set("*", "set_dnd_on", fault)
    with pytest.raises(error):
        await do(client, DO_NOT_DISTURB_ON)


async def test_not_sent(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Without a connection nothing was sent."""
    client = client_of(box, session, TODAY)
    await box.stop()
    with pytest.raises(ServerConnectionError):
        await do(client, DO_NOT_DISTURB_ON)


async def test_refused_certificate(session: aiohttp.ClientSession) -> None:
    """A certificate that the handshake refuses, which TLS 1.3 tells at the answer."""
    async with AccountBox(require_client_certificate=True) as box:
        certificate = ClientCertificate.load(
            box.foreign.modern_certificate(str(ALICE), key="p256").crt()
        )
        context = build_context(
            certificate, Trust.from_authority_file(box.authority_pem)
        )
        url = page_url(f"https://127.0.0.1:{box.port}/owner/settings.phtml")
        client = SipSettingsClient(session, url, Login(ALICE), context)
        with pytest.raises(CertificateError):
            await do(client, DO_NOT_DISTURB_ON)


async def test_one_at_a_time(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """The platform forgets what is changed meanwhile, so nothing is."""
    client = client_of(box, session, TODAY)
    forgetful = write_faults.read_change_write(0.05)
    running = 0

    async def watched(exchange: Exchange) -> object:
        nonlocal running
        running += exchange.account is not None
        assert running <= 1
        try:
            return await forgetful(exchange)
        finally:
            running -= exchange.account is not None

    box.faults.set("*", "set_call_forwarding", watched)  # type: ignore[arg-type]
    await asyncio.gather(
        *(
            do(client, SET_CALL_FORWARDING, {code: f"{code.lower()}@example.net"})
            for code in ("FUNC", "FBUS", "FNOA")
        )
    )
    diversions = box.accounts[str(ALICE)].diversions
    assert diversions["FUNC"] == "func@example.net"
    assert diversions["FBUS"] == "fbus@example.net"
    assert diversions["FNOA"] == "fnoa@example.net"


async def test_nothing_left_to_do(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Preparation may find that all is done, or that it must not be."""
    client = client_of(box, session, TODAY)

    async def nothing() -> None:
        return None

    async def refuse() -> Mapping[str, str]:
        raise LookupError

    await client.write(DO_NOT_DISTURB_ON, nothing)
    with pytest.raises(LookupError):
        await client.write(DO_NOT_DISTURB_ON, refuse)
    assert not box.requests


@pytest.mark.parametrize(
    "body",
    [
        b'{"success":true,"error_message":"Vorhang auf"}',
        b'Key FBUS changed carol{"success":true,"error_message":"Changed"}',
        b'Key FBUS changed null@e.example{"success":"true"}',
        b'Key FUNC changed Key FBUS changed x{"success":1,"error_message":null}',
        b'<br />\n<b>Warning</b>: x on line <b>1</b>\n{"success":true}',
    ],
)
def test_confirmations(body: bytes) -> None:
    """It is `success` that counts: texts are translated, and developers print."""
    read_confirmation(200, body)


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b"{}",
        b'{"FUNC":""}',
        b"Key FBUS changed carol",
        b'Key FBUS changed carol{"success":true,"error_mess',
        b'{"success":true',
    ],
)
def test_no_confirmation(body: bytes) -> None:
    """What does not say `success` says nothing."""
    with pytest.raises(OutcomeUnknownError):
        read_confirmation(200, body)
