"""Every language says everything that English says, by Home Assistant's own rules."""

import json
from pathlib import Path
import re
import string
import tomllib
import unicodedata

import pytest

from .test_terms import card_texts
from .translated import flat

INTEGRATION = Path(__file__).parents[1] / "custom_components" / "sip_account"
FILES = {
    file.stem: file for file in sorted((INTEGRATION / "translations").glob("*.json"))
}
OTHERS = sorted(FILES.keys() - {"en"})

# Words that are the same in that language; any other that is was forgotten.
SAME_AS_ENGLISH: dict[str, set[str]] = {
    language: set(tomllib.loads(file.read_text())["same_as_english"])
    for language in OTHERS
    if (file := Path(__file__).parent / "terms" / f"{language}.toml").exists()
}
LANGUAGES = {
    *("cs", "da", "de", "en", "es", "fr", "it", "nb", "nl", "pl", "pt", "pt-BR"),
    *("ro", "sv", "zh-Hans"),
}

# The rules of hassfest, and what the frontend would misread.
FORBIDDEN = {
    # The frontend makes a link of it, also of a made-up one.
    "an address": re.compile(r"[a-z0-9]+://|www\.|@[\w-]+\.\w", re.IGNORECASE),
    "markup": re.compile(r"<[^>]+>"),
    "a placeholder in quotes": re.compile(r"'\{\w+\}'"),
    "a reference that is not alone": re.compile(r".\[%|%\]."),
    "blanks at an end": re.compile(r"^\s|\s$"),
    # The frontend formats by ICU, where this apostrophe quotes what follows.
    "an apostrophe at a brace": re.compile(r"'[{}]"),
    "a line break at a colon": re.compile(r" [:;?!»]|« "),
}
# What a person types or chooses, whatever the language.
LITERALS = re.compile(
    r"voicemail, mobile_number|tel:|[a-z]*[._][a-z]\w+|https|\+?\d{5,}|(?<=\+)\d{5,}"
)
MARKDOWN = re.compile(r"\*\*|`|\n")
# What the frontend reads as Markdown; all else it shows as it is.
READ_AS_MARKDOWN = re.compile(
    r"(config|options)\.(step\.\w+\.(description|data_description\.\w+)|abort\.\w+)"
    r"|issues\.\w+\.(fix_flow\.)?(step\.\w+\.)?(description|abort\.\w+)"
)
# What we say ourselves: numbers, dates and names of algorithms.
OURS = {"contacts", "expires", "found", "odd", "key_bits", "not_before", "old_expires"}
OURS |= {"signature_algorithm", "too_many", "without_name", "without_number"}
OURS |= {"matching", "shown", "strangers"}
# A phone shows one line of these, and cuts what is longer.
ONE_LINE = {
    re.compile(r".+\.menu_options\.\w+"): 40,
    re.compile(r"(config|options|issues\.\w+\.fix_flow)\.step\.\w+\.title"): 44,
}
# The button "Submit" of Home Assistant's dialogs (its config_flow.submit).
BUTTON = {
    "cs": r"\b[Oo]de(sl|šl)",
    "da": r"\b[Ii]ndsend",
    "de": r"\bOK\b",
    "es": r"\bEnviar\b",
    "fr": r"\b[Vv]alide",
    "it": r"\bInvia\b",
    "nb": r"\b[Ss]end(er)? inn\b",
    "nl": r"\bVerzend\b",
    "pl": r"\b[Zz]atwierdz|\b[Zz]atwierdź",
    "pt": r"\bEnviar\b",
    "pt-BR": r"\bEnviar\b",
    "ro": r"\bTrimite\b",
    "sv": r"\b[Bb]ekräfta",
    "zh-Hans": "提交",
}
COUNT = re.compile(
    r"\{(?:contacts|count|found|matching|odd|shown|strangers|too_many"
    r"|without_name|without_number)\}"
)
# The marks of the Chinese are wide ones; French has a blank that does not break.
COLONS = (":", "\uff1a")
AFTER_A_COUNT = {*".;),\u00a0", *"\u3002\uff1b\uff09\uff0c"}
CODE_SPAN = re.compile(r"`\{\w+\}`")


def _texts_of(language: str) -> dict[str, str]:
    return dict(flat(json.loads(FILES[language].read_text())))


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _broken_rules(text: str) -> list[str]:
    broken = [rule for rule, pattern in FORBIDDEN.items() if pattern.search(text)]
    try:
        names = _placeholders(text)
    except ValueError:
        return [*broken, "a lonely brace"]
    if not all(name.isidentifier() for name in names):
        broken.append("a placeholder without a proper name")
    return broken


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("See https://example.com", "an address"),
        ("See WWW.example.com", "an address"),
        ("As alice@example.com", "an address"),
        ("A <b>bold</b> word", "markup"),
        ("The file '{name}'", "a placeholder in quotes"),
        ("Add [%key:common::a%]", "a reference that is not alone"),
        (" before", "blanks at an end"),
        ("after\n", "blanks at an end"),
        ("le mot d'{account}", "an apostrophe at a brace"),
        ("Pourquoi ?", "a line break at a colon"),
        ("{0} calls", "a placeholder without a proper name"),
        ("{two words}", "a placeholder without a proper name"),
        ("a } brace", "a lonely brace"),
    ],
)
def test_rules(text: str, rule: str) -> None:
    """Each rule finds what it is against."""
    assert rule in _broken_rules(text)


def test_languages() -> None:
    """These are the languages that people are promised."""
    assert FILES.keys() == LANGUAGES


@pytest.mark.parametrize("language", FILES)
def test_texts_keep_the_rules(language: str) -> None:
    """No address, no markup, only proper placeholders; something is said."""
    for where, text in (_texts_of(language) | card_texts(language)).items():
        assert text, where
        assert _broken_rules(text) == [], where


def _titles_of_menus(language: str) -> dict[str, str]:
    content = json.loads(FILES[language].read_text())
    return {
        step: texts["title"]
        for flow in ("config", "options")
        for step, texts in content[flow]["step"].items()
        if "menu_options" in texts
    }


@pytest.mark.parametrize("language", FILES)
def test_titles_of_menus(language: str) -> None:
    """The frontend fills in nothing there, and shows an error of its own instead."""
    titles = _titles_of_menus(language)
    assert {"user", "reauth_confirm", "reconfigure", "init"} <= titles.keys()
    for step, title in titles.items():
        assert title, step
        assert _placeholders(title) == set(), step


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide


@pytest.mark.parametrize("language", FILES)
def test_one_line_is_enough(language: str) -> None:
    """What stands on one line of a phone is not cut in the middle of its sense."""
    texts = _texts_of(language)
    for kind, most in ONE_LINE.items():
        lines = {
            where: re.sub(r"\{\w+\}", "", text)
            for where, text in texts.items()
            if kind.fullmatch(where)
        }
        assert lines
        assert {at: line for at, line in lines.items() if _width(line) > most} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_button_is_called_as_it_is(language: str) -> None:
    """Where English says to submit, the word of Home Assistant's button stands."""
    texts = _texts_of(language)
    told = [
        at for at, text in _texts_of("en").items() if re.search("submit|Submit", text)
    ]
    assert told
    for where in told:
        assert re.search(BUTTON[language], texts[where]), (where, texts[where])


@pytest.mark.parametrize("language", FILES)
def test_words_of_strangers(language: str) -> None:
    """In Markdown they stand in a code span, where no address becomes a link."""
    filled = 0
    for where, text in _texts_of(language).items():
        if READ_AS_MARKDOWN.fullmatch(where):
            outside = CODE_SPAN.sub("", text)
            assert "`" not in outside, where
            assert _placeholders(outside) <= OURS, where
            filled += len(_placeholders(text) - OURS)
        else:
            assert not MARKDOWN.search(text), where
    assert filled


@pytest.mark.parametrize("language", FILES)
def test_counts_need_no_plural(language: str) -> None:
    """Home Assistant's texts have no plural forms: a count stands behind its noun."""
    counted = 0
    for where, text in _texts_of(language).items():
        for count in COUNT.finditer(text):
            counted += 1
            assert text[: count.start()].rstrip().endswith(COLONS), where
            assert text[count.end() :][:1] in AFTER_A_COUNT, where
    assert counted


@pytest.mark.parametrize("language", FILES)
def test_no_unit_needs_a_plural(language: str) -> None:
    """“1 calls” is in no language: a count has no unit."""
    units = [at for at in _texts_of(language) if at.endswith("unit_of_measurement")]
    assert units == []


@pytest.mark.parametrize("language", FILES)
def test_files_look_alike(language: str) -> None:
    """One format, so that only words differ from one language to the next."""
    written = FILES[language].read_text()
    content = json.loads(written)
    assert written == json.dumps(content, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("language", OTHERS)
def test_language_is_complete(language: str) -> None:
    """The keys of English, in their order; in each text what English fills in."""
    english, texts = _texts_of("en"), _texts_of(language)
    assert list(texts) == list(english)
    for where, text in english.items():
        assert _placeholders(texts[where]) == _placeholders(text), where
        assert MARKDOWN.findall(texts[where]) == MARKDOWN.findall(text), where
        literals = set(LITERALS.findall(text))
        assert set(LITERALS.findall(texts[where])) == literals, where


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    """Only the words that are listed are as in English, and all of them are."""
    english = _texts_of("en")
    same = {
        text for where, text in _texts_of(language).items() if text == english[where]
    }
    assert same == SAME_AS_ENGLISH[language]


@pytest.mark.parametrize("language", FILES)
def test_names_differ(language: str) -> None:
    """No two entities of a platform have one name, in no language."""
    content = json.loads(FILES[language].read_text())
    for entities in content["entity"].values():
        names = [entity["name"] for entity in entities.values()]
        assert len(names) == len(set(names))


def test_icons() -> None:
    """Every icon is one that Home Assistant hosts."""
    for where, icon in flat(json.loads((INTEGRATION / "icons.json").read_text())):
        assert re.fullmatch(r"mdi:[a-z0-9-]+", icon), where
