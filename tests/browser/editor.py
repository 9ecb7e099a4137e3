"""Home Assistant's automation editor, as a person with a mouse uses it."""

from playwright.sync_api import Locator

from .frontend import Frontend


class Editor:
    """A new automation; counts the clicks that it takes."""

    def __init__(self, home: Frontend) -> None:
        self.clicks = 0
        self._home = home
        self._page = home.page
        home.open("/config/automation/edit/new")

    def _click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def add(self, kind: str, search: str, choose: str) -> None:
        """Add a trigger, a condition or an action that is found by a word."""
        self._click(self._home.button(f"Add {kind}"))
        dialog = self._page.locator("add-automation-element-dialog")
        dialog.locator("input").first.fill(search)
        self._click(dialog.get_by_text(choose, exact=True).first)
        self._page.locator("ha-automation-sidebar").get_by_text(choose).first.wait_for()

    def target(self, device: str) -> None:
        """Point at an account."""
        self._click(self._page.get_by_text("Add target").first)
        # The device is listed below its entities, which are named after it as well.
        self._page.get_by_text("SIP Account", exact=True).last.wait_for()
        self._click(self._page.get_by_text(device, exact=True).last)
        self._page.get_by_text("1 entity", exact=True).wait_for()

    def choose(self, option: str) -> None:
        """Choose one of the options of a field."""
        self._click(self._page.get_by_text(option, exact=True))

    def fill(self, field: str, value: str) -> None:
        """Write a value into a field of the sidebar."""
        rows = self._page.locator("ha-automation-sidebar ha-settings-row")
        row = rows.filter(has=self._page.get_by_text(field, exact=True)).first
        box = row.locator("input, textarea").last
        self._click(box)
        box.fill(value)

    def save(self, name: str) -> None:
        """Save it under a name."""
        self._click(self._home.button("Save"))
        dialog = self._page.locator("ha-dialog-automation-save")
        dialog.locator("input").first.fill(name)
        self._click(dialog.get_by_role("button", name="Save", exact=True))
        self._page.get_by_text(name, exact=True).first.wait_for()
        dialog.locator("input").first.wait_for(state="hidden")
