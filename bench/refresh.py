"""A full refresh against `curl`, which people would use instead, and the floor."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
import resource
import shutil
from statistics import median
import subprocess
import tempfile

import aiohttp
from yarl import URL

from custom_components.sip_account.sip_settings import (
    CATALOGUE,
    ClientCertificate,
    Login,
    SipAddress,
    SipSettingsClient,
    Trust,
    build_context,
    page_url,
)

from .box import RemoteBox, credentials, hang_up, running_box, something_new
from .figures import Found
from .samples import cpu_ms, interleaved

# Time for the end of a connection to arrive.
_HUNG_UP = 0.02
_IN_A_ROW = 15


def measure() -> list[Found]:
    """Compare the client with curl and with bare aiohttp."""
    with running_box() as box:
        return asyncio.run(_measure(box))


async def _measure(box: RemoteBox) -> list[Found]:
    given = box.do(credentials, 0)
    context = build_context(
        ClientCertificate.load(given["certificate"].encode()),
        Trust(authority=given["authority"]),
    )
    url = page_url(box.url())
    async with aiohttp.ClientSession() as session:
        login = Login(SipAddress.parse(given["account"]))
        client = SipSettingsClient(session, url, login, context)
        await in_turn(client.read, CATALOGUE.values())
        names = [str(client.learned[key]) for key in CATALOGUE]

        async def fetch(name: str) -> bytes:
            query = {"export": "1", "action": name}
            async with session.get(url, params=query, ssl=context) as response:
                return await response.read()

        async def ours() -> object:
            return await in_turn(client.read, CATALOGUE.values())

        async def bare() -> object:
            return await in_turn(fetch, names)

        async def kept(
            work: Callable[[], Awaitable[object]], *, news: bool = False
        ) -> float:
            # Connections are kept where one refresh follows the other; the caches of
            # the processor are then full of it, as they are not after curl has run.
            samples = []
            for _ in range(_IN_A_ROW):
                if news:
                    box.do(something_new)
                samples.append(await cpu_ms(work))
            return median(samples[_IN_A_ROW // 3 :])

        async def anew(
            work: Callable[[], Awaitable[object]], *, news: bool = False
        ) -> float:
            if news:
                box.do(something_new)
            box.do(hang_up)
            await asyncio.sleep(_HUNG_UP)
            return await cpu_ms(work)

        with _curl(url, given, names) as curl:
            cpu = await interleaved(
                {
                    **({"curl": curl} if curl else {}),
                    "ours, new": lambda: anew(ours, news=True),
                    "ours, new, unchanged": lambda: anew(ours),
                    "ours": lambda: kept(ours, news=True),
                    "ours, unchanged": lambda: kept(ours),
                    "bare, new": lambda: anew(bare),
                    "bare": lambda: kept(bare),
                }
            )
    return _found(cpu)


def _found(cpu: dict[str, float]) -> list[Found]:
    new, kept = cpu["ours, new"], cpu["ours"]
    # Lists that are the same octets as before are not parsed again.
    idle_new, idle_kept = cpu["ours, new, unchanged"], cpu["ours, unchanged"]
    bare_new, bare_kept = cpu["bare, new"], cpu["bare"]
    curl = cpu.get("curl")
    told = f"{curl:.0f} ms" if curl else "no curl here"
    return [
        Found(
            "refresh_cpu_to_curl_new_connection",
            new / curl if curl else None,
            f"{new:.1f} ms, all parsed ({idle_new:.1f} ms without news); curl {told}",
        ),
        Found(
            "refresh_cpu_to_curl_kept_alive",
            kept / curl if curl else None,
            f"{kept:.2f} ms, all parsed ({idle_kept:.2f} ms without news)",
        ),
        Found(
            "refresh_cpu_to_bare_aiohttp",
            max(new / bare_new, kept / bare_kept),
            f"new {new:.1f} ms to {bare_new:.1f} ms, kept {kept:.2f} ms to "
            f"{bare_kept:.2f} ms (without news: {idle_new / bare_new:.2f} and "
            f"{idle_kept / bare_kept:.2f})",
        ),
    ]


async def in_turn[Thing, Result](
    work: Callable[[Thing], Awaitable[Result]], things: Iterable[Thing]
) -> list[Result]:
    """Do `work` for one thing after the other, as a poll does that nobody waits for."""
    return [await work(thing) for thing in things]


@contextmanager
def _curl(
    url: URL, given: dict[str, str], names: list[str]
) -> Iterator[Callable[[], Awaitable[float]] | None]:
    """Give a way to sample curl once per action, as the page of 2009 shows it."""
    curl = shutil.which("curl")
    if curl is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        certificate, authority = Path(folder, "alice.pem"), Path(folder, "ca.pem")
        certificate.write_text(given["certificate"])
        authority.write_text(given["authority"])

        async def sample() -> float:
            before = _children_ms()
            for name in names:
                page = str(url.with_query({"export": "1", "action": name}))
                subprocess.run(  # noqa: ASYNC221, S603 - nothing else is to go on
                    [curl, "-s", "--cacert", authority, "-E", certificate, page],
                    check=True,
                    stdout=subprocess.DEVNULL,
                )
            return _children_ms() - before

        yield sample


def _children_ms() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000
