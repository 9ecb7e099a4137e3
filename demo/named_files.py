"""The file that a domain's record names, and what comes in its place (§8)."""

import asyncio
from collections.abc import Awaitable, Callable
import json

from aiohttp import web

type File = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


def file_of(body: bytes, status: int = 200, **headers: str) -> File:
    """Return a file with any content; headers are named as Python can."""
    fields = {name.replace("_", "-"): value for name, value in headers.items()}

    async def answer(_request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=body, status=status, headers=fields)

    return answer


def settings_file(
    settings: str | None = None, snapshot: str | None = None, **more: object
) -> File:
    """Return a file as the platform's own clients read it."""
    members: dict[str, object] = {
        "wsServer": "wss://server.example:9999/ws",
        "defaultDomain": "example.com",
        "useServerCallHistory": True,
        "pstn": {"webUrl": "https://server.example/", "rules": {"replacePlus": "00"}},
    }
    if settings is not None:
        members["serverCallHistoryUrl"] = settings
    if snapshot is not None:
        members["serverSettingsUrl"] = snapshot
    return file_of(json.dumps(members | more).encode())


async def hanging(_request: web.BaseRequest) -> web.StreamResponse:
    """Never answer."""
    await asyncio.Event().wait()
    raise AssertionError


async def endless(request: web.BaseRequest) -> web.StreamResponse:
    """Begin as JSON does, and never end."""
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b'{"wsServer":"')
    while True:
        await response.write(b"x" * 65536)
