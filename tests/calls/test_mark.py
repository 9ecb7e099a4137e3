"""Up to where calls were forgotten."""

from dataclasses import replace
from datetime import timedelta
import json

from custom_components.sip_account.calls.mark import Mark
from custom_components.sip_account.sip_settings import Call, Outcome

from .test_diary import at
from .test_ledger import NOW

SECOND = timedelta(seconds=1)


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
