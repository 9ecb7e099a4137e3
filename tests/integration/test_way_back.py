"""From every menu there is a way back, and no error is the end.

That each menu offers it is looked at wherever a test shows one: `flow.py`. Here each
of them is opened, and the way is taken.
"""

from collections.abc import Awaitable, Callable
import json
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from demo import AccountBox, Names
from tests.faults.server_table import expired

from .address_book.odd_server import OddServer
from .address_book.test_flow import open_book
from .finding import TODAY, begin, name_page, submit
from .flow import Flow
from .passing import reauths
from .support import ALICE, url_of
from .test_callers_and_contacts import choose, upload
from .test_server_looked_at import _misnamed
from .test_trust import pin

TRANSLATIONS = Path(__file__).parents[2] / "custom_components/sip_account/translations"
FIRST = {"config": {"user", "reconfigure"}, "options": {"init"}}
type Walk = Callable[[Flow, AccountBox, Any], Awaitable[None]]


def _menus(flow: str) -> dict[str, set[str]]:
    texts = json.loads((TRANSLATIONS / "en.json").read_text())[flow]["step"]
    return {
        step: set(told["menu_options"])
        for step, told in texts.items()
        if "menu_options" in told and step not in FIRST[flow]
    }


async def _no_server(flow: Flow, box: AccountBox, entry: Any) -> None:
    await begin(flow, box)


async def _untrusted(flow: Flow, box: AccountBox, entry: Any) -> None:
    await _no_server(flow, box, entry)
    await flow.choose("other_address")
    await flow.submit(url=url_of(box, TODAY))


async def _unfit(flow: Flow, box: AccountBox, entry: Any) -> None:
    await _untrusted(flow, box, entry)
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")


async def _refused(flow: Flow, box: AccountBox, entry: Any) -> None:
    """Go on with a server that is trusted, but lets nobody in."""
    await pin(flow.hass, entry, box.platform.certificate_pem.decode())
    entry.async_start_reauth(flow.hass)
    await flow.hass.async_block_till_done(wait_background_tasks=True)
    await flow.resume(reauths(flow.hass)[0])
    assert flow.step == "changed_certificate"
    box.faults.set("*", "*", "certificate_refused_in_small")
    await flow.submit()


async def _address_book(flow: Flow, box: AccountBox, entry: Any) -> None:
    data = {**entry.data, "address_book": {"book_id": "one", "url": "https://h/"}}
    flow.hass.config_entries.async_update_entry(entry, data=data)
    await choose(flow, entry, "address_book")


async def _untrusted_book(flow: Flow, box: AccountBox, entry: Any) -> None:
    with OddServer({"Erin": "42"}).running() as server:
        await open_book(flow, entry)
        await flow.submit(url=server.url)


async def _found(flow: Flow, box: AccountBox, entry: Any) -> None:
    await upload(flow, entry)
    await choose(flow, entry, "contacts")


async def _opened(flow: Flow, box: AccountBox, entry: Any) -> None:
    await _found(flow, box, entry)
    await flow.submit(contact="0")


async def _not_found(flow: Flow, box: AccountBox, entry: Any) -> None:
    await _found(flow, box, entry)
    await flow.submit(search="nobody")


async def _targets(flow: Flow, box: AccountBox, entry: Any) -> None:
    await choose(flow, entry, "control")
    await flow.submit(forwarding_targets=["+31208005199"])


async def _as_typed(flow: Flow, box: AccountBox, entry: Any) -> None:
    await choose(flow, entry, "control")
    await flow.submit(forwarding_targets=["0208005199"])


# To each menu, and the step that is before it.
CONFIG: dict[str, tuple[Walk, str]] = {
    "named_server": (_no_server, "password"),
    "no_server": (_no_server, "password"),
    "untrusted_server": (_untrusted, "other_address"),
    "outdated_server": (_unfit, "authority"),
    "misnamed_server": (_unfit, "authority"),
    "reauth_confirm": (_refused, "changed_certificate"),
}
OPTIONS: dict[str, tuple[Walk, str]] = {
    "address_book": (_address_book, "init"),
    "untrusted_book": (_untrusted_book, "book_address"),
    "opened_contact": (_opened, "contacts"),
    "not_found": (_not_found, "contacts"),
    "targets": (_targets, "control"),
    "targets_as_typed": (_as_typed, "control"),
}


def test_all_of_them() -> None:
    """Whoever adds a menu walks to it here, or says that a flow begins with it."""
    assert _menus("config").keys() == CONFIG.keys()
    assert _menus("options").keys() == OPTIONS.keys()


@pytest.mark.parametrize("menu", [*CONFIG, *OPTIONS])
async def test_way_back(
    hass: HomeAssistant,
    box: AccountBox,
    names: Names,
    set_up: Callable[..., Any],
    flow: Flow,
    request: pytest.FixtureRequest,
    menu: str,
) -> None:
    """From each menu to the step before it, and to the menu once more."""
    walk, before = (CONFIG | OPTIONS)[menu]
    entry = None
    if menu in OPTIONS or menu == "reauth_confirm":
        by = "certificate" if menu == "reauth_confirm" else "password"
        entry = await set_up(ALICE, by=by)
    if menu == "named_server":
        request.getfixturevalue("known_box")
        name_page(box, names, box.today_url)
    if menu == "outdated_server":
        box.replace_server_certificate(expired(box))
    if menu == "misnamed_server":
        box.replace_server_certificate(_misnamed(box))
    await walk(flow, box, entry)
    assert flow.step == menu, flow.result
    offered = flow.result["menu_options"]
    texts = _menus("options" if menu in OPTIONS else "config")
    assert set(offered) <= texts[menu]
    await flow.choose("back" if "back" in offered else before)
    assert flow.step.removesuffix("_kept") == before
    assert flow.errors == {}


async def test_what_was_given_is_kept(flow: Flow, box: AccountBox) -> None:
    """A password that was no fault is not asked for again on the way back."""
    await begin(flow, box)
    await flow.choose("back")
    assert flow.step == "password_kept"
    await flow.submit(account=ALICE)
    assert flow.step == "no_server"


async def test_what_was_given_of_a_server_is_kept(
    flow: Flow, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """Neither address nor trust is to be given again; another dialog begins anew."""
    entry = await set_up(ALICE)
    url = url_of(box, "/2009-10/settings.phtml")
    untouched = {"url": entry.data["url"], "trust": "unchanged"}
    assert untouched["url"] != url
    for _ in range(2):
        await flow.reconfigure(entry.entry_id)
        await flow.choose("address")
        assert _filled_in(flow) == untouched
        await flow.submit(url=url, trust="system")
        assert flow.step == "untrusted_server", flow.result
        await flow.choose("address")
        assert _filled_in(flow) == {"url": url, "trust": "system"}
    await flow.submit(url=url, trust="unchanged")
    assert flow.result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == url


def _filled_in(flow: Flow) -> dict[str, str]:
    return {field["name"]: field["default"] for field in flow.result["data_schema"]}


@pytest.mark.parametrize("source", ["user", "reconfigure", "reauth_confirm"])
async def test_start_again(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    flow: Flow,
    source: str,
) -> None:
    """Where an error says so, the same form leads there, with nothing kept."""
    if source == "user":
        await flow.start()
    else:
        entry = await set_up(ALICE)
        await flow.reconfigure(entry.entry_id)
    if source == "reauth_confirm":
        await flow.abandon()
        entry.async_start_reauth(hass)
        await hass.async_block_till_done(wait_background_tasks=True)
        await flow.resume(reauths(hass)[0])
    await flow.choose("certificate")
    await flow.upload(box.certificate_for(ALICE).crt())
    asked = {one["name"] for one in flow.result["data_schema"]}
    assert "start_again" not in asked
    given = {"url": url_of(box)} if "url" in asked else {}
    await flow.submit(**given, allow_weak_certificate=False)
    assert flow.errors == {"allow_weak_certificate": "not_confirmed"}
    await flow.submit(**given, start_again=True)
    assert flow.step == source
    await flow.choose("certificate")
    assert flow.step == "certificate"


async def test_start_again_without_a_certificate(flow: Flow, box: AccountBox) -> None:
    """Neither is who has given a password where a certificate is wanted at an end."""
    await begin(flow, box)
    await flow.choose("other_address")
    await flow.submit(url=url_of(box))
    await flow.choose("authority")
    await flow.upload(box.authority_pem, "authority")
    assert flow.errors == {"base": "certificate_wanted"}
    await flow.submit(url=url_of(box), start_again=True)
    assert flow.step == "user"
    await flow.choose("password")
    assert flow.step == "password"
    await submit(flow, box)
    assert flow.step == "no_server"
