"""What is logged of an account's troubles: each once, and that it is over."""

import logging

from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.polling.readings import Reading
from custom_components.sip_account.sip_settings import BackendError, SipSettingsError

from .test_health import BACK_END, DOWN, REPLY, health_of


@pytest.fixture(name="told")
def _told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Give what is logged, also of what is over."""
    caplog.set_level(logging.INFO, "custom_components.sip_account")
    return caplog


def _lines(told: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged since this was asked last, each up to its reason."""
    lines = [
        one.getMessage().removesuffix(".")
        for one in told.records
        if one.name.endswith("sip_account.health")
    ]
    told.clear()
    return [line.split(". Its")[0] for line in lines]


async def test_all_is_lost(hass: HomeAssistant, told: pytest.LogCaptureFixture) -> None:
    """It is told once that nothing is reached, and once that something is again."""
    health = health_of(hass)
    for _ in range(2):
        health.log("ab", "ab", {"a": DOWN, "b": DOWN})
    assert _lines(told) == ["erin cannot be reached: down"]
    for _ in range(2):
        health.log("ab", "ab", {})
    assert _lines(told) == ["erin can be reached again"]
    health.log("ab", "", {})
    assert _lines(told) == []
    health.log("ab", "ab", {"a": DOWN, "b": DOWN})
    health.log("ab", "ab", {"a": DOWN})
    assert _lines(told) == [
        "erin cannot be reached: down",
        "erin can be reached again",
        "erin: cannot read a: down",
    ]


async def test_some_is_lost(
    hass: HomeAssistant, told: pytest.LogCaptureFixture
) -> None:
    """Each loss is told once, and what was lost together is told as back together."""
    health = health_of(hass)
    for _ in range(2):
        health.log("abc", "abc", {"b": BACK_END, "a": BACK_END})
    assert _lines(told) == ["erin: cannot read a, b: back end"]
    health.log("abc", "abc", {"a": BACK_END, "c": BACK_END})
    assert _lines(told) == ["erin: cannot read c: back end"]
    # What another group's polls read says nothing of these.
    health.log("de", "de", {})
    assert _lines(told) == []
    health.log("abc", "abc", {"c": BACK_END})
    assert _lines(told) == ["erin: can read a, b again"]
    health.log("abc", "abc", {})
    assert _lines(told) == ["erin: can read c again"]
    health.log("abc", "abc", {"a": BACK_END})
    assert _lines(told) == ["erin: cannot read a: back end"]


async def test_each_for_its_own_reason(
    hass: HomeAssistant, told: pytest.LogCaptureFixture
) -> None:
    """What is lost for two reasons is told of twice, with the reason of each."""
    health = health_of(hass)
    health.log("abcd", "abcd", {"b": BACK_END})
    assert _lines(told) == ["erin: cannot read b: back end"]
    failures = {"b": BACK_END, "d": REPLY, "c": BACK_END, "a": REPLY}
    health.log("abcde", "abcde", failures)
    assert _lines(told) == [
        f"erin: cannot read a, d: {REPLY}",
        "erin: cannot read c: back end",
    ]
    health.log("abcde", "abcde", {"b": BACK_END, "a": REPLY})
    assert _lines(told) == ["erin: can read c again"]


@pytest.mark.parametrize(
    ("first", "second", "lines"),
    [
        ({"a": BACK_END}, {"b": BackendError("later")}, 1),
        ({"a": BACK_END}, {"b": REPLY}, 2),
        ({"a": REPLY}, {"b": BACK_END}, 2),
    ],
)
async def test_two_groups_are_lost(
    hass: HomeAssistant,
    told: pytest.LogCaptureFixture,
    first: dict[str, SipSettingsError],
    second: dict[str, SipSettingsError],
    lines: int,
) -> None:
    """Where all of both is lost for one reason, it is told of as one."""
    health = health_of(hass)
    health.log("a", "a", first)
    health.log("b", "b", second)
    assert len(_lines(told)) == lines
    health.log("a", "a", {})
    assert len(_lines(told)) == lines - 1
    health.log("b", "b", {})
    assert _lines(told) == [f"erin: can read {'a, b' if lines == 1 else 'b'} again"]


@pytest.mark.parametrize(("first", "second"), [("a", "bc"), ("ac", "b"), ("ac", "bd")])
async def test_two_losses_in_part(
    hass: HomeAssistant, told: pytest.LogCaptureFixture, first: str, second: str
) -> None:
    """Where only a part of a group is lost, each is told by itself."""
    health = health_of(hass)
    health.log(first, first, {"a": BACK_END})
    health.log(second, second, {"b": BACK_END})
    assert _lines(told) == [
        "erin: cannot read a: back end",
        "erin: cannot read b: back end",
    ]


async def test_odd_items(hass: HomeAssistant, told: pytest.LogCaptureFixture) -> None:
    """What is not understood of a list is told once, and not while the list fails."""
    health = health_of(hass)
    odd = {"b": Reading(odd={"": 1}), "a": Reading(odd={"": 2}), "c": Reading()}
    failing = {"d": Reading(odd={"": 1}, failed="backend")}
    for _ in range(2):
        health.log_odd(odd | failing)
    (line,) = _lines(told)
    assert line.startswith("erin: of a, b, something")
    health.log_odd({"a": Reading(odd={"": 1}), "d": Reading(odd={"": 1})})
    (line,) = _lines(told)
    assert line.startswith("erin: of d, something")
    health.log_odd({})
    assert _lines(told) == []
