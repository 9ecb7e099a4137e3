"""What becomes of an account's troubles: who is asked."""

from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.sip_account.const import (
    CONF_AUTHORITY,
    CONF_PINNED,
    CONF_SECOND_PINNED,
    DOMAIN,
)
from custom_components.sip_account.health import AccountHealth, refusal_key
from custom_components.sip_account.polling.poll_round import Round
from custom_components.sip_account.polling.standing import Standing
from custom_components.sip_account.sip_settings import (
    AuthenticationError,
    BackendError,
    CertificateError,
    ClientCertificate,
    ReplyError,
    ServerCertificateError,
    ServerConnectionError,
    SipSettingsError,
    TlsError,
    WeakServerCertificateError,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
REFUSED = AuthenticationError("refused", certain=True)
DOWN = ServerConnectionError("down")
BACK_END = BackendError("back end")
REPLY = ReplyError("no reply")
TLS = TlsError("no agreement")
STRANGER = ServerCertificateError("a stranger")
DATA = {
    "account": "erin@example.com",
    "url": "https://m.example/",
    "settings_url": "https://n.example/",
    "username": "erin",
    "password": "x",
}


def _certificate(expires: datetime) -> ClientCertificate:
    return ClientCertificate(
        certificate_pem="",
        chain_pem="",
        key_pem="",
        subject="",
        issuer="",
        common_name="",
        not_before=NOW - timedelta(days=1),
        expires=expires,
        key_type="",
        key_bits=0,
        signature_hash="",
        security_level=2,
        found=1,
    )


def health_of(
    hass: HomeAssistant,
    standing: Standing | None = None,
    certificate: ClientCertificate | None = None,
    **data: str,
) -> AccountHealth:
    entry = MockConfigEntry(domain=DOMAIN, title="erin", data=DATA | data)
    entry.add_to_hass(hass)
    return AccountHealth(hass, entry, standing or Standing(), certificate)


def _take(
    hass: HomeAssistant,
    health: AccountHealth,
    *failures: SipSettingsError,
    standing: Standing | None = None,
    astray: bool = False,
) -> None:
    found = Round(list(failures), astray=astray)
    health.take_round(found, hass.loop.time(), standing)


@pytest.mark.parametrize(
    ("failures", "astray", "attempts"),
    [
        ([REFUSED], False, 1),
        ([REFUSED, REFUSED], False, 1),
        ([REFUSED], True, 0),
        ([DOWN, REFUSED], False, 0),
        ([REFUSED, DOWN], False, 0),
    ],
)
async def test_refused(
    hass: HomeAssistant,
    failures: list[SipSettingsError],
    astray: bool,
    attempts: int,
) -> None:
    """An attempt counts where nothing but refusals came of it; one waits anyway."""
    health = health_of(hass)
    _take(hass, health, *failures, astray=astray)
    assert health.standing.refusal is REFUSED
    assert health.standing.attempts == attempts
    assert health.standing.waits(hass.loop.time())


@pytest.mark.parametrize("count", [2, 3])
async def test_last_refusal(hass: HomeAssistant, count: int) -> None:
    """Of several refusals the last is the one that is told."""
    refusals = [AuthenticationError(str(at), certain=True) for at in range(count)]
    health = health_of(hass)
    _take(hass, health, *refusals)
    assert health.standing.refusal is refusals[-1]


@pytest.mark.parametrize(
    ("failures", "astray", "longer"),
    [([DOWN], False, True), ([], True, True), ([DOWN], True, True), ([], False, False)],
)
async def test_lost(
    hass: HomeAssistant, failures: list[SipSettingsError], astray: bool, longer: bool
) -> None:
    """What ended in no answer neither counts nor clears, but the next waits longer."""
    health = health_of(hass)
    _take(hass, health, REFUSED)
    _take(hass, health, *failures, astray=astray)
    assert health.standing.attempts == 1
    wait = health.standing.wait(hass.loop.time())
    assert wait is not None
    assert (wait > 60) is longer


async def test_let_in(hass: HomeAssistant) -> None:
    """Whoever is let in is let in, whatever else was refused, and is asked no more."""
    health = health_of(hass)
    _take(hass, health, REFUSED)
    health.standing.asked = True
    health.take_round(Round([REFUSED], let_in_at=hass.loop.time()), 0.0)
    assert health.standing.refusal is None
    assert not health.standing.asked


@pytest.mark.parametrize(
    ("refused", "touched", "asked"),
    [(False, False, False), (True, False, True), (False, True, True)],
)
async def test_still_asked(
    hass: HomeAssistant, refused: bool, touched: bool, asked: bool
) -> None:
    """A person is still asked while the other page refuses, or who is at it."""
    second = Standing()
    health = health_of(hass, Standing(second, asked=True))
    if refused:
        _take(hass, health, REFUSED, standing=second)
    if touched:
        health.standing.touch(hass.loop.time())
    health.take_round(Round(let_in_at=hass.loop.time()), 0.0)
    assert health.standing.asked is asked


async def test_unusable(hass: HomeAssistant) -> None:
    """What cannot be used counts once for each time that an attempt was due."""
    health = health_of(hass)
    for _ in range(2):
        health.take_unusable(CertificateError("rubbish", certain=True))
        assert health.standing.attempts == 1


@pytest.mark.parametrize(
    ("error", "minutes", "refused"),
    [
        (TLS, -1, True),
        (TLS, 0, False),
        (TLS, 1, False),
        (TLS, None, False),
        (WeakServerCertificateError("weak"), -1, False),
        (DOWN, -1, False),
    ],
)
async def test_expired_certificate(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    error: SipSettingsError,
    minutes: int | None,
    refused: bool,
) -> None:
    """Who shows one that has expired, and agrees on nothing, is refused."""
    freezer.move_to(NOW)
    certificate = (
        None if minutes is None else _certificate(NOW + timedelta(minutes=minutes))
    )
    health = health_of(hass, certificate=certificate)
    _take(hass, health, error)
    assert (health.standing.refusal is error) is refused


@pytest.mark.parametrize(("first", "refused"), [(True, False), (False, True)])
async def test_page_of_the_certificate(
    hass: HomeAssistant, first: bool, refused: bool
) -> None:
    """Of two pages the second is the one that a certificate opens."""
    second = Standing()
    certificate = _certificate(datetime(2000, 1, 1, tzinfo=UTC))
    health = health_of(hass, Standing(second), certificate)
    _take(hass, health, TLS, standing=None if first else second)
    assert (second.refusal is TLS) is refused
    assert health.standing.refusal is None


@pytest.mark.parametrize(
    ("data", "first", "refused"),
    [
        ({}, True, False),
        ({CONF_PINNED: "ab"}, True, True),
        ({CONF_AUTHORITY: "x"}, True, True),
        ({CONF_PINNED: "ab"}, False, False),
        ({CONF_SECOND_PINNED: "ab"}, False, True),
        ({CONF_SECOND_PINNED: "ab"}, True, False),
    ],
)
async def test_stranger(
    hass: HomeAssistant, data: dict[str, str], first: bool, refused: bool
) -> None:
    """Another certificate of a server counts where one was chosen for it."""
    second = Standing()
    health = health_of(hass, Standing(second), None, **data)
    page = health.standing if first else second
    _take(hass, health, STRANGER, standing=page)
    assert (page.refusal is STRANGER) is refused


@pytest.mark.parametrize(
    ("page", "comes_back", "asked"),
    [("only", True, False), ("only", False, True), ("first", True, True)],
)
async def test_believed(
    hass: HomeAssistant, page: str, comes_back: bool, asked: bool
) -> None:
    """A person is asked, unless the certificate before may open the page again."""
    second = None if page == "only" else Standing()
    health = health_of(hass, Standing(second, REFUSED, attempts=3, believed=True))
    health.come_back = lambda _error: comes_back
    _take(hass, health, REFUSED)
    await hass.async_block_till_done()
    assert health.standing.asked is asked
    assert bool(hass.config_entries.flow.async_progress()) is asked


async def test_first_refusal_asks_nobody(hass: HomeAssistant) -> None:
    """What is not believed yet is no reason to ask, or to come back."""
    health = health_of(hass)
    _take(hass, health, REFUSED)
    assert not health.standing.asked
    assert not health.come_back(REFUSED)


@pytest.mark.parametrize(
    ("refusal", "key"),
    [
        (STRANGER, "server_certificate_changed"),
        (REFUSED, "authentication_refused"),
        (AuthenticationError("x", certain=False), "authentication_refused"),
        (CertificateError("x", certain=True), "certificate_refused"),
        (CertificateError("x", certain=False), "certificate_doubted"),
        (TLS, "certificate_refused"),
    ],
)
def test_words_for_refusals(refusal: SipSettingsError, key: str) -> None:
    """A person is told what is refused, and how certain that is."""
    assert refusal_key(refusal) == key
