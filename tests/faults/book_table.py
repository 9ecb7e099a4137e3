"""What a server of address books can do instead: no contact is lost by any of it.

The answers themselves are in `tests/integration/address_book/test_faults.py`.
"""

from dataclasses import dataclass

from custom_components.sip_account.address_book.problems import Problem


@dataclass(frozen=True, slots=True)
class BookFault:
    """A fault, the problem that it is, and the repair that a person is shown."""

    name: str
    what: str
    problem: Problem
    repair: str | None = None


BOOK_FAULTS: tuple[BookFault, ...] = (
    BookFault(
        "password", "Status 401: another password", Problem.REFUSED, "book_refused"
    ),
    BookFault(
        "forbidden", "Status 403: no right to it", Problem.REFUSED, "book_refused"
    ),
    BookFault(
        "another host",
        "A redirect to another host",
        Problem.OTHER_HOST,
        "book_other_host",
    ),
    BookFault(
        "another port",
        "A redirect to another port of the host",
        Problem.OTHER_HOST,
        "book_other_host",
    ),
    BookFault("http", "A redirect to plain http", Problem.NOT_HTTPS, "book_not_https"),
    BookFault("in circles", "Redirects that never end", Problem.UNREADABLE),
    BookFault("gone", "Status 404", Problem.NOT_FOUND),
    BookFault("failing", "Status 500", Problem.FAILED),
    BookFault("busy", "Status 503", Problem.FAILED),
    BookFault("page", "A page to log in, with status 200", Problem.NOT_FOUND),
    BookFault("large", "An answer of 100 MB", Problem.TOO_LARGE),
    BookFault("no answer", "An empty answer", Problem.UNREADABLE),
    BookFault("no xml", "XML that breaks off", Problem.UNREADABLE),
    BookFault("entities", "Entities that multiply", Problem.UNREADABLE),
    BookFault("a file", "An entity that names a file of ours", Problem.UNREADABLE),
    BookFault("deep", "100,000 elements within each other", Problem.UNREADABLE),
    BookFault("long", "A tag of 800 kB", Problem.UNREADABLE),
    BookFault("many", "240,000 elements where one card is told of", Problem.UNREADABLE),
)
