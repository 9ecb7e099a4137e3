"""The accounts that figures are measured on: everything in them is filled."""

from datetime import datetime, timedelta
from decimal import Decimal

from demo import Account, Call, Transaction, alice

CALLS_ON_A_SIDE = 20
TRANSACTIONS = 20
# The most that any server lists (wire contract §2.4, §2.7).
MOST_CALLS_ON_A_SIDE = 50
MOST_TRANSACTIONS = 200

_STATUSES = (200, 200, 487, 486, 603)
_PRICE = Decimal("0.0425")
_REGISTERED_FOR = 2 * 24 * 3600


def filled(
    number: int,
    now: datetime,
    *,
    calls: int = CALLS_ON_A_SIDE,
    transactions: int = TRANSACTIONS,
) -> Account:
    """Make an account that lists so many calls on each side and transactions.

    All else is as in the demo, where one account uses everything. No call leaves the
    server's list within a day.
    """
    account = alice(now)
    account.user = f"account{number}"
    account.owner_id = 2000 + number
    for device in account.devices:
        # A registration that is renewed would be news.
        device.registered = now - timedelta(hours=1)
        device.expires = _REGISTERED_FOR
    account.calls = [
        _call(side, index, now)
        for side in ("placed", "received")
        for index in range(calls)
    ]
    account.balance_history = [
        Transaction(
            now - timedelta(hours=6 * index + 1),
            "Debit balance",
            f"Session to 00312080{index:05} for 60s",
            -_PRICE,
            Decimal(20) + _PRICE * index,
            f"t{index}@192.0.2.20",
        )
        for index in range(transactions)
    ]
    return account


def _call(side: str, index: int, now: datetime) -> Call:
    status = _STATUSES[index % len(_STATUSES)]
    answered = status == 200
    return Call(
        "placed" if side == "placed" else "received",
        f"sip:00312080{index:05}@example.com",
        now - timedelta(hours=6 * index + 2, minutes=7),
        display_name="" if side == "placed" else f"Caller {index}",
        duration=60 + index if answered else 0,
        status=status,
        price=_PRICE if answered and side == "placed" else Decimal(0),
        rate="0.0425/min",
        session_id=f"{side}{index}@198.51.100.7",
        from_tag=f"f{index}",
        to_tag=f"t{index}" if answered else "",
    )
