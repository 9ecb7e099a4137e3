"""Who is offered to be named."""

from datetime import UTC, datetime, timedelta
from typing import Any

from custom_components.sip_account.calls.recent import recent_parties, way_to
from custom_components.sip_account.sip_settings import Call, Direction, Outcome

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)


def call(party: str | None, minutes: int | None = 0, **more: Any) -> Call:
    """Return a call that began some minutes ago."""
    told: dict[str, Any] = {
        "call_id": "c",
        "direction": Direction.INCOMING,
        "outcome": Outcome.MISSED,
        "party": party,
        "number": None,
        "name": None,
        "name_source": None,
        "started": None if minutes is None else NOW - timedelta(minutes=minutes),
        "duration": timedelta(),
        "sip_status": None,
        "price": None,
        "media": (),
        "started_text": "",
        "session_id": "s",
    }
    return Call(**(told | more))


def test_strangers_first() -> None:
    """Each with the last of its calls, whichever way that went."""
    calls = [
        call("erin@example.com", 9),
        call("0031208005161@example.com", 3, number="+31208005161"),
        call("+31208005161@example.org", 2, number="+31208005161"),
        call("doc@example.com", 1, name="Doc", name_source="phone_book"),
        call("Erin@Example.com", 5, direction=Direction.OUTGOING, name="Erin"),
        call("none@example.com", None),
    ]
    found = recent_parties(calls)
    assert [way_to(one) for one in found] == [
        "+31208005161",
        "erin@example.com",
        "none@example.com",
        "doc@example.com",
    ]
    assert found[0] is calls[2]
    assert found[1] is calls[4]


def test_who_hides() -> None:
    """Nobody can be named who is nobody."""
    hidden = ("anonymous@anonymous.invalid", "unknown@example.com", None)
    assert recent_parties([call(party) for party in hidden]) == []
    assert way_to(call(None)) == ""
