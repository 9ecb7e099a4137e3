"""What the scripts need of the system is waited for, and what fails is shown."""

import fnmatch
import os
from pathlib import Path
import re
import subprocess
import tomllib

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
ANSWERS = """#!/bin/sh
echo "$@" >>"{folder}/asked"
case "$(wc -l <"{folder}/asked")" in
  {answers}
esac
"""
LOCKED = 'echo "E: Could not get lock /var/lib/apt/lists/lock." >&2; exit 100'
REFUSED = 'echo "ERROR: HTTP error 503 while getting uv" >&2; exit 1'
GONE = 'echo "E: Failed to fetch chromium_1.deb  404  Not Found" >&2; exit 100'


def _run(
    folder: Path, program: str, answers: tuple[str, ...], *command: str | Path
) -> tuple[int, str, list[str]]:
    """Run a script with a program that answers so, one time after the other."""
    numbered = "\n  ".join(f"{n}) {each} ;;" for n, each in enumerate(answers, 1))
    for name, text in (
        (program, ANSWERS.format(folder=folder, answers=numbered)),
        ("id", "#!/bin/sh\necho 0\n"),
        ("sleep", "#!/bin/sh\n"),
    ):
        file = folder / name
        file.write_text(text)
        file.chmod(0o755)
    done = subprocess.run(
        command,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr, (folder / "asked").read_text().splitlines()


def _install(folder: Path, *answers: str) -> tuple[int, str, list[str]]:
    """Ask for a package of an apt that answers so."""
    return _run(folder, "apt-get", answers, SCRIPTS / "apt-install", "chromium")


def _get(folder: Path, *answers: str) -> tuple[int, str, list[str]]:
    """Ask for a package of a pip that answers so."""
    command = (SCRIPTS / "pip-get", folder / "uv", "uv")
    return _run(folder, "python3", answers, *command)


def test_another_apt_is_waited_for(tmp_path: Path) -> None:
    """Apt itself waits for dpkg only, and only if it is told to."""
    status, said, asked = _install(tmp_path, LOCKED, LOCKED, "true")
    assert (status, len(asked)) == (0, 3)
    assert all("-o DPkg::Lock::Timeout=" in each for each in asked)
    assert said.count("waiting for another apt") == 1


def test_old_lists_are_renewed(tmp_path: Path) -> None:
    status, said, asked = _install(tmp_path, GONE, LOCKED, "true", "true")
    assert status == 0
    wanted = ["install", "update", "update", "install"]
    assert [each.split()[3] for each in asked] == wanted
    assert "404" not in said


def test_apt_says_why(tmp_path: Path) -> None:
    status, said, _ = _install(tmp_path, GONE, "true", GONE)
    assert status == 1
    assert "E: Failed to fetch chromium_1.deb  404  Not Found" in said


def test_a_registry_has_bad_moments(tmp_path: Path) -> None:
    status, said, asked = _get(tmp_path, REFUSED, REFUSED, "true")
    assert (status, said, len(asked)) == (0, "", 3)


def test_pip_says_why(tmp_path: Path) -> None:
    status, said, asked = _get(tmp_path, REFUSED, REFUSED, REFUSED, "true")
    assert (status, len(asked)) == (1, 3)
    assert said == "ERROR: HTTP error 503 while getting uv\n"


@pytest.mark.parametrize("script", sorted(SCRIPTS.iterdir()), ids=lambda s: s.name)
def test_nobody_else_installs(script: Path) -> None:
    """Every script asks the one that waits; lists of one's own have their own lock."""
    if script.is_dir() or script.name == "apt-install":
        return
    code = re.sub(r"^\s*#.*|say .*", "", script.read_text(), flags=re.MULTILINE)
    assert not re.search(r"apt-get .*\binstall\b", code)
    assert script.name == "pip-get" or "-m pip install" not in code
    for call in re.findall(r"apt-get .*\b(?:update|download)\b", code):
        assert '"${options[@]}"' in call
        assert "DPkg::Lock::Timeout" in code


def test_every_file_is_changed() -> None:
    """Each file of these rooms is named once, with tests that exist."""
    table = tomllib.loads((SCRIPTS / "mutate.toml").read_text())
    groups = table["tests"]
    package = SCRIPTS.parent / "custom_components" / "sip_account"
    named = [file for group in groups for file in group["of"]]
    assert len(named) == len(set(named))
    wanted = {"health.py", "control.py"} | {
        path.relative_to(package).as_posix()
        for room in ("sip_settings", "calls", "address_book")
        for path in (package / room).glob("*.py")
    }
    assert wanted <= set(named)
    further = table["further"]
    assert not [
        pattern
        for group in further
        for pattern in group["of"]
        if not fnmatch.filter(named, pattern)
    ]
    lists = [table["everywhere"], *(group["by"] for group in (*groups, *further))]
    tests = {test.rpartition("=")[2].partition("::")[0] for by in lists for test in by}
    assert all((package / file).is_file() for file in named)
    assert not [test for test in tests if not [*SCRIPTS.parent.glob(test)]]
