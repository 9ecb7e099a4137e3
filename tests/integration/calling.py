"""Calls that come, and what the calendar tells of them."""

from datetime import datetime, timedelta
from typing import Any

from homeassistant.core import HomeAssistant

from demo import AccountBox
from demo.accounts import Call

from .support import ALICE, CALENDAR
from .test_usage import BEGIN


def ring(box: AccountBox, side: Any, name: str, seconds: int = 0, **more: Any) -> Call:
    """Let a call have come right now, and have lasted some seconds."""
    started = box.now().replace(microsecond=0) - timedelta(seconds=seconds)
    call = Call(side, "sip:0031208005161@example.com", started, display_name=name)
    call.duration, call.status = seconds, 200 if seconds else 487
    call.session_id = f"s{len(box.accounts[ALICE].calls)}{side}{started:%H%M%S}"
    for member, value in more.items():
        setattr(call, member, value)
    box.accounts[ALICE].calls.insert(0, call)
    return call


async def events(
    hass: HomeAssistant,
    start: datetime = BEGIN - timedelta(days=300),
    end: datetime = BEGIN + timedelta(days=300),
) -> list[dict[str, Any]]:
    """Return what the calendar tells of a span of time."""
    answer = await hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": CALENDAR, "start_date_time": start, "end_date_time": end},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    told: Any = answer[CALENDAR]
    return list(told["events"])


async def said(hass: HomeAssistant) -> list[str]:
    """Return who called, and how it ended."""
    return [event["summary"] for event in await events(hass)]
