"""Look at a SIP account from a shell: prints one JSON object."""

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
import json
from pathlib import Path
import sys
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from yarl import URL

from . import (
    CATALOGUE,
    ClientCertificate,
    DigestCredentials,
    Login,
    NotACertificateError,
    RenewalError,
    SipAddress,
    SipSettingsClient,
    SipSettingsError,
    Trust,
    UnsupportedActionError,
    account_client,
    build_context,
    check_certificate,
    fetch_certificate,
    to_shape,
    try_certificate,
    typed_page_url,
)
from .key_file import is_free, new_key_file

RENEW = "renew"
_WEAK = "It will be weak and must be allowed: --allow-weak-certificate"
AT_A_TIME = 4
TIME_LIMIT = 40.0
_OK, _SOME_FAILED, _USAGE, _REFUSED, _UNREACHABLE = range(5)
_EXIT_OF = {
    "authentication": _REFUSED,
    "certificate": _REFUSED,
    "connection": _UNREACHABLE,
    "tls": _UNREACHABLE,
    "timeout": _UNREACHABLE,
}


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked for."""

    url: URL
    trust: Trust
    address: SipAddress | None
    password: str | None
    certificate: bytes | None
    key: bytes | None
    allow_weak: bool
    actions: tuple[str, ...]
    time_zone: ZoneInfo | None = None
    renew: Path | None = None


def parse_arguments(arguments: Sequence[str] | None = None) -> Request:
    """Return the request; ends the program with status 2 where it makes no sense."""
    parser = argparse.ArgumentParser(
        prog="scripts/account",
        description="Print what a SIP account tells, as one JSON object.",
        epilog="Exit status: 0 no error, 1 some action failed, 2 usage, "
        "3 authentication or certificate, 4 connection, TLS or time-out.",
    )
    parser.add_argument(
        "--server", required=True, metavar="URL", help="https address of settings.phtml"
    )
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help="client certificate: .crt, .pem, .der, .p12; without it: HTTP Digest",
    )
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="private key, if in a file of its own"
    )
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="file whose first line is the password of the certificate or account",
    )
    parser.add_argument("--account", metavar="USER@DOMAIN", help="SIP address")
    parser.add_argument(
        "--trust", type=Path, metavar="FILE", help="authority of the server, PEM or DER"
    )
    parser.add_argument(
        "--allow-weak-certificate",
        action="store_true",
        help="accept a certificate under 2048 bits or signed with MD5 or SHA-1",
    )
    parser.add_argument(
        "--time-zone",
        metavar="ZONE",
        help="zone that the server writes times in, as Europe/Amsterdam",
    )
    parser.add_argument(
        "--renew",
        type=Path,
        metavar="FILE",
        help="have the server make a new certificate, which is weak, try it, and write"
        " it with its key into a file that does not exist yet",
    )
    parser.add_argument(
        "actions", nargs="*", metavar="ACTION", help=" ".join(CATALOGUE)
    )
    options = parser.parse_args(arguments)
    unknown = [name for name in options.actions if name not in CATALOGUE]
    if unknown:
        parser.error(
            f"unknown action {unknown[0]!r}: choose from {' '.join(CATALOGUE)}"
        )
    if options.certificate is None and not (options.account and options.password_file):
        parser.error("give --certificate, or --account and --password-file")
    if options.renew is not None and options.actions:
        parser.error("--renew reads no actions")
    if options.renew is not None and not is_free(options.renew):
        parser.error(f"{options.renew} cannot be made: it exists, or has no folder")
    try:
        request = Request(
            url=typed_page_url(options.server),
            trust=_read_trust(options.trust),
            address=SipAddress.parse(options.account) if options.account else None,
            password=_read_password(options.password_file),
            certificate=_read(options.certificate),
            key=_read(options.key),
            allow_weak=options.allow_weak_certificate,
            actions=tuple(dict.fromkeys(options.actions)) or tuple(CATALOGUE),
            time_zone=_read_zone(options.time_zone),
            renew=options.renew,
        )
    except (ValueError, NotACertificateError) as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(f"cannot read {error.filename}: {error.strerror}")
    return request


def _read(path: Path | None) -> bytes | None:
    return None if path is None else path.read_bytes()


def _read_trust(path: Path | None) -> Trust:
    return Trust() if path is None else Trust.from_authority_file(path.read_bytes())


def _read_zone(name: str | None) -> ZoneInfo | None:
    try:
        return None if name is None else ZoneInfo(name)
    except ZoneInfoNotFoundError, ValueError, OSError:
        msg = "there is no such time zone"
        raise ValueError(msg) from None


def _read_password(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        return (path.read_text("utf-8").splitlines() or [""])[0]
    except UnicodeDecodeError:
        msg = "the password file is not UTF-8 text"
        raise ValueError(msg) from None


async def look(request: Request) -> dict[str, object]:
    """Return the JSON object that is printed."""
    address = request.address
    try:
        certificate = (
            None
            if request.certificate is None
            else ClientCertificate.load(
                request.certificate, request.password, key=request.key
            )
        )
        named = certificate.address if certificate else None
        address = address or named
        if address is None:
            print(
                "scripts/account: this certificate names no SIP address:"
                " give --account USER@DOMAIN",
                file=sys.stderr,
            )
            sys.exit(_USAGE)
        context = build_context(
            certificate, request.trust, allow_weak=request.allow_weak
        )
    except SipSettingsError as error:
        keys = request.actions if request.renew is None else (RENEW,)
        return _report(address, {key: _failure(error) for key in keys})
    login = Login(
        address,
        digest=None
        if certificate
        else DigestCredentials(address, request.password or ""),
    )
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        client = account_client(
            session,
            request.url,
            login,
            context,
            zone=request.time_zone,
            time_limit=TIME_LIMIT,
        )
        if request.renew is not None:
            renewed = await _renew(session, request, client, certificate)
            return _report(address, {RENEW: renewed})
        report = _report(address, await _read_all(client, request.actions))
    if request.time_zone is None:
        return report
    return report | {"time_zone": request.time_zone.key}


async def _read_all(
    client: SipSettingsClient, actions: Sequence[str]
) -> dict[str, dict[str, object]]:
    first, *others = actions
    results = {first: await _read_one(client, first)}
    # A server that hangs would otherwise be waited for once for every few actions.
    hangs = results[first].get("error") == "timeout"
    places = asyncio.Semaphore(len(actions) if hangs else AT_A_TIME)

    async def read(key: str) -> None:
        async with places:
            results[key] = await _read_one(client, key)

    await asyncio.gather(*map(read, others))
    return {key: results[key] for key in actions}


async def _read_one(client: SipSettingsClient, key: str) -> dict[str, object]:
    try:
        value = await client.read(CATALOGUE[key])
    except UnsupportedActionError:
        return {"status": "unsupported"}
    except SipSettingsError as error:
        return _failure(error)
    if value is None:
        return {"status": "none"}
    told: dict[str, object] = {"status": "ok", "value": to_shape(value)}
    # Only where there are any: who reads this in a program need not know of it.
    if odd := client.odd[key]:
        told["not_understood"] = sum(odd.values())
    return told


async def _renew(
    session: aiohttp.ClientSession,
    request: Request,
    client: SipSettingsClient,
    old: ClientCertificate | None,
) -> dict[str, object]:
    """Write a new certificate and its key; what is in the way is told beforehand."""
    assert request.renew is not None  # noqa: S101 - it was asked for
    if not request.allow_weak:
        return _failure(RenewalError(_WEAK, "not_accepted"))
    login = Login(client.address)

    async def connect() -> SipSettingsClient:
        context = build_context(new, request.trust, allow_weak=request.allow_weak)
        return SipSettingsClient(
            session, request.url, login, context, time_limit=TIME_LIMIT
        )

    try:
        with new_key_file(request.renew) as write:
            new = await fetch_certificate(client)
            check_certificate(new, old, client.address, datetime.now(UTC))
            await try_certificate(connect)
            write(new)
    except SipSettingsError as error:
        return _failure(error)
    except OSError as error:
        message = f"cannot write {request.renew}: {error.strerror}"
        return {"status": "error", "error": "file", "message": message}
    told = {
        "file": str(request.renew),
        "opens": "the account" if new.address else "all accounts of the owner",
        "expires": new.expires.isoformat(),
        "key_bits": new.key_bits,
        "signature": new.signature_algorithm,
    }
    return {"status": "ok", "value": told}


def _failure(error: SipSettingsError) -> dict[str, object]:
    return {"status": "error", "error": error.kind, "message": str(error)}


def _report(
    address: SipAddress | None, results: dict[str, dict[str, object]]
) -> dict[str, object]:
    return {"account": str(address) if address else None, "actions": results}


def exit_status(results: dict[str, dict[str, object]]) -> int:
    """Return the exit status: the most telling error of all decides."""
    failures = {
        _EXIT_OF.get(str(result["error"]), _SOME_FAILED)
        for result in results.values()
        if result["status"] == "error"
    }
    for status in (_REFUSED, _UNREACHABLE, _SOME_FAILED):
        if status in failures:
            return status
    return _OK


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the shell; returns the exit status."""
    report = asyncio.run(look(parse_arguments(arguments)))
    print(json.dumps(report, indent=2, ensure_ascii=False))
    return exit_status(report["actions"])  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
