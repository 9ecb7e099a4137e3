"""What an event calls a call that has ended. Pure."""

from ..sip_settings import Call, Direction, Outcome
from .diary import Record


def event_type(call: Call | Record) -> str:
    """Return the type of the event of a call that has ended."""
    if call.direction is Direction.OUTGOING:
        answered = call.outcome is Outcome.ANSWERED
        return "outgoing_answered" if answered else "outgoing_unanswered"
    if call.outcome is Outcome.ANSWERED:
        return "incoming_answered"
    return "declined" if call.outcome is Outcome.DECLINED else "missed"
