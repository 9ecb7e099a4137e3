"""No regular expression of ours can be made to take more than linear time."""

import ast
from importlib import import_module
from pathlib import Path
import re

import pytest

from custom_components import sip_account

from .patterns import complaints

PACKAGE = Path(sip_account.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# Each has held a loop or an executor, or is the plainest of its kind.
SLOW = (
    r"(?:\s*Key \w+ changed [^{]*)+",
    r"<[^>]*>",
    r"(?:Warning|Notice):[^\n]{0,2000}? on line \d+",
    r"Error from [^<]{0,500}?\((\w{1,40}Port)\):([^<]*)",
    r"[^\s<>()]+@[^\s<>()]+|\+?\d{5,}",
    r"^.*<|>.*$",
    r"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----",
    r"(?=.*[A-Za-z])[A-Za-z.]{1,64}",
    r"(a+)+b",
    r"(?:a|b*)*c",
    r"\s*\s*x",
    r"\d+\w*x",
    r"\d+(?:x)?\d+y",
    r"x.*?y",
    r"\s+$x",
)
QUICK = (
    r"Key \w+ changed [^{]*",
    r'[\[\]{}]|"\\*',
    r"\+?\d{5,}",
    r"[^\s<>()]+",
    r"-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----",
    r"(?:a|b)*",
    r"x\d+",
)


def compiled() -> dict[str, re.Pattern[str]]:
    """Return every pattern that stands in a module."""
    found = {}
    for file in FILES:
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        if parts[-1] == "__main__":
            continue
        name = ".".join((sip_account.__name__, *parts)).removesuffix(".__init__")
        for key, value in vars(import_module(name)).items():
            if isinstance(value, re.Pattern):
                found[f"{name}.{key}"] = value
    return found


PATTERNS = compiled()


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_linear(pattern: re.Pattern[str]) -> None:
    assert complaints(pattern) == []


@pytest.mark.parametrize("pattern", SLOW)
def test_slow_ones_are_found(pattern: str) -> None:
    assert complaints(re.compile(pattern, re.DOTALL))


@pytest.mark.parametrize("pattern", QUICK)
def test_quick_ones_are_not(pattern: str) -> None:
    assert complaints(re.compile(pattern, re.DOTALL)) == []


def test_all_are_looked_at() -> None:
    """Patterns are compiled where a module can be asked for them, and nowhere else."""
    made = 0
    for file in FILES:
        tree = ast.parse(file.read_text())
        inner = {id(node) for top in tree.body for node in ast.walk(top)}
        inner -= {
            id(top.value)
            for top in tree.body
            if isinstance(top, ast.Assign) and isinstance(top.value, ast.Call)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
            ):
                assert node.func.attr == "compile", f"{file.name}: {node.lineno}"
                assert id(node) not in inner, f"{file.name}: {node.lineno}"
                made += 1
    assert made == len(PATTERNS)
