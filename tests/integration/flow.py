"""A person at the frontend: the config flow through Home Assistant's HTTP API."""

from io import BytesIO
from typing import Any

from aiohttp import FormData
from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

BASE = "/api/config/config_entries"


class Flow:
    """One flow, answered step by step; `result` is what it shows."""

    def __init__(self, hass: HomeAssistant, client: TestClient[Any, Any]) -> None:
        self.hass = hass
        self.client = client
        self.result: dict[str, Any] = {}
        self.base = f"{BASE}/flow"
        self._trail: list[str] = []

    @property
    def step(self) -> str:
        """Return the step that is shown, or how the flow ended."""
        return str(self.result.get("step_id") or self.result["type"])

    @property
    def errors(self) -> dict[str, str]:
        """Return what is said to be wrong."""
        return self.result.get("errors") or {}

    async def start(self) -> None:
        """Begin to add an account."""
        self._trail = []
        await self._post(self.base, {"handler": "sip_account"})

    async def reconfigure(self, entry_id: str) -> None:
        """Begin to change an account."""
        self._trail = []
        await self._post(self.base, {"handler": "sip_account", "entry_id": entry_id})

    async def options(self, entry_id: str) -> None:
        """Open an account's options."""
        self._trail = []
        self.base = f"{BASE}/options/flow"
        await self._post(self.base, {"handler": entry_id})

    async def resume(self, flow_id: str) -> None:
        """Open a flow that Home Assistant has begun, such as reauth."""
        reply = await self.client.get(f"{self.base}/{flow_id}")
        assert reply.status == 200, await reply.text()
        self.result = await reply.json()
        self._trail = [self.step]

    async def choose(self, option: str) -> None:
        """Choose from a menu."""
        assert option in self.result["menu_options"], self.result
        await self._answer({"next_step_id": option})

    async def submit(self, **user_input: Any) -> None:
        """Fill in a form and submit it."""
        assert self.result["type"] == "form", self.result
        await self._answer(user_input)

    async def log_in(self, url: str, account: str, password: str) -> None:
        """Give SIP address and password, and type the server's address where asked.

        Goes on from the form that the last mistake has led back to.
        """
        if self.step in {"password", "password_kept"}:
            await self.submit(account=account, password=password)
        if self.step in {"named_server", "no_server"}:
            await self.choose("other_address")
        if self.step == "other_address":
            await self.submit(url=url)

    async def show_certificate(self, url: str, account: str | None = None) -> None:
        """Go on from an uploaded certificate, and confirm whatever is asked of it."""
        assert self.step in {"server", "server_found"}, self.result
        answers = {
            "url": url,
            "account": account,
            "allow_weak_certificate": True,
            "try_expired": True,
        }
        asked = [field["name"] for field in self.result["data_schema"]]
        await self.submit(**{name: answers[name] for name in asked})

    async def upload(
        self, content: bytes, field: str = "certificate", **others: Any
    ) -> None:
        """Upload a file into a form of files, and submit it."""
        await self.submit(**{field: await self.send_file(content)}, **others)

    async def send_file(self, content: bytes, name: str = "file.bin") -> str:
        """Upload a file; returns its id."""
        form = FormData()
        form.add_field("file", BytesIO(content), filename=name)
        reply = await self.client.post("/api/file_upload", data=form)
        assert reply.status == 200, await reply.text()
        return str((await reply.json())["file_id"])

    async def abandon(self) -> None:
        """Close the dialog."""
        reply = await self.client.delete(f"{self.base}/{self.result['flow_id']}")
        assert reply.status == 200

    async def _answer(self, answer: dict[str, Any]) -> None:
        await self._post(f"{self.base}/{self.result['flow_id']}", answer)

    async def _post(self, url: str, body: dict[str, Any]) -> None:
        reply = await self.client.post(url, json=body)
        assert reply.status == 200, await reply.text()
        self.result = await reply.json()
        await self.hass.async_block_till_done()
        self._expect_way_back()

    def _expect_way_back(self) -> None:
        """Every menu but the first step leads back, in whatever test it is shown."""
        if self.step in self._trail:
            self._trail = self._trail[: self._trail.index(self.step)]
        if self.result["type"] == "menu" and self._trail:
            before = {"back", self._trail[-1]}
            assert before & set(self.result["menu_options"]), self.result
        self._trail.append(self.step)


async def open_flows(hass: HomeAssistant, hass_client: Any) -> Flow:
    """Return a flow at the frontend of a home that is ready for it."""
    assert await async_setup_component(hass, "file_upload", {})
    assert await async_setup_component(hass, "config", {})
    await hass.async_block_till_done()
    return Flow(hass, await hass_client())


def is_gone(flow: Flow) -> None:
    """Check that a dialog says what has happened, and that no account is left."""
    assert flow.step == "abort", flow.result
    assert flow.result["reason"] == "account_removed"
    assert not flow.hass.config_entries.async_entries("sip_account")
