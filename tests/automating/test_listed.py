"""What actions list: in which order, how much of it, and how true it is."""

from datetime import datetime, timedelta

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.automating.listed import (
    Listed,
    async_answer,
    forget_listed,
    last_listed,
)
from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.sip_settings import CALLS, Call

from .test_repeats import NOON, call_at


def _listed(
    account: str,
    *minutes: int | None,
    as_of: datetime | None = NOON,
    stale: bool = False,
) -> Listed[Call]:
    calls = tuple(call_at(minute, account) for minute in minutes)
    return Listed(account, calls, as_of, stale)


async def _minutes(
    hass: HomeAssistant, listed: list[Listed[Call]], limit: int | None = None
) -> list[tuple[str, int | None]]:
    """Return whose calls are told, and of which minutes."""
    found, _ = await async_answer(hass, listed, lambda _call: True, "started", limit)
    return [
        (
            one["account"],
            one["started"]
            and (datetime.fromisoformat(one["started"]) - NOON) // timedelta(minutes=1),
        )
        for one in found
    ]


async def test_order(hass: HomeAssistant) -> None:
    """One account's order stays; of several the newest comes first, no time last."""
    first = _listed("a", 2, None, 7, 3)
    assert await _minutes(hass, [first]) == [
        ("a", 2),
        ("a", None),
        ("a", 7),
        ("a", 3),
    ]
    second = _listed("b", 5, 3, None, 9)
    assert await _minutes(hass, [first, second]) == [
        ("b", 9),
        ("a", 7),
        ("b", 5),
        ("a", 3),
        ("b", 3),
        ("a", 2),
        ("a", None),
        ("b", None),
    ]
    third = _listed("c", 8)
    assert (await _minutes(hass, [first, second, third]))[:2] == [("b", 9), ("c", 8)]


@pytest.mark.parametrize("minutes", [3, 199, 200, 201, 500])
async def test_limit(hass: HomeAssistant, minutes: int) -> None:
    """As many as are wanted are told, the first ones, however long the list is."""
    listed = [_listed("a", *range(minutes))]
    for limit in (1, 2):
        assert await _minutes(hass, listed, limit) == [("a", 0), ("a", 1)][:limit]
    assert len(await _minutes(hass, listed)) == minutes


async def test_which(hass: HomeAssistant) -> None:
    """Only what is wanted is told, with all that is known of it, and counts."""
    found, _ = await async_answer(
        hass,
        [_listed("a", 1, 2, 3, 4)],
        lambda call: call.started != NOON + timedelta(minutes=2),
        "started",
        2,
    )
    assert [one["call_id"] for one in found] == ["a 1", "a 3"]
    assert {one["account"] for one in found} == {"a"}


async def test_how_true_it_is(hass: HomeAssistant) -> None:
    """As old as the oldest list, and stale where one of them is."""
    await hass.config.async_set_time_zone("Europe/Amsterdam")
    old, new = NOON - timedelta(hours=1), NOON

    async def told(*listed: Listed[Call]) -> tuple[str | None, bool]:
        _, truth = await async_answer(
            hass, list(listed), lambda _call: True, "started", None
        )
        return truth["as_of"], truth["stale"]

    assert await told() == (None, False)
    assert await told(_listed("a", as_of=None)) == (None, False)
    at_eleven = "2026-11-26T12:00:00+01:00"
    both = _listed("a", as_of=new), _listed("b", as_of=old)
    assert await told(*both) == (at_eleven, False)
    more = _listed("c", as_of=None, stale=True)
    assert await told(*both, more) == (at_eleven, True)
    assert await told(more, *both) == (at_eleven, True)


async def test_nothing_was_listed(hass: HomeAssistant) -> None:
    """Of several accounts that never listed anything the first one is named."""
    assert last_listed(hass, [], CALLS) == []
    entries = [MockConfigEntry(domain=DOMAIN, title=title) for title in ("b", "a")]
    with pytest.raises(HomeAssistantError) as caught:
        last_listed(hass, entries, CALLS)
    assert caught.value.translation_placeholders == {"account": "b"}
    # What was never kept may be forgotten.
    forget_listed(hass, entries[0].entry_id)
