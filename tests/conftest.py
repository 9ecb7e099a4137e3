"""What tests measure is told at the end of a run."""

from typing import Any

TOLD = ("simulation", "kills")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures that tests recorded, from whichever worker."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", None) != "call":
                continue
            for name, value in report.user_properties:
                if name in TOLD:
                    terminalreporter.write_line(f"{name}: {value}")
