"""The life in the box, and the box as a program."""

import asyncio
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
import signal
import stat
import sys

import pytest

from demo import AccountBox, Life, everyone
from demo.__main__ import describe
from demo.files import write_files
from tests.limits import LIMIT

NOW = datetime(2009, 9, 24, 14, tzinfo=UTC)


def live(steps: int, seed: int = 1) -> AccountBox:
    """Let the accounts live for a number of steps of five seconds."""
    box = AccountBox(everyone(NOW), now=lambda: NOW)
    life = Life(box.accounts, seed=seed)
    for step in range(steps):
        life.step(NOW + timedelta(seconds=5 * step))
    return box


def test_life_goes_on() -> None:
    """Calls of all kinds come, run, end and cost money."""
    box = live(200)
    alice = box.accounts["alice@example.com"]
    new = [call for call in alice.calls if call.started >= NOW]
    assert {call.direction for call in new} == {"placed", "received"}
    assert any(call.direction == "received" and not call.duration for call in new)
    assert any(call.direction == "received" and call.duration for call in new)
    paid = [call for call in new if call.price]
    assert paid
    assert all(call.ended for call in paid)
    spent = sum((call.price for call in paid), Decimal(0))
    assert alice.balance == Decimal("12.3456") - spent
    debits = [line for line in alice.balance_history if line.date > NOW]
    assert [line.value for line in debits] == [-call.price for call in paid]
    assert debits[-1].balance == alice.balance
    sessions = [call.session_id for call in alice.calls]
    assert len(set(sessions)) == len(sessions)
    assert box.accounts["bob@example.com"].balance is None


def test_life_is_the_same_for_the_same_seed() -> None:
    """A seed makes a life."""
    assert live(50).accounts == live(50).accounts
    assert live(50).accounts != live(50, seed=2).accounts


def test_a_running_call_ends() -> None:
    """Carol's call goes on for a while, and is then paid."""
    box = live(2)
    carol = box.accounts["carol@example.com"]
    assert carol.active_call is not None
    assert carol.active_call.session_time == 70
    box = live(25)
    carol = box.accounts["carol@example.com"]
    call = carol.calls[0]
    assert call.ended
    assert call.duration > 65
    assert call.price > 0
    assert call.status == 200


def test_do_not_disturb_runs_out() -> None:
    """Minutes of do not disturb pass."""
    box = AccountBox(everyone(NOW))
    life = Life(box.accounts)
    accept = box.accounts["carol@example.com"].accept
    for minutes, left in ((0, 30), (1.5, 29), (2, 28), (29.9, 1), (31, 0)):
        life.step(NOW + timedelta(minutes=minutes))
        assert accept.temporary_minutes == left
    assert accept.temporary_groups == ["everybody"]


async def test_task() -> None:
    """Life runs by itself until it is stopped."""
    box = AccountBox(everyone(NOW))
    somebody_called = asyncio.Event()

    def calls() -> int:
        return sum(len(account.calls) for account in box.accounts.values())

    def now() -> datetime:
        if calls() > before:
            somebody_called.set()
        return NOW

    before = calls()
    life = Life(box.accounts, pause=timedelta(0), now=now)
    life.start()
    life.start()
    async with asyncio.timeout(LIMIT):
        await somebody_called.wait()
    await life.stop()
    await life.stop()
    assert calls() > before


def test_files(tmp_path: Path) -> None:
    """The files of the demo are for their owner only."""
    box = AccountBox()
    folder = tmp_path / "certificates"
    write_files(box, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    files = {file.name: file for file in folder.iterdir()}
    assert {"authority.pem", "alice.crt", "alice.p12", "bob-modern.pem"} <= set(files)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files.values()} == {0o600}
    assert "carol-secret" in describe(box, folder)


@pytest.mark.parametrize("shell", ["", "trap '' INT; "])
async def test_program(tmp_path: Path, shell: str) -> None:
    """The program serves until it is told to stop, and leaves nothing behind.

    Also where it is started in the background of a shell, which ignores Ctrl-C.
    """
    for way_out in (signal.SIGINT, signal.SIGTERM):
        program = await asyncio.create_subprocess_exec(
            *("/bin/sh", "-c", f'{shell}exec "$0" -m demo --port 0', sys.executable),
            env={"TMPDIR": str(tmp_path)},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert program.stdout is not None
        try:
            async with asyncio.timeout(LIMIT):
                first = await program.stdout.readline()
                assert first == b"The account in a box is open.\n"
                assert any(tmp_path.iterdir())
                program.send_signal(way_out)
                _output, errors = await program.communicate()
        finally:
            if program.returncode is None:
                program.kill()
        assert (program.returncode, errors) == (0, b"")
        assert not any(tmp_path.iterdir())
