"""The dialog in which an integration asks its questions."""

from functools import reduce
import json
import re
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, Response, expect

from .household import ROOT

FLOWS = "/api/config/config_entries/"
REPAIRS = "/api/repairs/issues/fix"
TEXTS: dict[str, Any] = json.loads(
    (ROOT / "custom_components/sip_account/translations/en.json").read_text()
)
_ORDINARY_ENDS = {
    "reauth_successful": "Re-authentication was successful",
    "reconfigure_successful": "Reconfiguration was successful",
}
# What the frontend says where it cannot say what it was told to.
_UNSAID = ("formatjs", "MISSING_VALUE", "Translation [", "undefined")
_ALL_TEXT = """dialog => {
  const text = node => node.nodeType === Node.TEXT_NODE
    ? node.data
    : node.localName === "style"
      ? ""
      : [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes]
          .map(text)
          .join(" ");
  return text(dialog);
}"""


class Dialog:
    """A flow, as it is shown; the element itself has no box, what is in it has."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.inside = page.locator("dialog-data-entry-flow")
        self.title = self.inside.locator(".dialog-title").first

    def choose(self, option: str) -> None:
        """Choose from a menu."""
        self.inside.get_by_text(option, exact=True).click()

    def log_in(self, account: str, password: str, url: str) -> None:
        """Give SIP address and password, then the server that nobody names."""
        self.fill(account=account, password=password)
        self.submit()
        self.choose("Type another address")
        self.fill(url=url)
        self.submit()

    def number(self, label: str) -> Locator:
        """Find a field for a number."""
        fields = self.inside.locator("ha-selector-number")
        return fields.filter(has_text=label).locator("input")

    def fill(self, **values: str) -> None:
        """Fill in fields by their names."""
        for name, value in values.items():
            self.inside.locator(f"input[name={name}]").fill(value)

    def switch(self) -> None:
        """Switch whatever can be switched on a form, but for starting again."""
        choices = self.inside.locator("ha-selector-boolean")
        for choice in choices.filter(has_not_text=re.compile("Start again")).all():
            choice.locator("ha-switch").click()

    def upload(self, name: str, content: bytes) -> None:
        """Give a field of files a file, and wait until the home has it."""
        field = self.inside.locator("ha-selector-file").first
        file = FilePayload(
            name=name, mimeType="application/octet-stream", buffer=content
        )

        def is_upload(response: Response) -> bool:
            return "/api/file_upload" in response.url

        with self.page.expect_response(is_upload) as uploaded:
            field.locator("input[type=file]").set_input_files(file)
        assert uploaded.value.ok, uploaded.value.text()
        field.get_by_role("button", name="Delete").wait_for()

    def submit(self, button: str = "Submit") -> dict[str, Any]:
        """Submit a form; returns what the home answers."""

        def is_answer(response: Response) -> bool:
            ours = FLOWS in response.url or REPAIRS in response.url
            return ours and response.request.method == "POST"

        with self.page.expect_response(is_answer) as answered:
            self.inside.get_by_role("button", name=button, exact=True).click()
        answer: dict[str, Any] = answered.value.json()
        return answer

    def wait_for(self, text: str | re.Pattern[str]) -> None:
        """Wait until a step is shown, and look at it."""
        self.inside.get_by_text(text).first.wait_for()
        self._look()

    def ends(self, reason: str) -> None:
        """Wait until a flow has ended in an ordinary way, by the reason for it.

        Home Assistant says these in its own words as of 2026.10, and in ours before.
        """
        said = (_ORDINARY_ENDS[reason], TEXTS["config"]["abort"][reason])
        self.wait_for(re.compile("|".join(map(re.escape, said))))

    def shows(self, step: str) -> None:
        """Wait until a step is shown, by its place among the translations."""
        texts = reduce(lambda texts, key: texts[key], step.split("."), TEXTS)
        expect(self.title).to_have_text(texts["title"])
        if "description" in texts:
            description = self.inside.locator("ha-markdown-element").first
            expect(description).not_to_be_empty()
        self._look()

    def _look(self) -> None:
        """See that everything is said, and no address was made a link."""
        assert self.title.inner_text().strip()
        said = self.inside.evaluate(_ALL_TEXT)
        assert [each for each in _UNSAID if each in said] == [], said
        assert self.inside.locator("a[href^='mailto:']").count() == 0

    def close(self, button: str = "Close") -> None:
        """Close the dialog once it has nothing more to ask."""
        self._look()
        # The cross in its corner may have the same name, and comes first.
        self.inside.get_by_role("button", name=button, exact=True).last.click()
        self.inside.get_by_role("heading").first.wait_for(state="hidden")
        # The frontend then goes back in the history, which would end what comes next.
        self.page.wait_for_function("!history.state?.dialog")
