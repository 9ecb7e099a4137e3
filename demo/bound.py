"""A program that ends with whoever started it, also where that is killed hard.

`python bound.py PARENT PROGRAM [ARGUMENT ...]`, where PARENT is the id of the process
that starts it and PROGRAM a module or a file. Its standard input has to be a pipe that
the parent never writes to: where the kernel does not tell of a parent's end, the end
of the pipe does.
"""

import ctypes
import os
from pathlib import Path
import runpy
import signal
import sys
from threading import Thread

_PR_SET_PDEATHSIG = 1


def command(python: str | Path, program: str | Path, *arguments: str) -> list[str]:
    """Return what to start, with a pipe as standard input, to have it end with us."""
    parent = str(os.getpid())
    return [str(python), __file__, parent, str(program), *arguments]


def bind(parent: int) -> None:
    """Let this process be killed once `parent` is gone.

    The kernel counts the thread that started this process as its parent.
    """
    if not _ask_kernel():
        Thread(target=_watch, daemon=True).start()
    if os.getppid() != parent:  # it was faster
        _end()


def _ask_kernel() -> bool:
    """Have the kernel send a signal, which is Linux's way."""
    if sys.platform != "linux":
        return False
    prctl = ctypes.CDLL(None).prctl
    return bool(prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0)


def _watch() -> None:
    while os.read(0, 1):
        pass
    _end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _run(program: str, arguments: list[str]) -> None:
    """Run it as Python itself would."""
    sys.argv = [program, *arguments]
    if program.endswith(".py"):
        sys.path[0] = str(Path(program).parent)
        runpy.run_path(program, run_name="__main__")
    else:
        sys.path[0] = str(Path.cwd())
        runpy.run_module(program, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    bind(int(sys.argv[1]))
    _run(sys.argv[2], sys.argv[3:])
