"""Somebody at the frontend of a real Home Assistant: HTTP and WebSocket API only."""

from collections.abc import Mapping
import json
from types import TracebackType
from typing import Any, Self

import aiohttp

USER = "demo"
PASSWORD = "demo"


class RefusedError(Exception):
    """Home Assistant did not do what it was asked for."""


class Person:
    """Uses a home's API as the frontend does; for use with `async with`."""

    def __init__(self, origin: str) -> None:
        """Go to the home at `origin`, such as http://127.0.0.1:8123."""
        self._origin = origin
        self._session = aiohttp.ClientSession(origin)
        self._token: str | None = None

    async def __aenter__(self) -> Self:
        """Open the door."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Leave."""
        await self._session.close()

    async def is_home_ready(self) -> bool:
        """Tell whether Home Assistant shows itself, and takes its first user."""
        try:
            return (await self.get("/manifest.json"))[0] == 200
        except aiohttp.ClientError:
            return False

    async def get(self, path: str) -> tuple[int, str]:
        """Get what anybody may see; returns the status and the text."""
        async with self._session.get(path) as reply:
            return reply.status, await reply.text()

    async def move_in(self) -> None:
        """Become the first user, and log in."""
        client = f"{self._origin}/"
        created = await self.post(
            "/api/onboarding/users",
            {
                "client_id": client,
                "name": "Demo",
                "username": USER,
                "password": PASSWORD,
                "language": "en",
            },
        )
        await self._take_token(created["auth_code"])

    async def log_in(self) -> None:
        """Come home to where somebody has moved in before."""
        client = f"{self._origin}/"
        flow = "/auth/login_flow"
        begun = await self.post(
            flow,
            {
                "client_id": client,
                "handler": ["homeassistant", None],
                "redirect_uri": client,
            },
        )
        ended = await self.post(
            f"{flow}/{begun['flow_id']}",
            {"client_id": client, "username": USER, "password": PASSWORD},
        )
        await self._take_token(ended["result"])

    async def _take_token(self, code: str) -> None:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": f"{self._origin}/",
        }
        async with self._session.post("/auth/token", data=form) as reply:
            self._token = str((await reply.json())["access_token"])
        self._session.headers["Authorization"] = f"Bearer {self._token}"

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """Post JSON; returns JSON, raises RefusedError."""
        async with self._session.post(path, json=body) as reply:
            text = await reply.text()
            if not reply.ok:
                msg = f"{path}: {reply.status} {text[:500]}"
                raise RefusedError(msg)
            return json.loads(text)

    async def delete(self, path: str) -> None:
        """Delete something; raises RefusedError."""
        async with self._session.delete(path) as reply:
            if not reply.ok:
                msg = f"{path}: {reply.status}"
                raise RefusedError(msg)

    async def upload(self, name: str, content: bytes) -> str:
        """Upload a file, as the file field of a form does; returns its id."""
        form = aiohttp.FormData()
        form.add_field("file", content, filename=name)
        async with self._session.post("/api/file_upload", data=form) as reply:
            if not reply.ok:
                msg = f"upload of {name}: {reply.status}"
                raise RefusedError(msg)
            return str((await reply.json())["file_id"])

    async def command(self, kind: str, **fields: Any) -> Any:  # noqa: ANN401
        """Send a command over the WebSocket API; returns its result.

        Each command has a connection of its own: Home Assistant closes one on which
        nobody listens for a minute.
        """
        async with self._session.ws_connect("/api/websocket") as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self._token})
            answer = await socket.receive_json()
            if answer["type"] != "auth_ok":
                msg = "Home Assistant does not let the demo user in"
                raise RefusedError(msg)
            await socket.send_json({"id": 1, "type": kind, **fields})
            answer = await socket.receive_json()
        if not answer.get("success"):
            msg = f"{kind}: {answer.get('error')}"
            raise RefusedError(msg)
        return answer["result"]
