"""An account of two pages, one of which refuses it: that page alone counts for it."""

from collections.abc import Callable
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from demo import AccountBox
from demo.exchange import Exchange, Fault
from demo.faults import READY

from .conftest import SetUp
from .finding import PAGE
from .flow import Flow
from .passing import pass_time, reauths, state_of
from .renewing import let_in, strong
from .support import ALICE
from .test_both_logins import EITHER, use_certificate, with_both_pages

BALANCE = "sensor.alice_example_com_balance"
FORWARDING = "sensor.alice_example_com_call_forwarding"
# Of a certificate's page, and of one that takes a password.
REFUSALS: dict[str, Fault] = {
    PAGE: READY["unauthorized_401"],
    EITHER: let_in(lambda _certificate: False),
}


def refuse(box: AccountBox, *paths: str) -> list[str]:
    """Let pages refuse everybody; returns what will hold the paths that were asked."""
    asked: list[str] = []

    async def refused(exchange: Exchange) -> Any:
        path = exchange.request.path
        asked.append(path)
        if path not in paths:
            return exchange.answer()
        return await REFUSALS[path](exchange)

    box.faults.set("*", "*", refused)
    return asked


@pytest.fixture
async def entry(
    hass: HomeAssistant, box: AccountBox, set_up: SetUp, flow: Flow
) -> ConfigEntry:
    """Give alice's entry: a password for the one page, a certificate for the other."""
    entry = await with_both_pages(hass, box, set_up)
    await use_certificate(hass, flow, entry)
    return entry


@pytest.mark.parametrize(
    ("path", "lost", "kept"),
    [(PAGE, BALANCE, FORWARDING), (EITHER, FORWARDING, BALANCE)],
)
async def test_one_refuses(
    hass: HomeAssistant,
    box: AccountBox,
    entry: ConfigEntry,
    freezer: FrozenDateTimeFactory,
    path: str,
    lost: str,
    kept: str,
) -> None:
    """It is asked about once it has lasted, tried seldom, and forgotten when over."""
    certificate = entry.data["certificate"]
    asked = refuse(box, path)
    await pass_time(hass, freezer, minutes=20, step=30)
    assert state_of(hass, lost) == "unavailable"
    assert state_of(hass, kept) not in {"unavailable", "missing"}
    await pass_time(hass, freezer, minutes=20, step=30)
    assert len(reauths(hass)) == 1
    assert entry.data["certificate"] == certificate
    asked.clear()
    await pass_time(hass, freezer, minutes=60, step=60)
    # A wrong login is tried once an hour, under two user names where there are two.
    assert 1 <= asked.count(path) <= 4
    other = {PAGE: EITHER, EITHER: PAGE}[path]
    assert asked.count(other) >= 4
    refuse(box)
    await pass_time(hass, freezer, minutes=76, step=60)
    assert state_of(hass, lost) != "unavailable"
    assert not reauths(hass)


async def test_both_refuse(
    hass: HomeAssistant,
    box: AccountBox,
    entry: ConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """One question for both, which goes when neither refuses any longer."""
    refuse(box, PAGE, EITHER)
    await pass_time(hass, freezer, minutes=40, step=30)
    assert len(reauths(hass)) == 1
    refuse(box, EITHER)
    await pass_time(hass, freezer, minutes=61, step=60)
    assert len(reauths(hass)) == 1
    refuse(box)
    await pass_time(hass, freezer, minutes=61, step=60)
    assert not reauths(hass)


@pytest.mark.parametrize("refused", [True, False])
async def test_second_cannot_be_reached(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: SetUp,
    freezer: FrozenDateTimeFactory,
    refused: bool,
) -> None:
    """A second server that is gone says nothing of the login, nor hides a refusal."""
    entry = await with_both_pages(hass, box, set_up)
    data = {**entry.data, "settings_url": "https://127.0.0.1:1/settings.phtml"}
    hass.config_entries.async_update_entry(entry, data=data)
    await hass.config_entries.async_reload(entry.entry_id)
    assert state_of(hass, BALANCE) != "unavailable"
    if refused:
        refuse(box, PAGE)
    await pass_time(hass, freezer, minutes=40, step=30)
    assert len(reauths(hass)) == refused


async def ask(
    hass: HomeAssistant, entry: ConfigEntry, flow: Flow, freezer: FrozenDateTimeFactory
) -> None:
    """Let a page have refused, and open what asks, before the browser's token ends."""
    await pass_time(hass, freezer, minutes=17, step=30)
    entry.async_start_reauth(hass)
    await hass.async_block_till_done()
    await flow.resume(reauths(hass)[0])


async def test_another_password(
    hass: HomeAssistant,
    box: AccountBox,
    entry: ConfigEntry,
    flow: Flow,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It is for the page that refuses the old one; the certificate stays."""
    certificate = entry.data["certificate"]
    box.accounts[ALICE].password = "another one"
    await ask(hass, entry, flow, freezer)
    assert flow.step == "reauth_confirm"
    await flow.choose("password")
    await flow.submit(account=ALICE, password="wrong")
    assert (flow.step, flow.errors) == ("password", {"base": "invalid_auth"})
    await flow.submit(account=ALICE, password="another one")
    assert flow.result["reason"] == "reauth_successful"
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.data["password"] == "another one"
    assert entry.data["certificate"] == certificate
    assert entry.data["settings_url"]
    for entity_id in (BALANCE, FORWARDING):
        assert state_of(hass, entity_id) not in {"unavailable", "missing"}


async def test_another_certificate(
    hass: HomeAssistant,
    box: AccountBox,
    entry: ConfigEntry,
    flow: Flow,
    freezer: FrozenDateTimeFactory,
) -> None:
    """It is tried at the page that refuses the old one; the password stays."""
    refuse(box, EITHER)
    await ask(hass, entry, flow, freezer)
    await flow.choose("certificate")
    await flow.upload(box.certificate_for(ALICE).crt())
    await flow.show_certificate(entry.data["url"])
    assert (flow.step, flow.errors) == ("server", {"base": "certificate_refused"})
    refuse(box)
    await flow.submit(url=entry.data["url"])
    assert flow.result["reason"] == "reauth_successful", flow.result
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.data["password"] == "alice-secret"
    for entity_id in (BALANCE, FORWARDING):
        assert state_of(hass, entity_id) not in {"unavailable", "missing"}


async def test_host_of_the_one_that_refuses(
    hass: HomeAssistant, box: AccountBox, entry: ConfigEntry, flow: Flow
) -> None:
    """The question names the page that it is about."""
    standing: Callable[..., Any] = entry.runtime_data.health.standing.of_page
    pages = {"localhost": False, "127.0.0.1": True}
    data = {**entry.data, "url": f"https://localhost:{box.port}{PAGE}"}
    hass.config_entries.async_update_entry(entry, data=data)
    for host, second in pages.items():
        page = standing(second=second)
        page.refusal = ValueError()
        entry.async_start_reauth(hass)
        await hass.async_block_till_done()
        await flow.resume(reauths(hass)[0])
        told = flow.result["description_placeholders"]["host"]
        assert told == f"{host}:{box.port}"
        await flow.abandon()
        page.refusal = None


@pytest.mark.parametrize("path", [PAGE, EITHER])
async def test_certificate_before(
    hass: HomeAssistant,
    box: AccountBox,
    entry: ConfigEntry,
    freezer: FrozenDateTimeFactory,
    path: str,
) -> None:
    """It comes back where a certificate is refused, and not where a password is."""
    before = {
        "certificate": entry.data["certificate"],
        "private_key": entry.data["private_key"],
        "allow_weak_certificate": True,
        "expires": "2126-01-01T00:00:00+00:00",
    }
    data = {**entry.data, **strong(box), "certificate_before": before}
    hass.config_entries.async_update_entry(entry, data=data)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    refuse(box, path)
    await pass_time(hass, freezer, minutes=40, step=30)
    came_back = entry.data["certificate"] == before["certificate"]
    assert came_back is (path == EITHER)
    assert len(reauths(hass)) == 1  # what came back is refused there as well
