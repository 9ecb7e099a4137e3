"""One home, one box and one browser for all tests; each test begins with nothing."""

from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
import re
import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, expect
import pytest

from tests.limits import LIMIT

from .frontend import PICTURES, Frontend, chromium
from .household import Household, household


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=LIMIT * 1000)
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def running_household() -> Iterator[Household]:
    with household() as running:
        yield running


@pytest.fixture
def house(running_household: Household) -> Iterator[Household]:
    """Give the home and the box to talk to directly."""
    yield running_household
    running_household.start_over()


type LookAt = Callable[[str], Frontend]


@pytest.fixture(scope="session")
def visits(browser: Browser) -> BrowserContext:
    """Give where all pages are opened: files of a home are read and compiled once."""
    return browser.new_context(
        locale="en-US",
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
        service_workers="block",
    )


@pytest.fixture
def look_at(visits: BrowserContext, request: pytest.FixtureRequest) -> LookAt:
    """Give a way to look at a home, as somebody who was never there."""
    module = request.module.__name__.rpartition(".test_")[2]
    test = request.node.name.removeprefix("test_")
    story = re.sub(r"\W+", "-", f"{module}-{test}").strip("-")
    shutil.rmtree(PICTURES / story, ignore_errors=True)

    def look(origin: str) -> Frontend:
        frontend = request.node.frontend = Frontend(visits.new_page(), origin, story)
        request.addfinalizer(frontend.leave)
        return frontend

    return look


@pytest.fixture
def home(house: Household, look_at: LookAt) -> Frontend:
    """Give the home to look at: `home.open(path, width=360, dark=True)`."""
    frontend = look_at(house.origin)
    frontend.log_in_with(house.token)
    return frontend


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: Any, call: Any
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take a picture of what was there when a test failed."""
    report = yield
    frontend: Frontend | None = getattr(item, "frontend", None)
    if report.failed and call.when == "call" and frontend is not None:
        with suppress(Error):  # there may be no page any more
            frontend.picture("FAILED")
    return report
