"""Writes docs/faults.md from the tables: `python -m tests.faults.document`."""

from pathlib import Path

from .book_table import BOOK_FAULTS
from .finding_table import FINDING_FAULTS
from .issue_table import ISSUE_FAULTS
from .server_table import SERVER_FAULTS, ServerFault
from .snapshot_table import CHANGE_FAULTS, READ_FAULTS, SnapshotFault
from .table import FAULTS, Fault
from .write_table import WRITE_FAULTS

FILE = Path(__file__).parents[2] / "docs" / "faults.md"
_TESTS = "tests/integration/test_faults.py"
_HEAD = """\
# What happens when the server fails

![The card while the server is lost: it says so, and its list stays](images/lost.png)

Made from the tables of the tests (`python -m tests.faults.document`): every row is
tried against the account in a box, in a real Home Assistant, over real TLS.

- **Error**: the kind, as `scripts/account` prints it. “data” means that the answer is
  understood all the same.
- **Entities**: when one action fails, only the entities that show it become
  unavailable, and all others keep what they show. When everything fails, all do, but
  for *Certificate expires*, the event *Call* and the button. What was last read well is
  kept and is shown again with the first good answer.
- **Log**: one warning when something is lost, one line when it is back. Both name the
  account's own address and nobody else's. What is left out of a list is told of once,
  without what it says; how much it is stands in the diagnostics.
- **Asks for credentials**: whether Home Assistant asks to log in anew when everything
  fails so. “Once it has lasted” means three attempts in a row and ten minutes, whatever
  the answer says: a failing back end and a balancer in mid-update say the same.
  Meanwhile one request is sent after a minute and one every five, later one every hour;
  when the account is let in again, what asks goes away by itself.
- **Exit**: the exit status of `scripts/account`.

"""
_ISSUE_HEAD = """\
## A new certificate

Only the renewal fails: all that is read goes on as ever, and the account is opened as
before. **Reason** is the key of the sentence above the upload that is offered then. By
itself it is tried again after a day; each try logs one warning.

"""
_ISSUE_COLUMNS = "| Fault | Error | Reason | Exit | Test |"
_ISSUE_TEST = "tests/integration/test_renewal.py::test_nothing_is_changed"
_EXIT = {
    None: 0,
    "authentication": 3,
    "certificate": 3,
    "connection": 4,
    "tls": 4,
    "timeout": 4,
    "unsupported": 0,
}
_VOUCHERS = """\
## Vouchers

A voucher is sent once, whatever happens; the dialog ends with the balance before and
after. In these rows it was 7.50 before, and the voucher is worth 5.

| Fault | What the dialog says | Balance after | Test |
|---|---|---|---|
"""
_ENDS = {
    "top_up_unknown": "no answer tells",
    "top_up_refused": "not taken",
    "top_up_unchanged": "taken, it is said, but the balance is as before",
    "not_sent": "nothing was changed",
}
_VOUCHER_TEST = "tests/integration/test_additions.py::test_top_up_faults"
_FINDING = """\
## Finding the server

By SIP address and password, before any login is sent.

| Fault | The dialog | Test |
|---|---|---|
"""
_SNAPSHOT_TESTS = "tests/sip_settings/test_snapshot_faults.py"
_SNAPSHOT = """\
## The page of 2026

One answer tells several things, so one fault costs all of them until it is over. What a
second page tells is not concerned, nor the other way round.

| Fault | Error | What is shown | Test |
|---|---|---|---|
"""
_CHANGE = """\
The caller ID is changed there; each change is sent once.

| Fault | Error | What is shown | Test |
|---|---|---|---|
"""
_BOOK_TEST = "tests/integration/address_book/test_faults.py::test_server_that_fails"
_BOOK = """\
## A phone book at an address

The contacts stay as they were read last, and are named as ever. One line is logged
when it begins, one when it is over. It is tried again after an hour; what only a person
mends has a repair, and is tried again after a day. A server that cannot be reached, or
that gives an empty or a halved book, has tests of its own in the same file.

| Fault | What the options say | Repair | Test |
|---|---|---|---|
"""
_COLUMNS = "| Fault | Error | Entities | Log | Asks for credentials | Exit | Test |"
# Faults that begin with the account or with the home, each with a test of its own.
_OTHERS = (
    (
        "The server's name does not resolve (at set-up)",
        "connection",
        "never",
        "test_no_such_host",
    ),
    (
        "The client certificate has expired, and an alert says so",
        "certificate",
        "once it has lasted",
        "test_expired_certificate",
    ),
    (
        "The client certificate is of another platform",
        "certificate",
        "once it has lasted",
        "test_foreign_certificate",
    ),
    ("Our clock is wrong by ten years", None, "never", "test_wrong_clock"),
)


def exit_status(kind: str | None) -> int:
    """Return what `scripts/account` exits with when all actions end so."""
    return _EXIT.get(kind, 1)


def document() -> str:
    """Return the page."""
    return (
        f"{_HEAD}## Answers\n\n{_table(FAULTS, 'test_everything')}\n"
        f"## Servers\n\n{_table(SERVER_FAULTS, 'test_server')}\n"
        f"{_ISSUE_HEAD}{_issue()}\n"
        f"## Credentials and clocks\n\n{_others()}\n"
        f"{_VOUCHERS}{_vouchers()}\n"
        f"{_FINDING}{_finding()}\n"
        f"{_SNAPSHOT}{_snapshot(READ_FAULTS, 'test_read')}\n"
        f"{_CHANGE}{_snapshot(CHANGE_FAULTS, 'test_change')}\n"
        f"{_BOOK}{_book()}"
    )


def _table(faults: tuple[Fault, ...] | tuple[ServerFault, ...], test: str) -> str:
    rows = [
        _row(
            fault.what,
            fault.kind,
            fault.reauth,
            f"{test}[{fault.name}]",
            leaves_out=isinstance(fault, Fault) and fault.leaves_out,
        )
        for fault in faults
    ]
    return "\n".join([_COLUMNS, _rule(), *rows, ""])


def _issue() -> str:
    rows = [
        f"| {fault.what} | {fault.kind} | `{fault.reason}` | {exit_status(fault.kind)}"
        f" | `{_ISSUE_TEST}[{fault.name}]` |"
        for fault in ISSUE_FAULTS
    ]
    rule = "|---" * (_ISSUE_COLUMNS.count("|") - 1) + "|"
    return "\n".join([_ISSUE_COLUMNS, rule, *rows, ""])


def _others() -> str:
    rows = [_row(*other) for other in _OTHERS]
    return "\n".join([_COLUMNS, _rule(), *rows, ""])


def _vouchers() -> str:
    return "".join(
        f"| {fault.what} | {_ENDS[fault.outcome]} | {fault.after or 'not shown'}"
        f" | `{_VOUCHER_TEST}[{fault.name}]` |\n"
        for fault in WRITE_FAULTS
    )


def _finding() -> str:
    rows = (f"| {what} | {then} | `{test}` |" for what, then, test in FINDING_FAULTS)
    return "\n".join([*rows, ""])


def _snapshot(faults: tuple[SnapshotFault, ...], test: str) -> str:
    rows = (
        f"| {fault.what} | {fault.kind or '—'} | {fault.shown}"
        f" | `{_SNAPSHOT_TESTS}::{test}[{fault.name}]` |"
        for fault in faults
    )
    return "\n".join([*rows, ""])


def _book() -> str:
    return "".join(
        f"| {fault.what} | `{fault.problem}` | {fault.repair and f'`{fault.repair}`'}"
        f" | `{_BOOK_TEST}[{fault.name}]` |\n".replace("| None |", "| none |")
        for fault in BOOK_FAULTS
    )


def _rule() -> str:
    return "|---" * (_COLUMNS.count("|") - 1) + "|"


def _row(
    what: str, kind: str | None, reauth: str, test: str, *, leaves_out: bool = False
) -> str:
    entities, log = ("unavailable", "lost, back") if kind else ("as ever", "nothing")
    if leaves_out:
        entities, log = "all the other items", "left out, once"
    return (
        f"| {what} | {kind or 'data'} | {entities} | {log} | {reauth}"
        f" | {exit_status(kind)} | `{_TESTS}::{test}` |"
    )


if __name__ == "__main__":
    FILE.write_text(document())
