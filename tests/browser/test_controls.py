"""A repair tells of what was configuration in 0.1.0, and is a control now."""

from .flow import Dialog
from .frontend import Frontend
from .household import CAROL, Household


def test_controls_in_an_area(home: Frontend, house: Household) -> None:
    entry_id = house.add(CAROL, by="password")
    house.act("begin_reauth.as_in_0_1_0", entry_id=entry_id)
    home.open_small("/config/repairs")
    issue = home.page.locator("ha-config-repairs").get_by_text("is a control now").first
    issue.click()
    (dialog := Dialog(home.page)).shows("issues.controls_in_area.fix_flow.step.confirm")
    dialog.submit()
    issue.wait_for(state="detached")
