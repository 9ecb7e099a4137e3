"""Text that strangers control, made safe: how much of it is kept, and what is not."""

import pytest

from custom_components.sip_account.sip_settings.text import clean, clean_message


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("  a  b\t", "a b"),
        ("abcde", "abcde"),
        ("abcdef", "abcde"),
        ("abcd ef", "abcd"),
        ("abc\u00e9e", "abc\u00e9e"),
        ("a\x00b", "a b"),
        ("a\r\nb", "a b"),
        ("a\u2028b\u2029c", "a b c"),
        ("\u200ba\u202eb", "ab"),
        ("a\ue000b", "ab"),
        ("a\ud800b", "ab"),
        ("a\u0378b", "ab"),
        ("\u200babcdef", "abcde"),
        ("abcd\x00ef", "abcd"),
        ("a\u0301\x00", "a\u0301"),
    ],
    ids=ascii,
)
def test_five_characters(text: str, kept: str) -> None:
    """Five are kept of five, on one line, without what cannot be seen."""
    assert clean(text, 5) == kept


@pytest.mark.parametrize(("before", "kept"), [(39, "a"), (40, "")])
def test_how_far_is_looked(before: int, kept: str) -> None:
    """Behind eight times as many characters as are kept nothing is looked at."""
    assert clean("\u200b" * before + "a", 5) == kept
    assert clean(" " * before + "a", 5) == kept


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("No route to bob@example.com!", "No route to …"),
        ("at 5 o'clock", "at 5 o'clock"),
        ("code 1234", "code 1234"),
        ("call 12345", "call …"),
        ("call +15551234567.", "call …."),
        ("call 0015551234567,15550001111", "call …,…"),
        ("@ is a sign", "@ is a sign"),
        ("@bob is none", "@bob is none"),
        ("bob@ neither", "bob@ neither"),
        ("a@b", "…"),
        ("<a@b>(c@d)", "<…>(…)"),
    ],
)
def test_messages(said: str, told: str) -> None:
    """Words are told without addresses, and without numbers of five digits or more."""
    assert clean_message(said) == told


def test_longest_message() -> None:
    """200 characters of a server's words are told."""
    assert clean_message("x" * 201) == "x" * 200
