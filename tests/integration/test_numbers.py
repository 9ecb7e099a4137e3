"""Numbers of calls: nothing is guessed of what is dialled, unless a person says so."""

from collections.abc import Callable
import subprocess
import sys
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.calls.kept_phone_book import async_save_phone_book
from custom_components.sip_account.calls.vcard import Contact
from demo import AccountBox

from .automating import EVENT, miss_call, poll_now
from .changing import BUSY, state_of
from .flow import Flow
from .support import ALICE

MARY = Contact("Aunt Mary", ("020 800 5161",))


async def _told(
    hass: HomeAssistant, box: AccountBox, entry: Any, party: str
) -> dict[str, Any]:
    """Return what the event tells of a call from a party."""
    miss_call(box, party)
    await poll_now(hass, entry)
    state = hass.states.get(EVENT)
    assert state is not None
    return {
        name: state.attributes[name]
        for name in ("number", "number_shown", "country", "name", "call_back")
    }


@pytest.mark.parametrize(
    ("options", "country", "party", "told"),
    [
        # Nobody has a phone book or has said anything.
        (
            {},
            "NL",
            "sip:0208005161@example.com",
            ("0208005161", "0208005161", None, "tel:0208005161"),
        ),
        (
            {},
            "NL",
            "sip:0031208005161@example.com",
            ("+31208005161", "+31208005161", None, "tel:+31208005161"),
        ),
        # Where the account is, which a person has set.
        (
            {"account_region": "NL"},
            "DE",
            "sip:0208005161@example.com",
            ("+31208005161", "+31 20 800 5161", "NL", "tel:+31208005161"),
        ),
        (
            {"account_region": "NL"},
            "NL",
            "sip:0208005161@example.com",
            ("+31208005161", "020 800 5161", "NL", "tel:+31208005161"),
        ),
        (
            {"account_region": "NL"},
            "NL",
            "sip:112@example.com",
            ("112", "112", None, "tel:112"),
        ),
    ],
)
async def test_number_of_a_call(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    options: dict[str, Any],
    country: str,
    party: str,
    told: tuple[str | None, ...],
) -> None:
    """As the server wrote it, or as it is called all over the world."""
    hass.config.country = country
    entry = await set_up(ALICE, by="password", options=options)
    found = await _told(hass, box, entry, party)
    del found["name"]
    assert tuple(found.values()) == told


@pytest.mark.parametrize(
    ("options", "country", "named"),
    [
        ({}, "NL", True),
        ({"phone_book_region": "NL"}, "DE", True),
        ({}, "DE", False),
        ({"phone_book_region": "DE"}, "NL", False),
        ({}, None, False),
    ],
)
async def test_where_the_book_was_written(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    options: dict[str, Any],
    country: str | None,
    named: bool,
) -> None:
    """A contact is written as it is dialled at home, or where a person says."""
    hass.config.country = country
    entry = await set_up(ALICE, by="password", options=options)
    await async_save_phone_book(hass, entry.entry_id, [MARY])
    await hass.config_entries.async_reload(entry.entry_id)
    found = await _told(hass, box, entry, "sip:0031208005161@example.com")
    assert (found["name"] == "Aunt Mary") is named
    assert found["number"] == "+31208005161"


async def test_form(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """It proposes the countries of the account's own numbers, and takes nothing."""
    hass.config.country = "DE"
    entry = await set_up(ALICE, by="password")
    await flow.options(entry.entry_id)
    await flow.choose("numbers")
    told = flow.result["description_placeholders"]
    assert told == {"home": "DE", "proposed": "GB, NL"}
    fields = {field["name"]: field for field in flow.result["data_schema"]}
    assert not any("suggested_value" in str(field) for field in fields.values())
    await flow.submit(account_region="NL")
    assert entry.options == {"account_region": "NL"}
    await flow.options(entry.entry_id)
    await flow.choose("numbers")
    await flow.submit()
    assert entry.options == {}


def test_not_imported_without_a_book() -> None:
    """What nobody needs costs nobody anything."""
    code = (
        "import sys, custom_components.sip_account.calls.phone_book as book\n"
        "import custom_components.sip_account.trigger\n"
        "import custom_components.sip_account.condition\n"
        "book.PhoneBook().find('+31208005161@example.com')\n"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    assert subprocess.run(command, check=False).returncode == 0


async def test_targets_as_they_are_read(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """A person sees how numbers to call are read, and may go back with all of them."""
    entry = await set_up(ALICE, by="password")
    typed = ["020 800 5199", "+31208005162"]
    await flow.options(entry.entry_id)
    await flow.choose("control")
    await flow.submit(forwarding_targets=typed)
    assert flow.step == "targets_as_typed"
    assert flow.result["description_placeholders"] == {
        "targets": "0208005199, +31 20 800 5162",
        "as_typed": "0208005199",
    }
    await flow.choose("control")
    (field, *_) = flow.result["data_schema"]
    assert field["description"]["suggested_value"] == typed
    await flow.submit(forwarding_targets=typed)
    await flow.choose("keep_targets")
    assert entry.options["forwarding_targets"] == ["0208005199", "+31208005162"]
    # What was seen is not asked about again.
    await flow.options(entry.entry_id)
    await flow.choose("control")
    await flow.submit(forwarding_targets=["0208005199"])
    assert flow.step == "create_entry"


async def test_targets_in_the_country_of_the_account(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """Once a person has set it, calls go where they would go from there."""
    entry = await set_up(
        ALICE,
        by="password",
        options={"account_region": "NL", "forwarding_targets": ["0208005188"]},
    )
    await flow.options(entry.entry_id)
    await flow.choose("control")
    await flow.submit(forwarding_targets=["0208005188", "020 800 5199"])
    assert flow.step == "targets"
    shown = flow.result["description_placeholders"]["targets"]
    assert "+31 20 800 5199" in shown
    await flow.choose("keep_targets")
    await hass.async_block_till_done(wait_background_tasks=True)
    await hass.services.async_call(
        "select",
        "select_option",
        {"entity_id": BUSY, "option": "+31208005199"},
        blocking=True,
    )
    assert state_of(hass, BUSY).state == "+31208005199"
