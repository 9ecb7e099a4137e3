"""`scripts/demo` as somebody meets it who wants to look before installing."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
import os
from pathlib import Path
import re
import signal
from socket import create_connection
import subprocess
from threading import Timer

from playwright.sync_api import expect
from yarl import URL

from tests.limits import LIMIT, until

from .conftest import LookAt
from .household import HOME_PYTHON, ROOT

_STEPS = (
    "the account in a box is at",
    "starting Home Assistant",
    "adding alice@example.com",
    "adding carol@example.com",
    "putting up the dashboard",
)


@contextmanager
def _demo(log: Path, *, killed: bool = False) -> Iterator[dict[str, str]]:
    """Run it; yields what is in its box. It is stopped in order, or killed."""
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [HOME_PYTHON, "-m", "demo.tour"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            # What it cannot clear away when it is killed.
            env={**os.environ, "TMPDIR": str(log.parent)},
        ) as demo,
    ):
        assert demo.stdout is not None
        patience = Timer(LIMIT, demo.kill)
        patience.start()
        box = ""
        while "Ctrl-C" not in box and (line := demo.stdout.readline()):
            box += line
        patience.cancel()
        try:
            assert "Ctrl-C" in box, log.read_text()
            yield dict(re.findall(r"│ ([A-Z][a-z]+) +(\S+)", box))
        finally:
            demo.send_signal(signal.SIGKILL if killed else signal.SIGTERM)
    told = log.read_text()
    assert demo.returncode == (-signal.SIGKILL if killed else 0), told
    for step in _STEPS:
        assert step in told
    assert re.search(r"starting Home Assistant: done after \d+ s", told)


def _is_open(address: URL) -> bool:
    """Look whether somebody listens."""
    with suppress(OSError), create_connection((address.host, address.port)):
        return True
    return False


def test_killed(tmp_path: Path) -> None:
    """Nobody can prepare for that, and its Home Assistant is gone all the same."""
    with _demo(tmp_path / "stderr", killed=True) as said:
        address = URL(said["Address"])
        assert _is_open(address)
    until(lambda: not _is_open(address))


def test_demo(look_at: LookAt, tmp_path: Path) -> None:
    """It says where to go, opens on its dashboard, and things happen there."""
    with _demo(tmp_path / "stderr") as said:
        address = URL(said["Address"])
        home = look_at(str(address.origin()))
        home.log_in(said["User"], said["Password"])
        home.page.wait_for_url(f"**{address.path}")
        expect(home.page.get_by_text("Entity not found")).to_have_count(0)
        home.picture("dashboard")
        # What an account is added with by hand, certificates that fit to its server.
        files = {file.name for file in Path(said["Certificates"]).iterdir()}
        assert {"frank.crt", "frank.p12", Path(said["Authority"]).name} <= files
        # Somebody calls every few seconds, and is told of at the next poll.
        missed = home.page.locator("sip-account-card .missed").first
        expect(missed).to_be_visible()
        home.picture("moving")
