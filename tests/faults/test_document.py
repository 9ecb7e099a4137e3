"""The page about faults says what the tests check."""

import re

from demo.faults import READY
from demo.issue_faults import ISSUE

from .document import FILE, document
from .issue_table import ISSUE_FAULTS
from .server_table import SERVER_FAULTS
from .table import FAULTS

LEAST_ROWS = 60


def test_page_is_current() -> None:
    """`python -m tests.faults.document` was run."""
    assert FILE.read_text() == document()


def test_table_is_whole() -> None:
    """Every fault of the box is in the table, each once."""
    names = [fault.name for fault in FAULTS] + [fault.name for fault in SERVER_FAULTS]
    assert len(names) == len(set(names)) >= LEAST_ROWS
    assert {fault.name for fault in FAULTS} == set(READY)
    assert {fault.name for fault in ISSUE_FAULTS} == set(ISSUE)
    whats = [fault.what for fault in FAULTS] + [fault.what for fault in SERVER_FAULTS]
    assert len(whats) == len(set(whats))


def test_tests_exist() -> None:
    """Every row names a test that there is."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)", document())
    assert named
    for file, name in named:
        assert f"async def {name}(" in (FILE.parents[1] / file).read_text()
