"""Which of all that may have been is believed, and what is new by it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from custom_components.sip_account.calls.judgement import Past, _likely, judge
from custom_components.sip_account.calls.memory import Memory
from custom_components.sip_account.calls.readings import Reading
from custom_components.sip_account.calls.rows import Listed, Row

from .lists import MORNING, people, read, row

BOB = "sip:bob@example.net"
QUARTER, HOUR = 15 * 60, 60 * 60
ERIN, ALICE, CAROL = (f"sip:{who}@example.net" for who in ("erin", "alice", "carol"))


def _call(at: int, party: str = ERIN, **members: Any) -> dict[str, Any]:
    """Write a call so many seconds after the morning."""
    return row(MORNING + timedelta(seconds=at), party, **members)


def _listed(received: Iterable[dict[str, Any]]) -> list[Listed]:
    """Return a list in its own order."""
    return [Listed.of(call) for one in received for call in read([one])]


def _rows(received: Iterable[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(one.row for one in _listed(received))


def _past(
    name: str, people: int = 0, repeated: int = 0, *, agrees: bool = True
) -> Past:
    """Give a past in which there was one call, of that name."""
    reading = Reading(0, {}, 0, agrees=agrees, plain=True, full=True)
    return Past(Memory(), reading, {}, people, repeated, frozenset({(name, 1)}))


def test_what_cannot_be_is_not_believed() -> None:
    """Unless there is nothing else."""
    true, other, false = _past("a"), _past("b"), _past("c", 99, agrees=False)
    assert _likely([false, true, other]) == [true, other]
    none = [_past("d", agrees=False), _past("e", agrees=False)]
    assert _likely(none) == none


@pytest.mark.parametrize("most", [3, 5, 8])
def test_three_people_fewer(most: int) -> None:
    """A past that takes three people more for new is not believed."""
    pasts = [_past("a", most), _past("b", most - 2), _past("c", most - 3)]
    assert _likely(pasts) == pasts[:2]
    assert _likely(pasts[1:]) == pasts[1:]


@pytest.mark.parametrize("least", [0, 1, 2, 3])
def test_three_who_called_again_alike(least: int) -> None:
    """Nor is one in which three more called twice on the second of a quarter."""
    pasts = [_past(name, 0, least + more) for more, name in enumerate("abcd")]
    assert _likely(pasts) == pasts[:3]
    # One that is not believed anyhow is no measure.
    assert _likely([_past("e", agrees=False), *pasts[1:]]) == pasts[1:]


def test_the_likeliest_is_first() -> None:
    """It knows the most people, less those who called again alike."""
    given = [(2, 2), (4, 1), (3, 2), (4, 2), (3, 0), (2, 1)]
    pasts = [_past(str(at), *both) for at, both in enumerate(given)]
    assert _likely(pasts) == [pasts[at] for at in (1, 4, 3, 2, 5, 0)]


def test_pasts_with_the_same_calls_are_one() -> None:
    """The likeliest one of them."""
    worse, best, other = _past("a", 2), _past("a", 3), _past("b", 1)
    assert _likely([worse, best, other]) == [best, other]
    # Whatever stands between the two of them.
    first, middle, last = _past("a", 4), _past("b", 3), _past("a", 2)
    assert _likely([last, middle, first]) == [first, middle]
    twin = replace(best, pairs={0: 0})
    assert _likely([twin, best]) == [twin]


def _memories(count: int, calls: Sequence[dict[str, Any]]) -> list[Memory]:
    """Return memories that know the same calls, and a call more each."""
    own = [_call(-HOUR * at - at, f"sip:own{at}@example.net") for at in range(count)]
    return [Memory(_rows([*calls, one])) for one in own]


@pytest.mark.parametrize(
    ("count", "kept", "literal"), [(1, 1, 0), (7, 7, 0), (8, 8, 0), (9, 8, 1)]
)
def test_eight_pasts_are_kept(count: int, kept: int, literal: int) -> None:
    """Where there were more, one stands in that takes lists for what they are."""
    found = judge(_memories(count, people(2)), _listed(people(2)), "words")
    assert [past.memory.literal for past in found.pasts] == (
        [False] * kept + [True] * literal
    )
    # What it has never seen is told of, with a mark.
    assert list(found.news) == [0, 1] * literal
    assert found.doubtful == set(found.news)


@pytest.mark.parametrize(("known", "stays"), [(2, True), (3, False), (4, False)])
@pytest.mark.parametrize("count", [1, 9])
def test_the_literal_one_goes(known: int, count: int, stays: bool) -> None:
    """Three people tell the zone; what it does not know is told of all the same."""
    calls = people(known)
    literal = Memory(_rows(calls[1:]), literal=True)
    memories = [*_memories(count, calls), literal]
    found = judge(memories, _listed(calls), "words")
    # As there is one already, no other one comes.
    expected = [False] * min(count, 8) + [True] * (stays or count > 8)
    assert [past.memory.literal for past in found.pasts] == expected
    if stays or count == 1:
        assert list(found.news) == [0]
        assert found.doubtful == {0}
        assert found.alike == {0}


def test_all_pasts_must_know_three_people() -> None:
    """One past that knows fewer is not certain of the zone."""
    calls = people(3)
    forgot = Memory(_rows([_call(-HOUR), *calls[1:]]))
    knows = Memory(_rows(calls))
    literal = Memory(_rows(calls), literal=True)
    found = judge([knows, forgot, literal], _listed(calls), "words")
    assert [past.memory.literal for past in found.pasts] == [False, False, True]
    assert [past.people for past in found.pasts] == [3, 2, 3]


def test_news() -> None:
    """Has ended, and is unknown in one past at least; in another it may be known."""
    calls = [_call(0), _call(61, ALICE), _call(122, CAROL)]
    running = _call(200, "sip:dave@example.net", status=200, duration=None)
    listed = _listed([*calls, running])
    assert [one.ended for one in listed] == [True, True, True, False]
    both, one = Memory(_rows(calls[:2])), Memory(_rows([calls[0], _call(-HOUR)]))
    found = judge([both, one], listed, "words")
    assert (list(found.news), found.doubtful) == ([1, 2], {1})
    assert [dict(past.pairs) for past in found.pasts] == [{0: 0, 1: 1}, {0: 0}]
    sure = found.of(found.pasts[0])
    assert (list(sure.pasts), sure.news, sure.doubtful) == (
        [found.pasts[0]],
        [2],
        frozenset(),
    )
    assert found.pasts[0].news_of(listed[1], 1) is None
    assert found.pasts[1].news_of(listed[1], 1) == listed[1].row


def _session(at: int, number: int, **members: Any) -> dict[str, Any]:
    return _call(at, f"sip:{number}@example.net", sessionId=f"s{number}", **members)


def _zone(then: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]]) -> int:
    rows = _rows(then)
    memory = Memory(rows, frozenset(range(len(rows))))
    (past,) = judge([memory], _listed(now), "words").pasts
    return past.reading.offset


def test_sessions_tell_the_zone() -> None:
    """That which most of them tell; what was corrected, or has no time, tells none."""
    then = [_session(1000 * at, at) for at in range(4)]
    moved = [_session(1000 * at + HOUR, at) for at in range(4)]
    assert _zone(then, moved) == HOUR
    back = [_session(1000 * at - QUARTER, at) for at in range(4)]
    assert _zone(then, back) == -QUARTER
    assert _zone(then, [back[0], *moved[1:3]]) == HOUR
    assert _zone(then, [back[0], back[1], moved[2]]) == -QUARTER
    corrected = [_session(1000 * at + 5, at) for at in range(3)]
    assert _zone(then, [*corrected, moved[3]]) == HOUR
    assert _zone(then, corrected) == 0
    undated = _session(0, 0) | {"date": ""}
    assert _zone(then, [undated, *moved[1:]]) == HOUR
    assert _zone([undated, *then[1:]], moved) == HOUR
    assert _zone(then, [undated]) == 0


@pytest.mark.parametrize("literal", [False, True])
@pytest.mark.parametrize(("shorter", "zone"), [(2, 0), (3, HOUR), (5, HOUR)])
def test_the_same_words_of_other_calls(
    shorter: int, zone: int, *, literal: bool
) -> None:
    """A list known by its words is another one if three calls of it cannot be."""

    def hourly(lengths: Sequence[int]) -> list[dict[str, Any]]:
        return [
            _call(HOUR * hour, duration=length, status=200)
            for hour, length in enumerate(lengths)
        ]

    then = [10 + 10 * min(at, shorter) for at in range(6)]
    rows = _rows(hourly(then))
    memory = Memory(rows, frozenset(range(6)), (0,), (("words", 0),), literal=literal)
    # Each call stands an hour later, and so where the next one stood.
    listed = _listed(hourly([10, *then[:-1]]))
    normal = Memory(rows, frozenset(range(6)))
    memories = [normal, memory] if literal else [memory]
    past = judge(memories, listed, "words").pasts[-1]
    assert past.memory is memory
    assert past.reading.offset == (0 if literal else zone)


def test_words_that_were_listed_before() -> None:
    """They tell the zone that they were written in."""
    listed = _listed([_call(0)])
    for words, zone in (("a", HOUR), ("b", 2 * HOUR)):
        memory = Memory(lists=(("a", HOUR), ("b", 2 * HOUR)))
        (past,) = judge([memory], listed, words).pasts
        assert past.reading.offset == zone
        literal = replace(memory, literal=True)
        _, past = judge([Memory(), literal], listed, words).pasts
        assert past.memory is literal
        assert past.reading.offset == 0


def test_who_called_twice_on_a_second_of_a_quarter() -> None:
    """Parties are counted that did so twice, in all that there was; not thrice."""
    then = [
        *(_call(at * QUARTER) for at in (0, 3)),
        *(_call(at * HOUR + 5, ALICE) for at in (0, 1, 2)),
        _call(7, CAROL),
        _call(QUARTER + 8, CAROL),
    ]
    memory = Memory(_rows(then), lists=(("words", 0),))

    def repeated(*now: dict[str, Any]) -> int:
        (past,) = judge([memory], _listed(now), "words").pasts
        return past.repeated

    assert repeated(then[0]) == 1
    assert repeated(_call(9, CAROL)) == 1
    assert repeated(_call(2 * QUARTER + 7, CAROL)) == 2
    assert repeated(_call(6 * QUARTER)) == 0
    assert repeated(_call(6 * QUARTER) | {"date": ""}) == 1
    # What goes on may be one that is known.
    running = _call(2 * QUARTER + 7, CAROL, status=200, duration=None)
    assert repeated(running) == 1


NAMED = {"sessionId": "then"}


@pytest.mark.parametrize(
    ("then", "now", "alike"),
    [
        ([{}], {}, True),
        ([NAMED], {}, True),
        ([{}], {"sessionId": "now"}, True),
        ([NAMED], {"sessionId": "now"}, False),
        ([NAMED, {}], {"sessionId": "now"}, True),
        ([{}, NAMED], {"sessionId": "now"}, True),
        ([NAMED, NAMED], {"sessionId": "now"}, False),
        ([], {}, False),
    ],
)
def test_alike(then: list[dict[str, Any]], now: dict[str, Any], alike: bool) -> None:
    """Somebody called on that second of a quarter, and no sessions tell them apart."""
    seen = [_call(HOUR * at, **one) for at, one in enumerate(then)]
    memory = Memory(_rows([*seen, _call(4 * QUARTER, ALICE), _call(9)]))
    for later in (7 * HOUR, 7 * HOUR + QUARTER):
        found = judge([memory], _listed([_call(later, **now)]), "words")
        assert (list(found.news), found.alike) == ([0], {0} if alike else set())


@pytest.mark.parametrize(
    ("at", "party", "members", "alike"),
    [
        (HOUR, BOB, {}, True),
        (HOUR, BOB, {"sessionId": "s"}, False),
        (HOUR + 1, BOB, {}, False),
        (0, BOB, {}, False),
        (2 * HOUR, BOB, {}, False),
        # That one was not listed any more.
        (HOUR + 600, BOB, {}, False),
    ],
)
def test_another_party_at_the_same_moment(
    at: int, party: str, members: dict[str, Any], alike: bool
) -> None:
    """It may be the same call, where the one that was listed last is gone."""
    rows = _rows([_call(0), _call(600, ALICE), _call(700, CAROL)])
    memory = Memory(rows, frozenset({0, 2}), lists=(("words", HOUR),))
    listed = _listed([_call(at, party, **members), _call(HOUR + 700, CAROL)])
    found = judge([memory], listed, "words")
    assert (list(found.news), found.alike) == ([0], {0} if alike else set())
    # Where the other one is still listed, they are two.
    both = judge([memory], [*listed, *_listed([_call(HOUR)])], "words")
    assert (list(both.news), both.alike) == ([0], set())
