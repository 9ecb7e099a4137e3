"""The call lists of every dialect as one list of calls (wire contract §2.3, §2.4)."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
import hashlib

from . import members
from .call_identity import identity_of_party, written_party
from .context import Context
from .errors import ReplyError
from .json_text import JsonValue
from .members import JsonObject
from .models import Call, Direction, Outcome
from .numbers import phone_number

_SIDES = {"placed": Direction.OUTGOING, "received": Direction.INCOMING}
_SCHEMES = frozenset({"sip", "sips"})
_OLDEST = datetime.min.replace(tzinfo=UTC)

_OK = 200
_CANCELLED = 487
_BUSY = frozenset({486, 600})
_DECLINED = 603
# Clocks go back by an hour at most, around midnight or in the small hours of a Friday,
# Saturday or Sunday, in autumn (which is March and April in the south).
_SUMMER_TIME = timedelta(hours=1)
_WEEKEND = frozenset({4, 5, 6})
_HOURS = frozenset({23, 0, 1, 2, 3})
_MONTHS = frozenset({3, 4, 9, 10, 11})
# Names of media, and characters of one.
_MEDIA = 8
_MEDIA_NAME = 32
_TOLD_APART_BY = ("startTime", "date", "duration", "status")


def zone_names(value: JsonValue) -> frozenset[str]:
    """Return the names of the time zones that the items give."""
    names = members.each(
        _items(value),
        "calls",
        Counter(),
        lambda it: members.text(members.an_object(it[1], "calls"), "timezone"),
    )
    return frozenset(filter(None, names))


def read_calls(value: JsonValue, context: Context) -> tuple[Call, ...] | None:
    """Read both sides into one list, newest first; None where there is no call.

    Items that are not understood are counted under their direction: that side is then
    not whole.
    """
    seen: Counter[str] = Counter()
    # Rows that are alike are numbered, and answers come in any order.
    items = sorted(_items(value), key=_in_any_answer)

    def read(of_side: tuple[str, JsonValue]) -> Call:
        side, item = of_side
        direction = _SIDES[side]
        return _read_call(direction, members.an_object(item, side), context, seen)

    calls: list[Call] = []
    for item in items:
        calls += members.each([item], _SIDES[item[0]].value, context.odd, read)
    calls.sort(key=lambda call: call.started_text, reverse=True)
    # Across a step times may be in other zones, and those before it come first.
    calls.sort(
        key=lambda call: (
            context.step(call.started_text),
            call.started or _OLDEST,
        ),
        reverse=True,
    )
    return tuple(calls) or None


def _items(value: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    if members.is_nothing(value):
        return
    lists = members.an_object(value, "calls")
    if not lists.keys() & _SIDES.keys():
        msg = "The server's answer holds no call lists"
        raise ReplyError(msg)
    for side in _SIDES:
        for item in members.a_list(
            members.filled(lists, side), side, members.CALLS_LIMIT
        ):
            yield side, item


def _in_any_answer(side_and_item: tuple[str, JsonValue]) -> tuple[str, ...]:
    item = side_and_item[1]
    if not isinstance(item, dict):
        return ("",) * len(_TOLD_APART_BY)
    return tuple(_plainly(item.get(name)) for name in _TOLD_APART_BY)


def _plainly(value: JsonValue) -> str:
    """Return a text for what is none of the deep values that strangers may nest."""
    return "" if isinstance(value, (list, dict)) else str(value)


def _read_call(
    direction: Direction, item: JsonObject, context: Context, seen: Counter[str]
) -> Call:
    other = next((n for n in ("remoteParty", "to", "from") if n in item), "remoteParty")
    party = bare_address(members.text(item, other))
    party_identity = identity_of_party(written_party(item, other))
    began = "startTime" if "startTime" in item else "date"
    started_text = members.text(item, began)
    duration = members.seconds(item, "duration") or timedelta()
    status = members.integer(item, "status")
    session_id = members.name_of(item, "sessionId")
    name = members.text(item, "displayName")
    from_tag = members.name_of(item, "fromTag")
    zone = context.zone_of_call(members.text(item, "timezone"), started_text)
    started = members.moment(item, began, zone)
    price = members.number(item, "price")
    media = _media(item)
    outcome = _outcome(direction, item, duration, status)
    # As version 0.1.0 made it: automations may have kept it. Tags may come and go, so
    # whether a call is known is not asked of this (calls.py).
    key = "|".join(
        (direction, session_id, from_tag)
        if session_id
        else (direction, party_identity, started_text)
    )
    # Only now: an item that is not understood must not move the number of another.
    seen[key] += 1
    return Call(
        call_id=hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:16],
        direction=direction,
        outcome=outcome,
        party=party or None,
        number=phone_number(party),
        name=name or None,
        name_source="caller" if name else None,
        started=started,
        duration=duration,
        sip_status=status,
        price=price,
        media=media,
        started_text=started_text,
        session_id=session_id,
        from_tag=from_tag,
        party_identity=party_identity,
    )


def _media(item: JsonObject) -> tuple[str, ...]:
    """Return the media: a list since 2012-06-12, one name before."""
    if isinstance(members.filled(item, "media"), str):
        named = tuple(filter(None, [members.text(item, "media")]))
    else:
        named = members.texts(item, "media")
    return tuple(name[:_MEDIA_NAME] for name in named[:_MEDIA])


def _outcome(
    direction: Direction, item: JsonObject, duration: timedelta, status: int | None
) -> Outcome:
    """Tell how a call ended (wire contract §2.4, "Missed call" and "Legacy trap")."""
    if "stopTime" in item:
        stop = members.text(item, "stopTime")
        started = members.text(item, "startTime")
        # Both are written in one zone and one form (June 2013: the stop of a call that
        # goes on is empty, false, never, or before its start). One that has lasted and
        # ends before its start went through the end of summer time, and so one that
        # rang then.
        lasted = bool(duration)
        goes_on = stop < started and not _went_back(started, stop, lasted=lasted)
        if goes_on or not members.has_moment(item, "stopTime"):
            return Outcome.IN_PROGRESS
    elif not duration and status in {None, _OK}:
        return Outcome.IN_PROGRESS
    if duration:
        return Outcome.ANSWERED
    if status in _BUSY:
        return Outcome.BUSY
    if status == _DECLINED:
        return Outcome.DECLINED
    if direction is Direction.INCOMING:
        return Outcome.MISSED
    return Outcome.CANCELLED if status == _CANCELLED else Outcome.FAILED


def _went_back(started: str, stop: str, *, lasted: bool) -> bool:
    """Whether a call that stops before its start went on as clocks went back.

    By an hour at most; and one that has not lasted, in the small hours of a weekend,
    wherever the server stands: which zone it writes in is not known for certain.
    """
    try:
        begun, over = datetime.fromisoformat(started), datetime.fromisoformat(stop)
        back = begun - over
    except TypeError, ValueError:
        return lasted
    if lasted or back > _SUMMER_TIME:
        return back <= _SUMMER_TIME
    return (
        begun.weekday() in _WEEKEND and begun.hour in _HOURS and begun.month in _MONTHS
    )


def bare_address(uri: str) -> str:
    """Return `user@domain` of a SIP URI, without scheme, brackets and parameters."""
    bare = uri.rpartition("<")[2].partition(">")[0].strip()
    scheme, _, rest = bare.partition(":")
    return (rest if scheme.lower() in _SCHEMES else bare).partition(";")[0]
