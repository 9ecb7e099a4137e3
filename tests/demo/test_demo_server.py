"""The server itself: TLS, faults, what it remembers."""

import asyncio
from collections.abc import Awaitable, Callable
import logging
import ssl
from typing import Any

from aiohttp import ClientError, ClientSession, ServerDisconnectedError, web
import pytest

from demo import AccountBox, IssuedCertificate, bob
from demo.dialects import Answer
from demo.exchange import Exchange
from demo.faults import READY, huge_body, slow
from tests.limits import LIMIT

type Ask = Callable[..., Awaitable[Any]]
type Connect = Callable[[IssuedCertificate | None], ClientSession]

ALICE = "alice@example.com"
FAULT = "Error (SipPort): SOAP Fault (1234): The back end is in pieces"


@pytest.fixture
def clock() -> None:
    """Let the box live in the present, where its certificates are valid."""


@pytest.fixture
async def box() -> Any:
    """Give a box with the real clock."""
    async with AccountBox() as box:
        yield box


async def test_platform_certificate(connect: Connect, box: AccountBox) -> None:
    """A certificate as weak as the platform's opens the page of 2009."""
    issued = box.certificate_for(ALICE)
    assert box.certificate_for(ALICE) is issued
    parameters = {"export": "1", "action": "enum"}
    async with connect(issued).get(box.page_url, params=parameters) as reply:
        assert await reply.text() == '["+31208005169","+442079460123"]'


async def test_hang_up(connect: Connect, box: AccountBox) -> None:
    """Who is hung up on sees the connection end, and may come again."""
    session = connect(box.certificate_for(ALICE))
    async with session.get(box.page_url) as reply:
        await reply.text()
    closed = asyncio.get_running_loop().create_future()
    kept = [c for kept in session.connector._conns.values() for c, _ in kept]  # type: ignore[union-attr]
    assert len(kept) == 1
    kept[0].closed.add_done_callback(closed.set_result)  # type: ignore[union-attr]
    box.hang_up()
    async with asyncio.timeout(LIMIT):
        await closed
    async with session.get(box.page_url) as reply:
        assert reply.status == 200


async def test_intermediate(connect: Connect, box: AccountBox) -> None:
    """A certificate with a chain up to the platform is as good."""
    issued = box.platform.intermediate().modern_certificate(ALICE)
    async with connect(issued).get(box.page_url) as reply:
        assert ALICE in await reply.text()


async def test_foreign_certificate(connect: Connect, box: AccountBox) -> None:
    """A certificate of another authority is refused before any HTTP."""
    issued = box.foreign.modern_certificate(ALICE, key="p256")
    with pytest.raises(ClientError, match="UNKNOWN_CA"):
        await connect(issued).get(box.page_url)
    assert box.requests == []


async def test_expired_certificate(connect: Connect, box: AccountBox) -> None:
    """So is a certificate that is no longer valid."""
    start = box.platform.certificate.not_valid_before_utc
    issued = box.platform.modern_certificate(ALICE, key="p256", not_after=start)
    with pytest.raises(ClientError, match="CERTIFICATE_EXPIRED"):
        await connect(issued).get(box.page_url)


async def test_certificate_required(connect: Connect) -> None:
    """Where a certificate is required there is no HTTP without one."""
    async with AccountBox(require_client_certificate=True) as box:
        issued = box.certificate_for(ALICE)
        with pytest.raises(ClientError, match="CERTIFICATE_REQUIRED"):
            await connect(None).get(box.page_url)
        async with connect(issued).get(box.page_url) as reply:
            assert reply.status == 200


async def test_server_certificate(box: AccountBox) -> None:
    """The server can get a new certificate while it runs."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    tls.load_verify_locations(cadata=box.authority_pem.decode())

    async def seen() -> bytes | None:
        _, writer = await asyncio.open_connection(
            "127.0.0.1", box.port, ssl=tls, server_hostname="localhost"
        )
        connection = writer.get_extra_info("ssl_object")
        writer.transport.abort()
        der: bytes | None = connection.getpeercert(binary_form=True)
        return der

    before = await seen()
    assert before == await seen()
    issued = box.replace_server_certificate()
    assert await seen() == issued.der() != before


async def test_server_is_verified(box: AccountBox) -> None:
    """The system's authorities do not vouch for the box."""
    async with ClientSession() as session:
        with pytest.raises(ClientError, match="CERTIFICATE_VERIFY_FAILED"):
            await session.get(box.page_url.replace("localhost", "127.0.0.1"))


async def test_unknown_path(connect: Connect, box: AccountBox) -> None:
    """Only the settings pages are there."""
    async with connect(None).get(f"{box.origin}/other.phtml") as reply:
        assert reply.status == 404


async def test_requests(
    today: Ask, box: AccountBox, caplog: pytest.LogCaptureFixture
) -> None:
    """Requests are remembered; the log keeps what they asked to itself."""
    caplog.set_level(logging.DEBUG, "demo")
    await today("get_enum")
    await today("set_privacy_on", method="POST")
    assert box.requests == [
        ("", "get_enum", "GET"),
        (ALICE, "get_enum", "GET"),
        ("", "set_privacy_on", "POST"),
        (ALICE, "set_privacy_on", "POST"),
    ]
    lines = [
        record.getMessage() for record in caplog.records if record.name[:4] == "demo"
    ]
    assert lines[:2] == [
        "GET /today/settings.phtml: 401",
        "GET /today/settings.phtml: 200",
    ]


async def test_accounts(legacy: Ask, box: AccountBox) -> None:
    """Accounts move in and out, and their secrets stay theirs."""
    newcomer = bob(box.now())
    newcomer.user = "frank"
    box.add(newcomer)
    assert (await legacy("reject", "frank@example.com")).text == "[]"
    assert "alice-secret" not in repr(box.accounts)
    assert "'4321'" not in repr(box.accounts)
    async with AccountBox([newcomer]) as other:
        assert list(other.accounts) == ["frank@example.com"]


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("html_error_then_null", f"<p><font color=red>{FAULT}</font>null"),
        ("html_error_then_empty_list", f"<p><font color=red>{FAULT}</font>[]"),
        ("json_error", f'{{"success":false,"error_message":"{FAULT}"}}'),
        (
            "back_end_timeout",
            (
                "<p><font color=red>Error (SipPort): Timed out read from 127.0.0.1 (): "
                "</font>null"
            ),
        ),
        (
            "customer_port_only",
            (
                "<p><font color=red>Error (CustomerPort): SOAP Fault (5000): "
                'Customer not found</font>["+31208005169","+442079460123"]'
            ),
        ),
        ("empty_200", ""),
        ("truncated_json", '["+31208005169",'),
    ],
)
async def test_faults(legacy: Ask, box: AccountBox, fault: str, text: str) -> None:
    """Faults of the back end have the form of their dialect."""
    box.faults.set(ALICE, "enum", fault)
    said = await legacy("enum")
    assert (said.status, said.text) == (200, text)
    assert (await legacy("reject")).text.startswith('["sip:')


async def test_fault_today(today: Ask, box: AccountBox) -> None:
    """Today's errors are in a row, and spare the login."""
    box.faults.set("*", "*", "html_error_then_null")
    said = await today("get_enum")
    assert said.text == (
        "<div class=row-fluid><div class=span12>"
        f"<span class='alert alert-error'>{FAULT}</span></div></div>\nnull"
    )


@pytest.mark.parametrize(
    ("fault", "status", "part"),
    [
        ("php_warnings_first", 200, "<b>Warning</b>"),
        ("page_header_first", 200, "<!DOCTYPE html>"),
        ("invalid_action", 200, '"Error: invalid action"}'),
        ("data_base_error", 200, "Session halted."),
        ("empty_500", 500, ""),
        ("garbage", 200, "\x00\x01\x02"),
        ("html_502", 502, "502 Bad Gateway"),
        ("redirect_302", 302, ""),
        ("forbidden_403", 403, "Cannot perform Post-Handshake Authentication"),
        ("login_page", 200, 'name="challenge"'),
        ("unauthorized_401", 401, ""),
    ],
)
async def test_more_faults(
    today: Ask, box: AccountBox, fault: str, status: int, part: str
) -> None:
    """Faults are there by name."""
    box.faults.set("*", "get_enum", fault)
    said = await today("get_enum")
    assert said.status == status
    assert part in said.text
    box.faults.clear()
    assert (await today("get_enum")).status == 200


async def test_reset(legacy: Ask, box: AccountBox) -> None:
    """A connection can break."""
    box.faults.set(ALICE, "*", "reset")
    with pytest.raises((ServerDisconnectedError, ConnectionError)):
        await legacy("enum", method="POST")


async def test_slow(legacy: Ask, box: AccountBox) -> None:
    """The answer can take long."""
    box.faults.set(ALICE, "enum", slow(10 * LIMIT))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await legacy("enum")
    box.faults.set(ALICE, "enum", slow(0))
    assert (await legacy("enum")).text.startswith("[")


async def test_stop_while_slow(legacy: Ask, box: AccountBox) -> None:
    """Closing the box does not wait for an answer that takes long."""
    arrived = asyncio.Event()

    async def endless(exchange: Exchange) -> Answer | web.StreamResponse:
        arrived.set()
        return await slow(10 * LIMIT)(exchange)

    box.faults.set(ALICE, "enum", endless)
    waiting = asyncio.ensure_future(legacy("enum", method="POST"))
    await arrived.wait()
    async with asyncio.timeout(LIMIT):
        await box.stop()
    with pytest.raises((ClientError, ConnectionError)):
        await waiting


async def test_huge_body(legacy: Ask, box: AccountBox) -> None:
    """The answer can be long."""
    box.faults.set(ALICE, "enum", huge_body(1_000_000))
    said = await legacy("enum")
    assert len(said.text) > 1_000_000
    assert said.text.endswith(" []")
    assert said.content_type == "text/html"


async def test_own_fault(legacy: Ask, box: AccountBox) -> None:
    """A fault can be anybody's, and wrap the right answer or replace it."""

    async def twice(exchange: Exchange) -> Answer:
        body = exchange.answer().body
        return Answer(body + body)

    async def teapot(_exchange: Exchange) -> web.StreamResponse:
        return web.Response(status=418)

    box.faults.set("*", "enum", teapot)
    box.faults.set(ALICE, "enum", twice)
    assert (await legacy("enum")).text.count("+31208005169") == 2
    assert (await legacy("enum", "bob@example.com")).status == 418
    box.faults.remove(ALICE, "enum")
    assert (await legacy("enum")).status == 418


def test_fault_names() -> None:
    """Every fault of the catalogue is there by its own name."""
    named = {name: fault.__name__ for name, fault in READY.items()}
    # Some are made by a function that makes faults.
    assert {own for name, own in named.items() if name != own} == {"fault"}
