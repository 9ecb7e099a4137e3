"""How late the loop is while answers are read that were written to hold it, and files.

The corpus is that of the tests, at the largest size that is taken.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path
import ssl
import time
from typing import Any

import aiohttp
from yarl import URL

from custom_components.sip_account.calls.phone_book import CONTACTS_AT_MOST
from custom_components.sip_account.calls.vcard import read_vcards
from custom_components.sip_account.sip_settings import (
    ALIASES,
    CALLS,
    CertificateError,
    ClientCertificate,
    Login,
    SipAddress,
    SipSettingsClient,
    SipSettingsError,
)
from custom_components.sip_account.sip_settings.certificate_file import (
    MAXIMUM_FILE_SIZE,
)
from custom_components.sip_account.sip_settings.reply import read_reply
from custom_components.sip_account.sip_settings.transport import SIZE_LIMIT
from tests.hostile.bodies import BODIES
from tests.hostile.files import CERTIFICATES, VCARDS

from .figures import Found

_VCARD_SIZE = 16 * 1024 * 1024
_TICK = 0.001
# What is longer is looked at again: the machine may have been busy.
_SUSPICIOUS_MS = 10.0
_TRIES = 8
_GROWTH = 2.5
# Seconds of CPU below which growth cannot be told.
_FLOOR = 0.05


def measure() -> list[Found]:
    """Let a client ask for every answer of the corpus, and read every file."""
    with _serving() as port:
        late = asyncio.run(_worst_answer(port))
    growth = max((_growth(name), name) for name in BODIES)
    if growth[0] > _GROWTH:
        msg = f"Twice the answer takes {growth[0]:.1f} times as long: {growth[1]}"
        raise RuntimeError(msg)
    files = max(_file_times())
    return [
        Found(
            "worst_answer_ms",
            late[0],
            f"of {len(BODIES)} answers of 4 MiB, while “{late[1]}” is read; twice the "
            f"size takes {growth[0]:.1f} times as long at the most",
        ),
        Found(
            "worst_file_ms",
            files[0],
            f"of {len(VCARDS)} files of contacts of 16 MiB and {len(CERTIFICATES)} of "
            f"certificates of 1 MiB: “{files[1]}”",
        ),
    ]


async def _worst_answer(port: int) -> tuple[float, str]:
    worst = (0.0, "")
    async with aiohttp.ClientSession() as session:
        for number, name in enumerate(BODIES):
            url = URL(f"http://127.0.0.1:{port}/{number}")
            late = await _late_ms(_ask(session, url))
            for _ in range(_TRIES):
                if late <= max(worst[0], _SUSPICIOUS_MS):
                    break
                late = min(late, await _late_ms(_ask(session, url)))
            worst = max(worst, (late, name))
    return worst


async def _ask(session: aiohttp.ClientSession, url: URL) -> None:
    address = SipAddress.parse("alice@example.com")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client = SipSettingsClient(session, url, Login(address), context)
    for action in (CALLS, ALIASES):
        with suppress(SipSettingsError):
            await client.read(action)


async def _late_ms(work: Coroutine[Any, Any, None]) -> float:
    """Return how late the loop was at the most while something was done.

    Time in which the system gave the processor to somebody else does not count.
    """
    late = 0.0
    doing = asyncio.ensure_future(work)
    while not doing.done():
        waited, begun = _waited(), time.perf_counter()
        await asyncio.sleep(_TICK)
        taken = time.perf_counter() - begun - _TICK
        late = max(late, taken - (_waited() - waited))
    await doing
    return late * 1000


def _waited() -> float:
    """Return the seconds that this thread has waited for a processor.

    Waiting for another thread, which keeps the interpreter, is not among them.
    """
    with suppress(OSError):
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    return 0.0


def _growth(name: str) -> float:
    """Return how many times as long it takes to read an answer of twice the size."""
    small, large = BODIES[name](SIZE_LIMIT // 2), BODIES[name](SIZE_LIMIT)
    if _cpu(partial(_read, large)) < _FLOOR:
        return 0.0
    growth = float("inf")
    for _ in range(_TRIES):
        spent = [min(_cpu(partial(_read, b)) for _ in range(2)) for b in (small, large)]
        growth = min(growth, spent[1] / spent[0])
        if growth <= _GROWTH:
            break
    return growth


def _file_times() -> Iterator[tuple[float, str]]:
    for name, made in VCARDS.items():
        data = made(_VCARD_SIZE)
        yield 1000 * _cpu(partial(read_vcards, data, CONTACTS_AT_MOST)), name
    for name, made in CERTIFICATES.items():
        yield 1000 * _cpu(partial(_load, made(MAXIMUM_FILE_SIZE))), name


def _read(body: bytes) -> None:
    with suppress(SipSettingsError):
        read_reply(200, body)


def _load(data: bytes) -> None:
    with suppress(CertificateError):
        ClientCertificate.load(data, "secret")


def _cpu(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


@contextmanager
def _serving() -> Iterator[int]:
    """Serve the corpus from another process; yields the port."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(told: Connection) -> None:
    bodies = list(BODIES.values())

    class Answers(BaseHTTPRequestHandler):
        """Answers the body whose number is asked for."""

        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Send it."""
            body = bodies[int(URL(self.path).path[1:])](SIZE_LIMIT)
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    told.send(server.server_port)
    server.serve_forever()
