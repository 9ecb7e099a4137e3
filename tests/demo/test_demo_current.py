"""Today's dialect, octet by octet."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
import pytest

from demo import AccountBox, Call

type Ask = Callable[..., Awaitable[Any]]

NOW = datetime(2009, 9, 24, 14, tzinfo=UTC)
ANSWERS_OF_ALICE = {
    "get_identity": (
        '{"sip_address":"alice@example.com","email":"alice@example.net",'
        '"first":"Alice","lastname":"Example","pstn_caller_id":"0031208005169",'
        '"mobile_number":"0031650222333","timezone":"Europe\\/Amsterdam",'
        '"no_answer_timeout":25,"quick_dial":"0031208005"}'
    ),
    "get_aliases": '["alice.example@example.com","info@example.com"]',
    "get_enum": '["+31208005169","+442079460123"]',
    "get_prepaid": '{"balance":12.3456}',
    "get_call_forwarding": (
        '{"FUNC":"","FNOL":"<voice-mailbox>","FBUS":"bob@example.com",'
        '"FNOA":"<voice-mailbox>","FUNV":null}'
    ),
    "get_accept_rules": (
        '{"persistent":{"31":{"start":"08:00","stop":"18:00",'
        '"groups":["friends","family"]},'
        '"96":{"start":"10:00","stop":"23:59","groups":["everybody"]}},'
        '"temporary":{"groups":["everybody"],"duration":0},'
        '"groups":["friends","family"]}'
    ),
    "get_reject_rules": '["sip:spammer@example.org","sip:0031208005199@example.com"]',
    "get_voicemail": (
        '{"Mailbox":"1000042","Password":"4321","Name":"Alice Example",'
        '"Email":"alice@example.net","Info":"","Options":{"delete":"True"},'
        '"Account":"1000042@voicemail.example.com"}'
    ),
    "get_journal_entries": (
        '{"success":true,"error_message":null,"results":[],"rows":0}'
    ),
}
ANSWERS_OF_BOB = {
    "get_aliases": "[]",
    "get_enum": "[]",
    "get_history": '{"placed":null,"received":null}',
    "get_devices": "null",
    "get_prepaid": '""',
    "get_balance_history": "null",
    "get_call_forwarding": '{"FUNC":"","FNOL":null,"FBUS":"","FNOA":null,"FUNV":""}',
    "get_accept_rules": '{"temporary":{"groups":[],"duration":0},"groups":[]}',
    "get_reject_rules": "[]",
    "get_voicemail": "null",
}


@pytest.mark.parametrize(("action", "answer"), ANSWERS_OF_ALICE.items())
async def test_alice(today: Ask, action: str, answer: str) -> None:
    """An account that has everything."""
    said = await today(action)
    assert said.text == answer
    assert said.status == 200
    assert said.content_type == "text/html; charset=UTF-8"


@pytest.mark.parametrize(("action", "answer"), ANSWERS_OF_BOB.items())
async def test_bob(today: Ask, action: str, answer: str) -> None:
    """An account that has nothing."""
    assert (await today(action, "bob@example.com")).text == answer


async def test_history(today: Ask, box: AccountBox) -> None:
    """Calls that have ended, with all their members."""
    placed = Call(
        "placed",
        "sip:0031208005169@example.com",
        NOW - timedelta(hours=5),
        display_name="Never told",
        duration=60,
        price=Decimal("0.0425"),
        session_id="p1",
        from_tag="a1b2",
        to_tag="c3d4",
    )
    missed = Call(
        "received",
        "bob@example.com",
        NOW - timedelta(hours=4),
        display_name="Bob",
        status=487,
        session_id="r1",
        from_tag="e5",
        media=["audio", "video"],
    )
    running = Call("received", "bob@example.com", NOW, ended=False)
    box.accounts["alice@example.com"].calls = [placed, missed, running]
    said = await today("get_history")
    assert said.text == (
        '{"placed":[{"remoteParty":"sip:0031208005169@example.com","displayName":"",'
        '"startTime":"2009-09-24 11:00:00","stopTime":"2009-09-24 11:01:00",'
        '"timezone":"Europe\\/Amsterdam","duration":60,"status":200,"price":0.0425,'
        '"sessionId":"p1","fromTag":"a1b2","toTag":"c3d4","proxyIP":"192.0.2.1",'
        '"media":["audio"]}],'
        '"received":[{"remoteParty":"bob@example.com","displayName":"Bob",'
        '"startTime":"2009-09-24 12:00:00","stopTime":"2009-09-24 12:00:00",'
        '"timezone":"Europe\\/Amsterdam","duration":0,"status":487,'
        '"sessionId":"r1","fromTag":"e5","toTag":"","proxyIP":"192.0.2.1",'
        '"media":["audio","video"]}]}'
    )


async def test_history_window(today: Ask, box: AccountBox) -> None:
    """At most 50 calls each way, of 14 days."""
    call = Call("received", "sip:bob@example.com", NOW)
    account = box.accounts["alice@example.com"]
    account.calls = [replace(call, started=NOW - timedelta(hours=h)) for h in range(60)]
    assert (await today("get_history")).text.count("remoteParty") == 50
    account.calls = [replace(call, started=NOW - timedelta(days=d)) for d in range(60)]
    assert (await today("get_history")).text.count("remoteParty") == 15


async def test_balance_history(today: Ask) -> None:
    """All transactions; as CSV those that moved money."""
    said = await today("get_balance_history")
    assert said.text.count('"date"') == 20
    said = await today("get_balance_history", csv="1")
    heading, *lines = said.text.splitlines()
    assert heading == "Id,Account,Date,Action,Description,Value,Final Balance"
    assert len(lines) == 19


async def test_monthly_usage(today: Ask) -> None:
    """The server has been broken here for years."""
    said = await today("get_monthly_usage")
    assert (said.status, said.text) == (500, "")


@pytest.mark.parametrize("action", ["aliases", "get_calls", "rules", "get_location"])
async def test_unknown_action(today: Ask, action: str) -> None:
    """A page begins, and then there is JSON."""
    said = await today(action, export="1")
    assert said.text.startswith("<!DOCTYPE html>")
    assert said.text.endswith(
        '{"success":false,"error_message":"Error: invalid action"}'
    )


async def test_no_action(today: Ask) -> None:
    """Without an action there is a page for people."""
    said = await today("")
    assert said.text.endswith("</html>\n")


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
async def test_downloads(today: Ask) -> None:
    """Certificates are those of the owner."""
    said = await today("get_crt")
    disposition = said.headers["Content-Disposition"]
    assert disposition == "inline; filename=sipthor-owner-certificate-1001.crt"
    certificate = x509.load_pem_x509_certificate(said.text.encode())
    assert "CN=1001" in certificate.subject.rfc4514_string()
    said = await today("get_p12")
    content = said.text.encode(errors="surrogateescape")
    assert pkcs12.load_pkcs12(content, b"alice-secret").key


@pytest.mark.parametrize(
    ("action", "parameters", "answer"),
    [
        ("set_dnd_on", {}, "Do not disturb has been enabled"),
        ("set_dnd_on", {"duration": "0"}, "Do not disturb has been enabled"),
        (
            "set_dnd_on",
            {"duration": "15"},
            "Do not disturb has been enabled for 15 minutes",
        ),
        ("set_dnd_off", {}, "Do not disturb has been disabled"),
        ("set_privacy_on", {}, "Caller-ID is now hidden for outgoing calls"),
        ("set_privacy_off", {}, "Caller-ID is now visible for outgoing calls"),
        ("set_call_forwarding", {}, "Diversions remained the same"),
        ("add_alias", {"username": "Allie"}, "Added alias allie"),
        ("add_balance", {"id": "7", "number": "1234"}, "Added balance succeeded"),
    ],
)
async def test_writes(
    today: Ask, action: str, parameters: dict[str, str], answer: str
) -> None:
    """What worked is told where errors are told."""
    said = await today(action, method="POST", **parameters)
    assert said.text == f'{{"success":true,"error_message":"{answer}"}}'


@pytest.mark.parametrize(
    ("action", "parameters", "answer"),
    [
        ("add_alias", {}, "Error: missing username"),
        (
            "add_alias",
            {"username": "info"},
            "Error (SipPort): SOAP Fault (1020): Alias info@example.com exists",
        ),
        ("add_balance", {"id": "7"}, "Missing id or number"),
    ],
)
async def test_writes_that_fail(
    today: Ask, action: str, parameters: dict[str, str], answer: str
) -> None:
    """What did not work is told in the same place."""
    said = await today(action, method="POST", **parameters)
    assert said.text == f'{{"success":false,"error_message":"{answer}"}}'


async def test_do_not_disturb(today: Ask, box: AccountBox) -> None:
    """Do not disturb is a temporary rule, and costs the daily ones."""
    accept = box.accounts["alice@example.com"].accept
    await today("set_dnd_on", duration="15")
    assert accept.temporary_groups == ["nobody"]
    assert accept.temporary_minutes == 15
    assert accept.persistent == {}
    await today("set_dnd_off")
    assert accept.temporary_groups == ["everybody"]
    assert accept.temporary_minutes == 0


async def test_privacy(today: Ask, box: AccountBox) -> None:
    """Privacy is a group."""
    account = box.accounts["alice@example.com"]
    await today("set_privacy_on")
    await today("set_privacy_on")
    assert account.groups.count("anonymous") == 1
    await today("set_privacy_off")
    assert "anonymous" not in account.groups


async def test_balance_from_a_voucher(today: Ask, box: AccountBox) -> None:
    """A voucher raises the balance and leaves a line in the history."""
    await today("add_balance", "carol@example.com", id="7", number="1234")
    said = await today("get_balance_history", "carol@example.com")
    assert '"description":"Prepaid card 7","value":"5.0000"' in said.text
    assert box.accounts["carol@example.com"].balance == Decimal("12.5000")


@pytest.mark.parametrize(
    ("value", "target", "stored"),
    [
        ("", "", ""),
        ("carol", "sip:carol@example.com", "carol@example.com"),
        ("sip:dave@example.net", "sip:dave@example.net", "dave@example.net"),
        ("sips:dave@example.net", "sip:dave@example.net", "dave@example.net"),
        ("+31208005169", "sip:+31208005169@example.com", "+31208005169@example.com"),
        ("0031@example.net", "sip:0031@example.com", "0031@example.com"),
        (
            "<mobile-number>",
            "sip:0031650222333@example.com",
            "0031650222333@example.com",
        ),
        ("<voice-mailbox>", "<voice-mailbox>", "<voice-mailbox>"),
        ("voice-mailbox", "<voice-mailbox>", "<voice-mailbox>"),
    ],
)
async def test_call_forwarding(
    today: Ask, box: AccountBox, value: str, target: str, stored: str
) -> None:
    """A target is completed; what was printed for a developer is still printed."""
    said = await today("set_call_forwarding", method="POST", FBUS=value)
    assert said.text == (
        f"Key FBUS changed {value}"
        f'{{"success":true,"error_message":"Changed diversions FBUS={target} "}}'
    )
    assert box.accounts["alice@example.com"].diversions["FBUS"] == stored


async def test_call_forwarding_of_many(today: Ask) -> None:
    """Only the conditions that are given change."""
    said = await today("set_call_forwarding", FUNV="bob", FUNC="carol")
    assert said.text.startswith("Key FUNC changed carolKey FUNV changed bob{")
    said = await today("get_call_forwarding")
    assert said.text == (
        '{"FUNC":"carol@example.com","FNOL":"<voice-mailbox>",'
        '"FBUS":"bob@example.com","FNOA":"<voice-mailbox>",'
        '"FUNV":"bob@example.com"}'
    )
