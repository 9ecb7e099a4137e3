"""What `scripts/account` runs: the client alone, without Home Assistant.

It is loaded from its folder, which is not searched for anything else: beside it lie
platforms of the integration, `calendar.py` among them, with names of Python's own.
"""

import importlib.util
from pathlib import Path
import runpy
import sys

NAME = "sip_settings"
FOLDER = Path(__file__).parents[1] / "custom_components" / "sip_account" / NAME


def main() -> None:
    """Load the client by the name of its folder, and run it."""
    spec = importlib.util.spec_from_file_location(NAME, FOLDER / "__init__.py")
    assert spec is not None  # noqa: S101 - a file with such an ending has a loader
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    sys.modules[NAME] = module
    spec.loader.exec_module(module)
    runpy.run_module(NAME, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
