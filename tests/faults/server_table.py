"""Faults of the server as a whole: they end the handshake, or come before it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
import ssl
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from demo import AccountBox, IssuedCertificate
from demo.server import Listens

from .table import Reauth

type Wreck = Callable[[AccountBox], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class ServerFault:
    """A fault of the whole server; `wreck` brings it about, in the server's loop."""

    name: str
    what: str
    kind: str | None
    wreck: Wreck
    reauth: Reauth = "never"

    @property
    def hangs(self) -> bool:
        """Whether only our patience ends it."""
        return self.kind == "timeout"


def expired(box: AccountBox) -> IssuedCertificate:
    """Make a server certificate that expired in 2011."""
    issued = box.server_authority.server_certificate()
    old = issued.certificate
    names = old.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    signed = (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .issuer_name(old.issuer)
        .public_key(old.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2010, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2011, 1, 1, tzinfo=UTC))
        .add_extension(names.value, critical=False)
        .sign(box.server_authority._key, hashes.SHA256())
    )
    return IssuedCertificate(signed, issued.key, ())


def _serving(make: Callable[[AccountBox], IssuedCertificate]) -> Wreck:
    async def wreck(box: AccountBox) -> None:
        box.replace_server_certificate(make(box))

    return wreck


def _speaking(change: Callable[[ssl.SSLContext], None]) -> Wreck:
    async def wreck(box: AccountBox) -> None:
        change(box.served)

    return wreck


def _tls_1_1_only(context: ssl.SSLContext) -> None:
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1


def _old_ciphers_only(context: ssl.SSLContext) -> None:
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("AES128-SHA:@SECLEVEL=0")


async def _trust_others(box: AccountBox) -> None:
    """Let the server believe another platform's certificates only."""
    box.platform, kept = box.foreign, box.platform
    box.replace_server_certificate()
    box.platform = kept


def _on_its_port(answer: Listens) -> Wreck:
    """Put something else where the server was."""

    async def wreck(box: AccountBox) -> None:
        await box.give_way(answer)

    return wreck


async def _say_nothing(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    await reader.read()  # until the client has enough
    writer.close()


async def _speak_plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
    await writer.drain()
    writer.close()


async def _hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def _stop(box: AccountBox) -> None:
    await box.stop()


SERVER_FAULTS: tuple[ServerFault, ...] = (
    ServerFault("refused", "Nothing listens at the port", "connection", _stop),
    ServerFault(
        "hangs_up",
        "The connection is reset before the handshake",
        "connection",
        _on_its_port(_hang_up),
    ),
    ServerFault(
        "handshake_hangs",
        "The handshake never ends",
        "timeout",
        _on_its_port(_say_nothing),
    ),
    ServerFault(
        "no_tls",
        "The port speaks HTTP without TLS",
        "tls",
        _on_its_port(_speak_plainly),
    ),
    ServerFault(
        "unknown_authority",
        "The server's certificate is of an unknown authority",
        "tls",
        _serving(lambda box: box.foreign.server_certificate()),
        "once it has lasted",
    ),
    ServerFault(
        "wrong_name",
        "The server's certificate is for another name",
        "tls",
        _serving(lambda box: box.server_authority.server_certificate(["a.example"])),
        "once it has lasted",
    ),
    ServerFault(
        "expired_server",
        "The server's certificate has expired, or our clock is wrong by ten years",
        "tls",
        _serving(expired),
        "once it has lasted",
    ),
    ServerFault(
        "weak_server",
        "The server's certificate is too weak, which the lowered level would let pass",
        "tls",
        _serving(lambda box: box.server_authority.server_certificate(key="rsa1024")),
    ),
    ServerFault(
        "tls_1_1_only",
        "The server speaks TLS 1.1 at best",
        "tls",
        _speaking(_tls_1_1_only),
    ),
    ServerFault(
        "old_ciphers_only",
        "The server knows no cipher with forward secrecy",
        "tls",
        _speaking(_old_ciphers_only),
    ),
    ServerFault(
        "alert_unknown_authority",
        "An alert names the client certificate's authority",
        "certificate",
        _trust_others,
        "once it has lasted",
    ),
)
