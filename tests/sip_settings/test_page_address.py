"""The address of a settings page: as it is kept, and as people write it."""

import _socket
import socket

from hypothesis import example, given, strategies as st
import pytest

from custom_components.sip_account.sip_settings import (
    PlainHttpError,
    fetch_server_certificate,
    page_url,
    typed_page_url,
)
from custom_components.sip_account.sip_settings.errors import SipSettingsError

NO_ADDRESS = [
    "",
    " ",
    "https://",
    "https:///settings.phtml",
    "https://a:b@example.com/",
    "alice@example.com",
    "ftp://example.com/settings.phtml",
    "x y",
    "https://x y/",
    "https://ex..ample/",
    "ex..ample",
    ".example",
    "\u2024example.com",  # a dot, once it is normalized
    f"https://{'a' * 70}.example/",
    f"https://{'\u00e9' * 60}.example/",
    f"https://{'a.' * 130}example/",
    "https://xn--a.example/",
    "https://[zz]/",
    "[]@",
    "https://example.com:99999/",
    "https://example.com:0/",
    "https://https://",
    "https:",
    "https://exa\\mple.com/",
    "https://-a.example/",
    "https://a%2fb.example/",
]


@pytest.mark.parametrize(
    "text", ["http://example.com/", "example.com", "https://", "https://a:b@c/", "x y"]
)
def test_kept(text: str) -> None:
    """Only https, and no credentials in it."""
    with pytest.raises(ValueError, match="https"):
        page_url(text)
    assert str(page_url(" https://a.example/s.phtml?action=x#y ")) == (
        "https://a.example/s.phtml"
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("example.com", "https://example.com/settings.phtml"),
        ("https:/example.com", "https://example.com/settings.phtml"),
        ("https:example.com/x.phtml", "https://example.com/x.phtml"),
        ("https://https://example.com/x.phtml", "https://example.com/x.phtml"),
        ("Example.COM", "https://example.com/settings.phtml"),
        ("example.com.", "https://example.com./settings.phtml"),
        (" https://example.com ", "https://example.com/settings.phtml"),
        ("HTTPS://example.com/", "https://example.com/settings.phtml"),
        ("example.com:8443", "https://example.com:8443/settings.phtml"),
        ("example.com/settings.phtml/", "https://example.com/settings.phtml"),
        ("example.com?action=calls", "https://example.com/settings.phtml"),
        (
            "https://example.com/a/settings.phtml?export=1&action=calls#top",
            "https://example.com/a/settings.phtml",
        ),
        ("https://example.com/settings", "https://example.com/settings"),
        ("https://example.com/cdr/", "https://example.com/cdr/"),
        ("b\u00fccher.example", "https://xn--bcher-kva.example/settings.phtml"),
        ("192.0.2.1", "https://192.0.2.1/settings.phtml"),
        ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/settings.phtml"),
        ("sip_server", "https://sip_server/settings.phtml"),
    ],
)
def test_typed(typed: str, meant: str) -> None:
    """What people leave out or paste along is no error."""
    assert str(typed_page_url(typed)) == meant
    assert str(typed_page_url(meant)) == meant


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_no_address(text: str) -> None:
    """What is none says so, and does not take plain http for the reason."""
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - yarl words some of them
        typed_page_url(text)
    assert not isinstance(caught.value, PlainHttpError)


@pytest.mark.parametrize(
    "text",
    [
        "http://example.com/",
        " HTTP://example.com",
        "http:/example.com",
        "https://http://example.com",
        "http://https://example.com",
    ],
)
def test_plain_http(text: str) -> None:
    """Plain http is refused with the reason."""
    with pytest.raises(PlainHttpError):
        typed_page_url(text)


@example("[]@")
@given(
    st.text(max_size=80)
    | st.text("aA1.-_:/?#[]@%\\ \u00fc\u2024\u200d", max_size=80)
    | st.from_regex(r"https://[^/]{0,80}/?", fullmatch=True)
)
def test_any_text(text: str) -> None:
    """Any text is an address whose host a resolver takes, or a ValueError."""
    try:
        url = typed_page_url(text)
    except ValueError:
        return
    host = url.raw_host
    assert host
    assert url.scheme == "https"
    host.encode("idna")
    assert str(typed_page_url(str(url))) == str(url)


@pytest.mark.parametrize("host", ["ex..ample", "a" * 70])
async def test_kept_host_is_none(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that no resolver takes is an error of ours where one was kept."""
    # The real resolver, which tests must not ask: it refuses these unasked.
    monkeypatch.setattr(socket, "getaddrinfo", _socket.getaddrinfo)
    with pytest.raises(SipSettingsError):
        await fetch_server_certificate(page_url(f"https://{host}/"))


def test_longest_host() -> None:
    """253 characters, a dot at the end not counted, in labels of 63."""
    longest = "a." * 121 + "example.com"
    assert len(longest) == 253
    for host in (longest, f"{longest}.", f"{'a' * 63}.example", "a"):
        assert typed_page_url(host).raw_host == host
    for host in (f"a{longest}", f"a{longest}.", f"{'a' * 64}.example"):
        with pytest.raises(ValueError, match="host"):
            typed_page_url(host)
