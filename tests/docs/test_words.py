"""What the integration has, the pages have: entities, actions, options, files."""

from collections.abc import Iterator
from dataclasses import fields
import json
from pathlib import Path
import re
from typing import Any
from urllib.parse import quote

import yaml

from custom_components.sip_account.calls.watch import EVENT_TYPES
from custom_components.sip_account.sip_settings import (
    Call,
    Device,
    Outcome,
    Transaction,
)

from .dashboard import FILE, document
from .pages import DOCS, INTEGRATION, PAGES, ROOT, examples, plain, prose

TEXTS = json.loads((INTEGRATION / "translations" / "en.json").read_text())
BLUEPRINTS = ROOT / "blueprints"
REPOSITORY = "https://github.com/sip-account/home-assistant-sip-account"
IMPORT = "https://my.home-assistant.io/redirect/blueprint_import/?blueprint_url="
# What a model keeps for itself (sip_settings/shapes.py).
INTERNAL = {"from_tag", "party_identity", "session_id", "started_text", "time_text"}


def _fields(model: type[Any]) -> set[str]:
    return {field.name for field in fields(model)} - INTERNAL


def _labels(steps: dict[str, Any]) -> Iterator[str]:
    for step in steps.values():
        yield from step.get("data", {}).values()


def test_entities() -> None:
    """Each by its name, with the states and attributes that it can have."""
    page = prose(DOCS / "entities.md")
    rows = re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE)
    # With the platform behind it, where that is not plain.
    rows += [re.sub(r" \([^)]*\)$", "", row) for row in rows]
    for entities in TEXTS["entity"].values():
        for entity in entities.values():
            assert entity["name"] in rows
            for key in entity.get("state", {}):
                assert f"`{key}`" in page, key
            for key in entity.get("state_attributes", {}):
                assert f"`{key}`" in page, key
    for key in _fields(Call) | _fields(Device) | {*EVENT_TYPES} | {*Outcome}:
        assert f"`{key}`" in page, key


def test_actions() -> None:
    """Each with its fields, an example, and the shape of what it answers."""
    page = DOCS / "actions.md"
    text = prose(page)
    services = yaml.safe_load((INTEGRATION / "services.yaml").read_text())
    assert services.keys() == TEXTS["services"].keys()
    shown = [example for example in examples(page) if "action" in example]
    for name, service in services.items():
        words = TEXTS["services"][name]
        chapter = text.split(f"\n## {words['name']}\n")[1].split("\n## ")[0]
        for field in service["fields"]:
            label = words["fields"][field]["name"]
            assert f"| {label} | `{field}` |" in chapter, (name, field)
        assert f"sip_account.{name}" in {example["action"] for example in shown}
    answers = {
        key: value for example in examples(page) for key, value in example.items()
    }
    assert {"as_of", "stale"} <= answers.keys()
    assert answers["calls"][0].keys() == _fields(Call) | {
        "account",
        "call_back",
        "shown",
    }
    assert answers["transactions"][0].keys() == _fields(Transaction) | {"account"}


def test_options() -> None:
    """Every field of the set-up, every option and every way to go."""
    page = plain(DOCS / "options.md")
    menu = TEXTS["options"]["step"]["init"]["menu_options"]
    ways = TEXTS["config"]["step"]["reconfigure"]["menu_options"]
    for label in (
        *_labels(TEXTS["config"]["step"]),
        *_labels(TEXTS["options"]["step"]),
        *menu.values(),
        *ways.values(),
        *TEXTS["selector"]["trust"]["options"].values(),
    ):
        assert re.search(rf"[|*#] ?{re.escape(label)}(?: \||\*| #)", f"{page} ") or (
            f"### {label}" in page
        ), label


def test_blueprints() -> None:
    """Each can be imported from the page about automations, and from the README."""
    files = sorted(BLUEPRINTS.rglob("*.yaml"))
    assert files
    for page in (DOCS / "automations.md", ROOT / "README.md"):
        targets = set(re.findall(rf"{re.escape(IMPORT)}[^)\s]+", prose(page)))
        assert targets == {
            IMPORT + quote(f"{REPOSITORY}/blob/main/{file.relative_to(ROOT)}", safe="")
            for file in files
        }


def test_architecture() -> None:
    """The table has every file of the integration, and no more."""
    page = prose(DOCS / "architecture.md")
    table = page.split("## The files")[1].split("Around the house")[0]
    named = [name.split("/")[-1] for name in re.findall(r"`([\w/]+\.py)`", table)]
    there = [path.name for path in INTEGRATION.rglob("*.py")]
    assert sorted(named) == sorted(there)
    folders = re.findall(r"^\| `(\w+)/` \|", page, re.MULTILINE)
    assert all((ROOT / folder).is_dir() for folder in folders)


def test_scripts() -> None:
    """Every script is explained."""
    page = prose(DOCS / "developing.md")
    for script in (ROOT / "scripts").iterdir():
        if script.is_file() and not script.suffix and script.name != "get-python":
            assert f"`scripts/{script.name}" in page, script


def test_dashboard() -> None:
    """`python -m tests.docs.dashboard` was run."""
    assert FILE.read_text() == document()


def test_examples_are_yaml() -> None:
    """All that looks like YAML is."""
    assert sum(len(examples(page)) for page in PAGES) > 10


def test_quality_scale() -> None:
    """Each rule about documentation names the pages where it is met."""
    text = (INTEGRATION / "quality_scale.yaml").read_text()
    done = re.findall(r"^  (docs-[\w-]+): done(?: # (.*))?$", text, re.MULTILINE)
    assert done
    for rule, places in done:
        files = [Path(place) for place in re.findall(r"[\w/-]+\.md", places)]
        assert files, rule
        assert all((ROOT / file).is_file() for file in files), rule
