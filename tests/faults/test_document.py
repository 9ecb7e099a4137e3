"""The page about faults says what the tests check."""

import re

from demo.faults import READY

from .document import FILE, document
from .finding_table import FINDING_FAULTS
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
    whats = [fault.what for fault in FAULTS] + [fault.what for fault in SERVER_FAULTS]
    assert len(whats) == len(set(whats))


def test_tests_exist() -> None:
    """Every row names a test that there is."""
    tests = (FILE.parents[1] / "tests/integration/test_faults.py").read_text()
    for name in re.findall(r"test_faults\.py::(\w+)", document()):
        assert f"async def {name}(" in tests


def test_tests_of_finding_exist() -> None:
    """So do those of what comes before a login."""
    for _, _, test in FINDING_FAULTS:
        file, _, name = test.partition("::")
        assert f"async def {name}(" in (FILE.parents[1] / file).read_text()
