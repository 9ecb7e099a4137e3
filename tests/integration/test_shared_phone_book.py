"""One phone book serves several accounts, whichever of them goes."""

from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from demo import AccountBox

from .flow import Flow
from .support import ALICE, BOB, CAROL, url_of
from .test_callers_and_contacts import ERIN, choose, labels, name_of, upload

TODAY = "/today/settings.phtml"


async def share(flow: Flow, entry: Any, other: Any) -> None:
    """Use the phone book of another account."""
    await choose(flow, entry, "shared_book")
    await flow.submit(account=other.entry_id)
    assert flow.result["reason"] == "book_shared"
    await flow.hass.async_block_till_done(wait_background_tasks=True)


async def name_a_number(flow: Flow, entry: Any, name: str, number: str = ERIN) -> None:
    """Give a number a name."""
    await choose(flow, entry, "contact")
    await flow.submit(number=number, name=name)
    assert flow.step == "create_entry"
    await flow.hass.async_block_till_done(wait_background_tasks=True)


async def _add(flow: Flow, box: AccountBox, address: str) -> None:
    await flow.start()
    await flow.choose("password")
    await flow.log_in(url_of(box, TODAY), address, box.accounts[address].password)
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")


def _books(storage: dict[str, Any]) -> list[str]:
    return [key for key in storage if ".phone_book." in key]


@pytest.fixture
async def both(hass: HomeAssistant, set_up: Callable[..., Any]) -> tuple[Any, Any]:
    """Give two accounts."""
    return await set_up(ALICE, by="password"), await set_up(BOB, by="password")


async def test_second_account(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """By default it uses the phone book of the first, with the country it is of."""
    alice = await set_up(ALICE, by="password", options={"phone_book_region": "NL"})
    await _add(flow, box, CAROL)
    assert flow.step == "create_entry"
    (carol,) = (
        one
        for one in hass.config_entries.async_entries("sip_account")
        if one.title == CAROL
    )
    await upload(flow, alice)
    await share(flow, carol, alice)
    flow.base = flow.base.replace("options/", "")
    await _add(flow, box, BOB)
    assert flow.step == "shared_book"
    # Each phone book once, by the account that is the first to use it.
    assert labels(flow, "account") == [ALICE, "own"]
    told = flow.result["data_schema"][0]
    assert told["default"] == alice.entry_id
    await flow.submit(account=told["default"])
    assert flow.step == "create_entry"
    bob = hass.config_entries.async_entries("sip_account")[-1]
    assert bob.title == BOB
    assert name_of(bob, ERIN) == "Erin Müller"
    assert bob.options == {"phone_book_region": "NL"}


@pytest.mark.parametrize("chosen", ["own", "gone"])
async def test_second_account_of_its_own(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    chosen: str,
) -> None:
    """Whoever wants another one says so; what is gone meanwhile cannot be used."""
    alice = await set_up(ALICE, by="password")
    await upload(flow, alice)
    flow.base = flow.base.replace("options/", "")
    await _add(flow, box, BOB)
    if chosen == "gone":
        await hass.config_entries.async_remove(alice.entry_id)
    await flow.submit(account="own" if chosen == "own" else alice.entry_id)
    assert flow.step == "create_entry"
    bob = hass.config_entries.async_entries("sip_account")[-1]
    assert "phone_book_of" not in bob.data
    assert name_of(bob, ERIN) is None


async def test_already_there(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any], flow: Flow
) -> None:
    """An account that was added meanwhile is not added twice."""
    await upload(flow, await set_up(ALICE, by="password"))
    flow.base = flow.base.replace("options/", "")
    await _add(flow, box, BOB)
    await set_up(BOB, by="password")
    await flow.submit(account="own")
    assert flow.result["reason"] == "already_configured"


async def test_one_for_both(
    hass: HomeAssistant, hass_storage: dict[str, Any], both: tuple[Any, Any], flow: Flow
) -> None:
    """What is uploaded, named or emptied in one account is so in the other."""
    alice, bob = both
    await name_a_number(flow, alice, "Erin")
    await share(flow, bob, alice)
    assert name_of(bob, ERIN) == "Erin"
    await flow.options(bob.entry_id)
    told = {"contacts": "1", "accounts": f"{ALICE}, {BOB}"}
    assert flow.result["description_placeholders"] == told
    # There is no other one.
    assert "shared_book" not in flow.result["menu_options"]
    await name_a_number(flow, bob, "Mum")
    assert name_of(alice, ERIN) == "Mum"
    await upload(flow, bob)
    assert name_of(alice, "+31208005163") == "Frank"
    assert len(_books(hass_storage)) == 1
    await choose(flow, alice, "clear_phone_book")
    await flow.submit()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(bob, ERIN) is None


async def test_one_that_is_not_loaded(
    hass: HomeAssistant, both: tuple[Any, Any], flow: Flow
) -> None:
    """An account that is not loaded has the names once it is."""
    alice, bob = both
    await name_a_number(flow, alice, "Erin")
    await share(flow, bob, alice)
    await hass.config_entries.async_unload(bob.entry_id)
    await name_a_number(flow, alice, "Mum")
    await hass.config_entries.async_setup(bob.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(bob, ERIN) == "Mum"


async def test_owner_is_removed(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    both: tuple[Any, Any],
    flow: Flow,
) -> None:
    """The phone book stays with whoever is left, and goes with the last."""
    alice, bob = both
    await name_a_number(flow, alice, "Erin")
    await share(flow, bob, alice)
    await hass.config_entries.async_remove(alice.entry_id)
    await name_a_number(flow, bob, "Frank", "+31208005163")
    await hass.config_entries.async_reload(bob.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(bob, ERIN) == "Erin"
    assert name_of(bob, "+31208005163") == "Frank"
    await hass.config_entries.async_remove(bob.entry_id)
    assert not _books(hass_storage)


async def test_own_one_again(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    both: tuple[Any, Any],
    flow: Flow,
) -> None:
    """It was only set aside, and the other one is forgotten if nobody is left."""
    alice, bob = both
    await name_a_number(flow, alice, "Erin")
    await name_a_number(flow, bob, "Door", "42")
    await flow.options(bob.entry_id)
    assert "own_book" not in flow.result["menu_options"]
    await share(flow, bob, alice)
    assert name_of(bob, "42") is None
    for left in (2, 1):
        await choose(flow, bob, "own_book")
        await flow.submit()
        assert flow.result["reason"] == "book_own"
        await hass.async_block_till_done(wait_background_tasks=True)
        assert (name_of(bob, "42"), name_of(bob, ERIN)) == ("Door", None)
        assert len(_books(hass_storage)) == left
        if left == 2:
            await share(flow, bob, alice)
            await hass.config_entries.async_remove(alice.entry_id)


async def test_gone_while_it_is_chosen(
    hass: HomeAssistant, both: tuple[Any, Any], flow: Flow
) -> None:
    """Whoever chooses what is gone by now is back at the options."""
    alice, bob = both
    await name_a_number(flow, alice, "Erin")
    await choose(flow, bob, "shared_book")
    await hass.config_entries.async_remove(alice.entry_id)
    await flow.submit(account=alice.entry_id)
    assert flow.step == "init"
    assert bob.data.get("phone_book_of") is None


async def test_reconfigured(
    hass: HomeAssistant, both: tuple[Any, Any], flow: Flow
) -> None:
    """Another login is no other phone book."""
    alice, bob = both
    await name_a_number(flow, alice, "Erin")
    await share(flow, bob, alice)
    flow.base = flow.base.replace("options/", "")
    await flow.reconfigure(bob.entry_id)
    await flow.choose("address")
    await flow.submit(url=bob.data["url"], trust="unchanged")
    assert flow.result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert name_of(bob, ERIN) == "Erin"


async def test_country_of_the_book(
    hass: HomeAssistant, set_up: Callable[..., Any], flow: Flow
) -> None:
    """The country of a phone book comes and goes with it, one's own comes back."""
    abroad = {"phone_book_region": "NL", "account_region": "NL"}
    alice = await set_up(ALICE, by="password", options=abroad)
    bob = await set_up(BOB, by="password", options={"phone_book_region": "DE"})
    carol = await set_up(CAROL, by="password")
    await name_a_number(flow, alice, "Erin")
    await name_a_number(flow, carol, "Frank", "+31208005163")
    for _ in range(2):
        await share(flow, bob, alice)
        assert bob.options == {"phone_book_region": "NL"}
        await share(flow, bob, carol)
        assert bob.options == {}
        flow.base = flow.base.replace("options/", "")
        await flow.reconfigure(bob.entry_id)
        await flow.choose("address")
        await flow.submit(url=bob.data["url"], trust="unchanged")
        await hass.async_block_till_done(wait_background_tasks=True)
        await choose(flow, bob, "own_book")
        await flow.submit()
        await hass.async_block_till_done(wait_background_tasks=True)
        assert bob.options == {"phone_book_region": "DE"}
    assert not [key for key in bob.data if "phone_book" in key]
    await share(flow, carol, alice)
    assert carol.options == {"phone_book_region": "NL"}
    await choose(flow, carol, "own_book")
    await flow.submit()
    assert carol.options == {}
    await share(flow, alice, carol)
    assert alice.options == {"account_region": "NL"}
