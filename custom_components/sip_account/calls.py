"""Which calls are new. Pure: no I/O, no clock, nothing of Home Assistant.

The server tells lists, never events. A call is recognized by its session id and tag
where the server gives them, else by direction, party and the start as the server wrote
it, with multiplicity: two equal rows are two calls. A call counts once it has ended.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
import hashlib
from typing import Any, Self

from .sip_settings import Call, Outcome

# Several times what any server lists on one side (wire contract §2.3, §2.4).
_KEPT_ON_A_SIDE = 400
_TIME_FORMAT = "%Y-%m-%d %H:%M:%S"
# Zones differ by quarters of an hour, and by no more than this.
_QUARTER = timedelta(minutes=15)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_WIDEST_SHIFT = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class _Row:
    """What tells one call from another; parties and sessions as digests only."""

    side: str
    party: str
    started: str
    session: str

    @property
    def place(self) -> tuple[str, str, str]:
        """What identifies a call on servers that give no session id."""
        return (self.side, self.party, self.started)


@dataclass(slots=True)
class CallLog:
    """The calls that were seen, from the least to the most recently listed.

    `changed` tells that there is something to keep which was not kept yet.
    """

    _rows: list[_Row] = field(default_factory=list)
    _begun: bool = False
    changed: bool = False

    @classmethod
    def from_stored(cls, stored: dict[str, Any] | None) -> Self:
        """Go on from what `as_stored` returned; None begins anew."""
        if stored is None:
            return cls()
        return cls([_Row(*row) for row in stored["rows"]], _begun=True)

    def as_stored(self) -> dict[str, Any]:
        """Return what must be kept, in the shapes of JSON."""
        rows = [[row.side, row.party, row.started, row.session] for row in self._rows]
        return {"rows": rows}

    def look(self, calls: Iterable[Call]) -> list[Call]:
        """Return the calls that have ended and were not seen, the oldest first.

        They stay new until `see` is called for them. At the first look every call
        that has ended is old.
        """
        # What has ended comes first, lest a running call take the row of an equal one.
        listed = [(call, _row_of(call)) for call in sorted(calls, key=_is_running)]
        self._follow_shift([row for _, row in listed])
        unseen = self._match(listed)
        ended = [call for call in unseen if not _is_running(call)]
        if not self._begun:
            self._begun = self.changed = True
            for call in ended:
                self.see(call)
            return []
        return sorted(ended, key=_began)

    def see(self, call: Call) -> None:
        """Take a call for seen: whoever had to know of it does."""
        self.changed = True
        self._rows.append(_row_of(call))
        on_side = [row for row in self._rows if row.side == call.direction]
        for row in on_side[:-_KEPT_ON_A_SIDE]:
            self._rows.remove(row)

    def _match(self, listed: Sequence[tuple[Call, _Row]]) -> list[Call]:
        """Return the calls that match no row seen, and note which rows were listed."""
        by_session: dict[tuple[str, str], list[_Row]] = defaultdict(list)
        by_place: dict[tuple[str, str, str], list[_Row]] = defaultdict(list)
        for row in self._rows:
            if row.session:
                by_session[row.side, row.session].append(row)
            by_place[row.place].append(row)
        used: list[tuple[_Row, _Row]] = []
        taken: Counter[_Row] = Counter()
        left = Counter(self._rows)

        def take(candidates: list[_Row], row: _Row) -> bool:
            for known in candidates:
                if taken[known] < left[known]:
                    taken[known] += 1
                    used.append((known, row))
                    return True
            return False

        unmatched = []
        for call, row in listed:
            if not (row.session and take(by_session[row.side, row.session], row)):
                unmatched.append((call, row))
        unseen = []
        for call, row in unmatched:
            # A server that begins or ceases to give session ids tells of old calls.
            candidates = [
                known
                for known in by_place[row.place]
                if not (known.session and row.session)
            ]
            if not take(candidates, row):
                unseen.append(call)
        self._touch(used)
        return unseen

    def _touch(self, used: Sequence[tuple[_Row, _Row]]) -> None:
        """Move the rows that were listed to the end, with what was learned of them."""
        for known, row in used:
            self._rows.remove(known)
            now = replace(row, session=row.session or known.session)
            self._rows.append(now)
            self.changed |= now != known

    def _follow_shift(self, rows: Sequence[_Row]) -> None:
        """Move the times seen where the server now writes all of them otherwise.

        A server whose zone was changed shifts its whole list by one offset.
        """
        listed = [row for row in rows if not row.session]
        known = Counter(row.place for row in self._rows)
        here = Counter(row.place for row in listed)
        unshifted = (here & known).total()
        if not known or unshifted * 2 > len(listed):
            return
        offset, matched = self._best_offset(listed, known)
        if offset and matched > 2 * unshifted:
            self.changed = True
            self._rows = [
                replace(row, started=_moved(row, offset)) for row in self._rows
            ]

    @staticmethod
    def _best_offset(
        listed: Sequence[_Row], known: Counter[tuple[str, str, str]]
    ) -> tuple[timedelta, int]:
        """Return the shift under which most of the list is known, and how much."""
        times: dict[tuple[str, str], set[datetime]] = defaultdict(set)
        for side, party, started in known:
            if moment := _moment(started):
                times[side, party].add(moment)
        offsets = {
            moment - then
            for row in listed
            if (moment := _moment(row.started))
            for then in times[row.side, row.party]
        }
        best = (timedelta(), 0)
        for offset in sorted(offsets, key=abs):
            if offset % _QUARTER or abs(offset) > _WIDEST_SHIFT:
                continue
            back = Counter((r.side, r.party, _moved(r, -offset)) for r in listed)
            matched = (back & known).total()
            if matched > best[1]:
                best = (offset, matched)
        return best


def _is_running(call: Call) -> bool:
    return call.outcome is Outcome.IN_PROGRESS


def _began(call: Call) -> tuple[datetime, str]:
    return (call.started or _LONG_AGO, call.started_text)


def _row_of(call: Call) -> _Row:
    session = f"{call.session_id}|{call.from_tag}" if call.session_id else ""
    party = (call.party or "").lower()
    return _Row(call.direction, _digest(party), call.started_text, _digest(session))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _TIME_FORMAT)  # noqa: DTZ007 - as written
    except ValueError:
        return None


def _moved(row: _Row, offset: timedelta) -> str:
    moment = _moment(row.started)
    return (moment + offset).strftime(_TIME_FORMAT) if moment else row.started
