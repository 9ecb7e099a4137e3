"""Sessions of TLS that are taken up again, and what they must never be used for."""

import ssl

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    ALIASES,
    CertificateError,
    ClientCertificate,
    DigestCredentials,
    Login,
    ServerCertificateError,
    ServerConnectionError,
    SipAddress,
    SipSettingsClient,
    Trust,
    WeakServerCertificateError,
    build_context,
    client as client_module,
    page_url,
    resumption,
)
from demo import AccountBox

ALICE = SipAddress.parse("alice@example.com")


def _modern(box: AccountBox) -> ClientCertificate:
    return ClientCertificate.load(
        box.platform.modern_certificate(str(ALICE), key="p256").crt()
    )


def _trust(box: AccountBox) -> Trust:
    return Trust.from_authority_file(box.authority_pem)


def _client(
    box: AccountBox,
    session: aiohttp.ClientSession,
    context: ssl.SSLContext,
    *,
    host: str = "127.0.0.1",
    password: str | None = None,
) -> SipSettingsClient:
    page = "today/settings.phtml" if password else "settings.phtml"
    return SipSettingsClient(
        session,
        page_url(f"https://{host}:{box.port}/{page}"),
        Login(ALICE, DigestCredentials(ALICE, password) if password else None),
        context,
        # So that each read is one request.
        learned={ALIASES.key: ALIASES.names[0 if password else -1]},
    )


async def _anew(client: SipSettingsClient) -> bool | None:
    """Read something over a connection of its own; tell whether it was resumed."""
    client.handshake.resumed = None
    await client.read(ALIASES)
    return client.handshake.resumed


def _session() -> aiohttp.ClientSession:
    """Return one that keeps no connection."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True))


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize("kind", ["certificate", "weak certificate", "password", "pin"])
async def test_taken_up(box: AccountBox, version: ssl.TLSVersion, kind: str) -> None:
    """The first handshake is a whole one, each later one takes up the one before."""
    box.served.minimum_version = box.served.maximum_version = version
    certificate: ClientCertificate | None = _modern(box)
    trust, password = _trust(box), None
    if kind == "weak certificate":
        certificate = ClientCertificate.load(box.certificate_for(str(ALICE)).crt())
    elif kind == "password":
        certificate, password = None, box.accounts[str(ALICE)].password
    elif kind == "pin":
        served = box.replace_server_certificate()
        box.served.minimum_version = box.served.maximum_version = version
        trust = Trust(pinned=ssl.DER_cert_to_PEM_cert(served.der()))
    context = build_context(certificate, trust, allow_weak=True)
    async with _session() as session:
        client = _client(box, session, context, password=password)
        found = [await _anew(client) for _ in range(4)]
    assert found == [False, True, True, True]
    assert client.handshake.version == version.name.replace("v1_", "v1.")


async def test_of_one_client(box: AccountBox) -> None:
    """Who shares a context with another account shares no session with it."""
    context = build_context(None, _trust(box))
    async with _session() as session:
        password = box.accounts[str(ALICE)].password
        first = _client(box, session, context, password=password)
        other = _client(box, session, context, password=password)
        assert await _anew(first) is False
        assert await _anew(other) is False
        assert await _anew(first) is True


async def test_of_one_host(box: AccountBox, monkeypatch: pytest.MonkeyPatch) -> None:
    """No session is offered to another host: nobody would look at its name."""
    context = build_context(_modern(box), _trust(box))
    memory = resumption.TlsMemory("127.0.0.1")
    monkeypatch.setattr(client_module, "TlsMemory", lambda _host: memory)
    async with _session() as session:
        here = _client(box, session, context)
        assert [await _anew(here) for _ in range(2)] == [False, True]
        there = _client(box, session, context, host="localhost")
        assert [await _anew(there) for _ in range(2)] == [False, False]
        # Nor is one that another host gave offered to the first.
        assert await _anew(here) is False


async def test_a_whole_handshake_each_day(
    box: AccountBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often it was taken up, a session ends a day after its beginning."""
    now = 1000.0
    monkeypatch.setattr(resumption, "monotonic", lambda: now)
    context = build_context(_modern(box), _trust(box))
    found = []
    async with _session() as session:
        client = _client(box, session, context)
        for _ in range(10):
            found.append(await _anew(client))
            now += 6 * 60 * 60
    assert found == [False, True, True, True] * 2 + [False, True]


async def test_to_the_second(box: AccountBox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session is taken up for 23 hours, and not for a second more."""
    now = 1000.0
    monkeypatch.setattr(resumption, "monotonic", lambda: now)
    context = build_context(_modern(box), _trust(box))
    async with _session() as session:
        client = _client(box, session, context)
        assert not await _anew(client)
        now += 23 * 60 * 60
        assert await _anew(client)
        now += 1
        assert not await _anew(client)


async def test_a_day_begins_with_a_whole_handshake(
    box: AccountBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a server takes nothing up, the whole handshake is what counts from then."""
    now = 1000.0
    monkeypatch.setattr(resumption, "monotonic", lambda: now)
    context = build_context(_modern(box), _trust(box))
    async with _session() as session:
        client = _client(box, session, context)
        assert not await _anew(client)
        now += 12 * 60 * 60
        box.replace_server_certificate()
        assert not await _anew(client)
        now += 12 * 60 * 60
        assert await _anew(client)


async def test_without_tickets(box: AccountBox) -> None:
    """A server of former times that remembers sessions itself is met as well."""
    box.served.maximum_version = ssl.TLSVersion.TLSv1_2
    box.served.options |= ssl.OP_NO_TICKET
    context = build_context(_modern(box), _trust(box))
    async with _session() as session:
        client = _client(box, session, context)
        assert [await _anew(client) for _ in range(3)] == [False, True, True]
        ciphers = {cipher["name"] for cipher in context.get_ciphers()}
        assert client.handshake.cipher in ciphers


async def test_nothing_after_a_failure(box: AccountBox) -> None:
    """After whatever failed, a handshake is whole."""
    context = build_context(_modern(box), _trust(box))
    async with _session() as session:
        client = _client(box, session, context)
        assert [await _anew(client) for _ in range(2)] == [False, True]
        box.faults.set("*", "*", "reset")
        with pytest.raises(ServerConnectionError):
            await _anew(client)
        box.faults.clear()
        assert [await _anew(client) for _ in range(2)] == [False, True]


async def test_another_server_is_looked_at(box: AccountBox) -> None:
    """A server that began anew with another certificate cannot take anything up."""
    served = box.replace_server_certificate()
    pinned = Trust(pinned=ssl.DER_cert_to_PEM_cert(served.der()))
    context = build_context(_modern(box), pinned)
    async with _session() as session:
        client = _client(box, session, context)
        assert [await _anew(client) for _ in range(2)] == [False, True]
        box.replace_server_certificate()
        for _ in range(2):
            with pytest.raises(ServerCertificateError):
                await _anew(client)


async def test_nothing_of_a_weak_server(box: AccountBox) -> None:
    """What was refused once is refused again: nothing of it was kept."""
    issued = box.server_authority.modern_certificate("localhost", key="rsa1024")
    box.replace_server_certificate(issued)
    pinned = Trust(pinned=ssl.DER_cert_to_PEM_cert(issued.der()))
    context = build_context(_modern(box), pinned)
    async with _session() as session:
        client = _client(box, session, context)
        for _ in range(3):
            with pytest.raises(WeakServerCertificateError):
                await _anew(client)


async def test_nothing_of_a_server_that_refuses(box: AccountBox) -> None:
    """A certificate that is refused after the handshake is refused again."""
    issued = box.foreign.modern_certificate(str(ALICE), key="p256")
    context = build_context(ClientCertificate.load(issued.crt()), _trust(box))
    async with _session() as session:
        client = _client(box, session, context)
        for _ in range(3):
            with pytest.raises(CertificateError):
                await _anew(client)
