"""A home that finds the server of an account, and knows the box by its name."""

import socket
from typing import override

from aiohttp.abc import AbstractResolver, ResolveResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from yarl import URL

from demo import AccountBox, Names
from demo.named_files import settings_file

from .flow import Flow
from .support import ALICE

FILE = "/sylk/config.json"
DOMAIN = "example.com"
NAME = f"_sylkserver.{DOMAIN}"
TODAY = "/today/settings.phtml"
PAGE = "/sylk_settings.phtml"


class OnlyThisHost(AbstractResolver):
    """Knows the box by its name, and no other host."""

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host != "localhost":
            raise OSError(host)
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=port,
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    @override
    async def close(self) -> None:
        """There is nothing to close."""

    async def real_close(self) -> None:
        """Home Assistant closes its resolver by this name."""


def name_page(
    box: AccountBox, names: Names, page: str | None, snapshot: str | None = None
) -> None:
    """Let the domain name a settings page, or one of 2026, in a file of the box."""
    names.name_server(DOMAIN, f"{box.origin}{FILE}")
    box.files[FILE] = settings_file(
        page, snapshot and str(URL(box.origin).join(URL(snapshot)))
    )


async def begin(flow: Flow, box: AccountBox, **changed: str) -> None:
    """Begin with SIP address and password, and nothing else."""
    await flow.start()
    await flow.choose("password")
    await submit(flow, box, **changed)


async def submit(flow: Flow, box: AccountBox, **changed: str) -> None:
    given = {"account": ALICE, "password": box.accounts[ALICE].password}
    await flow.submit(**(given | changed))


def created(hass: HomeAssistant, flow: Flow, url: str) -> None:
    """Check that the account was added, at that address, and is loaded."""
    assert flow.step == "create_entry", flow.result
    (entry,) = hass.config_entries.async_entries("sip_account")
    assert entry.data["url"] == url
    assert entry.state is ConfigEntryState.LOADED
