"""Reads an address book: a file whole, a collection card by card.

An unchanged one costs one small request, and of a changed collection only the cards are
read that are new or changed (RFC 6352 §8.7, RFC 6578, and the ctag of calendarserver).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from http import HTTPStatus

from homeassistant.core import HomeAssistant
from yarl import URL

from ..calls.phone_book import CONTACTS_AT_MOST
from ..calls.vcard import read_vcards
from .dav import CARDDAV, DAV, Member, for_each_member, members_of
from .kept import Book, Card
from .problems import BookError, Problem
from .source import Source, origin_of, safe_url
from .web import Answer, Web

CTAG = "http://calendarserver.org/ns/ getctag"
_AT_A_TIME = 50
_ODD_AT_MOST = 20  # cards without which a book is read
_OF_A_CARD = frozenset({Problem.TOO_LARGE, Problem.UNREADABLE})
_SMALL = 1024 * 1024  # octets of an answer that tells of one resource
_LISTING = 16 * 1024 * 1024
_HEAD = 64 * 1024
_PER_CARD = 50  # contacts in one resource, which should be one
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_PRELUDE = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<D:{0} xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"'
    ' xmlns:S="http://calendarserver.org/ns/">'
)
VERSION = "<D:resourcetype/><D:sync-token/><S:getctag/>"
_MULTIGET = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:addressbook-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">'
    "<D:prop><D:getetag/><C:address-data/></D:prop>{}</C:addressbook-multiget>"
)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a collection holds: paths and versions, and how many are left out."""

    paths: dict[str, str]
    too_many: int
    elsewhere: int


async def async_propfind(
    hass: HomeAssistant, web: Web, url: URL, properties: str, depth: int = 0
) -> tuple[URL, list[Member]]:
    """Return what a server tells of a resource, and from where; raises BookError."""
    answer = await _async_propfind(web, url, properties, depth)
    return answer.url, await hass.async_add_executor_job(members_of, answer.body)


async def _async_propfind(web: Web, url: URL, properties: str, depth: int) -> Answer:
    body = f"{_PRELUDE.format('propfind')}<D:prop>{properties}</D:prop></D:propfind>"
    answer = await web.ask(
        "PROPFIND",
        url,
        body=body.encode(),
        headers={**_XML, "Depth": str(depth)},
        limit=_LISTING if depth else _SMALL,
    )
    if answer.status != HTTPStatus.MULTI_STATUS:
        raise BookError(Problem.NOT_FOUND)
    return answer


async def async_read(
    hass: HomeAssistant, web: Web, source: Source, known: Book
) -> Book | None:
    """Return the book as it is now, None if it is as it was; raises BookError."""
    if source.is_file:
        return await _async_read_file(hass, web, source, known)
    url, told = await async_propfind(hass, web, source.url, VERSION)
    if not told or not told[0].is_kind(f"{CARDDAV}addressbook"):
        raise BookError(Problem.NOT_FOUND)
    token = f"{told[0].text(CTAG)} {told[0].text(f'{DAV}sync-token')}".strip()
    if token and token == known.token:
        return None
    answer = await _async_propfind(web, url, "<D:resourcetype/><D:getetag/>", 1)
    url = answer.url
    try:
        listed, wanted = await hass.async_add_executor_job(
            _compare, url, answer.body, known
        )
    except BookError as error:
        # It may be asked, but a book at one host with its cards at another is none.
        known_host = error.origin in source.origins
        raise (BookError(Problem.UNREADABLE) if known_host else error) from None
    cards = {card.path: card for card in known.cards}
    reader = _Reader(hass, web, url, listed)
    for begin in range(0, len(wanted), _AT_A_TIME):
        cards |= await reader.async_read(wanted[begin : begin + _AT_A_TIME])
    return await hass.async_add_executor_job(_book, listed, cards, token)


def _compare(url: URL, body: bytes, known: Book) -> tuple[_Listed, list[str]]:
    """Return what there is, and the paths of what is new or has changed.

    A card that lies elsewhere is left out; where all do, the book has moved: raises
    BookError.
    """
    paths: dict[str, str] = {}
    too_many = 0
    elsewhere: list[BookError] = []

    def take(member: Member) -> None:
        nonlocal too_many
        if member.is_kind(f"{DAV}collection"):
            return
        try:
            path = _path(url, member.href)
        except BookError as error:
            elsewhere.append(error)
            return
        if path == url.raw_path:
            return
        if len(paths) >= CONTACTS_AT_MOST:
            too_many += 1
        else:
            paths[path] = member.text(f"{DAV}getetag")

    for_each_member(body, take)
    if elsewhere and not paths:
        raise elsewhere[0]
    versions = {card.path: card.etag for card in known.cards}
    wanted = [
        path for path, etag in paths.items() if not etag or versions.get(path) != etag
    ]
    return _Listed(paths, too_many, len(elsewhere)), wanted


class _Reader:
    """Reads cards by their paths, many at once; an odd one costs itself alone."""

    def __init__(
        self, hass: HomeAssistant, web: Web, url: URL, listed: _Listed
    ) -> None:
        self._hass = hass
        self._web = web
        self._url = url
        self._listed = listed
        self._odd = 0

    async def async_read(self, paths: Sequence[str]) -> dict[str, Card]:
        """Return the cards at these paths; raises BookError.

        An answer that is too large, or is no XML, is asked for in halves: of one card
        that has what XML cannot say, a server makes an answer that nobody can read.
        """
        try:
            return await self._async_multiget(paths)
        except BookError as error:
            if error.problem not in _OF_A_CARD or self._web.is_spent:
                raise
            if len(paths) == 1:
                self._odd += 1
                if self._odd > _ODD_AT_MOST:
                    raise
                return {}
        half = len(paths) // 2
        first = await self.async_read(paths[:half])
        return first | await self.async_read(paths[half:])

    async def _async_multiget(self, paths: Sequence[str]) -> dict[str, Card]:
        hrefs = "".join(f"<D:href>{escape(path)}</D:href>" for path in paths)
        answer = await self._web.ask(
            "REPORT",
            self._url,
            body=_MULTIGET.format(hrefs).encode(),
            headers={**_XML, "Depth": "1"},
            limit=_LISTING,
        )
        if answer.status != HTTPStatus.MULTI_STATUS:
            raise BookError(Problem.FAILED)
        return await self._hass.async_add_executor_job(
            _cards, self._url, answer.body, self._listed
        )


def _cards(url: URL, body: bytes, listed: _Listed) -> dict[str, Card]:
    found: dict[str, Card] = {}

    def take(member: Member) -> None:
        try:
            path = _path(url, member.href)
        except BookError:
            return
        data = member.properties.get(f"{CARDDAV}address-data")
        if path not in listed.paths or data is None:
            return
        text = "".join(data.texts)
        contacts = read_vcards(text.encode(), _PER_CARD).contacts
        etag = member.text(f"{DAV}getetag") or listed.paths[path]
        found[path] = Card(path, etag, tuple(contacts))

    for_each_member(body, take)
    return found


def _book(listed: _Listed, cards: dict[str, Card], token: str) -> Book:
    """Return what is listed; a card that was not given stays as it was."""
    there = tuple(cards[path] for path in listed.paths if path in cards)
    missing = len(listed.paths) - len(there)
    # What is missing is asked for again, though nothing changes.
    odd = missing + listed.elsewhere
    empty = sum(not card.contacts for card in there)
    return Book(there, "" if missing else token, odd, listed.too_many, empty)


def _path(url: URL, href: str) -> str:
    """Return how a resource is called; raises BookError for one that lies elsewhere."""
    found = safe_url(url, href)
    if found.origin() != url.origin():
        raise BookError(Problem.OTHER_HOST, origin_of(found))
    return found.raw_path_qs


async def _async_read_file(
    hass: HomeAssistant, web: Web, source: Source, known: Book
) -> Book | None:
    headers = {"If-None-Match": known.token} if known.token else {}
    answer = await web.ask("GET", source.url, headers=headers)
    if answer.status == HTTPStatus.NOT_MODIFIED and known.token:
        return None
    if answer.status != HTTPStatus.OK:
        raise BookError(Problem.UNREADABLE)
    return await hass.async_add_executor_job(_file, answer.body, answer.etag)


def _file(body: bytes, etag: str) -> Book:
    found = read_vcards(body, CONTACTS_AT_MOST)
    if not found.contacts and not is_vcards(body):
        raise BookError(Problem.UNREADABLE)
    card = Card("", "", tuple(found.contacts))
    empty = found.without_number + found.without_name
    return Book((card,), etag, too_many=found.too_many, empty=empty)


def is_vcards(body: bytes) -> bool:
    """Whether an answer is a file of cards, or an empty one."""
    head = body[:_HEAD].strip()
    return not head or b"BEGIN:VCARD" in head.upper()
