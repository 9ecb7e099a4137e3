"""Address books of the tests: Radicale, and what an entry keeps of one."""

from typing import Any

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.address_book.source import (
    Source,
    origin_of,
    read_address,
)
from custom_components.sip_account.const import DOMAIN
from demo import AccountBox
from demo.address_book import (
    PASSWORD,
    USER,
    book_authority,
)
from tests.integration.support import ALICE, password_entry_data

# Who has called alice in the account in a box.
CALLER = "+31208005162"


def source_of(url: str, **changed: Any) -> Source:
    """Return what is read by what `kept` makes an entry keep."""
    source = Source.from_entry({"address_book": kept(url, **changed)})
    assert source is not None
    return source


def kept(url: str, **changed: Any) -> dict[str, Any]:
    """Return what an entry keeps of an address book that Radicale has."""
    return {
        "book_id": "one",
        "url": url,
        "is_file": False,
        "username": USER,
        "password": PASSWORD,
        "origins": [origin_of(read_address(url))],
        "trusts": {
            "127.0.0.1": {
                "authority": book_authority().certificate_pem.decode(),
                "pinned": None,
            }
        },
    } | changed


async def account(
    hass: HomeAssistant, box: AccountBox, book: dict[str, Any], address: str = ALICE
) -> MockConfigEntry:
    """Set up an account that uses an address book."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title=address,
        unique_id=address,
        data=password_entry_data(box, address) | {"address_book": book},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    return entry


def name_of(entry: Any, number: str = CALLER) -> str | None:
    """Return what a number is called by now."""
    name: str | None = entry.runtime_data.phone_book.find(number)
    return name
