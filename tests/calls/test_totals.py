"""What several days came to, added up once for all who ask."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from custom_components.sip_account.calls.ledger import DAYS

from .test_ledger import NOW, TODAY, begun, call, line

DAY = timedelta(days=1)
PLACED = call("2026-11-26 10:00:00")


def test_sums_follow_the_days() -> None:
    """What was added up is added up anew when a day changes, and not before."""
    ledger = begun()

    def whole() -> tuple[int, int | Decimal]:
        first = ledger.total(TODAY - DAY, TODAY)
        assert ledger.total(TODAY - DAY, TODAY) is first
        return first.count, first.cost

    assert whole() == (0, 0)
    ledger.count(PLACED, NOW)
    assert whole() == (1, 0)
    ledger.take_prices([replace(PLACED, price=Decimal(2))])
    assert whole() == (1, 2)
    ledger.take_lines([line("2026-11-26 09:00:00", -3, session="other")], NOW)
    assert whole() == (1, 5)
    for after in (1, 2):
        ledger.count(call(f"2028-01-{after:02} 10:00:00"), NOW + 402 * DAY)
    assert whole() == (1, 5)
    ledger.forget_before(NOW + (DAYS + 10) * DAY)
    assert whole() == (0, 0)
    ledger.count(PLACED, NOW)
    assert whole()[0] == 1
    ledger.forget(NOW)
    assert whole() == (0, 0)


def test_few_sums_are_kept() -> None:
    """Some are looked at again and again, and others once."""
    ledger = begun()
    sums = [ledger.total(TODAY - ago * DAY, TODAY) for ago in range(8)]
    assert ledger.total(TODAY, TODAY) is sums[0]
    ledger.total(TODAY - 8 * DAY, TODAY)
    assert ledger.total(TODAY, TODAY) is not sums[0]
