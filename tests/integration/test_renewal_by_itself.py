"""A certificate that renews itself, and an old one that comes back by itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.sip_account.const import DOMAIN
from custom_components.sip_account.diagnostics import (
    async_get_config_entry_diagnostics,
)
from custom_components.sip_account.login import stored_certificate
from custom_components.sip_account.renewal import Renewal
from custom_components.sip_account.sip_settings import (
    CertificateError,
    ServerTimeoutError,
)
from demo import AccountBox

from .renewing import (
    about_to_expire,
    asked_for,
    hand_out,
    let_in,
    login_of,
    named,
    only,
    strong,
)
from .support import ALICE, hold

BY_ITSELF = {"renew_certificate": True}


async def _pass(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, time: timedelta
) -> None:
    freezer.tick(time)
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


def _issue(hass: HomeAssistant, entry: Any) -> ir.IssueEntry | None:
    issue_id = f"certificate_expires_{entry.entry_id}"
    return ir.async_get(hass).async_get_issue(DOMAIN, issue_id)


def _expires(entry: Any) -> Any:
    certificate = stored_certificate(entry.data)
    assert certificate
    return certificate.expires


@pytest.mark.parametrize(
    ("days", "options", "renewed"),
    [(29, BY_ITSELF, True), (31, BY_ITSELF, False), (29, {}, False)],
)
async def test_renewed(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    days: int,
    options: dict[str, Any],
    renewed: bool,
) -> None:
    """30 days before, and only where somebody wants it."""
    about_to_expire(box, days)
    entry = await set_up(ALICE, options=options)
    assert entry.state is ConfigEntryState.LOADED
    assert asked_for(box) == renewed
    assert (_expires(entry) > box.now() + timedelta(days=3000)) is renewed
    assert ("certificate_before" in entry.data) is renewed
    assert bool(_issue(hass, entry)) is (days < 30 and not renewed)
    diagnostics = await async_get_config_entry_diagnostics(hass, entry)
    told = diagnostics.get("renewal", {})
    assert (told.keys() == {"renewed_at", "old_one_kept_until"}) is renewed
    assert "BEGIN" not in str(diagnostics)


async def test_once_a_day(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The time of a try outlives restarts; then it is tried again, and works."""
    about_to_expire(box)
    hand_out(box, "no_owner")
    entry = await set_up(ALICE, options=BY_ITSELF)
    assert caplog.text.count("the certificate is not renewed") == 1
    assert entry.data["renewal_try"]["problem"] == "no_owner"
    for _ in range(3):
        await hass.config_entries.async_reload(entry.entry_id)
        await _pass(hass, freezer, timedelta(hours=7))
    assert asked_for(box) == 1
    await _pass(hass, freezer, timedelta(hours=7))
    assert asked_for(box) == 2
    hand_out(box, named(ALICE, age=timedelta(days=7)))
    await _pass(hass, freezer, timedelta(hours=25))
    assert _expires(entry) > box.now() + timedelta(days=3000)
    assert "renewal_try" not in entry.data


async def test_clock_that_was_wrong(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """A try that is yet to come, or that is no time at all, hinders nothing."""
    about_to_expire(box)
    entry = await set_up(ALICE)
    for at in ("2199-01-01T00:00:00+00:00", "yesterday"):
        about_to_expire(box)
        tried = {"renewal_try": {"at": at, "problem": None}}
        hass.config_entries.async_update_entry(
            entry, data=entry.data | tried, options=BY_ITSELF
        )
        before = asked_for(box)
        hand_out(box, "no_owner")
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert asked_for(box) == before + 1


@pytest.mark.parametrize("problem", ["weaker", "opens_more"])
async def test_a_person_is_asked(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    problem: str,
) -> None:
    """What is weaker or opens more is never taken by itself, nor asked for again."""
    about_to_expire(box)
    entry = await set_up(ALICE)
    if problem == "weaker":
        hass.config_entries.async_update_entry(entry, data=entry.data | strong(box))
    else:
        hand_out(box, named("4711"))
    before = login_of(entry)
    hass.config_entries.async_update_entry(entry, options=BY_ITSELF)
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.data["renewal_try"]["problem"] == problem
    await _pass(hass, freezer, timedelta(days=2))
    assert asked_for(box) == 1
    assert login_of(entry) == before
    assert _issue(hass, entry)
    diagnostics = await async_get_config_entry_diagnostics(hass, entry)
    assert diagnostics["renewal"]["problem"] == problem


@pytest.mark.parametrize("end", ["unload", "remove"])
@pytest.mark.parametrize("at", ["crt", "account"])
async def test_unloaded_meanwhile(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    end: str,
    at: str,
) -> None:
    """Nothing is half done, whatever answer was on its way."""
    about_to_expire(box)
    entry = await set_up(ALICE)
    before = login_of(entry)
    hass.config_entries.async_update_entry(entry, options=BY_ITSELF)
    held = hold(box, "crt")
    await hass.config_entries.async_reload(entry.entry_id)
    await held.asked.wait()
    if at == "account":
        trial = hold(box, "account")
        held.go_on()
        held = trial
        await held.asked.wait()
    if end == "unload":
        await hass.config_entries.async_unload(entry.entry_id)
    else:
        await hass.config_entries.async_remove(entry.entry_id)
    held.go_on()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert login_of(entry) == before
    if end == "unload":
        assert entry.state is ConfigEntryState.NOT_LOADED
        assert await hass.config_entries.async_setup(entry.entry_id)


async def _renewed(box: AccountBox, set_up: Callable[..., Any], days: int) -> Any:
    """Set up an account whose certificate was renewed while some days were left."""
    about_to_expire(box, days)
    entry = await set_up(ALICE, options=BY_ITSELF)
    assert "certificate_before" in entry.data
    return entry


async def test_the_old_one_comes_back_once(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Once a refusal has lasted; the repair says so; and never in a circle."""
    entry = await _renewed(box, set_up, 20)
    before = entry.data["certificate_before"]
    box.faults.set("*", "*", only(before["certificate"]))
    for _ in range(5):
        await _pass(hass, freezer, timedelta(minutes=6))
    assert entry.data["certificate"] == before["certificate"]
    assert entry.data["private_key"] == before["private_key"]
    assert entry.data["allow_weak_certificate"] is True
    assert entry.state is ConfigEntryState.LOADED
    assert not list(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert caplog.text.count("the one before it is used again") == 1
    issue = _issue(hass, entry)
    assert issue
    assert issue.translation_key == "certificate_taken_back"
    assert "certificate_before" not in entry.data
    # It is not renewed by itself again: that would be the circle.
    asked = asked_for(box)
    await _pass(hass, freezer, timedelta(days=2))
    assert asked_for(box) == asked
    await hass.config_entries.async_reload(entry.entry_id)
    issue = _issue(hass, entry)
    assert issue
    assert issue.translation_key == "certificate_taken_back"
    diagnostics = await async_get_config_entry_diagnostics(hass, entry)
    assert "taken_back_at" in diagnostics["renewal"]
    # Refused as well, it is for a person.
    kept = login_of(entry)
    box.faults.set("*", "*", let_in(lambda given: False))
    for _ in range(5):
        await _pass(hass, freezer, timedelta(minutes=16))
    assert list(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))
    assert login_of(entry) == kept


async def test_comes_back_while_set_up_is_tried(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Also where the new one is refused from a start on."""
    entry = await _renewed(box, set_up, 20)
    before = entry.data["certificate_before"]
    await hass.config_entries.async_unload(entry.entry_id)
    box.faults.set("*", "*", only(before["certificate"]))
    assert not await hass.config_entries.async_setup(entry.entry_id)
    for _ in range(8):
        await _pass(hass, freezer, timedelta(minutes=6))
    assert entry.data["certificate"] == before["certificate"]
    assert entry.state is ConfigEntryState.LOADED


async def test_an_expired_one_does_not_come_back(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Its key is not kept longer than it is good for anything."""
    entry = await _renewed(box, set_up, 20)
    new = entry.data["certificate"]
    await _pass(hass, freezer, timedelta(days=21))
    assert "certificate_before" not in entry.data
    box.faults.set("*", "*", let_in(lambda given: False))
    for _ in range(5):
        await _pass(hass, freezer, timedelta(minutes=16))
    assert entry.data["certificate"] == new
    assert list(entry.async_get_active_flows(hass, {SOURCE_REAUTH}))


async def test_a_failing_server_takes_nothing_back(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """A server that is down, or refuses for a minute, is no refusal that has lasted."""
    entry = await _renewed(box, set_up, 20)
    new = entry.data["certificate"]
    box.faults.set("*", "*", "html_502")
    for _ in range(5):
        await _pass(hass, freezer, timedelta(minutes=16))
    box.faults.set("*", "*", let_in(lambda given: False))
    await _pass(hass, freezer, timedelta(minutes=1))
    box.faults.clear()
    await _pass(hass, freezer, timedelta(minutes=6))
    assert entry.data["certificate"] == new


async def test_another_login_meanwhile(
    hass: HomeAssistant, box: AccountBox, set_up: Callable[..., Any]
) -> None:
    """What a person gave while a renewal was under way is not written over."""
    about_to_expire(box)
    entry = await set_up(ALICE)
    hass.config_entries.async_update_entry(entry, options=BY_ITSELF)
    held = hold(box, "crt")
    await hass.config_entries.async_reload(entry.entry_id)
    await held.asked.wait()
    other = {**entry.data, **strong(box)}
    hass.config_entries.async_update_entry(entry, data=other)
    held.go_on()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert dict(entry.data) == other


async def test_returning_is_done_once(
    hass: HomeAssistant,
    box: AccountBox,
    set_up: Callable[..., Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """A second refusal before the reload asks nobody; an expired one is not used."""
    refusal = CertificateError("The server refuses it", certain=True)
    entry = await _renewed(box, set_up, 20)
    await hass.config_entries.async_unload(entry.entry_id)
    renewed = entry.data
    kept = renewed["certificate_before"]
    for wrong in (
        {**kept, "expires": "2010-01-01T00:00:00+00:00"},
        {**kept, "expires": None},
        {"expires": kept["expires"]},
        "nonsense",
    ):
        data = {**renewed, "certificate_before": wrong}
        hass.config_entries.async_update_entry(entry, data=data)
        assert not Renewal(hass, entry).async_come_back(refusal)
        assert dict(entry.data) == data
    hass.config_entries.async_update_entry(entry, data=renewed)
    closed = Renewal(hass, entry)
    closed.close()
    assert not closed.async_come_back(refusal)
    renewal = Renewal(hass, entry)
    assert not renewal.async_come_back(ServerTimeoutError("no answer"))
    assert renewal.async_come_back(refusal)
    returned = dict(entry.data)
    assert returned["certificate"] == kept["certificate"]
    assert renewal.async_come_back(refusal)
    assert dict(entry.data) == returned
    await hass.async_block_till_done(wait_background_tasks=True)
    assert not Renewal(hass, entry).async_come_back(refusal)
