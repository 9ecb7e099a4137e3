"""An account on two pages: who is asked what, and as whom."""

from functools import partial

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    ACCOUNT,
    CALLS,
    DIVERSIONS,
    DO_NOT_DISTURB_ON,
    SET_CALLER_ID,
    ClientCertificate,
    ClosedError,
    DigestCredentials,
    Login,
    ServerCertificateError,
    Trust,
    UnsupportedActionError,
    account_client,
    build_context,
    page_url,
)
from demo import AccountBox
from demo.dialects import Answer
from demo.exchange import Exchange

from .test_client import ALICE, by_password
from .test_snapshot import asked, client_of, says

TODAY = "/today/settings.phtml"
LOGIN = Login(ALICE, digest=DigestCredentials(ALICE, "alice-secret"))


@pytest.mark.parametrize("by_certificate", [None, False, True])
async def test_how_a_page_is_opened(
    box: AccountBox, session: aiohttp.ClientSession, by_certificate: bool | None
) -> None:
    """By the password that is there, unless a certificate is said to open it."""
    issued = box.platform.modern_certificate(str(ALICE), key="p256")
    trust = Trust.from_authority_file(box.authority_pem)
    context = build_context(ClientCertificate.load(issued.crt()), trust)
    path = "/settings.phtml" if by_certificate else TODAY
    make = account_client
    if by_certificate is not None:
        make = partial(account_client, by_certificate=by_certificate)
    url = page_url(f"https://127.0.0.1:{box.port}{path}")
    client = make(session, url, LOGIN, context)
    assert await client.read(DIVERSIONS)
    assert ("username" in client.learned) is not bool(by_certificate)


async def test_context_of_the_first_page(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """It serves the page of 2026 alone; the second page has the other one."""
    origin = f"https://127.0.0.1:{box.port}"
    trusting = build_context(None, Trust.from_authority_file(box.authority_pem))
    client = account_client(
        session,
        page_url(f"{origin}/sylk_settings.phtml"),
        LOGIN,
        trusting,
        settings_url=page_url(origin + TODAY),
        page_context=build_context(None, Trust()),
    )
    assert await client.read(DIVERSIONS)
    with pytest.raises(ServerCertificateError):
        await client.read(CALLS)


async def test_handshakes(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Each page has its own; what is asked of one tells nothing of the other."""
    alone = client_of(box, session)
    assert alone.second_handshake is None
    both = client_of(box, session, second=TODAY)
    assert both.second_handshake is not None
    await both.read(CALLS)
    assert both.handshake.version
    assert both.second_handshake.version is None
    async with aiohttp.ClientSession() as another:
        both = client_of(box, another, second=TODAY)
        await both.knock(DIVERSIONS)
        assert both.second_handshake is not None
        assert both.second_handshake.version
        assert both.handshake.version is None


async def test_what_can_be_changed(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A caller ID that was told, and all else where the second page takes changes."""
    alone = client_of(box, session)
    alone.learned["aliases"] = "get_aliases"
    assert not alone.can(DO_NOT_DISTURB_ON)
    assert not alone.can(SET_CALLER_ID)
    await alone.read(CALLS)
    assert alone.can(SET_CALLER_ID)
    alone.learned[SET_CALLER_ID.key] = None
    assert not alone.can(SET_CALLER_ID)
    both = client_of(box, session, second=TODAY)
    assert not both.can(DO_NOT_DISTURB_ON)
    both.learned["aliases"] = "aliases"
    assert not both.can(DO_NOT_DISTURB_ON)
    both.learned["enum"] = "get_enum"
    assert both.can(DO_NOT_DISTURB_ON)
    both.learned[DO_NOT_DISTURB_ON.key] = None
    assert not both.can(DO_NOT_DISTURB_ON)


async def test_who_may_change(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """A server that tells the account's address is one that takes changes."""
    client = by_password(box, session)
    assert not client.can(DO_NOT_DISTURB_ON)
    name = ACCOUNT.names[0]
    member = {"email": "alice@example.com"}
    box.faults.set("*", name, says(member))
    await client.read(ACCOUNT)
    client.learned = {}
    assert not client.can(DO_NOT_DISTURB_ON)
    box.faults.set("*", name, says({**member, "sip_address": str(ALICE)}))
    await client.read(ACCOUNT)
    client.learned = {}
    assert client.can(DO_NOT_DISTURB_ON)
    assert not client.can(SET_CALLER_ID)


async def test_account_is_never_denied(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """The first page tells it, whatever the second one was found not to know."""
    client = client_of(box, session, second=TODAY)
    client.learned |= {ACCOUNT.key: None, DIVERSIONS.key: None}
    assert not client.denies(ACCOUNT)
    assert client.denies(DIVERSIONS)
    assert not client.denies(CALLS)


async def test_by_its_name(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """What has a name on the wire is asked of the second page, where there is one."""
    with pytest.raises(UnsupportedActionError):
        await client_of(box, session).fetch("get_aliases")
    assert not box.requests
    both = client_of(box, session, second=TODAY)
    assert (await both.fetch("get_aliases")).status == 200
    assert asked(box) == ["get_aliases"]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"sip_address": "sip:ALICE@Example.com"}, "Alice"),
        ({"sip_address": "alice@example.com"}, "Alice"),
        ({"sip_address": ""}, "Alice"),
        ({}, "Alice"),
        ({"sip_address": "aaron@example.com"}, None),
        ({"sip_address": "zoe@example.com"}, None),
        (None, None),
    ],
)
async def test_names_of_the_second_page(
    box: AccountBox,
    session: aiohttp.ClientSession,
    told: dict[str, str] | None,
    name: str | None,
) -> None:
    """They are taken where they are this account's, in any spelling of its address."""
    answer = (
        [] if told is None else {"first": "Alice", "email": "x@example.com", **told}
    )
    box.faults.set("*", "get_identity", says(answer))
    account = await client_of(box, session, second=TODAY).read(ACCOUNT)
    assert account
    assert account.first_name == name
    assert account.sip_address == str(ALICE)
    # The first page's word comes first.
    assert account.email != "x@example.com"


async def test_closed_between_the_pages(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Who is closed after the first page has answered does not go on without names."""
    client = client_of(box, session, second=TODAY)

    async def closing(exchange: Exchange) -> Answer:
        if exchange.account is not None:
            client.close()
        return exchange.answer()

    box.faults.set("*", "", closing)
    with pytest.raises(ClosedError):
        await client.read(ACCOUNT)
    assert asked(box) == [""]
    assert client.closed


async def test_names_are_tried_once(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A name that is learned and one of the known ones is sent once, not twice."""
    client = by_password(box, session)
    client.learned[DIVERSIONS.key] = DIVERSIONS.names[1]
    for name in DIVERSIONS.names:
        box.faults.set("*", name, "invalid_action")
    with pytest.raises(UnsupportedActionError):
        await client.read(DIVERSIONS)
    first, second, third = DIVERSIONS.names
    assert [name for name in asked(box) if name] == [second, first, third]
    assert client.denies(DIVERSIONS)
