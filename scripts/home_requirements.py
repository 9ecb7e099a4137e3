"""Print what Home Assistant would install while it starts the demo's home.

Run by the environment that Home Assistant is in. Integrations that are named are taken
instead of those of the home. With `--constraints` it prints the path of Home
Assistant's own constraints.
"""

import json
from pathlib import Path
import sys

import homeassistant
from homeassistant import bootstrap

ROOT = Path(homeassistant.__file__).parent
OURS = Path(__file__).parents[1] / "custom_components/sip_account/manifest.json"
WANTED = (
    "automation",
    "blueprint",
    "config",
    "conversation",
    "file_upload",
    "frontend",
    "history",
    "logbook",
    "recorder",
    "script",
    "system_health",
)


def of_the_home() -> set[str]:
    """Return the integrations of the demo's home."""
    return {
        *WANTED,
        *bootstrap.CORE_INTEGRATIONS,
        *bootstrap.DEFAULT_INTEGRATIONS,
        *bootstrap.LOGGING_AND_HTTP_DEPS_INTEGRATIONS,
    }


def requirements(waiting: set[str]) -> set[str]:
    """Return the requirements of ours, some others, and of what they need."""
    seen: set[str] = set()
    found: set[str] = set(json.loads(OURS.read_text())["requirements"])
    while waiting:
        domain = waiting.pop()
        seen.add(domain)
        file = ROOT / "components" / domain / "manifest.json"
        if not file.exists():
            continue
        manifest = json.loads(file.read_text())
        found.update(manifest.get("requirements", ()))
        waiting.update(set(manifest.get("dependencies", ())) - seen)
    return found


if __name__ == "__main__":
    if "--constraints" in sys.argv:
        print(ROOT / "package_constraints.txt")
    else:
        print("\n".join(sorted(requirements(set(sys.argv[1:]) or of_the_home()))))
