"""No test waits for less than the one limit of all: a busy machine is no failure."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# What waits, and which of its arguments is for how long (by place, by name).
WAITING = {
    "timeout": 0,
    "timeout_at": 0,
    "wait_for": 1,
    "result": 0,
    "join": 0,
    "Timer": 0,
    "set_default_timeout": 0,
    "set_options": None,
}
# Waits for what a test is sure never comes.
IN_VAIN = {"tests/demo/test_demo_server.py": 1}


def _waits(tree: ast.AST) -> Iterator[ast.expr]:
    """Find for how long is waited, wherever that is a number."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        given = [each.value for each in node.keywords if each.arg == "timeout"]
        place = WAITING.get(str(name))
        if place is not None:
            given += node.args[place : place + 1]
        for value in given:
            if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
                yield value


def _turns(tree: ast.AST) -> Iterator[ast.For]:
    """Find what looks again and again, so many times, and sleeps in between."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For) and ast.unparse(node.iter).startswith("range("):
            calls = [n for n in ast.walk(node) if isinstance(n, ast.Call)]
            slept = any(ast.unparse(each.func).endswith("sleep") for each in calls)
            left = (ast.Return, ast.Break)
            if slept and any(isinstance(each, left) for each in ast.walk(node)):
                yield node


@pytest.mark.parametrize(
    "code",
    [
        "async with asyncio.timeout(20): pass",
        "asyncio.wait_for(x, 5)",
        "asyncio.wait_for(x, timeout=5)",
        "run(x).result(10)",
        "page.set_default_timeout(20_000)",
        "expect(x).to_be_visible(timeout=9)",
    ],
)
def test_short_waits_are_found(code: str) -> None:
    assert list(_waits(ast.parse(code)))


def test_turns_are_found() -> None:
    code = "for _ in range(200):\n  if true(): return\n  time.sleep(0.1)"
    assert list(
        _turns(ast.parse(f"def wait():\n {code.replace(chr(10), chr(10) + ' ')}"))
    )


def test_nobody_waits_for_less() -> None:
    """What is waited for is waited for as long as `limits` says."""
    for file in sorted(TESTS.rglob("*.py")):
        where = file.relative_to(TESTS.parent).as_posix()
        if file == Path(__file__):
            continue
        tree = ast.parse(file.read_text())
        lines = [each.lineno for each in _waits(tree)]
        assert len(lines) == IN_VAIN.get(where, 0), (where, lines)
        assert [each.lineno for each in _turns(tree)] == [], where
