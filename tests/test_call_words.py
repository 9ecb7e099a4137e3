"""What a call was, in a sentence, with words that are given."""

import pytest

from custom_components.sip_account.sip_settings import Direction
from custom_components.sip_account.wording.call_words import CallWords, length

WORDS = CallWords(
    named={"missed": "From {caller}", "incoming_answered": "{caller} for {duration}"},
    nameless={"missed": "Missed", "incoming_answered": "Incoming"},
    running={way: f"{way} {{caller}}" for way in Direction},
    outcomes={},
    unknown="somebody",
)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (1, "1 s"),
        (59, "59 s"),
        (60, "1 min"),
        (89, "1 min"),
        (91, "2 min"),
        (119, "2 min"),
        (149, "2 min"),
        (151, "3 min"),
        (3600, "60 min"),
    ],
)
def test_length(seconds: int, said: str) -> None:
    """Seconds of what is shorter than a minute, and then the nearest minute."""
    assert length(seconds) == said
    assert WORDS.said("incoming_answered", "Erin", seconds) == f"Erin for {said}"


@pytest.mark.parametrize(
    ("who", "caller"),
    [
        ("Erin", "Erin"),
        ("112", "112"),
        ("?", "somebody"),
        ("??", "??"),
    ],
)
def test_caller(who: str, caller: str) -> None:
    """Whom nobody knows is called so."""
    assert WORDS.said("incoming_answered", who, 0) == f"{caller} for 0 s"
    assert WORDS.said("missed", who, 9) == f"From {caller}"
    for way in Direction:
        assert WORDS.said_of_running(way, who) == f"{way} {caller}"


@pytest.mark.parametrize(
    ("kind", "said"), [("missed", "Missed"), ("incoming_answered", "Incoming")]
)
def test_who_is_not_kept(kind: str, said: str) -> None:
    """There is a sentence without anybody in it."""
    assert WORDS.said(kind, None, 9) == said


def test_words_that_are_missing() -> None:
    """What has no sentence is told of with none."""
    assert WORDS.said("declined", "Erin", 0) == ""
