"""Finds what lies at an address: a file, one address book, or several (RFC 6764 §6).

A CardDAV address may be the book, the person's own page, the server's root or its
`/.well-known/carddav`.
"""

from dataclasses import dataclass
from http import HTTPStatus

from homeassistant.core import HomeAssistant
from yarl import URL

from ..sip_settings import clean
from .dav import CARDDAV, DAV, Member
from .problems import BookError, Problem
from .reading import VERSION, async_propfind, is_vcards
from .source import safe_url
from .web import Web

_WHO = "<D:resourcetype/><D:current-user-principal/><C:addressbook-home-set/>"
_BOOKS = VERSION + "<D:displayname/>"
_WELL_KNOWN = "/.well-known/carddav"
_BOOKS_AT_MOST = 100
_HOMES_AT_MOST = 3  # the address, the person, the person's books


@dataclass(frozen=True, slots=True)
class Found:
    """A file or an address book at `url`; `name` is a stranger's word."""

    url: URL
    name: str
    is_file: bool = False


async def async_discover(hass: HomeAssistant, web: Web, url: URL) -> list[Found]:
    """Return what lies at an address, at least one; raises BookError."""
    looks_like_file = url.path.lower().endswith((".vcf", ".vcard")) or url.query_string
    if looks_like_file and await _async_is_file(web, url):
        return [Found(url, url.name, is_file=True)]
    tried = [url, url.origin().with_path(_WELL_KNOWN)]
    problem: BookError | None = None
    for at in dict.fromkeys(tried):
        try:
            if found := await _async_books(hass, web, at):
                return found
        except BookError as error:
            if error.problem not in {Problem.NOT_FOUND, Problem.UNREADABLE}:
                raise
            problem = problem or error
    if not looks_like_file and await _async_is_file(web, url):
        return [Found(url, url.name, is_file=True)]
    raise problem or BookError(Problem.NOT_FOUND)


async def _async_is_file(web: Web, url: URL) -> bool:
    """Whether cards lie at an address; raises BookError."""
    try:
        answer = await web.ask("GET", url)
    except BookError as error:
        if error.problem is Problem.NOT_FOUND:
            return False
        raise
    return (
        answer.status == HTTPStatus.OK and bool(answer.body) and is_vcards(answer.body)
    )


async def _async_books(hass: HomeAssistant, web: Web, url: URL) -> list[Found]:
    """Return the book at an address, or those of the person whose it is."""
    for _ in range(_HOMES_AT_MOST):
        url, told = await async_propfind(hass, web, url, _WHO)
        if not told:
            break
        one = told[0]
        if one.is_kind(f"{CARDDAV}addressbook"):
            return [Found(url, url.name)]
        if home := one.href_in(f"{CARDDAV}addressbook-home-set"):
            return await _async_listed(hass, web, safe_url(url, home))
        principal = one.href_in(f"{DAV}current-user-principal")
        if not principal:
            return await _async_listed(hass, web, url)
        if safe_url(url, principal) == url:
            break
        url = safe_url(url, principal)
    return []


async def _async_listed(hass: HomeAssistant, web: Web, home: URL) -> list[Found]:
    home, told = await async_propfind(hass, web, home, _BOOKS, depth=1)
    books = [one for one in told if one.is_kind(f"{CARDDAV}addressbook")]
    return [_found(home, book) for book in books[:_BOOKS_AT_MOST]]


def _found(home: URL, book: Member) -> Found:
    url = safe_url(home, book.href)
    return Found(
        url, clean(book.text(f"{DAV}displayname"), 100) or url.name or str(url)
    )
