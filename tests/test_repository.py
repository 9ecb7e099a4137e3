"""What Home Assistant's and HACS's own checks ask of a repository."""

import ast
from importlib import metadata
import json
from pathlib import Path
import re
import struct
import subprocess
import sys
from typing import Any

import probatio
import pytest
import voluptuous as vol
import yaml

from custom_components.sip_account import const
from custom_components.sip_account.sip_settings import Condition

ROOT = Path(__file__).parents[1]
INTEGRATION = ROOT / "custom_components" / "sip_account"
TESTS = ROOT / "tests"
RULES = 54
ALIAS_PROBLEMS = ("not_a_name", "a_number", "own_name", "taken")
TARGET_PROBLEMS = set(
    re.findall(
        r'"(\w+)"\)$',
        (INTEGRATION / "sip_settings" / "targets.py").read_text(),
        re.MULTILINE,
    )
)


def _json(path: Path) -> Any:
    return json.loads(path.read_text())


def test_manifest() -> None:
    """Only the keys that are known, in their order."""
    manifest = _json(INTEGRATION / "manifest.json")
    keys = list(manifest)
    assert keys[:2] == ["domain", "name"]
    assert keys[2:] == sorted(keys[2:])
    assert set(keys) == {
        "domain",
        "name",
        "after_dependencies",
        "codeowners",
        "config_flow",
        "dependencies",
        "documentation",
        "integration_type",
        "iot_class",
        "issue_tracker",
        "loggers",
        "requirements",
        "version",
    }
    (requirement,) = manifest["requirements"]
    assert re.fullmatch(r"phonenumberslite==[\d.]+", requirement)
    assert manifest["domain"] == INTEGRATION.name


def _pinned(requirements: str) -> str:
    """Return the Home Assistant that a file of requirements names."""
    found = re.search(r"^homeassistant==(.*)$", requirements, re.MULTILINE)
    assert found
    return found[1]


def test_which_home_assistant() -> None:
    """Each environment has the Home Assistant that is pinned for it, as a page says.

    The plugin asks for another one than the tests run on.
    """
    newest = _pinned((ROOT / "requirements_home.txt").read_text())
    asked = metadata.requires("pytest-homeassistant-custom-component") or []
    tried = {
        "test": newest,
        "plugin": _pinned("\n".join(asked)),
        "floor": _pinned((ROOT / "requirements_floor.txt").read_text()),
    }
    environment = Path(sys.prefix).name
    assert metadata.version("homeassistant") == tried.get(environment, newest)
    page = (ROOT / "docs" / "developing.md").read_text()
    if environment == "floor":
        tried.pop("plugin")  # it has an older one
    for version in tried.values():
        assert f"| {version} |" in page
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text()
    for run in (".ci/run", "scripts/test --plugin", "scripts/test --floor"):
        assert f"- run: {run}\n" in workflow
    validate = (ROOT / ".github" / "workflows" / "validate.yml").read_text()
    assert "- uses: home-assistant/actions/hassfest@" in validate


def test_hacs() -> None:
    """The floor's last patch is what `scripts/test --floor` runs on.

    Blueprints ask for the floor itself.
    """
    hacs = _json(ROOT / "hacs.json")
    assert set(hacs) == {"name", "homeassistant"}
    tested = _pinned((ROOT / "requirements_floor.txt").read_text())
    assert _pinned((ROOT / "requirements_home_floor.txt").read_text()) == tested
    floor = hacs["homeassistant"]
    month = floor.rpartition(".")[0]
    assert floor == f"{month}.0"
    assert tested.rpartition(".")[0] == month
    assert f"{month} or newer" in (ROOT / "README.md").read_text()
    for blueprint in (ROOT / "blueprints").rglob("*.yaml"):
        assert f"min_version: {floor}\n" in blueprint.read_text()


def test_quality_scale() -> None:
    """Every rule has an honest grade, and whoever is exempt says why."""
    rules = yaml.safe_load((INTEGRATION / "quality_scale.yaml").read_text())["rules"]
    assert len(rules) == RULES
    for name, grade in rules.items():
        if isinstance(grade, str):
            assert grade == "done", name
        else:
            assert grade["status"] in {"todo", "exempt"}, name
            assert grade["comment"], name


def test_every_entity_has_a_name_and_an_icon() -> None:
    """What entities are called is translated; what has no device class has an icon."""
    names = _json(INTEGRATION / "translations" / "en.json")["entity"]
    icons = _json(INTEGRATION / "icons.json")["entity"]
    for platform in ("sensor", "binary_sensor", "switch", "button", "event"):
        code = "".join(file.read_text() for file in INTEGRATION.glob(f"{platform}*.py"))
        keys = set(re.findall(r'translation_key ?= ?"(\w+)"', code))
        assert keys == set(names[platform])
        assert set(icons[platform]) <= keys
    selects = {f"forward_{condition}" for condition in Condition}
    assert selects == set(names["select"]) == set(icons["select"])


def test_every_error_is_translated() -> None:
    """Every error of the flow and every exception has its text, and no more."""
    texts = _json(INTEGRATION / "translations" / "en.json")
    flow = "".join(
        path.read_text()
        for path in (
            INTEGRATION / "config_flow.py",
            *(INTEGRATION / "flows").glob("*.py"),
        )
    )
    for error in texts["config"]["error"]:
        assert f'"{error}"' in flow, error
    code = "".join(path.read_text() for path in INTEGRATION.rglob("*.py"))
    problems = {f"target_{problem}" for problem in TARGET_PROBLEMS}
    aliases = {f"alias_{problem}" for problem in ALIAS_PROBLEMS}
    for key in texts["exceptions"]:
        made = key.endswith("_refused") or key.startswith("not_sent_")
        assert key in code or made or key in problems | aliases, key
    for error in texts["options"]["error"]:
        assert error in code or error in problems | aliases, error
    problems |= aliases
    assert problems <= texts["options"]["error"].keys() & texts["exceptions"].keys()


@pytest.mark.parametrize(("name", "size"), [("icon.png", 256), ("icon@2x.png", 512)])
def test_brand(name: str, size: int) -> None:
    """The icon has the sizes that Home Assistant asks for."""
    header = (INTEGRATION / "brand" / name).read_bytes()[:24]
    assert struct.unpack(">II", header[16:24]) == (size, size)


def test_nothing_foreign_is_committed() -> None:
    """No private key but nobody's, and no path of somebody's machine."""
    cases = ":!tests/cases/certificates"  # made up for the tests of their files
    key = "BEGIN [A-Z ]*" + "PRIVATE" + " KEY-----$"
    found = subprocess.run(
        ["git", "grep", "-nIE", rf"{key}|(^|[ \"'=])/(home|root)/[a-z]", cases],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


def test_stub_of_voluptuous() -> None:
    """What types are checked by is what Home Assistant gives under that name."""
    names = re.findall(
        r"(\w+) as \1,", (ROOT / "stubs/voluptuous/__init__.pyi").read_text()
    )
    assert len(names) > 5
    for name in names:
        assert getattr(vol, name) is getattr(probatio, name), name
    used = {
        name
        for file in INTEGRATION.rglob("*.py")
        for name in re.findall(r"\bvol\.(\w+)", file.read_text())
    }
    assert used <= set(names)


def _floors() -> list[str]:
    """Return the files of the package as the page names them, from the street up."""
    page = (ROOT / "docs" / "architecture.md").read_text()
    table = page.partition("## The files")[2].partition("Around the house")[0]
    floors: list[str] = []
    inside = ""
    for row in re.findall(r"^\| (.*?) \|", table, re.MULTILINE):
        if row.startswith("**"):
            inside = "sip_settings." if "sip_settings" in row else ""
        floors += [
            inside + name.replace("/", ".")
            for name in re.findall(r"`([\w/]+)\.py`", row)
        ]
    return floors


PACKAGE = ("custom_components", "sip_account")
# What is imported once it is wanted is named by constants.
LATER = {
    name: value.removeprefix(".".join((*PACKAGE, "")))
    for name, value in vars(const).items()
    if isinstance(value, str) and value.startswith(".".join(PACKAGE))
    if not name.startswith("__")
}


def _imported(file: Path) -> set[str]:
    """Return the files of the package that one imports, also for types alone."""
    package = file.relative_to(INTEGRATION).parent.parts
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found |= {LATER[node.id]} if node.id in LATER else set()
        if isinstance(node, ast.ImportFrom):
            module = tuple(node.module.split(".")) if node.module else ()
            if node.level:
                base = package[: len(package) - node.level + 1] + module
            elif module[: len(PACKAGE)] == PACKAGE:
                base = module[len(PACKAGE) :]
            else:
                continue
            # What is named is a file, or else something of the one that it comes from.
            for alias in node.names:
                for parts in ((*base, alias.name), base, (*base, "__init__")):
                    if INTEGRATION.joinpath(*parts).with_suffix(".py").is_file():
                        found.add(".".join(parts))
                        break
    return found


def test_floors() -> None:
    """No circle of imports, and none from a lower floor to a higher one."""
    floors = _floors()
    files = {
        ".".join(file.relative_to(INTEGRATION).with_suffix("").parts): file
        for file in INTEGRATION.rglob("*.py")
    }
    assert sorted(floors) == sorted(files)
    assert sorted(LATER.values()) == ["address_book.draft", "address_book.keeper"]
    wrong = [
        (name, other)
        for name, file in files.items()
        for other in sorted(_imported(file))
        if floors.index(other) >= floors.index(name)
    ]
    assert not wrong


@pytest.mark.parametrize(("folder", "at_most"), [(INTEGRATION, 330), (TESTS, 400)])
def test_one_sitting(folder: Path, at_most: int) -> None:
    """A longer file is two ideas."""
    lengths = {
        str(file.relative_to(folder)): len(file.read_text().splitlines())
        for file in folder.rglob("*.py")
    }
    assert lengths
    assert not {name for name, lines in lengths.items() if lines > at_most}
