"""A new certificate from the server itself, for whoever is logged in already.

Each answer makes another one, with a key of its own; those before go on working until
they expire, since nobody keeps a list of them (wire contract §4.3).
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from http import HTTPStatus

from .actions import ACCOUNT
from .client import SipSettingsClient
from .credentials import WEAK_HASHES, ClientCertificate, SipAddress
from .errors import (
    CertificateFileError,
    ClosedError,
    RenewalError,
    ReplyError,
    SipSettingsError,
    UnsupportedActionError,
)
from .reply import read_reply

# The newest first; `crt` until 27 September 2009 (wire contract §1.1).
_NAMES = ("get_crt", "crt")
_BEGIN = b"-----BEGIN "
# What OpenSSL prints where it makes none: `error:0D07A098:…string too short`.
_OPENSSL = b"error:"
# Reads, each over a connection of its own: a balancer may have another server for it.
_TRIALS = 2
# Clocks of servers run ahead, or the zone of ours is wrong.
_AHEAD = timedelta(days=1)
# RSA keys by bits, and the bits of security that they give (NIST SP 800-57, part 1).
_RSA_STRENGTHS = ((15360, 256), (7680, 192), (3072, 128), (2048, 112), (1024, 80))
_BROKEN_HASHES = WEAK_HASHES - {"sha1"}


async def fetch_certificate(client: SipSettingsClient) -> ClientCertificate:
    """Return a new certificate and its key, as the server hands them out.

    Raises RenewalError where the answer holds no such pair, and what `client.read`
    raises where the server says why.
    """
    *earlier, last = _NAMES
    for name in earlier:
        with suppress(UnsupportedActionError):
            return await _fetch_by(client, name)
    return await _fetch_by(client, last)


async def _fetch_by(client: SipSettingsClient, name: str) -> ClientCertificate:
    answer = await client.fetch(name)
    return await asyncio.to_thread(_read, answer.status, answer.body)


def check_certificate(
    new: ClientCertificate,
    old: ClientCertificate | None,
    account: SipAddress,
    now: datetime,
) -> None:
    """Raise RenewalError unless a new certificate can take the place of the old one.

    It must open `account`, or all accounts of an owner (the same, where the old one
    names one); have another key; be valid at `now`, and for longer than the old one.
    """
    _ensure_same_account(new, old, account)
    if old and new.key_pem == old.key_pem:
        msg = "The server hands out the old certificate again"
        raise RenewalError(msg, "old_again")
    ends = max(now, old.expires) if old else now
    if not new.not_before - _AHEAD <= now or new.expires <= ends:
        msg = "The new certificate is not valid now, or for no longer than the old one"
        raise RenewalError(msg, "dates")


def opens_more(new: ClientCertificate, old: ClientCertificate | None) -> bool:
    """Whether a certificate opens accounts that were not opened until now."""
    return new.address is None and (old is None or old.address is not None)


def is_weaker(new: ClientCertificate, old: ClientCertificate) -> bool:
    """Whether a certificate is easier to forge than another, in any respect."""
    pairs = zip(_strengths(new), _strengths(old), strict=True)
    return any(mine < theirs for mine, theirs in pairs)


async def try_certificate(
    connect: Callable[[], Awaitable[SipSettingsClient]],
) -> None:
    """Read the account twice, each time over a new connection.

    `connect` makes a client with the new certificate and a TLS context of its own.
    Raises RenewalError where the server does not let both in.
    """
    for _ in range(_TRIALS):
        try:
            client = await connect()
            await client.read(ACCOUNT)
        except ClosedError:
            raise
        except SipSettingsError as error:
            msg = f"The new certificate does not work: {error}"
            raise RenewalError(msg, "not_accepted") from None


def _read(status: int, body: bytes) -> ClientCertificate:
    """Read what was handed out; headers and statuses tell nothing of it."""
    if status != HTTPStatus.OK or _BEGIN not in body:
        raise _meaning(status, body)
    try:
        return ClientCertificate.load(body)
    except CertificateFileError as error:
        msg = f"The server hands out no certificate with its key: {error}"
        raise RenewalError(msg, "no_certificate") from None


def _meaning(status: int, body: bytes) -> SipSettingsError:
    """Return why an answer holds no certificate."""
    if status == HTTPStatus.OK and not body.strip():
        msg = "The server hands out nothing: it knows no owner of the account"
        return RenewalError(msg, "no_owner")
    if status == HTTPStatus.OK and body.lstrip().startswith(_OPENSSL):
        msg = "The server cannot make a certificate with the account's e-mail address"
        return RenewalError(msg, "not_made")
    try:
        read_reply(status, body)
    except ReplyError:
        pass
    except SipSettingsError as error:
        return error
    return RenewalError("The server hands out no certificate", "no_certificate")


def _ensure_same_account(
    new: ClientCertificate, old: ClientCertificate | None, account: SipAddress
) -> None:
    named = new.address
    if named is not None:
        same = str(named).lower() == str(account).lower()
    else:
        owner = new.common_name
        is_owner = owner.isascii() and owner.isdecimal() and bool(owner.strip("0"))
        known = old.common_name if old and old.address is None else ""
        same = owner == known if known else is_owner
    if not same:
        msg = "The server hands out a certificate of another account or owner"
        raise RenewalError(msg, "other_account")


def _strengths(certificate: ClientCertificate) -> tuple[int, int, int]:
    """Return the level that it needs, and how strong key and signature are."""
    bits = certificate.key_bits
    if certificate.key_type in ("RSA", "DSA"):
        bits = next((gives for size, gives in _RSA_STRENGTHS if bits >= size), 0)
    else:
        bits //= 2
    signed = certificate.signature_hash
    hash_strength = 0 if signed in _BROKEN_HASHES else 1 if signed == "sha1" else 2
    return certificate.security_level, bits, hash_strength
