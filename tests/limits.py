"""How long anything is waited for: one limit, far beyond what a busy machine needs.

Nothing passes or fails by it but what would never come. Whoever writes a test that is
red may set it low, to see that soon: `SIP_ACCOUNT_LIMIT=20 scripts/test ...`.
"""

from collections.abc import Callable
import os
import time

import pytest

LIMIT = float(os.environ.get("SIP_ACCOUNT_LIMIT") or 300)  # seconds
_LOOK_EVERY = 0.05


def until(
    true: Callable[[], object], explain: Callable[[], object] = lambda: "it never was"
) -> None:
    """Wait for something that nobody tells of; fail with what explains it."""
    end = time.monotonic() + LIMIT
    while not true():
        if time.monotonic() > end:
            pytest.fail(str(explain()))
        time.sleep(_LOOK_EVERY)  # nobody tells of it
