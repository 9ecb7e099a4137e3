"""The address of a settings page: as it is kept, and as people write it."""

import re

from yarl import URL

_DEFAULT_PATH = "/settings.phtml"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,20}://", re.IGNORECASE)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE)
_LONGEST_NAME = 253  # RFC 1035


class PlainHttpError(ValueError):
    """The address begins with http://, where anybody on the way could read along."""


def page_url(text: str) -> URL:
    """Return the address of a settings page, bare of query and fragment.

    Raises ValueError where it is no https address.
    """
    try:
        url = URL(text.strip())
    except IndexError:
        # yarl looks for the first letter of a host that is not there: "[]@".
        url = URL()
    if url.scheme != "https" or not url.host or url.user or url.password:
        msg = "The address of a settings page begins with https://"
        raise ValueError(msg)
    return url.with_query(None).with_fragment(None)


def typed_page_url(text: str) -> URL:
    """Return the address of a settings page that a person has typed.

    People leave out `https://` and the path, and paste a query along. Raises
    PlainHttpError for http, and ValueError for what is no address, such as a host
    that no resolver takes.
    """
    bare = text.strip()
    if not _SCHEME.match(bare):
        bare = f"https://{bare}"
    if bare.lower().startswith("http://"):
        msg = "The address of a settings page begins with https://, not with http://"
        raise PlainHttpError(msg)
    url = page_url(bare)
    if not _is_resolvable(url):
        msg = "The address of a settings page names no possible host after https://"
        raise ValueError(msg)
    path = url.path.rstrip("/")
    if not path:
        return url.with_path(_DEFAULT_PATH)
    # A page is no folder.
    return url.with_path(path) if path.endswith((".phtml", ".php")) else url


def _is_resolvable(url: URL) -> bool:
    """Whether a resolver takes the host: an address, or labels of a sane length."""
    host = url.raw_host or ""
    if ":" in host:
        return True  # yarl has read it as an IPv6 address
    return len(host.rstrip(".")) <= _LONGEST_NAME and bool(_NAME.fullmatch(host))
