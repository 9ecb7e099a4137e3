"""What is remembered of a call to know it again. Pure.

Parties and sessions are kept as digests only. What a home of version 0.1.0 kept stays
as it was, so that either version reads what the other wrote.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
import hashlib
import re
from typing import Any, Self

from ..sip_settings import Call, Outcome

_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - times as written, without a zone
_SECOND = timedelta(seconds=1)
# A blank or T, and behind it what servers of another kind add: the same moment.
_WRITTEN = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """What tells one call from another.

    `session` is the digest of session id and tag, as version 0.1.0 kept it; `identity`
    that of the session id alone, empty where it is not known. `started` is what the
    server wrote, or what it would have written before its zone changed. `at` is
    `started` in seconds, None where it is no time.
    """

    side: str
    party: str
    started: str
    session: str
    identity: str = ""
    duration: int | None = None
    status: int | None = None
    price: float | None = None
    at: int | None = field(default=None, compare=False)

    @property
    def when(self) -> int | str:
        """When it started: in seconds, or as written where that is no time."""
        return self.started if self.at is None else self.at

    @property
    def end(self) -> int:
        """When it ended, in seconds; only where `at` is known."""
        return (self.at or 0) + (self.duration or 0)

    def is_like(self, other: Row) -> bool:
        """Whether duration, status and price are the same, where both are known."""
        return (
            _same(self.duration, other.duration)
            and _same(self.status, other.status)
            and _same(self.price, other.price)
        )

    def cannot_be(self, seen: Row) -> bool:
        """Whether it is another call than one that had ended when it was seen.

        A call that has ended becomes no shorter and changes no status; 0 is what a
        machine tells to which its end has not come yet.
        """
        return bool(
            (self.duration and seen.duration and self.duration < seen.duration)
            or not _same(self.status, seen.status)
        )

    def moved(self, offset: int) -> Self:
        """Return the row as written in a zone that is `offset` seconds behind."""
        if not offset or self.at is None:
            return self
        at = self.at - offset
        return replace(self, started=_text(at), at=at)

    def with_news_of(self, listed: Listed) -> Row:
        """Return the row with what the server tells now and did not tell before.

        What comes and goes in the server's answers is kept, so that a row comes to
        rest.
        """
        new = listed.row
        session = self.session
        if not session or (session == listed.tagless and new.session != session):
            session = new.session or session
        return replace(
            self,
            session=session,
            identity=self.identity or new.identity,
            duration=_most(self.duration, new.duration),
            status=new.status if self.status is None else self.status,
            price=_most(self.price, new.price),
        )

    def as_0_1_0(self) -> list[Any]:
        """Return what version 0.1.0 keeps, in its order."""
        return [self.side, self.party, self.started, self.session]

    def as_beside(self) -> list[Any]:
        """Return what later versions keep beside it."""
        return [self.identity, self.duration, self.status, self.price]

    @classmethod
    def from_stored(cls, row: list[Any], beside: list[Any] | None) -> Self:
        """Return what was kept, by version 0.1.0 where there is nothing beside."""
        side, party, started, session = row
        at = _seconds(started)
        if beside is None:
            return cls(side, party, started, session, at=at)
        identity, duration, status, price, *_ = beside
        return cls(
            side,
            party,
            started,
            session,
            identity,
            duration,
            status,
            price,
            at=at,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """A call that is listed, and the row that it would be remembered by.

    `tagless` is the digest of its session with no tag, as version 0.1.0 made it.
    """

    call: Call
    row: Row
    tagless: str

    @classmethod
    def of(cls, call: Call) -> Self:
        """Return how a call is listed."""
        started = call.started_text
        row = Row(
            str(call.direction),
            digest(call.party_identity.lower()),
            started,
            digest(f"{call.session_id}|{call.from_tag}" if call.session_id else ""),
            digest(call.session_id),
            int(call.duration.total_seconds()),
            call.sip_status,
            None if call.price is None else float(call.price),
            at=_seconds(started),
        )
        tagless = digest(f"{call.session_id}|") if call.session_id else ""
        return cls(call, row, tagless)

    @property
    def ended(self) -> bool:
        """Whether the call has ended."""
        return self.call.outcome is not Outcome.IN_PROGRESS


def digest(text: str) -> str:
    """Return a digest that stands for a text in what is stored; frozen."""
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""


def _seconds(text: str) -> int | None:
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{written[1]} {written[2]}")
        return (moment - _EPOCH) // _SECOND
    except ValueError:
        return None


def _text(at: int) -> str:
    return (_EPOCH + timedelta(seconds=at)).isoformat(" ")


def _same(one: float | None, other: float | None) -> bool:
    return one is None or other is None or one == other


def _most[NumberT: (int, float)](
    one: NumberT | None, other: NumberT | None
) -> NumberT | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)
