"""What `scripts/mutate` runs: change one thing and see whether a test notices.

Cosmic Ray, which this needs, makes the changed files (mutants). They are only ever put
into copies of the repository in a temporary folder, one for each core.
"""

import argparse
import ast
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
import difflib
from fnmatch import fnmatch
import os
from pathlib import Path
from queue import SimpleQueue
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from typing import override

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import use_db

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "custom_components/sip_account"
TABLE = "scripts/mutate.toml"
EXPLAINED = "scripts/mutate_explained.toml"
THRESHOLD = 90  # per cent
# Seconds: a mutant that never ends is noticed by its test's patience.
SHORTEST_PATIENCE = 60.0
PATIENCE = 5  # times what the tests take on the unchanged file

type Tests = tuple[str, ...]  # what pytest is to run


@dataclass(frozen=True, slots=True)
class Explanation:
    """Changes that make no difference; found again by the lines, not their numbers."""

    file: str  # below the package, or a pattern of such
    line: str
    mutants: tuple[str, ...]  # or `*`, where no change of the line does

    def fits(self, mutant: Mutant) -> bool:
        """Whether it is about this mutant."""
        return (
            fnmatch(mutant.file, self.file)
            and self.line in mutant.was
            and not {*mutant.becomes, "*"}.isdisjoint(self.mutants)
        )


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file in which one thing is changed."""

    file: str  # below the package
    number: int  # of the first changed line
    was: tuple[str, ...]
    becomes: tuple[str, ...]
    code: str

    @override
    def __str__(self) -> str:
        lines = [f"{self.file}:{self.number}"]
        lines += [f"  - {line}" for line in self.was]
        lines += [f"  + {line}" for line in self.becomes]
        return "\n".join(lines)


class _Running(ast.NodeTransformer):
    """Keeps what runs: annotations are not evaluated, and `override` does nothing.

    Which arguments may only be named binds those who call, and mypy looks at all of
    them: each signature becomes one whose arguments are all named.
    """

    @override
    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        placed = [*node.posonlyargs, *node.args]
        without = len(placed) - len(node.defaults)
        node.kw_defaults = [*[None] * without, *node.defaults, *node.kw_defaults]
        node.kwonlyargs = [*placed, *node.kwonlyargs]
        node.posonlyargs, node.args, node.defaults = [], [], []
        return self.generic_visit(node)

    @override
    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    @override
    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    @override
    def visit_TypeAlias(self, node: ast.TypeAlias) -> ast.AST:
        node.value = ast.Constant(None)
        return node

    @override
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    @override
    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        node.decorator_list = [
            each
            for each in node.decorator_list
            if not (isinstance(each, ast.Name) and each.id == "override")
        ]
        return self.generic_visit(node)


def _running(code: str) -> str:
    return ast.dump(_Running().visit(ast.parse(code)))


def _mutants(files: list[str], generator: random.Random) -> Iterator[Mutant]:
    """Yield the mutants of files in an order of chance."""
    with (
        tempfile.TemporaryDirectory() as folder,
        use_db(str(Path(folder, "work"))) as work,
    ):
        init([ROOT / PACKAGE / file for file in files], work, {})
        items = [item.mutations[0] for item in work.work_items]
    # The database names them by chance.
    items.sort(key=lambda one: (one.module_path, one.operator_name, one.occurrence))
    generator.shuffle(items)
    sources = {file: (ROOT / PACKAGE / file).read_text() for file in files}
    running = {file: _running(source) for file, source in sources.items()}
    for item in items:
        file = item.module_path.relative_to(ROOT / PACKAGE).as_posix()
        operator = get_operator(item.operator_name)(**item.operator_args)
        # No mutant: what Cosmic Ray cannot change (a dotted name among exceptions), and
        # what nobody could commit.
        with suppress(AttributeError, SyntaxError):
            code = mutate_code(sources[file], operator, item.occurrence)
            if code is not None and _running(code) != running[file]:
                yield _mutant(file, sources[file], code)


def _mutant(file: str, source: str, code: str) -> Mutant:
    old, new = source.splitlines(), code.splitlines()
    changes = [
        change
        for change in difflib.SequenceMatcher(None, old, new).get_opcodes()
        if change[0] != "equal"
    ]
    return Mutant(
        file,
        changes[0][1] + 1,
        tuple(line.strip() for _, i, j, _, _ in changes for line in old[i:j]),
        tuple(line.strip() for _, _, _, i, j in changes for line in new[i:j]),
        code,
    )


def _copied(to: Path) -> None:
    """Copy what Git knows or would take, and share the environments."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    (to / ".venvs").symlink_to(ROOT / ".venvs")


def _passes(folder: Path, tests: Tests, patience: float | None) -> bool:
    """Whether tests pass in a copy within so many seconds."""
    command = [".venvs/test/bin/python", "-m", "pytest", "-x", "-q"]
    command += ["-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
    few = {"SIP_ACCOUNT_FEW": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(  # noqa: S603 - the repository's own tests
        command,
        cwd=folder,
        env={**os.environ, **few},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            return running.wait(patience) == 0
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            return False


class _Copies:
    """Copies of the repository in which mutants are tried, one at a time in each."""

    def __init__(self, folder: Path, count: int, tests: dict[str, list[Tests]]) -> None:
        self._tests = tests
        self._free: SimpleQueue[Path] = SimpleQueue()
        self._patience: dict[Tests, float] = {}
        for number in range(count):
            copy = folder / str(number)
            copy.mkdir()
            _copied(copy)
            self._free.put(copy)

    def measure(self, tests: Tests) -> None:
        """Run tests on the unchanged files, which must pass."""
        copy = self._free.get()
        started = time.monotonic()
        try:
            passes = _passes(copy, tests, None)
        finally:
            self._free.put(copy)
        if not passes:
            sys.exit(f"mutate: fails without any change: {' '.join(tests)}")
        taken = time.monotonic() - started
        self._patience[tests] = max(PATIENCE * taken, SHORTEST_PATIENCE)

    def survives(self, mutant: Mutant) -> bool:
        """Whether no test of its file notices a mutant: first the few, then others."""
        copy = self._free.get()
        file = copy / PACKAGE / mutant.file
        original = file.read_text()
        try:
            file.write_text(mutant.code)
            return all(
                _passes(copy, tests, self._patience[tests])
                for tests in self._tests[mutant.file]
            )
        finally:
            file.write_text(original)
            self._free.put(copy)


def _table() -> tuple[dict[str, list[Tests]], list[Explanation]]:
    """Read the tests of each file, and the explanations, which must be of today."""
    table = tomllib.loads((ROOT / TABLE).read_text())
    explanations = [
        Explanation(file, line, tuple(mutants))
        for file, reasons in tomllib.loads((ROOT / EXPLAINED).read_text()).items()
        for lines in reasons.values()
        for line, mutants in lines.items()
    ]
    tests: dict[str, list[Tests]] = {
        file: [(*names["by"], *table["everywhere"])]
        for names in table["tests"]
        for file in names["of"]
    }
    for names in table["further"]:
        for file, known in tests.items():
            if any(fnmatch(file, pattern) for pattern in names["of"]):
                known.append(tuple(names["by"]))
    for each in explanations:
        lines = {
            line.strip()
            for file in tests
            if fnmatch(file, each.file)
            for line in (ROOT / PACKAGE / file).read_text().splitlines()
        }
        if each.line not in lines:
            sys.exit(f"mutate: {each.file} has no such line any more: {each.line}")
    return tests, explanations


def main() -> int:
    """Try mutants; the status is 1 where too few of them were noticed."""
    parser = argparse.ArgumentParser(
        prog="scripts/mutate",
        description="Change one thing at a time and see whether a test notices.",
    )
    parser.add_argument("file", nargs="*", help=f"below {PACKAGE}; all of {TABLE}")
    parser.add_argument("--sample", type=int, default=400, help="so many at most: 400")
    parser.add_argument("--seed", type=int, default=0, help="which sample: 0")
    parser.add_argument("--at-once", type=int, default=2, help="so many at a time: 2")
    chosen = parser.parse_args()
    tests, explanations = _table()
    if unknown := [file for file in chosen.file if file not in tests]:
        parser.error(f"{TABLE} names no tests of {', '.join(unknown)}")
    files = chosen.file or sorted(tests)
    explained = 0
    sample: list[Mutant] = []
    for mutant in _mutants(files, random.Random(chosen.seed)):  # noqa: S311
        if len(sample) == chosen.sample:
            break
        if any(each.fits(mutant) for each in explanations):
            explained += 1
        else:
            sample.append(mutant)
    if not sample:
        sys.exit("mutate: there is nothing to change")
    with (
        tempfile.TemporaryDirectory(prefix="mutate-") as folder,
        ThreadPoolExecutor(chosen.at_once) as pool,
    ):
        copies = _Copies(Path(folder), chosen.at_once, tests)
        wanted = {each for mutant in sample for each in tests[mutant.file]}
        list(pool.map(copies.measure, wanted))
        survived = 0
        for mutant, survives in zip(
            sample, pool.map(copies.survives, sample), strict=True
        ):
            if survives:
                survived += 1
                print(mutant, flush=True)
    score = 100 * (len(sample) - survived) / len(sample)
    print(
        f"{len(sample)} mutants, {survived} survived, {explained} explained besides:"
        f" {score:.1f} % (at least {THRESHOLD} % wanted)"
    )
    return int(score < THRESHOLD)


if __name__ == "__main__":
    sys.exit(main())
