"""What can go wrong on the page of 2026, named as in `demo.snapshot_faults`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SnapshotFault:
    """A fault, what it is, the error that comes of it, if any, and what is shown."""

    name: str
    what: str
    kind: str | None
    shown: str


_OLD = "what the page told before; the second page goes on"

READ_FAULTS = (
    SnapshotFault(
        "snapshot_bad_request", "An error in JSON, with status 400", "backend", _OLD
    ),
    SnapshotFault(
        "snapshot_out_of_order", "An error in JSON, with status 503", "backend", _OLD
    ),
    SnapshotFault(
        "snapshot_refused",
        "The login is refused",
        "authentication",
        f"{_OLD}; the login is asked for once that has lasted",
    ),
    SnapshotFault(
        "snapshot_of_another", "The answer is another account's", "reply", _OLD
    ),
    SnapshotFault(
        "snapshot_of_nothing",
        "An answer that tells nothing of an account",
        "reply",
        _OLD,
    ),
    SnapshotFault(
        "snapshot_without_money",
        "Nothing is told of money",
        None,
        "the balance that the second page tells",
    ),
    SnapshotFault(
        "snapshot_currency_by_sign",
        "The currency is a sign, not a code",
        None,
        "amounts in the home's currency",
    ),
)
_AS_BEFORE = "the caller ID as before"

CHANGE_FAULTS = (
    SnapshotFault("change_refused", "The page says no", "backend", _AS_BEFORE),
    SnapshotFault(
        "change_bad_request", "An error in JSON, with status 400", "backend", _AS_BEFORE
    ),
    SnapshotFault(
        "change_unknown", "The page knows no such change", "unsupported", _AS_BEFORE
    ),
    SnapshotFault(
        "change_says_nothing", "An answer that says neither", "outcome", _AS_BEFORE
    ),
    SnapshotFault(
        "change_out_of_order",
        "An error in JSON, with status 503",
        "outcome",
        _AS_BEFORE,
    ),
    SnapshotFault("change_unanswered", "No answer at all", "outcome", _AS_BEFORE),
)
