"""Where an address book lies, how it is opened, and which hosts may get its password.

Kept in the data of each account that uses the book, as the account's own credentials
are; `book_id` tells that it is one book.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from homeassistant.const import CONF_PASSWORD, CONF_URL, CONF_USERNAME
from yarl import URL

from ..const import CONF_ADDRESS_BOOK
from ..sip_settings import Trust
from .problems import BookError, Problem

_BOOK_ID = "book_id"
_IS_FILE = "is_file"
_ORIGINS = "origins"
_TRUSTS = "trusts"
_LONGEST = 2000  # characters of an address


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An address book: a `.vcf` file, or a collection of CardDAV (RFC 6352).

    `origins` are those that a person has confirmed, each as `origin_of` writes it;
    `trusts` tell of hosts how they are recognized, else by the system's authorities.
    """

    book_id: str
    url: URL
    is_file: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    origins: frozenset[str] = frozenset()
    trusts: Mapping[str, Trust] = field(default_factory=dict)

    @classmethod
    def from_entry(cls, data: Mapping[str, Any]) -> Self | None:
        """Read what an entry keeps, None where it uses no address book."""
        kept = data.get(CONF_ADDRESS_BOOK)
        if kept is None:
            return None
        return cls(
            book_id=kept[_BOOK_ID],
            url=URL(kept[CONF_URL]),
            is_file=kept[_IS_FILE],
            username=kept[CONF_USERNAME],
            password=kept[CONF_PASSWORD],
            origins=frozenset(kept[_ORIGINS]),
            trusts={host: Trust(**trust) for host, trust in kept[_TRUSTS].items()},
        )

    def as_entry_data(self) -> dict[str, Any]:
        """Return what an entry keeps."""
        return {
            _BOOK_ID: self.book_id,
            CONF_URL: str(self.url),
            _IS_FILE: self.is_file,
            CONF_USERNAME: self.username,
            CONF_PASSWORD: self.password,
            _ORIGINS: sorted(self.origins),
            _TRUSTS: {
                host: {"authority": trust.authority, "pinned": trust.pinned}
                for host, trust in self.trusts.items()
            },
        }


def origin_of(url: URL) -> str:
    """Return scheme, host and port, as they are compared and shown."""
    return str(url.origin()).lower()


def read_address(text: str) -> URL:
    """Return an address that a person has typed, with `https` where that is left out.

    Raises BookError for another scheme and for what is no address.
    """
    bare = text.strip()
    return _checked(None, bare if "://" in bare else f"https://{bare}")


def safe_url(base: URL, href: str) -> URL:
    """Return the address that `href` means where it stands in an answer of `base`.

    Raises BookError where it is no https address, or carries a login of its own.
    """
    return _checked(base, href.strip())


def _checked(base: URL | None, href: str) -> URL:
    if len(href) > _LONGEST:
        raise BookError(Problem.UNREADABLE)
    try:
        url = (base.join(URL(href)) if base else URL(href)).with_fragment(None)
        named = url.host and url.port and url.user is None and url.password is None
    except ValueError, IndexError:
        raise BookError(Problem.UNREADABLE) from None
    if url.scheme != "https":
        raise BookError(Problem.NOT_HTTPS)
    if not named:
        raise BookError(Problem.UNREADABLE)
    return url
