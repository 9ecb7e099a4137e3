"""An account is added with SIP address and password alone, and its server is found.

Names are asked of a real server of names, by the real resolver of a home.
"""

from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from yarl import URL

from custom_components.sip_account import name_lookup
from custom_components.sip_account.sip_settings import discovery
from demo import AccountBox, Names
from demo.named_files import file_of, hanging, settings_file
from demo.names import Outcome

from .finding import DOMAIN, FILE, NAME, PAGE, TODAY, begin, created, name_page
from .flow import Flow

pytestmark = pytest.mark.usefixtures("known_box")


async def test_record_found(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """The host that the domain names is shown before the login goes there."""
    name_page(box, names, f"{box.today_url}?realm=example.com")
    await begin(flow, box)
    assert flow.step == "named_server"
    told = flow.result["description_placeholders"]
    assert told == {"domain": DOMAIN, "host": f"localhost:{box.port}"}
    assert names.asked == [NAME]
    assert not box.requests
    await flow.choose("take_address")
    created(hass, flow, box.today_url)


@pytest.mark.parametrize("known", [True, False])
async def test_record_missing(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    names: Names,
    monkeypatch: pytest.MonkeyPatch,
    known: bool,
) -> None:
    """No name, or a name without a record: the platform's host is a choice."""
    monkeypatch.setattr(discovery, "PLATFORM_PAGES", (URL(box.today_url),))
    if known:
        names.records[NAME] = []
    await begin(flow, box)
    assert flow.step == "no_server"
    told = flow.result["description_placeholders"]
    assert told == {"domain": DOMAIN, "host": f"localhost:{box.port}"}
    assert not box.requests
    await flow.choose("take_address")
    created(hass, flow, box.today_url)


async def test_record_missing_and_another_address(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """The platform's real host is shown, and never spoken to."""
    await begin(flow, box)
    assert flow.result["description_placeholders"]["host"] == "blink.sipthor.net"
    await flow.choose("other_address")
    assert flow.step == "other_address"
    await flow.submit(url="http://example.com")
    assert flow.errors == {"url": "plain_http"}
    await flow.submit(url=f"localhost:{box.port}{TODAY}")
    created(hass, flow, box.today_url)


async def test_record_of_the_page_of_2026_alone(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """Its host is shown; a second page is named before anything is sent to it."""
    name_page(box, names, None, PAGE)
    await begin(flow, box)
    assert flow.step == "named_server"
    assert not box.requests
    await flow.choose("take_address")
    assert flow.step == "second_page"
    await flow.submit()
    created(hass, flow, f"{box.origin}{PAGE}")
    assert not any(received.action for received in box.requests if received.account)


async def test_record_of_no_page(flow: Flow, box: AccountBox, names: Names) -> None:
    """A page for people is none that could be asked; it gets no login."""
    name_page(box, names, None, "/sip_settings.phtml")
    await begin(flow, box)
    assert flow.step == "no_server"
    assert not box.requests


async def test_record_of_both_pages(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """Both are taken with one word; the page of 2026 tells what it can."""
    name_page(box, names, box.today_url, PAGE)
    await begin(flow, box)
    assert flow.step == "named_server"
    told = flow.result["description_placeholders"]
    assert told == {"domain": DOMAIN, "host": f"localhost:{box.port}"}
    await flow.choose("take_address")
    created(hass, flow, f"{box.origin}{PAGE}")
    (entry,) = hass.config_entries.async_entries("sip_account")
    assert entry.data["settings_url"] == box.today_url


async def test_both_hosts_are_shown(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """A page at another host is seen as well; one that fails is left out."""
    name_page(
        box, names, box.today_url, "https://elsewhere.example/sylk_settings.phtml"
    )
    await begin(flow, box)
    told = flow.result["description_placeholders"]
    assert told["host"] == f"localhost:{box.port}, elsewhere.example"
    await flow.choose("take_address")
    created(hass, flow, box.today_url)
    (entry,) = hass.config_entries.async_entries("sip_account")
    assert "settings_url" not in entry.data


async def test_refused_by_the_first_of_both(
    flow: Flow, box: AccountBox, names: Names
) -> None:
    """A refusal ends the search: the other page never gets the login."""
    name_page(box, names, box.today_url, PAGE)
    await begin(flow, box, password="wrong")
    await flow.choose("take_address")
    assert flow.errors == {"base": "invalid_auth"}
    # The page of 2026 is read without any action.
    assert box.requests
    assert all(received.action for received in box.requests)


async def test_record_that_names_a_foreign_host(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """It is shown with its port and as resolvers see it; who declines types another."""
    name_page(box, names, "https://blink.\u0455ipthor.net:444/settings.phtml")
    await begin(flow, box)
    assert flow.step == "named_server"
    told = flow.result["description_placeholders"]
    assert told["host"] == "blink.xn--ipthor-hvf.net:444"
    await flow.choose("other_address")
    (field,) = flow.result["data_schema"]
    assert not field.get("default")
    assert not (field.get("description") or {}).get("suggested_value")
    await flow.submit(url=box.today_url)
    created(hass, flow, box.today_url)


@pytest.mark.parametrize("outcome", [o for o in Outcome if o is not Outcome.WELL])
async def test_resolver_dead(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    names: Names,
    monkeypatch: pytest.MonkeyPatch,
    outcome: Outcome,
) -> None:
    """That is no missing record: it is said, and nothing is offered in its place."""
    monkeypatch.setattr(name_lookup, "LIMIT", 1.0)
    names.outcome = outcome
    await begin(flow, box)
    assert (flow.step, flow.errors) == ("other_address", {"base": "resolver_failed"})
    assert names.asked
    assert not box.requests
    await flow.submit(url=box.today_url)
    created(hass, flow, box.today_url)


@pytest.mark.parametrize(
    "texts",
    [
        ["http://localhost/config.json"],
        ["https://a.example/1", "https://a.example/2"],
        ["https://127.0.0.1/config.json"],
        ["https://localhost:1/config.json"],
        ["https://ex..ample/"],
        [f"https://a.example/{'x' * 900}"],
    ],
)
async def test_record_that_leads_nowhere(
    flow: Flow, box: AccountBox, names: Names, texts: list[str]
) -> None:
    """It is said that there is one."""
    names.name_server(DOMAIN, *texts)
    await begin(flow, box)
    assert flow.step == "other_address"
    assert flow.errors == {"base": "named_server_not_found"}
    assert not box.requests


@pytest.mark.parametrize(
    "file", [hanging, file_of(b"<html>"), file_of(b"{}", 302, location=TODAY)]
)
async def test_file_that_leads_nowhere(
    flow: Flow,
    box: AccountBox,
    names: Names,
    monkeypatch: pytest.MonkeyPatch,
    file: Any,
) -> None:
    """A page, a redirect and silence are no file."""
    monkeypatch.setattr(discovery, "CONNECT_LIMIT", 0.3)
    name_page(box, names, None)
    box.files[FILE] = file
    await begin(flow, box)
    assert flow.errors == {"base": "named_server_not_found"}
    assert not box.requests


async def test_long_record(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """An address that is cut into several strings is one."""
    path = f"/{'long' * 80}/config.json"
    names.name_server(DOMAIN, f"{box.origin}{path}")
    assert len(names.records[NAME][0]) == 2
    box.files[path] = settings_file(box.today_url)
    await begin(flow, box)
    await flow.choose("take_address")
    created(hass, flow, box.today_url)
