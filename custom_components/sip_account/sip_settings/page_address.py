"""The address of a settings page: as it is kept, and as people write it."""

import re

from yarl import URL

_DEFAULT_PATH = "/settings.phtml"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,20}://", re.IGNORECASE)
# `s` where it is the safe one.
_HTTP = re.compile(r"http(s?):/{0,2}", re.IGNORECASE)
_SCHEMES_AT_MOST = 3
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE | re.ASCII)
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
        # What yarl 1.25 makes of `[]@`.
        msg = "The address of a settings page names no host after https://"
        raise ValueError(msg) from None
    named = url.host and url.port and not url.user and not url.password
    if url.scheme != "https" or not named:
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
    plain = False
    # Pasted behind one that was there, or with a slash too few or too many.
    for _ in range(_SCHEMES_AT_MOST):
        found = _HTTP.match(bare)
        if not found:
            break
        plain |= not found[1]
        bare = bare[found.end() :]
    if plain:
        msg = "The address of a settings page begins with https://, not with http://"
        raise PlainHttpError(msg)
    url = page_url(bare if _SCHEME.match(bare) else f"https://{bare}")
    host = url.raw_host or ""
    # yarl has read what has a colon in it as an IPv6 address.
    if ":" not in host and not is_possible_host(host):
        msg = "The address of a settings page names no possible host after https://"
        raise ValueError(msg)
    path = url.path.rstrip("/")
    if not path:
        return url.with_path(_DEFAULT_PATH)
    # A page is no folder.
    return url.with_path(path) if path.endswith((".phtml", ".php")) else url


def is_possible_host(host: str) -> bool:
    """Whether a resolver takes a name: labels of a sane length, in ASCII."""
    return len(host.rstrip(".")) <= _LONGEST_NAME and bool(_NAME.fullmatch(host))
