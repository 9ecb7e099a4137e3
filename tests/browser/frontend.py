"""Somebody in front of Home Assistant's frontend, who takes a picture of every step."""

from collections.abc import Iterator
from contextlib import contextmanager
import json
import os
from pathlib import Path
import re

from playwright.sync_api import Browser, Locator, Page, Request, sync_playwright

from tests.limits import LIMIT

from .flow import Dialog

PICTURES = Path(
    os.environ.get("SIP_ACCOUNT_PICTURES") or Path(__file__).parent / "pictures"
)
CHROMIUM = os.environ.get("SIP_ACCOUNT_CHROMIUM", "/usr/bin/chromium")
_ARGUMENTS = [
    "--no-sandbox",  # it runs as whoever runs the tests, also as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    # Nothing but what runs here is reached. Playwright's own way to keep a page from
    # addresses would have it read all files of the home anew for each page.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]
# The frontend looks into its own source where it tells the log of a fault of its own.
_SOURCE = r"raw\.githubusercontent\.com/home-assistant/frontend/"
_FOREIGN = re.compile(rf"^https?://(?!127\.0\.0\.1:|{_SOURCE})")
_LOOKS = 20


class Frontend:
    """One person's browser; `foreign` are the addresses that it was kept from."""

    def __init__(self, page: Page, origin: str, story: str) -> None:
        self.page = page
        self.foreign: list[str] = []
        self._origin = origin
        self._folder = PICTURES / story
        self._taken = 0
        page.set_default_timeout(LIMIT * 1000)
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if _FOREIGN.match(request.url):
            self.foreign.append(request.url)

    def leave(self) -> None:
        """Close all that is open, and forget all but the files of the home."""
        context = self.page.context
        context.remove_listener("request", self._note)
        # One that is open for certain: a test may have looked twice.
        storage = context.new_cdp_session(context.new_page())
        storage.send(
            "Storage.clearDataForOrigin",
            {"origin": self._origin, "storageTypes": "local_storage,indexeddb"},
        )
        context.clear_cookies()
        for page in context.pages:
            page.close()

    def log_in_with(self, token: str) -> None:
        """Skip the login: hand the frontend a token before it is loaded."""
        tokens = {
            "access_token": token,
            "token_type": "Bearer",
            "refresh_token": "",
            "expires_in": 10**9,
            "expires": 10**13,
            "hassUrl": self._origin,
            "clientId": f"{self._origin}/",
        }
        kept = json.dumps(json.dumps(tokens))
        self.page.add_init_script(f"localStorage.setItem('hassTokens', {kept})")

    def log_in(self, user: str, password: str) -> None:
        """Log in as people do; Home Assistant then chooses what to show."""
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.goto(self._origin)
        self.page.locator("input[name=username]").fill(user)
        self.page.locator("input[name=password]").fill(password)
        self.picture("login")
        self.button("Log in").click()
        self.page.locator("home-assistant-main").wait_for()

    def open(
        self, path: str, *, width: int = 1280, height: int = 900, dark: bool = False
    ) -> None:
        """Go to a page of the home, by day or by night."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.page.goto(self._origin + path)
        self.page.locator("home-assistant-main").wait_for()

    def open_small(self, path: str) -> None:
        """Go to a page in which a dialog is not lost, once it is a picture."""
        self.open(path, width=800, height=800)

    def picture(self, name: str, of: Locator | None = None) -> None:
        """Take a picture once nothing moves any more."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._taken += 1
        shot = b""
        for _ in range(_LOOKS):
            before, shot = shot, (of or self.page).screenshot(animations="disabled")
            if shot == before:
                break
        (self._folder / f"{self._taken:02d}-{name}.png").write_bytes(shot)

    def button(self, name: str) -> Locator:
        """Find a button by what stands on it."""
        return self.page.get_by_role("button", name=name, exact=True)

    # Where one goes

    def add_integration(self) -> Dialog:
        """Begin to add an account."""
        self.open_small("/config/integrations/dashboard")
        self.button("Add integration").click()
        search = self.page.locator("dialog-add-integration input").first
        search.fill("SIP Account")
        found = self.page.locator("ha-integration-list-item")
        found.filter(has_text="SIP Account").first.wait_for()
        self.picture("search")
        found.filter(has_text="SIP Account").first.click()
        return Dialog(self.page)

    def open_accounts(self) -> None:
        """Go to the page of the integration."""
        self.open_small("/config/integrations/integration/sip_account")
        self.page.locator("ha-config-entry-row").first.wait_for()

    def open_reconfigure(self) -> Dialog:
        """Begin to change the one account that there is."""
        self.open_accounts()
        row = self.page.locator("ha-config-entry-row")
        row.locator("ha-icon-button[slot=trigger]").first.click()
        row.locator("ha-dropdown-item[value=reconfigure]").click()
        return Dialog(self.page)

    def open_reauth(self) -> Dialog:
        """Go to what Home Assistant wants attention for, and attend to it."""
        self.open_small("/config/integrations/dashboard")
        self.button("Reconfigure").click()
        return Dialog(self.page)

    def open_device(self, device_id: str, *, height: int = 1180) -> None:
        """Go to the page of an account's device, which is a long one."""
        self.open(f"/config/devices/device/{device_id}", height=height)
        self.entity("Balance").wait_for()

    def card(self, title: str) -> Locator:
        """Find our card by the account that it is of."""
        cards = self.page.locator("sip-account-card")
        return cards.filter(has=self.page.get_by_role("heading", name=title))

    def entity(self, name: str) -> Locator:
        """Find what a device's page shows of an entity."""
        rows = self.page.locator("ha-device-entities-card hui-generic-entity-row")
        return rows.filter(has=self.page.get_by_text(name, exact=True)).first


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=_ARGUMENTS, headless=True
        )
        try:
            yield browser
        finally:
            browser.close()
