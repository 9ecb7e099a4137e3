"""What can be wrong with an address book, in words of our own and no others.

Neither addresses nor answers nor passwords are in an error: it is logged as it is.
"""

from enum import StrEnum


class Problem(StrEnum):
    """Why an address book was not read; the values are keys of the translations."""

    REFUSED = "book_refused"  # the server wants another user name or password
    OTHER_HOST = "book_other_host"  # it leads to an origin that nobody has confirmed
    NOT_HTTPS = "book_not_https"
    UNTRUSTED = "book_untrusted"  # its certificate does not verify
    UNREACHABLE = "book_unreachable"
    TOO_LARGE = "book_too_large"
    UNREADABLE = "book_unreadable"
    NOT_FOUND = "book_not_found"
    FAILED = "book_failed"  # the server says that it cannot at the moment
    NOT_KEPT = "book_not_kept"  # the disk did not take what was read
    STOPPED = "book_stopped"  # nobody wants it any more


# Nothing but the act of a person mends these.
LASTING = frozenset(
    {Problem.REFUSED, Problem.OTHER_HOST, Problem.NOT_HTTPS, Problem.UNTRUSTED}
)


class BookError(Exception):
    """An address book was not read; `origin` is the one that is not believed in."""

    def __init__(self, problem: Problem, origin: str = "") -> None:
        """Tell of a problem."""
        super().__init__(problem.value)
        self.problem = problem
        self.origin = origin
