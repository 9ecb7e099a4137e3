"""Where a login goes once its server was found: there, and nowhere else."""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from hypothesis import HealthCheck, given, settings, strategies as st
import pytest
from yarl import URL

from custom_components.sip_account import name_lookup
from custom_components.sip_account.sip_settings import ResolverError, discovery
from demo import AccountBox, Names
from demo.names import Outcome

from .finding import DOMAIN, NAME, TODAY, begin, created, name_page, submit
from .flow import Flow
from .support import ALICE, CAROL, url_of

pytestmark = pytest.mark.usefixtures("known_box")


# The platform's own domain


@pytest.fixture
def of_platform(
    box: AccountBox, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """Give a way to make example.com the platform's own domain, with its pages."""

    def make(*pages: str) -> None:
        monkeypatch.setattr(discovery, "PLATFORM_DOMAINS", frozenset({DOMAIN}))
        monkeypatch.setattr(discovery, "PLATFORM_PAGES", tuple(map(URL, pages)))

    return make


def _elsewhere(box: AccountBox) -> str:
    return f"{box.origin}/nothing/settings.phtml"


async def test_own_domain(
    hass: HomeAssistant, flow: Flow, box: AccountBox, of_platform: Callable[..., None]
) -> None:
    """The platform's own accounts go to its first host, unasked."""
    of_platform(box.today_url, _elsewhere(box))
    await begin(flow, box)
    created(hass, flow, box.today_url)


@pytest.mark.parametrize(
    "first", [_elsewhere, lambda _box: "https://localhost:1/settings.phtml"]
)
async def test_own_domain_at_its_second_host(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    of_platform: Callable[..., None],
    first: Callable[[AccountBox], str],
) -> None:
    """Where nothing answers to a login at the first, the second is tried."""
    of_platform(first(box), box.today_url)
    await begin(flow, box)
    created(hass, flow, box.today_url)


async def test_own_domain_nowhere(
    hass: HomeAssistant, flow: Flow, box: AccountBox, of_platform: Callable[..., None]
) -> None:
    """Where nothing answers at either, an address is asked for."""
    of_platform(_elsewhere(box), "https://localhost:1/settings.phtml")
    await begin(flow, box)
    assert (flow.step, flow.errors) == ("other_address", {"base": "cannot_connect"})
    await flow.submit(url=box.today_url)
    created(hass, flow, box.today_url)


async def test_refusal_ends_the_search(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    names: Names,
    of_platform: Callable[..., None],
) -> None:
    """A password is never tried from host to host."""
    of_platform(box.today_url, f"{box.origin}/2010-07/settings.phtml")
    await begin(flow, box, password="wrong")
    assert (flow.step, flow.errors) == ("password", {"base": "invalid_auth"})
    assert box.wrong_answers == ["alice", ALICE]
    await submit(flow, box, password="wrong again")
    assert box.wrong_answers == ["alice", ALICE] * 2
    await submit(flow, box)
    created(hass, flow, box.today_url)
    assert names.asked == [NAME]


@pytest.mark.parametrize("fault", ["html_error_then_null", "unauthorized_401"])
async def test_failing_platform_ends_the_search(
    flow: Flow, box: AccountBox, of_platform: Callable[..., None], fault: str
) -> None:
    """Neither is one tried elsewhere that a server answered with a failure."""
    of_platform(box.today_url, f"{box.origin}/2010-07/settings.phtml")
    box.faults.set("*", "get_identity", fault)
    await begin(flow, box)
    assert flow.errors
    assert {received.action for received in box.requests} == {"get_identity"}


async def test_own_domain_that_names_another_host(
    flow: Flow, box: AccountBox, names: Names, of_platform: Callable[..., None]
) -> None:
    """What is not the platform's is shown, whatever the platform's domain says."""
    of_platform("https://platform.example/settings.phtml")
    name_page(box, names, box.today_url)
    await begin(flow, box)
    assert flow.step == "named_server"
    assert not box.requests


async def test_own_domain_that_cannot_be_looked_up(
    flow: Flow, box: AccountBox, names: Names
) -> None:
    """The platform's address is filled in, and waits for the person."""
    names.outcome = Outcome.REFUSES
    await begin(flow, box, account="alice@sip2sip.info")
    assert (flow.step, flow.errors) == ("other_address", {"base": "resolver_failed"})
    (field,) = flow.result["data_schema"]
    suggested = field["description"]["suggested_value"]
    assert suggested == "https://blink.sipthor.net/settings.phtml"


# Once a server was taken


async def test_another_domain_is_looked_up_anew(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """A server that was taken for one domain gets no login of another."""
    name_page(box, names, box.today_url)
    await begin(flow, box, password="wrong")
    await flow.choose("take_address")
    assert flow.errors == {"base": "invalid_auth"}
    asked = len(box.requests)
    await submit(flow, box, account="alice@other.example")
    assert flow.step == "no_server"
    assert len(box.requests) == asked
    assert names.asked == [NAME, "_sylkserver.other.example"]


async def test_stored_address_never_changes_by_a_name(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    names: Names,
    set_up: Callable[..., Any],
) -> None:
    """Neither polls nor dialogs of an account ask where it is; the person is told."""
    box.replace_server_certificate()
    entry = await set_up(ALICE, by="password")
    name_page(box, names, "https://elsewhere.example/settings.phtml")
    await hass.config_entries.async_reload(entry.entry_id)
    box.accounts[ALICE].password = "changed"
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (progress,) = hass.config_entries.flow.async_progress()
    await flow.resume(progress["flow_id"])
    told = flow.result["description_placeholders"]
    assert told["host"] == f"127.0.0.1:{box.port}"
    await flow.choose("password")
    await submit(flow, box)
    assert flow.result["reason"] == "reauth_successful"
    await flow.reconfigure(entry.entry_id)
    assert flow.result["description_placeholders"]["host"] == told["host"]
    await flow.choose("password")
    await submit(flow, box, account=CAROL)
    assert flow.result["reason"] == "wrong_account"
    await flow.reconfigure(entry.entry_id)
    await flow.choose("password")
    await submit(flow, box)
    assert flow.result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == url_of(box, TODAY)
    assert entry.state is ConfigEntryState.LOADED
    assert not names.asked


async def test_certificate_goes_nowhere_unshown(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """An uploaded certificate is offered to no host before that was in a form."""
    name_page(box, names, box.page_url)
    await flow.start()
    await flow.choose("certificate")
    await flow.upload(box.certificate_for(ALICE).crt())
    assert flow.step == "server_found"
    shown = flow.result["description_placeholders"]["host"]
    assert shown == str(URL(box.page_url).authority)
    assert not any(request.account for request in box.requests)
    await flow.submit(allow_weak_certificate=True)
    created(hass, flow, box.page_url)


async def test_certificate_of_the_platform(
    flow: Flow, box: AccountBox, names: Names
) -> None:
    """Where its own accounts are is known, and shown."""
    await flow.start()
    await flow.choose("certificate")
    issued = box.platform.modern_certificate("alice@sip2sip.info", key="p256")
    await flow.upload(issued.crt())
    assert flow.step == "server_found"
    assert flow.result["description_placeholders"]["host"] == "blink.sipthor.net"
    assert flow.result["data_schema"] == []


async def test_certificate_of_a_domain_that_names_nothing(
    flow: Flow, box: AccountBox, names: Names
) -> None:
    """The address is asked for, also where nobody can tell."""
    content = box.certificate_for(ALICE).crt()
    for error in ({}, {"base": "resolver_failed"}):
        await flow.start()
        await flow.choose("certificate")
        await flow.upload(content)
        assert (flow.step, flow.errors) == ("server", error)
        fields = {field["name"]: field for field in flow.result["data_schema"]}
        assert fields["url"]["default"] == "https://blink.sipthor.net/settings.phtml"
        await flow.abandon()
        names.outcome = Outcome.FAILS


# Odd names


@pytest.mark.parametrize(
    "domain", ["ex..ample", "a" * 70, "-a.example", "..", "a." * 120 + "example"]
)
async def test_domains_that_no_resolver_takes(
    flow: Flow, box: AccountBox, names: Names, domain: str
) -> None:
    """They name no server, and nobody is asked about them."""
    await begin(flow, box, account=f"alice@{domain}")
    assert flow.step == "no_server", flow.result
    assert not names.asked


@pytest.mark.parametrize(
    "domain", ["b\u00fc cher.example", "a b", "a\x00b", "[::1]", "", "."]
)
async def test_domains_that_are_none(flow: Flow, box: AccountBox, domain: str) -> None:
    """They are no SIP address."""
    await begin(flow, box, account=f"alice@{domain}")
    assert flow.step == "password_kept"
    assert flow.errors == {"account": "invalid_account"}


@given(
    st.text(max_size=100)
    | st.text("a.-_\u00fc\u2024 @\\\x00", max_size=300)
    | st.sampled_from(["ex..ample", "a" * 70, "", "."])
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_resolver_is_asked_for_any_text(names: Names, name: str) -> None:
    """No exception of a library comes out of it, whatever it is asked for."""
    try:
        found = await name_lookup.async_look_up_texts(name)
    except ResolverError:
        return
    assert not found
