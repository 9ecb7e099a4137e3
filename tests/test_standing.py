"""When a refusal is believed, and how seldom it is tried again meanwhile."""

from custom_components.sip_account.polling.standing import Standing
from custom_components.sip_account.sip_settings import (
    ACCOUNT,
    ALIASES,
    CALLS,
    PREPAID,
    AuthenticationError,
)

REFUSED = AuthenticationError("The server refuses it", certain=True)
MINUTE, HOUR = 60.0, 3600.0


def _refuse(standing: Standing, now: float) -> None:
    standing.take_refusal(REFUSED, now, now)


def _next(standing: Standing, now: float) -> float:
    wait = standing.wait(now)
    assert wait is not None
    return now + wait


def test_schedule() -> None:
    """After a minute, then every five, and every hour once it is believed."""
    standing = Standing()
    now = 1000.0
    attempts = []
    while not standing.believed:
        assert not standing.waits(now)
        _refuse(standing, now)
        attempts.append((now - 1000.0) / MINUTE)
        now = _next(standing, now)
    assert attempts == [0, 1, 6, 11]
    assert now == 1000.0 + 11 * MINUTE + HOUR
    _refuse(standing, now)
    assert _next(standing, now) == now + HOUR


def test_certainty_does_not_hurry() -> None:
    """Many refusals in a short time are one, whatever they say."""
    standing = Standing()
    for second in range(100):
        _refuse(standing, float(second))
    assert not standing.believed


def test_time_alone_does_not_do() -> None:
    """Two refusals a year apart are two."""
    standing = Standing()
    _refuse(standing, 0.0)
    _refuse(standing, 365 * 24 * HOUR)
    assert not standing.believed


def test_losses_neither_count_nor_clear() -> None:
    """Resets do not count, and what lasts is counted anew after them."""
    standing = Standing()
    _refuse(standing, 0.0)
    for five_minutes in range(1, 3 * 24 * 12):
        standing.take_loss(five_minutes * 5 * MINUTE)
    assert standing.attempts == 1
    now = 3 * 24 * HOUR
    _refuse(standing, now)
    _refuse(standing, now + 5 * MINUTE)
    assert standing.attempts == 3
    assert not standing.believed
    _refuse(standing, now + 10 * MINUTE)
    assert standing.believed


def test_answer_clears() -> None:
    """Whoever is let in once begins anew."""
    standing = Standing()
    _refuse(standing, 0.0)
    _refuse(standing, MINUTE)
    standing.take_answer(2 * MINUTE)
    assert standing.refusal is None
    assert standing.wait(MINUTE) is None
    assert not standing.waits(MINUTE)
    for minute in (6, 7, 11):
        _refuse(standing, minute * MINUTE)
    assert not standing.believed


def test_together_is_once() -> None:
    """Polls that were under way together are one attempt."""
    standing = Standing()
    standing.take_refusal(REFUSED, begun=0.0, now=10.0)
    standing.take_refusal(REFUSED, begun=5.0, now=11.0)
    assert standing.attempts == 1


def test_trusted_and_untried() -> None:
    """Who was answered last is trusted; else whoever has not failed for longest."""
    standing = Standing()
    actions = [ACCOUNT, ALIASES, CALLS, PREPAID]
    assert standing.trusted(actions) is None
    assert standing.trusted([]) is None
    assert standing.untried(actions) is ACCOUNT
    standing.note(CALLS, answered=True)
    standing.note(PREPAID, answered=True)
    standing.note(ACCOUNT, answered=False)
    assert standing.trusted(actions) is PREPAID
    standing.note(PREPAID, answered=False)
    assert standing.trusted(actions) is CALLS
    standing.note(CALLS, answered=False)
    assert standing.trusted(actions) is None
    assert standing.untried(actions) is ALIASES
    standing.note(ALIASES, answered=False)
    assert standing.untried(actions) is ACCOUNT


def test_old_answers_clear_nothing() -> None:
    """What was answered before a refusal says nothing of it."""
    standing = Standing()
    _refuse(standing, 100.0)
    standing.take_answer(99.0)
    assert standing.attempts == 1
    standing.take_answer(100.0)
    assert standing.refusal is None


def test_mixed_attempts() -> None:
    """An attempt that was refused in part is no evidence, but a reason to wait."""
    standing = Standing()
    for second in range(0, 86_400, 300):
        standing.take_refusal(REFUSED, second, second, whole=False)
        assert standing.waits(second + 50)
    assert standing.attempts == 0
    assert not standing.believed


def test_touched_for_half_an_hour() -> None:
    """A dialog that a person goes on with is left open for a while."""
    standing = Standing()
    assert not standing.is_touched(0.0)
    standing.touch(0.0)
    assert standing.is_touched(29 * MINUTE)
    assert not standing.is_touched(31 * MINUTE)
