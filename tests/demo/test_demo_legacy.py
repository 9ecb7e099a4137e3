"""The dialect of 2009, octet by octet."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from aiohttp import ClientSession
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12
import pytest

from demo import AccountBox, Call, Device, IssuedCertificate, Transaction
from demo.dialects import Query, RefusedError
from demo.dialects.legacy import Legacy

type Ask = Callable[..., Awaitable[Any]]
type Connect = Callable[[IssuedCertificate | None], ClientSession]

NOW = datetime(2009, 9, 24, 14, tzinfo=UTC)
ANSWERS_OF_ALICE = {
    "account": (
        '{"email":"alice@example.net","first":"Alice","lastname":"Example",'
        '"mobile_number":"0031650222333","pstn_access":true,"prepaid":1,"quota":50,'
        '"timezone":"Europe\\/Amsterdam",'
        '"groups":["free-pstn","missed-calls","prepaid"]}'
    ),
    "aliases": '["alice.example@example.com","info@example.com"]',
    "enum": '["+31208005169","+442079460123"]',
    "devices": (
        '[{"contact":"192.0.2.20:5062","publicContact":"203.0.113.5:40001",'
        '"expires":512,"user_agent":"Blink Pro 1.0","transport":"tls"},'
        '{"contact":"192.0.2.21:5060","publicContact":"192.0.2.21:5060",'
        '"expires":1743,"user_agent":"Desk Phone 8","transport":"udp"}]'
    ),
    "prepaid": '{"balance":12.3456}',
    "monthly_usage": '{"calls":8,"price":3.0766}',
    "diversions": (
        '{"FUNC":"","FNOL":"<voice-mailbox>","FBUS":"bob@example.com",'
        '"FNOA":"<voice-mailbox>","FUNV":null}'
    ),
    "accept": (
        '{"persistent":{"31":{"start":"08:00","stop":"18:00",'
        '"groups":["friends","family"]},'
        '"96":{"start":"10:00","stop":"23:59","groups":["everybody"]}},'
        '"temporary":{"groups":["everybody"],"duration":0},'
        '"groups":["friends","family"]}'
    ),
    "reject": '["sip:spammer@example.org","sip:0031208005199@example.com"]',
    "voicemail": (
        '{"Mailbox":"1000042","Password":"4321","Name":"Alice Example",'
        '"Email":"alice@example.net","Info":"","Options":{"delete":"True"},'
        '"Account":"1000042@voicemail.example.com"}'
    ),
    "nonsense": "Error: invalid action",
    "get_aliases": "Error: invalid action",
    "": "Error: invalid action",
}
ANSWERS_OF_BOB = {
    "account": (
        '{"email":"bob@example.net","first":"Bob","lastname":"Example",'
        '"mobile_number":"","pstn_access":true,"prepaid":0,"quota":0,'
        '"timezone":"Europe\\/Amsterdam","groups":[]}'
    ),
    "aliases": "[]",
    "enum": "[]",
    "calls": '{"placed":null,"received":null}',
    "devices": "null",
    "prepaid": '""',
    "balance_history": "null",
    "monthly_usage": '{"calls":0,"price":0}',
    "diversions": '{"FUNC":"","FNOL":null,"FBUS":"","FNOA":null,"FUNV":""}',
    "accept": '{"temporary":{"groups":[],"duration":0},"groups":[]}',
    "reject": "[]",
    "voicemail": "null",
}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(("action", "answer"), ANSWERS_OF_ALICE.items())
async def test_alice(legacy: Ask, action: str, answer: str, method: str) -> None:
    """An account that has everything."""
    said = await legacy(action, method=method)
    assert said.text == answer
    assert said.status == 200
    assert said.content_type == "text/html"


@pytest.mark.parametrize(("action", "answer"), ANSWERS_OF_BOB.items())
async def test_bob(legacy: Ask, action: str, answer: str) -> None:
    """An account that has nothing."""
    assert (await legacy(action, "bob@example.com")).text == answer


async def test_rules_are_accept(legacy: Ask) -> None:
    """The name that the page gives works like the one in the code."""
    assert (await legacy("rules")).text == (await legacy("accept")).text


async def test_calls(legacy: Ask, box: AccountBox) -> None:
    """Calls are printed in the account's zone, running ones among them."""
    box.accounts["alice@example.com"].calls = [
        Call(
            "placed",
            "sip:0031208005161@example.com",
            NOW - timedelta(minutes=2),
            duration=60,
            price=Decimal("0.0425"),
            rate="0.0425/min",
        ),
        Call(
            "received",
            "sip:bob@example.com",
            NOW - timedelta(hours=2),
            status=487,
        ),
        Call(
            "received",
            "dave@example.net",
            NOW,
            status=None,
            duration=9,
            ended=False,
        ),
    ]
    assert (await legacy("calls")).text == (
        '{"placed":[{"to":"sip:0031208005161@example.com","duration":60,'
        '"price":0.0425,"rate":"0.0425\\/min","status":200,'
        '"date":"2009-09-24 15:58:00"}],'
        '"received":[{"from":"dave@example.net","duration":0,"status":null,'
        '"date":"2009-09-24 16:00:00"},'
        '{"from":"sip:bob@example.com","duration":0,"status":487,'
        '"date":"2009-09-24 14:00:00"}]}'
    )


async def test_calls_window(legacy: Ask, box: AccountBox) -> None:
    """At most 30 calls each way, of 60 days, and none with the status 435."""
    call = Call("received", "sip:bob@example.com", NOW)
    calls = [replace(call, started=NOW - timedelta(days=day)) for day in range(90)]
    refused = Call("placed", "sip:bob@example.com", NOW, status=435)
    old = replace(call, direction="placed", started=NOW - timedelta(days=61))
    box.accounts["alice@example.com"].calls = [*calls, refused, old]
    said = await legacy("calls")
    assert said.text.count('"from"') == 30
    assert said.text.startswith('{"placed":null,"received":[')


async def test_balance_history(legacy: Ask, box: AccountBox) -> None:
    """The newest 20 transactions, newest first; also those without a value."""
    said = await legacy("balance_history")
    assert said.text.count('"date"') == 20
    assert '"value":0,' in said.text
    first = box.accounts["alice@example.com"].balance_history[0]
    assert said.text.startswith(
        '[{"date":"2009-09-24 14:26:00","action":"Debit balance",'
        '"description":"Session to 0031208005161 for 60s","value":-0.0425,'
        f'"balance":12.3456,"session":"{first.session}"}},'
    )


async def test_balance_history_as_csv(legacy: Ask, box: AccountBox) -> None:
    """The CSV leaves out what moved no money."""
    box.accounts["alice@example.com"].balance_history = [
        Transaction(NOW, "Set balance", "Prepaid card 1", Decimal(5), Decimal(9)),
        Transaction(NOW, "Debit balance", "Session", Decimal(0), Decimal(4)),
    ]
    said = await legacy("balance_history", tab="prepaid")
    assert said.content_type == "text/csv"
    assert said.text == (
        "Id,Account,Date,Action,Description,Transaction value,Final balance\n"
        "2,alice@example.com,2009-09-24 16:00:00,Set balance,Prepaid card 1,"
        "5.0000,9.0000\n"
    )


async def test_carol(legacy: Ask) -> None:
    """An account in a call, in New York, with amounts as text."""
    said = await legacy("prepaid", "carol@example.com")
    assert said.text == (
        '{"balance":"7.5000","callInProgress":true,"sessionTime":65,'
        '"maxSessionTime":1800,"destination":"sip:0031208005161@example.com",'
        '"lastCallPrice":"0.0000"}'
    )
    calls = await legacy("calls", "carol@example.com")
    assert calls.text.startswith(
        '{"placed":[{"to":"sip:0031208005161@example.com","duration":0,'
        '"price":"0.0000","rate":"","status":null,"date":"2009-09-24 09:58:55"}]'
    )
    accept = await legacy("accept", "carol@example.com")
    assert '"temporary":{"groups":["nobody"],"duration":30}' in accept.text


async def test_text_that_is_not_utf8(legacy: Ask, box: AccountBox) -> None:
    """A user agent in Latin-1 leaves nothing of the answer."""
    agent = b"T\xe9l\xe9phone".decode(errors="surrogateescape")
    device = Device("192.0.2.20:5060", "192.0.2.20:5060", 60, agent)
    box.accounts["alice@example.com"].devices = [device]
    said = await legacy("devices")
    assert (said.status, said.text) == (200, "")


@pytest.mark.parametrize("export", ["", "0"])
async def test_without_export(legacy: Ask, export: str) -> None:
    """Without a true `export` the server prints its page for people."""
    said = await legacy("account", export=export)
    assert said.text.startswith("<!DOCTYPE html>")


async def test_downloads(legacy: Ask, box: AccountBox) -> None:
    """Each download is a new certificate of the account."""
    said = await legacy("crt")
    assert said.content_type == "application/x-crt"
    disposition = said.headers["Content-Disposition"]
    assert disposition == "inline; filename=alice@example.com.crt"
    content = said.text.encode()
    assert load_pem_private_key(content, None)
    with pytest.warns(match="serial number"):
        certificate = x509.load_pem_x509_certificate(content)
    assert "CN=alice@example.com" in certificate.subject.rfc4514_string()
    said = await legacy("p12")
    assert said.content_type == "application/x-p12"
    with pytest.warns(match="serial number"):
        pkcs12.load_pkcs12(said.text.encode(errors="surrogateescape"), b"alice-secret")


async def test_no_certificate(connect: Connect, box: AccountBox) -> None:
    """Who shows no certificate is told so, with status 200."""
    async with connect(None).get(box.page_url) as reply:
        assert reply.status == 200
        assert await reply.text() == (
            "Error: No X.509 Client Certificate provided\nX.509 Credentials error"
        )


@pytest.mark.parametrize("name", ["1001", "", "alice@home@example.com"])
async def test_no_address(connect: Connect, box: AccountBox, name: str) -> None:
    """The common name must be an address."""
    issued = box.platform.modern_certificate(name or "?", key="p256")
    async with connect(issued).get(box.page_url) as reply:
        text = await reply.text()
    assert text == "No SIP address availableX.509 Credentials error"


async def test_unknown_account(connect: Connect, box: AccountBox) -> None:
    """A good certificate of nobody gets the error of the back end."""
    issued = box.platform.modern_certificate("nobody@example.com", key="p256")
    async with connect(issued).get(box.page_url) as reply:
        text = await reply.text()
    assert text == (
        "<p><font color=red>Error from https://ngnpro.example.com:9200/ngnpro/ "
        "(SipPort): SOAP Fault (1010): Account nobody@example.com not found</font>"
        "X.509 Credentials error"
    )


def test_unparsable_certificate(box: AccountBox) -> None:
    """A certificate that PHP cannot parse is named."""
    query = Query("GET", {}, NOW, certificate=b"nonsense")
    with pytest.raises(RefusedError) as refused:
        Legacy(box.platform).identify(query, box.accounts)
    assert refused.value.answer.body == (
        b"Error: Failed to Parse Client Certificate\nX.509 Credentials error"
    )
