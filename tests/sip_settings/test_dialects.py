"""One account through the servers of all years: the same facts, nothing to choose."""

from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    CALLS,
    CATALOGUE,
    PREPAID,
    AuthenticationError,
    CertificateError,
    ClientCertificate,
    DigestCredentials,
    Login,
    ReplyError,
    SipAddress,
    SipSettingsClient,
    SipSettingsError,
    Trust,
    UnsupportedActionError,
    build_context,
    page_url,
    to_shape,
)
from demo import AccountBox
from demo.dialects import DIALECTS

ALICE = SipAddress("alice", "example.com")
BY_PASSWORD = {
    "/2009-11/settings.phtml",
    "/2010-07/settings.phtml",
    "/2017/settings.phtml",
    "/today/settings.phtml",
}
TAKES_USER_PART = {"/today/settings.phtml", "/2017/settings.phtml"}
BY_OWNER = {"/owner/settings.phtml", "/owner-either/settings.phtml"}
NEVER_ON = {
    # The history came instead, as a file.
    "/2009-09-27/settings.phtml": {"prepaid"},
    "/owner/settings.phtml": {"monthly_usage"},
    "/owner-either/settings.phtml": {"monthly_usage"},
    "/today/settings.phtml": {"monthly_usage"},
}
# What a server of its day does not tell, or tells more of.
OWN_WORDS = {"account", "balance_history", "calls", "devices", "monthly_usage"}


def client_of(
    box: AccountBox,
    session: aiohttp.ClientSession,
    path: str,
    address: SipAddress = ALICE,
    *,
    password: str | None = None,
    zone: ZoneInfo | None = None,
) -> SipSettingsClient:
    """Make a client with what the server at `path` wants."""
    trust = Trust.from_authority_file(box.authority_pem)
    url = page_url(f"https://127.0.0.1:{box.port}{path}")
    if path in BY_PASSWORD:
        password = password or box.accounts[str(address)].password
        login = Login(address, digest=DigestCredentials(address, password))
        context = build_context(None, trust)
        return SipSettingsClient(session, url, login, context, zone=zone)
    issued = (
        box.owner_certificate(str(address))
        if path in BY_OWNER
        else box.certificate_for(str(address))
    )
    certificate = ClientCertificate.load(issued.crt())
    context = build_context(certificate, trust, allow_weak=True)
    return SipSettingsClient(session, url, Login(address), context)


async def read_all(client: SipSettingsClient) -> dict[str, Any]:
    """Read everything; errors are told by their kind."""
    shapes: dict[str, Any] = {}
    for key, action in CATALOGUE.items():
        try:
            shapes[key] = to_shape(await client.read(action))
        except SipSettingsError as error:
            shapes[key] = error.kind
    return shapes


@pytest.mark.parametrize("path", DIALECTS)
@pytest.mark.parametrize("name", ["alice", "bob", "carol"])
async def test_same_facts(
    box: AccountBox, session: aiohttp.ClientSession, path: str, name: str
) -> None:
    """Every server tells what the page's own told, as far as it can."""
    address = SipAddress(name, "example.com")
    page = await read_all(client_of(box, session, "/settings.phtml", address))
    here = await read_all(client_of(box, session, path, address))
    failed = {key for key, value in here.items() if isinstance(value, str)}
    assert failed == NEVER_ON.get(path, set())
    for key in CATALOGUE.keys() - OWN_WORDS - failed:
        assert _timeless(here[key]) == _timeless(page[key]), key
    for key, told in here["account"].items():
        if key != "groups" and told is not None and page["account"][key] is not None:
            assert told == page["account"][key], key
    assert (here["balance_history"] or [])[:20] == (page["balance_history"] or [])
    assert len(here["devices"] or ()) == len(page["devices"] or ())
    assert _calls(here["calls"]) == _calls(page["calls"])


def _timeless(shape: Any) -> Any:
    """Leave out what counts down, and so differs by when it was asked."""
    if isinstance(shape, dict):
        return {
            key: _timeless(value)
            for key, value in shape.items()
            if key not in {"since", "may_last_until", "until"}
        }
    return shape


def _calls(calls: list[dict[str, Any]] | None) -> list[tuple[Any, ...]]:
    """Return what both lists of calls must agree on; today's leaves running ones."""
    facts = ("direction", "outcome", "party", "number", "started", "duration", "price")
    return [
        tuple(call[fact] for fact in facts)
        for call in calls or ()
        if call["outcome"] != "in_progress"
    ][:12]


@pytest.mark.parametrize("path", sorted(BY_PASSWORD))
async def test_user_name_is_learned(
    box: AccountBox, session: aiohttp.ClientSession, path: str
) -> None:
    """A wrong form of the user name is tried once; a wrong password stays wrong."""
    client = client_of(box, session, path)
    await client.read(CATALOGUE["aliases"])
    asked = len(box.requests)
    await client.read(CATALOGUE["enum"])
    assert len(box.requests) <= asked + 2
    learned = client.learned["username"]
    assert learned == ("user" if path in TAKES_USER_PART else "address")
    wrong = client_of(box, session, path, password="another")
    with pytest.raises(AuthenticationError):
        await wrong.read(CATALOGUE["aliases"])
    client.forget_unsupported()
    assert client.learned["username"] == learned


@pytest.mark.parametrize("path", sorted(BY_PASSWORD))
async def test_knock(
    box: AccountBox, session: aiohttp.ClientSession, path: str
) -> None:
    """One wrong answer an attempt; after five, the other form of the name is tried."""
    client = client_of(box, session, path)
    action = CATALOGUE["aliases"]
    await client.read(action)
    right = client.learned["username"]
    client.learned["username"] = "user" if right == "address" else "address"
    box.wrong_answers.clear()
    for attempts in range(1, 5):
        with pytest.raises(AuthenticationError):
            await client.knock(action, attempts)
        assert len(box.wrong_answers) == attempts
    await client.knock(action, 5)
    assert client.learned["username"] == right


async def test_file_instead_of_data(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A server that answers with a file is not understood, and that is all."""
    client = client_of(box, session, "/2009-09-27/settings.phtml")
    with pytest.raises(ReplyError):
        await client.read(PREPAID)
    assert await client.read(CATALOGUE["aliases"])


async def test_owner(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """An owner's certificate opens the owner's accounts and no other."""
    bob = SipAddress("bob", "example.com")
    path = "/owner/settings.phtml"
    box.owner_certificate("bob@example.com")
    issued = ClientCertificate.load(box.owner_certificate(str(ALICE)).crt())
    assert issued.address is None
    context = build_context(
        issued, Trust.from_authority_file(box.authority_pem), allow_weak=True
    )
    url = page_url(f"https://127.0.0.1:{box.port}{path}")
    as_bob = SipSettingsClient(session, url, Login(bob), context)
    with pytest.raises(CertificateError) as caught:
        await as_bob.read(CATALOGUE["account"])
    assert caught.value.certain
    box.accounts[str(bob)].owner_id = box.accounts[str(ALICE)].owner_id
    assert await as_bob.read(CATALOGUE["account"])
    assert all(received.method == "GET" for received in box.requests)


async def test_unknown_on_the_day(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """What a dialect calls otherwise is found by its name of that day."""
    names = {
        "/settings.phtml": "calls",
        "/2009-09-27/settings.phtml": "calls",
        "/2009-09-30/settings.phtml": "get_calls",
        "/2009-10/settings.phtml": "get_calls",
        "/2012-05/settings.phtml": "get_calls",
        "/2012-06/settings.phtml": "get_history",
        "/owner/settings.phtml": "get_history",
    }
    for path, name in names.items():
        client = client_of(box, session, path)
        calls = await client.read(CALLS)
        assert client.learned["calls"] == name, path
        assert bool(calls and calls[0].session_id) == (
            name != "calls" and path[:5] != "/2009"
        ), path


async def test_server_in_another_zone(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A server that prints its own zone's times, and the person who knows."""
    path = "/today/settings.phtml"
    (right, *_) = await client_of(box, session, path).read(CALLS) or ()
    box.accounts[str(ALICE)].server_timezone = "America/New_York"
    (wrong, *_) = await client_of(box, session, path).read(CALLS) or ()
    zone = ZoneInfo("America/New_York")
    override = client_of(box, session, path, zone=zone)
    (told, *_) = await override.read(CALLS) or ()
    assert wrong.started != right.started
    assert told.started == right.started


async def test_days_without_devices(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """An action that no name is known for on a server."""
    for name in ("get_devices", "devices"):
        box.faults.set("*", name, "invalid_action")
    with pytest.raises(UnsupportedActionError):
        await client_of(box, session, "/2009-10/settings.phtml").read(
            CATALOGUE["devices"]
        )
