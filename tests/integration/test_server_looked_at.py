"""A server is found by what people type, and looked at before it is trusted."""

from collections.abc import Callable
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.sip_account.flows.draft import Draft
from demo import AccountBox, IssuedCertificate
from demo.exchange import Exchange
from demo.faults import READY
from tests.faults.server_table import expired

from .flow import Flow
from .support import ALICE, url_of
from .test_config_flow import _entry
from .test_config_flow_server import TODAY, _login, _trust


async def test_address_as_people_write_it(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """Without https and with a query; what is refused tells why, and is kept."""
    await flow.start()
    await flow.choose("password")
    await _login(flow, box, url=url_of(box, TODAY).replace("https", "http"))
    assert flow.errors == {"url": "plain_http"}
    for host in ("ex..ample", f"{'a' * 70}.example", "\u2024example"):
        await _login(flow, box, url=f"https://{host}/settings.phtml")
        assert flow.errors == {"url": "invalid_url"}
    typed = url_of(box, TODAY).removeprefix("https://") + "/?export=1&action=calls"
    await _login(flow, box, url=typed)
    await _trust(flow, box)
    assert flow.step == "create_entry"
    assert _entry(hass).data["url"] == url_of(box, TODAY)


def test_address_that_has_served() -> None:
    """A page at the root of its server stays there when other things change."""
    root = "https://example.com/"
    draft = Draft.from_entry({"url": root, "account": ALICE})
    assert not draft.take_server({"url": root})
    assert draft.url == root
    assert not draft.take_server({"url": "example.com"})
    assert draft.url == "https://example.com/settings.phtml"


def _misnamed(box: AccountBox) -> IssuedCertificate:
    return box.server_authority.server_certificate(["other.example", "192.0.2.7"])


@pytest.mark.parametrize(
    ("make", "step", "said"),
    [
        # In the home's zone, where it is still the year before.
        (expired, "outdated_server", {"expires": "2010-12-31"}),
        (_misnamed, "misnamed_server", {"names": "other.example, 192.0.2.7"}),
    ],
)
async def test_why_it_does_not_verify(
    hass: HomeAssistant,
    flow: Flow,
    box: AccountBox,
    make: Callable[[AccountBox], IssuedCertificate],
    step: str,
    said: dict[str, str],
) -> None:
    """Dates and names are told, which no authority mends; a look still does."""
    await flow.start()
    await flow.choose("password")
    await _login(flow, box, password="wrong")
    box.replace_server_certificate(make(box))
    await _trust(flow, box)
    assert flow.step == step
    assert "authority" not in flow.result["menu_options"]
    told = flow.result["description_placeholders"]
    assert said.items() <= told.items()
    await flow.choose("other_address")
    # The authority was the right one: once the certificate is, nothing more is asked.
    box.replace_server_certificate()
    await _login(flow, box)
    assert (flow.step, flow.errors) == ("password", {"base": "invalid_auth"})
    box.replace_server_certificate(make(box))
    await _login(flow, box)
    assert flow.step == step
    await flow.choose("pin_certificate")
    await flow.submit()
    assert flow.step == "create_entry"
    assert "pinned_certificate" in _entry(hass).data
    assert _entry(hass).state is ConfigEntryState.LOADED


async def test_a_look_tells_nobody_who_asks(
    hass: HomeAssistant, flow: Flow, box: AccountBox
) -> None:
    """What is no settings page is found out before anybody is asked to trust it."""
    seen: list[Exchange] = []

    async def elsewhere(exchange: Exchange) -> Any:
        seen.append(exchange)
        return await READY["login_page"](exchange)

    box.faults.set("*", "*", elsewhere)
    await flow.start()
    await flow.choose("password")
    await _login(flow, box)
    assert (flow.step, flow.errors) == (
        "other_address",
        {"base": "not_a_settings_page"},
    )
    (look,) = seen
    assert dict(look.request.query) == {"export": "1", "action": "account"}
    assert not {"Authorization", "Cookie"} & set(look.request.headers)
    assert look.account is None
    transport = look.request.transport
    assert transport
    assert not transport.get_extra_info("peercert")
