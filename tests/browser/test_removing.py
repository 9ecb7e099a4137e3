"""What is left of the integration when its last account is gone: nothing."""

from pathlib import Path
import re

from demo import entries
from demo.home import free_port, furnish, started_home

from .household import ALICE, CAROL, HOME_PYTHON, Household

CARD = re.compile(r"/sip_account/[^\"' ]+\.js")


def _about_us(folder: Path) -> list[str]:
    """Return what is stored of us, by name or among the resources of dashboards."""
    stored = list((folder / ".storage").iterdir())
    ours = [file.name for file in stored if "sip" in file.name]
    resources = [file for file in stored if file.name == "lovelace_resources"]
    return ours + [file.name for file in resources if "sip" in file.read_text()]


def test_last_account(house: Household, tmp_path: Path) -> None:
    """No file and no resource at once; no address after the next restart."""
    house.await_(_live_and_leave(house, tmp_path))


async def _live_and_leave(house: Household, folder: Path) -> None:
    port = free_port()
    furnish(folder, port)
    async with started_home(folder, port, HOME_PYTHON) as person:
        await person.move_in()
        accounts = [
            await entries.add_by_certificate(person, house.box, ALICE),
            await entries.add_by_password(person, house.box, CAROL),
        ]
        await entries.set_phone_book(person, accounts[0], {"+31208005161": "Dentist"})
        assert _about_us(folder)
        _, page = await person.get("/")
        card = CARD.findall(page)[0]
        assert (await person.get(card))[0] == 200
        for account in accounts:
            await entries.remove(person, account)
        assert _about_us(folder) == []
    assert _about_us(folder) == []
    async with started_home(folder, port, HOME_PYTHON) as person:
        status, page = await person.get("/")
        assert status == 200
        assert "sip_account" not in page
        assert (await person.get(card))[0] == 404
