"""An account is added with SIP address and password alone, and its server is found.

Names are asked of a real server of names, by the real resolver of a home.
"""

from collections.abc import Callable
from pathlib import Path
import socket
from typing import Any, override

from aiohttp.abc import AbstractResolver, ResolveResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import aiohttp_client
from hypothesis import HealthCheck, given, settings, strategies as st
import pytest
from yarl import URL

from custom_components.sip_account import name_lookup
from custom_components.sip_account.sip_settings import ResolverError, discovery
from demo import AccountBox, Names
from demo.named_files import file_of, hanging, settings_file
from demo.names import Outcome
from demo.public import public_certificate

from .flow import Flow
from .support import ALICE, CAROL, url_of
from .test_config_flow import _entry

FILE = "/sylk/config.json"
DOMAIN = "example.com"
NAME = f"_sylkserver.{DOMAIN}"
TODAY = "/today/settings.phtml"


class OnlyThisHost(AbstractResolver):
    """Knows the box by its name, and no other host."""

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host != "localhost":
            raise OSError(host)
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    @override
    async def close(self) -> None:
        """There is nothing to close."""

    async def real_close(self) -> None:
        """Home Assistant closes its resolver by this name."""


@pytest.fixture(autouse=True)
def _known_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the home resolve the name of the box, in the place of a resolver of tests."""

    def make(_hass: HomeAssistant) -> OnlyThisHost:
        return OnlyThisHost()

    monkeypatch.setattr(aiohttp_client, "_async_make_resolver", make)


@pytest.fixture(autouse=True)
def _known_authority(
    box: AccountBox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the box have a certificate of an authority that the system knows."""
    issued, authority = public_certificate()
    box.replace_server_certificate(issued)
    file = tmp_path / "authority.pem"
    file.write_bytes(authority)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))


def _name(box: AccountBox, names: Names, page: str | None) -> None:
    """Let the domain name a settings page, in a file of the box."""
    names.name_server(DOMAIN, f"{box.origin}{FILE}")
    box.files[FILE] = settings_file(page)


async def _log_in(flow: Flow, box: AccountBox, **changed: str) -> None:
    """Begin with SIP address and password, and nothing else."""
    await flow.start()
    await flow.choose("password")
    await _submit(flow, box, **changed)


async def _submit(flow: Flow, box: AccountBox, **changed: str) -> None:
    given = {"account": ALICE, "password": box.accounts[ALICE].password}
    await flow.submit(**(given | changed))


def _created(hass: HomeAssistant, flow: Flow, url: str) -> None:
    assert flow.step == "create_entry", flow.result
    assert _entry(hass).data["url"] == url
    assert _entry(hass).state is ConfigEntryState.LOADED


async def test_record_found(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """The host that the domain names is shown before the login goes there."""
    _name(box, names, f"{box.today_url}?realm=example.com")
    await _log_in(flow, box)
    assert flow.step == "named_server"
    told = flow.result["description_placeholders"]
    assert told == {"domain": DOMAIN, "host": f"localhost:{box.port}"}
    assert names.asked == [NAME]
    assert not box.requests
    await flow.choose("take_address")
    _created(hass, flow, box.today_url)


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
    await _log_in(flow, box)
    assert flow.step == "no_server"
    told = flow.result["description_placeholders"]
    assert told == {"domain": DOMAIN, "host": f"localhost:{box.port}"}
    assert not box.requests
    await flow.choose("take_address")
    _created(hass, flow, box.today_url)


async def test_record_missing_and_another_address(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """The platform's real host is shown, and never spoken to."""
    await _log_in(flow, box)
    assert flow.result["description_placeholders"]["host"] == "blink.sipthor.net"
    await flow.choose("other_address")
    assert flow.step == "other_address"
    await flow.submit(url="http://example.com")
    assert flow.errors == {"url": "plain_http"}
    await flow.submit(url=f"localhost:{box.port}{TODAY}")
    _created(hass, flow, box.today_url)


async def test_record_of_the_page_of_2026_alone(
    flow: Flow, box: AccountBox, names: Names
) -> None:
    """A page that is not read yet is no settings page, and gets no login."""
    names.name_server(DOMAIN, f"{box.origin}{FILE}")
    box.files[FILE] = settings_file(None, f"{box.origin}/sylk_settings.phtml")
    await _log_in(flow, box)
    assert flow.step == "no_server"


async def test_record_that_names_a_foreign_host(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """It is shown with its port and as resolvers see it; who declines types another."""
    _name(box, names, "https://blink.\u0455ipthor.net:444/settings.phtml")
    await _log_in(flow, box)
    assert flow.step == "named_server"
    told = flow.result["description_placeholders"]
    assert told["host"] == "blink.xn--ipthor-hvf.net:444"
    await flow.choose("other_address")
    (field,) = flow.result["data_schema"]
    assert not field.get("default")
    assert not (field.get("description") or {}).get("suggested_value")
    await flow.submit(url=box.today_url)
    _created(hass, flow, box.today_url)


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
    await _log_in(flow, box)
    assert (flow.step, flow.errors) == ("other_address", {"base": "resolver_failed"})
    assert names.asked
    assert not box.requests
    await flow.submit(url=box.today_url)
    _created(hass, flow, box.today_url)


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
    await _log_in(flow, box)
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
    _name(box, names, None)
    box.files[FILE] = file
    await _log_in(flow, box)
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
    await _log_in(flow, box)
    await flow.choose("take_address")
    _created(hass, flow, box.today_url)


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
    await _log_in(flow, box)
    _created(hass, flow, box.today_url)


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
    await _log_in(flow, box)
    _created(hass, flow, box.today_url)


async def test_own_domain_nowhere(
    hass: HomeAssistant, flow: Flow, box: AccountBox, of_platform: Callable[..., None]
) -> None:
    """Where nothing answers at either, an address is asked for."""
    of_platform(_elsewhere(box), "https://localhost:1/settings.phtml")
    await _log_in(flow, box)
    assert (flow.step, flow.errors) == ("other_address", {"base": "cannot_connect"})
    await flow.submit(url=box.today_url)
    _created(hass, flow, box.today_url)


async def test_refusal_ends_the_search(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    names: Names,
    of_platform: Callable[..., None],
) -> None:
    """A password is never tried from host to host."""
    of_platform(box.today_url, f"{box.origin}/2010-07/settings.phtml")
    await _log_in(flow, box, password="wrong")
    assert (flow.step, flow.errors) == ("password", {"base": "invalid_auth"})
    assert box.wrong_answers == ["alice", ALICE]
    await _submit(flow, box, password="wrong again")
    assert box.wrong_answers == ["alice", ALICE] * 2
    await _submit(flow, box)
    _created(hass, flow, box.today_url)
    assert names.asked == [NAME]


@pytest.mark.parametrize("fault", ["html_error_then_null", "unauthorized_401"])
async def test_failing_platform_ends_the_search(
    flow: Flow, box: AccountBox, of_platform: Callable[..., None], fault: str
) -> None:
    """Neither is one tried elsewhere that a server answered with a failure."""
    of_platform(box.today_url, f"{box.origin}/2010-07/settings.phtml")
    box.faults.set("*", "get_identity", fault)
    await _log_in(flow, box)
    assert flow.errors
    assert {received.action for received in box.requests} == {"get_identity"}


async def test_own_domain_that_names_another_host(
    flow: Flow, box: AccountBox, names: Names, of_platform: Callable[..., None]
) -> None:
    """What is not the platform's is shown, whatever the platform's domain says."""
    of_platform("https://platform.example/settings.phtml")
    _name(box, names, box.today_url)
    await _log_in(flow, box)
    assert flow.step == "named_server"
    assert not box.requests


# Once a server was taken


async def test_another_domain_is_looked_up_anew(
    hass: HomeAssistant, flow: Flow, box: AccountBox, names: Names
) -> None:
    """A server that was taken for one domain gets no login of another."""
    _name(box, names, box.today_url)
    await _log_in(flow, box, password="wrong")
    await flow.choose("take_address")
    assert flow.errors == {"base": "invalid_auth"}
    asked = len(box.requests)
    await _submit(flow, box, account="alice@other.example")
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
    _name(box, names, "https://elsewhere.example/settings.phtml")
    await hass.config_entries.async_reload(entry.entry_id)
    box.accounts[ALICE].password = "changed"
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    (progress,) = hass.config_entries.flow.async_progress()
    await flow.resume(progress["flow_id"])
    told = flow.result["description_placeholders"]
    assert told["host"] == f"127.0.0.1:{box.port}"
    await flow.choose("password")
    await _submit(flow, box)
    assert flow.result["reason"] == "reauth_successful"
    await flow.reconfigure(entry.entry_id)
    assert flow.result["description_placeholders"]["host"] == told["host"]
    await flow.choose("password")
    await _submit(flow, box, account=CAROL)
    assert flow.result["reason"] == "wrong_account"
    await flow.reconfigure(entry.entry_id)
    await flow.choose("password")
    await _submit(flow, box)
    assert flow.result["reason"] == "reconfigure_successful"
    assert entry.data["url"] == url_of(box, TODAY)
    assert entry.state is ConfigEntryState.LOADED
    assert not names.asked


async def test_certificate_goes_nowhere_unshown(
    flow: Flow, box: AccountBox, names: Names
) -> None:
    """An uploaded certificate is offered to no host before that was in a form."""
    _name(box, names, box.page_url)
    connections = box.connections
    await flow.start()
    await flow.choose("certificate")
    await flow.upload(box.certificate_for(ALICE).crt())
    assert flow.step == "server"
    fields = {field["name"]: field for field in flow.result["data_schema"]}
    assert fields["url"]["default"] == "https://blink.sipthor.net/settings.phtml"
    assert box.connections == connections
    assert not names.asked


# Odd names


@pytest.mark.parametrize(
    "domain", ["ex..ample", "a" * 70, "-a.example", ".", "..", "a." * 120 + "example"]
)
async def test_domains_that_no_resolver_takes(
    flow: Flow, box: AccountBox, names: Names, domain: str
) -> None:
    """They name no server, and nobody is asked about them."""
    await _log_in(flow, box, account=f"alice@{domain}")
    assert flow.step == "no_server", flow.result
    assert not names.asked


@pytest.mark.parametrize(
    "domain", ["b\u00fccher.example", "a b", "a\x00b", "[::1]", ""]
)
async def test_domains_that_are_none(flow: Flow, box: AccountBox, domain: str) -> None:
    """They are no SIP address."""
    await _log_in(flow, box, account=f"alice@{domain}")
    assert (flow.step, flow.errors) == ("password", {"account": "invalid_account"})


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
