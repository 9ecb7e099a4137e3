"""The table of all figures, for a terminal and for the documentation."""

from collections.abc import Iterable
import os
from pathlib import Path
import platform
import shutil
import ssl
import subprocess

import aiohttp
from homeassistant.const import __version__ as home_assistant

from .figures import FIGURES, Figure, Found

DOCUMENT = Path(__file__).parents[1] / "docs" / "how-polling-works.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
_HEAD = ("Figure", "Measured", "Target", "Met", "Behind it")


def rows(found: Iterable[Found]) -> list[tuple[str, str, str, str, str]]:
    """Return what was found, in the order of the figures; the key comes first."""
    by_key = {item.key: item for item in found}
    return [
        (
            figure.key,
            _number(by_key[figure.key].value, figure),
            _number(figure.at_most, figure),
            _met(by_key[figure.key].value, figure.at_most),
            by_key[figure.key].behind,
        )
        for figure in FIGURES
        if figure.key in by_key
    ]


def terminal(found: Iterable[Found]) -> str:
    """Return the table as aligned text, what is behind a figure on a line below it."""
    lines = []
    for key, measured, target, met, behind in [_HEAD, *rows(found)]:
        lines += [f"{key:36}{measured:>12}{target:>12}   {met}", f"    {behind}"]
    return "\n".join(lines)


def document(found: Iterable[Found], text: str) -> str:
    """Return a page's text with the table between its marks, and the machine."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    what = {figure.key: figure.what for figure in FIGURES}
    named = ((f"{what[row[0]]} (`{row[0]}`)", *row[1:]) for row in rows(found))
    table = [_HEAD, ("---",) * len(_HEAD), *named]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in table)
    return f"{before}{BEGIN}{lines}\n\n{machine()}\n{END}{after}"


def machine() -> str:
    """Tell what was measured on."""
    cpu = _first("/proc/cpuinfo", "model name") or platform.machine()
    memory = int(_first("/proc/meminfo", "MemTotal").split()[0] or 0) / 1024**2
    return (
        f"Measured on {_cores()} cores of {cpu}, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}; Python {platform.python_version()}, Home Assistant "
        f"{home_assistant}, aiohttp {aiohttp.__version__}, {ssl.OPENSSL_VERSION}, "
        f"{_curl()}."
    )


def _number(value: float | None, figure: Figure) -> str:
    if value is None:
        return "-"
    if figure.unit:
        return (
            f"{value:.3g} {figure.unit}" if value % 1 else f"{value:.0f} {figure.unit}"
        )
    return f"1/{1 / value:.0f}" if 0 < value < 1 / 2 else f"{value:.2f}"


def _met(value: float | None, at_most: float | None) -> str:
    if value is None or at_most is None:
        return "-"
    return "yes" if value <= at_most else "no"


def _cores() -> int:
    return os.cpu_count() or 1


def _first(file: str, name: str) -> str:
    """Return a value of one of Linux's tables, empty where there is none."""
    try:
        lines = Path(file).read_text().splitlines()
    except OSError:
        return ""
    found = (line.partition(":")[2].strip() for line in lines if line.startswith(name))
    return next(found, "")


def _curl() -> str:
    curl = shutil.which("curl")
    if curl is None:
        return "no curl"
    done = subprocess.run(  # noqa: S603 - what was found
        [curl, "--version"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split()[:2])
