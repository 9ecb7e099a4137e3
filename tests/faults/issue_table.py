"""What can come in place of a new certificate: nothing is changed by any of it.

Each is a fault of the account in a box, named as in `demo.issue_faults.ISSUE`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IssueFault:
    """A fault, what it is, and the reason that a person is given.

    `kind` is that of the error as `scripts/account --renew` prints it.
    """

    name: str
    what: str
    reason: str
    kind: str = "renewal"


ISSUE_FAULTS: tuple[IssueFault, ...] = (
    IssueFault(
        "no_owner",
        "An account without an owner: nothing at all, with status 200",
        "renewal_no_owner",
    ),
    IssueFault(
        "no_email",
        "An account without an e-mail address: OpenSSL's words as the file",
        "renewal_not_made",
    ),
    IssueFault(
        "accented_email",
        "An e-mail address with accents: OpenSSL's words as the file",
        "renewal_not_made",
    ),
    IssueFault(
        "not_looked_up",
        "The account cannot be looked up: an HTML error",
        "renewal_no_answer",
        "backend",
    ),
    IssueFault(
        "no_enrollment",
        "The server's configuration lacks enrollment: its error as the file",
        "renewal_no_answer",
        "backend",
    ),
    IssueFault(
        "without_its_key", "A certificate without its key", "renewal_no_certificate"
    ),
    IssueFault(
        "with_another_key",
        "A certificate with the key of another",
        "renewal_no_certificate",
    ),
    IssueFault(
        "of_somebody_else",
        "The certificate of another account",
        "renewal_other_account",
    ),
)
