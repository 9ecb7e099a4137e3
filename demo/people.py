"""The people who live in the box: everything about them is made up.

Times are relative to `now`, numbers come from ranges that nobody has.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from .accounts import (
    AcceptRule,
    AcceptRules,
    Account,
    ActiveCall,
    Call,
    Device,
    Transaction,
    Voicemail,
)

# What Alice has in the phone book of her home.
CONTACTS = {
    "+31208005161": "Dentist",
    "+31208005162": "The museum",
    "+31650222444": "Frank",
    "+442079460123": "Aunt Mary",
    "+442079460124": "Aunt Mary's office",
    "bob@example.com": "Bob Example",
    "carol@example.com": "Carol Example",
    "dave@example.net": "Dave",
    "erin@example.net": "Erin",
}


def everyone(now: datetime) -> list[Account]:
    """Make all the accounts of the demo."""
    return [alice(now), bob(now), carol(now)]


def alice(now: datetime) -> Account:
    """Make a prepaid account that uses everything."""
    return Account(
        user="alice",
        domain="example.com",
        password="alice-secret",  # noqa: S106 - of the demo
        owner_id=1001,
        timezone="Europe/Amsterdam",
        email="alice@example.net",
        first="Alice",
        last="Example",
        mobile_number="0031650222333",
        pstn_caller_id="0031208005169",
        prepaid=True,
        quota=Decimal(50),
        groups=["free-pstn", "missed-calls", "prepaid"],
        aliases=["alice.example@example.com", "info@example.com"],
        enum=["+31208005169", "+442079460123"],
        calls=_received_by_alice(now) + _placed_by_alice(now),
        balance=Decimal("12.3456"),
        balance_history=_transactions_of_alice(now),
        diversions={
            "FUNC": "",
            "FNOL": "<voice-mailbox>",
            "FBUS": "bob@example.com",
            "FNOA": "<voice-mailbox>",
            "FUNV": None,
        },
        accept=AcceptRules(
            persistent={
                31: AcceptRule("08:00", "18:00", ["friends", "family"]),
                96: AcceptRule("10:00", "23:59", ["everybody"]),
            },
            temporary_groups=["everybody"],
            groups=["friends", "family"],
        ),
        reject=["sip:spammer@example.org", "sip:0031208005199@example.com"],
        voicemail=Voicemail(
            mailbox="1000042",
            pin="4321",
            name="Alice Example",
            email="alice@example.net",
            server="voicemail.example.com",
            delete_after_mailing="True",
        ),
        devices=[
            Device(
                "192.0.2.20:5062",
                "203.0.113.5:40001",
                512,
                "Blink Pro 1.0",
                registered=now,
            ),
            Device(
                "192.0.2.21:5060",
                "192.0.2.21:5060",
                1743,
                "Desk Phone 8",
                "udp",
                registered=now,
            ),
        ],
        no_answer_timeout=25,
        quick_dial="0031208005",
    )


def bob(now: datetime) -> Account:
    """Make an account that has nothing, in all spellings (wire contract §2.0)."""
    return Account(
        user="bob",
        domain="example.com",
        password="bob-secret",  # noqa: S106 - of the demo
        owner_id=1002,
        email="bob@example.net",
        first="Bob",
        last="Example",
        diversions={"FUNC": "", "FNOL": None, "FBUS": "", "FNOA": None, "FUNV": ""},
    )


def carol(now: datetime) -> Account:
    """Make an account in another zone, in a prepaid call and not to be disturbed."""
    account = Account(
        user="carol",
        domain="example.com",
        password="carol-secret",  # noqa: S106 - of the demo
        owner_id=1003,
        timezone="America/New_York",
        email="carol@example.net",
        first="Carol",
        last="Example",
        mobile_number="+12025550123",
        prepaid=True,
        groups=["free-pstn", "prepaid", "anonymous"],
        balance=Decimal("7.5000"),
        money_as_text=True,
        active_call=ActiveCall(65, 1800, "sip:0031208005161@example.com"),
        accept=AcceptRules(temporary_groups=["nobody"], temporary_minutes=30),
        stored_ha1=False,
    )
    call = _placed(now - timedelta(seconds=65), "sip:0031208005161@example.com", 0)
    call.ended, call.status = False, None
    account.calls = [
        call,
        _received(now - timedelta(hours=4), "alice@example.com", 90, 200, "Alice"),
    ]
    account.balance_history = _history(
        now,
        Decimal("7.5000"),
        [(30, "Set balance", "Manual update", "7.5", "")],
    )
    return account


def frank(now: datetime) -> Account:
    """Make the account that a visitor of the demo may add: everything but a past."""
    return replace(
        alice(now),
        user="frank",
        password="frank-secret",  # noqa: S106 - of the demo
        owner_id=1004,
        email="frank@example.net",
        first="Frank",
        aliases=[],
        enum=["+31208005168"],
        pstn_caller_id="0031208005168",
        calls=[_received(now - timedelta(hours=2), "bob@example.com", 45, 200, "Bob")],
        balance_history=[],
    )


def _received(
    started: datetime, party: str, duration: int, status: int, name: str = ""
) -> Call:
    return Call(
        "received",
        party,
        started,
        display_name=name,
        duration=duration,
        status=status,
        session_id=f"r{started:%Y%m%d%H%M%S}@198.51.100.7",
        from_tag=f"f{started:%H%M%S}",
        to_tag=f"t{started:%H%M%S}" if duration else "",
    )


def _placed(
    started: datetime,
    party: str,
    duration: int,
    status: int = 200,
    price: str = "0",
) -> Call:
    return Call(
        "placed",
        party,
        started,
        duration=duration,
        status=status,
        price=Decimal(price),
        rate="0.0425/min" if Decimal(price) else "",
        session_id=f"p{started:%Y%m%d%H%M%S}@192.0.2.20",
        from_tag=f"f{started:%H%M%S}",
        to_tag=f"t{started:%H%M%S}" if duration else "",
    )


def _received_by_alice(now: datetime) -> list[Call]:
    def ago(days: float, minutes: int = 0) -> datetime:
        return now - timedelta(days=days, minutes=minutes)

    with_video = _received(ago(2), "dave@example.net", 610, 200, "Dave")
    with_video.media = ["audio", "video"]
    return [
        _received(ago(0, 25), "sip:0031208005161@example.com", 0, 487, "Dentist"),
        _received(ago(0, 190), "sip:bob@example.com", 125, 200, "Bob Example"),
        _received(ago(0, 310), "carol@example.com", 0, 486, "Carol"),
        _received(ago(1), "sip:sales@example.org", 0, 603, "Sales"),
        _received(ago(1.25), "sip:anonymous@anonymous.invalid", 0, 487, "Anonymous"),
        with_video,
        _received(ago(4), "sip:00442079460123@example.com", 0, 480),
        _received(ago(6), "0012025550123@example.com", 42, 200),
        _received(ago(20), "sip:erin@example.net", 77, 200, "Erin"),
        _received(ago(70), "sip:erin@example.net", 0, 487, "Erin"),
    ]


def _placed_by_alice(now: datetime) -> list[Call]:
    def ago(days: float, minutes: int = 0) -> datetime:
        return now - timedelta(days=days, minutes=minutes)

    return [
        _placed(ago(0, 95), "sip:0031208005161@example.com", 60, 200, "0.0425"),
        _placed(ago(0, 240), "sip:bob@example.com", 32),
        _placed(ago(0, 400), "sip:0031650222444@example.com", 0, 487),
        _placed(ago(1), "sip:nobody@example.com", 0, 404),
        _placed(ago(1.5), "carol@example.com", 0, 486),
        _placed(ago(3), "sip:00442079460124@example.com", 754, 200, "0.5341"),
        _placed(ago(5), "sip:0031208005162@example.com", 0, 408),
        _placed(ago(9), "sip:0031208005163@example.com", 3605, 200, "2.5000"),
        _placed(ago(10), "sip:0031208005164@example.com", 0, 435),
        _placed(ago(30), "sip:0031208005161@example.com", 180, 200, "0.1275"),
    ]


type _Line = tuple[float, str, str, str, str]


def _history(now: datetime, balance: Decimal, lines: list[_Line]) -> list[Transaction]:
    """Write the lines (days ago, action, description, value, session), newest first."""
    transactions = []
    for days, action, description, value, session in lines:
        date = now - timedelta(days=days)
        amount = Decimal(value)
        transactions.append(
            Transaction(date, action, description, amount, balance, session)
        )
        balance -= amount
    return transactions


def _transactions_of_alice(now: datetime) -> list[Transaction]:
    lines: list[_Line] = []
    for call in _placed_by_alice(now):
        if call.status == 200:
            user = call.party.removeprefix("sip:").partition("@")[0]
            end = call.started + timedelta(seconds=call.duration)
            lines.append(
                (
                    (now - end) / timedelta(days=1),
                    "Debit balance",
                    f"Session to {user} for {call.duration}s",
                    str(-call.price),
                    call.session_id,
                )
            )
    lines += [
        (4.5, "Debit balance", "Message to 0031650222444", "-0.0900", "m1@192.0.2.20"),
        (8, "Set balance", "CC transaction 1000077", "10.0000", ""),
        (12, "Set balance", "Refund 1000071 with 1000072", "0.2500", ""),
        (21, "Set balance", "Prepaid card 1017", "5.0000", ""),
        (33, "Set balance", "Manual update", "-1.0000", ""),
        (60, "Set balance", "Prepaid card 1009", "5.0000", ""),
    ]
    lines += [
        (
            34 + week,
            "Debit balance",
            f"Session to 003120800516{week} for {60 * week}s",
            f"-{Decimal('0.0425') * week}",
            f"s{week}@192.0.2.20",
        )
        for week in range(1, 10)
    ]
    return _history(now, Decimal("12.3456"), sorted(lines))
