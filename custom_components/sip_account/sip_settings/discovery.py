"""Finds an account's settings page by the domain of its SIP address.

The domain's TXT record `_sylkserver.DOMAIN` names a file, and that the pages (wire
contract §8). Anybody may write either, and DNS can be forged: what is found here is
for a person to look at, before any login goes there.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
import ipaddress
import re
import ssl

import aiohttp
from yarl import URL

from .aside import read_aside
from .errors import NamedServerError, SipSettingsError
from .json_text import text_of, whole_value
from .page_address import is_possible_host, page_url
from .transport import CONNECT_LIMIT, Transport

# The platform's two hosts; its own clients of 2026 use the first (wire contract §8).
PLATFORM_PAGES = (
    URL("https://blink.sipthor.net/settings.phtml"),
    URL("https://enrollment.sipthor.net/settings.phtml"),
)
# Whose accounts are kept there for certain.
PLATFORM_DOMAINS = frozenset({"sip2sip.info"})

# A real file has some hundred octets, a real address some dozen characters.
_FILE_LIMIT = 64 * 1024
_ADDRESS_LIMIT = 1000
_ADDRESS = re.compile(r"https?:", re.IGNORECASE)
# A page for people, which older files name in the place of one for programs.
_PAGES_FOR_PEOPLE = frozenset({"sip_settings.phtml"})
# What has a Digest login of its own (wire contract §4.5).
_DIGEST_PAGE = "settings.phtml"

# Returns the TXT records of a name, the strings of each joined; none where the name
# has none. Raises ResolverError where that cannot be told.
type TextLookUp = Callable[[str], Awaitable[Iterable[bytes]]]


@dataclass(frozen=True, slots=True)
class NamedPages:
    """The pages that a domain names, each None where it names none.

    `settings` takes a Digest login (wire contract §4.5); `snapshot` is the page of
    2026, which tells everything at once (§7).
    """

    settings: URL | None
    snapshot: URL | None

    @property
    def any(self) -> bool:
        """Whether a page is named that programs can ask."""
        return bool(self.settings or self.snapshot)


async def find_pages(
    domain: str,
    look_up: TextLookUp,
    session: aiohttp.ClientSession,
    context: ssl.SSLContext,
) -> NamedPages | None:
    """Return the pages that `domain` names, None where it has no record.

    `context` verifies the server of the file that the record names; that one request
    carries no login. Raises ResolverError where no record can be told from no answer,
    and NamedServerError where there is a record that leads nowhere.
    """
    name = f"_sylkserver.{domain}"
    if not is_possible_host(name):
        return None
    records = await look_up(name)
    # Where every name of a domain has a record, it may be any: for mail, for example.
    texts = (record.decode("ascii", "replace").strip() for record in records)
    named = {text for text in texts if _ADDRESS.match(text)}
    if not named:
        return None
    if len(named) > 1:
        # They come in no order, so that each time it would be another.
        msg = "The domain names several files with settings"
        raise NamedServerError(msg)
    try:
        url = _named_url(named.pop())
    except ValueError:
        msg = "The domain names no https address of a file with settings"
        raise NamedServerError(msg) from None
    return await _read_file(url, session, context)


def pages_to_offer(domain: str, pages: NamedPages | None) -> tuple[URL, ...]:
    """Return where a login may be offered, the likeliest first; never empty.

    What comes after the first is for where nothing answers there: the platform's own
    two hosts are one server, while a domain's word stands alone.
    """
    if pages and (named := pages.settings or pages.snapshot):
        return (named,)
    return PLATFORM_PAGES if domain in PLATFORM_DOMAINS else PLATFORM_PAGES[:1]


def goes_without_saying(domain: str, url: URL) -> bool:
    """Whether a login may go to `url` unshown: the platform's own accounts, to it."""
    return domain in PLATFORM_DOMAINS and url.origin() in {
        page.origin() for page in PLATFORM_PAGES
    }


def shown_host(url: URL) -> str:
    """Return the host that a person is to look at, with its port where it has one.

    Of letters of other alphabets, some look like those of a host that is known, so
    these are shown as the resolver sees them: `xn--`.
    """
    host = url.raw_host or ""
    host = f"[{host}]" if ":" in host else host
    return host if url.is_default_port() else f"{host}:{url.port}"


async def _read_file(
    url: URL, session: aiohttp.ClientSession, context: ssl.SSLContext
) -> NamedPages:
    transport = Transport(
        session, url, context, time_limit=CONNECT_LIMIT, size_limit=_FILE_LIMIT
    )
    try:
        answer = await transport.get({})
    except SipSettingsError as error:
        msg = f"The file that the domain names cannot be read: {error}"
        raise NamedServerError(msg) from None
    value = None
    # A redirect would lead to a host that the domain does not name.
    if answer.status == HTTPStatus.OK:
        read = partial(_value, answer.body)
        value = await read_aside(answer.body, read)
    if not isinstance(value, dict):
        msg = "The file that the domain names holds no settings"
        raise NamedServerError(msg)
    settings = _member(value.get("serverCallHistoryUrl"))
    snapshot = _member(value.get("serverSettingsUrl"))
    if snapshot and snapshot.name == _DIGEST_PAGE:
        settings, snapshot = settings or snapshot, None
    return NamedPages(settings, snapshot)


def _value(body: bytes) -> object:
    return whole_value(text_of(body))


def _member(value: object) -> URL | None:
    """Return a page's address; a spelling that leads nowhere is as good as none."""
    if not isinstance(value, str):
        return None
    try:
        url = page_url(str(_named_url(value.strip())))
    except ValueError:
        return None
    return None if url.name in _PAGES_FOR_PEOPLE else url


def _named_url(text: str) -> URL:
    """Return an https address of a host with a name. Raises ValueError.

    A number names nobody, so that there would be nothing to look at; and it may be
    one of this very network.
    """
    host = page_url(text if len(text) <= _ADDRESS_LIMIT else "").raw_host or ""
    if not is_possible_host(host) or _is_number(host):
        msg = "The address names no possible host"
        raise ValueError(msg)
    return URL(text)


def _is_number(host: str) -> bool:
    """Whether a host is an IP address, in any spelling that some resolver takes."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # 127.1, 0x7f.1 and 2130706433 are 127.0.0.1 to some.
        last = host.rstrip(".").rpartition(".")[2].lower()
        return last.isdecimal() or last.startswith("0x")
    return True
