"""Who it was, safe to show anywhere, and how to call back."""

from ast import literal_eval
from dataclasses import replace
from datetime import timedelta
import re

from homeassistant.core import HomeAssistant
from homeassistant.helpers.template import Template
import pytest

from custom_components.sip_account.sip_settings import Call, Direction, Outcome
from custom_components.sip_account.wording.shown import (
    attributes_of,
    is_somebody,
    plain,
)
from tests.hostile_text import HOSTILE

# What Markdown or HTML would be made of: characters, links, and how a line begins.
ACTIVE = re.compile(
    r"[^\w .,@+'?\u201c\u201d-]|(?<!\w)_|_(?!\w)|www\.|\S@|^[-+] |^[-+]*$|^\d+\.( |$)",
    re.IGNORECASE,
)


def _as_call(
    party: str | None, number: str | None = None, name: str | None = None
) -> Call:
    return Call(
        call_id="1",
        direction=Direction.INCOMING,
        outcome=Outcome.MISSED,
        party=party,
        number=number,
        name=name,
        name_source=None,
        started=None,
        duration=timedelta(),
        sip_status=487,
        price=None,
        media=(),
        started_text="",
        session_id="",
    )


def _call(
    party: str | None, number: str | None = None, name: str | None = None
) -> dict[str, object]:
    return attributes_of(_as_call(party, number, name))


@pytest.mark.parametrize(
    ("party", "number", "link"),
    [
        ("0031208005161@example.com", "+31208005161", "tel:+31208005161"),
        ("112@example.com", "112", "tel:112"),
        ("0208005161@example.com", "0208005161", "tel:0208005161"),
        ("erin@example.net", None, "sip:erin@example.net"),
        ("Erin.Smith_1+x@sub.example.net", None, "sip:Erin.Smith_1+x@sub.example.net"),
        ("00@example.com", "+", None),
        ("000@example.com", "+0", None),
        ("0000@example.com", "+00", None),
        ("12@example.com", "12", "sip:12@example.com"),
        ("anonymous@anonymous.invalid", None, None),
        ("Anonymous@example.com", None, None),
        ("unavailable@example.com", None, None),
        ("restricted@example.com", None, None),
        ("unknown@example.com", None, None),
        ("private@example.com", None, None),
        ("erin@call.invalid", None, None),
        ("erin@localhost", None, None),
        ("erin@example.net?body=x", None, None),
        ("erin;x@example.net", None, None),
        ("**61*0031@example.com", "**61*0031", None),
        ("#31#@example.com", "#31#", None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_call_back(party: str | None, number: str | None, link: str | None) -> None:
    """Only what is certainly a number or an address, of somebody."""
    assert _call(party, number)["call_back"] == link


@pytest.mark.parametrize(
    ("party", "number", "name", "shown"),
    [
        ("erin@example.net", None, "Erin", "Erin"),
        ("erin@example.net", None, None, "erin @example.net"),
        ("0031208005161@example.com", "+31208005161", None, "+31 208 005 161"),
        ("0208005161@example.com", "0208005161", None, "0 208 005 161"),
        ("x@example.com", None, "0208005161", "0 208 005 161"),
        ("x@example.com", None, "1. FC Köln", "1 FC Köln"),
        ("x@example.com", None, "Dr. O'Neill-Smith, jr", "Dr. O'Neill-Smith, jr"),
        ("x@example.com", None, "3.Etage", "3.Etage"),
        ("x@example.com", None, "- - -", "x @example.com"),
        ("bob@192.0.2.7:5062", None, None, "bob @192.0.2.7"),
        ("anonymous@anonymous.invalid", None, None, "?"),
        ("restricted@example.com", None, None, "?"),
        (None, None, None, "?"),
    ],
)
def test_shown(
    party: str | None, number: str | None, name: str | None, shown: str
) -> None:
    """The name, else the number, else the address, else that nobody knows."""
    assert _call(party, number, name)["shown"] == shown


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_markup(name: str) -> None:
    """Whatever a caller calls himself."""
    shown = str(_call("x@example.com", None, name)["shown"])
    assert shown
    assert not ACTIVE.search(shown)


@pytest.mark.parametrize(
    "name", ["+31208005161", "0031208005161", "0208005161", "1234"]
)
def test_no_template_makes_a_number_of_it(name: str) -> None:
    """Home Assistant takes the whole of a template for what it looks like."""
    with pytest.raises(SyntaxError):
        literal_eval(str(_call("x@example.com", None, name)["shown"]))


FOR_PROGRAMS = (
    "None",
    "True",
    "False",
    "+5",
    "1.5",
    "1, 2",
    "1,",
    "'a', 'b'",
    "1_000",
    "1e3",
    "...",
    "clear_notification",
    "command_screen_on",
    "request_location_update",
    "TTS",
    "tts",
)


@pytest.mark.parametrize("name", FOR_PROGRAMS)
def test_nothing_is_for_programs(hass: HomeAssistant, name: str) -> None:
    """No value that a template makes, and no command that a companion app obeys."""
    shown = str(_call("x@example.com", None, name)["shown"])
    rendered = Template("{{ shown }}", hass).async_render({"shown": shown})
    assert rendered == shown
    assert shown[0] == "\u201c" or shown == "x @example.com"


@pytest.mark.parametrize("name", ["Erin", "112", "O'Neill", "Nonesuch", "A_B C"])
def test_names_stay(name: str) -> None:
    """Names are not put into quotation marks."""
    assert _call("x@example.com", None, name)["shown"] == name


@pytest.mark.parametrize(
    ("party", "number", "name", "shown"),
    [
        ("anonymous@anonymous.invalid", None, "Anonymous", "?"),
        ("anonymous@anonymous.invalid", None, "Erin", "Erin"),
        ("anonymous@anonymous.invalid", None, None, "?"),
        ("erin@example.net", None, "Anonymous", "Anonymous"),
        ("0031208005161@example.com", "+31208005161", "unknown", "unknown"),
    ],
)
def test_who_hides_has_no_name(
    party: str, number: str | None, name: str | None, shown: str
) -> None:
    """“Anonymous” is no name, unless somebody can be called behind it."""
    assert _call(party, number, name)["shown"] == shown


@pytest.mark.parametrize(
    ("party", "somebody"),
    [
        ("erin@example.net", True),
        ("erin@example.net:5060", True),
        ("erin@example.net:1", True),
        ("erin@example.net:123456", False),
        ("erin@example.net:", False),
        ("erin@example.net:sip", False),
        ("erin", False),
        ("erin@", False),
        ("@example.net", False),
        ("e@example.net", True),
        ("e" * 63 + "@example.net", True),
        ("e" * 64 + "@example.net", False),
        (".erin@example.net", False),
        ("erin@a.net", True),
        ("erin@a-b.net", True),
        ("erin@-ab.net", False),
        ("erin@ab-.net", False),
        ("erin@example.-net", False),
        ("erin@example..net", False),
        ("erin@example.net.", False),
        ("erin@" + "l" * 63 + ".net", True),
        ("erin@" + "l" * 64 + ".net", False),
        ("erin@" + "l." * 124 + "local", True),
        ("erin@" + "l." * 124 + "locals", False),
        ("erin@invalid.net", True),
        ("erin@exampleinvalid", False),
        ("erin@example.INVALID", False),
        ("erin@call.example.invalid", False),
        ("PRIVATE@example.net", False),
        ("withheld@example.net", False),
        ("privately@example.net", True),
        ("000@example.net", False),
        ("0+0@example.net", False),
        ("001@example.net", True),
        ("100@example.net", True),
    ],
)
def test_somebody(party: str, somebody: bool) -> None:
    """Whose address is a whole one, and not that of nobody."""
    assert is_somebody(party) is somebody
    link = f"sip:{party}" if somebody else None
    assert _call(party)["call_back"] == link


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("112", True),
        ("12", False),
        ("012345678901234", True),
        ("0123456789012345", False),
        ("+123456789012345", True),
        ("+1234567890123456", False),
        ("000", False),
        ("000000", False),
        ("+000", False),
        ("+0208005161", False),
        ("0001", True),
        ("1000", True),
        ("++31208005161", False),
        ("31208005161+", False),
        ("", False),
    ],
)
def test_dialled(number: str, dialled: bool) -> None:
    """A number has three to fifteen digits, and no nought behind its plus sign."""
    link = f"tel:{number}" if dialled else "sip:erin@example.net"
    assert _call("erin@example.net", number)["call_back"] == link


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("7", "7"),
        ("12", "12"),
        ("123", "123"),
        ("1234", "1 234"),
        ("12345", "12 345"),
        ("123456", "123 456"),
        ("1234567", "1 234 567"),
        ("+123456", "+123 456"),
        ("+1234567", "+1 234 567"),
        ("+12345678", "+12 345 678"),
        ("+1", "\u201c+1\u201d"),
        ("", "?"),
        (" ", "?"),
        ("1.", "1"),
        ("1. ", "1"),
        ("12. Erin", "12 Erin"),
        ("1.a", "1.a"),
        ("1.5 m", "1.5 m"),
        ("A. Erin", "A. Erin"),
        ("A.", "A."),
        ("- Erin", "Erin"),
        ("+ - Erin", "Erin"),
        ("+31 Erin", "+31 Erin"),
        ("Erin:5060", "Erin"),
        ("Erin:506070", "Erin 506070"),
        ("a_b", "\u201ca_b\u201d"),
        ("a_b c", "a_b c"),
        ("1a_b", "1a_b"),
        ("Tts", "\u201cTts\u201d"),
        ("TTS 2", "TTS 2"),
        ("SST", "SST"),
        ("TTT", "TTT"),
        ("1-2", "1-2"),
        ("1" + " -" * 20_000 + "1", "1" + " -" * 20_000 + "1"),
    ],
)
def test_plain(words: str, shown: str) -> None:
    """Numbers in groups of three, words without marks, commands in quotation marks."""
    assert plain(words) == shown


def test_number_as_it_is_shown() -> None:
    """In the home's own way if there is one, else as it was told."""
    call = _as_call("erin@example.net", "+31208005161")
    assert attributes_of(call)["number_shown"] == "+31208005161"
    national = replace(call, number_shown="020 800 5161")
    assert attributes_of(national)["number_shown"] == "020 800 5161"
    assert attributes_of(national)["shown"] == "020 800 5161"
    assert attributes_of(national)["call_back"] == "tel:+31208005161"
