"""What the demo starts ends with it, however it ends."""

import os
from pathlib import Path
import signal
import subprocess
import sys

import pytest

from demo import bound

ROOT = Path(bound.__file__).parents[1]
# Starts a program that never ends, and waits for it; both hold the same output.
PARENT = """
import subprocess, sys
from demo import bound
bound.__file__ = sys.argv[1]
program = bound.command(sys.executable, sys.argv[2], "hello")
subprocess.Popen(program, stdin=subprocess.PIPE).wait()
"""
CHILD = """
import sys, time
print(sys.argv[1], __name__, flush=True)
while True:
    time.sleep(60)  # it only has to be there until it is ended
"""
# Binds a program where the kernel has nothing to ask for.
ELSEWHERE = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from demo import bound
bound._ask_kernel = lambda: False
bound.bind(int(sys.argv[1]))
bound._run(sys.argv[2], sys.argv[3:])
"""


@pytest.mark.parametrize("way", ["kernel", "pipe"])
def test_child_of_a_killed_parent(tmp_path: Path, way: str) -> None:
    """The kernel tells of the end, or a pipe."""
    child, elsewhere = tmp_path / "child.py", tmp_path / "elsewhere.py"
    child.write_text(CHILD)
    elsewhere.write_text(ELSEWHERE)
    binding = bound.__file__ if way == "kernel" else elsewhere
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, binding, child],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "hello __main__\n"
        running.send_signal(signal.SIGKILL)
        # Once nobody holds the other end any more, the child is gone too.
        assert running.stdout.read() == ""


def test_parent_that_is_gone_already(tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text(CHILD)
    program = bound.command(sys.executable, child, "hello")
    program[2] = str(os.getppid())
    done = subprocess.run(
        program, stdin=subprocess.PIPE, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"")


def test_module(tmp_path: Path) -> None:
    """A module is found where it is started from, and not beside what binds it."""
    (tmp_path / "server.py").write_text("import sys; print(sys.argv, __name__)")
    done = subprocess.run(
        bound.command(sys.executable, "server", "--flag"),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'--flag'] __main__" in done.stdout
