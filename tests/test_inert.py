"""Text of strangers is made inert by one function, wherever it is put in."""

import ast
from collections.abc import Iterator
from pathlib import Path
import re

from hypothesis import given, strategies as st
import pytest

from custom_components.sip_account.wording.inert import inert, placeholders

from .hostile_text import HOSTILE, MARKUP

INTEGRATION = Path(__file__).parents[1] / "custom_components" / "sip_account"
# What Home Assistant puts into sentences, or shows beside them.
FILLED_IN = {
    "description_placeholders": "placeholders",
    "title_placeholders": "placeholders",
    "translation_placeholders": "placeholders",
    "label": "inert",
    "title": "inert",
}
ACTIVE = re.compile(r"[`<>\[\]*~]|&#?\w+;|://|(?<!\w)_|_(?!\w)|\\$|[\n\r\t]")
ERRORS = re.compile(r"(Error|Failed|NotReady)$")


@given(st.one_of(st.text(), st.text("`<[*_~&#x41;\\ a\n"), st.sampled_from(HOSTILE)))
def test_nothing_active_is_left(text: str) -> None:
    """Whatever somebody writes; and once is enough."""
    shown = inert(text)
    assert not ACTIVE.search(shown)
    assert shown == shown.strip()
    assert 0 < len(shown) <= 500
    assert shown.isprintable()
    assert inert(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        "alice@example.com",
        "first_last@example.com",
        "+31208005161",
        "CN=sip.example.com,O=Foo\\, Bar & Sons (NL)",
        "AB:CD:EF:01",
        "2026-11-30",
        "sip.example.com:8443",
        "mon tue 08:00-17:30 (nobody, family); sat 09:00-10:00 (nobody)",
        "Zoë's café – 東京",  # noqa: RUF001
        "it's 100% #1!",
    ],
)
def test_what_is_no_markup_is_left_alone(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CN=*.example.com", "CN=∗.example.com"),  # noqa: RUF001
        (MARKUP[0], "'!(x)(https: //evil.example/x.png)'"),
        ("_verified_ a_b", "‗verified‗ a_b"),
        ("<img src=x>", "‹img src=x›"),  # noqa: RUF001
        ("&#x202e;&lt;b", "& #x202e;& lt;b"),
        ("one\ntwo", "one two"),
        ("", "–"),  # noqa: RUF001
    ],
)
def test_what_is_shown_instead(text: str, shown: str) -> None:
    """It looks like what was written."""
    assert placeholders(subject=text) == {"subject": shown}


def _keywords() -> Iterator[tuple[str, ast.keyword]]:
    """Find whatever is filled in, in the code for Home Assistant."""
    for file in sorted(INTEGRATION.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            for keyword in node.keywords:
                if keyword.arg in FILLED_IN:
                    yield f"{file.name}:{keyword.value.lineno}", keyword


def test_everything_is_made_inert_where_it_is_put_in() -> None:
    """Every place calls the function itself: nobody has to look further."""
    found = list(_keywords())
    assert len(found) > 12
    for where, keyword in found:
        value = keyword.value
        assert isinstance(value, ast.Call), where
        assert isinstance(value.func, ast.Name), where
        assert value.func.id == FILLED_IN[str(keyword.arg)], where


def test_errors_are_said_in_translations() -> None:
    """No error that Home Assistant shows is a sentence of the code itself."""
    raised = 0
    for file in sorted(INTEGRATION.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            keys = {keyword.arg for keyword in node.keywords}
            if "translation_key" in keys and ERRORS.search(node.func.id):
                raised += 1
                assert node.args == [], f"{file.name}:{node.lineno}"
            elif node.func.id in {
                "ConfigEntryNotReady",
                "HomeAssistantError",
                "ServiceValidationError",
                "UpdateFailed",
            }:
                pytest.fail(f"{file.name}:{node.lineno}: no translation")
    assert raised
