"""Whom an automation is about, and what a person may say of it."""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest
import voluptuous as vol

from custom_components.sip_account.automating.callers import (
    FROM_FIELDS,
    Callers,
    checked,
)

SCHEMA = vol.Schema(vol.All(FROM_FIELDS, checked))
MARY = {"name": "Aunt Mary", "name_source": "phone_book", "number": "+31208005161"}


def _options(**said: Any) -> dict[str, Any]:
    """Return what a person said as it comes out of a file: equal, and not the same."""
    told = {
        key: "".join(list(text)) if isinstance(text, str) else text
        for key, text in said.items()
    }
    options: dict[str, Any] = SCHEMA(told)
    return options


@pytest.mark.parametrize(
    ("caller", "is_read"),
    [
        ("1", True),
        (" 1 ", True),
        (12, True),
        ("x" * 255, True),
        ("x" * 256, False),
        ("", False),
        (" ", False),
        (None, False),
    ],
)
def test_what_a_caller_is(caller: Any, is_read: bool) -> None:
    """A caller is called by 1 to 255 characters."""
    if is_read:
        assert _options(callers=[caller])["callers"] == [str(caller).strip()]
    else:
        with pytest.raises(vol.Invalid):
            _options(callers=[caller])


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({}, True),
        ({"from": "anybody"}, True),
        ({"from": "phone_book"}, True),
        ({"from": "not_in_phone_book"}, True),
        ({"from": "these"}, False),
        ({"callers": ["1234"]}, True),
        ({"from": "anybody", "callers": ["1234"]}, True),
        ({"from": "these", "callers": ["1234"]}, True),
        ({"from": "phone_book", "callers": ["1234"]}, False),
        ({"from": "not_in_phone_book", "callers": ["1234"]}, False),
    ],
)
def test_what_fits(said: dict[str, Any], fits: bool) -> None:
    """Who names callers means these, and who means these names them."""
    if fits:
        assert _options(**said).keys() == {"from", "callers"}
    else:
        with pytest.raises(vol.Invalid) as caught:
            _options(**said)
        assert caught.value.path == ["callers"]


@pytest.mark.parametrize(
    ("source", "known"),
    [("phone_book", True), ("caller", False), ("z", False), (None, False)],
)
@pytest.mark.parametrize("number", ["+31208005161", None])
async def test_in_the_phone_book(
    hass: HomeAssistant, source: str | None, known: bool, number: str | None
) -> None:
    """Who has a name out of the phone book is in it, and nobody else is."""
    call = {"name": "Aunt Mary", "name_source": source, "number": number}
    if source:
        call["name_source"] = "".join(list(source))
    assert Callers(hass, _options(**{"from": "phone_book"})).include(call) is known
    others = Callers(hass, _options(**{"from": "not_in_phone_book"}))
    assert others.include(call) is not known
    assert Callers(hass, _options()).include(call)
    assert Callers(hass, _options(**{"from": "anybody"})).include(call)


@pytest.mark.parametrize(
    ("callers", "call", "included"),
    [
        (["aunt MARY"], MARY, True),
        (["Erin", "Aunt Mary"], MARY, True),
        (["Aunt Mary"], MARY | {"name_source": "caller"}, False),
        (["Erin"], MARY, False),
        (["0031208005161"], MARY, True),
        (["0031208005161"], MARY | {"name_source": "caller"}, True),
        (["+31208005162"], MARY, False),
        (["erin@example.net"], {"party": "Erin@example.net"}, True),
        (["erin@example.net"], {"party": "frank@example.net"}, False),
        (["erin@example.net"], {}, False),
        (["Erin", "+31208005162"], MARY | {"number": "+31208005162"}, True),
    ],
)
@pytest.mark.parametrize("more", [{}, {"from": "these"}])
async def test_these(
    hass: HomeAssistant,
    callers: list[str],
    call: dict[str, Any],
    included: bool,
    more: dict[str, str],
) -> None:
    """By a name of the phone book, or by a number or an address, however written."""
    assert Callers(hass, _options(callers=callers, **more)).include(call) is included
