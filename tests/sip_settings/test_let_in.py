"""What a client does with statuses, challenges and chains of certificates."""

from collections.abc import Mapping
from datetime import UTC, datetime
import ssl

import aiohttp
from aiohttp import web
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
import pytest

from custom_components.sip_account.sip_settings import (
    ADD_ALIAS,
    ADD_BALANCE,
    ALIASES,
    CALLS,
    DO_NOT_DISTURB_ON,
    ENUM,
    REJECT,
    BackendError,
    ClientCertificate,
    OutcomeUnknownError,
    SipSettingsError,
    Trust,
    WeakServerCertificateError,
    Write,
    build_context,
    page_url,
)
from custom_components.sip_account.sip_settings.transport import Transport
from demo import AccountBox, der
from demo.certificates import parse
from demo.dialects import Answer
from demo.exchange import Exchange
from demo.faults import READY, huge_body
from demo.issued import IssuedCertificate

from .test_client import ALICE, by_certificate, by_password


@pytest.mark.parametrize("status", [302, 404, 500, 503])
async def test_statuses_that_refuse_nobody(
    box: AccountBox, session: aiohttp.ClientSession, status: int
) -> None:
    """Whatever else goes wrong, no other user name is tried, and none is learned."""

    async def fails(exchange: Exchange) -> Answer:
        if exchange.account is None:
            return exchange.answer()
        return Answer(b"[]", status=status)

    box.faults.set("*", "*", fails)
    client = by_password(box, session)
    with pytest.raises(SipSettingsError):
        await client.read(ALIASES)
    assert len(box.requests) == 2  # a challenge, and what answers it
    with pytest.raises(SipSettingsError):
        await client.knock(ALIASES)
    assert "username" not in client.learned


async def test_name_of_a_knock(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """The name that was learned is asked, else the newest one."""
    client = by_certificate(box, session)
    await client.knock(ALIASES)
    client.learned[ALIASES.key] = ALIASES.names[1]
    await client.knock(ALIASES)
    assert [request.action for request in box.requests] == list(ALIASES.names)


async def test_when_calls_were_asked_for(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """The last time but one and the last time are known."""
    client = by_certificate(box, session)
    assert client.calls_asked == (None, None)
    await client.read(CALLS)
    none, first = client.calls_asked
    assert none is None
    assert first is not None
    assert first.sent <= first.received
    assert first.date is not None
    await client.read(CALLS)
    before, last = client.calls_asked
    assert before is first
    assert last is not None
    assert last.sent >= first.received


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Mon, 01 Jun 2026 12:00:00 GMT", datetime(2026, 6, 1, 12, tzinfo=UTC)),
        ("Mon, 01 Jun 2026 12:00:00 -0000", None),
        ("yesterday", None),
        ("Mon, 99 Jun 2026 12:00:00 GMT", None),
    ],
)
async def test_date_of_an_answer(
    box: AccountBox,
    session: aiohttp.ClientSession,
    written: str,
    told: datetime | None,
) -> None:
    """It is told where it is one with its zone; the answer counts without it too."""

    async def dated(exchange: Exchange) -> Answer:
        answer = exchange.answer()
        return Answer(answer.body, answer.status, {**answer.headers, "Date": written})

    box.faults.set("*", "*", dated)
    client = by_certificate(box, session)
    assert await client.read(CALLS)
    asked = client.calls_asked[1]
    assert asked is not None
    assert asked.date == told


async def test_challenge_in_between(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A read answers a new challenge, whatever the server makes of the old answer."""
    client = by_password(box, session)
    await client.read(ALIASES)
    met: list[Exchange] = []

    async def challenging(exchange: Exchange) -> Answer | web.StreamResponse:
        met.append(exchange)
        if len(met) == 1:
            return await READY["challenge_401"](exchange)
        return Answer(b'["let in"]')

    box.faults.set("*", "*", challenging)
    assert await client.read(REJECT) == ("let in",)
    assert len(met) == 2
    assert client.learned["username"] == "user"


async def test_write_with_too_much_of_an_answer(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """It was sent, and what is too long to read tells nothing."""
    client = by_password(box, session)
    await client.read(ALIASES)
    box.faults.set("*", "*", huge_body(5 * 1024 * 1024))

    async def prepare() -> Mapping[str, str]:
        return {"alias": "x"}

    with pytest.raises(OutcomeUnknownError):
        await client.write(ADD_ALIAS, prepare)


@pytest.mark.parametrize(
    ("write", "sent"), [(ADD_ALIAS, 1), (ADD_BALANCE, 1), (DO_NOT_DISTURB_ON, 2)]
)
async def test_what_must_not_be_done_twice(
    box: AccountBox, session: aiohttp.ClientSession, write: Write, sent: int
) -> None:
    """An alias and a voucher are sent with one login, which the server refuses."""
    client = by_password(box, session)
    await client.read(ALIASES)
    met: list[Exchange] = []

    async def refusing(exchange: Exchange) -> Answer | web.StreamResponse:
        met.append(exchange)
        return await READY["challenge_401"](exchange)

    async def prepare() -> Mapping[str, str]:
        return {}

    box.faults.set("*", "*", refusing)
    with pytest.raises(SipSettingsError):
        await client.write(write, prepare)
    assert len(met) == sent


async def test_nothing_to_write(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """Where nothing is left to do, nothing is sent."""

    async def prepare() -> None:
        return None

    await by_password(box, session).write(ADD_ALIAS, prepare)
    assert not box.requests


async def test_learned_is_given_again(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """What one client has learned, the next one knows, and may change for itself."""
    client = by_password(box, session)
    await client.read(ENUM)
    again = by_password(box, session)
    again.learned = dict(client.learned)
    before = len(box.requests)
    assert await again.read(ENUM)
    assert len(box.requests) - before == 2
    box.faults.set("*", "*", "empty_500")
    with pytest.raises(BackendError):
        await again.read(ENUM)
    assert again.learned == client.learned


async def _ask(box: AccountBox, context: ssl.SSLContext) -> int:
    async with aiohttp.ClientSession() as session:
        url = page_url(f"https://127.0.0.1:{box.port}/settings.phtml")
        answer = await Transport(session, url, context).get({"action": "aliases"})
        return answer.status


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_pinned_with_a_chain(box: AccountBox, version: ssl.TLSVersion) -> None:
    """The server's own certificate is the pinned one; what it sends along is not."""
    issued = box.server_authority.intermediate().server_certificate()
    assert issued.chain
    box.replace_server_certificate(issued)
    box.served.maximum_version = version
    pinned = Trust(pinned=ssl.DER_cert_to_PEM_cert(issued.der()))
    certificate = ClientCertificate.load(
        box.platform.modern_certificate(str(ALICE), key="p256").crt()
    )
    assert await _ask(box, build_context(certificate, pinned)) == 200


@pytest.mark.parametrize("broken", [True, False])
async def test_weak_link_of_a_chain(box: AccountBox, *, broken: bool) -> None:
    """An authority between server and root is looked at as the server is."""
    root = box.server_authority
    between = root.intermediate()
    issued = between.server_certificate()
    if broken:
        sha256 = der.oid("1.2.840.113549.1.1.11")
        sha1 = der.oid("1.2.840.113549.1.1.5")
        content = between.certificate.tbs_certificate_bytes.replace(sha256, sha1)
        signature = root._key.sign(content, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
        algorithm = der.sequence(sha1, der.null())
        weak = parse(der.sequence(content, algorithm, der.bits(signature)))
        issued = IssuedCertificate(issued.certificate, issued.key, (weak,))
    box.replace_server_certificate(issued)
    certificate = ClientCertificate.load(box.certificate_for(str(ALICE)).crt())
    trust = Trust.from_authority_file(box.authority_pem)
    context = build_context(certificate, trust, allow_weak=True)
    if not broken:
        assert await _ask(box, context) == 200
        return
    with pytest.raises(WeakServerCertificateError):
        await _ask(box, context)
