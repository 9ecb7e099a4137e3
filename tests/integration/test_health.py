"""What becomes of an account's troubles: who is asked, and what is logged of them."""

from datetime import UTC, datetime, timedelta
import logging

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
from custom_components.sip_account.poll_round import Round
from custom_components.sip_account.readings import Reading
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
from custom_components.sip_account.standing import Standing

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


def _health(
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


@pytest.fixture(name="told")
def _told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Give what is logged, also of what is over."""
    caplog.set_level(logging.INFO, "custom_components.sip_account")
    return caplog


def _lines(told: pytest.LogCaptureFixture) -> list[str]:
    """Return what was logged since this was asked last, each up to its reason."""
    lines = [
        one.getMessage().removesuffix(".")
        for one in told.records
        if one.name.endswith("sip_account.health")
    ]
    told.clear()
    return [line.split(". Its")[0] for line in lines]


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
    health = _health(hass)
    _take(hass, health, *failures, astray=astray)
    assert health.standing.refusal is REFUSED
    assert health.standing.attempts == attempts
    assert health.standing.waits(hass.loop.time())


@pytest.mark.parametrize("count", [2, 3])
async def test_last_refusal(hass: HomeAssistant, count: int) -> None:
    """Of several refusals the last is the one that is told."""
    refusals = [AuthenticationError(str(at), certain=True) for at in range(count)]
    health = _health(hass)
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
    health = _health(hass)
    _take(hass, health, REFUSED)
    _take(hass, health, *failures, astray=astray)
    assert health.standing.attempts == 1
    wait = health.standing.wait(hass.loop.time())
    assert wait is not None
    assert (wait > 60) is longer


async def test_let_in(hass: HomeAssistant) -> None:
    """Whoever is let in is let in, whatever else was refused, and is asked no more."""
    health = _health(hass)
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
    health = _health(hass, Standing(second, asked=True))
    if refused:
        _take(hass, health, REFUSED, standing=second)
    if touched:
        health.standing.touch(hass.loop.time())
    health.take_round(Round(let_in_at=hass.loop.time()), 0.0)
    assert health.standing.asked is asked


async def test_unusable(hass: HomeAssistant) -> None:
    """What cannot be used counts once for each time that an attempt was due."""
    health = _health(hass)
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
    health = _health(hass, certificate=certificate)
    _take(hass, health, error)
    assert (health.standing.refusal is error) is refused


@pytest.mark.parametrize(("first", "refused"), [(True, False), (False, True)])
async def test_page_of_the_certificate(
    hass: HomeAssistant, first: bool, refused: bool
) -> None:
    """Of two pages the second is the one that a certificate opens."""
    second = Standing()
    certificate = _certificate(datetime(2000, 1, 1, tzinfo=UTC))
    health = _health(hass, Standing(second), certificate)
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
    health = _health(hass, Standing(second), None, **data)
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
    health = _health(hass, Standing(second, REFUSED, attempts=3, believed=True))
    health.come_back = lambda _error: comes_back
    _take(hass, health, REFUSED)
    await hass.async_block_till_done()
    assert health.standing.asked is asked
    assert bool(hass.config_entries.flow.async_progress()) is asked


async def test_first_refusal_asks_nobody(hass: HomeAssistant) -> None:
    """What is not believed yet is no reason to ask, or to come back."""
    health = _health(hass)
    _take(hass, health, REFUSED)
    assert not health.standing.asked
    assert not health.come_back(REFUSED)


async def test_all_is_lost(hass: HomeAssistant, told: pytest.LogCaptureFixture) -> None:
    """It is told once that nothing is reached, and once that something is again."""
    health = _health(hass)
    for _ in range(2):
        health.log("ab", "ab", {"a": DOWN, "b": DOWN})
    assert _lines(told) == ["erin cannot be reached: down"]
    for _ in range(2):
        health.log("ab", "ab", {})
    assert _lines(told) == ["erin can be reached again"]
    health.log("ab", "", {})
    assert _lines(told) == []
    health.log("ab", "ab", {"a": DOWN, "b": DOWN})
    health.log("ab", "ab", {"a": DOWN})
    assert _lines(told) == [
        "erin cannot be reached: down",
        "erin can be reached again",
        "erin: cannot read a: down",
    ]


async def test_some_is_lost(
    hass: HomeAssistant, told: pytest.LogCaptureFixture
) -> None:
    """Each loss is told once, and what was lost together is told as back together."""
    health = _health(hass)
    for _ in range(2):
        health.log("abc", "abc", {"b": BACK_END, "a": BACK_END})
    assert _lines(told) == ["erin: cannot read a, b: back end"]
    health.log("abc", "abc", {"a": BACK_END, "c": BACK_END})
    assert _lines(told) == ["erin: cannot read c: back end"]
    # What another group's polls read says nothing of these.
    health.log("de", "de", {})
    assert _lines(told) == []
    health.log("abc", "abc", {"c": BACK_END})
    assert _lines(told) == ["erin: can read a, b again"]
    health.log("abc", "abc", {})
    assert _lines(told) == ["erin: can read c again"]
    health.log("abc", "abc", {"a": BACK_END})
    assert _lines(told) == ["erin: cannot read a: back end"]


async def test_each_for_its_own_reason(
    hass: HomeAssistant, told: pytest.LogCaptureFixture
) -> None:
    """What is lost for two reasons is told of twice, with the reason of each."""
    health = _health(hass)
    health.log("abcd", "abcd", {"b": BACK_END})
    assert _lines(told) == ["erin: cannot read b: back end"]
    failures = {"b": BACK_END, "d": REPLY, "c": BACK_END, "a": REPLY}
    health.log("abcde", "abcde", failures)
    assert _lines(told) == [
        f"erin: cannot read a, d: {REPLY}",
        "erin: cannot read c: back end",
    ]
    health.log("abcde", "abcde", {"b": BACK_END, "a": REPLY})
    assert _lines(told) == ["erin: can read c again"]


@pytest.mark.parametrize(
    ("first", "second", "lines"),
    [
        ({"a": BACK_END}, {"b": BackendError("later")}, 1),
        ({"a": BACK_END}, {"b": REPLY}, 2),
        ({"a": REPLY}, {"b": BACK_END}, 2),
    ],
)
async def test_two_groups_are_lost(
    hass: HomeAssistant,
    told: pytest.LogCaptureFixture,
    first: dict[str, SipSettingsError],
    second: dict[str, SipSettingsError],
    lines: int,
) -> None:
    """Where all of both is lost for one reason, it is told of as one."""
    health = _health(hass)
    health.log("a", "a", first)
    health.log("b", "b", second)
    assert len(_lines(told)) == lines
    health.log("a", "a", {})
    assert len(_lines(told)) == lines - 1
    health.log("b", "b", {})
    assert _lines(told) == [f"erin: can read {'a, b' if lines == 1 else 'b'} again"]


@pytest.mark.parametrize(("first", "second"), [("a", "bc"), ("ac", "b"), ("ac", "bd")])
async def test_two_losses_in_part(
    hass: HomeAssistant, told: pytest.LogCaptureFixture, first: str, second: str
) -> None:
    """Where only a part of a group is lost, each is told by itself."""
    health = _health(hass)
    health.log(first, first, {"a": BACK_END})
    health.log(second, second, {"b": BACK_END})
    assert _lines(told) == [
        "erin: cannot read a: back end",
        "erin: cannot read b: back end",
    ]


async def test_odd_items(hass: HomeAssistant, told: pytest.LogCaptureFixture) -> None:
    """What is not understood of a list is told once, and not while the list fails."""
    health = _health(hass)
    odd = {"b": Reading(odd={"": 1}), "a": Reading(odd={"": 2}), "c": Reading()}
    failing = {"d": Reading(odd={"": 1}, failed="backend")}
    for _ in range(2):
        health.log_odd(odd | failing)
    (line,) = _lines(told)
    assert line.startswith("erin: of a, b, something")
    health.log_odd({"a": Reading(odd={"": 1}), "d": Reading(odd={"": 1})})
    (line,) = _lines(told)
    assert line.startswith("erin: of d, something")
    health.log_odd({})
    assert _lines(told) == []


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
