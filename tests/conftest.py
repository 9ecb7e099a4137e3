"""What tests measure is told at the end of a run, and no test minds a busy machine."""

import logging
from typing import Any

TOLD = ("simulation", "kills")
SLOW = "Executing %s took %.3f seconds"


def pytest_configure() -> None:
    """Leave out what asyncio tells of callbacks that a busy machine is slow with."""
    logging.getLogger("asyncio").addFilter(lambda record: record.msg != SLOW)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures that tests recorded, from whichever worker."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for name, value in report.user_properties:
                if name in TOLD:
                    terminalreporter.write_line(f"{name}: {value}")
