"""A new certificate from the server: fetched, checked against the old one, tried."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from custom_components.sip_account.sip_settings import (
    AuthenticationError,
    BackendError,
    ClientCertificate,
    ClosedError,
    RenewalError,
    SipAddress,
    SipSettingsClient,
    SipSettingsError,
    UnsupportedActionError,
    check_certificate,
    fetch_certificate,
    is_weaker,
    issued,
    opens_more,
    try_certificate,
)
from demo import AccountBox
from demo.certificates import Authority, KeyKind, authority
from demo.dialects import DIALECTS
from demo.faults import READY
from demo.issue_faults import ISSUE
from tests.faults.issue_table import ISSUE_FAULTS, IssueFault

from .test_dialects import ALICE, BY_OWNER, client_of

PLATFORM: Authority = authority("Example Platform", "Example Platform CA")
NOW = datetime.now(UTC)
LATER = NOW + timedelta(days=20)
# Those whose certificates are an owner's.
OF_OWNERS = {*BY_OWNER, "/today/settings.phtml"}


def _certificate(
    common_name: str = "alice@example.com", **different: Any
) -> ClientCertificate:
    given = {"not_before": NOW - timedelta(days=1), "not_after": LATER, **different}
    return ClientCertificate.load(
        PLATFORM.modern_certificate(common_name, **given).pem()
    )


def _weak(common_name: str = "alice@example.com") -> ClientCertificate:
    return ClientCertificate.load(
        PLATFORM.platform_certificate(common_name, "a@example.org", now=NOW).crt()
    )


@pytest.mark.parametrize("path", DIALECTS)
async def test_every_server(
    box: AccountBox, session: aiohttp.ClientSession, path: str
) -> None:
    """Every server since 2009 hands one out, whichever way one is logged in."""
    client = client_of(box, session, path)
    first, second = await fetch_certificate(client), await fetch_certificate(client)
    assert first.key_pem != second.key_pem
    assert first.weak
    assert (first.key_bits, first.signature_hash) == (1024, "md5")
    owner = str(box.accounts[str(ALICE)].owner_id)
    assert first.common_name == (owner if path in OF_OWNERS else str(ALICE))
    check_certificate(second, None, ALICE, datetime.now(UTC))
    assert opens_more(second, None) is (path in OF_OWNERS)
    assert first.key_pem.splitlines()[1] not in repr(first)


@pytest.mark.parametrize("fault", ISSUE_FAULTS, ids=lambda fault: fault.name)
async def test_failures(
    box: AccountBox, session: aiohttp.ClientSession, fault: IssueFault
) -> None:
    """None of what comes in its place is taken for one; no key is told."""
    box.faults.set(str(ALICE), "get_crt", ISSUE[fault.name])
    client = client_of(box, session, "/today/settings.phtml")
    with pytest.raises(SipSettingsError) as raised:
        check_certificate(await fetch_certificate(client), None, ALICE, NOW)
    assert raised.value.kind == fault.kind
    assert "BEGIN" not in str(raised.value)
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("unauthorized_401", AuthenticationError),
        ("empty_500", BackendError),
        ("html_502", BackendError),
        ("back_end_timeout", BackendError),
        ("certificate_not_looked_up", BackendError),
        ("invalid_action", UnsupportedActionError),
        ("login_page", RenewalError),
        ("page_only", RenewalError),
        ("plain_text", RenewalError),
        ("garbage", RenewalError),
        ("a_number", RenewalError),
        ("certificate_file", RenewalError),
    ],
)
async def test_other_answers(
    box: AccountBox,
    session: aiohttp.ClientSession,
    fault: str,
    kind: type[SipSettingsError],
) -> None:
    """What a server says instead keeps its meaning."""
    box.faults.set("*", "*", READY[fault])
    client = client_of(box, session, "/today/settings.phtml")
    with pytest.raises(kind):
        await fetch_certificate(client)


async def test_warnings_before_it(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """PHP prints before files, too."""
    box.faults.set("*", "*", "php_warnings_first")
    client: SipSettingsClient = client_of(box, session, "/today/settings.phtml")
    assert (await fetch_certificate(client)).key_bits == 1024


OLD = _certificate()


@pytest.mark.parametrize(
    ("new", "old", "problem"),
    [
        (_certificate(not_after=LATER + timedelta(days=1)), OLD, None),
        (_certificate(), None, None),
        (_weak("7"), OLD, None),
        (_weak("7"), _certificate("7"), None),
        (_weak("4711"), _certificate("4711"), None),
        (_weak(), _certificate("7"), None),
        (_certificate(not_before=NOW + timedelta(days=1)), None, None),
        (replace(_weak(), key_pem=""), OLD, None),
        (replace(_weak(), key_pem="~"), OLD, None),
        (_weak("ALICE@example.com"), OLD, None),
        (OLD, OLD, "old_again"),
        (_certificate(), OLD, "dates"),
        (_certificate(not_after=NOW), None, "dates"),
        (_certificate(not_before=NOW + timedelta(days=2)), None, "dates"),
        (_weak("8"), _certificate("7"), "other_account"),
        (_weak("bob@example.com"), OLD, "other_account"),
        (_weak("0"), OLD, "other_account"),
        (_weak("somebody"), OLD, "other_account"),
        (_weak("\N{ARABIC-INDIC DIGIT SEVEN}"), None, "other_account"),
    ],
)
def test_checks(
    new: ClientCertificate, old: ClientCertificate | None, problem: str | None
) -> None:
    """Same account or owner, another key, valid for longer."""
    if problem is None:
        check_certificate(new, old, SipAddress.parse("alice@example.com"), NOW)
        return
    with pytest.raises(RenewalError) as raised:
        check_certificate(new, old, SipAddress.parse("alice@example.com"), NOW)
    assert raised.value.problem == problem


MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("begins", "ends", "old_ends", "problem"),
    [
        (timedelta(days=1), timedelta(days=20), None, None),
        (timedelta(days=1) + MOMENT, timedelta(days=20), None, "dates"),
        (timedelta(0), MOMENT, None, None),
        (timedelta(0), timedelta(0), None, "dates"),
        (timedelta(0), timedelta(days=20), timedelta(days=20), "dates"),
        (timedelta(0), timedelta(days=20) + MOMENT, timedelta(days=20), None),
        (timedelta(0), MOMENT, timedelta(days=-1), None),
        (timedelta(0), timedelta(0), timedelta(days=-1), "dates"),
    ],
)
def test_dates(
    begins: timedelta, ends: timedelta, old_ends: timedelta | None, problem: str | None
) -> None:
    """It begins by tomorrow, and ends after now and after the old one."""
    new = replace(_certificate(), not_before=NOW + begins, expires=NOW + ends)
    old = None if old_ends is None else replace(OLD, expires=NOW + old_ends)
    if problem is None:
        check_certificate(new, old, SipAddress.parse("alice@example.com"), NOW)
        return
    with pytest.raises(RenewalError) as raised:
        check_certificate(new, old, SipAddress.parse("alice@example.com"), NOW)
    assert raised.value.problem == problem


def test_strengths_apart() -> None:
    """Weaker in one respect is weaker, however much stronger in the others."""
    strong = replace(_certificate(key="rsa2048"), security_level=2)
    assert not is_weaker(strong, strong)
    for weaker in (
        replace(strong, security_level=1, key_bits=4096),
        replace(strong, key_bits=1024, signature_hash="sha512"),
        replace(strong, key_bits=4096, signature_hash="sha1"),
        replace(strong, key_type="DSA", key_bits=1024),
    ):
        assert is_weaker(weaker, strong)
    assert not is_weaker(strong, replace(strong, security_level=1))
    assert not is_weaker(replace(strong, key_type="DSA"), strong)
    assert not is_weaker(replace(strong, signature_hash=""), strong)


async def test_second_trial_fails(
    box: AccountBox, session: aiohttp.ClientSession
) -> None:
    """A certificate that lets in once, and not the second time, does not work."""
    made: list[SipSettingsClient] = []

    async def connect() -> SipSettingsClient:
        if made:
            box.faults.set("*", "*", "unauthorized_401")
        made.append(client_of(box, session, "/today/settings.phtml"))
        return made[-1]

    with pytest.raises(RenewalError) as raised:
        await try_certificate(connect)
    assert raised.value.problem == "not_accepted"
    assert len(made) == 2


@pytest.mark.parametrize(
    ("new", "old"),
    [("00", None), ("0007", None), ("7a", None), ("", None), ("7", "07"), ("", "7")],
)
def test_owners(new: str, old: str | None) -> None:
    """An owner is a number that is not zero, and the same as before."""
    certificate = replace(_weak("7"), common_name=new)
    before = None if old is None else replace(OLD, common_name=old, key_pem="other")
    account = SipAddress.parse("alice@example.com")
    if new == "0007":
        check_certificate(certificate, before, account, NOW)
        return
    with pytest.raises(RenewalError) as raised:
        check_certificate(certificate, before, account, NOW)
    assert raised.value.problem == "other_account"


@pytest.mark.parametrize(
    ("new", "old", "weaker"),
    [
        ("rsa2048", "rsa2048", False),
        ("rsa1024", "rsa2048", True),
        ("rsa2048", "rsa4096", True),
        ("rsa4096", "rsa2048", False),
        ("p256", "rsa2048", False),
        ("rsa2048", "p256", True),
        ("ed25519", "p256", False),
        ("p256", "p384", True),
    ],
)
def test_weaker_key(new: KeyKind, old: KeyKind, weaker: bool) -> None:
    """Keys of different kinds are compared by what they withstand."""
    assert is_weaker(_certificate(key=new), _certificate(key=old)) is weaker


@pytest.mark.parametrize(
    ("bits", "strength"),
    [(1024, 80), (2048, 112), (3072, 128), (7680, 192), (15360, 256)],
)
def test_strength_of_a_key(bits: int, strength: int) -> None:
    """From so many bits on an RSA key is as strong as an elliptic one."""
    elliptic, rsa = _certificate(key="p256"), _certificate(key="rsa2048")
    as_strong = replace(elliptic, key_bits=2 * strength)
    assert not is_weaker(replace(rsa, key_bits=bits), as_strong)
    assert is_weaker(replace(rsa, key_bits=bits - 1), as_strong)
    assert is_weaker(
        replace(rsa, key_bits=bits), replace(elliptic, key_bits=2 * strength + 2)
    )


def test_opens_more() -> None:
    """An owner's certificate opens more than an account's, and not more than itself."""
    owner, account = _certificate("7"), _certificate()
    pairs = [(owner, account), (owner, owner), (account, owner), (account, account)]
    assert [opens_more(*pair) for pair in pairs] == [True, False, False, False]


async def test_tried_twice(box: AccountBox, session: aiohttp.ClientSession) -> None:
    """A balancer may have another server for the second connection."""
    made: list[SipSettingsClient] = []

    async def connect() -> SipSettingsClient:
        made.append(client_of(box, session, "/today/settings.phtml"))
        return made[-1]

    await try_certificate(connect)
    assert len(made) == 2


async def test_closed_meanwhile() -> None:
    """A home that ends says nothing against the new certificate."""

    async def connect() -> SipSettingsClient:
        raise ClosedError

    with pytest.raises(ClosedError):
        await try_certificate(connect)


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (200, b" \n", "no_owner"),
        (200, b"\nerror:0D07A098:string too short", "not_made"),
        (404, b"error:0D07A098:string too short", "no_certificate"),
        (200, b"an error:0D07A098", "no_certificate"),
    ],
)
def test_why_there_is_none(status: int, body: bytes, problem: str) -> None:
    """Each answer without a certificate says why."""
    error = issued._meaning(status, body)
    assert isinstance(error, RenewalError)
    assert error.problem == problem


def test_weaker_signature() -> None:
    """MD5 is weaker than SHA-1, and both than what is used today."""
    of = {name: _certificate(hash_name=name) for name in ("md5", "sha1", "sha256")}
    assert is_weaker(of["md5"], of["sha1"])
    assert is_weaker(of["sha1"], of["sha256"])
    assert not is_weaker(of["sha256"], of["md5"])
    assert not is_weaker(of["sha256"], of["sha1"])
    assert not is_weaker(_weak(), _weak())
