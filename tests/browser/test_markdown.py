"""Words of strangers in our sentences, as the frontend's own Markdown makes them.

Each text of each language that has a place for them is filled in and rendered; it must
come out built like the same text with one harmless word in each place.
"""

from collections.abc import Iterator
import json
import string
from typing import Any

from playwright.sync_api import expect
import pytest

from custom_components.sip_account.wording.inert import placeholders
from demo.certificates import authority
from tests.hostile_text import HOSTILE, MARKUP
from tests.test_languages import FILES, OURS, READ_AS_MARKDOWN

from .flow import Dialog
from .frontend import Frontend
from .household import CAROL, Household

_RENDER = """async texts => {
  await customElements.whenDefined("ha-markdown");
  const shape = node => [...node.children].map(child => child.localName
    + [...child.attributes].map(each => "@" + each.name).join("")
    + "(" + shape(child) + ")").join(" ");
  const made = [];
  for (const text of texts) {
    const markdown = document.createElement("ha-markdown");
    markdown.allowSvg = true;
    markdown.breaks = true;
    markdown.content = text;
    document.body.append(markdown);
    await markdown.updateComplete;
    const element = markdown.renderRoot.querySelector("ha-markdown-element");
    while (!element.renderRoot.children.length)
      await new Promise(resolve => setTimeout(resolve, 5));
    made.push([shape(element.renderRoot), element.renderRoot.textContent]);
    markdown.remove();
  }
  return made;
}"""
PLAIN = "word"


def _texts(language: str) -> Iterator[tuple[str, str]]:
    def walk(texts: dict[str, Any], at: str) -> Iterator[tuple[str, str]]:
        for key, inner in texts.items():
            if isinstance(inner, dict):
                yield from walk(inner, f"{at}{key}.")
            else:
                yield f"{at}{key}", inner

    return walk(json.loads(FILES[language].read_text()), "")


def _filled(text: str, value: str) -> str:
    """Let strangers fill in what they can, and us the rest."""
    names = _names(text)
    return text.format(
        **dict.fromkeys(names & OURS, PLAIN),
        **placeholders(**dict.fromkeys(names - OURS, value)),
    )


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _render(home: Frontend, texts: list[str]) -> list[list[str]]:
    """Let the frontend make of texts what it makes of them in a dialog."""
    made: list[list[str]] = home.page.evaluate(_RENDER, texts)
    assert len(made) == len(texts)
    return made


@pytest.fixture
def page(home: Frontend) -> Frontend:
    """Give a page that has loaded what renders Markdown."""
    home.open("/config/dashboard")
    home.page.get_by_text("Notifications", exact=True).first.click()
    home.page.locator("notification-drawer").get_by_text(
        "Notifications"
    ).first.wait_for()
    return home


def test_it_would_be_seen(page: Frontend) -> None:
    """Without care there are links, pictures and much else."""
    words = (PLAIN, *HOSTILE)
    shapes = [shape for shape, _ in _render(page, [f"a `{word}` b" for word in words])]
    shapes += [shape for shape, _ in _render(page, [f"a {word} b" for word in words])]
    assert shapes[0] == "p(code())"
    for made in ("a@href", "del", "em", "ha-alert", "ha-icon", "h1", "img", "strong"):
        assert any(made in shape for shape in shapes), (made, shapes)


@pytest.mark.parametrize("language", FILES)
def test_texts(page: Frontend, language: str) -> None:
    """In Markdown nothing is made of whatever is filled in, not even a link."""
    for where, text in _texts(language):
        if "{" not in text or not READ_AS_MARKDOWN.fullmatch(where):
            continue
        plain, *filled = _render(
            page, [_filled(text, value) for value in (PLAIN, *HOSTILE)]
        )
        for value, (shape, shown) in zip(HOSTILE, filled, strict=True):
            assert shape == plain[0], (where, value)
            if _names(text) - OURS:
                assert placeholders(it=value)["it"] in shown, (where, value)
    assert page.page.evaluate("window.hacked") is None
    assert page.foreign == []


def test_running_text(page: Frontend) -> None:
    """What is no Markdown today stays text where somebody makes Markdown of it."""
    texts = [text for _, text in _texts("en") if "{" in text]
    for text in ("{account}", "The server says {reason}, it **says**.", *texts):
        plain, *filled = _render(
            page, [_filled(text, value) for value in (PLAIN, *MARKUP)]
        )
        for value, (shape, _) in zip(MARKUP, filled, strict=True):
            assert shape == plain[0], (text, value)


@pytest.mark.parametrize("step", ["pin_certificate", "changed_certificate"])
def test_trust(home: Frontend, house: Household, step: str) -> None:
    """A server's certificate says that it was verified; the person is shown that."""
    box = house.box
    liar = authority(
        "`![x](https://evil.example)", "` **Verified** <b>https://e.example"
    )
    hostile = liar.modern_certificate("` **This was verified** &#x202e;`", key="p256")
    if step == "pin_certificate":
        box.replace_server_certificate(hostile)
    dialog = home.add_integration()
    dialog.choose("With SIP address and password")
    dialog.log_in(CAROL, box.accounts[CAROL].password, house.url(box.today_url))
    dialog.choose("Trust just this certificate")
    dialog.wait_for("Compare the fingerprint")
    if step == "changed_certificate":
        assert dialog.submit()["type"] == "create_entry"
        dialog.close("Skip and finish")
        box.replace_server_certificate(hostile)
        (entry,) = house.entries()
        house.begin_reauth(entry["entry_id"])
        dialog = home.open_reauth()
        dialog.wait_for("Compare the new fingerprint")
    _see_what_it_says(home, dialog)


def _see_what_it_says(home: Frontend, dialog: Dialog) -> None:
    said = dialog.inside.locator("ha-markdown-element")
    expect(said).to_contain_text("∗∗This was verified∗∗")  # noqa: RUF001
    expect(said).to_contain_text("'!(x)(https: //evil.example)")
    assert said.locator("img, a, b").count() == 0
    for bold in said.locator("strong").all_inner_texts():
        assert "erified" not in bold
    home.picture("hostile")
    assert home.foreign == []
