"""What the server says in words: how much of it is looked at, and what it means."""

import pytest

from custom_components.sip_account.sip_settings import (
    BackendError,
    ReplyError,
    UnconfirmedError,
)
from custom_components.sip_account.sip_settings.reply import (
    read_confirmation,
    read_reply,
)
from custom_components.sip_account.sip_settings.server_words import (
    error_of,
    in_reach,
    port_errors,
    raise_for_doubt,
)


@pytest.mark.parametrize(
    ("words", "seen"),
    [("abcdef", "abcdef"), ("abcdefg", "abc\nefg"), ("abcdefghij", "abc\nhij")],
)
def test_both_ends(words: str, seen: str) -> None:
    """Of many words both ends are looked at."""
    assert in_reach(words, 6) == seen


def _code(words: str) -> str | None:
    errors = port_errors(words)
    assert errors
    return errors.first.code


def test_code_of_an_error() -> None:
    """It stands in the first 1000 characters of the error."""
    end = "(1234):"
    assert _code("Error (SipPort):" + "x" * (1000 - len(end)) + end) == "1234"
    assert _code("Error (SipPort):" + "x" * (1001 - len(end)) + end) == ""
    assert _code("<p>" * 50 + "Error (SipPort): no " + end) == "1234"


def test_error_without_a_port() -> None:
    """It is no failure of the owner alone, after which data could be good."""
    with pytest.raises(BackendError):
        read_reply(200, b'Error from the engine: gone ["x"]')


def test_longest_message() -> None:
    """Of a message of more than 8 KiB the midst is not looked at."""
    error = "Error (SipPort): no (1234): luck"
    message = error.center(8 * 1024)
    for words, port in ((message, "SipPort"), (f" {message}", "")):
        meant = error_of(words)
        assert isinstance(meant, BackendError)
        assert (meant.port or "") == port


@pytest.mark.parametrize("before", ["", "x " * 2000])
def test_longest_warning(before: str) -> None:
    """2000 characters stand between a warning's kind and its line, and no more."""

    def warning(size: int) -> str:
        return "Warning:" + "x" * size + " on line 12"

    raise_for_doubt(warning(2000), says_nothing=True)
    for size in (2001, 2002):
        with pytest.raises(ReplyError):
            raise_for_doubt(warning(size), says_nothing=True)
    with pytest.raises(ReplyError):
        raise_for_doubt(f"{before}{warning(2001)}", says_nothing=True)
    # The nearer of two that began may be the one that ends here.
    both = f"<p>Warning:{'<b>' * 500}{warning(700)}"
    with pytest.raises(ReplyError):
        raise_for_doubt(both, says_nothing=True)


def test_certificate_that_was_not_looked_up() -> None:
    """The port and its code are told, since nothing is wrong with the certificate."""
    words = b"Error from x (SipPort): fault (1234): gone<br>No SIP address available"
    with pytest.raises(BackendError) as caught:
        read_reply(200, words)
    assert (caught.value.port, caught.value.code) == ("SipPort", "1234")


@pytest.mark.parametrize("words", ["Error: something", "SOAP Fault", "soap-fault: x"])
def test_success_after_an_error_of_any_form(words: str) -> None:
    """An error before a success leaves the change in doubt, whatever it looks like."""
    with pytest.raises(UnconfirmedError):
        read_confirmation(200, f'{words}{{"success":true}}'.encode())


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Key FBUS changed from x to y ",
        "<br><b>Warning</b>: Error: x in y.php on line <b>3</b><br>\n",
        '<style>.error { color: "red" }</style>',
    ],
)
def test_success_after_other_words(words: str) -> None:
    """Warnings and what the page shows are no error."""
    read_confirmation(200, f'{words}{{"success":true}}'.encode())
