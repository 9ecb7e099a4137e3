"""Up to where calls were forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json

from custom_components.sip_account.calls.mark import Mark
from custom_components.sip_account.sip_settings import Call, Outcome

from .test_diary import at
from .test_ledger import NOW

SECOND = timedelta(seconds=1)
NAMES = frozenset({"c", "a", "b"})


def after(*listed: Call) -> Mark:
    """Return the mark behind some calls, as it is kept."""
    mark = Mark.after(listed, Mark(), NOW)
    return Mark.from_stored(json.loads(json.dumps(mark.as_stored())))


def test_no_mark() -> None:
    """Nothing is before it."""
    for mark in (Mark(), Mark.from_stored(None), after()):
        assert not mark.hides(at(-9))
        assert mark.without([at(0)]) == (at(0),)


def test_what_was_listed() -> None:
    """It is before the mark, whatever else there is; what comes then is not."""
    mark = after(at(0, duration=9 * SECOND), at(9))
    assert mark.without([at(9), at(0, duration=9 * SECOND), at(8)]) == ()
    twin = replace(at(9), call_id="twin")
    assert mark.without([twin, at(10)]) == (twin, at(10))


def test_calls_that_go_on() -> None:
    """They are shown, and are news when they are over."""
    running = at(0, outcome=Outcome.IN_PROGRESS)
    mark = after(running, at(5))
    assert mark.without([running]) == (running,)
    assert not mark.hides(at(0, duration=9 * SECOND))


def test_calls_without_a_time() -> None:
    """The server's words tell which came before."""

    def undated(text: str) -> Call:
        return replace(at(0), started=None, started_text=text, call_id=text)

    mark = after(undated("2026-11-26 10:00:00"), undated("2026-11-26 09:00:00"))
    assert mark.hides(undated("2026-11-26 10:00:00"))
    assert mark.hides(undated("2026-11-26 09:30:00"))
    assert not mark.hides(undated("2026-11-26 10:00:01"))


def test_marks_follow_each_other() -> None:
    """A later one is behind all that an earlier one was; without a list it is now."""
    first = after(at(5))
    assert Mark.after([], first, NOW).hides(at(5))
    assert Mark.after([at(1)], first, NOW).hides(at(4))
    unread = Mark.after(None, first, NOW + 9 * SECOND)
    assert unread.hides(at(8))
    assert not unread.hides(at(9))


def undated(text: str, call_id: str = "") -> Call:
    """Return a call of which only the server's words tell when it was."""
    return replace(at(0), started=None, started_text=text, call_id=call_id or text)


def test_up_to_what_was_written() -> None:
    """One in the same words is another call if nothing else says so."""
    mark = after(undated("b", "1"), undated("a", "2"))
    assert mark.hides(undated("a", "3"))
    assert not mark.hides(undated("b", "4"))
    assert not mark.hides(undated("c", "5"))
    assert mark.hides(undated("c", "1"))


def test_nothing_new_was_listed() -> None:
    """What was forgotten before stays so, whatever is listed since, or not."""
    first = after(at(5), undated("b", "1"))
    for listed in ([], None, [at(9, outcome=Outcome.IN_PROGRESS)]):
        mark = Mark.after(listed, first, NOW + 7 * SECOND)
        assert mark.hides(at(5))
        assert mark.hides(undated("z", "1"))
        assert mark.hides(undated("a", "2"))
        assert not mark.hides(undated("b", "2"))
        assert mark.hides(replace(at(6), call_id="3")) is (listed is None)
    later = Mark.after([at(6)], first, NOW)
    assert not later.hides(replace(at(7), call_id="c5"))
    assert later.hides(replace(at(7), call_id="c6"))


def test_where_time_ends() -> None:
    """A call that ends after all time is hidden by what was written."""
    endless = replace(at(0), started=datetime.max.replace(tzinfo=UTC), call_id="9")
    one = replace(endless, duration=9 * SECOND, started_text="9999-12-31")
    assert not after(at(5)).hides(one)
    assert after(replace(one, call_id="8", started_text="9999-12-32")).hides(one)
    assert after(one).hides(one)
    assert after(one).time is None


def test_a_mark_of_its_end() -> None:
    """A call is as late as its end is; one that ends at the same time is not before."""
    mark = after(at(0, duration=9 * SECOND))
    assert mark.time == NOW + 9 * SECOND
    for start, lasted, hidden in ((1, 7, True), (1, 8, False), (8, 0, True)):
        call = replace(at(start, duration=lasted * SECOND), call_id="other")
        assert mark.hides(call) is hidden


def test_a_mark_is_kept() -> None:
    """As it was, with a time or without."""
    for mark in (Mark(), Mark(NOW, "b", frozenset({"2", "1"})), Mark(None, "", NAMES)):
        stored = json.loads(json.dumps(mark.as_stored()))
        assert Mark.from_stored(stored) == mark
        assert stored["ids"] == sorted(mark.ids)
