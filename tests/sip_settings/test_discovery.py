"""A settings page is found by its domain, and nothing that a stranger says is believed.

The resolver is handed in: the client has none of its own.
"""

from collections.abc import Iterable
import socket
import ssl
from typing import Never, override

import aiohttp
from aiohttp import web
from aiohttp.abc import AbstractResolver
from hypothesis import given, settings, strategies as st
import pytest
from yarl import URL

from custom_components.sip_account.sip_settings import (
    PLATFORM_PAGES,
    NamedPages,
    NamedServerError,
    ResolverError,
    Trust,
    build_context,
    discovery,
    find_pages,
    goes_without_saying,
    pages_to_offer,
    shown_host,
)
from demo import AccountBox
from demo.named_files import File, endless, file_of, hanging, settings_file

DOMAIN = "mycompany.example"
PAGE = "https://sip.mycompany.example/cdr/settings.phtml"
SNAPSHOT = "https://sip.mycompany.example/sylk_settings.phtml"
FILE = "/sylk/config.json"
NOWHERE = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Resolver:
    """Answers with records, or fails."""

    def __init__(self, *records: bytes, error: Exception | None = None) -> None:
        self.records = records
        self.error = error
        self.asked: list[str] = []

    async def __call__(self, name: str) -> Iterable[bytes]:
        self.asked.append(name)
        if self.error:
            raise self.error
        return self.records


class NoAddresses(AbstractResolver):
    """Knows no host: tests reach no network, whatever they were made up with."""

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> Never:
        raise OSError(host)

    @override
    async def close(self) -> None:
        """There is nothing to close."""


def _trusting(box: AccountBox) -> ssl.SSLContext:
    trust = Trust(authority=box.authority_pem.decode())
    return build_context(None, trust, allow_weak=False)


# An address of 1,000 characters.
LONGEST = f"https://a.example/{'x' * 976}.phtml"
assert len(LONGEST) == 1000


async def _find(
    box: AccountBox, session: aiohttp.ClientSession, file: File | None = None
) -> NamedPages | None:
    """Find the pages of a domain whose record names a file of the box."""
    if file:
        box.files[FILE] = file
    resolver = Resolver(f"{box.origin}{FILE}".encode())
    found = await find_pages(DOMAIN, resolver, session, _trusting(box))
    assert resolver.asked == [f"_sylkserver.{DOMAIN}"]
    return found


async def test_found(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """Both pages of the file, and the request for it tells nobody who asks."""
    seen: list[web.BaseRequest] = []

    async def file(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(request)
        return await settings_file(PAGE, SNAPSHOT)(request)

    found = await _find(box, session, file)
    assert found == NamedPages(URL(PAGE), URL(SNAPSHOT))
    (request,) = seen
    assert not {"Authorization", "Cookie"} & set(request.headers)
    assert not request.query
    assert request.transport
    assert not request.transport.get_extra_info("peercert")
    assert not box.requests


@pytest.mark.parametrize(
    ("named", "snapshot", "expected"),
    [
        (PAGE, None, (PAGE, None)),
        (None, SNAPSHOT, (None, SNAPSHOT)),
        (None, PAGE, (PAGE, None)),
        (SNAPSHOT, PAGE, (SNAPSHOT, None)),
        # Older files: the web page for people.
        (PAGE, "https://a.example/sip_settings.phtml", (PAGE, None)),
        ("https://a.example/sip_settings.phtml", None, (None, None)),
        (f"{PAGE}?action=get_history&realm=x#y", None, (PAGE, None)),
        ("http://a.example/settings.phtml", SNAPSHOT, (None, SNAPSHOT)),
        ("https://192.0.2.1/settings.phtml", None, (None, None)),
        ("https://[2001:db8::1]/settings.phtml", None, (None, None)),
        ("https://127.1/settings.phtml", None, (None, None)),
        ("https://0x7f.1/settings.phtml", None, (None, None)),
        ("https://2130706433/settings.phtml", None, (None, None)),
        ("https://alice:secret@a.example/settings.phtml", None, (None, None)),
        ("https://ex..ample/settings.phtml", None, (None, None)),
        ("https://[]@", "https://[]@/settings.phtml", (None, None)),
        (f"https://{'a' * 70}.example/settings.phtml", None, (None, None)),
        (LONGEST, None, (LONGEST, None)),
        (f"{LONGEST}x", None, (None, None)),
        ("", "", (None, None)),
        (" ", "javascript:alert(1)", (None, None)),
    ],
)
async def test_members(
    box: AccountBox,
    session: aiohttp.ClientSession,
    named: str | None,
    snapshot: str | None,
    expected: tuple[str | None, str | None],
) -> None:
    """Only https, to a host with a name; what leads nowhere is as good as none."""
    found = await _find(box, session, settings_file(named, snapshot))
    assert found is not None
    told = (found.settings, found.snapshot)
    assert tuple(url and str(url) for url in told) == expected


@pytest.mark.parametrize("value", [None, 1, True, [], {}, ["https://a.example/"]])
async def test_members_of_other_kinds(
    box: AccountBox, session: aiohttp.ClientSession, value: object
) -> None:
    """A member may be anything."""
    file = settings_file(serverCallHistoryUrl=value, serverSettingsUrl=value)
    assert await _find(box, session, file) == NamedPages(None, None)


BAD_FILES: dict[str, File] = {
    "missing": file_of(b"", 404),
    "failing": file_of(b"{}", 500),
    "elsewhere": file_of(b"{}", 302, location="https://localhost/"),
    "moved": file_of(b"{}", 301, location="/elsewhere"),
    "empty": file_of(b""),
    "page": file_of(b"<html><body>Welcome</body></html>"),
    "list": file_of(b"[]"),
    "text": file_of(b'"https://a.example/"'),
    "cut": file_of(b'{"serverCallHistoryUrl":"https://a.ex'),
    "octets": file_of(bytes(range(256))),
    "deep": file_of(b"[" * 50_000),
    "huge": file_of(b'{"a":"' + b"x" * 70_000 + b'"}'),
    "endless": endless,
    "zipped": file_of(b"\x1f\x8b not zipped", content_encoding="gzip"),
}


@pytest.mark.parametrize("name", BAD_FILES)
async def test_bad_file(
    box: AccountBox, session: aiohttp.ClientSession, name: str
) -> None:
    """Whatever a file's server does, the record leads nowhere: said, not believed."""
    box.files["/elsewhere"] = settings_file(PAGE)
    with pytest.raises(NamedServerError):
        await _find(box, session, BAD_FILES[name])


@pytest.mark.parametrize(("size", "read"), [(64 * 1024, True), (64 * 1024 + 1, False)])
async def test_largest_file(
    box: AccountBox, session: aiohttp.ClientSession, size: int, *, read: bool
) -> None:
    """A file of 64 KiB is read, and none of an octet more."""
    start = b'{"serverCallHistoryUrl":"' + PAGE.encode() + b'"'
    file = file_of(start + b" " * (size - len(start) - 1) + b"}")
    if read:
        assert await _find(box, session, file) == NamedPages(URL(PAGE), None)
        return
    with pytest.raises(NamedServerError, match="larger"):
        await _find(box, session, file)


@pytest.mark.parametrize(
    ("settings", "snapshot", "named"),
    [
        (PAGE, None, True),
        (None, SNAPSHOT, True),
        (PAGE, SNAPSHOT, True),
        (None, None, False),
    ],
)
def test_any_page(settings: str | None, snapshot: str | None, *, named: bool) -> None:
    """One page that programs can ask is enough."""
    pages = NamedPages(*(URL(it) if it else None for it in (settings, snapshot)))
    assert pages.any is named


async def test_hanging_file(
    box: AccountBox, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for a file for ever."""
    monkeypatch.setattr(discovery, "CONNECT_LIMIT", 0.2)
    with pytest.raises(NamedServerError):
        await _find(box, session, hanging)


async def test_file_of_a_server_that_nobody_knows(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """There is no question of trust for a file: it is not read."""
    box.files[FILE] = settings_file(PAGE)
    resolver = Resolver(f"{box.origin}{FILE}".encode())
    context = build_context(None, Trust(), allow_weak=False)
    with pytest.raises(NamedServerError):
        await find_pages(DOMAIN, resolver, session, context)


@pytest.mark.parametrize(
    "records",
    [
        [],
        [b""],
        [b"v=spf1 -all"],
        [b"v=spf1 include:https.example", b"google-site-verification=x"],
        [b"\xff\xfe\x00"],
        [b"ftp://a.example/config.json"],
    ],
)
async def test_no_record(session: aiohttp.ClientSession, records: list[bytes]) -> None:
    """No record, or what a record for every name of the domain says: none is meant."""
    resolver = Resolver(*records)
    assert await find_pages(DOMAIN, resolver, session, NOWHERE) is None


@pytest.mark.parametrize(
    "records",
    [
        [b"http://a.example/config.json"],
        [b"HTTP://a.example/config.json"],
        [b"https://a.example/1.json", b"https://a.example/2.json"],
        [b"https://a.example/1.json", b"http://a.example/1.json"],
        [b"https://192.0.2.1/config.json"],
        [b"https://[::1]/config.json"],
        [b"https://127.1/"],
        [b"https://a:b@a.example/config.json"],
        [b"https://"],
        [b"https:///config.json"],
        [b"https://ex..ample/config.json"],
        [b"https://a.example:99999/"],
        [b"https://b\xc3\xbccher.example/config.json"],
        [b"https://a.example/" + b"x" * 60_000],
    ],
)
async def test_bad_record(session: aiohttp.ClientSession, records: list[bytes]) -> None:
    """A record that names a file, but none that may be read, is no missing record."""
    with pytest.raises(NamedServerError):
        await find_pages(DOMAIN, Resolver(*records), session, NOWHERE)


async def test_one_record_twice(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """The same address in several records, beside others, is one address."""
    box.files[FILE] = settings_file(PAGE)
    address = f"{box.origin}{FILE}".encode()
    resolver = Resolver(b"v=spf1 -all", address, b" " + address)
    found = await find_pages(DOMAIN, resolver, session, _trusting(box))
    assert found == NamedPages(URL(PAGE), None)


async def test_resolver_that_fails(session: aiohttp.ClientSession) -> None:
    """That is not "no record"."""
    resolver = Resolver(error=ResolverError("It failed"))
    with pytest.raises(ResolverError):
        await find_pages(DOMAIN, resolver, session, NOWHERE)


@given(
    st.text(max_size=300)
    | st.text("a.-_\u00fc\u017f\u212a\u2024 @:/\\%\x00", max_size=300)
    | st.sampled_from(["ex..ample", "a" * 70, "a." * 125, "b\u00fccher.example", ""]),
    st.lists(
        st.binary(max_size=60)
        | st.text(max_size=60).map(lambda text: b"https://" + text.encode()),
        max_size=3,
    ),
)
@settings(deadline=None)
async def test_odd_domains(domain: str, records: list[bytes]) -> None:
    """Any domain and any record: nothing, or an error of ours."""
    resolver = Resolver(*records)
    connector = aiohttp.TCPConnector(resolver=NoAddresses())
    async with aiohttp.ClientSession(connector=connector) as session:
        try:
            found = await find_pages(domain, resolver, session, NOWHERE)
        except NamedServerError:
            return
    assert found is None
    for asked in resolver.asked:
        assert asked.isascii()
        asked.encode("idna")


@given(st.binary(max_size=80) | st.text(max_size=80).map(str.encode))
def test_odd_addresses(record: bytes) -> None:
    """An address that is taken begins with https and has a name in it."""
    text = record.decode("ascii", "replace")
    try:
        url = discovery._named_url(f"https://{text}")
    except ValueError:
        return
    assert url.scheme == "https"
    assert not url.user
    assert not url.password
    assert shown_host(url).isascii()


@pytest.mark.parametrize(
    ("domain", "page", "unasked"),
    [
        ("sip2sip.info", "https://blink.sipthor.net/settings.phtml", True),
        ("sip2sip.info", "https://enrollment.sipthor.net/other.phtml", True),
        ("sip2sip.info", "https://blink.sipthor.net:8443/settings.phtml", False),
        ("sip2sip.info", "https://blink.sipthor.net.example/settings.phtml", False),
        ("sip2sip.info", PAGE, False),
        ("mycompany.example", "https://blink.sipthor.net/settings.phtml", False),
        ("a.sip2sip.info", "https://blink.sipthor.net/settings.phtml", False),
    ],
)
def test_who_is_asked(domain: str, page: str, unasked: bool) -> None:
    """A login goes unshown only from the platform's own domain to its own hosts."""
    assert goes_without_saying(domain, URL(page)) is unasked


def test_where_a_login_is_offered() -> None:
    """What a domain names, else the platform's: both hosts for its own domain."""
    named = NamedPages(URL(PAGE), URL(SNAPSHOT))
    alone = NamedPages(None, URL(SNAPSHOT))
    assert pages_to_offer("sip2sip.info", None) == PLATFORM_PAGES
    assert pages_to_offer("sip2sip.info", named) == (URL(PAGE),)
    assert pages_to_offer(DOMAIN, named) == (URL(PAGE),)
    assert pages_to_offer(DOMAIN, alone) == (URL(SNAPSHOT),)
    assert pages_to_offer(DOMAIN, NamedPages(None, None)) == PLATFORM_PAGES[:1]
    assert pages_to_offer(DOMAIN, None) == PLATFORM_PAGES[:1]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (PAGE, "sip.mycompany.example"),
        ("https://a.example:8443/", "a.example:8443"),
        ("https://[2001:db8::1]/", "[2001:db8::1]"),
        ("https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"),
        # The first letter of "sipthor" is a Cyrillic one.
        ("https://blink.\u0455ipthor.net/", "blink.xn--ipthor-hvf.net"),
    ],
)
def test_what_is_shown(url: str, shown: str) -> None:
    """The host with its port, and no letter that looks like another."""
    assert shown_host(URL(url)) == shown
